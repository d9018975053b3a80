"""Lineage after all input was seen: the parent may stand later in the file.

Joins kin into families, weighs for every member how likely it is the root, orders the family from there, and chooses
each text's parents among those before it. What the evidence does not carry stays undetermined.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from stemma.lineage.clocks import claimed_moment, has_clock, weigh_order
from stemma.lineage.compare import Laid, LaidSoFar, count_changes, measure_overlap, weigh_texts
from stemma.lineage.edges import DECIDED, make_edge, make_origin
from stemma.lineage.index import LineageIndex
from stemma.lineage.parents import Candidate, Parent, choose_parents
from stemma.lineage.reading import Reading
from stemma.lineage.rewrites import find_rewrites
from stemma.lineage.rooting import Edge, Evidence, join_families, weigh_roots
from stemma.types import Article, Copy

_KIN = 0.5
"""Share of one of two texts that stands in the other: below it the one pasted from the other and is no kin."""

_ARRIVAL = 0.2
"""Log odds of the order in the file: weak, it never decides alone."""

_MOST = 5.0

_WEIGHED = 60
"""Members of a family that are weighed as its root, the earliest; of two hundred reprints the rest are none."""

_YEAR_HOURS = 8760.0
_SLIPPED = 200 * 24.0
"""Hours from the middle of a family beyond which a year is taken to be slipped."""


class _Family:
    """The articles of one run, their candidates, and what was found on pairs."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        index = LineageIndex()
        for article in articles:
            index.remember(article)
        self.readings: list[Reading] = []
        self.candidates: list[list[Candidate]] = []
        self.met: list[Iterable[Reading]] = []
        for number in range(len(articles)):
            reading, found, met = index.find_candidates(index.reading(number), but=number)
            self.readings.append(reading)
            self.candidates.append(found)
            self.met.append(met)
        self._laid = LaidSoFar()
        self._odds: dict[Edge, float] = {}
        self._changes: dict[Edge, float] = {}
        self._clocks: dict[Edge, float] = {}

    def lay(self, child: int, parent: int) -> Laid:
        """The one laid beside the other, once."""
        return self._laid.lay(self.readings[child], self.readings[parent])

    def choose(self, child: int, candidates: Iterable[Candidate]) -> list[Parent]:
        """The parents of the child among these."""
        return choose_parents(self.readings[child], candidates, lay=self._laid.lay)

    def texts(self, first: int, second: int) -> float:
        """Log odds from the texts that the first came before the second."""
        known = self._odds.get((first, second))
        if known is None:
            known = self._odds[first, second] = weigh_texts(self.lay(second, first))
        return known

    def distances(self) -> dict[Edge, float]:
        """Kin, and how little makes one of the two from the other."""
        found: dict[Edge, float] = {}
        for number, candidates in enumerate(self.candidates):
            for candidate in candidates:
                other = candidate.order
                pair = (min(number, other), max(number, other))
                if pair in found or not self._kin(number, candidate):
                    continue
                found[pair] = min(self.lay(number, other).cost, self.lay(other, number).cost)
        return found

    def changes(self, parent: int, child: int) -> float:
        """How many changes lead from the one text to the other; a long addition counts more, for copies make none."""
        known = self._changes.get((parent, child))
        if known is None:
            laid = self.lay(child, parent)
            known = self._changes[parent, child] = count_changes(laid)
        return known

    def clock(self, first: int, second: int) -> float:
        """Log odds that the first came before the second, from dates and sources and a little from the order here."""
        known = self._clocks.get((first, second))
        if known is None:
            order = weigh_order(self.articles[first], self.articles[second]).odds
            known = order + (_ARRIVAL if first < second else -_ARRIVAL)
            self._clocks[first, second], self._clocks[second, first] = known, -known
        return known

    def _kin(self, number: int, candidate: Candidate) -> bool:
        if candidate.noisy or candidate.overlap.containment >= _KIN:
            return True
        back = measure_overlap(self.readings[candidate.order], self.readings[number])
        return back.containment >= _KIN


