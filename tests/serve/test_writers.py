"""Processes that write pages: the same answers, and a page whatever becomes of the process."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from stemma.cli.portal import make_portal, make_writer
from stemma.config import Settings
from stemma.serve import preparing
from stemma.serve.writers import PageWriters, Written, ask
from stemma.store import open_store

SCOPE = {
    "type": "http",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "method": "GET",
    "scheme": "http",
    "path": "/",
    "raw_path": b"/",
    "root_path": "",
    "query_string": b"",
    "headers": [(b"host", b"127.0.0.1"), (b"accept-encoding", b"gzip")],
    "server": ("127.0.0.1", 80),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation whose store is there and empty."""
    found = Settings(home=tmp_path, page_writers=1)
    open_store(found.store).close()
    return found


@pytest.fixture
def writers(settings: Settings) -> Iterator[PageWriters]:
    """One process that writes pages, ready."""
    found = PageWriters(partial(make_writer, settings), 1)
    found.start()
    wait_until(lambda: found.ready == 1)
    yield found
    found.stop()


def wait_until(holds) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        time.sleep(0.02)


def write(writers: PageWriters, **changed: object) -> Written | None:
    return asyncio.run(writers.write({**SCOPE, "app": object(), **changed}))


def test_another_process_gives_the_same_answer(settings: Settings, writers: PageWriters) -> None:
    """Status, headers and body are those of the application here; a page that there is none of is so there too."""
    for path in ("/", "/people", "/story/7"):
        asked = {**SCOPE, "path": path, "raw_path": path.encode()}
        assert write(writers, **asked) == asyncio.run(ask(make_writer(settings), asked))


def test_a_process_that_falls_gives_nothing_and_is_started_again(writers: PageWriters) -> None:
    """The page that it was asked for is not given from here; the next one is."""
    (process,) = multiprocessing.active_children()
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert write(writers) is None
    wait_until(lambda: writers.ready == 1)
    written = write(writers)
    assert written is not None
    assert written.status == 200


def test_without_a_process_the_portal_writes_itself(settings: Settings) -> None:
    """Before the processes are ready, and when they have ended, pages are written as if there were none."""
    store = open_store(settings.store)
    app = make_portal(settings, store)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert app.state.writers.ready == 0
        before = client.get("/")
        app.state.writers.start()
        wait_until(lambda: app.state.writers.ready == 1)
        assert client.get("/?page=1").status_code == 200
        app.state.writers.stop()
        after = client.get("/", headers={"cache-control": "no-cache"})
        other = client.get("/people")
    assert before.status_code == after.status_code == other.status_code == 200
    assert multiprocessing.active_children() == []
    store.close()


def test_pages_are_prepared_again_after_a_change(
    settings: Settings, writers: PageWriters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With processes to write them, first pages are asked for again once something has changed, and not before."""
    monkeypatch.setattr(preparing, "PAUSE", 0.01)
    asked, versions = [], [1]

    async def app(scope, receive, send) -> None:
        asked.append(scope["path"])

    class Unread:
        def get_version(self) -> int:
            return versions[0]

        def find_front(self, *, limit: int) -> tuple[()]:
            return ()

        find_latest = find_front

    async def watch() -> list[int]:
        task = asyncio.create_task(preparing.prepare(app, Unread(), writers))
        counts = []
        for number in (1, 2):
            versions[0] = number
            await asyncio.sleep(0.3)
            counts.append(asked.count("/"))
        task.cancel()
        return counts

    assert asyncio.run(watch()) == [2, 3]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(settings: Settings, how: signal.Signals) -> None:
    """They end with the portal: when it is stopped, and when it is killed and can tell nobody."""
    environment = {
        **os.environ,
        "STEMMA_HOME": str(settings.home),
        "STEMMA_LISTEN": "127.0.0.1:0",
        "STEMMA_WRITERS": "1",
    }
    portal = subprocess.Popen(
        [Path(sys.executable).with_name("stemma"), "serve"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert portal.stderr is not None
        address = portal.stderr.readline().split()[-1]
        wait_until(lambda: find_children(portal.pid))
        with urllib.request.urlopen(f"{address}/people", timeout=10) as reply:
            assert reply.status == 200
        theirs = find_children(portal.pid)
        portal.send_signal(how)
        portal.wait(timeout=15)
        wait_until(lambda: not any(Path(f"/proc/{child}").exists() for child in theirs))
    finally:
        portal.kill()
        portal.wait()


def find_children(process: int) -> list[int]:
    """Processes that it started, by proc(5)."""
    return [
        int(stat.parent.name) for stat in Path("/proc").glob("[0-9]*/stat") if _read_parent(stat) == process
    ]


def _read_parent(stat: Path) -> int:
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
