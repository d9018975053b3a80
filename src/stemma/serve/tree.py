"""The lineage of a story's articles as a drawing and as a list: who took the text from whom.

Takes article rows and copy edges, gives numbers: a row for each article, columns that run with time from left to right,
elbows from parent to child. No judgement is made here; an edge whose direction is not decided is drawn as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from stemma.serve.messages import t
from stemma.serve.words import COPY_KINDS, describe_published
from stemma.store.views import ArticleRow, CopyView

MOST_NODES = 60
"""More rows than this are no picture any more; the list below it has them all."""

ROW = 54
STEP = 46
LEFT = 12
LABEL = 268
NAME_CHARACTERS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One article, or a source that was never read (`article` None), at `depth` below the first text."""

    article: int | None
    name: str
    note: str
    depth: int
    copied: CopyView | None
    x: int = 0
    y: int = 0

    @property
    def short(self) -> str:
        """The name as far as it fits beside its dot."""
        return self.name if len(self.name) <= NAME_CHARACTERS else f"{self.name[: NAME_CHARACTERS - 1]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An elbow from `x1, y1` down and right to `x2, y2`."""

    x1: int
    y1: int
    x2: int
    y2: int
    decided: bool
    second: bool

    @property
    def path(self) -> str:
        """The elbow as SVG path data."""
        if self.y2 <= self.y1 or self.x2 - self.x1 < 8:
            return f"M{self.x1} {self.y1} L{self.x2} {self.y2}"
        return f"M{self.x1} {self.y1} V{self.y2 - 8} q0 8 8 8 H{self.x2 - 7}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The drawing: `width` by `height` units, nodes in the order of rows; `left_out` nodes did not fit."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    left_out: int = 0


Key = int | str


def build_tree(
    rows: Sequence[ArticleRow], copies: Sequence[CopyView], names: Mapping[int, str]
) -> Tree | None:
    """The tree of all articles that an edge touches; None where there is no edge.

    An article with several parents hangs below the one it shares most with; the others are second edges.
    """
    known = {row.article: row for row in rows}
    edges = [
        c for c in copies if c.child in known and (c.parent in known or c.origin) and c.parent != c.child
    ]
    if not edges:
        return None
    ranked = sorted(edges, key=lambda c: (-c.confidence, -c.containment, c.parent or 0, c.origin or ""))
    first: dict[int, CopyView] = {}
    for copied in ranked:
        if copied.child not in first and not _is_ancestor(copied.child, copied.parent, first):
            first[copied.child] = copied
    nodes = _order(known, first, names)
    shown = nodes[:MOST_NODES]
    columns = _find_columns(shown, known)
    placed = {
        _key(node): replace(node, x=LEFT + STEP * columns[_key(node)], y=ROW * i + ROW // 2)
        for i, node in enumerate(shown)
    }
    lines = [line for c in edges if (line := _draw(c, placed, second=first.get(c.child) is not c))]
    return Tree(
        nodes=tuple(placed.values()),
        edges=tuple(lines),
        width=max(n.x for n in placed.values()) + LABEL,
        height=ROW * len(shown),
        left_out=len(nodes) - len(shown),
    )


def _order(
    known: Mapping[int, ArticleRow], first: Mapping[int, CopyView], names: Mapping[int, str]
) -> list[Node]:
    """Parents before their children, brothers by time: the order of the rows."""
    children: dict[Key, list[int]] = {}
    for child, copied in first.items():
        children.setdefault(_source(copied), []).append(child)
    roots = [key for key in children if isinstance(key, str) or key not in first]
    ordered: list[Node] = []

    def when(key: Key) -> tuple[date, int]:
        if isinstance(key, str):
            return min(when(child) for child in children[key])
        return _find_day(known[key]), key

    stack: list[tuple[Key, int]] = [(key, 0) for key in sorted(roots, key=when, reverse=True)]
    while stack:
        key, depth = stack.pop()
        if isinstance(key, str):
            ordered.append(Node(article=None, name=key, note=t("not read here"), depth=depth, copied=None))
        else:
            above = first.get(key)
            day = describe_published(known[key].published)
            kind = f"{t(COPY_KINDS.get(above.kind, above.kind))} · " if above else ""
            ordered.append(Node(article=key, name=names[key], note=f"{kind}{day}", depth=depth, copied=above))
        stack += [(child, depth + 1) for child in sorted(children.get(key, ()), key=when, reverse=True)]
    return ordered


def _find_columns(nodes: Sequence[Node], known: Mapping[int, ArticleRow]) -> dict[Key, int]:
    """A column for each day in order; a child always stands right of its parent."""
    days = sorted({_find_day(known[n.article]) for n in nodes if n.article is not None})
    rank = {day: i for i, day in enumerate(days)}
    columns: dict[Key, int] = {}
    for node in nodes:
        if node.article is None:
            columns[_key(node)] = 0
            continue
        parent = columns[_source(node.copied)] + 1 if node.copied else 0
        columns[_key(node)] = max(parent, rank[_find_day(known[node.article])])
    used = {column: i for i, column in enumerate(sorted(set(columns.values())))}
    return {key: used[column] for key, column in columns.items()}


def _draw(copied: CopyView, placed: Mapping[Key, Node], *, second: bool) -> Edge | None:
    start, end = placed.get(_source(copied)), placed.get(copied.child)
    if start is None or end is None:
        return None
    return Edge(
        x1=start.x, y1=start.y, x2=end.x, y2=end.y, decided=copied.direction == "decided", second=second
    )


def _is_ancestor(child: int, parent: int | None, first: Mapping[int, CopyView]) -> bool:
    """Whether `child` stands above `parent` already: such an edge would close a ring."""
    while parent is not None:
        if parent == child:
            return True
        above = first.get(parent)
        parent = above.parent if above else None
    return False


def _find_day(row: ArticleRow) -> date:
    published = row.published
    return published.earliest or published.latest or row.first_seen.date()


def _source(copied: CopyView) -> Key:
    return copied.parent if copied.parent is not None else copied.origin or ""


def _key(node: Node) -> Key:
    return node.article if node.article is not None else node.name
