"""The timeline of a thread: the days that its articles speak of most, each with cited sentences.

Days are chosen by how many articles are published on them and how many others mention them (Tran et al. 2013;
Gholipour Ghalandari and Ifrim, "Examining the state of the art in news timeline summarization", 2020).
Where the result goes: the thread page and `stemma timeline`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from stemma.digest.brief import cite_sentence
from stemma.digest.candidates import Candidate, find_candidates
from stemma.digest.choice import choose_sentences, weigh_concepts
from stemma.digest.resolve import anchor_day, resolve_mention
from stemma.digest.support import find_support
from stemma.digest.voices import find_voices
from stemma.text.dates import find_dates
from stemma.types import Article, ArticleId, TimelineEntry

_NO_PARENTS: Mapping[ArticleId, ArticleId] = MappingProxyType({})

REACH = 8_000


def compose_timeline(
    articles: Sequence[Article], *, parents: Mapping[ArticleId, ArticleId] = _NO_PARENTS
) -> tuple[TimelineEntry, ...]:
    """One entry for each date worth one, ascending; a date is as precise as the words that give it."""
    voices = find_voices(articles, parents)
    told: dict[str, list[Candidate]] = {}
    weight: dict[str, float] = {}
    for i in voices.speakers:
        base = anchor_day(articles[i].published)
        mentioned: set[str] = set()
        for candidate in find_candidates(articles[i], index=i, language=voices.language, reach=REACH):
            dates = {
                d
                for m in find_dates(candidate.text, voices.language)
                if (d := resolve_mention(m, articles[i].published))
            }
            if not dates and base is not None and candidate.order < 3:
                dates = {base.isoformat()}
            for day in sorted(dates):
                told.setdefault(day, []).append(candidate)
            mentioned |= dates
        for day in sorted(mentioned):
            weight[day] = weight.get(day, 0.0) + 1.0
    kept = [d for d in sorted(told) if weight[d] >= 3 or len(articles) < 10]
    return tuple(entry for d in kept if (entry := _compose_entry(d, told[d], articles, voices.of)))


def _compose_entry(
    day: str, pool: Sequence[Candidate], articles: Sequence[Article], voice_of: Sequence[int]
) -> TimelineEntry | None:
    weights = weigh_concepts(pool, voice_of)
    chosen = choose_sentences(pool, weights, limit=2, words=60)
    if not chosen:
        return None
    precision: Literal["day", "month", "year"] = (
        "day" if len(day) == 10 else "month" if len(day) == 7 else "year"
    )
    return TimelineEntry(
        date=day,
        precision=precision,
        sentences=tuple(cite_sentence(c, find_support(c, pool, voice_of), articles) for c in chosen),
    )
