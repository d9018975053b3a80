"""Undated articles are dated by their story as intervals with witnesses, and not where the evidence does not carry it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from stemma.dating import date_members
from stemma.types import Article, ArticleId, Copy, Published

TALKS = (
    "The foreign ministers of Aldova and Brennia met in the harbour town of Sarn on Thursday without agreeing on a ceasefire. "
    "Mediators had hoped for a pause of ten days.\n\nAldovan troops crossed the border two weeks ago."
)
OWN_WORDS = (
    "No ceasefire came out of the meeting in Sarn. The foreign ministers of Aldova and Brennia met in the harbour town on Thursday "
    "without agreeing, diplomats said."
)


def _article(
    number: int, text: str, *, day: str | None = None, outlet: str | None = None, seen: str | None = None
) -> Article:
    stated = date.fromisoformat(day) if day else None
    return Article(
        id=ArticleId(str(number)),
        text=text,
        outlet=outlet or f"Paper {number}",
        language="en",
        published=Published(stated=day, earliest=stated, latest=stated) if day else Published(),
        first_seen=datetime.fromisoformat(seen).replace(tzinfo=UTC) if seen else None,
    )


def _copy(child: int, parent: int, *, decided: bool = True, containment: float = 0.9) -> Copy:
    return Copy(
        child=ArticleId(str(child)),
        parent=ArticleId(str(parent)),
        origin=None,
        kind="edited",
        direction="decided" if decided else "undetermined",
        containment=containment,
        confidence=0.9,
    )


def test_a_reprint_is_not_older_than_its_source() -> None:
    """The source's day bounds a copy from below, and names the source; nothing bounds it from above but its first reading."""
    source = _article(1, "The council of Sarn voted for the new pier.", day="2031-03-13")
    reprint = _article(2, source.text, seen="2031-05-01")
    (told,) = date_members([source, reprint], [_copy(2, 1)])
    assert (told.article, told.earliest) == ("2", date(2031, 3, 12))
    assert told.latest == date(2031, 5, 2)
    assert [(w.article, w.why) for w in told.witnesses] == [("1", "its source")]


def test_a_source_is_not_younger_than_its_copy() -> None:
    """The day of a dated copy bounds the undated text from which it was taken."""
    copied = _article(1, "The council of Sarn voted for the new pier.", day="2031-03-13")
    source = _article(2, copied.text)
    (told,) = date_members([copied, source], [_copy(1, 2)])
    assert (told.earliest, told.latest) == (None, date(2031, 3, 14))


def test_the_weekday_of_a_shared_sentence_bounds_a_copy_on_both_sides() -> None:
    """ "Met on Thursday" in a copy of a text of Friday 14 March: Thursday was the 13th, so it was written within a week from it."""
    dated = _article(1, TALKS, day="2031-03-14")
    undated = _article(2, TALKS)
    (told,) = date_members([dated, undated], [_copy(2, 1, decided=False)])
    assert told.earliest is not None
    assert told.latest is not None
    assert date(2031, 3, 13) <= told.earliest < told.latest <= date(2031, 3, 20)
    assert {"Thursday", "two weeks ago"} <= {w.words for w in told.witnesses}


def test_words_that_look_ahead_bound_from_the_other_side() -> None:
    """ "Will meet on Thursday" was written in the week before that Thursday."""
    text = "The ministers of Aldova and Brennia will meet in the harbour town of Sarn on Thursday, envoys confirmed."
    (told,) = date_members(
        [_article(1, text, day="2031-03-11"), _article(2, text)], [_copy(2, 1, decided=False)]
    )
    assert (told.earliest, told.latest) == (date(2031, 3, 6), date(2031, 3, 13))


def test_the_later_report_of_the_same_outlet_is_no_witness() -> None:
    """A follow-up repeats its outlet's first report with its words, weeks later: it says nothing of when that was written."""
    dated = _article(1, TALKS, day="2031-03-14", outlet="Argus")
    assert date_members([dated, _article(2, TALKS, outlet="Argus")], [_copy(2, 1)]) == ()


