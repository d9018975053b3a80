"""Dates and numbers in words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.serve.words import (
    count_things,
    describe_change,
    describe_clock,
    describe_date_text,
    describe_moment,
    describe_number,
    describe_published,
    describe_reason,
    describe_time,
    describe_value,
    join_words,
)
from stemma.store.views import PublishedView


def interval(first: str | None, last: str | None, stated: str | None = None) -> PublishedView:
    return PublishedView(
        stated=stated,
        earliest=date.fromisoformat(first) if first else None,
        latest=date.fromisoformat(last) if last else None,
        basis=(),
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2031-03-10", "2031-03-10", "10 March 2031"),
        ("2031-03-09", "2031-03-10", "between 9 and 10 March 2031"),
        ("2031-03-30", "2031-04-02", "between 30 March and 2 April 2031"),
        ("2030-12-30", "2031-01-02", "between 30 December 2030 and 2 January 2031"),
        ("2031-03-01", "2031-03-31", "in March 2031"),
        ("2031-01-01", "2031-12-31", "in 2031"),
        ("2031-03-10", None, "on or after 10 March 2031"),
        (None, "2031-03-10", "on or before 10 March 2031"),
        (None, None, "undated"),
    ],
)
def test_interval_is_said_as_it_is_known(first: str | None, last: str | None, words: str) -> None:
    """An interval is never said as a day, and a missing bound is never filled in."""
    assert describe_published(interval(first, last)) == words


@pytest.mark.parametrize(
    ("stated", "clock"),
    [
        ("2031-03-10T14:05:00+02:00", "14:05 UTC+02:00"),
        ("2031-03-10T14:05:00Z", "14:05 UTC"),
        ("2031-03-10T14:05", "14:05"),
        ("2031-03-10", None),
        (None, None),
        ("nonsense", None),
    ],
)
def test_clock_time_keeps_the_pages_own_offset(stated: str | None, clock: str | None) -> None:
    """A clock time is shown with the offset that the page gave, and only where it gave one."""
    assert describe_clock(interval(None, None, stated)) == clock


@pytest.mark.parametrize(
    ("low", "high", "unit", "qualifier", "words"),
    [
        (5, 5, None, "exact", "5"),
        (5, None, None, None, "at least 5"),
        (5, None, None, "more than", "more than 5"),
        (None, 5, None, None, "up to 5"),
        (None, 5, None, "fewer than", "fewer than 5"),
        (3, 4, None, "between", "3 to 4"),
        (12, 12, "%", "about", "about 12%"),
        (24, None, None, "about", "about 24"),
        (1250000, 1250000, "USD", None, "1.25 million USD"),
        (None, None, None, None, ""),
    ],
)
def test_value_says_its_bounds(
    low: float | None, high: float | None, unit: str | None, qualifier: str | None, words: str
) -> None:
    """An open bound is said, so that "at least 5" is never read as 5."""
    assert describe_value(low, high, unit=unit, qualifier=qualifier) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.5, "0.5"),
        (1e6, "1 million"),
        (3_210_455, "3,210,455"),
        (2.5e9, "2.5 billion"),
        (3.14159265, "3.141593"),
        (1e20, "1e+20"),
        (1.5e-7, "1.5e-07"),
        (-4, "-4"),
    ],
)
def test_number_has_no_needless_digits(value: float, words: str) -> None:
    """Whole numbers have no point, others no closing noughts."""
    assert describe_number(value) == words


@given(st.floats())
def test_any_number_can_be_said(value: float) -> None:
    """Infinity and not-a-number do not stop a page."""
    assert describe_number(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [("2031-05-12", "12 May 2031"), ("2031-05", "May 2031"), ("1961", "1961"), ("2031-13", "2031-13"), ("", ""), ("2031-05-12T08:00", "12 May 2031")],
)  # fmt: skip
def test_timeline_date_has_the_form_of_its_precision(value: str, words: str) -> None:
    """A month is never shown as a day; what is no date is shown as it is."""
    assert describe_date_text(value) == words


def test_moment_names_its_offset() -> None:
    """A clock time without its offset would be a guess for the reader."""
    assert describe_moment(datetime(2031, 5, 3, 9, 7, tzinfo=UTC)) == "3 May 2031, 09:07 UTC"
    east = timezone(timedelta(hours=5, minutes=30))
    assert describe_moment(datetime(2031, 5, 3, 9, 7, tzinfo=east)) == "3 May 2031, 09:07 UTC+05:30"


def test_lists_and_counts_read_as_english() -> None:
    """One thing is singular; long lists say how much they leave out."""
    assert count_things(1, "story", "stories") == "1 story"
    assert count_things(1200, "story", "stories") == "1,200 stories"
    assert join_words(["a", "b", "c"]) == "a, b and c"
    assert join_words(["a", "b", "c", "d", "e"]) == "a, b, c and 2 more"
    assert join_words([]) == ""


def test_time_of_a_figure_reads_as_english() -> None:
    """A text's own preposition is kept; a bare date or day gets one."""
    assert describe_time("on Tuesday") == "on Tuesday"
    assert describe_time("Tuesday") == "as of Tuesday"
    assert describe_time("2031-05-12") == "as of 12 May 2031"


def test_unknown_change_is_still_named() -> None:
    """A kind of change that has no sentence here is shown by its own name."""
    assert describe_change("quote", "reworded") == "quotation reworded inside its marks"
    assert describe_change("layout", "moved") == "Layout: moved"


def test_a_reason_is_said_in_words() -> None:
    """Names that tie articles together have their capitals; a person's own words stay as they are."""
    assert describe_reason("names: tolvik, marrant") == "Names in common: Tolvik, Marrant"
    assert describe_reason("person: a joint report") == "Put here by a person: a joint report"
    assert describe_reason("something else") == "something else"
