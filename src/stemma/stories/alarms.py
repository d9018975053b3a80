"""Whether grouping as a whole looks as it usually does: four figures of a store, each with its usual band.

A figure out of its band proves nothing; it tells the operator where to look: at a change of sources, at pages that are
extracted badly, at a template that glues stories together. Takes counts, gives figures; decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.types import StoryId

FEWEST = 200
"""Articles below which shares say nothing."""
_BANDS = {
    "singletons": (0.10, 0.85),
    "largest": (0.0, 0.12),
    "one outlet": (0.0, 0.40),
    "merged": (0.0, 0.30),
}
"""Measured by `bench/quality/stories_alarms.py` on six streams, with room on both sides: singletons .18 to .81, largest
up to .06, one outlet up to .15 (a single newswire, where it is 1, is rightly unusual), merged up to .26."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One figure between 0 and 1 and the band in which it usually lies, ends included."""

    name: str
    value: float
    low: float
    high: float

    @property
    def unusual(self) -> bool:
        """Whether the operator should look."""
        return not self.low <= self.value <= self.high


def find_alarms(outlets: Mapping[StoryId, Sequence[str | None]], *, merged: int) -> tuple[Alarm, ...]:
    """Four figures of a store; nothing for fewer than `FEWEST` articles.

    `outlets` gives for each story the outlet of every member (None: unknown), `merged` counts the stories that a
    review merged into others. "singletons": share of stories with one article; "largest": share of all articles that
    the largest story holds; "one outlet": share of stories of several articles, all of known outlets, that one outlet
    alone has; "merged": share of stories that were merged away.
    """
    articles = sum(len(members) for members in outlets.values())
    if articles < FEWEST:
        return ()
    several = [members for members in outlets.values() if len(members) > 1 and None not in members]
    values = {
        "singletons": sum(len(members) == 1 for members in outlets.values()) / len(outlets),
        "largest": max(map(len, outlets.values())) / articles,
        "one outlet": sum(len(set(members)) == 1 for members in several) / max(1, len(several)),
        "merged": merged / (len(outlets) + merged),
    }
    return tuple(
        Alarm(name=name, value=round(value, 4), low=_BANDS[name][0], high=_BANDS[name][1])
        for name, value in values.items()
    )
