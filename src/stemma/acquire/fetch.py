"""Fetching, politely: one request at a time to each host with a pause, robots.txt first, every connection past the gate.

Redirects are followed here and not by the library, so that each hop is checked like an address of its own and credentials
never go to another origin. Gives `Answer` or `Failure` and raises nothing for what a server does. Interprets no body.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from urllib.parse import urldefrag, urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from stemma.acquire.answers import (
    Answer,
    Failure,
    Fetched,
    find_reservation,
    parse_max_age,
    parse_media,
)
from stemma.acquire.clock import Clock, WallClock
from stemma.acquire.decoding import Decoder, EncodingError, TooLargeError
from stemma.acquire.faults import explain_fault
from stemma.acquire.gate import open_connector
from stemma.acquire.reserving import PLACE, Reservations, decide_reservations
from stemma.acquire.robots import Rules, decide_rules
from stemma.config import Network

MAX_FEED = 5_000_000
MAX_PAGE = 10_000_000
"""Bytes after decompression that are read of a feed and of a page."""
DEADLINE = 30.0
"""Seconds for one request with all its redirects, waiting for the host's turn left out."""
PAUSE = 1.0
"""Seconds between two requests to one host."""
MOST_HOPS = 10
_MAX_ROBOTS = 2_000_000
_PERMANENT = frozenset({301, 308})
_REDIRECTS = _PERMANENT | {302, 303, 307}
_CHUNK = 1 << 16
_MOST_LANES = 20_000


