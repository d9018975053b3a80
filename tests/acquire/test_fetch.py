"""Fetching against a real server on this machine: limits, redirects, politeness, refusals. Nothing leaves this machine."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import time
import zlib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.origin import Origin, Reply, open_origin

from stemma.acquire import fetch
from stemma.acquire.answers import Answer, Failure, Fetched
from stemma.acquire.fetch import Fetcher

LOOPBACK = ipaddress.ip_network("127.0.0.0/8")


@pytest.fixture
def origin() -> Iterator[Origin]:
    with open_origin() as made:
        yield made


def get(*addresses: str, pause: float = 0.0, allow: bool = True, limit: int = 1_000_000) -> list[Fetched]:
    """Fetches one after the other with one fetcher."""

    async def run() -> list[Fetched]:
        networks = [LOOPBACK] if allow else []
        async with Fetcher(agent="Stemma/test", allow=networks, pause=pause) as fetcher:
            return [await fetcher.fetch(address, limit=limit) for address in addresses]

    return asyncio.run(run())


def kind_of(fetched: Fetched) -> str:
    return fetched.kind if isinstance(fetched, Failure) else str(fetched.status)


def test_nothing_private_is_connected_to(origin: Origin) -> None:
    """Without an allowed network this machine is refused in every spelling, and the server sees no request."""
    spellings = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0x7f.1", "127.1", "0177.0.0.1"]
    for spelling in spellings:
        (got,) = get(f"http://{spelling}:{origin.port}/", allow=False)
        assert kind_of(got) in ("blocked address", "not an address"), spelling
    assert origin.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://[::1]:1/", "file:///etc/passwd", "gopher://x/", "ftp://127.0.0.1/"]
)
def test_a_redirect_to_what_is_not_public_is_refused(origin: Origin, status: int, target: str) -> None:
    """Each hop passes the gate like an address of its own; other schemes are no hop at all."""
    origin.plays["/a"] = Reply(status=status, headers={"Location": target})
    (got,) = get(f"{origin.url}/a")
    assert kind_of(got) == "blocked redirect"


def test_loops_and_long_chains_of_redirects_end(origin: Origin) -> None:
    """After ten hops it is enough; the server was asked eleven times."""
    origin.plays["/loop"] = Reply(status=302, headers={"Location": "/loop", "Set-Cookie": "a=b"})
    (got,) = get(f"{origin.url}/loop")
    assert kind_of(got) == "too many redirects"
    assert origin.paths().count("/loop") == 11
    assert not any("cookie" in asked.headers for asked in origin.asked)


def test_credentials_do_not_cross_to_another_origin(origin: Origin) -> None:
    """A password in an address is sent to that origin alone."""
    with open_origin("127.0.0.2") as other:
        origin.plays["/feed"] = Reply(status=302, headers={"Location": f"{other.url}/feed"})
        other.plays["/feed"] = Reply("there")
        (got,) = get(f"http://user:secret@127.0.0.1:{origin.port}/feed")
        assert kind_of(got) == "200"
        assert not any("authorization" in asked.headers for asked in other.asked)
    assert any("authorization" in asked.headers for asked in origin.asked)


def test_a_permanent_move_is_told_and_a_passing_one_is_not(origin: Origin) -> None:
    """301 and 308 at the start of the way say where the source has moved; a 302 before them says nothing."""
    origin.plays |= {
        "/old": Reply(status=301, headers={"Location": "/new"}),
        "/for-now": Reply(status=302, headers={"Location": "/old"}),
        "/new": Reply("here"),
    }
    moved, passing = get(f"{origin.url}/old", f"{origin.url}/for-now")
    assert isinstance(moved, Answer)
    assert moved.moved_to == f"{origin.url}/new"
    assert isinstance(passing, Answer)
    assert passing.moved_to is None
    assert passing.url == f"{origin.url}/new"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "raw"])
def test_bombs_stop_at_the_limit(origin: Origin, encoding: str) -> None:
    """A body that unpacks to 200 MB is cut off when the limit is passed, whatever the encoding."""
    body = bytes(200_000_000)
    if encoding == "gzip":
        packed = gzip.compress(body, 1)
    else:
        packer = zlib.compressobj(1, wbits=15 if encoding == "deflate" else -15)
        packed = packer.compress(body) + packer.flush()
    origin.plays["/bomb"] = Reply(
        packed, headers={"Content-Encoding": "deflate" if encoding == "raw" else encoding}
    )
    started = time.process_time()
    (got,) = get(f"{origin.url}/bomb")
    assert kind_of(got) == "too large"
    assert time.process_time() - started < 2


def test_honest_encodings_are_read_and_others_refused(origin: Origin) -> None:
    """gzip of several members and both forms of deflate give the body; what was not asked for is no body."""
    raw = zlib.compressobj(wbits=-15)
    origin.plays |= {
        "/gzip": Reply(gzip.compress(b"one ") + gzip.compress(b"two"), headers={"Content-Encoding": "gzip"}),
        "/deflate": Reply(zlib.compress(b"one two"), headers={"Content-Encoding": "deflate"}),
        "/raw": Reply(raw.compress(b"one two") + raw.flush(), headers={"Content-Encoding": "deflate"}),
        "/br": Reply(b"\x0b\x02\x80", headers={"Content-Encoding": "br"}),
        "/lie": Reply(b"plain", headers={"Content-Encoding": "gzip"}),
        "/cut": Reply(gzip.compress(b"one two" * 99)[:-12], headers={"Content-Encoding": "gzip"}),
    }
    got = get(*(f"{origin.url}/{name}" for name in ("gzip", "deflate", "raw", "br", "lie", "cut")))
    assert [a.body for a in got[:3] if isinstance(a, Answer)] == [b"one two"] * 3
    assert [kind_of(a) for a in got[3:]] == ["unknown encoding"] * 3


def test_a_body_without_end_or_of_any_declared_length_is_cut(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limit counts what comes in, not what was promised."""
    monkeypatch.setattr(fetch, "DEADLINE", 2.0)
    origin.plays["/long"] = Reply(b"x" * 3_000_000)
    origin.plays["/promised"] = Reply(b"x", headers={"Content-Length": "10000000000"})
    long, promised = get(f"{origin.url}/long", f"{origin.url}/promised")
    assert kind_of(long) == "too large"
    assert kind_of(promised) in ("broken answer", "timeout")


