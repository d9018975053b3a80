"""No connection to what is not public, by whichever way an address comes in: typed, in a list, on a home page, in robots.txt, a
sitemap, a feed, or at the end of a redirect. What is counted are connections that are about to be opened.

`STEMMA_PRIVATE_HOSTS=FILE` takes the hosts of a JSON file (`[{"host", "expect": "block" or "allow"}]`) in place of those here.
"""

from __future__ import annotations

import asyncio
import html
import ipaddress
import json
import os
import threading
from asyncio import selector_events
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.origin import Origin, Reply, open_origin

from stemma.acquire.catalogue import CatalogueFeed
from stemma.acquire.clock import WallClock
from stemma.acquire.fetch import Fetcher
from stemma.newsroom.enrolling import enrol, enrol_catalogue
from stemma.newsroom.following import Arrivals, Follower
from stemma.newsroom.parsing import DocumentReader
from stemma.store import Store
from stemma.store.followed import NewSource

PRIVATE = (
    "127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "①②⑦。⓪。⓪。①", "[::1]", "[::]", "0", "[::ffff:7f00:1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::1]", "10.1", "0xa000001", "192.168.0.1", "172.16.0.1", "169.254.169.254",
    "2852039166", "[fe80::1]", "[fc00::1]", "100.64.0.1", "224.0.0.1", "255.255.255.255", "localhost", "localhost.", "sub.localhost",
)  # fmt: skip
PUBLIC = ("93.184.216.34", "172.32.0.1", "198.17.255.255", "[2606:4700:4700::1111]")
_ALLOW = (ipaddress.ip_network("127.0.0.2/32"),)


def _hosts() -> tuple[list[str], list[str]]:
    given = os.environ.get("STEMMA_PRIVATE_HOSTS")
    if not given:
        return list(PRIVATE), list(PUBLIC)
    rows = json.loads(Path(given).read_text(encoding="utf-8"))
    return [r["host"] for r in rows if r["expect"] == "block"], [
        r["host"] for r in rows if r["expect"] == "allow"
    ]


BLOCKED, ALLOWED = _hosts()


