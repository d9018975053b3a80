"""Two wordings side by side: which words stand on one side only.

Word by word, with as few words alone as can be (the longest common subsequence, by rapidfuzz: the standard library's
matcher was a third of what a story page costs); for showing, never for deciding.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz.distance import Indel

MOST_WORDS = 400
"""Longer passages are shown without their differences: the matcher is quadratic."""

LEAST_ALIKE = 0.35
"""Passages with less in common (Indel similarity of their words) are shown without: nearly every word would be marked."""

_PARTS = re.compile(r"\s+|\w+(?:['’]\w+)*|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A run of words; `alone` where the other side does not have it."""

    text: str
    alone: bool = False


def find_differences(before: str, after: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Both sides in parts; in one part each where one is empty or too long, or they have little in common."""
    left, right = _PARTS.findall(before), _PARTS.findall(after)
    if not left or not right or max(len(left), len(right)) > 2 * MOST_WORDS:
        return _whole(before), _whole(after)
    words = [p.casefold() for p in left], [p.casefold() for p in right]
    # White space is alike everywhere and says nothing of it.
    told = tuple([p for p in side if not p.isspace()] for side in words)
    if Indel.normalized_similarity(*told) < LEAST_ALIKE:
        return _whole(before), _whole(after)
    steps = Indel.opcodes(*words)
    sides: tuple[list[Part], list[Part]] = ([], [])
    for step in steps:
        for side, parts in (
            (0, left[step.src_start : step.src_end]),
            (1, right[step.dest_start : step.dest_end]),
        ):
            if parts:
                sides[side].append(Part(text="".join(parts), alone=step.tag != "equal"))
    return tuple(sides[0]), tuple(sides[1])


def _whole(text: str) -> tuple[Part, ...]:
    return (Part(text=text),) if text else ()
