"""How a story spread, as a drawing and as a list: days from left to right, each text at its day, a line to what was made of it.

Takes article rows and copy edges, gives numbers. No judgement is made here: an edge whose direction is not decided is
drawn broken, a text without a day stands under "undated", a source that was never read is hollow. Reprints that change
nothing are folded to one line where there are many, so that two hundred articles stay legible; the list names each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from stemma.serve.messages import count_things, format_count, t
from stemma.serve.words import (
    COPY_KINDS,
    describe_change,
    describe_published,
    describe_short_day,
    join_words,
)
from stemma.store.views import ArticleRow, CopyView

MOST_NODES = 48
"""Rows; where there are more, leaves are folded, and what is left over is said."""
MOST_ALIKE = 3
"""Reprints of one text beside one another that are not folded yet."""
ROW, HEAD, FOOT = 46, 44, 12
STEP, GAP, LEFT, LABEL = 34, 26, 18, 720
NARROWEST = 104
"""Width of a day: its name must fit above it."""
WIDEST = 4
NAME_CHARACTERS = 44
NOTE_CHARACTERS = 96
"""What fits within `LABEL`; the list and the table name every change."""
_PLAIN = ("verbatim", "excerpt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One article; or a source that was never read (`article` None), or several articles folded to a line (`folded`)."""

    article: int | None
    name: str
    note: str
    depth: int
    copied: CopyView | None
    changed: tuple[str, ...] = ()
    folded: tuple[int, ...] = ()
    x: int = 0
    y: int = 0

    @property
    def short(self) -> str:
        """The name as far as it fits beside its dot."""
        return self.name if len(self.name) <= NAME_CHARACTERS else f"{self.name[: NAME_CHARACTERS - 1]}…"

    @property
    def changes(self) -> str:
        """What it changed, in a few words."""
        counted = [f"{w} ×{self.changed.count(w)}" if self.changed.count(w) > 1 else w for w in self.changed]
        words = list(dict.fromkeys(counted))
        for most in (3, 2):
            said = join_words(words, most=most)
            if len(self.note) + len(said) <= NOTE_CHARACTERS or len(words) < 2:
                return said
        return t("{list} and {n} more", list=words[0], n=format_count(len(words) - 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An elbow from `x1, y1` down and right to `x2, y2`, with the words that it says under the pointer."""

    x1: int
    y1: int
    x2: int
    y2: int
    decided: bool
    second: bool
    says: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The elbow as SVG path data."""
        if self.y2 <= self.y1 or self.x2 - self.x1 < 8:
            return f"M{self.x1} {self.y1} L{self.x2} {self.y2}"
        return f"M{self.x1} {self.y1 + 6} V{self.y2 - 8} q0 8 8 8 H{self.x2 - 7}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day's strip of the drawing."""

    name: str
    x: int
    width: int
    odd: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The drawing: `width` by `height` units, nodes in the order of rows; `left_out` articles did not fit."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    days: tuple[Day, ...]
    listed: tuple[Node, ...]
    """All articles, nothing folded: for the list."""
    width: int
    height: int
    left_out: int = 0


Key = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What the drawing is made from; `first` is the edge that an article hangs on."""

    known: Mapping[int, ArticleRow]
    names: Mapping[int, str]
    first: Mapping[int, CopyView]
    children: Mapping[Key, Sequence[int]] = field(default_factory=dict)


def build_tree(
    rows: Sequence[ArticleRow], copies: Sequence[CopyView], names: Mapping[int, str]
) -> Tree | None:
    """The drawing of all articles; None where there is but one and no edge.

    An article with several parents hangs below the one it shares most with; the others are second edges.
    """
    known = {row.article: row for row in rows}
    edges = [
        c for c in copies if c.child in known and (c.parent in known or c.origin) and c.parent != c.child
    ]
    if len(rows) < 2 and not edges:
        return None
    ranked = sorted(edges, key=lambda c: (-c.confidence, -c.containment, c.parent or 0, c.origin or ""))
    first: dict[int, CopyView] = {}
    for copied in ranked:
        if copied.child not in first and not _is_ancestor(copied.child, copied.parent, first):
            first[copied.child] = copied
    children: dict[Key, list[int]] = defaultdict(list)
    for child, copied in first.items():
        children[_source(copied)].append(child)
    given = _Given(known=known, names=names, first=first, children=children)
    listed = _order(given, folding=None)
    nodes = listed
    for folding in (_is_plain_leaf, _is_leaf):
        if len(nodes) > MOST_NODES or folding is _is_plain_leaf:
            nodes = _order(given, folding=folding)
    nodes = _fold_singles(nodes)
    shown = nodes[:MOST_NODES]
    places, days = _place(shown, given)
    drawn = tuple(
        replace(node, x=places[_key(node)], y=HEAD + ROW * i + ROW // 2) for i, node in enumerate(shown)
    )
    at = {_key(node): node for node in drawn} | {a: node for node in drawn for a in node.folded}
    lines = [line for c in edges if (line := _draw(c, at, names, second=first.get(c.child) is not c))]
    return Tree(
        nodes=drawn,
        edges=tuple(lines),
        days=days,
        listed=tuple(listed),
        width=days[-1].x + days[-1].width,
        height=HEAD + ROW * len(drawn) + FOOT,
        left_out=sum(max(1, len(node.folded)) for node in nodes[MOST_NODES:]),
    )


def describe_changes(copied: CopyView | None) -> tuple[str, ...]:
    """What a copy changed of what is said, in words; sentences moved in or out are no change of it."""
    changes = copied.changes if copied else ()
    return tuple(describe_change(c.kind, c.detail) for c in changes if c.kind not in ("added", "dropped"))


# ---------------------------------------------------------------- order and folding


def _order(given: _Given, *, folding: object) -> list[Node]:
    """Parents before their children, brothers by time; leaves of one parent that `folding` takes as one line."""
    children, known = given.children, given.known
    roots: list[Key] = [key for key in children if isinstance(key, str)]
    roots += [article for article in known if article not in given.first]

    def when(key: Key) -> tuple[str, int]:
        if isinstance(key, str):
            return min(when(child) for child in children[key])
        day = _find_day(known[key])
        return day.isoformat() if day else "9999", key

    ordered: list[Node] = []
    stack: list[tuple[Key | tuple[int, ...], int]] = [
        (key, 0) for key in sorted(roots, key=when, reverse=True)
    ]
    while stack:
        key, depth = stack.pop()
        if isinstance(key, tuple):
            ordered.append(_fold(key, given, depth=depth))
            continue
        ordered.append(_make_node(key, given, depth=depth))
        below = sorted(children.get(key, ()), key=when)
        leaves = tuple(c for c in below if callable(folding) and folding(c, given))
        if len(leaves) <= MOST_ALIKE:
            leaves = ()
        stack += [(child, depth + 1) for child in reversed(below) if child not in leaves]
        if leaves:
            stack.append((leaves, depth + 1))
    return ordered


def _make_node(key: Key, given: _Given, *, depth: int) -> Node:
    if isinstance(key, str):
        return Node(article=None, name=key, note=t("not read here"), depth=depth, copied=None)
    above = given.first.get(key)
    notes = [describe_published(given.known[key].published)]
    if above is not None and above.parent is not None:
        notes.insert(0, t(COPY_KINDS.get(above.kind, above.kind)))
    return Node(
        article=key,
        name=given.names[key],
        note=" · ".join(notes),
        depth=depth,
        copied=above,
        changed=describe_changes(above),
    )


def _fold(articles: Sequence[int], given: _Given, *, depth: int) -> Node:
    """Several leaves of one parent as one line."""
    plain = all(_is_plain_leaf(article, given) for article in articles)
    return Node(
        article=None,
        name=join_words([given.names[a] for a in articles], most=4),
        note=count_things(len(articles), "reprint that changes nothing", "reprints that change nothing")
        if plain
        else count_things(len(articles), "text made from it", "texts made from it"),
        depth=depth,
        copied=given.first[articles[0]],
        folded=tuple(articles),
    )


def _fold_singles(nodes: Sequence[Node]) -> list[Node]:
    """Where rows are too many still, the later of those that no edge touches as one line at the end."""
    over = len(nodes) - MOST_NODES
    parents = {_source(n.copied) for n in nodes if n.copied}
    single = [n for n in nodes if n.article and n.copied is None and n.article not in parents]
    if over <= 0 or len(single) < 2:
        return list(nodes)
    gone = single[-min(over + 1, len(single)) :]
    held = [n for n in nodes if n not in gone]
    held.append(
        Node(
            article=None,
            name=join_words([n.name for n in gone], most=4),
            note=count_things(len(gone), "further text of its own", "further texts of their own"),
            depth=0,
            copied=None,
            folded=tuple(n.article for n in gone if n.article),
        )
    )
    return held


def _is_leaf(article: int, given: _Given) -> bool:
    return not given.children.get(article) and given.first[article].direction == "decided"


def _is_plain_leaf(article: int, given: _Given) -> bool:
    copied = given.first[article]
    return _is_leaf(article, given) and copied.kind in _PLAIN and not describe_changes(copied)


# ---------------------------------------------------------------- places


def _place(nodes: Sequence[Node], given: _Given) -> tuple[dict[Key, int], tuple[Day, ...]]:
    """The x of each node, and the strips of the days: within one, a child stands right of its parent."""
    day_of: dict[Key, date | None] = {}
    steps: dict[Key, int] = {}
    for node in nodes:
        key = _key(node)
        day = _find_node_day(node, given)
        above = _source(node.copied) if node.copied else None
        if above in day_of and day is not None and day_of[above] is not None:
            day = max(day, day_of[above] or day)
        elif above in day_of and day_of[above] is None:
            day = None
        day_of[key] = day
        steps[key] = steps[above] + 1 if above in steps and day_of[above] == day else 0
    days: list[Day] = []
    at: dict[date | None, int] = {}
    x = 0
    for number, day in enumerate(sorted(set(day_of.values()), key=lambda d: d or date.max)):
        deepest = max(steps[key] for key in steps if day_of[key] == day)
        width = max(NARROWEST, LEFT + STEP * deepest + GAP)
        at[day] = x + LEFT
        days.append(
            Day(
                name=describe_short_day(day) if day else t("day not certain"),
                x=x,
                width=width,
                odd=bool(number % 2),
            )
        )
        x += width
    places = {key: at[day_of[key]] + STEP * steps[key] for key in steps}
    last = days[-1]
    days[-1] = replace(last, width=max(places.values()) + LABEL - last.x)
    return places, tuple(days)


def _find_node_day(node: Node, given: _Given) -> date | None:
    if node.article is not None:
        return _find_day(given.known[node.article])
    below: Iterable[int] = node.folded or given.children.get(node.name, ())
    return min((d for a in below if (d := _find_day(given.known[a]))), default=None)


def _draw(copied: CopyView, at: Mapping[Key, Node], names: Mapping[int, str], *, second: bool) -> Edge | None:
    start, end = at.get(_source(copied)), at.get(copied.child)
    if start is None or end is None or (end.folded and copied.child != end.folded[0]):
        return None
    parent = names.get(copied.parent or 0) or copied.origin or ""
    says = (f"{end.name}: {t('from')} {parent}", *describe_changes(copied)[:12])
    return Edge(
        x1=start.x, y1=start.y, x2=end.x, y2=end.y, decided=copied.direction == "decided", second=second, says=says
    )  # fmt: skip


def _is_ancestor(child: int, parent: int | None, first: Mapping[int, CopyView]) -> bool:
    """Whether `child` stands above `parent` already: such an edge would close a ring."""
    while parent is not None:
        if parent == child:
            return True
        above = first.get(parent)
        parent = above.parent if above else None
    return False


def _find_day(row: ArticleRow) -> date | None:
    """The day to draw it at: the first of an interval of no more than `WIDEST` days."""
    first, last = row.published.earliest, row.published.latest
    return first if first and last and (last - first).days < WIDEST else None


def _source(copied: CopyView) -> Key:
    return copied.parent if copied.parent is not None else copied.origin or ""


def _key(node: Node) -> Key:
    return node.article if node.article is not None else node.folded[0] if node.folded else node.name
