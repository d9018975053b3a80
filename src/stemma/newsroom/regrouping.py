"""From a review's groupings to what has to change in the store. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from stemma.store.effects import Regrouped
from stemma.store.load import Membership
from stemma.types import Grouping, StoryId, ThreadId


def decide_regrouping(groupings: Sequence[Grouping], membership: Membership) -> Regrouped | None:
    """Only the differences; None where there are none. A story that loses all members goes into the one that took
    most of them (the first of several that took as many)."""
    moved: dict[int, StoryId] = {}
    taken: dict[StoryId, Counter[StoryId]] = defaultdict(Counter)
    threads: dict[StoryId, ThreadId] = {}
    for grouping in groupings:
        number = int(grouping.article)
        before = membership.stories.get(number)
        if before is None:
            continue
        if before != grouping.story:
            moved[number] = grouping.story
            taken[before][grouping.story] += 1
        if membership.threads.get(grouping.story) != grouping.thread:
            threads[grouping.story] = grouping.thread
    left = {story for number, story in membership.stories.items() if number not in moved} | set(
        moved.values()
    )
    merged = {
        story: counts.most_common(1)[0][0]
        for story, counts in taken.items()
        if story not in left and story not in membership.merged
    }
    if not moved and not merged and not threads:
        return None
    return Regrouped(moved=moved, merged=merged, threads=threads)
