"""The figures of one article: each quantity that counts or measures something, with what, where, when and who says so.

Takes an article, gives `Figure`s in order of place. Numbers come from `stemma.text.numbers`, what is counted from
`counting`, who says so from the quotations of the same article. Comparison over articles is elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stemma.facts.counters import Counters
from stemma.facts.counting import Counted, find_counted, is_figure, name_counted
from stemma.facts.figure_words import FigureWords, figure_words
from stemma.facts.joining import Statement
from stemma.facts.quotes import find_statements
from stemma.facts.reading import Reading, read_text
from stemma.text.numbers import Quantity, find_quantities
from stemma.types import Article, Figure, Span


def find_figures(article: Article) -> tuple[Figure, ...]:
    """All figures of an article in order; none is a date, an age, a clock time or an address."""
    reading = read_text(article.text, article.language or "en")
    words = figure_words(reading.language)
    if not words.states:
        words = figure_words("en")
    statements = find_statements(reading)
    counters = Counters(reading, words)
    figures: list[Figure] = []
    earlier: Counted | None = None
    sentence = read = -1
    around: _Surroundings | None = None
    for quantity in find_quantities(reading.text, reading.language, words=(reading.lower, reading.starts)):
        if not is_figure(reading, quantity, words):
            continue
        now = reading.sentence_at(quantity.core)
        if now != sentence:
            earlier, sentence = (earlier if now == sentence + 1 else None), now
        counted = find_counted(reading, quantity, words, earlier=earlier)
        if counted.noun is None and counted.state is None and quantity.unit is None:
            continue
        lasts = counted.noun is not None and not words.durations.isdisjoint(counted.noun.lower().split())
        if earlier is None or not lasts:
            earlier = counted  # "fell ill over eighteen months, against 83": of people
        if around is None or read != now:
            around, read = _read_surroundings(reading, now, words), now
        figures.append(
            Figure(
                span=Span(article=article.id, start=quantity.start, end=quantity.end),
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                of=name_counted(counted, words),
                qualifier=quantity.qualifier,
                place=around.find_place(quantity),
                as_of=around.as_of,
                said_by=_teller(statements, quantity.core) or counters.find(quantity, counted.state),
            )
        )
    return tuple(figures)


def _teller(statements: tuple[Statement, ...], place: int) -> str | None:
    """Who says so: the speaker of the shortest statement around the figure that has one."""
    around = [s for s in statements if s.told and s.speaker and s.start <= place < s.end]
    return min(around, key=lambda s: s.end - s.start).speaker if around else None


@lru_cache(maxsize=32)
def _place_pattern(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = figure_words(language)
    name = r"(?:[A-ZÀ-ÖØ-Þ][\w'’-]+)(?:\s(?:[A-ZÀ-ÖØ-Þ][\w'’-]+|of(?=\s[A-Z])|de(?=\s[A-Z])|al-\w+))*"
    preps = "|".join(re.escape(p) for p in words.places) or "(?!)"
    wide = "|".join(re.escape(p) for p in words.wide) or "(?!)"
    days = "|".join(sorted(words.days, key=lambda w: (-len(w), w))) or "(?!)"
    lead = "|".join(re.escape(p) for p in words.as_of) or "(?!)"
    before = "|".join(re.escape(p) for p in words.day_before) or "(?!)"
    return (
        re.compile(
            rf"\b(?i:{preps})\s(?:the\s)?(?:(?:capital|city|town|province|region|state)\s(?:of\s)?)?({name})"
        ),
        re.compile(rf"\b(?:{wide})\b", re.IGNORECASE),
        re.compile(rf"\b(?:(?:{lead})\s)?(?:(?:{before})\s)?(?:{days})\b(?:\s(?:{days})\b)?", re.IGNORECASE),
    )


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What a sentence says of where and when, read once for all its figures."""

    wide: str | None
    places: tuple[re.Match[str], ...]
    as_of: str | None

    def find_place(self, quantity: Quantity) -> str | None:
        """What it says of the whole ("nationwide"), else the place named nearest, behind the figure first."""
        if self.wide is not None or not self.places:
            return self.wide
        nearest = min(self.places, key=lambda m: (m.start() < quantity.end, abs(m.start() - quantity.end)))
        return nearest.group(1)


def _read_surroundings(reading: Reading, sentence: int, words: FigureWords) -> _Surroundings:
    start, end = reading.sentences[sentence]
    named, wide, days = _place_pattern(reading.language)
    held = reading.lower[reading.first[sentence] : reading.first[sentence + 1]]
    whole = wide.search(reading.text, start, end) if not words.wide_openings.isdisjoint(held) else None
    when = None
    if not words.days.isdisjoint(held):
        told = (m.group().strip() for m in days.finditer(reading.text, start, end))
        when = next((t for t in told if t.lower() not in words.vague_days), None)  # "the night" is no time
    places: list[re.Match[str]] = []
    if whole is None and not words.place_openings.isdisjoint(held):
        not_places = words.months | words.days
        places = [m for m in named.finditer(reading.text, start, end) if m.group(1).lower() not in not_places]
    return _Surroundings(whole.group() if whole else None, tuple(places), when)
