"""When an article was published, as far as grouping may rely on it, and what time the stream has.

The clock is the median of what the last articles say, never the system's: one article dated ten years back or ahead
moves nothing. In a stream without order (an archive read by file name) the spread is wide and nothing ages.
"""

from __future__ import annotations

from array import array
from collections import deque
from datetime import datetime
from heapq import heappop, heappush
from math import inf, nan

from stemma.types import Article

_MINUTES = 1440
_WITNESSES = 9
_WIDEST = 10.0
"""Days; a wider interval of publication says too little to count as a date."""
_FAR = 30.0
"""Days from the stream's time beyond which one date is not believed where all others agree."""


def find_moment(article: Article) -> float | None:
    """Days since year 1, fraction included, of publication; the middle of a short interval; None where not known."""
    published = article.published
    first, last = published.earliest, published.latest
    if first is None or last is None or (last - first).days > _WIDEST:
        return None
    if published.stated and len(published.stated) > 10:
        try:
            moment = datetime.fromisoformat(published.stated.replace("Z", "+00:00"))
        except ValueError:
            pass
        else:
            return moment.toordinal() + (moment.hour * 60 + moment.minute) / 1440 + moment.second / 86400
    return (first.toordinal() + last.toordinal()) / 2 + 0.5


def find_bounds(article: Article) -> tuple[float, float]:
    """First and last day of publication as days since year 1, each not a number where nothing bounds it."""
    first, last = article.published.earliest, article.published.latest
    return (
        nan if first is None else float(first.toordinal()),
        nan if last is None else last.toordinal() + 1.0,
    )


def find_sighting(article: Article) -> float | None:
    """When the article was first fetched, as days; an upper bound on publication, used only to let stories age."""
    seen = article.first_seen
    return None if seen is None else seen.toordinal() + (seen.hour * 60 + seen.minute) / 1440


class Clock:
    """The stream's own time: the median of the last nine moments."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=_WITNESSES)

    def hear(self, moment: float | None) -> None:
        """Takes in what one more article says."""
        if moment is not None:
            self._last.append(moment)

    @property
    def now(self) -> float:
        """Days; not a number until a date was heard."""
        return sorted(self._last)[len(self._last) // 2] if self._last else nan

    @property
    def spread(self) -> float:
        """Days between the second latest and the second earliest of the last moments; endless with fewer than nine."""
        if len(self._last) < _WITNESSES:
            return inf
        ordered = sorted(self._last)
        return ordered[-2] - ordered[1]

    def believes(self, moment: float) -> bool:
        """Whether the date fits the stream: false only where nine others agree and this one is far off."""
        return self.spread > _FAR or abs(moment - self.now) <= _FAR


class Waiting:
    """Stories by the minute in which they were last heard of, earliest first: four bytes a story, as most share a minute."""

    def __init__(self) -> None:
        self._minutes: list[int] = []
        self._stories: dict[int, array[int]] = {}

    def add(self, day: float, story: int) -> None:
        """Notes that the story was heard of on that day, fraction included."""
        minute = int(day * _MINUTES)
        held = self._stories.get(minute)
        if held is None:
            held = self._stories[minute] = array("I")
            heappush(self._minutes, minute)
        held.append(story)

    def pop_before(self, day: float) -> list[int]:
        """Takes out and gives the stories of all minutes before that of the day."""
        until = int(day * _MINUTES)
        found: list[int] = []
        while self._minutes and self._minutes[0] < until:
            found.extend(self._stories.pop(heappop(self._minutes)))
        return found
