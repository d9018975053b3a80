"""A person's word on where articles belong, held against what a review found by itself. Pure; decides nothing else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from stemma.types import StoryId


def hold_pins(
    stories: Sequence[list[int]], pinned: Mapping[int, StoryId], live: Callable[[int], StoryId]
) -> tuple[list[tuple[list[int], StoryId]], list[list[int]]]:
    """Stories as a review grouped them, with every pinned row where a person put it.

    -> stories that a person spoke of (rows and id), and the others. An article that nobody spoke of stays with those
    of its group that are pinned to the story which it joined when it came; else it goes with all of its group
    where most of the group are pinned to one story, and else it is left as the review has it.
    """
    held: defaultdict[StoryId, list[int]] = defaultdict(list)
    others: list[list[int]] = []
    for rows in stories:
        votes = Counter(pinned[row] for row in rows if row in pinned)
        most = max(votes, key=lambda story: (votes[story], story)) if votes else None
        left = []
        for row in rows:
            if row in pinned:
                held[pinned[row]].append(row)
            elif votes[live(row)]:
                held[live(row)].append(row)
            elif most is not None and 2 * votes[most] > len(rows):
                held[most].append(row)
            else:
                left.append(row)
        if left:
            others.append(left)
    return [(sorted(rows), story) for story, rows in held.items()], others
