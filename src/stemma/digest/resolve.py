"""Which day, month or year a date expression means, from its article's own day of publication.

A weekday is the last one before, unless words beside it look ahead; a day without a year is the nearest one, though none
months ahead where no word looks ahead. What cannot be settled is None: a wrong day in a timeline is worse than a
missing one. Goes to `days` and `brief`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from stemma.text.dates import DateMention, find_dates, make_date
from stemma.text.lang import language_words
from stemma.text.tokens import split_words
from stemma.types import Published

_BEFORE, _AFTER = 48, 24
"""Characters beside a date expression whose words tell which way it points."""

_CLAUSE = 90
"""Characters behind a date that opens its sentence, in which its verb is looked for."""

_LONGEST_CLAUSE, _FEWEST_OF_CLAUSE, _SHORTEST_VERB = 200, 3, 5
_BREAK = re.compile(r"[,;:()–—“”„«»\"]")

WIDEST = 7
"""Days of publication that may be in doubt: what words mean the same day from each of them is settled all the same."""


FAR_AHEAD = 120
"""Days after publication from which on a day of a year is not taken for one to come where no word looks ahead: the one of the
year before is as likely meant."""


@dataclass(frozen=True, slots=True)
class Dated:
    """`text[start:end]` means `date`: "2022-03-10", "2022-03" or "2022", as precise as the words.

    `ahead`: the words speak of something to come. `relative`: the words need the day of publication to be understood.
    """

    start: int
    end: int
    date: str
    ahead: bool
    relative: bool


def find_dated(text: str, published: Published, language: str | None) -> list[Dated]:
    """The date expressions of a sentence that can be settled, in order of place."""
    bases = _possible_days(published)
    found = []
    for mention in find_dates(text, language):
        ahead, shift = _read_beside(text, mention, language)
        if (meant := _settle(mention, bases, ahead, shift)) is not None:
            relative = mention.kind in ("weekday", "relative", "ago")
            found.append(
                Dated(start=mention.start, end=mention.end, date=meant, ahead=ahead, relative=relative)
            )
    return found


def anchor_day(published: Published) -> date | None:
    """The day that relative words count from: only where the publication is known to the day."""
    if published.earliest is not None and published.earliest == published.latest:
        return published.earliest
    return None


# ---------------------------------------------------------------- helpers


def _possible_days(published: Published) -> list[date]:
    """The days on which the article may have appeared; none where they are more than WIDEST."""
    first, last = published.earliest, published.latest
    if first is None or last is None or not 0 <= (last - first).days < WIDEST:
        return []
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _read_beside(text: str, mention: DateMention, language: str | None) -> tuple[bool, int]:
    """Whether the words look ahead, and -1, 0, 1 for "last", nothing, "next" beside the expression."""
    lead = split_words(text[max(0, mention.start - _BEFORE) : mention.start])
    tail = text[mention.end : mention.end + _AFTER].lower()
    following = split_words(tail)[:1]
    beside = {*lead[-1:], *following}
    if not beside.isdisjoint(language_words(language, "digest", "next")):
        return True, 1
    if not language_words(language, "digest", "ahead_before").isdisjoint(lead[-1:]):
        return True, 0
    if not beside.isdisjoint(language_words(language, "digest", "last")) or any(
        words in tail for words in sorted(language_words(language, "digest", "last_year"))
    ):
        return False, -1
    coming = language_words(language, "digest", "ahead")
    if len(lead) < 3 and mention.start < _BEFORE:
        # "On Wednesday, they will ...": words to come follow, unless somebody says them on that day.
        clause = split_words(text[mention.end : mention.end + _CLAUSE])
        verbs = next((w for w in clause if w in coming or w in language_words(language, "speech", "say")), "")
        return not coming.isdisjoint(lead) or verbs in coming, 0
    return _looks_ahead(text[: mention.start], coming, language), 0


def _looks_ahead(before: str, coming: frozenset[str], language: str | None) -> bool:
    """Whether the clause that runs up to a date speaks of what is to come: "will send … on", "were to fly on", "se reunirán el"."""
    words = split_words(_BREAK.split(before[-_LONGEST_CLAUSE:])[-1])
    breaks = language_words(language, "speech", "subordinate")
    # "on Tuesday and Friday": a part too short for a verb of its own goes with what is before it.
    start = next((i + 1 for i in range(len(words) - _FEWEST_OF_CLAUSE, -1, -1) if words[i] in breaks), 0)
    clause = words[start:]
    endings = tuple(language_words(language, "digest", "ahead_endings"))
    line = f" {' '.join(clause)} "
    return (
        not coming.isdisjoint(clause)
        or any(
            f" {phrase} " in line for phrase in sorted(language_words(language, "digest", "ahead_phrases"))
        )
        or any(len(word) >= _SHORTEST_VERB and word.endswith(endings) for word in clause if endings)
    )


def _settle(mention: DateMention, bases: Sequence[date], ahead: bool, shift: int) -> str | None:
    if mention.kind == "day":
        return mention.date.isoformat() if mention.date and not mention.ambiguous else None
    if mention.kind == "month":
        return f"{mention.year:04d}-{mention.month:02d}"
    if mention.kind == "year":
        return f"{mention.year:04d}"
    days = {_relative_day(mention, base, ahead, shift) for base in bases}
    day = days.pop() if len(days) == 1 else None
    return day.isoformat() if day else None


def _relative_day(mention: DateMention, base: date, ahead: bool, shift: int) -> date | None:
    if mention.kind == "month-day":
        years = (-1,) if shift < 0 else (1,) if shift > 0 else (-1, 0, 1)
        near = [make_date(base.year + y, mention.month, mention.day) for y in years]
        nearest = min((d for d in near if d), key=lambda d: (abs((d - base).days), d), default=None)
        if nearest and not shift and not ahead and (nearest - base).days > FAR_AHEAD:
            return None
        return nearest
    if mention.kind == "weekday" and mention.weekday is not None:
        if ahead:
            return base + timedelta(days=(mention.weekday - base.weekday()) % 7 or (7 if shift else 0))
        return base - timedelta(days=(base.weekday() - mention.weekday) % 7 or (7 if shift else 0))
    if mention.back is not None and mention.back[0] == mention.back[1]:
        try:
            return base - timedelta(days=mention.back[0])
        except OverflowError:
            return None
    return None
