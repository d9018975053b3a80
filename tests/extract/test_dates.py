"""The day of publication from clues: parsing, joining, and what is never said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.dates import find_text_bounds, find_url_date, parse_machine_date, resolve_published
from stemma.types import DateBasis, DateClue, Published


def resolve(*clues: DateClue | None, text: str = "", fetched: datetime | None = None) -> Published:
    return resolve_published([c for c in clues if c], text=text, language="en", fetched=fetched)


@pytest.mark.parametrize(
    ("value", "stated"),
    [
        ("2022-03-10T23:30:00+0100", "2022-03-10T23:30:00+01:00"),
        ("2022-03-10T23:30:00Z", "2022-03-10T23:30:00Z"),
        ("Wed, 09 Mar 2022 23:00:00 GMT", "2022-03-09"),
        ("20220310", "2022-03-10"),
        ("10.03.2022 08:15", "2022-03-10"),
        ("March 10, 2022", "2022-03-10"),
    ],
)
def test_machine_dates_keep_the_page_s_own_day(value: str, stated: str) -> None:
    """The first ten characters are the day as written, in the page's own offset."""
    assert resolve(parse_machine_date(value, basis="meta")).stated == stated


@pytest.mark.parametrize("value", ["", "soon", "2022-13-45", "12", "0000-00-00", "9999999999999999"])
def test_what_is_no_day_gives_no_clue(value: str) -> None:
    """A value without a day of the calendar is no clue."""
    assert parse_machine_date(value, basis="meta") is None


def test_addresses_hold_days_and_months() -> None:
    """A path may hold a day or only a month; a number that is no date gives nothing."""
    day = find_url_date("https://gazette.example/2021/03/05/fire")
    month = find_url_date("https://gazette.example/2021/02/fire")
    assert day
    assert month
    assert (day.earliest, day.latest) == (date(2021, 3, 5), date(2021, 3, 5))
    assert (month.earliest, month.latest) == (date(2021, 2, 1), date(2021, 2, 28))
    assert find_url_date("https://gazette.example/20211305-id") is None


def test_an_address_may_write_the_day_first() -> None:
    """`/29-10-2021` is one day; where day and month could be exchanged, the address says nothing."""
    clue = find_url_date("https://echo.example/news/29-10-2021")
    assert clue is not None
    assert clue.earliest == clue.latest == date(2021, 10, 29)
    assert find_url_date("https://echo.example/news/09-10-2021") is None


def test_the_archive_s_clock_is_only_an_upper_bound() -> None:
    """Without other evidence the day of fetching bounds publication and is never stated."""
    published = resolve(fetched=datetime(2024, 3, 3, tzinfo=UTC))
    assert (published.stated, published.earliest, published.latest) == (None, None, date(2024, 3, 3))
    assert published.basis == ("archive",)


def test_a_neighbouring_day_is_the_reader_s() -> None:
    """A time in UTC beside an address or a visible line of the day before means that day."""
    machine = parse_machine_date("2022-03-10T02:30:00Z", basis="json-ld")
    url = find_url_date("https://gazette.example/2022/03/09/fire")
    assert resolve(machine, url).earliest == date(2022, 3, 9)


def test_a_page_that_shows_the_day_of_its_change_is_disputed() -> None:
    """Where the only visible day is the day of the last change, both days are given and none is stated."""
    clues = (
        parse_machine_date("2021-11-29", basis="json-ld"),
        parse_machine_date("2022-01-12", basis="json-ld", modified=True),
        parse_machine_date("12.01.2022", basis="visible"),
    )
    published = resolve(*clues)
    assert published.stated is None
    assert (published.earliest, published.latest) == (date(2021, 11, 29), date(2022, 1, 12))


def test_the_last_change_alone_is_an_upper_bound() -> None:
    """Publication is on or before the day of the last change."""
    published = resolve(parse_machine_date("2022-01-12", basis="meta", modified=True))
    assert (published.stated, published.earliest, published.latest) == (None, None, date(2022, 1, 12))


def test_the_text_gives_a_lower_bound() -> None:
    """A text that tells of a month as past was published on or after its first day; days to come bound nothing."""
    text = "The works were closed in February 2022. They met on May 16. The fair is on 1 July 2023. It will end on 3 July 2023."
    (clue,) = find_text_bounds(text, language="en")
    assert (clue.earliest, clue.latest) == (date(2022, 2, 1), None)


def test_a_weekday_tells_the_year_of_a_day() -> None:
    """ "On Monday, July 21" of a text not older than 2022 is of 2025 at the earliest; without a weekday it tells nothing."""
    words = "The war began in February 2022. The envoys met on {}, officials said, and parted without a deal."

    def bound(day: str) -> date | None:
        return resolve(text=words.format(day)).earliest

    assert bound("Monday, July 21") == date(2025, 7, 21)
    assert bound("July 21") == date(2022, 2, 1)
    assert find_text_bounds("The envoys met on Monday, July 21, officials said.", language="en") == []


