"""Whether grouping as a whole looks as usual, for the operator: at the end of a reading, and once a day while running."""

from __future__ import annotations

import logging
import time

from stemma.store import Store
from stemma.stories import Alarm, find_alarms

_log = logging.getLogger("stemma")
_DAY = 86_400.0
_WORDS = {
    "singletons": "of all stories have one article",
    "largest": "of all articles are in one story",
    "one outlet": "of all stories with several articles are one outlet's alone",
    "merged": "of all stories were merged into others by a review",
}


def find_store_alarms(store: Store) -> tuple[Alarm, ...]:
    """The figures of `find_alarms` for what is kept; nothing for a small store."""
    coverage = store.load_coverage()
    return find_alarms(coverage.outlets, merged=coverage.merged)


def tell_alarm(alarm: Alarm) -> str:
    """A figure and its usual band in words."""
    return f"{alarm.value:.0%} {_WORDS[alarm.name]} (usually {alarm.low:.0%} to {alarm.high:.0%})"


class Watch:
    """Tells unusual figures in the log, at most once a day by the machine's clock."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: float | None = None

    def look(self) -> None:
        """Looks where a day has passed since the last look."""
        now = time.monotonic()
        if self._last is not None and now - self._last < _DAY:
            return
        self._last = now
        for alarm in find_store_alarms(self._store):
            if alarm.unusual:
                _log.warning("unusual: %s; stemma show alarms", tell_alarm(alarm))
