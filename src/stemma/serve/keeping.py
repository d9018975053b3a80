"""Written pages kept for the readers that come after: the same page for many is written once.

Before each answer the store is asked for its version. A change of the deny list makes everything that was kept unusable
at once: what is withheld is gone with the next request. Any other change makes pages old: a story's by a change of that story or of
its thread, a list by any. An old page is written anew when it is asked for; a reader waits for that as long as nobody notices
and then gets the old one, for a moment after the change and never later, unless the request says "no-cache" (a reload does).
"""

from __future__ import annotations

import asyncio
import gzip
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.types import ASGIApp, Receive, Scope, Send

from stemma.errors import StoreError
from stemma.serve.messages import choose_language
from stemma.serve.reply import ABOUT_STORY, has_tag
from stemma.serve.writers import Headers, PageWriters, ask
from stemma.store.listings import ChangedView

KEPT_BYTES = 48 << 20
LARGEST_PAGE = 1 << 20
"""What is kept, and the largest page that is; larger ones are written anew each time. Compressed bytes."""
AT_ONCE = 3
"""Pages written at a time in this process: more than one, so that a slow page holds up no other; few, for the sake of what is kept."""
PATIENCE = 0.04
"""Seconds that a reader of an old page waits for the new one (bench/speed/portal.py: a front page takes about as long)."""
OLDEST = 2.0
"""Seconds after a change for which an old page may be given."""
NEVER = ("/events", "/healthz", "/readyz", "/static/", "/report", "/picture/")
_MOST_CHANGES = 100_000

Key = tuple[str, bytes, str]


@dataclass(slots=True)
class _Answer:
    """An answer as it was written, its body compressed where that pays. `at` counts the changes known when it was begun."""

    at: int
    status: int = 500
    headers: Headers = field(default_factory=list)
    body: bytes = b""
    tag: str = ""
    story: int | None = None

    @property
    def compressed(self) -> bool:
        return (b"content-encoding", b"gzip") in self.headers


class _Changes:
    """What changed while pages were kept: counted, each with the moment before which it had not happened."""

    def __init__(self, version: Callable[[], int], changed: Callable[..., ChangedView]) -> None:
        self._version = version
        self._changed = changed
        self._seen: int | None = None
        self._mark = 0
        self._looked = 0.0
        self._stories: dict[int, int] = {}
        self._moments: OrderedDict[int, float] = OrderedDict()
        self.at = 0
        self.all_at = 0
        """The last change that concerned every story."""
        self.withheld_at = 0
        """The last change of the deny list."""

    def look(self) -> None:
        """Asks the store. Raises `StoreError`."""
        version, now = self._version(), time.monotonic()
        if version != self._seen:
            found = self._changed(since=self._mark)
            self._seen, self._mark = version, found.at
            self.at += 1
            self._moments[self.at] = self._looked
            if len(self._moments) > _MOST_CHANGES:
                self._moments.popitem(last=False)
            if found.withheld:
                self.withheld_at = self.at
            if found.stories is None or len(self._stories) > _MOST_CHANGES:
                self.all_at = self.at
                self._stories.clear()
            else:
                self._stories.update(dict.fromkeys(found.stories, self.at))
        self._looked = now

    def find_age(self, answer: _Answer) -> float | None:
        """Seconds since the answer became old, at most; None where it is as good as new."""
        if answer.story is None:
            change = answer.at + 1 if answer.at < self.at else 0
        else:
            change = max(self._stories.get(answer.story, 0), self.all_at)
        if change <= answer.at:
            return None
        return self._looked - self._moments.get(change, 0.0)


