"""Documents read in one killable process: a feed that eats time or memory costs itself and nothing else.

Used from asyncio; one document at a time. A process that overruns or falls is replaced, and its document is `Unreadable`.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from types import TracebackType

from stemma.acquire.documents import Document, Job, read_document
from stemma.acquire.items import Unreadable
from stemma.newsroom.processes import limit_computing, make_context

if sys.platform != "win32":
    import resource

SECONDS = 15
"""Of a core, for one document. A feed of 10,000 entries takes 3."""
PATIENCE = 60.0
"""Seconds by the wall for one document: the machine may be busy with other things."""
MEMORY = 512 << 20
"""Bytes of private memory."""


class DocumentReader:
    """One process that reads documents; use as an async context manager."""

    def __init__(self, *, seconds: int = SECONDS, patience: float = PATIENCE) -> None:
        self._seconds = seconds
        self._patience = patience
        self._context = make_context(many=False)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")
        self._closed = False

    async def __aenter__(self) -> DocumentReader:
        await asyncio.to_thread(self._start)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        self._end()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def read(self, job: Job) -> Document:
        """What the document holds."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read, job)

    def _read(self, job: Job) -> Document:
        try:
            self._pipe.send(job)
            if self._pipe.poll(self._patience):
                document: Document = self._pipe.recv()
                return document
            words = f"not read after {self._patience:g} seconds"
        except (EOFError, OSError):
            self._process.join(1)
            words = "it brought its reader down (memory, or a fault in a parser)"
            if self._process.exitcode == -signal.SIGXCPU:
                words = f"not read after {self._seconds} seconds of computing"
        if not self._closed:
            self._end()
            self._start()
        return Unreadable(words=words)

    def _start(self) -> None:
        self._pipe, theirs = Pipe()
        self._process = _make_process(self._context, theirs, self._seconds)
        self._process.start()
        theirs.close()

    def _end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _make_process(context: BaseContext, pipe: Connection, seconds: int):  # type: ignore[no-untyped-def]
    # BaseContext has no Process in the type stubs; every concrete context has
    return context.Process(target=_work, args=(pipe, seconds), daemon=True)  # type: ignore[attr-defined]


def _work(pipe: Connection, seconds: int) -> None:
    """The worker: a job in, a document out, until the pipe closes. The system ends it where a job takes more `seconds`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        limit_computing(seconds)
        pipe.send(_read_safely(job))


def _read_safely(job: Job) -> Document:
    try:
        return read_document(job)
    except MemoryError:
        return Unreadable(words=f"it needs more than {MEMORY >> 20} MiB to be read")
    except RecursionError:
        return Unreadable(words="it is nested too deeply")
