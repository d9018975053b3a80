"""Which day, month or year a date expression means, from the article's own publication day.

What cannot be settled is None: a wrong day in a timeline is worse than a missing one.
"""

from __future__ import annotations

from datetime import date, timedelta

from stemma.text.dates import DateMention, make_date
from stemma.types import Published

_MOST_SPREAD = timedelta(days=1)


def resolve_mention(mention: DateMention, published: Published) -> str | None:
    """ISO form with the precision that the words allow ("2022-03-10", "2022-03", "2022"), or None."""
    if mention.kind == "day":
        found = mention.date
        return found.isoformat() if found and not mention.ambiguous else None
    if mention.kind == "month":
        return f"{mention.year:04d}-{mention.month:02d}"
    if mention.kind == "year":
        return f"{mention.year:04d}"
    base = anchor_day(published)
    if base is None:
        return None
    day = _relative_day(mention, base)
    return day.isoformat() if day else None


def anchor_day(published: Published) -> date | None:
    """The day that relative words count from: only where the publication is known to the day."""
    if published.earliest is not None and published.earliest == published.latest:
        return published.earliest
    return None


def _relative_day(mention: DateMention, base: date) -> date | None:
    if mention.kind == "relative" and mention.back is not None:
        return base - timedelta(days=mention.back[0])
    if mention.kind == "ago" and mention.back is not None and mention.back[0] == mention.back[1]:
        return base - timedelta(days=mention.back[0])
    if mention.kind == "weekday" and mention.weekday is not None:
        if mention.future:
            return base + timedelta(days=(mention.weekday - base.weekday()) % 7)
        return base - timedelta(days=(base.weekday() - mention.weekday) % 7)
    if mention.kind == "month-day":
        near = [make_date(base.year + shift, mention.month, mention.day) for shift in (-1, 0, 1)]
        days = [d for d in near if d is not None]
        return min(days, key=lambda d: (abs((d - base).days), d), default=None)
    return None
