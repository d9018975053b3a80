"""The live loop: following and processing at the same time, each in a thread of its own, joined by the store alone.

The follower (`following.py`) fetches; the desk here has pages extracted, puts them through the stages, and makes the pages of
stories. An article, and that its candidate is settled, are one transaction. Stopped or killed at any point it goes on from
the store.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from stemma.acquire.clock import Clock, WallClock
from stemma.acquire.fetch import PAUSE, Fetcher
from stemma.acquire.intake import digest_page
from stemma.config import Network
from stemma.errors import StoreError
from stemma.newsroom.candidates import article_of_entry
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.erasing import Erasing
from stemma.newsroom.extraction import ExtractionPool, Item
from stemma.newsroom.families import Families
from stemma.newsroom.following import Arrival, Arrivals, Follower
from stemma.newsroom.parsing import DocumentReader
from stemma.newsroom.processes import give_back_memory
from stemma.newsroom.watching import Watch
from stemma.store import Store
from stemma.store.effects import ArticleAdded, ArticleRevised
from stemma.store.followed import CandidateSettled
from stemma.types import Article, ArticleId, Page, Reason, Rejected

_log = logging.getLogger("stemma")
BATCH = 12
"""Articles in one transaction: few, so that news is soon there and a stop does not wait for long."""
_READINGS = 128
"""Articles kept ready for comparing, 100 KB each: news comes one after the other, so memory is dearer than time."""
_REVIEW = 180.0
_REVIEW_IDLE = 20.0
"""Seconds between two reviews of all stories: while news comes in, and once it is quiet."""
_REVIEW_SHARE = 20
"""A review that takes a second is not made again for twenty: it shall cost no more than a twentieth of the time."""
_EDITING_SHARE = 4
"""Pages of stories that took a second are not made again for four: no more than a fifth of the time goes there."""
_AFTER_FAULT = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveOptions:
    """How to follow: the name that we give ourselves, networks let through the gate, seconds between two requests to a
    host, processes that extract, outlets of one owner."""

    agent: str
    allow: tuple[Network, ...] = ()
    pause: float = PAUSE
    jobs: int = 1
    families: Families | None = None


class Live:
    """Follows and processes from `start` until `stop`."""

    def __init__(self, store: Store, options: LiveOptions, *, clock: Clock | None = None) -> None:
        self._store = store
        self._options = options
        self._clock = clock or WallClock()
        self._arrivals = Arrivals()
        self._stop = threading.Event()
        # Daemons, so that a page which is stuck cannot keep the program from ending; what it held stays due.
        self._threads = [
            threading.Thread(target=self._run, args=(name, work), name=name, daemon=True)
            for name, work in (("follower", self._follow), ("desk", self._process))
        ]

    def start(self) -> None:
        """Begins, and returns at once."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Asks for an end; may be called from a signal's handler, and again."""
        self._stop.set()

    def join(self, seconds: float) -> bool:
        """Waits for the end, at most so long; whether it came."""
        until = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    # ------------------------------------------------------------ threads

    def _run(self, name: str, work: Callable[[], None]) -> None:
        """One half; where the store fails it (a full disk), it waits and begins again from what is stored."""
        failed = False
        while not self._stop.is_set():
            try:
                if failed:
                    self._store.release_leases(now=self._clock.now())
                work()
            except StoreError as fault:
                failed = True
                _log.error("%s: %s; trying again", name, fault)
                self._stop.wait(_AFTER_FAULT)

    def _follow(self) -> None:
        asyncio.run(self._follow_until_stopped())

    async def _follow_until_stopped(self) -> None:
        options = self._options
        async with (
            Fetcher(
                agent=options.agent, allow=options.allow, clock=self._clock, pause=options.pause
            ) as fetcher,
            DocumentReader() as reader,
        ):
            follower = Follower(
                store=self._store, fetcher=fetcher, reader=reader, arrivals=self._arrivals, clock=self._clock
            )
            await follower.run(self._stop)

    def _process(self) -> None:
        newsroom = Newsroom(self._store, readings=_READINGS)
        review, editing, watch = _Review(), _Editing(), Watch(self._store)
        erasing = Erasing(self._store, self._clock)
        with ExtractionPool(jobs=self._options.jobs) as pool:
            while not self._stop.is_set():
                arrivals = self._arrivals.take(most=BATCH, wait=0.5)
                if arrivals:
                    review.note(self._take(arrivals, newsroom, pool))
                    editing.wanted = True
                if review.is_due():
                    review.make(newsroom)
                    give_back_memory()
                    watch.look()
                    editing.wanted = True
                if erasing.look():
                    newsroom.heed()
                    editing.wanted = True
                if editing.is_due():
                    editing.make(self._edit)

    def _edit(self) -> None:
        for _ in edit_stale(self._store, families=self._options.families):
            if self._stop.is_set():
                return

    # ------------------------------------------------------------ one batch

    def _take(self, arrivals: Sequence[Arrival], newsroom: Newsroom, pool: ExtractionPool) -> int:
        """Puts a batch of arrivals into the store; gives how many articles are new or have a new text."""
        pages: dict[str, ReadPage] = {}
        settled: list[CandidateSettled] = []
        items: list[tuple[Arrival, Item]] = [(a, a.outcome.page) for a in arrivals]
        for arrival, read in pool.extract(items):
            page = self._read_page(arrival, read)
            due = (
                self._clock.now() + timedelta(seconds=arrival.outcome.retry)
                if arrival.outcome.retry
                else None
            )
            if page is not None and isinstance(page.outcome, Rejected) and due is not None:
                page = None  # it will be asked for again; nothing is said of it yet
            if page is not None:
                pages.setdefault(page.digest, page)
            settled.append(
                CandidateSettled(
                    number=arrival.candidate.number,
                    outcome=_words(arrival, read),
                    stood_in=page is not None
                    and isinstance(page.outcome, Article)
                    and not isinstance(read, Article),
                    digest=page.digest if page is not None else None,
                    due=due,
                )
            )
        known = self._store.find_pages(list(pages))
        effects = newsroom.take([p for d, p in pages.items() if d not in known], settled)
        return sum(isinstance(e, ArticleAdded | ArticleRevised) for e in effects)

    def _read_page(self, arrival: Arrival, read: Item) -> ReadPage | None:
        """What the newsroom gets: the page's article, else the feed's own text, else why there is neither."""
        candidate, page = arrival.candidate, arrival.outcome.page
        url = candidate.entry.url
        now = self._clock.now()
        if isinstance(read, Article) and page is not None:
            article = read
            if candidate.stood_in:
                # The feed's text stands under the address that the feed gave; the page is its next revision.
                article = replace(read, url=url)
                page = replace(page, url=url)
            held = self._held(digest_page(page), page.url, page, article)
            return replace(held, completes=candidate.stood_in)
        stood_in = article_of_entry(candidate, now=now, words=_words(arrival, read))
        if stood_in is not None:
            digest = _hash("feed", candidate.entry.key, stood_in.title or "", stood_in.text)
            return self._held(digest, url, None, stood_in)
        name = ArticleId(url or candidate.entry.key)
        rejected = read if isinstance(read, Rejected) else _refuse(name, arrival.outcome.words)
        digest = digest_page(page) if page is not None else _hash("unfetched", name, arrival.outcome.words)
        return self._held(digest, url, page, replace(rejected, id=name))

    def _held(self, digest: str, url: str | None, page: Page | None, outcome: Article | Rejected) -> ReadPage:
        now = self._clock.now().replace(microsecond=0)
        return ReadPage(
            digest=digest,
            name=url or str(outcome.id),
            url=url,
            fetched=page.fetched if page is not None else now,
            read_at=now,
            outcome=outcome,
        )


