"""How many independent newsrooms stand behind a story: reprints and copies of one text are one voice.

Counts groups of articles joined by a lineage edge, a common agency, a common outlet or a common owner. Opinion, press releases,
sponsored and satirical pages are no reports and count only where nothing else is there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.newsroom.families import Families
from stemma.text.names import fold_name
from stemma.types import Article, ArticleId, Copy

_NO_REPORT = frozenset({"opinion", "press release", "sponsored", "satire"})


def find_parents(copies: Sequence[Copy]) -> Mapping[ArticleId, ArticleId]:
    """The surest parent of each copy whose direction is decided."""
    best: dict[ArticleId, Copy] = {}
    for copy in copies:
        if copy.parent is None or copy.direction != "decided":
            continue
        held = best.get(copy.child)
        if held is None or copy.confidence > held.confidence:
            best[copy.child] = copy
    return {child: copy.parent for child, copy in best.items() if copy.parent is not None}


def find_voices(
    articles: Sequence[Article], copies: Sequence[Copy], *, families: Families | None = None
) -> tuple[tuple[ArticleId, ...], ...]:
    """The reports of each independent newsroom, in order of arrival; at least one voice where there is an article.

    Articles in no voice are no reports: opinion, press releases, sponsored pages, satire. `families` say which outlets have one
    owner: they are one voice too. A text that credits an agency is the agency's, whoever prints it.
    """
    reports = [a for a in articles if a.genre not in _NO_REPORT] or list(articles)
    roots: dict[str, str] = {}

    def root(name: str) -> str:
        while roots.setdefault(name, name) != name:
            roots[name] = roots[roots[name]]
            name = roots[name]
        return name

    for article in articles:
        mine = root(f"article {article.id}")
        if article.agency:
            roots[mine] = root(f"agency {fold_name(article.agency)}")
        elif families is not None and (family := families.find(article)):
            roots[mine] = root(f"family {family}")
        elif article.outlet:
            roots[mine] = root(f"outlet {fold_name(article.outlet)}")
    for copy in copies:
        source = f"article {copy.parent}" if copy.parent else f"agency {fold_name(copy.origin or '')}"
        roots[root(f"article {copy.child}")] = root(source)
    voices: dict[str, list[ArticleId]] = {}
    for article in reports:
        voices.setdefault(root(f"article {article.id}"), []).append(article.id)
    return tuple(map(tuple, voices.values()))
