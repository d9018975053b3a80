"""New stories and changes as server-sent events (WHATWG HTML, 9.2), for pages that are open.

One look at the store's version every `PAUSE` seconds serves all listeners; an event names stories and nothing else.
Ends when the server stops, so that no open page keeps it from stopping.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from stemma.errors import StoreError
from stemma.serve.links import parse_row
from stemma.serve.reader import Reader
from stemma.serve.reply import HEADERS, make_reply
from stemma.store.listings import ArrivalView

PAUSE = 2.0
QUIET = 15.0
"""Seconds between looks, and between signs of life on a quiet line: proxies cut lines that are quiet for longer."""
MOST_LISTENERS = 300
MOST_ARRIVALS = 500
MOST_EVENTS = 20
"""Events in which a reader who was away hears what came; who was away for longer hears of the first of it."""


class Live:
    """The listeners of one portal."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._task: asyncio.Task[None] | None = None
        self._stopped = False

    async def listen(self, request: Request) -> Response:
        """The stream: first what came since `Last-Event-ID` (on reconnecting) or `since` (a page of a reader who follows)."""
        if len(self._listeners) >= MOST_LISTENERS or self._stopped:
            return make_reply(
                request,
                "Too many listen just now.\n",
                status=503,
                media_type="text/plain; charset=utf-8",
                headers={"Retry-After": "60"},
            )
        since = parse_row(request.headers.get("last-event-id") or request.query_params.get("since", ""))
        headers = {**HEADERS, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(self._stream(since), media_type="text/event-stream", headers=headers)

    def stop(self) -> None:
        """Ends all streams; called from the server's own loop."""
        self._stopped = True
        for queue in self._listeners:
            queue.put_nowait(None)
        if self._task is not None:
            self._task.cancel()

    async def _stream(self, since: int | None) -> AsyncIterator[str]:
        queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=50)
        self._listeners.add(queue)
        try:
            if self._task is None or self._task.done():
                self._task = asyncio.create_task(self._watch())
            yield "retry: 10000\n\n"
            if since is not None:
                for _ in range(MOST_EVENTS):
                    found = await run_in_threadpool(
                        self._reader.find_arrivals, after=since, limit=MOST_ARRIVALS
                    )
                    if not found:
                        break
                    since = found[-1].article
                    yield write_event(found)
            while not self._stopped:
                try:
                    event = await asyncio.wait_for(queue.get(), QUIET)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event is None:
                    return
                yield event
        finally:
            self._listeners.discard(queue)

    async def _watch(self) -> None:
        """Looks for arrivals as long as anybody listens."""
        last = await run_in_threadpool(self._reader.count_articles)
        version = await run_in_threadpool(self._reader.get_version)
        while self._listeners:
            await asyncio.sleep(PAUSE)
            try:
                now = await run_in_threadpool(self._reader.get_version)
                if now == version:
                    continue
                version = now
                found = await run_in_threadpool(self._reader.find_arrivals, after=last, limit=MOST_ARRIVALS)
            except StoreError:
                continue
            if found:
                last = found[-1].article
                event = write_event(found)
                for queue in self._listeners:
                    if not queue.full():
                        queue.put_nowait(event)


def write_event(found: Sequence[ArrivalView]) -> str:
    """One event: the stories that were opened and those that grew, each once; its id is the last article."""
    opened = {a.story: a.title for a in found if a.opened}
    grown = {a.story for a in found} - set(opened)
    data = {
        "opened": [{"story": story, "title": title[:200]} for story, title in sorted(opened.items())],
        "grown": sorted(grown),
    }
    # ASCII, so that no line end of any script can break the framing of the event.
    return f"id: {found[-1].article}\nevent: news\ndata: {json.dumps(data)}\n\n"
