"""Pages that readers come for first, written before anybody asks: front page, latest, and the stories they lead to.

One after the other, as a reader would ask for them; what is kept of them is `keeping.py`'s. Where other processes write
(`writers.py`), there are more of them, and what has changed is written anew before it is asked for; else whoever asks first has it written.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp

from stemma.errors import StemmaError
from stemma.serve.links import link_story
from stemma.serve.reader import Reader
from stemma.serve.writers import PageWriters, ask

STORIES = 90
"""Stories of the front page and of the latest, each: three pages' worth."""
MORE_STORIES = 1_000
"""Stories of the front page where other processes write: what readers come to by its further pages, threads and outlets."""
PAUSE = 60.0
"""Seconds after which it is looked again, there, for what has changed."""
MOMENT = 0.05
"""Seconds until it is tried again where a reader's page is being written."""
LONGEST_FIRST = 3.0
"""Seconds for which the start waits for the front page."""
_log = logging.getLogger("stemma")


async def prepare_first(app: ASGIApp) -> None:
    """The front page, before anybody is told that there is one: a hundred readers at the start would wait for it."""
    with suppress(StemmaError, TimeoutError):
        await asyncio.wait_for(_ask(app, "/"), LONGEST_FIRST)


async def prepare(app: ASGIApp, reader: Reader, writers: PageWriters | None = None) -> None:
    """Asks the application for its first pages; with `writers`, again and again. What fails is left for the reader who asks for it."""
    await _prepare(app, reader, STORIES)
    prepared: int | None = None
    while writers is not None:
        with suppress(StemmaError):
            version = await run_in_threadpool(reader.get_version)
            if writers.ready and version != prepared:
                await _prepare(app, reader, MORE_STORIES, writers)
                prepared = version
        await asyncio.sleep(PAUSE)


async def _prepare(app: ASGIApp, reader: Reader, stories: int, writers: PageWriters | None = None) -> None:
    try:
        addresses = await run_in_threadpool(lambda: list(dict.fromkeys(_find_addresses(reader, stories))))
    except StemmaError:
        _log.warning("no page is prepared: the store cannot be read just now")
        return
    for address in addresses:
        while writers is not None and writers.asked:
            await asyncio.sleep(MOMENT)  # readers first
        await _ask(app, address)


def _find_addresses(reader: Reader, stories: int) -> Iterator[str]:
    yield "/"
    yield "/latest"
    for row in reader.find_front(limit=stories):
        yield link_story(row.story)
    for row in reader.find_latest(limit=STORIES):
        yield link_story(row.story)


async def _ask(app: ASGIApp, address: str) -> None:
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
    await ask(app, scope)