class _Review:
    """When all stories are to be looked over again. Keeps time by the machine and not by the news."""

    def __init__(self) -> None:
        self._fresh = 0
        self._last = self._changed = time.monotonic()
        self._cost = 0.0

    def note(self, fresh: int) -> None:
        """Counts new articles."""
        if fresh:
            self._fresh += fresh
            self._changed = time.monotonic()

    def is_due(self) -> bool:
        now = time.monotonic()
        since = now - self._last
        quiet = now - self._changed > 2.0 and since > _REVIEW_IDLE
        return bool(self._fresh) and (quiet or since > _REVIEW) and since > self._cost * _REVIEW_SHARE

    def make(self, newsroom: Newsroom) -> None:
        started = time.monotonic()
        newsroom.review()
        self._last = time.monotonic()
        self._cost = self._last - started
        self._fresh = 0


class _Editing:
    """When the pages of stories are to be made anew: after each batch, but no oftener than their making allows. A story of
    hundreds of articles takes seconds, and must not be made again for every dozen that comes in."""

    def __init__(self) -> None:
        self.wanted = True
        self._last = 0.0
        self._cost = 0.0

    def is_due(self) -> bool:
        since = time.monotonic() - self._last
        # What others marked (an article that was withheld) is looked for every few seconds.
        return since > self._cost * _EDITING_SHARE and (self.wanted or since > _AFTER_FAULT)

    def make(self, edit: Callable[[], None]) -> None:
        started = time.monotonic()
        edit()
        self._last = time.monotonic()
        self._cost = self._last - started
        self.wanted = False


def _words(arrival: Arrival, read: Item) -> str:
    """What became of a candidate, for the operator."""
    if isinstance(read, Rejected):
        return f"{read.reason}: {read.detail}"[:300]
    return arrival.outcome.words[:300]


def _refuse(name: ArticleId, words: str) -> Rejected:
    reason: Reason = (
        "refused by rights" if "reserves its rights" in words or "robots.txt" in words else "error page"
    )
    return Rejected(id=name, stage="fetch", reason=reason, detail=words)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
