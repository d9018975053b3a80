"""What follows from a visit: the table of rules on following, each row decided without a clock or a socket."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from stemma.acquire.answers import Answer, Failure, Fetched, parse_retry_after
from stemma.acquire.items import FeedItem
from stemma.newsroom.candidates import (
    FEWEST_CHURNING,
    article_of_entry,
    choose_fresh,
    decide_candidate,
    make_candidates,
    usable_date,
)
from stemma.newsroom.visits import FIRST, LATEST, SOONEST, Contents, decide_visit
from stemma.store.followed import Candidate, SourceKind, SourceStatus

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
URL = "https://courier.example/feed"
STATUS = SourceStatus(
    url=URL, kind="feed", title="Courier", state="ok", problem=None, next_visit=NOW, interval=FIRST,
    last_success=NOW - timedelta(hours=1), etag='"1"', last_modified="then", body_digest="d",
)  # fmt: skip


def answer(status: int = 200, **fields: Any) -> Answer:
    return Answer(status=status, url=URL, **fields)


def visit(fetched: Fetched, contents: Contents | None = None, status: SourceStatus = STATUS) -> SourceStatus:
    return decide_visit(status, fetched, contents, number=3, now=NOW).status


def seconds(status: SourceStatus) -> float:
    return (status.next_visit - NOW).total_seconds()


@pytest.mark.parametrize(
    ("fetched", "state", "at_least", "at_most"),
    [
        (answer(200), "ok", SOONEST, LATEST * 1.2),
        (answer(304), "ok", SOONEST, LATEST * 1.2),
        (answer(401), "failing", FIRST, FIRST * 1.2),
        (answer(403), "failing", FIRST, FIRST * 1.2),
        (answer(404), "failing", FIRST, FIRST * 1.2),
        (answer(500), "failing", FIRST, FIRST * 1.2),
        (answer(503, retry_after="7200"), "failing", 7200, 7300),
        (answer(503, retry_after="banana"), "failing", FIRST, FIRST * 1.2),
        (answer(418), "failing", FIRST, FIRST * 1.2),
        (answer(429, retry_after="60"), "waiting", 60, 70),
        (answer(429, retry_after="Tue, 03 Mar 2026 13:00:00 GMT"), "waiting", 3600, 4000),
        (answer(429, retry_after="Tue, 03 Mar 2020 13:00:00 GMT"), "waiting", 3600, 4000),
        (answer(429, retry_after="banana"), "waiting", 3600, 4000),
        (answer(429, retry_after="1000000000"), "waiting", 86_400, 100_000),
        (answer(429), "waiting", 3600, 4000),
        (Failure(kind="timeout", words="w"), "failing", FIRST, FIRST * 1.2),
        (Failure(kind="certificate", words="w"), "failing", FIRST, FIRST * 1.2),
        (Failure(kind="robots", words="w"), "failing", 86_400, 86_400),
        (Failure(kind="blocked address", words="w"), "failing", 86_400, 86_400),
        (Failure(kind="blocked redirect", words="w"), "failing", 86_400, 86_400),
        (Failure(kind="robots unreachable", words="w"), "failing", FIRST, FIRST * 1.2),
        (Failure(kind="host waits", words="w", wait=500), "waiting", 500, 600),
    ],
)
def test_each_outcome_has_its_state_and_its_next_visit(
    fetched: Fetched, state: str, at_least: float, at_most: float
) -> None:
    """Never earlier than asked for, up to a tenth later; what is wrong is said in words, and only then."""
    after = visit(fetched)
    assert after.state == state
    assert at_least <= seconds(after) <= at_most
    assert (after.problem is None) == (state == "ok")
    assert after.visits == STATUS.visits + 1


@pytest.mark.parametrize(("code", "word"), [(410, "gone for good"), (451, "legal")])
def test_gone_and_withheld_end_the_visits(code: int, word: str) -> None:
    """410 and 451 stop a source at once."""
    after = visit(answer(code))
    assert after.state == "stopped"
    assert word in (after.problem or "")


def test_429_closes_the_whole_host() -> None:
    """The decision names how long nothing of the host is to be asked."""
    decision = decide_visit(STATUS, answer(429, retry_after="120"), None, number=3, now=NOW)
    assert decision.host_pause == 120
    assert decide_visit(STATUS, answer(503, retry_after="120"), None, number=3, now=NOW).host_pause is None


def test_failures_wait_longer_and_longer_and_end_after_two_weeks() -> None:
    """Twice as long each time, a day at the most; after fourteen days without a success no more."""
    status, now, waits = STATUS, NOW, []
    while status.state != "stopped":
        status = decide_visit(status, answer(404), None, number=3, now=now).status
        waits.append((status.next_visit - now).total_seconds())
        now = max(status.next_visit, now)
        assert len(waits) < 60
    assert waits[1] > waits[0] * 1.7
    assert max(waits) <= 86_400 * 1.11
    assert timedelta(days=14) <= now - NOW <= timedelta(days=16)
    assert "14 days" in (status.problem or "")


def test_a_success_forgets_the_failures() -> None:
    """The next failure begins anew."""
    failing = visit(answer(500), status=visit(answer(500)))
    assert failing.failures == 2
    assert (
        visit(answer(304), status=failing).failures,
        visit(answer(304), status=failing).failing_since,
    ) == (0, None)


def test_a_move_is_believed_at_the_second_agreeing_visit() -> None:
    """Once is noted; the same place again is the new address; 200 at the old one or another place begins anew."""
    moved = answer(200, moved_to="https://new.example/feed")
    once = visit(moved)
    assert (once.url, once.moved_seen) == (URL, 1)
    assert visit(moved, status=once).url == "https://new.example/feed"
    assert visit(answer(200), status=once).moved_seen == 0
    other = visit(answer(200, moved_to="https://third.example/feed"), status=once)
    assert (other.url, other.moved_seen) == (URL, 1)


def test_the_interval_follows_the_sources_habit() -> None:
    """Twelve new articles an hour bring it near the shortest interval, none for days near the longest."""
    busy = quiet = STATUS
    for _ in range(12):
        busy = replace(
            visit(answer(200), Contents(new=12, digest="x"), status=busy),
            last_success=NOW - timedelta(hours=1),
        )
        quiet = replace(visit(answer(304), status=quiet), last_success=NOW - timedelta(hours=12))
    assert busy.interval == SOONEST
    assert quiet.interval > 8 * 3600
    assert visit(answer(304)).interval < 2 * FIRST  # one quiet hour is no habit
    first = replace(STATUS, last_success=None)
    assert visit(answer(200), Contents(new=5_000, digest="x"), status=first).interval == FIRST


@pytest.mark.parametrize(
    ("kind", "days", "told"), [("page", 6, False), ("page", 7, True), ("feed", 29, False), ("feed", 30, True)]
)
def test_silence_is_told_and_news_ends_it(kind: SourceKind, days: int, told: bool) -> None:
    """A source that answers and has nothing new is well, and its silence is said; the next article ends that. A page that is
    watched is suspected sooner: its list may be built otherwise now."""
    silent = replace(STATUS, kind=kind, last_new=NOW - timedelta(days=days))
    found = visit(answer(200), Contents(new=0, digest="x"), status=silent)
    assert found.state == "ok"
    assert bool(found.problem and f"nothing new for {days} days" in found.problem) == told
    assert visit(answer(200), Contents(new=1, digest="y"), status=found).problem is None
    assert visit(answer(304), status=replace(STATUS, last_new=None)).last_new == NOW


def test_a_source_that_asks_for_patience_gets_it() -> None:
    """`ttl` and `max-age` are lower bounds, up to the longest interval."""
    assert visit(answer(200), Contents(new=9, pause=7200, digest="x")).interval >= 7200
    assert visit(answer(200, max_age=5400), Contents(new=9, digest="x")).interval >= 5400
    assert visit(answer(200, max_age=10**6), Contents(new=9, digest="x")).interval <= LATEST


def test_304_keeps_what_the_next_conditional_request_needs() -> None:
    """An answer without headers keeps the old ones at 304 and drops them at 200."""
    assert (visit(answer(304)).etag, visit(answer(304)).body_digest) == ('"1"', "d")
    assert (
        visit(answer(200), Contents(digest="e")).etag,
        visit(answer(200), Contents(digest="e")).body_digest,
    ) == (None, "e")


def test_what_cannot_be_read_is_a_failure_in_words() -> None:
    """A feed that has become a web page fails and says so; its old ETag stays, and so does its address."""
    after = visit(answer(200), Contents(problem="this is a web page and no feed"))
    assert (after.state, after.problem) == ("failing", "this is a web page and no feed")


@pytest.mark.parametrize("value", ["", "-5", "1.5", "Tue, 99 Mar 2026", "９", None, "0"])
def test_a_retry_after_that_says_nothing_is_none(value: str | None) -> None:
    """Nonsense, the past and nothing are all the same."""
    assert parse_retry_after(value, now=NOW) is None


# ---------------------------------------------------------------- candidates


def candidate(*, tries: int = 1, **fields: Any) -> Candidate:
    (entry,) = make_candidates(
        [FeedItem(url="https://courier.example/a", title="T", **fields)],
        source_url=URL,
        source_host="courier.example:443",
    )
    return Candidate(number=1, source=1, tries=tries, outlet="Courier", stood_in=False, entry=entry)


def test_one_address_is_one_candidate_whatever_its_guid() -> None:
    """Changing guids, repeated guids, tracking parameters and fragments make no second article; fifty stay fifty."""
    first = [FeedItem(url=f"https://c.example/a/{n}", guid=str(n), title="t") for n in range(50)]
    churned = [
        FeedItem(url=f"http://c.example/a/{n}?utm_source=f{n}", guid="same", title="t") for n in range(50)
    ]
    made = make_candidates([*first, *churned], source_url=URL, source_host="h")
    assert len({c.key for c in made}) == len(made) == 50


def test_a_source_that_dates_everything_anew_changed_nothing() -> None:
    """One changed entry among others is fetched again; where all that was known changed at once, only what is new is."""
    items = [FeedItem(url=f"https://c.example/a/{n}", title="t") for n in range(FEWEST_CHURNING)]
    known = {c.key: c.signature for c in make_candidates(items, source_url=URL, source_host="h")}
    corrected = [replace(items[0], title="u"), *items[1:]]
    made = make_candidates(corrected, source_url=URL, source_host="h")
    assert [c.url for c in choose_fresh(made, known)] == [items[0].url]
    new = FeedItem(url="https://c.example/new", title="t")
    churned = [replace(i, updated="now") for i in items]
    made = make_candidates([*churned, new], source_url=URL, source_host="h")
    assert [c.url for c in choose_fresh(made, known)] == [new.url]
    few = make_candidates(churned[:-1], source_url=URL, source_host="h")
    assert len(choose_fresh(few, known)) == FEWEST_CHURNING - 1


def test_what_a_feed_asks_for_holds_while_it_is_unchanged() -> None:
    """A `ttl` is read with the feed; a visit that reads nothing (304, the same bytes) does not forget it."""
    read = visit(answer(200), Contents(new=9, pause=7200, digest="e"))
    for again in (answer(304), answer(200)):
        assert seconds(visit(again, None, status=replace(read, next_visit=NOW))) >= 7200
    assert visit(answer(200), Contents(new=9, digest="f"), status=read).interval < 7200


def test_an_entry_that_has_neither_address_nor_text_is_no_candidate() -> None:
    """A title alone is nothing to read."""
    assert make_candidates([FeedItem(url=None, guid="7", title="t")], source_url=URL, source_host="h") == ()


def test_an_entry_without_an_address_is_known_by_its_guid() -> None:
    """Without a link the guid is the identity; without both what it says."""
    item = FeedItem(url=None, guid="7", title="t", text="x")
    other = FeedItem(url=None, title="t", text="x")
    a, b = make_candidates([item, other], source_url=URL, source_host="h")
    assert a.key != b.key
    assert make_candidates([replace(item, text="changed")], source_url=URL, source_host="h")[0].key == a.key


@pytest.mark.parametrize(
    ("fetched", "readable", "again"),
    [
        (answer(200, body=b"<p>x", media="text/html"), True, False),
        (answer(200, body=b"<p>x"), True, False),
        (answer(200, body=b"%PDF", media="application/pdf"), False, False),
        (answer(200, body=b"x", media="text/html", reserved="TDM-Reservation: 1"), False, False),
        (answer(200, body=b'<meta name="tdm-reservation" content="1">', media="text/html"), False, False),
        (
            answer(200, body=b'<meta content="noindex, follow" name="robots">', media="text/html"),
            False,
            False,
        ),
        (answer(200, body=b'<meta name="robots" content="noarchive">', media="text/html"), True, False),
        (answer(404), False, False),
        (answer(410), False, False),
        (answer(451), False, False),
        (answer(403), False, False),
        (answer(429), False, True),
        (answer(500), False, True),
        (answer(503, retry_after="60"), False, True),
        (Failure(kind="timeout", words="w"), False, True),
        (Failure(kind="robots", words="w"), False, False),
        (Failure(kind="blocked address", words="w"), False, False),
    ],
)
def test_what_comes_back_for_a_page(fetched: Fetched, readable: bool, again: bool) -> None:
    """Which answers are pages that may be read, and which are asked for again."""
    outcome = decide_candidate(candidate(), fetched, now=NOW)
    assert (outcome.page is not None, outcome.retry is not None) == (readable, again)
    assert outcome.words


def test_a_page_that_fails_for_a_while_is_given_up() -> None:
    """Three more tries, each later."""
    waits = [decide_candidate(candidate(tries=n), answer(500), now=NOW).retry for n in (1, 2, 3, 4)]
    assert waits == [300, 1800, 7200, None]


def test_an_article_that_leads_to_the_front_page_is_gone() -> None:
    """Many sites redirect what they took down to their home page; that is no text of the article."""
    home = Answer(status=200, url="https://courier.example/", body=b"<p>x", media="text/html")
    assert decide_candidate(candidate(), home, now=NOW).page is None


def test_a_date_in_the_future_says_nothing() -> None:
    """A feed's clock that runs ahead by more than a quarter of an hour dates no article."""
    assert usable_date("2026-03-03T12:10:00+00:00", now=NOW)
    assert usable_date("2026-03-03T12:20:00+00:00", now=NOW) is None
    assert usable_date("2026-03-03T20:10:00+09:00", now=NOW)
    assert usable_date("soon", now=NOW) is None


def test_the_feeds_own_text_is_labelled_as_such() -> None:
    """The stand-in has the feed's words, its date as evidence, and says where all of it came from."""
    text = "The council of Morkum decided on Tuesday to repair the bridge over the Lyre, the mayor said."
    article = article_of_entry(
        candidate(
            text=text,
            date="2026-03-03T09:00:00+05:00",
            author="Ada Merrin",
            source="The Wire",
            language="en-GB",
        ),
        now=NOW,
        words="the site does not let us read it",
    )
    assert article is not None
    assert (article.text, article.outlet, article.byline, article.language) == (
        text,
        "The Wire",
        ("Ada Merrin",),
        "en",
    )
    assert article.published.basis == ("feed",)
    assert (article.published.stated or "")[:10] == "2026-03-03"
    assert {f.name: f.where for f in article.found}["text"].startswith(
        "the feed's own text: the site does not"
    )
    assert article_of_entry(candidate(text="Too short."), now=NOW, words="w") is None
