"""Hosts that drip, stall and never end, and feeds of thousands of entries: they cost themselves and hold nobody else up."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace

import pytest
from tests.origin import Origin, Reply, open_origin, rss

from stemma.acquire import fetch
from stemma.acquire.clock import WallClock
from stemma.acquire.fetch import Fetcher
from stemma.newsroom.following import Arrivals, Follower
from stemma.newsroom.parsing import DocumentReader
from stemma.store import Store
from stemma.store.followed import NewSource, SourceVisited

_ALLOW = (ipaddress.ip_network("127.0.0.0/8"),)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"


def _play_header_drip(peer: socket.socket, ended: threading.Event) -> None:
    for byte in _HEAD * 9:
        peer.sendall(bytes([byte]))
        if ended.wait(0.2):
            return


def _play_no_end(peer: socket.socket, ended: threading.Event) -> None:
    peer.sendall(_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
    while not ended.wait(0.1):
        peer.sendall(b"5\r\n<rss>\r\n")


def _play_silence(peer: socket.socket, ended: threading.Event) -> None:
    peer.recv(4096)
    ended.wait(60)


def _play_continue(peer: socket.socket, ended: threading.Event) -> None:
    while not ended.wait(0.1):
        peer.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


_PLAYS: tuple[Callable[[socket.socket, threading.Event], None], ...] = (
    _play_header_drip, _play_no_end, _play_silence, _play_continue,
)  # fmt: skip


@contextmanager
def _open_stalling(hosts: Sequence[str]) -> Iterator[list[str]]:
    """One server a host that answers robots.txt soundly and then stalls, each in another way; gives the feeds' addresses."""
    ended = threading.Event()

    def serve(listener: socket.socket, number: int) -> None:
        while not ended.is_set():
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=answer, args=(peer, number), daemon=True).start()

    def answer(peer: socket.socket, number: int) -> None:
        with closing(peer):
            try:
                if b"/robots.txt" in peer.recv(4096):
                    peer.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                else:
                    _PLAYS[number % len(_PLAYS)](peer, ended)
            except OSError:
                return

    with ExitStack() as stack:
        addresses = []
        for number, host in enumerate(hosts):
            listener = stack.enter_context(closing(socket.create_server((host, 0))))
            threading.Thread(target=serve, args=(listener, number), daemon=True).start()
            addresses.append(f"http://{host}:{listener.getsockname()[1]}/feed")
        yield addresses
        ended.set()


def _count_sockets() -> int:
    """Open sockets of this process; 0 where the system does not tell."""
    if not os.path.isdir("/proc/self/fd"):
        return 0
    count = 0
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            count += os.readlink(f"/proc/self/fd/{name}").startswith("socket:")
    return count


def _add(store: Store, url: str, *, failing: bool = False) -> int:
    host, now = url.split("/")[2], WallClock().now()
    number, _ = store.add_source(
        NewSource(url=url, kind="feed", host=host, title=None, added=now), interval=600
    )
    if failing:
        (source,) = (s for s in store.load_sources() if s.number == number)
        status = replace(source.status, state="failing", failures=1, failing_since=now)
        store.apply([SourceVisited(number=number, host=host, status=status)])
    return number


def _follow(store: Store, until: Callable[[], bool], *, parallel: int, seconds: float = 60.0) -> float:
    """Follows until something holds; gives how many seconds that took."""
    # No room for pages: sources alone are visited here.
    arrivals, stop, started = Arrivals(0), threading.Event(), time.monotonic()

    async def run() -> None:
        clock = WallClock()
        async with (
            Fetcher(agent="Stemma/test", allow=_ALLOW, clock=clock, pause=0.0) as fetcher,
            DocumentReader(patience=300.0) as reader,  # the limit is on computing: the machine may be busy
        ):
            follower = Follower(
                store=store, fetcher=fetcher, reader=reader, arrivals=arrivals, clock=clock, parallel=parallel
            )
            task = asyncio.create_task(follower.run(stop))
            while not until() and not task.done() and time.monotonic() - started < seconds:
                await asyncio.sleep(0.05)
            stop.set()
            await task

    asyncio.run(run())
    assert until()
    return time.monotonic() - started


def _states(store: Store, numbers: Sequence[int]) -> set[str]:
    return {view.state for view in store.view_sources() if view.source in numbers}


