"""Which figures an article itself takes back, and which number of before another one stands for.

"The toll, earlier put at four, now stands at six", "revised from 12 to nine", "doubled the number of jobs to 1,200": the
article says that 4, 12 and 600 were told before. Data: the `[comparing]` table of the language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from stemma.facts.reading import Reading
from stemma.types import Figure

_FROM_TO = 12
"""Characters between "from 12" and the number of "to nine"."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """By index of the article's figures: those of before, and for a new one the number that it replaces."""

    former: frozenset[int]
    replaces: Mapping[int, float]


@dataclass(frozen=True, slots=True)
class _Patterns:
    told: re.Pattern[str]
    before: re.Pattern[str]
    telling: re.Pattern[str]
    factor: re.Pattern[str]
    factors: Mapping[str, float]


def find_replaced(reading: Reading, figures: tuple[Figure, ...], table: Mapping[str, Any]) -> Replaced:
    """What of an article's figures no longer holds, by its own words."""
    patterns = _patterns(
        tuple(table.get("former", ())),
        tuple(table.get("telling", ())),
        tuple(table.get("reaching", ())),
        tuple(table.get("factors", {}).items()),
    )
    former: set[int] = set()
    replaces: dict[int, float] = {}
    for n, figure in enumerate(figures):
        if figure.low is None or figure.low != figure.high:
            continue
        start, end = reading.sentences[reading.sentence_at(figure.span.start)]
        before = reading.text[start : figure.span.start].lower()
        gap = figures[n + 1].span.start - figure.span.end if n + 1 < len(figures) else 0
        if before.endswith(("from ", "von ", "de ")) and 0 < gap < _FROM_TO:
            former.add(n)
            replaces[n + 1] = figure.low
        elif table.get("former") and _is_former(
            before, reading.text[figure.span.end : end].lower(), patterns
        ):
            former.add(n)
            newer = _find_newer(reading, n, figures)
            if newer is not None:
                replaces[newer] = figure.low
        elif table.get("factors") and (found := patterns.factor.search(before)):
            replaces[n] = figure.low / patterns.factors[found.group(1)]
    for n in former:
        replaces.pop(n, None)
    return Replaced(frozenset(former), replaces)


def _is_former(before: str, behind: str, patterns: _Patterns) -> bool:
    """A word of before and one of telling right before the number; or the word before it and the verb behind."""
    if patterns.told.search(before):
        return True
    return patterns.before.search(before) is not None and patterns.telling.match(behind) is not None


def _find_newer(reading: Reading, former: int, figures: tuple[Figure, ...]) -> int | None:
    """The figure of the same sentence, else of the one beside, that counts the same and has another number."""
    one = figures[former]
    here = reading.sentence_at(one.span.start)
    near = [
        (abs(reading.sentence_at(f.span.start) - here), abs(n - former), n)
        for n, f in enumerate(figures)
        if f.of == one.of and f.unit == one.unit and f.low not in (None, one.low)
    ]
    distance, _, found = min(near, default=(2, 0, 0))
    return found if distance < 2 else None


@lru_cache(maxsize=16)
def _patterns(
    former: tuple[str, ...],
    telling: tuple[str, ...],
    reaching: tuple[str, ...],
    factors: tuple[tuple[str, float], ...],
) -> _Patterns:
    def either(words: tuple[str, ...]) -> str:
        return "|".join(re.escape(w) for w in words) or "(?!)"

    return _Patterns(
        told=re.compile(
            rf"\b(?:{either(former)})\b(?:\s[a-z]+){{0,3}}?\s(?:{either(telling)})\b(?:\s[a-z]+){{0,4}}\s$"
        ),
        before=re.compile(rf"\b(?:{either(former)})\b(?:\s[^\W\d]+){{0,2}}\s$"),
        telling=re.compile(rf"(?:\s[^\W\d]+){{1,3}}?\s(?:{either(telling)})\b"),
        factor=re.compile(
            rf"(?<!than )(?<!nearly )(?<!almost )\b({either(tuple(w for w, _ in factors))})\b[^.;:]*\b(?:{either(reaching)})\s$"
        ),
        factors=dict(factors),
    )
