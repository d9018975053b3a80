"""Words that count from the day of writing, in sentences that two articles share, and what day of writing they allow.

"On Thursday" is the last Thursday before the writing, or the next one where words beside it look ahead. An anniversary ("a year ago
on Thursday") counts from another day and is left out, and so are "today" and "tomorrow", which updates carry on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from stemma.text.dates import DateMention, find_dates
from stemma.text.lang import language_words
from stemma.text.sentences import find_sentences
from stemma.text.tokens import split_words

Sense = Literal["past", "ahead"]
Interval = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One expression in its sentence: `long` are the sentence's longer words, `numbers` its numbers; `sense` is None where nothing
    beside it says whether it looks back or ahead."""

    mention: DateMention
    long: frozenset[str]
    numbers: frozenset[str]
    sense: Sense | None


def read_tellings(text: str, language: str | None) -> tuple[Telling, ...]:
    """The expressions of a text; none where the text as a whole looks back over years."""
    found: list[Telling] = []
    for number, (start, end) in enumerate(find_sentences(text[:_LONGEST], language)):
        sentence = text[start:end]
        mentions = find_dates(sentence, language)
        if not mentions:
            continue
        if any(m.kind == "ago" and m.back and m.back[1] >= _A_YEAR for m in mentions):
            if number < _OPENING:
                return ()
            continue
        words = split_words(sentence)
        found.extend(
            Telling(
                mention=m,
                long=frozenset(w for w in words if len(w) >= _LONG),
                numbers=frozenset(w for w in words if w[0].isdigit()),
                sense=_sense(sentence, m, language),
            )
            for m in mentions
            if m.kind == "weekday" or (m.kind in ("ago", "relative") and m.back and m.back[0] > 0)
        )
    return tuple(found[:_MOST])


def compare_tellings(
    undated: Sequence[Telling], dated: Sequence[Telling], day: date, *, copied: bool
) -> Iterator[tuple[str, Interval]]:
    """The words of the undated article, and the days on which it can have been written if the other was on `day`."""
    share, fewest = (_COPIED_SHARE, _COPIED_FEWEST) if copied else (_TOLD_SHARE, _TOLD_FEWEST)
    for own in undated:
        for other in dated:
            common = len(own.long & other.long)
            if common < fewest or common < share * min(len(own.long), len(other.long)):
                continue
            if not copied and own.numbers != other.numbers:
                continue
            allowed = _allow(own, other, day)
            if allowed is not None:
                yield own.mention.words, allowed


# ---------------------------------------------------------------- helpers

_LONGEST, _MOST, _OPENING = 20_000, 60, 3
_A_YEAR = 300
_LONG = 4
_COPIED_SHARE, _COPIED_FEWEST = 0.4, 4
_TOLD_SHARE, _TOLD_FEWEST = 0.7, 7
_WEEK = timedelta(days=7)
_CLAUSE = 10
_CUT = frozenset(',;:.!?–—()“”"„«»\n')


def _allow(own: Telling, other: Telling, day: date) -> Interval | None:
    a, b = own.mention, other.mention
    if a.kind != b.kind:
        return None
    if a.kind == "weekday":
        if a.weekday != b.weekday or a.weekday is None or other.sense is None:
            return None
        first, last = _meant(a.weekday, day, other.sense)
        if own.sense == "past":
            return first, last + _WEEK
        if own.sense == "ahead":
            return first - _WEEK, last
        return first - _WEEK, last + _WEEK
    if a.back is None or a.back != b.back:
        return None
    # The same count from the same event: as far apart as the words are loose, and a day of grace for hours and time zones.
    slack = timedelta(days=max(1, a.back[1] - a.back[0]))
    return day - slack, day + slack


def _meant(weekday: int, day: date, sense: Sense) -> Interval:
    """The days that a weekday can mean; on that very weekday it may be today or a week off."""
    step = (day.weekday() - weekday) % 7 if sense == "past" else (weekday - day.weekday()) % 7
    if step:
        meant = day - timedelta(days=step) if sense == "past" else day + timedelta(days=step)
        return meant, meant
    return (day - _WEEK, day) if sense == "past" else (day, day + _WEEK)


def _sense(sentence: str, mention: DateMention, language: str | None) -> Sense | None:
    """By the clause before the words, else by the one behind them; None where they speak of both, or of neither."""
    past = language_words(language, "dates", "past")
    ahead = language_words(language, "dates", "future") | language_words(language, "digest", "ahead")
    before = _last_clause(sentence[: mention.start])
    looks_back = [n for n, w in enumerate(before) if w in past]
    looks_ahead = [n for n, w in enumerate(before) if w in ahead]
    if looks_ahead:
        # "will be held on Thursday", but not "said that it would on Thursday".
        return "ahead" if not looks_back or looks_back[0] > looks_ahead[0] else None
    if looks_back:
        return "past"
    after = _first_clause(sentence[mention.end :])
    sides = {w in past for w in after if w in past or w in ahead}
    return None if len(sides) != 1 else "past" if sides.pop() else "ahead"


def _last_clause(text: str) -> list[str]:
    at = max((n for n, c in enumerate(text) if c in _CUT), default=-1)
    return split_words(text[at + 1 :])[-_CLAUSE:]


def _first_clause(text: str) -> list[str]:
    text = text.lstrip(" ,")
    at = next((n for n, c in enumerate(text) if c in _CUT), len(text))
    return split_words(text[:at])[:_CLAUSE]
