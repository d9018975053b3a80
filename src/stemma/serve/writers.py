"""Processes that write pages, for a portal with many readers: one interpreter writes one page at a time, whatever threads it has.

Each is a portal of its own over the same store and knows nothing of what is kept; `keeping.py` asks them and keeps what they
give. While none is ready, and where one falls, there is no answer from here and the page is written where it was asked for.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import multiprocessing
import queue
import signal
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any

from starlette.types import ASGIApp, Message

_TURN = 5.0
"""Seconds that a page waits for a process when those that were there have fallen."""
_PASSED = ("type", "asgi", "http_version", "method", "scheme", "path", "raw_path", "root_path", "query_string", "headers", "server")  # fmt: skip
_log = logging.getLogger("stemma")

Headers = list[tuple[bytes, bytes]]
MakeApp = Callable[[], ASGIApp]


@dataclass(frozen=True, slots=True)
class Written:
    """A whole answer."""

    status: int
    headers: Headers
    body: bytes


class PageWriters:
    """So many processes, each with the application that `make` gives; it must be something that can be pickled."""

    def __init__(self, make: MakeApp, number: int) -> None:
        self._writers = [_Writer(make) for _ in range(number)]
        self._threads = ThreadPoolExecutor(max_workers=max(1, number), thread_name_prefix="writers")
        self._idle: queue.LifoQueue[_Writer] = queue.LifoQueue()
        self._ready = self._asked = 0
        self._guard = Lock()
        self._closed = False

    def start(self) -> None:
        """Begins to start them, and returns at once."""
        for writer in self._writers:
            self._threads.submit(self._take_up, writer)

    def stop(self) -> None:
        """Ends them, whatever they are about."""
        self._closed = True
        for writer in self._writers:
            writer.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    @property
    def ready(self) -> int:
        """How many can be asked."""
        return self._ready

    @property
    def asked(self) -> int:
        """How many pages they are asked for just now."""
        return self._asked

    async def write(self, scope: Mapping[str, Any]) -> Written | None:
        """The answer to a request without a body; None where no process could give it."""
        if not self._ready or self._closed:
            return None
        asked = {name: scope[name] for name in _PASSED if name in scope}
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._write, asked)
        finally:
            self._asked -= 1

    def _write(self, asked: Mapping[str, Any]) -> Written | None:
        try:
            writer = self._idle.get(timeout=_TURN)
        except queue.Empty:
            return None
        try:
            written = writer.write(asked)
        except (EOFError, OSError):
            self._count(-1)
            if not self._closed:
                _log.warning("a process that writes pages has fallen and is started again")
                self._take_up(writer)
            return None
        self._idle.put(writer)
        return written

    def _take_up(self, writer: _Writer) -> None:
        try:
            writer.start()
        except (EOFError, OSError):
            if not self._closed:
                _log.warning("a process that writes pages does not start: pages are written without it")
            return
        self._count(+1)
        self._idle.put(writer)

    def _count(self, more: int) -> None:
        with self._guard:
            self._ready += more


class _Writer:
    """One process, asked by one thread at a time."""

    def __init__(self, make: MakeApp) -> None:
        self._make = make
        self._pipe: Connection | None = None
        self._process: Any = None

    def start(self) -> None:
        """Starts it and waits until it can write. Raises `EOFError`, `OSError` where it falls before."""
        self.end()
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._make), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()

    def write(self, asked: Mapping[str, Any]) -> Written:
        """Raises `EOFError`, `OSError` where the process has fallen."""
        if self._pipe is None:
            raise EOFError
        self._pipe.send(asked)
        written: Written = self._pipe.recv()
        return written

    def end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = None


def _work(pipe: Connection, make: MakeApp) -> None:
    """The process: a question in, an answer out, until the pipe closes. A fault ends it: whoever asked finds the same fault."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it ends with the portal, which may still have answers to give
    app = make()
    gc.freeze()  # what is loaded stays: the collector need not walk it for each page, a tenth of what a page costs
    pipe.send(None)
    with asyncio.Runner() as runner:
        while True:
            try:
                asked = pipe.recv()
            except EOFError:
                return
            pipe.send(runner.run(ask(app, asked)))


async def ask(app: ASGIApp, scope: Mapping[str, Any]) -> Written:
    """The application's whole answer to a request without a body."""
    status, headers, pieces = 500, [], []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], list(message["headers"])
        elif message["type"] == "http.response.body":
            pieces.append(message.get("body", b""))

    await app(dict(scope), receive, send)
    return Written(status, headers, b"".join(pieces))
