"""Stories as a search names them: title, first sentence, days, language, without a line for each of their articles.

What is counted over the articles of a story is counted by the database: a search that finds twenty-five stories stands
on some hundred articles. Only visible articles count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Date, Select, case, func, select, type_coerce

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.rows import find_leads, read_off_lines, story_rows
from stemma.store.views import PublishedView


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`language` where all articles that name one name the same."""

    story: int
    title: str
    lead: str | None
    published: PublishedView
    language: str | None


def find_heads(connection: Connection, stories: Sequence[int]) -> list[Head]:
    """The stories in the given order; those without a visible article are left out."""
    if not stories:
        return []
    leads = find_leads(connection, stories)
    rows = {row.id: row for row in connection.execute(_heads(), {"stories": list(stories)})}
    # A headline whose article is withheld is not shown, nor one that was never chosen: then a member's is taken.
    untitled = [story for story, row in rows.items() if not row.titled]
    titles = {row.story: row.title for row in story_rows(connection, untitled)}
    return [
        Head(
            story=story,
            title=titles.get(story, rows[story].title),
            lead=leads.get(story),
            published=_published(rows[story].first, rows[story].last),
            language=rows[story].language if rows[story].language == rows[story].other else None,
        )
        for story in stories
        if story in rows
    ]


def _published(first: date | None, last: date | None) -> PublishedView:
    stated = first.isoformat() if first is not None and first == last else None
    return PublishedView(stated=stated, earliest=first, latest=last, basis=())


@cache
def _heads() -> Select[Any]:
    story, member, revision, visible = schema.story, schema.member, schema.revision, visible_articles()
    day = case((revision.c.stated.is_not(None), revision.c.earliest))
    return (
        select(
            story.c.id,
            story.c.title,
            func.max(visible.c.id == story.c.title_from).label("titled"),
            type_coerce(func.min(day), Date).label("first"),
            type_coerce(func.max(day), Date).label("last"),
            func.min(revision.c.language).label("language"),
            func.max(revision.c.language).label("other"),
        )
        .select_from(story)
        .join(member, member.c.story == story.c.id)
        .join(visible, visible.c.id == member.c.article)
        .join(revision, read_off_lines(visible))
        .where(among(story.c.id, "stories"))
        .group_by(story.c.id)
    )
