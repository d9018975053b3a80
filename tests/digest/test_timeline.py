"""Which dates a timeline has and what it says of them, on invented threads."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.digest import compose_timeline
from stemma.digest.resolve import find_dated
from stemma.types import Article, Published

from .conftest import Check, Make


@pytest.fixture
def thread(make: Make) -> list[Article]:
    """A strike in four reports: it began on 7 March, talks failed on the 10th, and it ended on the 15th."""
    return [
        make(
            "a",
            "Dockers of Orland went on strike on Monday, the Tamber union said.\n\nTheir last strike was in May 2019.",
            day="2022-03-08",
        ),
        make(
            "b",
            "Talks between the Tamber union and the port of Orland failed on Thursday.\n\nThe strike began on Monday.",
            day="2022-03-10",
        ),
        make(
            "c",
            "Dockers of Orland ended their strike on Tuesday after eight days, the Tamber union said.",
            day="2022-03-15",
        ),
        make(
            "d",
            "The Orland strike of March 7 cost the port of Tamber 4 million crowns, auditors said.",
            day="2022-04-02",
        ),
    ]


def test_days_are_resolved_and_ascend(thread: list[Article], check_cited: Check) -> None:
    """Weekdays count back from each article's own day, and every entry cites what it says."""
    entries = compose_timeline(thread)
    dates = [e.date for e in entries]
    assert dates == sorted(dates)
    assert {"2022-03-07", "2022-03-10", "2022-03-15"} <= set(dates)
    begun = next(e for e in entries if e.date == "2022-03-07")
    assert begun.precision == "day"
    assert "strike" in begun.sentences[0].text
    for entry in entries:
        check_cited(entry.sentences, thread)


def test_no_sentence_stands_twice(thread: list[Article]) -> None:
    """A sentence that speaks of two dates is shown with one."""
    spans = [s.citations[0] for e in compose_timeline(thread) for s in e.sentences]
    assert len(spans) == len(set(spans))


def test_without_a_day_of_publication_only_full_dates_count(make: Make) -> None:
    """ "on Monday" of an undated article is no day; "7 March 2022" is."""
    text = "Dockers of Orland went on strike on 7 March 2022.\n\nThe port of Tamber reopened on Monday, the union said."
    assert [e.date for e in compose_timeline([make("a", text)])] == ["2022-03-07"]


def test_year_and_month_come_with_their_precision(make: Make) -> None:
    """What several articles say of a year or a month before the thread is an entry of that form."""
    articles = [
        make(
            str(n),
            f"The port of Orland shut in 2014 and the Tamber union lost {n} members.\n\nDockers of Orland met on Friday to vote on the offer.",
            day=f"2022-03-{n:02d}",
        )
        for n in range(8, 16)
    ]
    assert [(e.date, e.precision) for e in compose_timeline(articles) if e.precision == "year"] == [
        ("2014", "year")
    ]


def test_days_that_many_name_come_before_days_that_one_names(make: Make) -> None:
    """In a long thread a day that one article mentions gives way to the day that all come back to."""
    articles = [
        make(
            f"n{n}",
            f"The Tamber union of Orland met again.\n\nThe Orland strike began on March 7.\n\nA clerk of Tamber was born on {1 + n % 28} May 1971.",
            day=f"2022-{4 + n // 28:02d}-{1 + n % 28:02d}",
        )
        for n in range(0, 60, 3)
    ]
    dates = [e.date for e in compose_timeline(articles)]
    assert "2022-03-07" in dates
    assert sum(d.startswith("1971-05") for d in dates) < 10