@dataclass(slots=True)
class _Lane:
    """One host: who is being served, and when the next may go."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    closed_until: float = 0.0
    # By scheme (RFC 9309, section 2.3), each with the time until which it is kept.
    rules: dict[str, tuple[Rules, float]] = field(default_factory=dict)
    rules_lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    reservations: dict[str, tuple[Reservations, float]] = field(default_factory=dict)
    reservations_lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    answer: Answer
    location: str | None


class Fetcher:
    """All requests of one program; use as an async context manager."""

    def __init__(
        self,
        *,
        agent: str,
        allow: Sequence[Network] = (),
        clock: Clock | None = None,
        pause: float = PAUSE,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._agent = agent
        self._allow = allow
        self._clock = clock or WallClock()
        self._pause = pause
        self._resolver = resolver
        self._lanes: dict[str, _Lane] = {}

    async def __aenter__(self) -> Fetcher:
        connector = open_connector(
            allow=self._allow, limit=0, keepalive_timeout=3, resolver=self._resolver, ttl_dns_cache=60
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._agent, "Accept-Encoding": "gzip, deflate"},
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(total=None),
            trust_env=False,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def fetch(
        self,
        address: str,
        *,
        limit: int = MAX_FEED,
        etag: str | None = None,
        last_modified: str | None = None,
        heed_robots: bool = True,
    ) -> Fetched:
        """One address with its redirects, each hop where robots.txt allows it. `limit` in bytes after decompression."""
        headers = {}
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        moved_to: str | None = None
        at, left, permanent = address, DEADLINE, True
        for hop_number in range(MOST_HOPS + 1):
            hopped = hop_number > 0
            if _authority(at) is None:
                return _no_address(at, hopped=hopped)
            if heed_robots and (refused := await self._check_robots(at)) is not None:
                return _on_hop(refused, at) if hopped else refused
            started = asyncio.get_running_loop().time()
            hop, waited = await self._request(at, headers, limit=limit, left=left)
            left -= asyncio.get_running_loop().time() - started - waited
            if isinstance(hop, Failure):
                return _on_hop(hop, at) if hopped else hop
            if hop.location is None:
                return _with_moved(hop.answer, moved_to)
            target = urldefrag(urljoin(at, hop.location)).url
            permanent = permanent and hop.answer.status in _PERMANENT
            downgraded = at.startswith("https:") and target.startswith("http:")
            if permanent and not downgraded:
                moved_to = target
            at = target
        return Failure(kind="too many redirects", words=f"it redirects more than {MOST_HOPS} times")

    async def find_rules(self, address: str) -> Rules:
        """The robots rules of the authority of an http(s) address, fetched where they are not known or too old."""
        authority = _authority(address)
        if authority is None:
            return Rules(failure=_no_address(address, hopped=False))
        lane = self._lane(authority)
        async with lane.rules_lock:
            now, parts = self._now(), urlsplit(address)
            rules, until = lane.rules.get(parts.scheme, (None, 0.0))
            if rules is None or now >= until:
                robots = f"{parts.scheme}://{parts.netloc}/robots.txt"
                fetched = await self.fetch(robots, limit=_MAX_ROBOTS, heed_robots=False)
                rules = decide_rules(fetched)
                lane.rules[parts.scheme] = rules, now + rules.keep
            return rules

    async def find_reservation(self, address: str) -> str | None:
        """Where the owner of an http(s) address reserves it against reading by machines, for its whole site; None for
        nowhere. Asked for once a day at each authority."""
        authority = _authority(address)
        if authority is None:
            return None
        lane = self._lane(authority)
        async with lane.reservations_lock:
            now, parts = self._now(), urlsplit(address)
            reservations, until = lane.reservations.get(parts.scheme, (None, 0.0))
            if reservations is None or now >= until:
                fetched = await self.fetch(f"{parts.scheme}://{parts.netloc}{PLACE}", limit=_MAX_ROBOTS)
                reservations = decide_reservations(fetched)
                lane.reservations[parts.scheme] = reservations, now + reservations.keep
            return reservations.check(address)

    def close_host(self, address: str, *, seconds: float) -> None:
        """No request to the address's host for so long: it answered 429."""
        authority = _authority(address)
        if authority is not None:
            lane = self._lane(authority)
            lane.closed_until = max(lane.closed_until, self._now() + seconds)

    def find_resting(self) -> list[str]:
        """The hosts (`host:port`) at which a request would have to wait."""
        now = self._now()
        return [
            name
            for name, lane in self._lanes.items()
            if lane.lock.locked() or now < max(lane.free_at, lane.closed_until)
        ]

    # ------------------------------------------------------------ one hop

    async def _check_robots(self, address: str) -> Failure | None:
        rules = await self.find_rules(address)
        return rules.check(address)

    async def _request(
        self, address: str, headers: dict[str, str], *, limit: int, left: float
    ) -> tuple[_Hop | Failure, float]:
        """One request in the host's lane, and the seconds of the loop's clock that it waited for its turn."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        lane = self._lane(_authority(address) or "")
        async with lane.lock:
            now = self._now()
            if now < lane.closed_until:
                wait = lane.closed_until - now
                words = "the host asked to be left alone for a while"
                return Failure(kind="host waits", words=words, wait=wait), loop.time() - started
            if now < lane.free_at:
                await self._clock.sleep(lane.free_at - now)
            waited = loop.time() - started
            try:
                async with asyncio.timeout(max(0.01, left)):
                    outcome: _Hop | Failure = await self._exchange(address, headers, limit)
            except TimeoutError:
                outcome = Failure(kind="timeout", words=f"no complete answer within {DEADLINE:g} seconds")
            except TooLargeError:
                outcome = Failure(kind="too large", words=f"the answer has more than {limit:,} bytes")
            except EncodingError as fault:
                outcome = Failure(kind="unknown encoding", words=str(fault))
            except (aiohttp.ClientError, OSError, ValueError) as fault:
                outcome = explain_fault(fault)
            finally:
                delay = max((rules.delay for rules, _ in lane.rules.values()), default=0.0)
                lane.free_at = self._now() + max(self._pause, delay)
            return outcome, waited

    async def _exchange(self, address: str, headers: dict[str, str], limit: int) -> _Hop:
        # `encoded`: addresses are sent as they were written, so that robots rules match what is asked for.
        async with self._session.get(
            URL(_ascii(address), encoded=True), headers=headers, allow_redirects=False
        ) as response:
            given = response.headers
            location = given.get("Location") if response.status in _REDIRECTS else None
            body = b""
            if 200 <= response.status < 300:
                decoder = Decoder(given.get("Content-Encoding"), limit=limit)
                async for chunk in response.content.iter_chunked(_CHUNK):
                    decoder.feed(chunk)
                body = decoder.finish()
            else:
                response.close()
            media, charset = parse_media(given.get("Content-Type"))
            answer = Answer(
                status=response.status,
                url=address,
                body=body,
                media=media,
                charset=charset,
                etag=_header(given.get("ETag")),
                last_modified=_header(given.get("Last-Modified")),
                retry_after=given.get("Retry-After"),
                max_age=parse_max_age(given.get("Cache-Control")),
                reserved=find_reservation(given.get("TDM-Reservation"), given.get("X-Robots-Tag")),
            )
            return _Hop(answer=answer, location=location)

    def _lane(self, authority: str) -> _Lane:
        lane = self._lanes.get(authority)
        if lane is None:
            if len(self._lanes) >= _MOST_LANES:
                self._forget_idle()
            lane = self._lanes[authority] = _Lane()
        return lane

    def _forget_idle(self) -> None:
        now = self._now()
        self._lanes = {
            name: lane
            for name, lane in self._lanes.items()
            if lane.lock.locked()
            or lane.rules_lock.locked()
            or lane.reservations_lock.locked()
            or now < max(lane.free_at, lane.closed_until)
        }

    def _now(self) -> float:
        return self._clock.now().timestamp()


def find_authority(address: str) -> str | None:
    """`host:port` of an http(s) address in lower case, the unit that politeness goes by; None for anything else."""
    return _authority(address)


def _authority(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return f"{host.rstrip('.')}:{port or (443 if parts.scheme == 'https' else 80)}"


def _no_address(address: str, *, hopped: bool) -> Failure:
    scheme = address.partition(":")[0][:20]
    if hopped:
        return Failure(
            kind="blocked redirect", words=f"it redirects to something that is no web page ({scheme}:)"
        )
    return Failure(kind="not an address", words=f"{address[:200]} is no http or https address")


def _on_hop(failure: Failure, at: str) -> Failure:
    """A failure after a redirect names where the redirect led."""
    kind = "blocked redirect" if failure.kind == "blocked address" else failure.kind
    return Failure(kind=kind, words=f"it redirects to {at[:200]}: {failure.words}", wait=failure.wait)


def _with_moved(answer: Answer, moved_to: str | None) -> Answer:
    return answer if moved_to is None else replace(answer, moved_to=moved_to)


def _header(value: str | None) -> str | None:
    """A header to be sent back later; none that is longer than any honest one."""
    return value if value and len(value) <= 1_000 and value.isprintable() else None


def _ascii(address: str) -> str:
    """An address as it can be sent: other characters percent-encoded, the host by IDNA."""
    return str(URL(address)) if not address.isascii() or " " in address else address
