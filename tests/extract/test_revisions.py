"""Facts about what counts as a change of substance between two revisions of one article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.revisions import judge_revision
from stemma.types import Article, ArticleId

BASE = (
    "The council of Ardmoor voted on Monday to close the swimming hall.\n\n"
    "Some 340 people signed a letter against it, said Mayor Odile Brandt. "
    '"We did not take this lightly, and we will not take it back," she said.\n\n'
    "The hall was built in 1962 and needs a new roof."
)


def article(
    text: str, *, title: str = "Ardmoor closes its swimming hall", language: str = "en", n: int = 1
) -> Article:
    return Article(id=ArticleId(str(n)), text=text, title=title, language=language)


def judge(text: str, *, base: str = BASE, language: str = "en"):  # type: ignore[no-untyped-def]
    return judge_revision(article(base, language=language), article(text, language=language, n=2))


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("Odile Brandt", "Odile Kestrel", "name"),
        ("Some 340 people", "Some 430 people", "figure"),
        ("built in 1962", "built in 1926", "figure"),
        ("we will not take it back", "we may yet take some of it back", "quotation"),
        ("needs a new roof", "needs no new roof", "negation"),
        ("voted on Monday to close", "voted on Tuesday to close", "name"),
    ],
)
def test_each_kind_of_substance_is_told(old: str, new: str, kind: str) -> None:
    """A changed name, figure, quotation or negation is substance and is named with both places."""
    judgement = judge(BASE.replace(old, new))
    assert judgement.substantive
    assert kind in judgement.kinds
    change = next(c for c in judgement.changes if c.kind == kind)
    assert change.before is not None
    assert change.after is not None
    assert old in BASE[change.before.start : change.before.end]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("swimming hall", "swiming hall"),
        ("voted on Monday to close", "voted on Monday to shut"),
        ('"We did not', "“We did not"),
        ("Some 340 people", "About 340 people"),
        ("needs a new roof.", "needs a new roof"),
    ],
)
def test_wording_alone_is_no_substance(old: str, new: str) -> None:
    """Typing, a reworded verb and other marks change nothing of substance."""
    text = BASE.replace(old, new)
    if new[0] == "“":
        text = text.replace('back,"', "back,”")
    judgement = judge(text)
    assert (judgement.substantive, judgement.kinds) == (False, ())


def test_moved_paragraphs_are_no_change() -> None:
    """The same paragraphs in another order are the same text."""
    assert not judge("\n\n".join(reversed(BASE.split("\n\n")))).substantive


def test_sentences_that_come_and_go_are_named() -> None:
    """An added sentence has a place in the later text only, a removed one in the earlier only."""
    longer = BASE + "\n\nThe county offered to pay for half of the repairs."
    added = judge(longer)
    assert added.kinds == ("added",)
    assert added.changes[0].before is None
    removed = judge(BASE, base=longer)
    assert removed.kinds == ("removed",)
    assert removed.changes[0].after is None


def test_a_new_headline_is_substance_and_a_mistyped_one_is_not() -> None:
    """Other words in the headline count, a corrected letter does not."""
    old = article(BASE)
    assert judge_revision(old, article(BASE, title="Ardmoor keeps its swimming hall", n=2)).kinds == (
        "title",
    )
    assert not judge_revision(
        article(BASE, title="Ardmoor closes its swiming hall"), article(BASE, n=2)
    ).substantive


@pytest.mark.parametrize(
    ("language", "note", "kind"),
    [
        ("en", "Correction: the hall was built by the county.", "correction"),
        ("en", "An earlier version of this article gave a wrong year.", "correction"),
        ("en", "This story has been retracted.", "retraction"),
        ("en", "Clarification: the letter was handed over in March.", "clarification"),
        ("de", "Korrektur: In einer früheren Version dieses Artikels stand ein falsches Jahr.", "correction"),
        ("de", "Dieser Artikel wurde zurückgezogen.", "retraction"),
        ("fr", "Rectificatif : la salle date d'une autre année.", "correction"),
        ("fr", "Cet article a été retiré.", "retraction"),
        ("es", "Fe de errores: la piscina es de otro año.", "correction"),
        ("es", "Este artículo ha sido retirado.", "retraction"),
        ("it", "Errata corrige: la piscina è di un altro anno.", "correction"),
        ("nl", "In een eerdere versie van dit artikel stond een verkeerd jaar.", "correction"),
        ("sv", "Rättelse: hallen byggdes ett annat år.", "correction"),
        ("pl", "We wcześniejszej wersji tego artykułu podano zły rok.", "correction"),
        ("ru", "Исправление: бассейн построен в другом году.", "correction"),
        ("pt", "Esta reportagem foi retirada.", "retraction"),
        ("fi", "Correction: the hall is of another year.", "correction"),
    ],
)
def test_announced_changes_are_recognised_in_their_words(language: str, note: str, kind: str) -> None:
    """A note in which the page speaks of itself is the announcement, with its place, and is no added text."""
    text = f"{BASE}\n\n{note}"
    judgement = judge(text, language=language)
    (announced,) = judgement.announced
    assert announced.kind == kind
    assert text[announced.span.start : announced.span.end] == note
    assert judgement.substantive
    assert "added" not in judgement.kinds


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("it", "La piscina sarà chiusa.", "La piscina non sarà chiusa."),
        ("nl", "De hal gaat dicht.", "De hal gaat niet dicht."),
        ("ru", "Бассейн будет закрыт.", "Бассейн не будет закрыт."),
    ],
)
def test_a_negation_is_told_in_its_language(language: str, before: str, after: str) -> None:
    """A word that turns a sentence round is substance in every language that has a list of such words."""
    assert "negation" in judge(f"{BASE} {after}", base=f"{BASE} {before}", language=language).kinds


def test_a_note_that_stood_there_before_is_not_announced_again() -> None:
    """Only words that are new in the later revision announce this change."""
    noted = BASE + "\n\nCorrection: the letter had 340 names."
    assert judge(noted, base=noted).announced == ()


def test_a_report_about_a_retraction_is_none() -> None:
    """What others corrected or took back is news and no announcement."""
    judgement = judge(BASE + "\n\nThe journal retracted the study after a correction by its authors in May.")
    assert judgement.announced == ()
    assert judgement.kinds == ("added",)


@given(st.text(max_size=300), st.text(max_size=300))
def test_spans_lie_in_their_texts_and_equal_texts_change_nothing(one: str, other: str) -> None:
    """Whatever the texts, places are inside them, and a text against itself has no change."""
    before, after = article(one), article(other, n=2)
    judgement = judge_revision(before, after)
    for change in judgement.changes:
        for span, text in ((change.before, one), (change.after, other)):
            assert span is None or 0 <= span.start < span.end <= len(text)
    assert not judge_revision(before, before).substantive