class PageKeeper:
    """The application's answers to GET and HEAD, kept as long as what they tell has not changed."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        version: Callable[[], int],
        changed: Callable[..., ChangedView],
        writers: PageWriters | None = None,
    ) -> None:
        self._app = app
        self._changes = _Changes(version, changed)
        self._kept: OrderedDict[Key, _Answer] = OrderedDict()
        self._bytes = 0
        self._writing: dict[Key, tuple[int, asyncio.Task[_Answer]]] = {}
        self._others = writers
        self._here = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] not in ("GET", "HEAD")
            or scope["path"].startswith(NEVER)
        ):
            await self._app(scope, receive, send)
            return
        try:
            self._changes.look()
        except StoreError:
            await self._app(scope, receive, send)
            return
        wanted = {name: value for name, value in scope["headers"] if name in _ASKED}
        key = (scope["path"], scope["query_string"], _choose(wanted.get(b"accept-language", b"")))
        await _send(await self._find(key, scope, wanted), wanted, scope["method"], send)

    async def _find(self, key: Key, scope: Scope, wanted: dict[bytes, bytes]) -> _Answer:
        held = self._kept.get(key)
        if held is not None and held.at < self._changes.withheld_at:
            self._drop(key)
            held = None
        age = self._changes.find_age(held) if held is not None else None
        if held is not None and age is None:
            self._kept.move_to_end(key)
            return held
        task = self._begin(key, scope)
        # A reader that goes away must not take the page from those who wait for it too.
        if held is None or age is None or age > OLDEST or _wants_new(wanted):
            return await asyncio.shield(task)
        done, _ = await asyncio.wait((task,), timeout=PATIENCE)
        # The deny list may have changed in between.
        if done or held.at < self._changes.withheld_at:
            return await asyncio.shield(task)
        return held

    def _begin(self, key: Key, scope: Scope) -> asyncio.Task[_Answer]:
        """The one writing of a page that is under way, begun here where there is none or its page would be old."""
        at, task = self._writing.get(key, (-1, None))
        if task is None or at < self._changes.at:
            at = self._changes.at
            task = asyncio.create_task(self._write(scope, at))
            self._writing[key] = at, task
            task.add_done_callback(lambda done: self._end(key, done))
        return task

    def _end(self, key: Key, task: asyncio.Task[_Answer]) -> None:
        if self._writing.get(key, (0, None))[1] is task:
            del self._writing[key]
        if task.cancelled() or task.exception() is not None:
            return
        answer, held = task.result(), self._kept.get(key)
        if answer.at < self._changes.withheld_at or (held is not None and held.at > answer.at):
            return
        self._drop(key)
        if answer.status == 200 and len(answer.body) <= LARGEST_PAGE:
            self._kept[key] = answer
            self._bytes += len(answer.body) + 1_000
            while self._bytes > KEPT_BYTES:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: Key) -> None:
        gone = self._kept.pop(key, None)
        self._bytes -= len(gone.body) + 1_000 if gone is not None else 0

    async def _write(self, scope: Scope, at: int) -> _Answer:
        """The whole answer to GET, compressed, whatever copy the reader has and whatever it can read."""
        plain = [(k, v) for k, v in scope["headers"] if k not in _OWN]
        asked = {**scope, "method": "GET", "headers": [*plain, (b"accept-encoding", b"gzip")]}
        written = await self._others.write(asked) if self._others is not None else None
        if written is None:
            async with self._here:
                written = await ask(self._app, asked)
        answer = _Answer(at, written.status, written.headers, written.body)
        named = dict(answer.headers)
        answer.tag = named.get(b"etag", b"").decode("latin-1")
        if ABOUT_STORY in named:
            answer.story = int(named[ABOUT_STORY])
            answer.headers = [(k, v) for k, v in answer.headers if k != ABOUT_STORY]
        return answer


_OWN = frozenset({b"if-none-match", b"if-modified-since", b"accept-encoding", b"cache-control"})
_ASKED = frozenset({b"if-none-match", b"accept-language", b"accept-encoding", b"cache-control"})


def _wants_new(wanted: dict[bytes, bytes]) -> bool:
    """Whether the request says that nothing old will do (RFC 9111, 5.2.1)."""
    said = wanted.get(b"cache-control", b"").replace(b" ", b"").lower().split(b",")
    return b"no-cache" in said or b"max-age=0" in said


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