def judge_copies(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """All copies among the articles, in the order given; a parent may stand after its child."""
    family = _Family(articles)
    rooted: dict[int, _Rooted] = {}
    for members in join_families(family.distances()):
        tree = _root(family, members)
        rooted.update(dict.fromkeys(members, tree))
    order = _order(family, rooted)
    judged: list[tuple[Copy, ...]] = [()] * len(articles)
    decided: dict[int, int] = {}
    for number in sorted(order, key=order.__getitem__):
        judged[number] = _judge(family, number, order, rooted, decided)
    for number, copy in find_rewrites(family.readings, judged, order):
        judged[number] = (copy,)
    return tuple(copy for copies in judged for copy in copies)


@dataclass(frozen=True, slots=True)
class _Rooted:
    """A family with its likeliest root, how likely each member is to be it, and their claimed times in hours.

    `near` are the times of those that were weighed.
    """

    members: tuple[int, ...]
    root: int
    likelihood: Mapping[int, float]
    hours: Mapping[int, float]
    near: Mapping[int, float]


def _root(family: _Family, members: list[int]) -> _Rooted:
    everyone = tuple(members)
    hours = _hours(family, members)
    if len(members) > _WEIGHED:
        members = sorted(sorted(members, key=lambda n: (hours.get(n, -math.inf), n))[:_WEIGHED])
    evidence = Evidence(
        changes=family.changes,
        clock=family.clock,
        texts=family.texts,
        hours={n: h for n, h in hours.items() if has_clock(family.articles[n])},
        undated=frozenset(members) - hours.keys(),
        slipped=frozenset(
            n for n, h in hours.items() if abs(h - (_claimed(family.articles[n]) or h)) > _SLIPPED
        ),
        standing=frozenset(n for n in members if family.readings[n].standing),
        pasted=frozenset(n for n in members if any(c.order not in members for c in family.candidates[n])),
    )
    likelihood = weigh_roots(members, evidence)
    root = max(members, key=lambda n: (likelihood[n], -n))
    least = min(likelihood.values()) - 5.0
    known = {n: likelihood.get(n, least) for n in everyone}
    weighed = frozenset(members)
    return _Rooted(everyone, root, known, hours, {n: h for n, h in hours.items() if n in weighed})


def _hours(family: _Family, members: Sequence[int]) -> dict[int, float]:
    """When each member says it was published, in hours; a time far from the family's middle has its year put right."""
    hours = {n: h for n in members if (h := _claimed(family.articles[n])) is not None}
    if not hours:
        return hours
    middle = sorted(hours.values())[len(hours) // 2]
    return {
        n: h - round((h - middle) / _YEAR_HOURS) * _YEAR_HOURS if abs(h - middle) > _SLIPPED else h
        for n, h in hours.items()
    }


def _claimed(article: Article) -> float | None:
    moment = claimed_moment(article)
    return moment.timestamp() / 3600 if moment is not None else None


def _order(family: _Family, rooted: Mapping[int, _Rooted]) -> dict[int, int]:
    """A place for every article: by its claimed time, roots before their families, the undated beside their like."""
    keys: dict[int, tuple[float, float, int]] = {}
    for number, article in enumerate(family.articles):
        tree = rooted.get(number)
        if tree is not None:
            keys[number] = _place(family, number, tree)
        else:
            hours = _claimed(article)
            keys[number] = (hours if hours is not None else math.inf, 0.0, number)
    ranked = sorted(keys, key=lambda n: keys[n])
    return {number: place for place, number in enumerate(ranked)}


def _place(family: _Family, number: int, tree: _Rooted) -> tuple[float, float, int]:
    known = tree.hours
    start = known.get(tree.root)
    if start is None:
        start = min(known.values(), default=0.0) - 0.01
    if number == tree.root:
        return (start, -1.0, number)
    away = family.changes(tree.root, number)
    hours = known.get(number)
    if hours is None or hours <= start:
        # No time of its own, or an impossible one: beside the text that is most like it.
        others = [n for n in tree.near if n not in (number, tree.root) and known[n] > start]
        like = min(others, key=lambda n: (family.changes(n, number), n), default=None)
        if like is None or away <= family.changes(like, number):
            return (start, away, number)
        after = family.changes(tree.root, like) <= away
        return (known[like] + (0.001 if after else -0.001), away, number)
    return (hours, away, number)


def _judge(
    family: _Family,
    number: int,
    order: Mapping[int, int],
    rooted: Mapping[int, _Rooted],
    decided: dict[int, int],
) -> tuple[Copy, ...]:
    """The article's edges; `decided` holds the parents of those before it whose direction is decided, and gets this one's."""
    reading = family.readings[number]
    earlier = [c for c in family.candidates[number] if order[c.order] < order[number]]
    parents = family.choose(number, [replace(c, order=order[c.order]) for c in earlier])
    if not parents:
        return make_origin(reading)
    numbers = {order[c.order]: c.order for c in earlier}
    copies = []
    for parent in parents:
        source = numbers[parent.candidate.order]
        odds = _direction(family, source, number, rooted)
        beside: tuple[str, ...] = ()
        if odds < DECIDED and not parent.second:
            above = _climb(family, source, number, rooted, decided)
            if above is not None:
                beside = (f"which came first, this or {family.articles[source].outlet or source}, is open",)
                found = next(c for c in earlier if c.order == above)
                source, parent = above, Parent(found, family.lay(number, above))
                odds = _direction(family, source, number, rooted)
        if odds >= DECIDED and not parent.second:
            decided[number] = source
        reasons = weigh_order(family.articles[source], family.articles[number]).reasons + beside
        copies.append(make_edge(reading, parent, odds=odds, reasons=reasons, others=family.met[number]))
    return tuple(copies)


def _climb(
    family: _Family,
    source: int,
    number: int,
    rooted: Mapping[int, _Rooted],
    decided: Mapping[int, int],
) -> int | None:
    """The nearest text above the source that surely came before the article.

    Where two copies are alike and it is open which of them came first, both derive from what the one was made from: that
    can be said. On lineage/planted-shuffled it names the root for 4 of 100 copies more.
    """
    kin = {c.order for c in family.candidates[number]}
    while (above := decided.get(source)) is not None and above in kin:
        if _direction(family, above, number, rooted) >= DECIDED:
            return above
        source = above
    return None


def _direction(family: _Family, source: int, number: int, rooted: Mapping[int, _Rooted]) -> float:
    """Log odds that the source came first: clocks, texts, and where both stand in their family."""
    own = family.clock(source, number) + family.texts(source, number)
    tree = rooted.get(number)
    if tree is None or rooted.get(source) is not tree:
        return max(-_MOST, min(_MOST, own))
    if tree.root in (source, number):
        stand = tree.likelihood[source] - tree.likelihood[number]
        return max(-_MOST, min(_MOST, stand + family.texts(source, number)))
    between = family.changes(tree.root, number) - family.changes(tree.root, source)
    return max(-_MOST, min(_MOST, own + max(-2.0, min(2.0, between))))
