"""Visits sources when they are due and fetches what they have: the acquiring half of the live loop, in asyncio.

What is due stands in the store; what was decided goes there, all that ended within one turn in one transaction. Fetched
pages go to the desk through `Arrivals`, which holds only so many: when the desk is slow, fetching waits. Where next:
`live.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import queue
import threading
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from stemma.acquire.answers import Answer, Failure
from stemma.acquire.clock import Clock
from stemma.acquire.documents import Job
from stemma.acquire.fetch import MAX_PAGE, Fetcher, find_authority
from stemma.acquire.items import FeedItem, Parsed, Unreadable
from stemma.acquire.opml import OutlineList
from stemma.errors import StoreBusyError
from stemma.newsroom.candidates import Outcome, choose_fresh, decide_candidate, make_candidates
from stemma.newsroom.discovering import Nothing, discover
from stemma.newsroom.faults import Fault, attempt
from stemma.newsroom.parsing import DocumentReader
from stemma.newsroom.visits import FIRST, Contents, decide_visit, stop_withheld
from stemma.store import Store
from stemma.store.effects import Effect
from stemma.store.followed import (
    Candidate,
    CandidateSettled,
    CandidatesFound,
    HostPaused,
    NewSource,
    Source,
    SourceVisited,
)

PARALLEL = 32
"""Hosts that are asked at the same time."""
LEASE = timedelta(hours=6)
"""How long a candidate is out of reach while it is fetched and read; a new start releases it at once."""
MOST_CHANGES = 3
"""How often an article is fetched again because its feed says that it changed."""
_TICK = 0.5
_MOST_WAITING = 64
_MOST_CHILDREN = 3
_MOST_BUSY = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A candidate that was fetched, or not, on its way to the desk."""

    candidate: Candidate
    outcome: Outcome


class Arrivals:
    """The way from fetching to the desk, over threads; holds at most so many."""

    def __init__(self, most: int = _MOST_WAITING) -> None:
        self._most = most
        self._queue: queue.Queue[Arrival] = queue.Queue()

    def room(self) -> int:
        """How many more it takes."""
        return max(0, self._most - self._queue.qsize())

    def put(self, arrival: Arrival) -> None:
        self._queue.put(arrival)

    def take(self, *, most: int, wait: float) -> list[Arrival]:
        """Up to so many; waits at most `wait` seconds for the first."""
        taken: list[Arrival] = []
        with contextlib.suppress(queue.Empty):
            taken.append(self._queue.get(timeout=wait))
            while len(taken) < most:
                taken.append(self._queue.get_nowait())
        return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    host: str
    source: Source | None
    work: asyncio.Task[tuple[Effect, ...]]


