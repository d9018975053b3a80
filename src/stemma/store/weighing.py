"""Which of the articles that hold the words a reader means: by how often a text of its length says them, and by title.

The newsroom's texts are weighed here and not by FTS5's bm25, which goes through every article that holds a word to know
how rare the word is: with a million articles that is a tenth of a second for a common word. All of these articles hold
all the words, so that their rarity decides little between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.query import Term

# BM25's usual constants (Robertson and Zaragoza 2009, 3.4), over characters.
_K, _B = 1.2, 0.75
_USUAL_LENGTH = 3_000
_TITLE = 1.5
"""What a word in the title adds; a text that says a word very often reaches 1."""


def weigh(connection: Connection, articles: Sequence[int], groups: Sequence[Sequence[Term]]) -> list[int]:
    """Those of the articles that are visible, the best first; of equals the newer."""
    if not articles:
        return []
    words = [tuple(term.word.strip("*").casefold() for term in group) for group in groups]
    weights = {}
    for row in connection.execute(_texts(), {"numbers": list(articles)}):
        text, title = row.text.casefold(), (row.title or "").casefold()
        room = _K * (1 - _B + _B * len(text) / _USUAL_LENGTH)
        weight = 0.0
        for group in words:
            said = max(map(text.count, group))
            weight += said / (said + room) + _TITLE * any(word in title for word in group)
        weights[row.id] = weight
    return sorted(weights, key=lambda number: (-weights[number], -number))


@cache
def _texts() -> Select[Any]:
    visible, revision = visible_articles(), schema.revision
    return (
        select(visible.c.id, revision.c.title, revision.c.text)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(visible.c.id.in_(bindparam("numbers", expanding=True)))
    )