@pytest.fixture
def origin() -> Iterator[Origin]:
    with open_origin("127.0.0.2") as made:
        yield made


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Hosts to which a connection is about to be opened. Only those to the origin are."""
    seen: list[str] = []
    real: Callable[..., Any] = selector_events.BaseSelectorEventLoop.sock_connect

    async def connect(loop: Any, sock: Any, address: Any) -> Any:
        seen.append(str(address[0]))
        if address[0] == "127.0.0.2":
            return await real(loop, sock, address)
        raise ConnectionRefusedError("not in a test")

    monkeypatch.setattr(selector_events.BaseSelectorEventLoop, "sock_connect", connect)
    return seen


def _follow(store: Store, seconds: float = 60.0) -> None:
    """Visits and fetches until nothing is due."""
    arrivals, stop = Arrivals(), threading.Event()

    async def run() -> None:
        clock = WallClock()
        async with (
            Fetcher(agent="Stemma/test", allow=_ALLOW, clock=clock, pause=0.0) as fetcher,
            DocumentReader() as reader,
        ):
            follower = Follower(store=store, fetcher=fetcher, reader=reader, arrivals=arrivals, clock=clock)
            task = asyncio.create_task(follower.run(stop))
            quiet = 0
            while quiet < 8 and not task.done():
                await asyncio.sleep(0.1)
                while arrivals.take(most=99, wait=0.0):
                    pass
                now = clock.now()
                busy = follower._tasks or store.count_due(now=now)
                busy = busy or store.find_due_sources(now=now, busy=(), limit=1)
                quiet = 0 if busy else quiet + 1
            stop.set()
            await task

    asyncio.run(asyncio.wait_for(run(), seconds * max(1, len(BLOCKED) // 20)))


def _enrol(store: Store, *addresses: str) -> list[tuple[str, str]]:
    async def run() -> list[tuple[str, str]]:
        found = enrol(addresses, store=store, agent="Stemma/test", allow=_ALLOW)
        return [(e.result, e.words) async for e in found]

    return asyncio.run(run())


def _watch(store: Store, origin: Origin, *paths: str) -> None:
    """Sources that are looked at when their turn comes, as `stemma follow` keeps what failed for a while."""
    host = origin.url.partition("://")[2]
    for path in paths:
        now = WallClock().now()
        source = NewSource(url=origin.url + path, kind="site", host=host, title=None, added=now)
        store.add_source(source, interval=600)


def _feed(links: list[str]) -> Reply:
    items = "".join(
        f"<item><title>Entry {n} of the feed</title><link>{html.escape(a)}</link></item>"
        for n, a in enumerate(links)
    )
    return Reply(
        f"<rss version='2.0'><channel><title>Outlet</title>{items}</channel></rss>",
        headers={"Content-Type": "application/rss+xml"},
    )


def _addresses(path: str = "/feed", hosts: list[str] = BLOCKED) -> list[str]:
    return [f"http://{host}{path}" for host in hosts]


def _strangers(connected: list[str]) -> set[str]:
    return {host for host in connected if host != "127.0.0.2"}


def test_typed_listed_and_of_the_catalogue(store: Store, tmp_path: Path, connected: list[str]) -> None:
    """`stemma follow` of an address, of a file with a list, and of the built-in list: each is refused or fails in words."""
    results = _enrol(store, *_addresses())
    assert len(results) == len(BLOCKED)
    assert {result for result, _ in results} <= {"refused", "waiting"}
    assert [words for _, words in results if not words] == []
    outlines = "".join(
        f'<outline type="rss" xmlUrl="{html.escape(a)}"/>'
        for a in [*_addresses("/opml"), "file:///etc/passwd"]
    )
    path = tmp_path / "list.opml"
    path.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    _enrol(store, str(path))
    feeds = [
        CatalogueFeed(url=a, title="x", region="europe", country="DE", language="de")
        for a in _addresses("/catalogue")
    ]
    enrol_catalogue(feeds, store=store)
    _follow(store)
    assert _strangers(connected) == set()
    assert not [view for view in store.view_sources() if view.state == "ok"]


def test_named_by_what_an_outlet_serves(origin: Origin, store: Store, connected: list[str]) -> None:
    """Feeds that a home page declares and links, the sitemaps of robots.txt, the addresses and the children of a sitemap, and the
    entries of a feed: the outlet itself is read, and nobody else is asked."""
    declared = [
        f'<link rel="alternate" type="application/rss+xml" title="F{n}" href="{html.escape(a)}">'
        for n, a in enumerate(_addresses("/rss"))
    ]
    linked = "".join(f'<a href="{html.escape(a)}">feed</a>' for a in _addresses("/feed"))
    homes = range(0, len(declared), 5)
    for at in homes:
        origin.plays[f"/home{at}"] = Reply(
            f"<html><head>{''.join(declared[at : at + 5])}</head><body>{linked}</body></html>",
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
    maps = "".join(f"Sitemap: {a}\n" for a in _addresses("/sitemap.xml"))
    origin.plays["/robots.txt"] = Reply(f"User-agent: *\nAllow: /\n{maps}")
    locs = "".join(f"<url><loc>{html.escape(a)}</loc></url>" for a in _addresses("/article-1-2-3"))
    origin.plays["/sitemap.xml"] = Reply(f"<urlset>{locs}<url><loc>{origin.url}/a-b-c-d</loc></url></urlset>")
    children = "".join(f"<sitemap><loc>{html.escape(a)}</loc></sitemap>" for a in _addresses("/s.xml"))
    origin.plays["/index.xml"] = Reply(f"<sitemapindex>{children}</sitemapindex>")
    origin.plays["/feed-of-links"] = _feed(_addresses("/news/one-two-three"))
    _watch(store, origin, *(f"/home{at}" for at in homes), "/sitemap.xml", "/index.xml", "/feed-of-links")
    _follow(store)
    assert "/feed-of-links" in origin.paths()
    assert _strangers(connected) == set()


def test_at_the_end_of_a_redirect(store: Store, connected: list[str]) -> None:
    """A feed, an article's page, robots.txt and tdmrep.json that lead to such an address, each by another kind of redirect:
    the way ends there."""
    kinds = (301, 302, 303, 307, 308)
    with open_origin("127.0.0.2") as origin:
        origin.plays["/robots.txt"] = Reply("User-agent: *\nAllow: /\n")
        pages = []
        for n, address in enumerate(_addresses("/secret")):
            leading = Reply(status=kinds[n % 5], headers={"Location": address})
            origin.plays[f"/moved/{n}"] = origin.plays[f"/news/page-{n}-of-many"] = leading
            pages.append(f"{origin.url}/news/page-{n}-of-many")
        origin.plays["/feed"] = _feed(pages)
        _watch(store, origin, "/feed", *(f"/moved/{n}" for n in range(len(BLOCKED))))
        _follow(store)
        assert f"/news/page-{len(BLOCKED) - 1}-of-many" in origin.paths()
    with open_origin("127.0.0.2") as origin:
        for place in ("/robots.txt", "/.well-known/tdmrep.json"):
            for address in _addresses("/secret"):
                origin.plays = {place: Reply(status=302, headers={"Location": address})}
                asyncio.run(_ask(origin.url))
        assert len(origin.asked) >= 3 * len(BLOCKED)
    assert _strangers(connected) == set()


async def _ask(url: str) -> None:
    """What is asked of a site before its pages, by somebody who knows nothing of it yet."""
    async with Fetcher(agent="Stemma/test", allow=_ALLOW, pause=0.0) as fetcher:
        await fetcher.find_rules(f"{url}/x")
        await fetcher.find_reservation(f"{url}/x")


def test_public_addresses_pass_the_gate(store: Store, connected: list[str]) -> None:
    """The neighbours of private networks are tried: the gate does not refuse more than it has to."""
    _enrol(store, *_addresses(hosts=ALLOWED))
    tried = {str(ipaddress.ip_address(host)) for host in _strangers(connected)}
    assert tried == {str(ipaddress.ip_address(host.strip("[]"))) for host in ALLOWED}
