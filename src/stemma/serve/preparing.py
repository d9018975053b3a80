"""Pages that readers come for first, written before anybody asks: front page, latest, and the stories they lead to.

One after the other, as a reader would ask for them; what is kept of them is `keeping.py`'s. Not done again when the store
changes: whoever asks first then has the page written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message

from stemma.errors import StemmaError
from stemma.serve.links import link_story
from stemma.serve.reader import Reader

STORIES = 90
"""Stories of the front page and of the latest, each: three pages' worth."""
LONGEST_FIRST = 3.0
"""Seconds for which the start waits for the front page."""
_log = logging.getLogger("stemma")


async def prepare_first(app: ASGIApp) -> None:
    """The front page, before anybody is told that there is one: a hundred readers at the start would wait for it."""
    with suppress(StemmaError, TimeoutError):
        await asyncio.wait_for(_ask(app, "/"), LONGEST_FIRST)


async def prepare(app: ASGIApp, reader: Reader) -> None:
    """Asks the application for its first pages. What fails is left for the reader who asks for it."""
    try:
        addresses = list(dict.fromkeys(await run_in_threadpool(lambda: list(_find_addresses(reader)))))
    except StemmaError:
        _log.warning("no page is prepared: the store cannot be read just now")
        return
    for address in addresses:
        await _ask(app, address)


def _find_addresses(reader: Reader) -> Iterator[str]:
    yield "/"
    yield "/latest"
    for row in reader.find_front(limit=STORIES):
        yield link_story(row.story)
    for row in reader.find_latest(limit=STORIES):
        yield link_story(row.story)


async def _ask(app: ASGIApp, address: str) -> None:
    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        """Nobody reads it."""

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": address,
        "raw_path": address.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
        "client": None,
        "server": ("localhost", 80),
    }
    await app(scope, receive, send)
