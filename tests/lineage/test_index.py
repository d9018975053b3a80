"""Copies are found among the articles that came before, with their direct parents only."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.lineage import LineageIndex
from stemma.lineage.compare import lay_beside
from stemma.lineage.parents import judge_candidate
from stemma.lineage.reading import read_article
from stemma.types import Article, Copy

from .texts import COURT, FIRE, MARKET, article


def add_all(*articles: Article) -> list[Copy]:
    index = LineageIndex()
    return [copy for one in articles for copy in index.add(one)]


def test_word_for_word_with_furniture_is_verbatim() -> None:
    """A dateline with the outlet's name and an invitation to subscribe do not change the kind."""
    copied = f"KELMAR (The b Gazette) — {FIRE}\n\nSign up for the b newsletter."
    (copy,) = add_all(article("a", FIRE), article("b", copied))
    assert (copy.child, copy.parent, copy.kind, copy.containment) == ("b", "a", "verbatim", 1.0)
    assert copy.changes == ()


def test_a_shortened_copy_is_an_excerpt() -> None:
    """Unchanged words, but fewer than 97 % of the parent's."""
    (copy,) = add_all(article("a", FIRE), article("b", FIRE.split("\n\n")[0]))
    assert copy.kind == "excerpt"
    assert [c.kind for c in copy.changes] == ["dropped"]


def test_moved_paragraphs_are_an_edit() -> None:
    """Order counts."""
    (copy,) = add_all(article("a", FIRE), article("b", "\n\n".join(reversed(FIRE.split("\n\n")))))
    assert copy.kind == "edited"


def test_containment_leaves_quotations_out() -> None:
    """What stands in quotation marks is no evidence of copying and is not counted."""
    (copy,) = add_all(article("a", FIRE), article("b", FIRE + "\n\n" + COURT))
    assert 0.5 < copy.containment < 0.8
    shared, total = (int(w) for w in copy.evidence[0].split() if w.isdigit())
    assert copy.containment == pytest.approx(shared / total)


def test_reports_that_share_a_quotation_and_names_are_no_copies() -> None:
    """Two reporters at one press conference write down the same words."""
    other = (
        '"We could only protect the houses next door from the heat," fire chief Dora Velten told reporters in Kelmar. '
        "Neighbours carried chairs and birdcages out of their flats while sparks rained on the quay. "
        "Tomas Rill, the mayor, walked from door to door until morning. "
        "Nobody knows yet why the empty ropeworks burned so fiercely."
    )
    assert add_all(article("a", FIRE), article("b", other)) == []


def test_a_statement_that_one_prints_without_marks_is_no_copy() -> None:
    """Where one text quotes and the other gives the words as a block, they are a third's."""
    statement = (
        "The ropeworks were sold in March to a company that nobody in the council had ever heard of, and the keys were handed over "
        "the same evening without an inspection of the roof, the wiring or the old tar store below the hall"
    )
    one = f"{MARKET}\n\n“{statement},” the owner wrote on her page."
    other = f"{COURT}\n\nThe owner put this on her page:\n\n{statement}."
    assert add_all(article("a", one), article("b", other)) == []
    assert add_all(article("a", other), article("b", one)) == []


def test_reports_of_one_event_in_other_words_are_no_damaged_copy() -> None:
    """Shared names and phrases in every sentence are not what a scanner leaves: there the words differ by letters."""
    one = (
        "Sheriff Anna Kolb of Marn County said on Friday that two men were held. The two men were held at the Port of Sandholm on Friday. "
        "Deputies of Marn County found forty crates in a shed. The Port of Sandholm was closed until the evening. "
        "Sheriff Anna Kolb of Marn County will speak again on Monday."
    )
    other = (
        "Two men were held on Friday, Sheriff Anna Kolb of Marn County told the council. At the Port of Sandholm on Friday nobody was let in. "
        "In a shed deputies of Marn County counted forty crates. Until nightfall the Port of Sandholm stayed shut. "
        "On Monday Sheriff Anna Kolb of Marn County gives more details."
    )
    child, parent = read_article(article("b", other)), read_article(article("a", one))
    assert len(lay_beside(child, parent).pairs) >= 4
    assert judge_candidate(child, parent, 0, hits=12) is None


def test_the_grandparent_is_not_named() -> None:
    """A chain gives one edge for each link."""
    second = FIRE.replace("Sixteen people", "Seventeen people")
    third = second.replace("Sandholm", "Norhaven")
    edges = add_all(article("a", FIRE), article("b", second), article("c", third))
    assert [(e.child, e.parent) for e in edges] == [("b", "a"), ("c", "b")]


def test_text_from_two_sources_has_two_parents() -> None:
    """A second parent only where text came from both."""
    edges = add_all(article("a", FIRE), article("b", MARKET), article("c", f"{FIRE}\n\n{MARKET}"))
    assert {(e.child, e.parent) for e in edges} == {("c", "a"), ("c", "b")}


def test_a_badly_scanned_copy_is_found() -> None:
    """Six wrong letters in a hundred leave few word sequences, and the sentences still lie side by side."""
    rng = random.Random(5)
    text = FIRE + "\n\n" + COURT
    scanned = "".join(rng.choice("abcdefghij") if c.isalpha() and rng.random() < 0.06 else c for c in text)
    (copy,) = add_all(article("a", text), article("b", scanned))
    assert copy.parent == "a"