def test_a_line_that_the_text_contradicts_is_not_believed() -> None:
    """A visible day before days that the text tells of is not the day of publication."""
    clue = parse_machine_date("5 March 2021", basis="visible")
    published = resolve(clue, text="The mill burnt down on 9 March 2021, the mayor said.")
    assert published.stated is None
    assert published.earliest == date(2021, 3, 9)


def test_a_shown_day_that_a_machine_gives_too_needs_no_other_witness() -> None:
    """Text added later speaks of later days; the day that both give stays, with both as its evidence."""
    clues = [parse_machine_date("2020-03-01", basis=basis) for basis in ("meta", "visible")]
    published = resolve(*clues, text="The mill burnt down on 9 March 2021, the mayor said.")
    assert published.earliest == published.latest == date(2020, 3, 1)
    assert published.basis == ("meta", "visible")


def test_a_clue_after_the_fetch_is_dropped() -> None:
    """A page cannot be published two days after it was fetched."""
    clue = parse_machine_date("2024-03-09", basis="time")
    assert resolve(clue, fetched=datetime(2024, 3, 3, tzinfo=UTC)).stated is None


BASES: list[DateBasis] = ["json-ld", "meta", "time", "feed", "url", "visible", "archive"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(BASES),
            st.dates(date(2000, 1, 1), date(2030, 1, 1)),
            st.booleans(),
            st.sampled_from(["", "T23:15:00Z", "T01:00:00+09:00"]),
        ),
        max_size=5,
    ),
    st.one_of(
        st.none(),
        st.dates(date(2001, 1, 1), date(2031, 1, 1)).map(
            lambda d: datetime(d.year, d.month, d.day, 12, tzinfo=UTC)
        ),
    ),
)
def test_a_stated_day_is_the_whole_interval(
    given_clues: list[tuple[DateBasis, date, bool, str]], fetched: datetime | None
) -> None:
    """Whatever the clues: a stated day equals both bounds and the first ten characters; bounds are in order."""
    clues = [
        DateClue(basis=b, words=f"{d.isoformat()}{t}", earliest=None if m else d, latest=d)
        for b, d, m, t in given_clues
    ]
    published = resolve(*clues, fetched=fetched)
    if published.stated is not None:
        assert published.earliest == published.latest == date.fromisoformat(published.stated[:10])
        assert published.basis != ("archive",)
    if published.earliest and published.latest:
        assert published.earliest <= published.latest


@given(st.text(max_size=60))
def test_any_value_can_be_parsed(value: str) -> None:
    """No machine date and no address breaks the parser."""
    parse_machine_date(value, basis="meta")
    find_url_date(value)


def test_a_machine_s_own_offset_stands_against_a_later_version_shown() -> None:
    """A day that a machine gives with the publisher's offset is not moved by a neighbour that the page shows alone."""
    published = resolve(
        parse_machine_date("2031-05-12T23:17:00+09:00", basis="json-ld"),
        parse_machine_date("2031-05-13 00:05", basis="visible"),
    )
    assert published.day == date(2031, 5, 12)
    utc = resolve(
        parse_machine_date("2031-05-12T23:17:00Z", basis="json-ld"),
        parse_machine_date("2031-05-13 00:05", basis="visible"),
    )
    assert utc.day == date(2031, 5, 13)


def test_a_day_that_machine_and_page_agree_on_stands_against_the_address() -> None:
    """Where the page shows the machine's day, the next day in the address is the address's mistake."""
    published = resolve(
        parse_machine_date("2031-06-30T16:34:54Z", basis="json-ld"),
        parse_machine_date("June 30, 2031", basis="visible"),
        find_url_date("https://gazette.example/story-20310701-x"),
    )
    assert published.day == date(2031, 6, 30)


def test_a_clock_in_the_header_does_not_overrule_a_meta_tag() -> None:
    """A far later day that a page shows without a word for publication is not believed against its head; an earlier one is."""
    stated = parse_machine_date("2031-02-12", basis="meta")
    assert resolve(stated, parse_machine_date("20 June 2031", basis="visible")).day == date(2031, 2, 12)
    assert resolve(stated, parse_machine_date("5 February 2031", basis="visible")).day == date(2031, 2, 5)


def test_two_claims_of_three_stand_against_json_ld() -> None:
    """Where the meta tags and the page itself agree on another day than JSON-LD, theirs is stated."""
    published = resolve(
        parse_machine_date("2031-01-04T07:29:00Z", basis="json-ld"),
        parse_machine_date("2031-01-06T08:29:34", basis="meta"),
        parse_machine_date("06.01.2031", basis="visible"),
    )
    assert published.day == date(2031, 1, 6)


def test_an_address_of_long_before_makes_a_dispute() -> None:
    """A page that was dated anew two years after the day in its address states neither day."""
    published = resolve(
        parse_machine_date("2031-06-17T18:28:00+0200", basis="json-ld"),
        find_url_date("https://diary.example/home/2029/7/12/at-the-lake"),
    )
    assert published.stated is None
    assert (published.earliest, published.latest) == (date(2029, 7, 12), date(2031, 6, 17))
