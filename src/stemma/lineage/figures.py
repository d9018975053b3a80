"""What happened to a figure between two texts: changed, rounded, converted, lost, gained, or nothing.

Compares quantities as `stemma.text.numbers` reads them, so that "five" is 5 and "1,000,000" a million.
"""

from __future__ import annotations

import math
import re

from stemma.lineage.pieces import Beside, Piece
from stemma.lineage.words import Side
from stemma.text.lang import load_language
from stemma.text.numbers import Quantity, find_quantities
from stemma.types import Change, ChangeDetail

_FACTORS = {
    ("km", "mi"): 1.609344, ("m", "ft"): 0.3048, ("cm", "in"): 2.54, ("kg", "lb"): 0.45359237,
    ("km/h", "mph"): 1.609344, ("ha", "acres"): 0.40468564, ("km²", "sq mi"): 2.589988, ("l", "gal"): 3.785412,
}  # fmt: skip
"""How many of the first make one of the second (NIST SP 811)."""

_YEAR = re.compile(r"(?:19|20)\d\d$")
_NEAR = 40


def find_figure(beside: Beside, piece: Piece) -> Change | None:
    """What became of the numbers of the piece, if anything."""
    ours = [n for n in piece.child if beside.child.number(n)]
    theirs = [n for n in piece.parent if beside.parent.number(n)]
    if not ours and not theirs:
        return None
    detail = decide_figure(beside.child, ours, beside.parent, theirs)
    if detail is None:
        return None
    return beside.change(
        "figure",
        detail,
        beside.child.span(ours[0], ours[-1] + 1) if ours else None,
        beside.parent.span(theirs[0], theirs[-1] + 1) if theirs else None,
    )


def decide_figure(child: Side, ours: list[int], parent: Side, theirs: list[int]) -> ChangeDetail | None:
    """What became of the numbers at these places of both texts; None where they mean the same or are no figures."""
    one, other = _quantities(child, ours), _quantities(parent, theirs)
    if ours and theirs:
        if one and other:
            return (
                _compare(one[0], other[0]) if _values(one) != _values(other) or _units(one, other) else None
            )
        return "changed"
    side, places, found = (child, ours, one) if ours else (parent, theirs, other)
    if not found or any(_is_date(side, place) for place in places) or _value(found[0]) == 1.0:
        return None  # "one" comes and goes as an article does
    elsewhere = parent if ours else child
    if all(side.reading.numbers[n] in elsewhere.reading.numbers for n in places):
        return None
    return "gained" if ours else "lost"


def _compare(one: Quantity, other: Quantity) -> ChangeDetail | None:
    a, b = _value(one), _value(other)
    if a == b:
        a, b = one.high, other.high
    if a is None or b is None:
        return "changed"
    if one.unit != other.unit and one.unit and other.unit:
        return "converted" if _converted(one.unit, a, other.unit, b) else "changed"
    return "rounded" if _rounded(a, b) else "changed"


def _units(one: list[Quantity], other: list[Quantity]) -> bool:
    """Whether the first of both have units that differ."""
    return bool(one[0].unit and other[0].unit and one[0].unit != other[0].unit)


def _values(found: list[Quantity]) -> list[tuple[float, ...]]:
    return [tuple(sorted({v for v in (q.low, q.high) if v is not None})) for q in found]


def _value(quantity: Quantity) -> float | None:
    return quantity.low if quantity.low is not None else quantity.high


def _converted(unit: str, value: float, other_unit: str, other: float) -> bool:
    for (metric, imperial), factor in _FACTORS.items():
        if (unit, other_unit) == (metric, imperial):
            return _close(value, other * factor)
        if (unit, other_unit) == (imperial, metric):
            return _close(value * factor, other)
    if {unit, other_unit} == {"°C", "°F"}:
        celsius, fahrenheit = (value, other) if unit == "°C" else (other, value)
        return abs(celsius * 9 / 5 + 32 - fahrenheit) <= 2
    return False


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= 0.06 * max(abs(one), abs(other))


def _rounded(one: float, other: float) -> bool:
    """One of them is the other with fewer significant digits."""
    return any(
        rough != exact and exact != 0 and any(_at(exact, digits) == rough for digits in (1, 2, 3))
        for rough, exact in ((one, other), (other, one))
    )


def _at(value: float, digits: int) -> float:
    """The value rounded to so many significant digits, if it has more than those."""
    place = digits - 1 - math.floor(math.log10(abs(value)))
    return round(value, place) if abs(value) >= 10 or place <= 2 else math.nan


def _quantities(side: Side, places: list[int]) -> list[Quantity]:
    """Quantities that touch the words at these places, with places of the text."""
    if not places:
        return []
    start, end = side.span(places[0], places[-1] + 1)
    low, high = max(0, start - _NEAR), min(len(side.text), end + _NEAR)
    # Cut at spaces, or half a number at the edge would be another number.
    while low > 0 and not side.text[low - 1].isspace():
        low -= 1
    while high < len(side.text) and not side.text[high].isspace():
        high += 1
    return [
        q
        for q in find_quantities(side.text[low:high], side.language)
        if q.core + low < end and q.core_end + low > start
    ]


def _is_date(side: Side, place: int) -> bool:
    """A year, a clock time, or a number beside a month."""
    words = side.reading.words
    word = words[place]
    if ":" in word or _YEAR.match(word):
        return True
    months = _months(side.language)
    return any(words[n] in months for n in (place - 1, place + 1) if 0 <= n < len(words))


def _months(language: str) -> frozenset[str]:
    table = load_language(language).get("dates", {}).get("months", ())
    if isinstance(table, dict):
        return frozenset(table)
    return frozenset(word for entry in table for word in ([entry] if isinstance(entry, str) else entry))