def test_a_drip_meets_the_deadline(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    """One byte a second is given up after the deadline of the whole request."""
    monkeypatch.setattr(fetch, "DEADLINE", 1.0)
    origin.plays["/drip"] = Reply(b"x" * 5, drip=True)
    started = time.monotonic()
    (got,) = get(f"{origin.url}/drip")
    assert kind_of(got) == "timeout"
    assert time.monotonic() - started < 4


def test_one_host_gets_one_request_at_a_time_with_a_pause(origin: Origin) -> None:
    """Five requests at once to one host come one after the other, each a pause after the one before."""
    origin.plays |= {f"/{n}": Reply("x") for n in range(5)}

    async def run() -> None:
        async with Fetcher(agent="Stemma/test", allow=[LOOPBACK], pause=0.2) as fetcher:
            await asyncio.gather(*(fetcher.fetch(f"{origin.url}/{n}") for n in range(5)))

    asyncio.run(run())
    assert len(origin.asked) == 6  # robots.txt once
    assert all(b.at - a.ended >= 0.15 for a, b in pairwise(origin.asked))


@pytest.mark.parametrize(
    ("robots", "expected"),
    [
        (Reply("User-agent: *\nDisallow: /"), "robots"),
        (Reply("User-agent: Stemma\nDisallow: /"), "robots"),
        (Reply("User-agent: *\nDisallow: /\n\nUser-agent: stemma\nAllow: /"), "200"),
        (Reply("User-agent: *\nDisallow: /other"), "200"),
        (Reply("\ufeffUser-agent: *\nDisallow: /"), "robots"),
        (Reply("<html><body>welcome</body></html>"), "200"),
        (Reply(b"#" + b" " * 600_000 + b"\nUser-agent: *\nDisallow: /"), "200"),
        (Reply("no", 404), "200"),
        (Reply("no", 401), "200"),
        (Reply("no", 403), "200"),
        (Reply("no", 429), "robots unreachable"),
        (Reply("no", 500), "robots unreachable"),
        (Reply("no", 503), "robots unreachable"),
        (Reply(status=302, headers={"Location": "/robots.txt"}), "200"),
        (Reply(status=302, headers={"Location": "/elsewhere"}), "robots"),
    ],
)
def test_robots_rules_and_what_follows_where_they_cannot_be_had(
    origin: Origin, robots: Reply, expected: str
) -> None:
    """Rules are heeded; 4xx means no rules; 5xx and 429 mean nothing is read (RFC 9309, section 2.3.1)."""
    origin.plays |= {
        "/robots.txt": robots,
        "/page": Reply("x"),
        "/elsewhere": Reply("User-agent: *\nDisallow: /page"),
    }
    first, second = get(f"{origin.url}/page", f"{origin.url}/page")
    assert kind_of(first) == kind_of(second) == expected
    asked = origin.paths()
    assert asked.count("/page") == (2 if expected == "200" else 0)
    assert asked.count("/elsewhere") <= 1  # kept, not asked for again


def test_conditional_requests_and_headers_that_come_back(origin: Origin) -> None:
    """ETag and date are handed on as they came; 304 has no body; headers nobody would write are dropped."""
    origin.plays["/feed"] = lambda asked: (
        Reply(b"", 304, {"ETag": 'W/"1"'})
        if asked.headers.get("if-none-match") == 'W/"1"'
        else Reply("body", headers={"ETag": 'W/"1"', "Last-Modified": "Tue, 03 Mar 2026 09:00:00 GMT"})
    )
    origin.plays["/odd"] = Reply("body", headers={"ETag": "x" * 5000})

    async def run() -> tuple[Fetched, Fetched, Fetched]:
        async with Fetcher(agent="Stemma/test", allow=[LOOPBACK], pause=0) as fetcher:
            first = await fetcher.fetch(f"{origin.url}/feed")
            assert isinstance(first, Answer)
            again = await fetcher.fetch(
                f"{origin.url}/feed", etag=first.etag, last_modified=first.last_modified
            )
            return first, again, await fetcher.fetch(f"{origin.url}/odd")

    first, again, odd = asyncio.run(run())
    assert isinstance(first, Answer)
    assert first.last_modified == "Tue, 03 Mar 2026 09:00:00 GMT"
    assert isinstance(again, Answer)
    assert (again.status, again.body) == (304, b"")
    assert isinstance(odd, Answer)
    assert odd.etag is None


def test_a_closed_host_is_not_asked(origin: Origin) -> None:
    """After a 429 the whole host is left alone, and says so without a request."""
    origin.plays["/a"] = Reply("x")

    async def run() -> Fetched:
        async with Fetcher(agent="Stemma/test", allow=[LOOPBACK], pause=0) as fetcher:
            await fetcher.fetch(f"{origin.url}/a")
            fetcher.close_host(f"{origin.url}/b", seconds=60)
            assert fetcher.find_resting() == [f"127.0.0.1:{origin.port}"]
            return await fetcher.fetch(f"{origin.url}/a")

    got = asyncio.run(run())
    assert isinstance(got, Failure)
    assert got.kind == "host waits"
    assert got.wait is not None
    assert 50 < got.wait <= 60
    assert origin.paths().count("/a") == 1
