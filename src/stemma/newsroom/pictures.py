"""Pictures of articles, fetched by this machine and painted anew, so that no reader's browser asks another host.

One at a time, through the gate of all outgoing connections and with robots.txt heeded; what comes is decoded in a process
that can be killed (`repaint.py`). Kept in memory, bounded, for half a day. Which picture may be asked for is the caller's to
decide: it is one of an article that is not withheld.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Sequence

from stemma.acquire.answers import Answer
from stemma.acquire.fetch import Fetcher
from stemma.config import Network

MOST_BYTES = 8_000_000
"""Of a picture as it is fetched."""
KEPT_BYTES = 32 << 20
KEPT_SECONDS = 12 * 3600.0
MISSED_SECONDS = 600.0
"""For which a picture that could not be had is not asked for again."""
PATIENCE = 20.0
"""Seconds by the wall for painting one."""


class Pictures:
    """Pictures by their addresses. Safe to use from several threads."""

    def __init__(self, *, agent: str, allow: Sequence[Network] = (), patience: float = PATIENCE) -> None:
        self._agent = agent
        self._allow = tuple(allow)
        self._patience = patience
        self._turn = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, bytes | None]] = OrderedDict()
        self._bytes = 0

    def find(self, address: str) -> bytes | None:
        """The picture as a JPEG; None where it could not be had."""
        with self._turn:
            now = time.monotonic()
            while self._kept and next(iter(self._kept.values()))[0] < now - KEPT_SECONDS:
                self._forget(next(iter(self._kept)))
            at, held = self._kept.get(address, (-KEPT_SECONDS, None))
            if held is not None or at > now - MISSED_SECONDS:
                return held
            found = self._paint(asyncio.run(self._fetch(address)))
            self._forget(address)
            self._kept[address] = now, found
            self._bytes += len(found or b"") + 300
            while self._bytes > KEPT_BYTES:
                self._forget(next(iter(self._kept)))
            return found

    def clear(self) -> None:
        """Forgets all of them."""
        with self._turn:
            self._kept.clear()
            self._bytes = 0

    def _forget(self, address: str) -> None:
        if address in self._kept:
            _, gone = self._kept.pop(address)
            self._bytes -= len(gone or b"") + 300

    async def _fetch(self, address: str) -> bytes | None:
        async with Fetcher(agent=self._agent, allow=self._allow, pause=0.0) as fetcher:
            answer = await fetcher.fetch(address, limit=MOST_BYTES)
        if isinstance(answer, Answer) and answer.status == 200 and answer.reserved is None:
            return answer.body
        return None

    def _paint(self, content: bytes | None) -> bytes | None:
        if not content:
            return None
        try:
            done = subprocess.run(
                [sys.executable, "-m", "stemma.newsroom.repaint"],
                input=content,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=self._patience,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
        return done.stdout if done.returncode == 0 and done.stdout.startswith(b"\xff\xd8") else None
