"""Lineage after all input was seen: the parent may stand later in the file."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.lineage.index import LineageIndex
from stemma.types import Article, Copy


def judge_copies(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All copies among the articles, by day of publication where it is known, else in the order given."""
    index = LineageIndex()
    dated = sorted(
        range(len(articles)),
        key=lambda n: (articles[n].published.stated or "9999", n),
    )
    return tuple(copy for n in dated for copy in index.add(articles[n]))
