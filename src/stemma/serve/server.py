"""Runs the portal: binds first, announces the address when ready, stops gracefully on SIGTERM and SIGINT.

A port that is taken is a wrong setting (`ConfigError`) and no traceback. Forwarded headers are not read.
"""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from stemma.errors import ConfigError
from stemma.serve.writers import PageWriters

GRACE = 8
"""Seconds that open answers get to finish; everything has to stop within 10."""
SWITCH = 0.0005
"""Seconds for which a thread that writes a page may hold the interpreter while kept pages wait to be sent (Python's own: 0.005)."""


def serve(app: Starlette, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serves `app` until a signal, then returns.

    `announce` gets the address once connections are answered; with port 0 the one that the system chose. Raises
    `ConfigError` where the address cannot be listened at.
    """
    sys.setswitchinterval(SWITCH)
    with _listen(host, port) as listener, _take_signals():
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            http="auto",
            loop="auto",
            timeout_keep_alive=10,
            timeout_graceful_shutdown=GRACE,
            limit_concurrency=1_000,
        )
        shown = f"[{host}]" if ":" in host else host
        _Server(
            config,
            ready=lambda: announce(f"http://{shown}:{listener.getsockname()[1]}"),
            stop=getattr(app.state, "stop_streams", None),
            prepare_first=getattr(app.state, "prepare_first", None),
            prepare=getattr(app.state, "prepare", None),
            writers=getattr(app.state, "writers", None),
        ).run(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that says when it answers, has first pages prepared, and ends open streams before it waits for open answers."""

    def __init__(
        self,
        config: uvicorn.Config,
        *,
        ready: Callable[[], None],
        stop: Callable[[], None] | None,
        prepare_first: Callable[[], Coroutine[Any, Any, None]] | None,
        prepare: Callable[[], Coroutine[Any, Any, None]] | None,
        writers: PageWriters | None,
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._stop = stop
        self._prepare_first = prepare_first
        self._prepare = prepare
        self._writers = writers
        self._preparing: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            if self._writers is not None:
                self._writers.start()
            if self._prepare_first is not None:
                await self._prepare_first()
            self._ready()
            if self._prepare is not None:
                self._preparing = asyncio.create_task(self._prepare())

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
        if self._stop is not None:
            self._stop()
        await super().shutdown(sockets)
        if self._writers is not None:
            self._writers.stop()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family, backlog=512)
    except (OSError, UnicodeError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise ConfigError(f"cannot listen at {host}:{port}: {reason}") from fault
    listener.set_inheritable(False)
    return listener


@contextmanager
def _take_signals() -> Iterator[None]:
    """Makes a stop by signal a normal return: uvicorn raises the signal again after it has stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {s: signal.signal(s, lambda *_: None) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
