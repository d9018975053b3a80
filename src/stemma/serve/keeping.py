"""Written pages kept until the store changes: the same page for many readers is written once.

Before each answer the store is asked for its version; after any change, by whatever process, nothing kept is used, so
that what is withheld is gone with the next request. What was asked at the same moment is written once for all, and few
pages are written at a time: threads that write keep the one that answers from its turn.
"""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemma.errors import StoreError
from stemma.serve.messages import choose_language
from stemma.serve.reply import has_tag

KEPT_BYTES = 48 << 20
LARGEST_PAGE = 1 << 20
"""What is kept, and the largest page that is; larger ones are written anew each time. Compressed bytes."""
WRITERS = 3
"""Pages written at a time: more than one, so that a slow page holds up no other; few, for the sake of what is kept."""
NEVER = ("/events", "/healthz", "/readyz", "/static/")

Key = tuple[str, bytes, str]
Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class _Answer:
    """An answer as it was written, its body compressed where that pays."""

    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    tag: str = ""

    @property
    def compressed(self) -> bool:
        return (b"content-encoding", b"gzip") in self.headers


class PageKeeper:
    """The application's answers to GET and HEAD, kept as long as `version` gives the same number."""

    def __init__(self, app: ASGIApp, *, version: Callable[[], int]) -> None:
        self._app = app
        self._version = version
        self._at: int | None = None
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._writing: dict[Key, asyncio.Task[_Answer]] = {}
        self._writers = asyncio.Semaphore(WRITERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or scope["path"].startswith(NEVER)
        ):
            await self._app(scope, receive, send)
            return
        try:
            version = self._version()
        except StoreError:
            await self._app(scope, receive, send)
            return
        if version != self._at:
            self._at, self._bytes = version, 0
            self._kept.clear()
            self._writing.clear()
        wanted = {name: value for name, value in scope["headers"] if name in _ASKED}
        key = (scope["path"], scope["query_string"], _choose(wanted.get(b"accept-language", b"")))
        answer = self._kept.get(key)
        if answer is None:
            answer = await self._find(key, scope, version)
        else:
            self._kept.move_to_end(key)
        await _send(answer, wanted, scope["method"], send)

    async def _find(self, key: Key, scope: Scope, version: int) -> _Answer:
        task = self._writing.get(key)
        if task is None:
            task = asyncio.create_task(self._write(scope))
            self._writing[key] = task
        # A reader that goes away must not take the page from those who wait for it too.
        answer = await asyncio.shield(task)
        if self._writing.get(key) is task:
            del self._writing[key]
            if self._at == version and answer.status == 200 and len(answer.body) <= LARGEST_PAGE:
                self._keep(key, answer)
        return answer

    def _keep(self, key: Key, answer: _Answer) -> None:
        self._kept[key] = answer
        self._bytes += len(answer.body) + 1_000
        while self._bytes > KEPT_BYTES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body) + 1_000

    async def _write(self, scope: Scope) -> _Answer:
        """The whole answer to GET, compressed, whatever copy the reader has and whatever it can read."""
        answer = _Answer()
        pieces: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
            elif message["type"] == "http.response.body":
                pieces.append(message.get("body", b""))

        plain = [(k, v) for k, v in scope["headers"] if k not in _OWN]
        async with self._writers:
            asked = {**scope, "method": "GET", "headers": [*plain, (b"accept-encoding", b"gzip")]}
            await self._app(asked, receive, send)
        answer.body = b"".join(pieces)
        answer.tag = next((v.decode("latin-1") for k, v in answer.headers if k == b"etag"), "")
        return answer


_OWN = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding"})
_ASKED = frozenset({b"if-none-match", b"accept-language", b"accept-encoding"})


@lru_cache(maxsize=256)
def _choose(accepted: bytes) -> str:
    return choose_language(None, accepted.decode("latin-1"))


async def _send(answer: _Answer, wanted: dict[bytes, bytes], method: str, send: Send) -> None:
    status, headers, body = answer.status, answer.headers, answer.body
    if status == 200 and has_tag(wanted.get(b"if-none-match", b"").decode("latin-1"), answer.tag):
        status, body = 304, b""
        headers = [(k, v) for k, v in headers if k not in (b"content-length", b"content-encoding")]
    elif answer.compressed and b"gzip" not in wanted.get(b"accept-encoding", b""):
        body = gzip.decompress(body)
        headers = [(k, v) for k, v in headers if k not in (b"content-length", b"content-encoding")]
        headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})
