"""Brings together what several articles of one story give: each quantity or statement, and how the values relate.

Takes the facts of a story's members, gives `Comparison`s. A copy has no voice of its own beside its source. Where it
cannot be shown that two values speak of the same thing, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from stemma.types import Article, ArticleId, ComparedValue, Comparison, Figure, Quote

_NOBODY: Mapping[ArticleId, ArticleId] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """One member of a story with what was found in it."""

    article: Article
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]


def compare_story(
    members: Sequence[ArticleFacts], *, parents: Mapping[ArticleId, ArticleId] = _NOBODY
) -> tuple[Comparison, ...]:
    """Comparisons over the members of one story, in order of first mention; one value an article.

    `parents` maps a copy to its source: reprints of one report are one voice.
    """
    present = {m.article.id for m in members}
    voices = [m for m in members if parents.get(m.article.id) not in present]
    groups: dict[tuple[str, str], list[tuple[ArticleFacts, Figure]]] = {}
    for member in voices:
        seen: set[tuple[str, str]] = set()
        for figure in member.figures:
            if figure.of is None:
                continue
            key = (figure.unit or "", figure.of.lower())
            if key not in seen:
                seen.add(key)
                groups.setdefault(key, []).append((member, figure))
    return tuple(
        Comparison(
            about=values[0][1].of or "",
            relation="agree",
            values=tuple(ComparedValue(span=f.span, low=f.low, high=f.high) for _, f in values),
        )
        for values in groups.values()
        if len(values) > 1 and len({(f.low, f.high) for _, f in values}) == 1
    )
