"""What a story counts on the front page before its age is looked at: its independent newsrooms, and when the last reported.

How age is weighed against newsrooms is decided where the page is made (`store/front.py`): it depends on what else there is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from stemma.types import Article

_NO_REPORT = frozenset({"opinion", "press release", "sponsored", "satire"})


def weigh_story(articles: Sequence[Article], *, newsrooms: int) -> float:
    """log2 of its independent newsrooms; one less, half as many, where no article is a report."""
    weight = math.log2(max(1, newsrooms))
    return weight if any(article.genre not in _NO_REPORT for article in articles) else weight - 1


def find_last_day(articles: Sequence[Article]) -> int | None:
    """The last certain day of its articles as a proleptic ordinal; None where none is certain.

    A page that claims a day after the one on which it was seen counts as of then: it would lead for years.
    """
    days = []
    for article in articles:
        day = article.published.earliest
        if article.published.stated is not None and day is not None:
            days.append(min(day, article.first_seen.date()) if article.first_seen else day)
    return max(days).toordinal() if days else None
