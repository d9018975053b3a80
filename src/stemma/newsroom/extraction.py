"""Pages to articles in killable workers: a page that eats time or memory costs itself and nothing else.

Order is kept. A worker that overruns is killed and replaced, and its page is `Rejected`. Where next: the stages.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TypeVar

from stemma import extract
from stemma.acquire.intake import Intake
from stemma.newsroom.processes import collect_seldom, give_back_memory, limit_computing, make_context
from stemma.text.resting import rest
from stemma.types import Article, ArticleId, Page, Rejected

K = TypeVar("K")
Item = Page | Article | Rejected | None
"""What goes through a pool: pages are extracted; all else passes in its place."""

SECONDS = 10
"""Of a core, for one page. The slowest page of the hostile set needs under 2."""
PATIENCE = 120.0
"""Seconds by the wall for one page: the machine may be busy, and a new worker has its parsers to load."""
MEMORY = 512 << 20
"""Bytes of private memory of one worker, interpreter and libraries included; an idle worker has 90 MB."""


_IDLE = 1.0
"""Seconds without a page after which a worker lets go of what it can have again: some 60 MB."""


class ExtractionPool:
    """Worker processes that extract pages; use as a context manager."""

    def __init__(
        self, *, jobs: int | None = None, seconds: int = SECONDS, patience: float = PATIENCE
    ) -> None:
        self._jobs = max(1, jobs or os.cpu_count() or 1)
        self._seconds = seconds
        self._patience = patience
        self._workers: list[_Worker] = []

    def __enter__(self) -> ExtractionPool:
        context = make_context(many=self._jobs > 1)
        self._workers = [_Worker(context, self._seconds) for _ in range(self._jobs)]
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers = []

    def extract(self, items: Iterable[tuple[K, Item]]) -> Iterator[tuple[K, Item]]:
        """Each page replaced by its outcome, all else as it came, in order; each worker has one page under way."""
        under_way: deque[tuple[K, Item | _Worker]] = deque()
        free = deque(self._workers)
        for key, item in items:
            done: list[tuple[K, Item]] = []
            if isinstance(item, Page):
                if not free:
                    done.append(self._finish(under_way, free))
                worker = free.popleft()
                worker.send(item)
                under_way.append((key, worker))
            else:
                under_way.append((key, item))
            yield from done
            while under_way and not isinstance(under_way[0][1], _Worker):
                yield self._finish(under_way, free)
        while under_way:
            yield self._finish(under_way, free)

    def _finish(self, under_way: deque[tuple[K, Item | _Worker]], free: deque[_Worker]) -> tuple[K, Item]:
        key, item = under_way.popleft()
        if not isinstance(item, _Worker):
            return key, item
        outcome = item.receive(self._patience)
        free.append(item)
        return key, outcome


def extract_intakes(intakes: Iterable[Intake], *, jobs: int | None = None) -> Iterator[Article | Rejected]:
    """What was read, extracted, in order; articles and rejections pass, a repeated id is rejected."""
    with ExtractionPool(jobs=jobs) as pool:
        for _, outcome in pool.extract(_without_repeats(intakes)):
            if isinstance(outcome, Article | Rejected):
                yield outcome


def _without_repeats(intakes: Iterable[Intake]) -> Iterator[tuple[None, Item]]:
    seen: set[ArticleId] = set()
    for intake in intakes:
        item = intake.item
        if item.id in seen and not isinstance(item, Rejected):
            item = Rejected(
                id=item.id, stage="read", reason="repeated id", detail="an earlier page has this id"
            )
        seen.add(item.id)
        yield None, item


class _Worker:
    """One process, its pipe and the page that it has."""

    def __init__(self, context: BaseContext, seconds: int) -> None:
        self._context = context
        self._seconds = seconds
        self._page: Page | None = None
        self._start()

    def send(self, page: Page) -> None:
        self._page = page
        try:
            self._pipe.send(page)
        except BrokenPipeError:  # it died between two pages; the page is untouched
            self._replace()
            self._pipe.send(page)

    def receive(self, patience: float) -> Article | Rejected:
        page, self._page = self._page, None
        if page is None:
            raise RuntimeError("this worker has no page")
        try:
            if self._pipe.poll(patience):
                outcome: Article | Rejected = self._pipe.recv()
                return outcome
            detail = f"not read after {patience:g} seconds"
            rejected = Rejected(id=page.id, stage="extract", reason="too slow", detail=detail)
        except (EOFError, ConnectionResetError):
            self._process.join(1)
            if self._process.exitcode == -signal.SIGXCPU:
                detail = f"not read after {self._seconds} seconds of computing"
                rejected = Rejected(id=page.id, stage="extract", reason="too slow", detail=detail)
            else:
                detail = "the page brought its reader down (memory, or a fault in a parser)"
                rejected = Rejected(id=page.id, stage="extract", reason="failed", detail=detail)
        self._replace()
        return rejected

    def stop(self) -> None:
        self._pipe.close()
        self._process.terminate()
        self._process.join(2)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()

    def _replace(self) -> None:
        self._process.kill()
        self.stop()
        self._start()

    def _start(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        # BaseContext has no Process in the type stubs; every concrete context has
        self._process = self._context.Process(target=_work, args=(theirs, self._seconds), daemon=True)  # type: ignore[attr-defined]
        self._process.start()
        theirs.close()


def _work(pipe: Connection, seconds: int) -> None:
    """The worker: a page in, an outcome out, until the pipe closes. The system ends it where a page takes more `seconds`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    _ = extract.extract_article  # loads the parsers, here and not in the program that has workers
    fresh = True
    while True:
        try:
            if not pipe.poll(_IDLE):
                rest()
                give_back_memory()
            page = pipe.recv()
        except EOFError:
            return
        limit_computing(seconds)
        pipe.send(_extract(page))
        if fresh:
            # The first page has loaded models and words, which stay: the collector need not walk them again for each page.
            fresh = False
            gc.collect()
            gc.freeze()
            collect_seldom()


def _extract(page: Page) -> Article | Rejected:
    try:
        return extract.extract_article(page)
    except MemoryError:
        detail = f"needs more than {MEMORY >> 20} MiB"
        return Rejected(id=page.id, stage="extract", reason="too large", detail=detail)
    except RecursionError:
        return Rejected(id=page.id, stage="extract", reason="too deep", detail="nested too deeply")