def _published(first: str, last: str | None = None) -> Published:
    return Published(earliest=date.fromisoformat(first), latest=date.fromisoformat(last or first))


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("Police said on Monday it was over.", "en", ["2022-03-07"]),
        ("The talks will resume on Monday.", "en", ["2022-03-14"]),
        ("They were killed by police on Monday.", "en", ["2022-03-07"]),
        ("On Monday, both sides are set to meet.", "en", ["2022-03-14"]),
        ("On Monday, the mayor said she would resign.", "en", ["2022-03-07"]),
        ("He arrived last Thursday.", "en", ["2022-03-03"]),
        ("The fire of March 20 last year destroyed it.", "en", ["2021-03-20"]),
        ("It began yesterday.", "en", ["2022-03-09"]),
        ("Der Hafen wurde am Montag geschlossen.", "de", ["2022-03-07"]),
        ("Le port a fermé lundi dernier.", "fr", ["2022-03-07"]),
        ("El puerto cerró ayer.", "es", ["2022-03-09"]),
        ("It was founded in May 1988.", "en", ["1988-05"]),
        ("It was closed on March 20.", "en", ["2022-03-20"]),
        ("Fighting began on August 9.", "en", []),
        ("The court will rule on August 9.", "en", ["2022-08-09"]),
        ("Fighting began on October 9.", "en", ["2021-10-09"]),
        ("Both sides will send all of their ministers back to Port Ansel on Monday.", "en", ["2022-03-14"]),
        ("Both ministers were to fly home on Monday.", "en", ["2022-03-14"]),
        ("They will meet again after the ferry sank on Monday.", "en", ["2022-03-07"]),
        ("The council will vote again, the mayor said on Monday.", "en", ["2022-03-07"]),
        ("They will meet on Friday and Monday.", "en", ["2022-03-11", "2022-03-14"]),
        ("The union called a strike for Monday.", "en", ["2022-03-14"]),
        ("Two men were arrested for Monday's attack.", "en", []),
        ("Die Minister sollten am Montag abreisen.", "de", ["2022-03-14"]),
        ("Les ministres se réuniront à Genève lundi.", "fr", ["2022-03-14"]),
        ("Los ministros se reunirán en Ginebra el lunes.", "es", ["2022-03-14"]),
        ("Los ministros se reunieron en Ginebra el lunes.", "es", ["2022-03-07"]),
    ],
)
def test_date_words_mean_a_day(text: str, language: str, meant: list[str]) -> None:
    """Read on Thursday 10 March 2022."""
    assert [d.date for d in find_dated(text, _published("2022-03-10"), language)] == meant


def test_a_day_that_depends_on_an_unsure_publication_is_left_open() -> None:
    """Of two possible days, "on Monday" is one and the same, "yesterday" is not."""
    unsure = _published("2022-03-09", "2022-03-10")
    assert [d.date for d in find_dated("It fell on Monday.", unsure, "en")] == ["2022-03-07"]
    assert find_dated("It fell yesterday.", unsure, "en") == []


def test_empty_thread() -> None:
    """No articles, no entries."""
    assert compose_timeline([]) == ()


_WORDS = st.sampled_from(
    [
        "Orland",
        "the",
        "strike",
        "began",
        "on",
        "Monday",
        "March 7",
        "2014",
        "in May 2019",
        "-",
        "He",
        "said",
        ". ",
        "\n\n",
        "“",
        "”",
        "will",
        "12 people",
        "yesterday",
        ":",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_WORDS, max_size=60), min_size=1, max_size=4))
def test_any_text_gives_dated_cited_words(make: Make, check_cited: Check, pieces: list[list[str]]) -> None:
    """Whatever the articles hold: dates ascend, none twice, in the form of their precision, each word cited."""
    articles = [make(str(i), " ".join(words), day=f"2022-03-{10 + i}") for i, words in enumerate(pieces)]
    entries = compose_timeline(articles)
    dates = [e.date for e in entries]
    assert dates == sorted(set(dates))
    for entry in entries:
        assert len(entry.date) == {"day": 10, "month": 7, "year": 4}[entry.precision]
        assert entry.sentences
        check_cited(entry.sentences, articles)


def test_a_line_of_a_chronology_loses_its_date(make: Make) -> None:
    """ "March 16 - The port shut." is cited from behind the dash: its entry has the date already."""
    text = "March 16 - The port of Orland shut for three days after a storm at Tamber."
    (entry,) = compose_timeline([make("a", text, day="2022-04-02")])
    (sentence,) = entry.sentences
    assert (entry.date, sentence.text) == ("2022-03-16", text[11:])
    assert sentence.citations[0].start == 11
