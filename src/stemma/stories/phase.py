"""How far along a story is, from its days: new and hot, still moving, or quiet. Pure; the caller says what day it is."""

from __future__ import annotations

from datetime import date
from typing import Literal

Phase = Literal["breaking", "developing", "settled"]

_QUIET, _FRESH = 2, 1
"""Days without a new article after which a story counts as settled, and days for which it counts as new: by judgement."""


def tell_phase(first: date, last: date, today: date) -> Phase:
    """`first` and `last` are the certain days of its first and of its newest article."""
    if (today - last).days > _QUIET:
        return "settled"
    return "breaking" if (today - first).days <= _FRESH else "developing"
