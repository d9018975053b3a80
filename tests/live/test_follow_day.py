"""A day of many outlets with a fault of every kind, in as long as the work of it takes: the clock goes on when nothing is due.

`STEMMA_DAY_OUTLETS` and `STEMMA_DAY_HOURS` make it larger; the day of 200 outlets and 24 hours is run on request.
"""

from __future__ import annotations

import asyncio
import ipaddress
import os
import sqlite3
import threading
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.live.outlets import KINDS, START, Leaving, Moving, Outlet, Twofold

from stemma.acquire import fetch
from stemma.newsroom.live import Live, LiveOptions
from stemma.store import Store, open_store
from stemma.store.followed import NewSource

HOURS = int(os.environ.get("STEMMA_DAY_HOURS", "8"))
OUTLETS = int(os.environ.get("STEMMA_DAY_OUTLETS", str(len(KINDS))))
LATER = 16
"""Hours after the day in which what was published late is still found: the longest interval is twelve."""
STOPPING = 10.0
"""Seconds within which following ends when it is asked to."""
_TICK = 0.005


class WorkClock:
    """A clock that stands almost still while there is work, and jumps to the next thing due when there is none.

    So a slow machine sees the same day as a fast one. Kept by a thread; what is due is read from the store's file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._passed = 0.0
        self._over = threading.Event()

    def now(self) -> datetime:
        return START + timedelta(seconds=self._passed)

    def seconds(self) -> float:
        return self._passed

    async def sleep(self, seconds: float) -> None:
        until = self._passed + seconds
        while self._passed < until:
            await asyncio.sleep(_TICK)

    def start(self) -> None:
        threading.Thread(target=self._run, daemon=True).start()

    def stop(self) -> None:
        self._over.set()

    def _run(self) -> None:
        with closing(sqlite3.connect(self._path, timeout=30)) as store:
            held, step = (0, 0, 0), 0.02
            while not self._over.wait(_TICK):
                work = self._find_work(store)
                if not any(work):
                    self._passed = max(self._passed + 1, min(self._next(store), self._passed + 1800))
                    continue
                # What waits for its host's turn waits for the clock, so it creeps, faster where nothing comes of it.
                step = 0.02 if work != held else min(step * 1.1, 2.0)
                held = work
                self._passed += step

    def _find_work(self, store: sqlite3.Connection) -> tuple[int, int, int]:
        now = self.now().isoformat()
        (sources,) = store.execute(
            "SELECT count(*) FROM source WHERE next_visit <= ? AND state != 'stopped'", (now,)
        ).fetchone()
        (leased,) = store.execute("SELECT count(*) FROM candidate WHERE leased").fetchone()
        (due,) = store.execute("SELECT count(*) FROM candidate WHERE due <= ?", (now,)).fetchone()
        return sources, leased, due

    def _next(self, store: sqlite3.Connection) -> float:
        (moment,) = store.execute(
            "SELECT min(t) FROM (SELECT min(next_visit) t FROM source WHERE state != 'stopped' "
            "UNION ALL SELECT min(due) FROM candidate)"
        ).fetchone()
        return (datetime.fromisoformat(moment) - START).total_seconds() if moment else self._passed + 60


def _follow(store: Store, address: str, outlet: Outlet) -> None:
    host = f"{outlet.origin.host}:{outlet.origin.port}"
    new = NewSource(url=address, kind="feed", host=host, title=outlet.name, added=START)
    store.add_source(new, interval=1800)


def _load_addresses(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as store:
        return sorted(url.partition("?")[0] for (url,) in store.execute("SELECT url FROM article"))


def test_a_day_of_faults_ends_with_each_article_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the end there is exactly what was published, each article once under its own address, nobody was asked against
    their wishes, and following ends within ten seconds."""
    monkeypatch.setattr(fetch, "DEADLINE", 3.0)  # seconds of this machine: a drip costs them for real
    path = tmp_path / "stemma.db"
    store = open_store(path)
    clock = WorkClock(path)
    outlets = [KINDS[n % len(KINDS)](n, HOURS, clock.seconds) for n in range(OUTLETS)]
    for outlet in outlets:
        _follow(store, outlet.address, outlet)
        if isinstance(outlet, Twofold):
            _follow(store, f"{outlet.origin.url}/all", outlet)
    expected = sorted(address for outlet in outlets for address in outlet.expect())
    live = Live(
        store, LiveOptions(agent="Stemma/test", allow=(ipaddress.ip_network("127.0.0.0/8"),)), clock=clock
    )
    live.start()
    clock.start()
    over = HOURS * 3600
    while clock.seconds() < over or (
        store.count().articles < len(expected) and clock.seconds() < over + LATER * 3600
    ):
        time.sleep(0.2)
    asked_to_end = time.monotonic()
    live.stop()
    ended = live.join(60)
    took = time.monotonic() - asked_to_end
    clock.stop()
    for outlet in outlets:
        outlet.origin.stop()
    assert ended
    assert took < STOPPING
    assert _load_addresses(path) == expected
    complaints = {f"{type(o).__name__} {o.number}": c for o in outlets if (c := o.complaints())}
    assert complaints == {}
    views = {view.url: view for view in store.view_sources()}
    for outlet in outlets:
        if isinstance(outlet, Moving):
            assert f"{outlet.origin.url}/moved" in views
        elif not outlet.articles_told:
            assert views[outlet.address].state == "failing"
            assert "robots.txt" in (views[outlet.address].problem or "")
        elif isinstance(outlet, Leaving):
            assert views[outlet.address].state == ("stopped" if outlet.left else "ok")