def test_reports_that_are_no_copies_need_two_outlets() -> None:
    """One dated report with the same sentence is not enough; a second one of another outlet is."""
    undated = _article(9, OWN_WORDS)
    one = _article(1, OWN_WORDS.replace("diplomats", "officials"), day="2031-03-14", outlet="Argus")
    assert date_members([one, undated], []) == ()
    same = _article(2, one.text, day="2031-03-14", outlet="Argus")
    assert date_members([one, same, undated], []) == ()
    two = _article(3, one.text, day="2031-03-13", outlet="Courier")
    (told,) = date_members([one, two, undated], [])
    assert told.earliest is not None
    assert {w.article for w in told.witnesses} == {"1", "3"}


def test_rounds_a_year_apart_date_nobody() -> None:
    """Two rounds of the same talks in one story: its reports say the same of two different Thursdays."""
    first = _article(1, OWN_WORDS, day="2031-03-14", outlet="Argus")
    second = _article(2, OWN_WORDS, day="2032-03-19", outlet="Courier")
    assert date_members([first, second, _article(3, OWN_WORDS)], []) == ()


def test_copies_of_two_rounds_contradict_each_other() -> None:
    """A text linked to both rounds has no day in common with them."""
    first, second = _article(1, TALKS, day="2031-03-14"), _article(2, TALKS, day="2032-03-19")
    links = [_copy(3, 1, decided=False), _copy(3, 2, decided=False)]
    assert date_members([first, second, _article(3, TALKS)], links) == ()


def test_an_anniversary_is_not_dated_by_the_words_it_repeats() -> None:
    """A look back that repeats the old report keeps only the bound that it is younger."""
    dated = _article(1, TALKS, day="2031-03-14")
    looks_back = _article(2, "It was a year ago that talks failed.\n\n" + TALKS)
    (told,) = date_members([dated, looks_back], [_copy(2, 1)])
    assert (told.earliest, told.latest) == (date(2031, 3, 13), None)


def test_the_clock_of_an_archive_is_no_day_to_count_from() -> None:
    """An article that is known only by the day of its capture dates no other."""
    captured = replace(_article(1, TALKS), published=Published(latest=date(2033, 1, 5), basis=("archive",)))
    assert date_members([captured, _article(2, TALKS)], [_copy(2, 1)]) == ()


def test_a_told_day_dates_no_third_article() -> None:
    """A copy of a copy: the middle one has a told day, which is no evidence for the last."""
    source, middle = _article(1, TALKS, day="2031-03-14"), _article(2, TALKS)
    last = _article(3, "The harbour of Sarn was closed to traffic.")
    told = date_members([source, middle, last], [_copy(2, 1), _copy(3, 2)])
    assert [t.article for t in told] == ["2"]


def test_the_pages_own_bounds_hold() -> None:
    """Where the story allows only days that the page itself excludes, nothing is said."""
    dated = _article(1, TALKS, day="2031-03-14")
    later = replace(_article(2, TALKS), published=Published(earliest=date(2031, 8, 1), basis=("text",)))
    assert date_members([dated, later], [_copy(2, 1, decided=False)]) == ()
    first_read = _article(3, TALKS, seen="2031-03-15")
    (told,) = date_members([dated, first_read], [_copy(3, 1, decided=False)])
    assert told.latest == date(2031, 3, 16)


def test_a_shared_paragraph_makes_no_copy() -> None:
    """Articles that share background only are not of one text."""
    dated, other = _article(1, TALKS, day="2031-03-14"), _article(2, "The pier of Sarn was painted.")
    assert date_members([dated, other], [_copy(2, 1, containment=0.2)]) == ()


def test_other_languages_count_by_their_own_words() -> None:
    """German weekdays and tenses are read from the data of German."""
    text = (
        "Die Außenminister von Aldova und Brennia werden sich am Donnerstag in der Hafenstadt Sarn treffen."
    )
    dated = replace(_article(1, text, day="2031-03-14"), language="de")
    undated = replace(_article(2, text), language="de")
    (told,) = date_members([dated, undated], [_copy(2, 1, decided=False)])
    assert (told.earliest, told.latest) == (date(2031, 3, 13), date(2031, 3, 20))
