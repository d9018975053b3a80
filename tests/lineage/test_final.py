"""After all input was seen the order of the file decides nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.lineage import judge_copies

from .texts import COURT, FIRE, MARKET, article

SECOND = FIRE.replace("Sixteen people", "Seventeen people")
THIRD = SECOND.replace("Sandholm", "Norhaven")
FAMILY = [
    article("a", FIRE, stated="2026-05-04T06:00:00Z"),
    article("b", SECOND, stated="2026-05-04T08:00:00Z"),
    article("c", THIRD, stated="2026-05-04T11:00:00Z"),
    article("d", FIRE.split("\n\n")[0], stated="2026-05-04T12:00:00Z"),
    article("e", MARKET, stated="2026-05-04T07:00:00Z"),
    article("f", COURT, stated="2026-05-04T09:00:00Z"),
]


@settings(max_examples=20, deadline=None)
@given(st.permutations(FAMILY))
def test_the_tree_does_not_depend_on_the_order_of_the_file(articles: list) -> None:
    """Dated articles give the same edges wherever they stand, and no cycle."""
    edges = {(e.child, e.parent) for e in judge_copies(articles)}
    assert edges == {("b", "a"), ("c", "b"), ("d", "a")}


def test_a_parent_may_stand_later() -> None:
    """The copy comes first in the file, dated later."""
    (edge,) = judge_copies(
        [
            article("copy", FIRE, stated="2026-05-05T06:00:00Z"),
            article("original", FIRE, stated="2026-05-04T06:00:00Z"),
        ]
    )
    assert (edge.child, edge.parent, edge.direction) == ("copy", "original", "decided")


def test_without_evidence_the_direction_is_open() -> None:
    """Two equal texts without dates: of one text, and no more is known."""
    (edge,) = judge_copies([article("a", FIRE), article("b", FIRE)])
    assert edge.direction == "undetermined"
    assert edge.confidence < 0.7


def test_the_excerpt_derives_from_the_whole() -> None:
    """Without dates the shorter text of two is the copy."""
    (edge,) = judge_copies([article("short", FIRE.split("\n\n")[0]), article("whole", FIRE)])
    assert (edge.child, edge.parent, edge.direction) == ("short", "whole", "decided")


def test_one_wrong_clock_does_not_outvote_a_family() -> None:
    """A copy dated a day before the source and all its other copies is still a copy."""
    copies = [
        article(name, FIRE.replace("Sandholm", place), stated=f"2026-05-04T{hour:02}:00:00Z")
        for name, place, hour in (("b", "Norhaven", 8), ("c", "Elmsund", 9), ("d", "Tarvik", 10))
    ]
    backdated = article("e", FIRE.replace("Sixteen", "Sixty"), stated="2026-05-03T07:00:00Z")
    edges = judge_copies([backdated, *copies, article("a", FIRE, stated="2026-05-04T07:00:00Z")])
    assert {(e.child, e.parent) for e in edges} == {("b", "a"), ("c", "a"), ("d", "a"), ("e", "a")}


def test_nothing_gives_nothing() -> None:
    """No article, and articles without text, have no lineage."""
    assert judge_copies([]) == ()
    assert judge_copies([article("a", "", title="One"), article("b", "", title="One")]) == ()
