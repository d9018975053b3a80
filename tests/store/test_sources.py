"""Sources and candidates in a real store: due times, leases, settling; backup and restore."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from stemma.errors import UsageError
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.store import Store, open_store
from stemma.store.backup import back_up, restore
from stemma.store.followed import (
    CandidateSettled,
    CandidatesFound,
    HostPaused,
    NewCandidate,
    NewSource,
    SourceVisited,
)
from stemma.types import Article, ArticleId

NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)


def follow(store: Store, n: int = 1, host: str = "a.example:443") -> int:
    new = NewSource(url=f"https://a.example/feed/{n}", kind="feed", host=host, title=f"Feed {n}", added=NOW)
    return store.add_source(new, interval=1800)[0]


def entry(n: int, host: str = "a.example:443", signature: str = "s") -> NewCandidate:
    return NewCandidate(
        key=f"https://a.example/{n}", url=f"https://a.example/{n}", host=host, signature=signature, title=f"T {n}",
        text="x", author=None, origin=None, language=None, date=None,
    )  # fmt: skip


def found(source: int, *entries: NewCandidate) -> CandidatesFound:
    return CandidatesFound(source=source, due=NOW, entries=entries, most_changes=1)


def test_an_address_is_followed_once(store: Store) -> None:
    """A second time it is known; a source that was stopped is taken up again."""
    number = follow(store)
    assert store.add_source(
        NewSource(url="https://a.example/feed/1", kind="feed", host="h", title=None, added=NOW), interval=1
    ) == (number, False)
    (source,) = store.load_sources()
    stopped = replace(source.status, state="stopped", problem="gone")
    store.apply([SourceVisited(number=number, host=source.host, status=stopped)])
    assert store.find_due_sources(now=LATER, busy=(), limit=9) == ()
    follow(store)
    assert store.load_sources()[0].status.state == "new"


def test_one_source_and_one_candidate_of_each_host_are_due_at_a_time(store: Store) -> None:
    """The longest due of each host that is not busy."""
    first, _ = follow(store), follow(store, 2)
    other = follow(store, 3, host="b.example:443")
    due = store.find_due_sources(now=NOW, busy=(), limit=9)
    assert [s.number for s in due] == [first, other]
    assert [s.number for s in store.find_due_sources(now=NOW, busy={"a.example:443"}, limit=9)] == [other]
    assert store.find_due_sources(now=NOW - timedelta(seconds=1), busy=(), limit=9) == ()
    store.apply([found(first, entry(1), entry(2), entry(3, "b.example:443"))])
    leased = store.lease_candidates(now=NOW, until=LATER, busy=(), limit=9)
    assert [c.entry.title for c in leased] == ["T 1", "T 3"]
    assert [c.entry.title for c in store.lease_candidates(now=NOW, until=LATER, busy=(), limit=9)] == ["T 2"]
    assert store.lease_candidates(now=NOW, until=LATER, busy=(), limit=9) == ()
    assert store.release_leases(now=NOW) == 3
    assert len(store.lease_candidates(now=NOW, until=LATER, busy=(), limit=9)) == 2


def test_a_known_candidate_is_fetched_again_only_when_its_feed_changed_it(store: Store) -> None:
    """The same entry again writes nothing; a changed one is due once more, so many times and not oftener."""
    source = follow(store)
    store.apply([found(source, entry(1))])
    settled = CandidateSettled(number=1, outcome="read", stood_in=False, digest=None, due=None)
    store.apply([settled, found(source, entry(1))])
    assert store.count_due(now=LATER) == 0
    store.apply([found(source, entry(1, signature="other"))])
    assert store.count_due(now=LATER) == 1
    store.apply([settled, found(source, entry(1, signature="third"))])
    assert store.count_due(now=LATER) == 0


def test_a_pause_holds_for_everything_of_a_host(store: Store) -> None:
    """Sources and candidates of the host wait; those of others do not; nothing is brought forward."""
    source, other = follow(store), follow(store, 2, host="b.example:443")
    store.apply(
        [found(source, entry(1), entry(2, "b.example:443")), HostPaused(host="a.example:443", until=LATER)]
    )
    assert [s.number for s in store.find_due_sources(now=NOW, busy=(), limit=9)] == [other]
    assert store.count_due(now=NOW) == 1
    assert store.count_due(now=LATER) == 2


def test_a_move_to_where_another_source_is_ends_in_words(store: Store) -> None:
    """Two sources never have one address."""
    first = follow(store)
    follow(store, 2)
    status = replace(store.load_sources()[0].status, url="https://a.example/feed/2")
    store.apply([SourceVisited(number=first, host="a.example:443", status=status)])
    view = store.view_sources()[0]
    assert (view.state, view.url, view.next_visit) == ("stopped", "https://a.example/feed/1", None)
    assert "followed already" in (view.problem or "")


def test_articles_are_counted_by_source_and_withheld_addresses_known(store: Store) -> None:
    """A settled candidate counts with its article; what is withheld is not fetched again."""
    source = follow(store)
    store.apply([found(source, entry(1), entry(2))])
    article = Article(
        id=ArticleId("x"), text="A text of some words. " * 9, title="T", url="https://a.example/1"
    )
    page = ReadPage(digest="d", name="x", url=article.url, fetched=None, read_at=NOW, outcome=article)
    settled = CandidateSettled(number=1, outcome="read", stood_in=False, digest="d", due=None)
    Newsroom(store).take([page], [settled])
    assert [v.articles for v in store.view_sources()] == [1]
    assert store.count_recent(since=NOW - timedelta(days=1)) == {source: 1}
    assert not store.is_withheld("https://a.example/1")
    store.deny("article", "1", reason="r", since=NOW)
    store.deny("address", "https://b.example/", reason="r", since=NOW)
    assert store.is_withheld("https://a.example/1")
    assert store.is_withheld("https://b.example/any")
    assert not store.is_withheld("https://a.example/2")
    store.allow("article", "1")
    assert store.remove_source(source)
    assert store.count().articles == 1


def test_what_is_withheld_comes_back_by_no_way(store: Store, tmp_path: Path) -> None:
    """An article, an outlet and an address on the deny list: fetched, read from an archive or reached by a redirect, nothing
    of them is kept, and each is counted as refused."""
    text = "A text of some words about the harbour of Port Ellsay. "

    def read(name: str, *, url: str, outlet: str = "A", words: str = text) -> ReadPage:
        article = Article(id=ArticleId(name), text=words * 9, title="T", url=url, outlet=outlet)
        return ReadPage(digest=name, name=name, url=url, fetched=None, read_at=NOW, outcome=article)

    Newsroom(store).take([read("first", url="https://a.example/1")])
    store.deny("article", "1", reason="r", since=NOW)
    store.deny("outlet", "The Leaver", reason="r", since=NOW)
    store.deny("address", "https://b.example/", reason="r", since=NOW)
    again = [
        read("changed", url="https://a.example/1?utm_source=feed", words="Another text of the harbour. "),
        read("elsewhere", url="https://c.example/1", outlet="The Leaver"),
        read("redirected", url="https://b.example/news/1"),
        read("other", url="https://d.example/1"),
    ]
    Newsroom(store).take(again)
    with sqlite3.connect(tmp_path / "stemma.db") as held:
        kept = [row[0] for row in held.execute("SELECT url FROM article ORDER BY id")]
        texts = held.execute("SELECT count(*) FROM revision").fetchone()
    assert kept == ["https://a.example/1", "https://d.example/1"]
    assert texts == (2,)
    assert {r.reason for r in store.find_rejected(limit=9)} == {"refused by rights"}


def test_an_article_withheld_since_the_copy_stays_away_where_the_copy_has_it_not(
    store: Store, tmp_path: Path
) -> None:
    """The entry goes by its address into the restored store, so that the next crawl does not bring it back."""
    copy, path = tmp_path / "copy.db", tmp_path / "stemma.db"
    back_up(path, copy)
    url = "https://a.example/1"
    article = Article(id=ArticleId("x"), text="A text of some words. " * 9, title="T", url=url)
    page = ReadPage(digest="d", name="x", url=url, fetched=None, read_at=NOW, outcome=article)
    Newsroom(store).take([page])
    store.deny("article", "1", reason="r", since=NOW)
    store.close()
    restore(copy, path)
    restored = open_store(path)
    Newsroom(restored).take([page])
    assert restored.count_articles() == 0
    restored.close()


def test_a_copy_is_of_one_moment_and_restored_with_what_was_withheld_since(
    store: Store, tmp_path: Path
) -> None:
    """What was kept comes back; an entry of the deny list made after the copy holds; the old file stays."""
    article = Article(
        id=ArticleId("x"), text="A text of some words. " * 9, title="T", url="https://a.example/1"
    )
    page = ReadPage(digest="d", name="x", url=article.url, fetched=None, read_at=NOW, outcome=article)
    Newsroom(store).take([page])
    copy, path = tmp_path / "copy.db", tmp_path / "stemma.db"
    assert back_up(path, copy) > 0
    with pytest.raises(UsageError):
        back_up(path, copy)
    store.deny("article", "1", reason="r", since=NOW)
    follow(store)
    store.close()
    before = restore(copy, path)
    assert before is not None
    assert before.exists()
    restored = open_store(path)
    assert restored.load_sources() == ()
    assert restored.is_withheld("https://a.example/1")
    assert restored.search("words", limit=5) == ()
    restored.close()
    with pytest.raises(UsageError):
        restore(tmp_path / "nothing.db", path)
    (tmp_path / "no.db").write_bytes(b"")
    with pytest.raises(UsageError):
        restore(tmp_path / "no.db", path)
