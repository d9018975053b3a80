"""The timeline of a thread: the dates worth an entry, each with cited sentences that speak of it.

Which dates, `days` decides; which sentences, `choice`. Where the result goes: the thread page and `stemma timeline`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from stemma.digest.candidates import Candidate, find_candidates
from stemma.digest.choice import choose_sentences
from stemma.digest.days import Telling, choose_dates, find_names
from stemma.digest.resolve import anchor_day, find_dated
from stemma.digest.support import find_support
from stemma.digest.voices import find_voices
from stemma.digest.wording import word_sentence
from stemma.types import Article, ArticleId, TimelineEntry

_NO_PARENTS: Mapping[ArticleId, ArticleId] = MappingProxyType({})

REACH = 8_000
"""Characters of each article that are read: background with dates stands far down."""

SENTENCES, WORDS = 2, 60
"""Most sentences and words of an entry (timeline/t17: the entries of editors have 21 to 125 words)."""

FRESH = 3
"""First sentences of an article that are taken to speak of its own day where they name no other."""


def compose_timeline(
    articles: Sequence[Article], *, parents: Mapping[ArticleId, ArticleId] = _NO_PARENTS
) -> tuple[TimelineEntry, ...]:
    """One entry for each date worth one, ascending; a date is as precise as the words that give it.

    `articles` come in arrival order; `parents` maps a copy to its source: they are one voice, and the source is cited.
    Articles without a known day still count for dates that they write out in full.
    """
    voices = find_voices(articles, parents)
    tellings = [_read(articles[i], i, voices.language) for i in voices.speakers]
    dates = choose_dates(tellings)
    pools = _gather_pools(tellings, frozenset(dates))
    used: set[tuple[int, int]] = set()
    entries = []
    for when in dates:
        entry = _compose_entry(when, pools.get(when, []), articles, voices.of, used, voices.language)
        if entry:
            entries.append(entry)
    return tuple(entries)


# ---------------------------------------------------------------- helpers


def _read(article: Article, index: int, language: str | None) -> Telling:
    found = find_candidates(article, index=index, language=language, reach=REACH)
    return Telling(
        day=anchor_day(article.published),
        sentences=found,
        dates=[find_dated(c.text, article.published, language) for c in found],
        names=find_names(article.text[:REACH]),
    )


def _gather_pools(tellings: Sequence[Telling], wanted: frozenset[str]) -> dict[str, list[Candidate]]:
    """Sentences for each date: those that name it, and openings of the day's articles that name no other."""
    pools: dict[str, list[Candidate]] = {}
    for telling in tellings:
        for sentence, dates in zip(telling.sentences, telling.dates, strict=True):
            own = telling.day.isoformat() if telling.day else None
            if not dates and own in wanted and own and sentence.order < FRESH:
                pools.setdefault(own, []).append(replace(sentence, standing=UNDATED * sentence.standing))
            for when, ahead in sorted({(d.date, d.ahead) for d in dates}):
                if when in wanted:
                    kept = replace(sentence, standing=AHEAD * sentence.standing) if ahead else sentence
                    pools.setdefault(when, []).append(kept)
    return pools


LEAD = 0.97
"""Factor for each sentence further down its article: what is told of an earlier day stands far down."""

ENOUGH = 0.3
"""Least gain of a second sentence against the first one's."""

SAME = 0.55
"""Share of the shorter one's stems with which two sentences say the same: all of a day is much alike."""

UNDATED, AHEAD = 0.8, 0.35
"""Standing of a sentence that does not name the date, and of one written before it."""


def _compose_entry(
    when: str,
    pool: Sequence[Candidate],
    articles: Sequence[Article],
    voice_of: Sequence[int],
    used: set[tuple[int, int]],
    language: str | None,
) -> TimelineEntry | None:
    fresh = [c for c in pool if (c.article, c.start) not in used]
    chosen = choose_sentences(
        fresh, voice_of, limit=SENTENCES, words=WORDS, lead=LEAD, enough=ENOUGH, same=SAME
    )
    if not chosen:
        return None
    used.update((c.article, c.start) for c in chosen)
    precision: Literal["day", "month", "year"] = (
        "day" if len(when) == 10 else "month" if len(when) == 7 else "year"
    )
    return TimelineEntry(
        date=when,
        precision=precision,
        sentences=tuple(
            word_sentence(
                _without_date(c, when, articles[c.article], language),
                find_support(c, fresh, voice_of),
                articles,
            )
            for c in chosen
        ),
    )


def _without_date(candidate: Candidate, when: str, article: Article, language: str | None) -> Candidate:
    """A line of a chronology ("March 16 - The port shut.") without the date that its entry has already."""
    first = next(iter(find_dated(candidate.text, article.published, language)), None)
    if first is None or first.start > 0 or first.date != when:
        return candidate
    dash = _DASH.match(candidate.text, first.end)
    raw = article.text[candidate.start : candidate.end]
    if not dash or raw[: dash.end()] != candidate.text[: dash.end()]:
        return candidate
    return replace(candidate, start=candidate.start + dash.end(), text=candidate.text[dash.end() :])


_DASH = re.compile(r"\s*[-–—:]{1,2}\s+(?=[^\W\d_a-zß-öø-ÿ])")
