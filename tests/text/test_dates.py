"""Dates as they stand in texts of several languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.text.dates import find_dates


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Published March 5, 2021 at noon", "en", date(2021, 3, 5)),
        ("the 5th of March 2021", "en", date(2021, 3, 5)),
        ("5. März 2021", "de", date(2021, 3, 5)),
        ("le 1er mars 2021", "fr", date(2021, 3, 1)),
        ("el 5 de mayo de 2020", "es", date(2020, 5, 5)),
        ("15 августа 2016", "ru", date(2016, 8, 15)),
        ("2021年3月5日", None, date(2021, 3, 5)),
        ("05.03.2021", "de", date(2021, 3, 5)),
        ("2021-03-05", None, date(2021, 3, 5)),
        ("Sunday, 25/12/2022", "en", date(2022, 12, 25)),
        ("令和13年11月1日", None, date(2031, 11, 1)),
        ("中華民國120年11月1日", None, date(2031, 11, 1)),
        ("등록일 2031. 11. 1.", "ko", date(2031, 11, 1)),
        ("1 نوفمبر 2031", "ar", date(2031, 11, 1)),
        ("01 जनवरी 2031", "hi", date(2031, 1, 1)),
        ("2031. október 22.", "hu", date(2031, 10, 22)),
        ("2031 m. kovo 31 d.", "lt", date(2031, 3, 31)),
        ("1 Νοεμβρίου 2031", "el", date(2031, 11, 1)),
        ("1. marraskuuta 2031", "fi", date(2031, 11, 1)),
        ("1 noiembrie 2031", "ro", date(2031, 11, 1)),
    ],
)
def test_full_days_are_read_in_many_languages(text: str, language: str | None, day: date) -> None:
    """A full day is read whatever the language writes around it."""
    assert [m.date for m in find_dates(text, language) if m.kind == "day"] == [day]


def test_a_number_date_in_english_may_be_ambiguous() -> None:
    """3/4/2020 is March or April in English, and April alone where the day always comes first."""
    assert find_dates("3/4/2020", "en")[0].ambiguous
    (mention,) = find_dates("3/4/2020", "fr")
    assert (mention.ambiguous, mention.date) == (False, date(2020, 4, 3))


@pytest.mark.parametrize(
    ("text", "language", "back"),
    [
        ("two weeks ago", "en", (11, 17)),
        ("vor drei Tagen", "de", (3, 3)),
        ("il y a deux jours", "fr", (2, 2)),
        ("hace una semana", "es", (4, 10)),
        ("yesterday", "en", (1, 1)),
    ],
)
def test_elapsed_time_is_an_interval_of_days(text: str, language: str, back: tuple[int, int]) -> None:
    """ "Two weeks ago" is said of eleven to seventeen days, "yesterday" of one."""
    assert [m.back for m in find_dates(text, language)] == [back]


def test_words_that_are_no_dates() -> None:
    """A verb, a number of seats and a bare number are no dates."""
    assert find_dates("It may 5 times; 2021 seats; a sun hat", "en") == []


def test_a_clock_glued_to_a_year_of_two_digits() -> None:
    """ "28.09.1912:44" is a day of 2019 with a clock behind it."""
    (found,) = find_dates("anna28.09.1912:44", "de")
    assert found.date == date(2019, 9, 28)


def test_a_region_says_which_number_is_the_day() -> None:
    """02/10/2020 is the second of October in Britain and is not decided in English as such."""
    (british,) = find_dates("02/10/2020", "en-GB")
    assert (british.date, british.ambiguous) == (date(2020, 10, 2), False)
    assert find_dates("02/10/2020", "en")[0].ambiguous


def test_days_to_come_are_marked() -> None:
    """What a sentence says "will" happen, or happens "until" a day, is marked as future."""
    future = [
        m.future
        for m in find_dates("The fair will open on 5 May 2022 in Lund. It closed on 3 May 2021.", "en")
    ]
    assert future == [True, False]
    assert find_dates("valid until 5 May 2022", "en")[0].future


def test_month_and_day_without_a_year() -> None:
    """Months with a year, days without one and years after "in" are kinds of their own."""
    found = find_dates("since February 2022, on May 16 and in 2014", "en")
    assert [(m.kind, m.year, m.month, m.day) for m in found] == [
        ("month", 2022, 2, None),
        ("month-day", None, 5, 16),
        ("year", 2014, None, None),
    ]


@given(st.text(max_size=300), st.sampled_from([None, "en", "de", "fr", "es", "ru", "xx"]))
def test_any_text_can_be_searched(text: str, language: str | None) -> None:
    """No text breaks the search, and every mention is the text at its place."""
    for mention in find_dates(text, language):
        assert text[mention.start : mention.end] == mention.words


@given(
    st.lists(
        st.sampled_from(
            [
                "May",
                "5",
                "2022",
                ",",
                ".",
                "de",
                "31",
                "02",
                "von",
                "Sunday",
                "ago",
                "two",
                "weeks",
                "12:30",
                "2021-02-30",
                "3/4/20",
                "since",
                "in",
            ]
        )
    )
)
def test_any_pile_of_date_words_can_be_searched(words: list[str]) -> None:
    """Nor does any order of words that dates are made of, and every full day is a day of the calendar."""
    text = " ".join(words)
    for mention in find_dates(text, "en"):
        assert mention.kind != "day" or mention.date is not None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Ngày 26 tháng 10 năm 2031", "vi", date(2031, 10, 26)),
        ("26 كانون الأول 2031", "ar", date(2031, 12, 26)),
        ("26 يناير/كانون الثاني 2031", "ar", date(2031, 1, 26)),
        ("26 בינואר 2031", "he", date(2031, 1, 26)),
    ],
)
def test_months_of_two_words_and_two_names_are_read(text: str, language: str, day: date) -> None:
    """A month may have two words, two names side by side, or a preposition glued to it."""
    assert [m.date for m in find_dates(text, language)] == [day]
