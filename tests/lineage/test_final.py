"""After all input was seen the order of the file decides nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.lineage import compare, judge_copies
from stemma.lineage.compare import Laid, LaidSoFar, lay_beside
from stemma.lineage.reading import Reading

from .texts import COURT, FIRE, MARKET, article, moment

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


def test_where_two_copies_are_alike_what_both_stem_from_is_said() -> None:
    """Which of two undated copies came first is open; that both derive from the dated text is not."""
    alike = FIRE.replace("Sandholm", "Norhaven").replace("Ostrava", "Elmsund")
    reprints = [
        article(name, FIRE.replace(old, new), stated=f"2026-05-04T{hour:02}:00:00Z")
        for name, old, new, hour in (
            ("b", "48 families", "49 families", 8),
            ("c", "Quay Street", "Mill Street", 9),
            ("d", "Dora Velten", "Dora Brandt", 10),
        )
    ]
    edges = judge_copies(
        [
            article("one", alike.replace("Sixteen", "Sixty")),
            article("source", FIRE, stated="2026-05-04T06:00:00Z"),
            article("other", alike.replace("five million", "six million")),
            *reprints,
        ]
    )
    assert {(e.child, e.parent, e.direction) for e in edges} == {
        (name, "source", "decided") for name in ("one", "other", "b", "c", "d")
    }
    assert any("is open" in reason for e in edges for reason in e.evidence)


def test_a_common_source_that_was_never_read_is_named_by_its_credits() -> None:
    """Two reprints credit one agency: both stem from it, whichever came first."""
    edges = judge_copies(
        [
            article("a", FIRE, agency="AFP", stated="2026-05-04T06:00:00Z"),
            article("b", f"{FIRE}\n\n(AFP)", agency="AFP", stated="2026-05-04T08:00:00Z"),
        ]
    )
    assert [(e.child, e.parent, e.origin) for e in edges] == [("a", None, "AFP"), ("b", "a", "AFP")]


def test_a_backdated_page_does_not_become_the_source() -> None:
    """A copy that claims an earlier day than its source, but was first seen long after, stays a copy."""
    (edge,) = judge_copies(
        [
            article(
                "claimed", FIRE, stated="2026-05-02T06:00:00Z", first_seen=moment("2026-05-04T20:00:00+00:00")
            ),
            article(
                "source", FIRE, stated="2026-05-04T06:00:00Z", first_seen=moment("2026-05-04T06:05:00+00:00")
            ),
        ]
    )
    assert (edge.child, edge.parent, edge.direction) == ("claimed", "source", "decided")


def test_the_text_that_was_corrected_is_the_source_of_the_one_that_was_not() -> None:
    """Reprints keep the state that they took; the note itself is nobody's text."""
    note = "Correction: an earlier version of this report gave a wrong number of families."
    (edge,) = judge_copies(
        [article("a", FIRE), article("b", FIRE.replace("48 families", "84 families") + f"\n\n{note}")]
    )
    assert (edge.child, edge.parent, edge.direction) == ("a", "b", "decided")
    assert [c.kind for c in edge.changes] == ["figure"]


def test_nothing_gives_nothing() -> None:
    """No article, and articles without text, have no lineage."""
    assert judge_copies([]) == ()
    assert judge_copies([article("a", "", title="One"), article("b", "", title="One")]) == ()


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 28)), min_size=3, max_size=9))
def test_texts_that_are_laid_beside_each_other_once_give_the_same_edges(made: list[tuple[int, int]]) -> None:
    """Reprints share what their words share; with every pair laid anew the edges are the same."""
    sentences = FIRE.split(". ")
    texts = (FIRE, FIRE.replace("48", "84"), ". ".join(sentences[:6]), ". ".join(sentences[2:]))
    articles = [
        article(
            f"a{n}",
            texts[text],
            stated=f"2026-02-{day:02}",
            outlet=f"Outlet {n}",
            title=f"Fire {text * n % 3}",
        )
        for n, (text, day) in enumerate(made)
    ]
    shared = judge_copies(articles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LaidSoFar, "lay", lambda self, child, parent: lay_beside(child, parent))
        assert judge_copies(articles) == shared


def test_reprints_of_one_text_are_laid_beside_each_other_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are: a story that everybody prints costs no more for each further paper."""
    laid: list[int] = []

    def count(child: Reading, parent: Reading) -> Laid:
        laid.append(1)
        return lay_beside(child, parent)

    monkeypatch.setattr(compare, "lay_beside", count)
    reprints = [article(f"a{n}", FIRE, stated="2026-02-03", outlet=f"Outlet {n}") for n in range(70)]
    assert len(judge_copies(reprints)) == 69
    assert len(laid) == 1
