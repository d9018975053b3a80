"""Written pages kept until the store changes: the same page for many readers is written once.

Before each answer the store is asked for its version; after any change, by whatever process, nothing kept is used, so
that what is withheld is gone with the next request. What was asked at the same moment is written once for all.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stemma.errors import StoreError
from stemma.serve.messages import choose_language
from stemma.serve.reply import has_tag

KEPT_BYTES = 48 << 20
LARGEST_PAGE = 1 << 20
"""What is kept, and the largest page that is; larger ones are written anew each time."""
NEVER = ("/events", "/healthz", "/readyz", "/static/")

Key = tuple[str, bytes, bool, str]


@dataclass(slots=True)
class _Answer:
    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


class PageKeeper:
    """The application's answers to GET and HEAD, kept as long as `version` gives the same number."""

    def __init__(self, app: ASGIApp, *, version: Callable[[], int]) -> None:
        self._app = app
        self._version = version
        self._at: int | None = None
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._writing: dict[Key, asyncio.Task[_Answer]] = {}

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
        answer = await self._find(scope, version)
        await _send(answer, scope, send)

    async def _find(self, scope: Scope, version: int) -> _Answer:
        headers = Headers(scope=scope)
        accepted = headers.get("accept-language", "")
        key = (
            scope["path"],
            scope["query_string"],
            "gzip" in headers.get("accept-encoding", ""),
            choose_language(None, accepted),
        )
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
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
        """The whole answer to GET, whatever copy the reader has."""
        answer = _Answer()
        pieces: list[bytes] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.status, answer.headers = message["status"], list(message["headers"])
            elif message["type"] == "http.response.body":
                pieces.append(message.get("body", b""))

        plain = [(k, v) for k, v in scope["headers"] if k not in (b"if-none-match", b"if-modified-since")]
        await self._app({**scope, "method": "GET", "headers": plain}, receive, send)
        answer.body = b"".join(pieces)
        return answer


async def _send(answer: _Answer, scope: Scope, send: Send) -> None:
    headers = Headers(raw=answer.headers)
    status, body = answer.status, answer.body
    if status == 200 and has_tag(Headers(scope=scope).get("if-none-match", ""), headers.get("etag", "")):
        status, body = 304, b""
    raw = answer.headers
    if status == 304:
        raw = [(k, v) for k, v in raw if k not in (b"content-length", b"content-encoding")]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
