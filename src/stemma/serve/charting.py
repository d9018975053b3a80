"""Small drawings of numbers: a value as it was given over the days, and articles day by day. Numbers in, numbers out.

All units are those of the drawing. Names and values stand beside their points in the order of height, never on top of
one another; what is drawn is also in a table beside it, so that nobody needs the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

WIDTH, LEAST = 380, 120
_LEFT, _RIGHT, _TOP, _FOOT = 14, 168, 18, 26
_WORDS = 33
"""Height of the two lines of words beside a point."""
_MOST_POINTS = 7
_NAME_CHARACTERS, _VALUE_CHARACTERS = 21, 17


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value that an outlet gave on a day; `x, top, bottom` of the drawing, `label` the height of its words."""

    name: str
    value: str
    low: float | None
    high: float | None
    day: date | None
    x: float = 0
    top: float = 0
    bottom: float = 0
    label: float = 0

    @property
    def short(self) -> str:
        """The name as far as it fits."""
        return _cut(self.name, _NAME_CHARACTERS)

    @property
    def amount(self) -> str:
        """The value as far as it fits."""
        return _cut(self.value, _VALUE_CHARACTERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A value against time: points with their words at the right, `days` along the foot."""

    points: tuple[Point, ...]
    days: tuple[tuple[float, date], ...]
    words_at: float
    height: int
    width: int = WIDTH

    @property
    def line(self) -> str:
        """The way from point to point in time, as SVG points."""
        return " ".join(f"{p.x:g},{(p.top + p.bottom) / 2:g}" for p in self.points)


def build_chart(points: Sequence[Point]) -> Chart | None:
    """The drawing, None where the values of fewer than two certain days differ or there are too many for words."""
    known = [p for p in points if p.day is not None and (p.low is not None or p.high is not None)]
    days = sorted({p.day for p in known if p.day is not None})
    numbers = [n for p in known for n in (p.low, p.high) if n is not None]
    if len(days) < 2 or len(set(numbers)) < 2 or len(known) > _MOST_POINTS:
        return None
    low, high = min(numbers), max(numbers)
    floor = 0.0 if 0 <= low < 0.6 * high else low - (high - low) * 0.2
    span, reach = (days[-1] - days[0]).days, WIDTH - _LEFT - _RIGHT
    deep = max(LEAST, _WORDS * (len(known) - 1))

    def at_day(day: date) -> float:
        return round(_LEFT + (day - days[0]).days / span * reach, 1)

    def at_value(value: float) -> float:
        return round(_TOP + (high - value) / (high - floor) * deep, 1)

    placed = []
    for point in sorted(known, key=lambda p: (p.day or date.min, p.low or 0)):
        upper = point.high if point.high is not None else high
        lower = point.low if point.low is not None else floor
        placed.append(
            replace(point, x=at_day(point.day or days[0]), top=at_value(upper), bottom=at_value(lower))
        )
    return Chart(
        points=_place_words(placed, _TOP + deep),
        height=_TOP + deep + _FOOT,
        days=tuple((at_day(day), day) for day in (days[0], days[-1])),
        words_at=WIDTH - _RIGHT + 14,
    )


def _place_words(points: Sequence[Point], foot: float) -> tuple[Point, ...]:
    """Words at the height of their point, moved apart where two would touch, none below `foot`."""
    at: dict[int, float] = {}
    lowest = float(_TOP - _WORDS)
    for i in sorted(range(len(points)), key=lambda i: (points[i].top + points[i].bottom, i)):
        lowest = max(lowest + _WORDS, (points[i].top + points[i].bottom) / 2)
        at[i] = lowest
    highest = foot
    for i in sorted(at, key=lambda i: -at[i]):
        at[i] = min(at[i], highest)
        highest = at[i] - _WORDS
    return tuple(replace(p, label=round(at[i], 1)) for i, p in enumerate(points))


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