def test_hosts_that_stall_hold_nobody_else_up(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty hosts that failed before and stall again, in four ways, are due before twelve sound ones; with eight turns at once
    the sound ones are visited while the others still hold theirs, since these get two turns of the eight."""
    monkeypatch.setattr(fetch, "DEADLINE", 8.0)
    stalling = [f"127.0.2.{n}" for n in range(1, 31)]
    with _open_stalling(stalling) as addresses, ExitStack() as stack:
        slow = [_add(store, a, failing=True) for a in addresses]
        sound = []
        for n in range(12):
            origin = stack.enter_context(open_origin(f"127.0.3.{n + 1}"))
            origin.plays["/feed"] = Reply(rss(f"Paper {n}", []))
            sound.append(_add(store, f"{origin.url}/feed"))
        _follow(store, lambda: _states(store, sound) == {"ok"}, parallel=8)
        visited = [s for s in store.load_sources() if s.number in slow and s.status.failures > 1]
        assert len(visited) <= 8  # in three quarters of the turns they would all have been asked


def test_each_way_of_stalling_ends_at_the_deadline(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers byte by byte, a body without end, silence, and 100 Continue for ever: each fails in words, and no connection is
    left open."""
    monkeypatch.setattr(fetch, "DEADLINE", 1.0)
    before = _count_sockets()
    with _open_stalling([f"127.0.4.{n}" for n in range(1, 9)]) as addresses:
        numbers = [_add(store, a) for a in addresses]
        _follow(store, lambda: _states(store, numbers) == {"failing"}, parallel=4)
        problems = {v.problem for v in store.view_sources()}
        assert problems == {"no complete answer within 1 seconds"}
    # The servers' own ends close in threads of this process, some of them later.
    limit = time.monotonic() + 30
    while _count_sockets() > before and time.monotonic() < limit:
        time.sleep(0.1)
    assert _count_sockets() <= before


def _candidates(store: Store) -> list[tuple[object, ...]]:
    with store._reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM candidate ORDER BY id")]


@pytest.fixture
def origin() -> Iterator[Origin]:
    with open_origin("127.0.0.9") as made:
        yield made


def _visit_again(store: Store) -> None:
    (source,) = store.load_sources()
    status = replace(source.status, next_visit=WallClock().now(), etag=None, last_modified=None)
    store.apply([SourceVisited(number=source.number, host=source.host, status=status)])


def test_ten_thousand_entries_are_taken_once(origin: Origin, store: Store) -> None:
    """A feed of ten thousand entries is taken within its limit of time; the same entries in other bytes change no row of what it
    has."""
    pages = "http://127.0.0.8:9"
    items = [(f"{pages}/news/{n}", f"Council item {n} decided", "") for n in range(10_000)]
    origin.plays["/feed"] = lambda asked: Reply(rss("Big", items) + f"<!-- {len(origin.asked)} -->")
    _add(store, f"{origin.url}/feed")

    def visits() -> int:
        return store.load_sources()[0].status.visits

    _follow(store, lambda: visits() == 1, parallel=4, seconds=400)
    first = _candidates(store)
    assert len(first) == 10_000
    _visit_again(store)
    _follow(store, lambda: visits() == 2, parallel=4, seconds=400)
    assert _candidates(store) == first


def test_fifty_articles_stay_fifty_over_changing_guids(origin: Origin, store: Store) -> None:
    """Three visits to a feed that gives each entry another guid and tracking parameter every time, and to one whose entries all
    have one guid: fifty candidates each."""

    def churning(asked: object) -> Reply:
        turn = len(origin.asked)
        items = "".join(
            f"<item><title>Entry number {n}</title><link>http://127.0.0.8:9/news/{n}?utm_source=v{turn}</link>"
            f"<guid isPermaLink='false'>{turn}-{n}</guid></item>"
            for n in range(50)
        )
        return Reply(f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>")

    origin.plays["/feed"] = churning
    _add(store, f"{origin.url}/feed")
    for count in (1, 2, 3):
        if count > 1:
            _visit_again(store)
        _follow(store, lambda count=count: store.load_sources()[0].status.visits == count, parallel=4)  # type: ignore[misc]
        assert len(_candidates(store)) == 50
