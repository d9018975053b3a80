"""The figures of one article: each quantity that counts or measures something, with what, where, when and who says so.

Takes an article, gives `Figure`s in order of place. Numbers come from `stemma.text.numbers`, what is counted from
`counting`, who says so from the quotations of the same article. Comparison over articles is elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stemma.facts.counting import Counted, FigureWords, figure_words, find_counted, is_figure, name_counted
from stemma.facts.quotes import Statement, find_statements
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
    figures: list[Figure] = []
    earlier: Counted | None = None
    sentence = -1
    for quantity in find_quantities(
        reading.text, reading.language, words=zip(reading.lower, reading.starts, strict=True)
    ):
        if not is_figure(reading, quantity, words):
            continue
        now = reading.sentence_at(quantity.core)
        if now != sentence:
            earlier, sentence = (earlier if now == sentence + 1 else None), now
        counted = find_counted(reading, quantity, words, earlier=earlier)
        if counted.noun is None and counted.state is None and quantity.unit is None:
            continue
        earlier = counted
        figures.append(
            Figure(
                span=Span(article=article.id, start=quantity.start, end=quantity.end),
                low=quantity.low,
                high=quantity.high,
                unit=quantity.unit,
                of=name_counted(counted, words),
                qualifier=quantity.qualifier,
                place=_place(reading, quantity, now, words),
                as_of=_as_of(reading, quantity, now, words),
                said_by=_teller(statements, quantity.core),
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
    return (
        re.compile(
            rf"\b(?i:{preps})\s(?:the\s)?(?:(?:capital|city|town|province|region|state)\s(?:of\s)?)?({name})"
        ),
        re.compile(rf"\b(?:{wide})\b", re.IGNORECASE),
        re.compile(rf"\b(?:(?:{lead})\s)?(?:[\w-]+\s)?(?:{days})\b(?:\s(?:{days}))?", re.IGNORECASE),
    )


def _place(reading: Reading, quantity: Quantity, sentence: int, words: FigureWords) -> str | None:
    start, end = reading.sentences[sentence]
    named, wide, _ = _place_pattern(reading.language)
    if found := wide.search(reading.text, start, end):
        return found.group()
    after = [
        m
        for m in named.finditer(reading.text, start, end)
        if m.group(1).lower() not in words.months | words.days
    ]
    nearest = min(
        after, key=lambda m: (m.start() < quantity.end, abs(m.start() - quantity.end)), default=None
    )
    return nearest.group(1) if nearest else None


def _as_of(reading: Reading, quantity: Quantity, sentence: int, words: FigureWords) -> str | None:
    start, end = reading.sentences[sentence]
    found = _place_pattern(reading.language)[2].search(reading.text, start, end)
    return found.group().strip() if found else None
