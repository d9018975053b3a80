"""Which of the articles that hold the words a reader means: by how often a text of its length says them, and by title.

The newsroom's texts are weighed here and not by FTS5's bm25, which goes through every article that holds a word to know
how rare the word is: with a million articles that is a tenth of a second for a common word. All of these articles hold
all the words, so that their rarity decides little between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from stemma.store.query import Term


class Weighed(Protocol):
    """An article as it is weighed."""

    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str | None: ...


# BM25's usual constants (Robertson and Zaragoza 2009, 3.4), over characters.
_K, _B = 1.2, 0.75
_USUAL_LENGTH = 3_000
_TITLE = 1.5
"""What a word in the title adds; a text that says a word very often reaches 1."""


def weigh(texts: Iterable[Weighed], groups: Sequence[Sequence[Term]]) -> list[int]:
    """The articles, the best first; of equals the newer."""
    words = [tuple(term.word.strip("*").lower() for term in group) for group in groups]
    weights = {}
    for row in texts:
        text, title = row.text.lower(), (row.title or "").lower()
        room = _K * (1 - _B + _B * len(text) / _USUAL_LENGTH)
        weight = 0.0
        for group in words:
            said = max(map(text.count, group))
            weight += said / (said + room) + _TITLE * any(word in title for word in group)
        weights[row.id] = weight
    return sorted(weights, key=lambda number: (-weights[number], -number))
