"""Visible date lines: which of the dates that a page shows is its day of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.visible import DateLine, find_visible_dates

BODY = DateLine(text="The bridge was closed on Tuesday after inspectors found cracks. " * 3, body=True)
TITLE = DateLine(text="Port Ellsay closes its bridge", heading=True)


def days(*lines: DateLine, language: str | None = "en") -> list[tuple[date | None, date | None]]:
    return [(c.earliest, c.latest) for c in find_visible_dates(lines, language=language)]


def test_a_date_below_the_headline_is_believed() -> None:
    """A line with little but a date between headline and text dates the page."""
    assert days(TITLE, DateLine(text="By Lena Brandt, 9 March 2022"), BODY) == [
        (date(2022, 3, 9), date(2022, 3, 9))
    ]


def test_the_site_s_clock_is_not_believed() -> None:
    """Weekday and date alone above the headline are the page's clock."""
    assert days(DateLine(text="Sunday, March 3, 2024"), TITLE, BODY) == []


def test_names_of_elements_speak_for_and_against() -> None:
    """A date in a comment or a teaser is not the page's, one in an element named for it is."""
    comment = DateLine(text="12.03.2022", hint="div comment-meta comment-list")
    stamp = DateLine(text="09.03.2022", hint="span entry-date")
    assert days(TITLE, stamp, BODY, comment, language="de")[0] == (date(2022, 3, 9), date(2022, 3, 9))
    assert days(BODY, BODY, comment, language="de") == []


def test_the_day_of_a_change_is_an_upper_bound() -> None:
    """Of "Published … Updated …" the first dates the page and the second bounds it."""
    line = DateLine(text="Published 9 March 2022 | Updated 11 March 2022", hint="p byline")
    assert days(TITLE, line, BODY) == [(date(2022, 3, 9), date(2022, 3, 9)), (None, date(2022, 3, 11))]


def test_a_text_may_open_with_its_day() -> None:
    """ "27.1.2022 - The council …" dates the page; a day elsewhere in a paragraph does not."""
    words = (
        "The council of Lower Brambling met on the question of the bridge and put it off until spring. " * 3
    )
    opening = DateLine(text=f"27.1.2022 - {words}", body=True)
    assert days(TITLE, opening, language="de") == [(date(2022, 1, 27), date(2022, 1, 27))]
    assert days(TITLE, DateLine(text=f"{words} 27.1.2022 - {words}", body=True), language="de") == []


def test_a_text_may_open_with_its_day_as_a_sentence() -> None:
    """ "31. Oktober 2031. Der Rat …" dates the page, against a clock in the head of the site."""
    clock = DateLine(text="Samstag, 01. November 2031", hint="div navtop mod_datetime")
    opening = DateLine(
        text="31. Oktober 2031. Der Rat hat die Brücke gesperrt. " + "Sie ist alt. " * 12, body=True
    )
    assert days(clock, TITLE, DateLine(text="Kultur"), opening, language="de") == [
        (date(2031, 10, 31), date(2031, 10, 31))
    ]


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("Erschienen am: 01.11.2031", "de"),
        ("Опубликовано: 1 ноября 2031", "ru"),
        ("发布时间：2031年11月1日", None),
        ("입력 2031.11.01 09:12", None),
    ],
)
def test_a_labelled_day_counts_wherever_it_stands(line: str, language: str | None) -> None:
    """A short line that opens with the word for publication dates the page from its foot, unless it is a card's."""
    behind = [DateLine(text=f"Filler {n}") for n in range(30)]
    foot = DateLine(text=line, hint="p footer-line")
    assert days(TITLE, BODY, *behind, foot, language=language)[:1] == [(date(2031, 11, 1), date(2031, 11, 1))]
    card = DateLine(text=line, hint="p related-card")
    assert days(TITLE, BODY, *behind, card, language=language) == []


def test_cards_behind_the_text_do_not_date_it() -> None:
    """Two lines of one kind with days of their own behind the text are other stories'."""
    cards = [
        DateLine(text=f"By Ann Lee • {day}", hint="div by-date pub-date")
        for day in ("Feb 18, 2031", "Jul 27, 2031")
    ]
    assert days(TITLE, BODY, DateLine(text="More"), *cards) == []


def test_two_dates_side_by_side_are_publication_and_change() -> None:
    """Of two unlabelled dates in neighbouring lines the earlier is the day of publication."""
    lines = (TITLE, DateLine(text="11 March 2022"), DateLine(text="9 March 2022"), BODY)
    assert days(*lines) == [(date(2022, 3, 9), date(2022, 3, 9))]


@given(
    st.lists(st.tuples(st.text(max_size=40), st.text(max_size=20), st.booleans(), st.booleans()), max_size=8)
)
def test_any_lines_can_be_weighed(rows: list[tuple[str, str, bool, bool]]) -> None:
    """No lines break the search, and there is at most one day and one bound."""
    lines = [DateLine(text=t, hint=h, heading=a, body=b) for t, h, a, b in rows]
    assert len(find_visible_dates(lines)) <= 2
