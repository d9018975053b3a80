"""The brief of a story: one member's headline and a few sentences, each made of words of cited spans.

No word is written here but an outlet's name, a date that follows from an article's dates, and an ellipsis, all marked.
Where the result goes: the story page and `stemma brief`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from stemma.digest.candidates import Candidate, find_candidates
from stemma.digest.choice import choose_sentences, weigh_concepts
from stemma.digest.support import find_support
from stemma.digest.title import choose_title
from stemma.digest.voices import find_voices
from stemma.types import Article, ArticleId, Brief, CitedSentence, Span

_NO_PARENTS: Mapping[ArticleId, ArticleId] = MappingProxyType({})

REACH = 2_500
"""Characters of each article that are read: news says first what matters (inverted pyramid)."""

SHARE, LEAST_WORDS, MOST_WORDS = 0.4, 45, 110
"""Words of a brief: a share of what the voices say within reach, between these bounds."""


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
    title_from = choose_title(articles, voices)
    pool: list[Candidate] = []
    for i in voices.speakers:
        pool += find_candidates(articles[i], index=i, language=voices.language, reach=REACH)
    weights = weigh_concepts(pool, voices.of)
    room = SHARE * sum(len(c.words) for c in pool)
    chosen = choose_sentences(
        pool, weights, limit=limit, words=round(min(MOST_WORDS, max(LEAST_WORDS, room)))
    )
    return Brief(
        title=articles[title_from].title if title_from is not None else None,
        title_from=articles[title_from].id if title_from is not None else None,
        sentences=tuple(
            cite_sentence(c, find_support(c, pool, voices.of), articles) for c in _put_in_order(chosen)
        ),
    )


def cite_sentence(
    candidate: Candidate, support: Sequence[Candidate], articles: Sequence[Article]
) -> CitedSentence:
    """The candidate's words with its own span first, then those that bear it out."""
    return CitedSentence(
        text=candidate.text,
        citations=tuple(
            Span(article=articles[c.article].id, start=c.start, end=c.end) for c in (candidate, *support)
        ),
    )


# ---------------------------------------------------------------- helpers


def _put_in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The strongest sentence first, the others as their articles have them: early before late."""
    return list(chosen[:1]) + sorted(chosen[1:], key=lambda c: (c.order, c.article))
