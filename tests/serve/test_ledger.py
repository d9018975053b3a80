"""One quotation followed over the outlets that print it, on a story's page."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

from stemma.serve.ledger import build_ledger
from stemma.store.views import PlaceView, QuoteView

_WORDS = {
    1: "We will close the bridge until every pier has been looked at",
    2: "We will close the bridge until every pier has been looked at by divers",
    3: "we will close the bridge until every pier has been looked at",
    4: "Wir werden die Brücke sperren, bis jeder Pfeiler geprüft ist",
}


_APART = ((1,), (2,), (3,), (4,))


def _quote(article: int, speaker: str | None = "Ilse Marrant") -> QuoteView:
    at = PlaceView(article=article, start=0, end=len(_WORDS[article]), words=_WORDS[article])
    return QuoteView(place=at, pieces=(at,), kind="direct", speaker=speaker, speaker_place=None, cue=None)


def test_wording_that_reports_of_their_own_share(edition: ModuleType) -> None:
    """The longest run that two reports of their own have is shown; the one with other words stands alone; a translation is apart."""
    view = replace(edition.STORY, quotes=tuple(_quote(n) for n in (1, 2, 3, 4)), copies=(), voices=_APART)
    (one,) = build_ledger(view)
    assert one.shared == _WORDS[1]
    assert [p.place.article for p in one.printings] == [1, 2, 3]
    assert [p.place.article for p in one.alone] == [2]


def test_a_copy_shares_nothing_of_its_own(edition: ModuleType) -> None:
    """Of a report and its copy nothing is said to be shared or alone."""
    copied = replace(edition.STORY.copies[0], child=2, parent=1, direction="decided", changes=())
    view = replace(edition.STORY, quotes=(_quote(1), _quote(2)), copies=(copied,))
    (one,) = build_ledger(view)
    assert one.shared == ""
    assert one.alone == ()


def test_one_newsroom_twice_shares_nothing(edition: ModuleType) -> None:
    """Two outlets with one agency's or one owner's text are one newsroom, and a report that prints the words twice is one report."""
    quotes = tuple(_quote(n) for n in (1, 2, 3))
    (one,) = build_ledger(replace(edition.STORY, quotes=quotes, copies=(), voices=((1, 2, 3), (4,))))
    assert (one.shared, one.alone) == ("", ())
    copied = replace(edition.STORY.copies[0], child=2, parent=1, direction="decided", changes=())
    quotes = (_quote(1), _quote(1), _quote(2))
    (one,) = build_ledger(replace(edition.STORY, quotes=quotes, copies=(copied,), voices=_APART))
    assert (one.shared, one.alone) == ("", ())


def test_first_only_where_it_is_certain(edition: ModuleType) -> None:
    """Of two articles of one day neither was first; of two days the earlier was."""
    (one,) = build_ledger(replace(edition.STORY, quotes=(_quote(1), _quote(2)), copies=()))
    assert one.first is None
    rows = tuple(
        replace(row, published=edition.on(12)) if row.article == 1 else row for row in edition.STORY.articles
    )
    (one,) = build_ledger(replace(edition.STORY, articles=rows, quotes=(_quote(1), _quote(2)), copies=()))
    assert one.first == 1


def test_words_given_to_two_people(edition: ModuleType) -> None:
    """Whom the words are given to elsewhere is named beside the one whom most name."""
    quotes = (_quote(1), _quote(2), _quote(3, "Jon Hallward"))
    (one,) = build_ledger(replace(edition.STORY, quotes=quotes, copies=()))
    assert (one.speaker, one.others) == ("Ilse Marrant", ("Jon Hallward",))


def test_one_outlet_is_no_ledger(edition: ModuleType) -> None:
    """A quotation in one outlet alone is not followed."""
    assert build_ledger(replace(edition.STORY, quotes=(_quote(1), _quote(4)), copies=())) == ()