def test_an_outlets_standing_lines_never_count() -> None:
    """A long line under every article of an outlet makes no two of them kin, nor an excerpt of a third."""
    line = (
        "Our reporters travel the coast from the lighthouse at Mell to the salt marshes of Torn every single week to "
        "bring you the stories that others miss, and every letter to the desk is read by a human being with a pencil."
    )
    more = [
        COURT,
        MARKET,
        FIRE,
        "The swimming pool of Anholt opens on Saturday after two years of repairs to its roof and tiles.",
    ]
    made = [article(str(n), f"{text}\n\n{line}", outlet="Coast Post") for n, text in enumerate(more)]
    assert add_all(*made[:3])[-1:] == []
    assert [e for e in add_all(*made) if e.child == "3"] == []


def test_an_outlets_revision_is_no_copy() -> None:
    """The same outlet updates its own text at the same address."""
    url = "https://kelmar-courier.example/rope"
    one = article("a", FIRE, outlet="Kelmar Courier", url=url)
    two = article("b", FIRE.replace("Sixteen", "Nineteen"), outlet="Kelmar Courier", url=url)
    assert add_all(one, two) == []


def test_an_agency_that_was_never_read_is_the_origin() -> None:
    """A credit names the source where no article of it is known."""
    (edge,) = add_all(article("a", f"KELMAR (AFP) — {FIRE}"))
    assert (edge.parent, edge.origin) == (None, "AFP")


def test_a_late_original_is_not_called_a_copy() -> None:
    """It came after its copy but is dated an hour before: the direction is left open."""
    early = article("copy", FIRE, stated="2026-05-04T10:00:00Z")
    late = article("original", FIRE, stated="2026-05-04T09:00:00Z")
    (edge,) = add_all(early, late)
    assert edge.direction == "undetermined"


def test_a_backdated_copy_is_still_a_copy() -> None:
    """A date that contradicts the arrival by a day is believed less than the arrival."""
    (edge,) = add_all(
        article("original", FIRE, stated="2026-05-04T10:00:00Z"),
        article("copy", FIRE, stated="2026-05-03T08:00:00Z"),
    )
    assert (edge.child, edge.direction) == ("copy", "decided")


@settings(max_examples=15, deadline=None)
@given(
    st.permutations(
        [FIRE, MARKET, COURT, FIRE.replace("two of them", "three of them"), f"{MARKET} {COURT}", ""]
    ),
    st.integers(0, 5),
)
def test_remembering_equals_adding(texts: list[str], cut: int) -> None:
    """After a replay by `remember` the index answers exactly as if it had judged all along."""
    made = [article(str(n), text, title="t") for n, text in enumerate(texts)]
    judged, replayed = LineageIndex(), LineageIndex()
    expected = [judged.add(one) for one in made]
    for one in made[:cut]:
        replayed.remember(one)
    assert [replayed.add(one) for one in made[cut:]] == expected[cut:]


@settings(max_examples=15, deadline=None)
@given(
    st.permutations(
        [FIRE, FIRE.replace("two of them", "three of them"), MARKET, f"{FIRE}\n\n{MARKET}", COURT]
    )
)
def test_parents_came_earlier_and_spans_are_inside(texts: list[str]) -> None:
    """No edge points forward, and every change lies inside the text that it names."""
    made = {str(n): article(str(n), text) for n, text in enumerate(texts)}
    for edge in add_all(*made.values()):
        assert edge.parent is not None
        assert int(edge.parent) < int(edge.child)
        assert 0.0 <= edge.containment <= 1.0
        assert 0.0 < edge.confidence < 1.0
        for change in edge.changes:
            for span in (change.child, change.parent):
                assert span is None or 0 <= span.start < span.end <= len(made[span.article].text)


def test_a_bounded_index_answers_as_if_given_the_newest_alone() -> None:
    """What is forgotten leaves no trace: a long run and a replay of its last articles judge alike."""
    rng = random.Random(5)
    texts = [FIRE, COURT, MARKET]
    articles = []
    for number in range(60):
        words = rng.choice(texts).split(" ")
        words = [w for w in words if rng.random() > 0.03]
        articles.append(article(f"n{number}", " ".join(words)))
    running, replayed = LineageIndex(most=7), LineageIndex(most=7)
    for one in articles[:50]:
        running.add(one)
    for one in articles[43:50]:
        replayed.remember(one)
    for one in articles[50:]:
        found = running.add(one)
        assert found == replayed.add(one)
        assert all(int(copy.parent[1:]) >= int(one.id[1:]) - 7 for copy in found if copy.parent)


def test_a_forgotten_article_is_no_parent() -> None:
    """Beyond the bound the oldest goes."""
    index = LineageIndex(most=2)
    for one in (article("a", FIRE), article("b", COURT), article("c", MARKET)):
        index.add(one)
    assert index.add(article("d", FIRE)) == ()


def test_a_packed_article_is_found_again() -> None:
    """Articles beyond the readings kept are packed and lose nothing that comparing asks."""
    index = LineageIndex(readings=1)
    for one in (article("a", FIRE + " \u20ac"), article("b", COURT), article("c", MARKET)):
        index.add(one)
    (copy,) = index.add(article("d", FIRE))
    assert (copy.parent, copy.kind) == ("a", "verbatim")
