"""What a story page is made of."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from stemma.serve.differ import find_differences
from stemma.serve.quotations import build_speakers
from stemma.serve.story_page import build_story_page
from stemma.serve.tree import build_tree


def test_short_names_join_the_one_longer_name(edition: ModuleType) -> None:
    """ "Marrant" is said under "Ilse Marrant", and the page says that she was also named so."""
    speakers = {s.name: s for s in build_story_page(edition.STORY).speakers}
    assert speakers["Ilse Marrant"].also == ("Marrant",)
    assert "Marrant" not in speakers


def test_short_name_with_two_bearers_stays_apart(edition: ModuleType) -> None:
    """Where two people could be meant, nobody is guessed."""
    at = edition.place(1, "the mayor")
    quotes = [edition.quote(at, name) for name in ("Ilse Marrant", "Jon Marrant", "Marrant")]
    assert sorted(s.name or "" for s in build_speakers(quotes, (), {})) == [
        "Ilse Marrant",
        "Jon Marrant",
        "Marrant",
    ]


def test_reworded_copy_stands_beside_its_quotation(edition: ModuleType) -> None:
    """A quotation and the wording that a copy made of it are one quotation with two wordings."""
    page = build_story_page(edition.STORY)
    mayor = next(s for s in page.speakers if s.name == "Ilse Marrant")
    first = mayor.said[0]
    assert [len(w.places) for w in first.wordings] == [2, 1]
    assert "won’t open" in first.wordings[1].text


def test_interrupted_quotation_is_shown_without_the_interruption(edition: ModuleType) -> None:
    """Only what was said stands under the speaker's name; the place still covers the whole."""
    whole = edition.place(
        3,
        "“We won’t open it again until all the piers have been checked,” mayor Ilse Marrant told reporters. “This is the price",
    )
    pieces = (
        edition.place(3, "“We won’t open it again until all the piers have been checked,”"),
        edition.place(3, "“This is the price"),
    )
    quote = replace(edition.quote(whole, "Ilse Marrant"), pieces=pieces)
    wording = build_speakers([quote], (), {})[0].said[0].wordings[0]
    assert (
        wording.text
        == "“We won’t open it again until all the piers have been checked,” […] “This is the price"
    )
    assert wording.places == (whole,)


def test_contradictions_come_before_agreement(edition: ModuleType) -> None:
    """What a reader must know first stands first."""
    page = build_story_page(edition.STORY)
    assert [s.relation for s in page.sheets] == ["contradiction", "revision", "agree"]
    assert [r.value for r in page.sheets[0].rows] == [
        "3,200,000 crowns",
        "more than 3,000,000 crowns",
        "4,100,000 crowns",
    ]


def test_coverage_puts_the_source_before_its_copies_of_one_day(edition: ModuleType) -> None:
    """Of one day, the text that others were made from comes first."""
    coverage = build_story_page(edition.STORY).coverage
    assert [c.row.article for c in coverage][:2] == [1, 2]
    assert coverage[1].source == 1
    assert coverage[-1].row.article == 6


def test_tree_runs_from_left_to_right(edition: ModuleType) -> None:
    """Every text stands right of and below the one it was made from; the agency that was not read is its own node."""
    tree = build_story_page(edition.STORY).tree
    assert tree is not None
    place = {n.article or n.name: n for n in tree.nodes}
    assert place["Meridian Wire"].article is None
    assert place["Meridian Wire"].x < place[1].x < place[2].x
    assert {n.article for n in tree.nodes} == {None, 1, 2, 3, 6}
    assert [e.decided for e in tree.edges].count(False) == 1
    assert len({n.y for n in tree.nodes}) == len(tree.nodes)


def test_ring_of_copies_is_drawn_once(edition: ModuleType) -> None:
    """Edges that would close a ring do not hang the page."""
    one, two = edition.COPIES[1], replace(edition.COPIES[1], child=1, parent=2, confidence=0.5)
    names = {1: "A", 2: "B"}
    tree = build_tree([edition.row(1), edition.row(2)], [one, two], names)
    assert tree is not None
    assert [n.article for n in tree.nodes] == [1, 2]


def test_no_edge_no_tree(edition: ModuleType) -> None:
    """A story of independent texts has no drawing."""
    assert build_tree([edition.row(1)], (), {1: "A"}) is None


def test_many_copies_are_cut_and_counted(edition: ModuleType) -> None:
    """A drawing that is too long says how much it leaves out."""
    rows = [replace(edition.row(1), article=n) for n in range(1, 101)]
    copies = [replace(edition.COPIES[1], child=n, parent=1, changes=()) for n in range(2, 101)]
    tree = build_tree(rows, copies, {n: f"Outlet {n}" for n in range(1, 101)})
    assert tree is not None
    assert len(tree.nodes) + tree.left_out == 100


def test_differences_are_words() -> None:
    """Words on one side only are told apart; both sides keep all their words."""
    before, after = find_differences("two of its piers", "three of its piers")
    assert [(p.text, p.alone) for p in before] == [("two", True), (" of its piers", False)]
    assert [(p.text, p.alone) for p in after] == [("three", True), (" of its piers", False)]
    assert find_differences("", "new words")[1][0].alone is False
