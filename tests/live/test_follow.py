"""Following end to end, as a user runs it: `follow`, `run`, `sources`, a local server that plays outlets, a kill."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HARBOUR, ORCHARD
from tests.origin import Origin, Reply, open_origin, page, rss

from stemma.store import Store, open_store

SMALL = (
    "The town library of Morkum reopens on Monday after two years of repairs, its director Selma Quint said. The "
    "reading room was painted green and holds 120 seats.\n\nOn the first day entry is free."
)
ARTICLES = {
    "/news/harbour-bridge-closed": ("Harbour bridge closed", HARBOUR),
    "/news/frost-in-the-orchards": ("Frost in the orchards", ORCHARD),
    "/news/library-opens-again": ("Library opens again", SMALL),
}


@pytest.fixture
def origin() -> Iterator[Origin]:
    with open_origin() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def _environment(home: Path) -> dict[str, str]:
    return {
        **os.environ,
        "STEMMA_HOME": str(home),
        "STEMMA_LISTEN": "127.0.0.1:0",
        "STEMMA_ALLOW_NETWORKS": "127.0.0.0/8",
        "STEMMA_CONTACT": "https://stemma.example/bot",
    }


def stemma(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "stemma", *arguments],
        env=_environment(home),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


class Running:
    """`stemma run`, ready."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stemma", "run"],
            env=_environment(home),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        found = re.match(r"listening on (http://\S+)", line)
        assert found, line
        self.url = found[1]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=10) as reply:
            return str(reply.read().decode())

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(15)

    def kill(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@pytest.fixture
def run(home: Path) -> Iterator[Callable[[], Running]]:
    made: list[Running] = []

    def start() -> Running:
        made.append(Running(home))
        return made[-1]

    yield start
    for running in made:
        running.kill()


def _wait(store: Store, condition: Callable[[Store], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition(store):
        assert time.monotonic() < until, (
            f"not in time; {store.view_sources()}, {store.find_rejected(limit=9)}"
        )
        time.sleep(0.2)


def _sources(home: Path) -> list[dict[str, Any]]:
    done = stemma(home, "sources", "--json")
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_home_page_is_followed_to_stories_on_the_portal(
    origin: Origin, home: Path, run: Callable[[], Running]
) -> None:
    """From a home page's address to its articles on the front page: the feed is found, each article is there once, the
    health of the source is told, politeness is kept, and the stop is graceful."""
    origin.play_outlet("Ellsay Courier", ARTICLES)
    done = stemma(home, "follow", origin.url)
    assert done.returncode == 0, done.stderr
    assert "following: feed" in done.stdout
    running = run()
    store = open_store(home / "stemma.db")
    _wait(store, lambda s: s.count().articles == 3)
    _wait(store, lambda s: not s.find_stale().stories)
    front = running.get("/")
    assert "Harbour bridge closed" in front
    started = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - started < 10
    (source,) = _sources(home)
    assert list(source) == [
        "source", "title", "url", "kind", "state", "last_success", "next_visit", "articles", "problem",
    ]  # fmt: skip
    assert (source["title"], source["kind"], source["state"]) == ("Ellsay Courier", "feed", "ok")
    assert (source["articles"], source["problem"]) == (3, None)
    article = store.get_article(1)
    assert article.outlet == "Ellsay Courier"
    assert article.text
    assert article.published.stated == "2026-03-03T09:00:00+01:00"
    assert {a.headers["user-agent"] for a in origin.asked} == {"Stemma/0.1.0 (+https://stemma.example/bot)"}
    assert not any({"cookie", "referer"} & a.headers.keys() for a in origin.asked)
    served = [a for a in origin.asked if a.path in ARTICLES]
    assert len(served) == 3
    gaps = [b.at - a.ended for a, b in itertools.pairwise(served)]
    assert min(gaps) >= 0.9


def test_killed_again_and_again_nothing_is_lost_or_twice(
    origin: Origin, home: Path, run: Callable[[], Running]
) -> None:
    """`kill -9` in the middle: ready again within ten seconds each time, and in the end every article once."""
    articles = {
        f"/news/item-{n}-of-the-day": (
            f"Council item {n} decided",
            f"{SMALL}\n\nItem {n} of {n + 7} was decided.",
        )
        for n in range(8)
    }
    origin.play_outlet("Morkum Mail", articles)
    assert stemma(home, "follow", f"{origin.url}/feed").returncode == 0
    for _ in range(2):
        started = time.monotonic()
        running = run()
        assert time.monotonic() - started < 10
        time.sleep(4)
        running.kill()
    run()
    store = open_store(home / "stemma.db")
    _wait(store, lambda s: s.count().articles == 8)
    (source,) = store.view_sources()
    assert source.articles == 8
    assert store.count_due(now=store.load_sources()[0].status.next_visit) == 0


def test_what_may_not_be_fetched_is_told_in_the_feeds_own_words(
    origin: Origin, home: Path, run: Callable[[], Running]
) -> None:
    """A page that robots.txt or its owner's reservation keeps from us, or that is gone, is an article of the feed's own
    text, and says so; robots are heeded."""
    origin.plays["/robots.txt"] = Reply("User-agent: *\nDisallow: /closed/\n")
    addresses = ["/closed/one-two-three", "/reserved/one-two-three", "/gone/one-two-three"]
    texts = [SMALL, HARBOUR, ORCHARD]
    origin.plays["/feed"] = Reply(
        rss("Varde Post", [(origin.url + a, f"Title {a}", t) for a, t in zip(addresses, texts, strict=True)])
    )
    reserved = page("Varde Post", "Not for machines", HARBOUR)
    origin.plays[addresses[1]] = Reply(reserved.body, headers={**reserved.headers, "TDM-Reservation": "1"})
    origin.plays[addresses[0]] = page("Varde Post", "Closed", SMALL)
    assert stemma(home, "follow", f"{origin.url}/feed").returncode == 0
    run()
    store = open_store(home / "stemma.db")
    _wait(store, lambda s: s.count().articles == 3)
    assert addresses[0] not in origin.paths()
    for number in (1, 2, 3):
        article = store.get_article(number)
        where = dict(article.found)
        assert "the feed's own text" in where["text"]
        assert article.published.stated == "2026-03-03T09:00:00+01:00"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:9/", "no server answers"),
        ("http://nowhere.invalid/", "no server of that name"),
        ("ftp://127.0.0.1/x", "neither a file here nor an address"),
        ("just words", "neither a file here nor an address"),
        ("nowhere.opml", "no such file here"),
        ("http://10.0.0.1/", "private network"),
        ("http://[::1]:8040/", "private network"),
    ],
)
def test_a_wrong_address_is_said_in_plain_words(home: Path, address: str, words: str) -> None:
    """Nothing is followed, the reason is one line, the exit status 1."""
    done = stemma(home, "follow", address)
    assert done.returncode == 1
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert _sources(home) == []


def test_a_page_without_feed_and_list_is_said(origin: Origin, home: Path) -> None:
    """A site at which nothing can be followed is refused, with advice."""
    origin.plays["/"] = Reply("<html><body><p>Hello</p></body></html>", headers={"Content-Type": "text/html"})
    done = stemma(home, "follow", origin.url)
    assert done.returncode == 1
    assert "neither a feed nor a sitemap nor a list of articles" in done.stderr


def test_an_opml_file_is_followed_with_a_result_for_each(home: Path, tmp_path: Path) -> None:
    """Nested outlines are taken, private and other addresses refused, each once; and it comes out as OPML again."""
    path = tmp_path / "feeds.opml"
    path.write_text(
        '<opml version="2.0"><body><outline text="News"><outline text="A &amp; B" xmlUrl="http://a.example/rss"/>'
        '<outline text="twice" xmlUrl="http://a.example/rss"/><outline xmlUrl="file:///etc/passwd"/>'
        '<outline xmlUrl="http://192.168.1.1/feed"/><outline xmlUrl="http://0x0a000001/"/></outline></body></opml>'
    )
    done = stemma(home, "follow", str(path))
    assert done.returncode == 1
    assert done.stdout.count("following: feed") == 1
    assert done.stderr.count("private network") == 2
    assert done.stderr.count("no http or https address") == 1
    assert [(s["title"], s["url"], s["state"]) for s in _sources(home)] == [
        ("A & B", "http://a.example/rss", "new")
    ]
    again = stemma(home, "follow", str(path))
    assert "followed already" in again.stdout
    assert 'xmlUrl="http://a.example/rss"' in stemma(home, "export").stdout


def test_erasing_while_it_runs(origin: Origin, home: Path, run: Callable[[], Running]) -> None:
    """An outlet is withheld and erased while Stemma follows it: the running process does it, the command waits for it, no file
    holds a word any more, and the visits that follow bring nothing back."""
    origin.play_outlet("Ellsay Courier", ARTICLES)
    assert stemma(home, "follow", origin.url).returncode == 0
    running = run()
    store = open_store(home / "stemma.db")
    _wait(store, lambda s: s.count().articles == 3)
    word = b"gamble with lives"
    assert [p for p in home.iterdir() if word in p.read_bytes()]
    assert stemma(home, "withhold", "address", origin.url).returncode == 0
    assert "bridge" not in running.get("/")
    done = stemma(home, "erase")
    assert done.returncode == 0, done.stderr
    assert [p.name for p in home.iterdir() if word in p.read_bytes()] == []
    assert store.count().articles == 0
    store.close()
    assert running.stop() == 0
    assert [p.name for p in home.iterdir() if word in p.read_bytes()] == []


def test_an_address_without_a_scheme_is_tried_both_ways(origin: Origin, home: Path) -> None:
    """At a port that speaks no TLS the secure attempt fails, the other one follows: what was learnt of one scheme is not held
    against the other."""
    origin.play_outlet("Ellsay Courier", ARTICLES)
    done = stemma(home, "follow", f"127.0.0.1:{origin.port}/feed")
    assert done.returncode == 0, done.stderr
    assert "following: feed http://" in done.stdout
