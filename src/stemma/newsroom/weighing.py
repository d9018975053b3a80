"""What comes first on the front page: independent newsrooms, each counting half as much for every two days since it reported.

The sum over newsrooms of 2^(day / half-life) orders stories alike on any day, so that it is written down once and no clock is
asked: w = log2(sum of 2^(d/h)), larger first. Ranking by exponential decay in this form is folklore of news sites; h is ours.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from stemma.types import Article, ArticleId

HALF_DAYS = 2.0
"""After two days eight newsrooms count as much as four today. Seen on the sample edition and a month of news: with one day the
front is the latest page once more, with four the same story leads for a week."""


def weigh_story(articles: Sequence[Article], voices: Sequence[Sequence[ArticleId]]) -> float | None:
    """The weight; None where no newsroom's day is certain: such stories follow those that have one."""
    days = {article.id: day for article in articles if (day := _find_day(article)) is not None}
    reported = [max(days[a] for a in voice if a in days) for voice in voices if any(a in days for a in voice)]
    if not reported:
        return None
    last = max(reported)
    older = sum(2.0 ** ((day - last) / HALF_DAYS) for day in reported)
    return last / HALF_DAYS + math.log2(older)


def _find_day(article: Article) -> int | None:
    """The certain day as a number; a page that claims a day after the one on which it was seen counts as of then."""
    published = article.published
    if published.stated is None or published.earliest is None:
        return None
    day: date = published.earliest
    if article.first_seen is not None:
        day = min(day, article.first_seen.date())
    return day.toordinal()
