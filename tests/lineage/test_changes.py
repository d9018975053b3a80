"""What a copy changed is told with its places; what only reads differently is not."""

from __future__ import annotations

import random

import pytest

from stemma.lineage import LineageIndex

from .texts import FIRE, article


def told(old: str, new: str, *, base: str = FIRE) -> list[tuple[str, str | None, str | None, str | None]]:
    """Changes of the copy in which `old` became `new`: kind, detail, words of the child, words of the parent."""
    assert old in base
    index = LineageIndex()
    index.add(article("a", base))
    copied = base.replace(old, new)
    (copy,) = index.add(article("b", copied))
    return [
        (
            c.kind,
            c.detail,
            copied[c.child.start : c.child.end] if c.child else None,
            base[c.parent.start : c.parent.end] if c.parent else None,
        )
        for c in copy.changes
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("48 families", "84 families", ("figure", "changed", "84", "48")),
        ("Sixteen people", "Nineteen people", ("figure", "changed", "Nineteen", "Sixteen")),
        ("48 families", "50 families", ("figure", "rounded", "50", "48")),
        ("the 48 families", "the families", ("figure", "lost", None, "48")),
        ("Tomas Rill", "Tomas Brecht", ("name", "changed", "Brecht", "Rill")),
        ("at Sandholm", "at Norhaven", ("name", "changed", "Norhaven", "Sandholm")),
        ("Mayor Tomas Rill", "Former mayor Tomas Rill", ("name", "changed", "Former", None)),
        ("reportedly came down", "came down", ("hedge", "lost", None, "reportedly")),
        ("may reach", "reach", ("hedge", "lost", None, "may")),
        ("may reach", "will reach", ("hedge", "lost", None, "may")),
        ("Police have closed", "Police have not closed", ("hedge", "gained", "not", None)),
    ],
)
def test_single_changes_are_told(
    old: str, new: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    """One edit gives one change of its kind, with the words on both sides."""
    assert told(old, new) == [expected]


WRITTEN = FIRE.replace(
    "Police have closed",
    "The last big fire there, on October 12, 2019, had cost 1,250,000 crowns; insurers paid 40 percent of it and didn't appeal. "
    '"In October we lost 50 percent, 12,000 crowns, and we cannot wait," a tenant said. Police look for possible witnesses and have closed',
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("October 12, 2019", "Oct. 12, 2019"),
        ("In October we", "In Oct. we"),
        ("1,250,000 crowns", "1250000 crowns"),
        ("lost 50 percent, 12,000", "lost 50 percent, 12000"),
        ("40 percent of it", "40% of it"),
        ("lost 50 percent,", "lost 50%,"),
        ("we cannot wait", "we can’t wait"),
        ("didn't appeal", "did not appeal"),
    ],
)
def test_the_same_written_otherwise_is_no_change(old: str, new: str) -> None:
    """Short months, grouped digits, the sign for per cent and contractions say what they said, also inside marks."""
    assert told(old, new, base=WRITTEN) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("didn't appeal", "did appeal", ("hedge", "lost", None, "didn't")),
        ("possible witnesses", "witnesses", ("hedge", "lost", None, "possible")),
        ("have closed", "haven’t closed", ("hedge", "gained", "haven’t", None)),
    ],
)
def test_a_contracted_denial_and_a_hedge_before_a_noun_are_told(
    old: str, new: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    """ "didn't" for "did" turns the sentence round in one word; a possible witness may be none."""
    assert told(old, new, base=WRITTEN) == [expected]


def test_a_reworded_quotation_is_told_once_with_both_quotations() -> None:
    """The places are the words between the marks."""
    (change,) = told("We could only protect the houses", "We should have protected the houses")
    assert change[:2] == ("quote", "reworded")
    assert change[2] == "We should have protected the houses next door from the heat,"
    assert change[3] == "We could only protect the houses next door from the heat,"


def test_words_cut_from_a_quotation_are_told() -> None:
    """A quotation with words missing is another quotation."""
    (change,) = told(" next door from the heat", " next door")
    assert change[:2] == ("quote", "cut")


def test_a_denial_in_a_quotation_changes_the_quotation() -> None:
    """A "not" put into marks is no hedge of the reporter."""
    (change,) = told("We could only protect", "We could not only protect")
    assert change[:2] == ("quote", "reworded")


def test_a_quotation_given_to_another_person_of_the_text() -> None:
    """The same words with the mayor's name beside them."""
    base = FIRE.replace("Mayor Tomas Rill promised", "Tomas Rill promised")
    (change,) = told("said fire chief Dora Velten", "said fire chief Tomas Rill", base=base)
    assert change[:2] == ("quote", "other speaker")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Sixteen people", "16 people"),
        ("five million", "5 million"),
        ("was first seen" if "was first seen" in FIRE else "were first seen", "were initially seen"),
        ("a serious condition", "a grave condition"),
        ("had stood empty", "had been standing empty"),
        ("on Tuesday night, the fire brigade said", "on Tuesday night, according to the fire brigade"),
        (
            "The factory had stood empty since the ropeworks moved",
            "Since the ropeworks moved the factory had stood empty",
        ),
    ],
)
def test_wording_alone_is_no_change(old: str, new: str) -> None:
    """Synonyms, digits for words and words moved in their sentence raise no alarm."""
    assert [c for c in told(old, new) if c[0] not in ("added", "dropped")] == []


