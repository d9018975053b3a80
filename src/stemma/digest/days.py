"""Which dates of a thread are worth an entry: those that many articles speak of, early, by name and for long.

A date is scored by how many articles name it beside the thread's central names, how many later days still come back
to it, how many articles open with it, and how many appear on it. Features after Tran et al. (2013) and Gholipour
Ghalandari and Ifrim, "Examining the state of the art in news timeline summarization" (2020); weights by trial on
timeline/t17 and timeline/entities, left out by topic. Goes to `timeline`.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from stemma.digest.candidates import Candidate
from stemma.digest.resolve import Dated

OPENING = 5
"""First sentences of an article that count as its opening."""

LATER = 7
"""Days after which coming back to a date shows that it mattered (timeline/t17: "far" mentions rank as well as all)."""

MASS, EVENNESS = 0.75, 0.3
"""Entries together hold MASS * density ** EVENNESS of all mentions, density being the share of days with an article:
a thread told day by day gets an entry for most days, one spread over years only for the days that stand out.
timeline/t17 and timeline/entities: .65 and .22 give day F1 .352 and .317, these .371 and .339, .95 and .4 .398 and .321;
the last wins only where editors kept a daily log, and gives the other topics four entries for each that is wanted."""

FEWEST = 8
"""Up to so many dates are all shown: a short thread needs no choice."""

_CAPITALISED = re.compile(r"(?<=[\w,] )[^\W\d_a-zß-öø-ÿ][^\W\d_]{2,}")


@dataclass(slots=True)
class Telling:
    """One article's dated sentences: `sentences[i]` speaks of `dates[i]`; `day` is when it was published."""

    day: date | None
    sentences: Sequence[Candidate]
    dates: Sequence[Sequence[Dated]]
    names: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Evidence:
    mentions: int = 0
    named: int = 0
    opening: int = 0
    published: int = 0
    later: set[date] = field(default_factory=set)

    def score(self) -> float:
        return (
            math.log1p(self.named)
            + math.log1p(len(self.later))
            + math.log1p(self.opening)
            + 0.5 * math.log1p(self.published)
        )


def find_names(text: str) -> frozenset[str]:
    """Capitalised words inside sentences, lower case."""
    return frozenset(m.lower() for m in _CAPITALISED.findall(text))


def choose_dates(tellings: Sequence[Telling]) -> list[str]:
    """Dates worth an entry, ascending: days, and months and years in which no chosen day lies."""
    central = _central_names(tellings)
    evidence = _gather(tellings, central)
    scores = {d: round(e.score(), 9) for d, e in sorted(evidence.items())}
    ranked = sorted((d for d in scores if len(d) == 10), key=lambda d: (-scores[d], d))
    total = sum(evidence[d].mentions for d in ranked)
    wanted = MASS * _density(tellings) ** EVENNESS * total
    chosen: list[str] = []
    held = 0
    for day in ranked:
        if held >= wanted and len(chosen) >= FEWEST:
            break
        chosen.append(day)
        held += evidence[day].mentions
    bar = scores[chosen[-1]] if chosen else 0.0
    first = min((t.day.isoformat() for t in tellings if t.day), default="")
    for length in (7, 4):
        coarse = [d for d in scores if len(d) == length and d < first[:length] and evidence[d].named]
        chosen += [
            d for d in coarse if scores[d] >= max(bar, COARSE) and not any(c.startswith(d) for c in chosen)
        ]
    return sorted(chosen)


COARSE = math.log1p(3) * 2
"""Least score of a month or year before the first article: some three articles name it, on some days."""


# ---------------------------------------------------------------- helpers


def _central_names(tellings: Sequence[Telling]) -> list[str]:
    seen = Counter(name for t in tellings for name in sorted(t.names))
    return sorted(seen, key=lambda n: (-seen[n], n))[:6]


def _gather(tellings: Sequence[Telling], central: Sequence[str]) -> Mapping[str, _Evidence]:
    evidence: dict[str, _Evidence] = {}
    names = frozenset(central)
    for telling in tellings:
        mentioned: set[str] = set()
        named: set[str] = set()
        opening: set[str] = set()
        for sentence, dates in zip(telling.sentences, telling.dates, strict=True):
            found = {d.date for d in dates}
            mentioned |= found
            if not names.isdisjoint(sentence.words):
                named |= found
            if sentence.order < OPENING:
                opening |= found
        if telling.day and _is_on_topic(telling, central):
            evidence.setdefault(telling.day.isoformat(), _Evidence()).published += 1
        for when in sorted(mentioned):
            entry = evidence.setdefault(when, _Evidence())
            entry.mentions += 1
            entry.named += when in named
            entry.opening += when in opening
            if telling.day and len(when) == 10 and (telling.day - date.fromisoformat(when)).days > LATER:
                entry.later.add(telling.day)
    return evidence


def _is_on_topic(telling: Telling, central: Sequence[str]) -> bool:
    """Whether the most central name stands in one of seven sentences: articles that only touch the thread do not count."""
    if not central:
        return True
    with_name = sum(central[0] in s.words for s in telling.sentences)
    return with_name >= 0.15 * len(telling.sentences)


def _density(tellings: Sequence[Telling]) -> float:
    days = {t.day for t in tellings if t.day}
    return len(days) / ((max(days) - min(days)).days + 1) if days else 1.0
