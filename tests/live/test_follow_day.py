"""Half a day of several outlets with faults of many kinds, in half a minute: a clock that runs a thousand times as fast."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.origin import Asked, Origin, Reply, page, rss

from stemma.newsroom.live import Live, LiveOptions
from stemma.store import open_store
from stemma.store.followed import NewSource

SPEED = 1_500
HOURS = int(os.environ.get("STEMMA_DAY_HOURS", "10"))
OUTLETS = int(os.environ.get("STEMMA_DAY_OUTLETS", "10"))
START = datetime(2026, 3, 3, 6, tzinfo=UTC)
TOWNS = ["Ellsay", "Varde", "Morkum", "Tressel", "Ostwick", "Hallgate", "Brennov", "Lyre", "Quandt", "Sorrel"]


class FastClock:
    def __init__(self) -> None:
        self._began = time.monotonic()

    def now(self) -> datetime:
        return START + timedelta(seconds=(time.monotonic() - self._began) * SPEED)

    def hour(self) -> float:
        return (self.now() - START).total_seconds() / 3600

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


class Outlet:
    """Publishes an article every two hours; misbehaves by its number."""

    def __init__(self, number: int, clock: FastClock) -> None:
        self.number, self.clock = number, clock
        self.origin = Origin(f"127.0.0.{10 + number}")
        self.name = f"The {TOWNS[number % 10]} Observer {number}"
        self.closed_at: float | None = None
        self.visits: list[float] = []
        self.origin.plays["/feed"] = self.answer
        self.origin.plays["/moved"] = self.answer
        if number % 10 == 6:
            self.origin.plays["/robots.txt"] = Reply("User-agent: *\nDisallow: /")
        for n in range(HOURS):
            self.origin.plays[self._path(n)] = page(self.name, self._title(n), self._text(n))

    @property
    def published(self) -> int:
        """How many articles a day's end finds: one every two hours until two hours before the end."""
        return 0 if self.number % 10 == 6 else (HOURS - 3) // 2 + 1

    def answer(self, asked: Asked) -> Reply:
        hour = self.clock.hour()
        self.visits.append(hour)
        kind = self.number % 10
        if kind == 1 and 2 < hour < 3:
            return Reply("trouble", 500)
        if kind == 2 and self.closed_at is None and hour > 1:
            self.closed_at = hour
            return Reply("slower", 429, {"Retry-After": "3600"})
        if kind == 3 and asked.path == "/feed" and hour > 2:
            return Reply(status=301, headers={"Location": "/moved"})
        if kind == 4 and 3 < hour < 4:
            return Reply("<html><body>We are painting the house</body></html>")
        if kind == 5 and len(self.visits) % 2:
            return Reply(gzip.compress(b"x" * 99)[:-9], headers={"Content-Encoding": "gzip"})
        items = []
        for n in range(int(min(hour, HOURS - 3)) // 2 + 1):
            tail = f"?utm_source={len(self.visits)}" if kind == 7 else ""
            items.append((self.origin.url + self._path(n) + tail, self._title(n), "A teaser."))
        return Reply(rss(self.name, items))

    def _path(self, n: int) -> str:
        return f"/2026/03/03/report-{n}-of-the-day"

    def _title(self, n: int) -> str:
        return f"Council of {TOWNS[self.number % 10]} decides item {self.number}-{n}"

    def _text(self, n: int) -> str:
        town, other = TOWNS[self.number % 10], TOWNS[(self.number + n) % 10]
        return (
            f"The council of {town} decided on item {n} of its list on Tuesday, {self.name} has learned. "
            f"Members from {other} voted against it, {self.number + 3} to {n + 2}.\n\n“We waited {n + 4} years for "
            f"this,” said Ada Merrin, who leads the {town} office for matters of kind {self.number * 31 + n}."
        )


def test_a_day_of_faults_ends_with_each_article_once(tmp_path: Path) -> None:
    """Errors, 429, a move, a house being painted, broken gzip, closed robots and churning parameters: in the end there is
    exactly what was published, and nobody was asked against their wishes."""
    clock = FastClock()
    outlets = [Outlet(n, clock) for n in range(OUTLETS)]
    store = open_store(tmp_path / "stemma.db")
    for outlet in outlets:
        new = NewSource(
            url=f"{outlet.origin.url}/feed", kind="feed", host=f"{outlet.origin.host}:{outlet.origin.port}",
            title=outlet.name, added=START,
        )  # fmt: skip
        store.add_source(new, interval=1800)
    options = LiveOptions(agent="Stemma/test", allow=(ipaddress.ip_network("127.0.0.0/8"),))
    live = Live(store, options, clock=clock)
    live.start()
    expected = sum(outlet.published for outlet in outlets)
    until = time.monotonic() + HOURS * 3600 / SPEED * 4 + 60
    # The machine may be slow where the clock is fast: what was published by the day's end may arrive later.
    while time.monotonic() < until and (store.count().articles < expected or clock.hour() < HOURS):
        time.sleep(0.5)
    live.stop()
    assert live.join(30)
    for outlet in outlets:
        outlet.origin.stop()
    views = {view.title: view for view in store.view_sources()}
    counts = {o.number: views[o.name].articles for o in outlets}
    assert counts == {o.number: o.published for o in outlets}
    assert store.count().articles == expected
    for outlet in outlets:
        paths = outlet.origin.paths()
        fetched = [p.split("?")[0] for p in paths if "/report-" in p]
        assert len(fetched) == len(set(fetched)) == outlet.published
        if outlet.number % 10 == 6:
            assert set(paths) == {"/robots.txt"}
        if outlet.closed_at is not None:
            later = [v for v in outlet.visits if v > outlet.closed_at]
            assert min(later) - outlet.closed_at >= 0.99
        # Ten minutes is the shortest interval; a permanent move costs one request more.
        for earlier, later_visit in zip(outlet.visits, outlet.visits[1:], strict=False):
            assert later_visit - earlier >= 0.16 or outlet.number % 10 == 3
    assert views[outlets[3].name].url.endswith("/moved")
    assert views[outlets[6].name].state == "failing"
    assert "robots.txt" in (views[outlets[6].name].problem or "")