class Follower:
    """Visits and fetches what is due, until it is stopped."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        reader: DocumentReader,
        arrivals: Arrivals,
        clock: Clock,
        parallel: int = PARALLEL,
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._reader = reader
        self._arrivals = arrivals
        self._clock = clock
        self._parallel = parallel
        self._tasks: list[_Task] = []

    async def run(self, stop: threading.Event) -> None:
        """Goes on until `stop` is set; what is under way then stays due."""
        await asyncio.to_thread(self._store.release_leases, now=self._clock.now())
        try:
            while not stop.is_set():
                try:
                    await self._start_due()
                    await self._finish(stop)
                except StoreBusyError:
                    await asyncio.sleep(_TICK)
        finally:
            for task in self._tasks:
                task.work.cancel()
            await asyncio.gather(*(t.work for t in self._tasks), return_exceptions=True)

    # ------------------------------------------------------------ the loop

    async def _start_due(self) -> None:
        if len(self._tasks) >= self._parallel:
            return
        now = self._clock.now()
        busy = {t.host for t in self._tasks}
        busy.update(self._fetcher.find_resting()[: _MOST_BUSY - len(busy)])
        # A quarter of the turns is kept for pages, so that many due sources cannot keep the news waiting.
        visits = [t.source.status.state for t in self._tasks if t.source is not None]
        # Those that failed may be hosts that only drip: they get a quarter of the turns, so that they hold nobody else up.
        for failing, share in ((False, 3), (True, 1)):
            held = sum(state == "failing" for state in visits) if failing else len(visits)
            most = min(self._parallel - len(self._tasks), max(1, self._parallel * share // 4) - held)
            if most > 0:
                due = await asyncio.to_thread(
                    self._store.find_due_sources, now=now, busy=busy, limit=most, failing=failing
                )
                for source in due:
                    busy.add(source.host)
                    self._start(source.host, self._visit(source), source)
        fetching = len([t for t in self._tasks if t.source is None])
        most = min(self._parallel - len(self._tasks), self._arrivals.room() - fetching)
        if most > 0:
            leased = await asyncio.to_thread(
                self._store.lease_candidates, now=now, until=now + LEASE, busy=busy, limit=most
            )
            for candidate in leased:
                self._start(candidate.entry.host, self._fetch(candidate), None)

    def _start(self, host: str, work: Coroutine[Any, Any, tuple[Effect, ...]], source: Source | None) -> None:
        self._tasks.append(_Task(host=host, source=source, work=asyncio.create_task(work)))

    async def _finish(self, stop: threading.Event) -> None:
        """Waits for something to end, and puts what ended into the store in one transaction."""
        if not self._tasks:
            await self._clock.sleep(_TICK)
            return
        await asyncio.wait([t.work for t in self._tasks], timeout=_TICK, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.sleep(0.02)  # what ends together is written together
        done = [t for t in self._tasks if t.work.done()]
        effects: list[Effect] = []
        for task in done:
            decided = attempt(task.work.result, on=f"visiting {task.host}")
            if not isinstance(decided, Fault):
                effects.extend(decided)
            elif task.source is not None:
                effects.append(self._set_back(task.source, decided))
        while effects and not stop.is_set():
            try:
                await asyncio.to_thread(self._store.apply, effects)
                break
            except StoreBusyError:
                await asyncio.sleep(_TICK)
        self._tasks = [t for t in self._tasks if t not in done]

    def _set_back(self, source: Source, fault: Fault) -> Effect:
        """A source on which we fail ourselves waits like one that fails."""
        failure = Failure(kind="broken answer", words=f"it could not be read ({fault.words})"[:200])
        decision = decide_visit(source.status, failure, None, number=source.number, now=self._clock.now())
        return SourceVisited(number=source.number, host=source.host, status=decision.status)

    # ------------------------------------------------------------ one source

    async def _visit(self, source: Source) -> tuple[Effect, ...]:
        if source.status.kind == "site":
            return await self._discover(source)
        status = source.status
        if await asyncio.to_thread(self._store.is_withheld, status.url):
            left = stop_withheld(status)
            return (SourceVisited(number=source.number, host=source.host, status=left),)
        fetched = await self._fetcher.fetch(status.url, etag=status.etag, last_modified=status.last_modified)
        contents, found = None, None
        if isinstance(fetched, Answer) and 200 <= fetched.status < 300:
            digest = hashlib.sha256(fetched.body).hexdigest()
            if digest != status.body_digest:
                contents, found = await self._read(source, fetched, digest)
        decision = decide_visit(status, fetched, contents, number=source.number, now=self._clock.now())
        host = find_authority(decision.status.url) or source.host
        effects: list[Effect] = [found] if found is not None else []
        effects.append(SourceVisited(number=source.number, host=host, status=decision.status))
        if decision.host_pause is not None:
            effects.append(self._pause(status.url, source.host, decision.host_pause))
        return tuple(effects)

    async def _read(
        self, source: Source, answer: Answer, digest: str
    ) -> tuple[Contents, CandidatesFound | None]:
        kind = source.status.kind
        document = await self._reader.read(
            Job(
                wanted="feed" if kind == "site" else kind,
                body=answer.body,
                url=answer.url,
                media=answer.media,
                charset=answer.charset,
            )
        )
        if isinstance(document, Unreadable):
            return Contents(problem=document.words), None
        if not isinstance(document, Parsed):
            return Contents(problem="it is something else than before"), None
        items = document.items
        for address in document.more[:_MOST_CHILDREN]:
            items += await self._read_child(address)
        candidates = await asyncio.to_thread(
            self._store.leave_out_withheld,
            make_candidates(items, source_url=source.status.url, source_host=source.host),
            outlet=source.status.title or document.title,
        )
        known = await asyncio.to_thread(self._store.find_signatures, [c.key for c in candidates])
        fresh = choose_fresh(candidates, known)
        contents = Contents(
            new=sum(c.key not in known for c in fresh),
            pause=document.pause,
            title=document.title,
            digest=digest if not document.more else None,
        )
        found = CandidatesFound(
            source=source.number, due=self._clock.now(), entries=fresh, most_changes=MOST_CHANGES
        )
        return contents, found if fresh else None

    async def _read_child(self, address: str) -> tuple[FeedItem, ...]:
        """The entries of a sitemap that an index names; none where it cannot be had. An index in it is not followed."""
        fetched = await self._fetcher.fetch(address)
        if isinstance(fetched, Failure) or not 200 <= fetched.status < 300:
            return ()
        document = await self._reader.read(Job(wanted="sitemap", body=fetched.body, url=fetched.url))
        return document.items if isinstance(document, Parsed) else ()

    async def _discover(self, source: Source) -> tuple[Effect, ...]:
        """A site becomes what can be followed there; what there is beside the first is followed as well."""
        now = self._clock.now()
        found = await discover(source.status.url, fetcher=self._fetcher, reader=self._reader)
        if isinstance(found, OutlineList):
            found = Nothing(words="it is a list of feeds; stemma follow takes it")
        if isinstance(found, Nothing):
            failure = Failure(kind="broken answer", words=found.words)
            decision = decide_visit(source.status, failure, None, number=source.number, now=now)
            return (SourceVisited(number=source.number, host=source.host, status=decision.status),)
        first, *others = found
        for other in others:
            new = NewSource(
                url=other.url,
                kind=other.kind,
                host=find_authority(other.url) or source.host,
                title=other.title,
                added=now,
            )
            await asyncio.to_thread(self._store.add_source, new, interval=FIRST)
        status = replace(
            source.status,
            url=first.url,
            kind=first.kind,
            title=source.status.title or first.title,
            problem=None,
            state="new",
            failures=0,
            failing_since=None,
            next_visit=now,
        )
        host = find_authority(first.url) or source.host
        return (SourceVisited(number=source.number, host=host, status=status),)

    # ------------------------------------------------------------ one page

    async def _fetch(self, candidate: Candidate) -> tuple[Effect, ...]:
        url = candidate.entry.url
        outlet = candidate.entry.origin or candidate.outlet
        if await asyncio.to_thread(self._store.is_withheld, url, outlet=outlet):
            return (
                CandidateSettled(
                    number=candidate.number, outcome="withheld", stood_in=False, digest=None, due=None
                ),
            )
        if url is None:
            outcome = Outcome(page=None, words="the feed gives no address")
        elif reserved := await self._fetcher.find_reservation(url):
            outcome = Outcome(page=None, words=f"the site reserves its rights ({reserved})")
        else:
            fetched = await self._fetcher.fetch(url, limit=MAX_PAGE)
            outcome = decide_candidate(candidate, fetched, now=self._clock.now())
        self._arrivals.put(Arrival(candidate=candidate, outcome=outcome))
        if outcome.host_pause is not None and url is not None:
            return (self._pause(url, candidate.entry.host, outcome.host_pause),)
        return ()

    def _pause(self, address: str, host: str, seconds: float) -> Effect:
        self._fetcher.close_host(address, seconds=seconds)
        return HostPaused(host=host, until=self._clock.now() + timedelta(seconds=seconds))
