"""Sentences whose figures other voices contradict: the same thing counted in like words, another number.

A brief does not take one side silently: it prefers sentences without the figure, or gives both, each with its outlet.
Whether the figures really contradict one another, or differ in scope, is for the comparison of facts to say; here a
doubt is enough. Goes to `brief`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.digest.candidates import Candidate
from stemma.text.lang import language_words, load_language
from stemma.text.numbers import find_quantities
from stemma.text.tokens import find_words, stem_words

ALIKE = 0.4
"""Share of the shorter sentence's stems that two sentences about one figure have in common."""

THING = 2
"""Content words after a number that say what it counts."""


@dataclass(frozen=True, slots=True)
class _Count:
    low: float
    high: float
    unit: str | None
    things: frozenset[str]


def find_disputes(
    candidates: Sequence[Candidate], voice_of: Sequence[int], language: str | None
) -> dict[int, list[int]]:
    """Place of a candidate -> places of those of other voices that give another number for the same thing."""
    if len({voice_of[c.article] for c in candidates}) < 2:
        return {}
    counts = [_read_counts(c, language) for c in candidates]
    stems = [
        frozenset(c.stems) if found else frozenset() for c, found in zip(candidates, counts, strict=True)
    ]
    places: dict[tuple[str | None, str], list[int]] = {}
    for i, found in enumerate(counts):
        for key in sorted({(c.unit or "", t) for c in found for t in c.things}):
            places.setdefault(key, []).append(i)
    disputed: dict[int, set[int]] = {}
    for members in places.values():
        for at, i in enumerate(members):
            for j in members[at + 1 :]:
                if (
                    voice_of[candidates[i].article] != voice_of[candidates[j].article]
                    and _alike(stems[i], stems[j])
                    and _contradict(counts[i], counts[j])
                ):
                    disputed.setdefault(i, set()).add(j)
                    disputed.setdefault(j, set()).add(i)
    return {i: sorted(others) for i, others in sorted(disputed.items())}


WITHIN = 8
"""First sentences of an article whose figures are compared: briefs are made of these."""

# ---------------------------------------------------------------- helpers

_DIGIT = re.compile(r"\d")


def _read_counts(candidate: Candidate, language: str | None) -> list[_Count]:
    if candidate.order >= WITHIN or not _has_number(candidate, language):
        return []
    stop = language_words(language, "words", "stop")
    found = []
    for quantity in find_quantities(candidate.text, language):
        if (
            quantity.low is None
            or quantity.high is None
            or _is_year(candidate.text, quantity.core, quantity.core_end)
        ):
            continue
        after = [
            w for w, _, _ in find_words(candidate.text[quantity.end : quantity.end + 60]) if w not in stop
        ]
        things = frozenset(s for s in stem_words(after[:THING], language) if not s[0].isdigit())
        if things and things.isdisjoint(_time_stems(language)):
            found.append(_Count(quantity.low, quantity.high, quantity.unit, things))
    return found


def _has_number(candidate: Candidate, language: str | None) -> bool:
    in_words = language_words(language, "dates", "numbers")
    return bool(_DIGIT.search(candidate.text)) or not in_words.isdisjoint(candidate.words)


@lru_cache(maxsize=64)
def _time_stems(language: str | None) -> frozenset[str]:
    """Stems of "year", "days": ages and spans of time are no figures that meet."""
    units = load_language(language or "").get("dates", {}).get("units", ())
    return frozenset(stem_words([w for forms in units for w in forms], language))


def _is_year(text: str, start: int, end: int) -> bool:
    digits = text[start:end]
    return len(digits) == 4 and digits.isdigit() and 1900 <= int(digits) <= 2099


def _contradict(counts_a: Sequence[_Count], counts_b: Sequence[_Count]) -> bool:
    for x in counts_a:
        same = [y for y in counts_b if y.unit == x.unit and y.things & x.things]
        if same and not any(y.low <= x.high and x.low <= y.high for y in same):
            return True
    return False


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))
