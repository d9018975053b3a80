"""The brief of a story: one member's headline and a few sentences, each made of words of cited spans.

No word is written here but an outlet's name and a date that follows from an article's dates, both marked as added.
Where the result goes: the story page and `stemma brief`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from stemma.digest.candidates import Candidate, find_candidates
from stemma.digest.choice import choose_sentences
from stemma.digest.disputes import find_disputes
from stemma.digest.support import find_support
from stemma.digest.title import choose_title
from stemma.digest.voices import find_voices
from stemma.digest.wording import word_sentence
from stemma.types import Article, ArticleId, Brief

_NO_PARENTS: Mapping[ArticleId, ArticleId] = MappingProxyType({})

REACH = 2_000
"""Characters of each article that are read: news says first what matters (inverted pyramid)."""

SHARE, LEAST_WORDS, MOST_WORDS = 0.5, 70, 110
"""Words of a brief: a share of what the voices say within reach, between these bounds (brief/neus; the editors' own
run from 29 to 125 words)."""

LEAD = 0.85
"""Factor for each sentence further down its article (brief/neus: flat from 0.7 to 0.9)."""

ENOUGH = 0.15
"""Least gain of a further sentence against the first one's (brief/neus: 0.3 is .01 worse)."""

SAME = 0.65
"""Share of the shorter one's stems with which two sentences say the same. ROUGE would have it higher (brief/neus: .004
more at 0.8); a reader sees the same thing said twice."""

DISPUTED = 0.5
"""Standing of a sentence with a figure that another voice gives otherwise: one without it is preferred."""


def compose_brief(
    articles: Sequence[Article],
    *,
    parents: Mapping[ArticleId, ArticleId] = _NO_PARENTS,
    limit: int = 5,
) -> Brief:
    """Sums one story up in at most `limit` sentences.

    `articles` come in arrival order; `parents` maps a copy to its source: they are one voice, and the source is cited.
    A story without a sentence that can stand alone gets a title and no sentences.
    """
    voices = find_voices(articles, parents)
    pool: list[Candidate] = []
    for i in voices.speakers:
        pool += find_candidates(articles[i], index=i, language=voices.language, reach=REACH)
    disputes = find_disputes(pool, voices.of, voices.language)
    pool = [replace(c, standing=DISPUTED * c.standing) if i in disputes else c for i, c in enumerate(pool)]
    room = SHARE * sum(len(c.words) for c in pool if c.standing)
    chosen = choose_sentences(
        pool,
        voices.of,
        limit=limit,
        words=round(min(MOST_WORDS, max(LEAST_WORDS, room))),
        lead=LEAD,
        enough=ENOUGH,
        same=SAME,
    )
    told = _give_both_sides(_put_in_order(chosen), pool, disputes, articles, limit)
    title_from = choose_title(articles, voices)
    dated: set[str] = set()
    return Brief(
        title=articles[title_from].title if title_from is not None else None,
        title_from=articles[title_from].id if title_from is not None else None,
        sentences=tuple(
            word_sentence(
                c,
                find_support(c, pool, voices.of),
                articles,
                language=voices.language,
                dated=dated,
                attributed=attributed,
            )
            for c, attributed in told
        ),
    )


# ---------------------------------------------------------------- helpers


def _put_in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """First the strongest that opens an article, then the others as their articles have them: early before late."""
    first = next((c for c in chosen if c.order < 2), None) or min(chosen, key=lambda c: c.order, default=None)
    rest = sorted((c for c in chosen if c is not first), key=lambda c: (c.order, c.article))
    return [first, *rest] if first else []


def _give_both_sides(
    chosen: Sequence[Candidate],
    pool: Sequence[Candidate],
    disputes: Mapping[int, Sequence[int]],
    articles: Sequence[Article],
    limit: int,
) -> list[tuple[Candidate, bool]]:
    """Each sentence, and whether to name its outlet. A disputed one is followed by the latest other side, or dropped
    where that cannot be shown."""
    place = {id(c): i for i, c in enumerate(pool)}
    told: list[tuple[Candidate, bool]] = []
    for candidate in chosen:
        if any(candidate is t for t, _ in told):
            continue
        sides = [pool[j] for j in disputes.get(place[id(candidate)], ())]
        if not sides:
            told.append((candidate, False))
            continue
        outlet = articles[candidate.article].outlet
        shown = [s for s in sides if s.standing > 0 and articles[s.article].outlet != outlet]
        if shown and outlet and len(told) + 2 <= limit:
            other = max(shown, key=lambda s: (s.standing, s.article, -s.order))
            told += [(candidate, True), (other, True)]
    return told[:limit]
