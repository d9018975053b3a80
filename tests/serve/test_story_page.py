"""What a story page is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from random import Random
from types import ModuleType

from stemma.serve.charting import Point, build_chart
from stemma.serve.differ import find_differences
from stemma.serve.quotations import build_speakers
from stemma.serve.story_page import build_story_page, drop_repeats
from stemma.serve.tree import build_tree
from stemma.store.firsts import find_first
from stemma.store.views import PublishedView


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
        "3.2 million crowns",
        "more than 3 million crowns",
        "4.1 million crowns",
    ]


def test_coverage_puts_the_source_before_its_copies_of_one_day(edition: ModuleType) -> None:
    """Of one day, the text that others were made from comes first."""
    coverage = build_story_page(edition.STORY).coverage
    assert [c.row.article for c in coverage][:2] == [1, 2]
    assert coverage[1].source == 1
    assert coverage[-1].row.article == 6


def test_coverage_has_no_copy_before_its_source(edition: ModuleType) -> None:
    """A text whose own day is open stands behind the one that it was made from, however early it could be; a certain day stays."""
    open_day = PublishedView(stated=None, earliest=date(2030, 1, 1), latest=None, basis=())
    rows = tuple(replace(r, published=open_day) if r.article == 2 else r for r in edition.STORY.articles)
    order = [c.row.article for c in build_story_page(replace(edition.STORY, articles=rows)).coverage]
    assert order.index(1) < order.index(2)
    sure = replace(open_day, latest=date(2030, 1, 1))
    rows = tuple(replace(r, published=sure) if r.article == 2 else r for r in edition.STORY.articles)
    assert build_story_page(replace(edition.STORY, articles=rows)).coverage[0].row.article == 2


def test_tree_runs_from_left_to_right(edition: ModuleType) -> None:
    """Every text stands right of and below the one it was made from; the agency that was not read is its own node."""
    tree = build_story_page(edition.STORY).tree
    assert tree is not None
    place = {n.article or n.name: n for n in tree.nodes}
    assert place["Meridian Wire"].article is None
    assert place["Meridian Wire"].x < place[1].x < place[2].x
    assert {n.article for n in tree.nodes} == {None, 1, 2, 3, 4, 5, 6}
    assert [e.decided for e in tree.edges].count(False) == 1
    assert len({n.y for n in tree.nodes}) == len(tree.nodes)


def test_ring_of_copies_is_drawn_once(edition: ModuleType) -> None:
    """Edges that would close a ring do not hang the page."""
    one, two = edition.COPIES[1], replace(edition.COPIES[1], child=1, parent=2, confidence=0.5)
    names = {1: "A", 2: "B"}
    tree = build_tree([edition.row(1), edition.row(2)], [one, two], names)
    assert tree is not None
    assert [n.article for n in tree.nodes] == [1, 2]


def test_one_text_is_no_drawing(edition: ModuleType) -> None:
    """A story of one article has none; two texts of their own are drawn at their days, without a line."""
    assert build_tree([edition.row(1)], (), {1: "A"}) is None
    tree = build_tree([edition.row(1), edition.row(4)], (), {1: "A", 4: "B"})
    assert tree is not None
    assert not tree.edges
    assert [day.name for day in tree.days] == ["13 May", "14 May"]
    assert tree.nodes[0].x < tree.nodes[1].x


def test_changes_fit_beside_their_dot(edition: ModuleType) -> None:
    """Of many changes the drawing says as many as there is room for, and how many more there are."""
    many = (
        "quotation reworded inside its marks",
        "quotation that the other text does not have",
        "quotation given to another speaker",
    )
    copied = replace(edition.COPIES[1], child=2, parent=1)
    tree = build_tree([edition.row(1), edition.row(2)], [copied], {1: "A", 2: "B"})
    assert tree is not None
    node = replace(tree.nodes[1], note="rewritten · on or after 1 April 2031", changed=many)
    assert node.changes == f"{many[0]} and 2 more"
    assert replace(node, changed=many[:1]).changes == many[0]
    assert (
        replace(node, changed=("title changed", "name changed")).changes == "title changed and name changed"
    )


def test_reprints_are_folded_and_listed(edition: ModuleType) -> None:
    """Ninety-nine reprints that change nothing are one line of the drawing; the list has each of them."""
    rows = [replace(edition.row(1), article=n) for n in range(1, 101)]
    copies = [
        replace(edition.COPIES[1], child=n, parent=1, kind="verbatim", changes=()) for n in range(2, 101)
    ]
    tree = build_tree(rows, copies, {n: f"Outlet {n}" for n in range(1, 101)})
    assert tree is not None
    assert [len(n.folded) for n in tree.nodes] == [0, 99]
    assert "99 reprints that change nothing" in tree.nodes[1].note
    assert len(tree.listed) == 100
    assert len(tree.edges) == 1


def make_crowd(edition: ModuleType) -> tuple[list[object], list[object]]:
    """Two hundred articles: two agencies' texts with reprints, edited copies of these, and many of their own."""
    draw = Random(7)
    rows, copies = [], []
    for n in range(1, 201):
        day = edition.on(1 + min(29, n // 7)) if n % 9 else edition.UNDATED
        rows.append(replace(edition.row(1), article=n, published=day, outlet=f"The Outlet of Place {n}"))
        if n > 2 and n % 3:
            changes = edition.COPIES[2].changes if n % 5 == 0 else ()
            parent = draw.choice([1, 2, max(1, n - 4)])
            kind = "edited" if changes else "verbatim"
            copies.append(replace(edition.COPIES[2], child=n, parent=parent, kind=kind, changes=changes))
    return rows, copies


def test_two_hundred_articles_stay_legible(edition: ModuleType) -> None:
    """Every article is in the drawing once, alone or folded; no row lies on another, no child left of its parent."""
    rows, copies = make_crowd(edition)
    tree = build_tree(rows, copies, {r.article: r.outlet for r in rows})
    assert tree is not None
    assert len(tree.nodes) <= 48
    drawn = [a for n in tree.nodes for a in (n.folded or (n.article,))]
    assert len(drawn) == len(set(drawn))
    assert len(drawn) + tree.left_out == 200
    assert len(tree.listed) == 200
    heights = [n.y for n in tree.nodes]
    assert all(b - a >= 40 for a, b in pairwise(heights))
    assert all(e.x1 <= e.x2 for e in tree.edges)
    assert all(n.x + 14 < tree.width for n in tree.nodes)


def test_tree_says_what_a_copy_changed(edition: ModuleType) -> None:
    """The rewrite's line names its changes, the edge has them too, and an agency not read has none."""
    tree = build_story_page(edition.STORY).tree
    assert tree is not None
    rewrite = next(n for n in tree.nodes if n.article == 3)
    assert rewrite.changed[0] == "quotation reworded inside its marks"
    assert "figure rounded" in next(e for e in tree.edges if "figure rounded" in e.says).says
    assert next(n for n in tree.nodes if n.article is None).changed == ()


def test_first_is_said_only_where_it_is_certain(edition: ModuleType) -> None:
    """First is who is of an earlier day than all but those that took its text; one undated report more, and nobody is."""
    rows = [edition.row(1), edition.row(2), edition.row(4)]
    assert find_first(rows, edition.COPIES) == 1
    assert find_first(rows, ()) is None
    assert find_first([*rows, replace(edition.row(3), published=edition.UNDATED)], ()) is None
    assert find_first([*rows, edition.row(6)], edition.COPIES) is None
    assert find_first([edition.row(1)], ()) is None


def test_repeated_sentence_stands_once(edition: ModuleType) -> None:
    """A timeline says a sentence at its first date alone, and has no empty date."""
    entry = edition.STORY.timeline[1]
    again = replace(entry, date="2031-05-13")
    assert drop_repeats((entry, again)) == (entry,)


def test_words_of_a_chart_do_not_touch() -> None:
    """However close the values, the words beside them are a line apart, inside the drawing and in order of height."""
    points = [
        Point(name=f"Outlet {i}", value=str(v), low=v, high=v, day=date(2031, 5, 1 + i))
        for i, v in enumerate((20.0, 20.1, 20.2, 90.0, 20.0, 91.0))
    ]
    chart = build_chart(points)
    assert chart is not None
    labels = sorted(p.label for p in chart.points)
    assert all(b - a >= 32 for a, b in pairwise(labels))
    assert labels[0] > 0
    assert labels[-1] + 14 < chart.height
    assert build_chart(points[:1]) is None


def test_most_used_full_name_is_shown(edition: ModuleType) -> None:
    """A title before a name in one report does not become the name; the surname alone is joined to it."""
    quotes = [
        replace(edition.QUOTES[i], speaker=name)
        for i, name in enumerate(("Ilse Marrant", "Ilse Marrant", "Mayor Ilse Marrant", "Marrant"))
    ]
    (speaker,) = build_speakers(quotes, (), {})
    assert speaker.name == "Ilse Marrant"
    assert speaker.also == ("Marrant", "Mayor Ilse Marrant")


def test_words_before_the_marks_are_not_the_quotation(edition: ModuleType) -> None:
    """Of a sentence that is half quoted, what stands in marks is shown as said."""
    text = "that the bridge was “older than the town” and would stay"
    place = replace(edition.QUOTES[0].place, words=text)
    (speaker,) = build_speakers([replace(edition.QUOTES[0], place=place, kind="mixed")], (), {})
    assert speaker.said[0].wordings[0].text == "“older than the town”"


def test_differences_are_words() -> None:
    """Words on one side only are told apart; both sides keep all their words."""
    before, after = find_differences("two of its piers", "three of its piers")
    assert [(p.text, p.alone) for p in before] == [("two", True), (" of its piers", False)]
    assert [(p.text, p.alone) for p in after] == [("three", True), (" of its piers", False)]
    assert find_differences("", "new words")[1][0].alone is False


def test_parts_of_a_sum_are_side_by_side_and_no_difference(edition: ModuleType) -> None:
    """Contradictions and revisions are said to differ; parts of a sum stand beside them, and are not said to."""
    explained = replace(edition.COMPARISONS[1], relation="parts and sum")
    page = build_story_page(
        replace(edition.STORY, comparisons=(edition.COMPARISONS[0], explained, edition.COMPARISONS[2]))
    )
    assert {s.relation for s in page.disputed} == {"parts and sum", "revision"}
    assert {s.relation for s in page.differing} == {"revision"}


def test_documents_that_newsrooms_link_come_first(edition: ModuleType) -> None:
    """With the words that lead there in the order of the coverage; what a single article names comes after them."""
    page = build_story_page(edition.STORY)
    (document,) = page.common
    assert document.words == "https://www.council.example/reports/2031-05.pdf?version=2"
    assert page.documents[0] is document
    assert [p.article for p in document.places] == [1, 2]
    assert document.shown == "council.example/reports/2031-05.pdf"
    assert build_story_page(replace(edition.STORY, documents=())).common == ()


def test_statements_that_tell_nothing_alone_are_not_shown(edition: ModuleType) -> None:
    """A scrap in an outlet's own words ("these demands") is left to its article; a clause is shown, and so is a quotation."""
    first = edition.QUOTES[0]

    def quote(words: str, kind: str) -> object:
        return replace(first, kind=kind, place=replace(first.place, words=words), pieces=())

    quotes = [
        quote("these demands", "indirect"),
        quote("that the bridge would stay closed until May", "indirect"),
        quote("“No.”", "direct"),
    ]
    (speaker,) = build_speakers(quotes, (), {first.place.article: "en"})
    assert [said.wordings[0].text for said in speaker.reported] == [
        "that the bridge would stay closed until May"
    ]
    assert len(speaker.said) == 1