def test_synonyms_throughout_do_not_change_quotations() -> None:
    """Where a copy exchanges words everywhere, one exchanged in marks is part of that."""
    index = LineageIndex()
    index.add(article("a", FIRE))
    copied = (
        FIRE.replace("destroyed", "ruined")
        .replace("seen by", "spotted by")
        .replace("houses", "homes")
        .replace("quick", "swift")
    )
    (copy,) = index.add(article("b", copied))
    assert copy.changes == ()


def test_added_and_dropped_sentences_have_their_places() -> None:
    """A sentence put in lies in the child, one taken out in the parent."""
    new = "A spokesman for the harbour said that all cranes were working again by noon."
    ((kind, _, words, _),) = told("Police have closed", f"{new} Police have closed")
    assert (kind, words) == ("added", new)
    gone = "Flames were first seen by a night watchman at the harbour gate shortly before eleven."
    ((kind, _, _, words),) = told(gone + " ", "")
    assert (kind, words) == ("dropped", gone)


def test_a_new_headline_is_told_without_places() -> None:
    """Titles have no spans."""
    index = LineageIndex()
    index.add(article("a", FIRE, title="Rope factory burns"))
    (copy,) = index.add(article("b", FIRE, title="Inferno at the harbour"))
    assert [(c.kind, c.detail, c.child, c.parent) for c in copy.changes] == [("title", "changed", None, None)]


def test_a_converted_figure() -> None:
    """Kilometres for miles are the same length."""
    base = FIRE.replace("at Sandholm instead", "at Sandholm, ten miles away, instead")
    changes = told("ten miles away", "16 kilometres away", base=base)
    assert [c[:2] for c in changes] == [("figure", "converted")]


def test_german_hedges_and_figures() -> None:
    """The word lists are data of the language."""
    base = (
        "Ein Feuer hat am Dienstag die alte Seilerei in Kelmar zerstört, teilte die Feuerwehr mit. "
        "Angeblich brach das Dach der Haupthalle schon nach wenigen Minuten zusammen. "
        "Sechzehn Menschen kamen mit Rauchvergiftungen ins Krankenhaus nach Sandholm."
    )
    index = LineageIndex()
    index.add(article("a", base).__class__(id="a", text=base, language="de", outlet="A"))
    new = (
        base.replace("Angeblich brach das", "Das")
        .replace("Haupthalle schon", "Haupthalle brach schon")
        .replace("Sechzehn", "Neunzehn")
    )
    (copy,) = index.add(article("b", new).__class__(id="b", text=new, language="de", outlet="B"))
    assert {(c.kind, c.detail) for c in copy.changes} == {("hedge", "lost"), ("figure", "changed")}


def test_a_bad_scan_changes_nothing_that_can_be_told() -> None:
    """Wrong letters everywhere are no exchanged names and no reworded quotations."""
    rng = random.Random(2)
    scanned = "".join(rng.choice("etaoin") if c.isalpha() and rng.random() < 0.05 else c for c in FIRE)
    index = LineageIndex()
    index.add(article("a", FIRE))
    (copy,) = index.add(article("b", scanned))
    assert {c.kind for c in copy.changes} <= {"added", "dropped"}


def test_text_decoded_with_the_wrong_table_is_no_rewording() -> None:
    """Curly marks that became three letters are the same marks."""
    curly = (
        FIRE.replace('"We', "“We")
        .replace('heat,"', "heat,”")
        .replace("ropeworks moved", "ropeworks’ owners moved")
    )
    index = LineageIndex()
    index.add(article("a", curly))
    (copy,) = index.add(article("b", curly.encode("utf-8").decode("cp1252", "replace")))
    assert copy.changes == ()
