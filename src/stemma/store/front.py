"""The order of the front page: independent newsrooms, halved with a story's age.

The age is that against the newest story, and no clock is asked. Its measure is how fast news come: two days where a hundred
stories are of the last days, longer in an archive, so that a story of three newsrooms is not behind the one sheet that came a month
later. Exponential decay; the numbers were set by looking at the sample edition.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.rows import story_rows
from stemma.store.views import StoryRow

HALF_DAYS = 2.0
"""Days after which a newsroom counts half, at least."""
PACE_STORIES, PACE_PARTS = 100, 10
"""Where the newest hundred stories span more than twenty days, a tenth of that."""
_NEWEST, _GREATEST = 600, 200
"""Stories that are weighed: the newest, and those of most newsrooms. What follows them is by day."""


class _Candidate(NamedTuple):
    story: int
    weight: float | None
    day: int | None


def find_front(connection: Connection, *, limit: int, offset: int) -> tuple[StoryRow, ...]:
    """See `Store.find_front`."""
    story = schema.story
    query = select(story.c.id, story.c.weight, story.c.day).where(story.c.merged_into.is_(None))
    newest = query.order_by(story.c.day.desc(), story.c.id.desc())
    if offset + limit > _NEWEST:
        rows = connection.execute(newest.limit(limit).offset(offset)).all()
        return story_rows(connection, [row.id for row in rows])
    greatest = query.order_by(story.c.newsrooms.desc(), story.c.size.desc(), story.c.id.desc())
    found = {
        _Candidate(*row)
        for some in (newest.limit(_NEWEST), greatest.limit(_GREATEST))
        for row in connection.execute(some)
    }
    ordered = rank(list(found))
    shown: list[int] = []
    for at in range(0, len(ordered), 60):
        shown += _find_visible(connection, ordered[at : at + 60])
        if len(shown) >= offset + limit:
            break
    return story_rows(connection, shown[offset : offset + limit])


def rank(candidates: Sequence[_Candidate]) -> list[int]:
    """The stories, first what leads; those without a certain day count as a half-life older than the oldest."""
    days = sorted((c.day for c in candidates if c.day is not None), reverse=True)
    newest, oldest = (days[0], days[-1]) if days else (0, 0)
    pace = (newest - days[min(len(days), PACE_STORIES) - 1]) / PACE_PARTS if days else 0.0
    half = max(HALF_DAYS, pace)

    def count(c: _Candidate) -> tuple[float, int]:
        age = (newest - c.day) / half if c.day is not None else (newest - oldest) / half + 1
        return (c.weight or 0.0) - age, c.story

    return [c.story for c in sorted(candidates, key=count, reverse=True)]


def _find_visible(connection: Connection, stories: Sequence[int]) -> list[int]:
    """Those with an article that is not withheld, in the given order."""
    seen = set(connection.execute(_shown(), {"numbers": list(stories)}).scalars())
    return [number for number in stories if number in seen]


@cache
def _shown() -> Select[Any]:
    story, member, visible = schema.story, schema.member, visible_articles()
    shown = exists().where(member.c.story == story.c.id, visible.c.id == member.c.article)
    return select(story.c.id).where(among(story.c.id), shown)
