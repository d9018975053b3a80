"""Effects that are applied one by one, and what several of them need: numbers of stories and threads, and their marks.

Every function works inside the caller's transaction. What adds many rows is gathered instead (`applying.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from stemma.store import schema
from stemma.store.deny import DeniedKind, concerns
from stemma.store.effects import Bookmark, Effect
from stemma.types import StoryId, ThreadId

UNTITLED = "Untitled"


@singledispatch
def apply_effect(effect: Effect, connection: Connection) -> None:
    """One effect."""
    raise TypeError(f"no such effect: {type(effect).__name__}")


register_effect = apply_effect.register
"""For effects whose tables are written in other modules of the store (`articles.py`, `grouping.py`, `sources.py`)."""


@register_effect
def _(effect: Bookmark, connection: Connection) -> None:
    table = schema.bookmark
    connection.execute(delete(table).where(table.c.path == effect.path))
    connection.execute(
        insert(table).values(
            path=effect.path, signature=effect.signature, position=effect.position, complete=effect.complete
        )
    )


# ---------------------------------------------------------------- stories and threads, by key


def story_number(connection: Connection, key: StoryId, *, title: str | None) -> int:
    """The number of a story, opened here where it is new."""
    table = schema.story
    number = connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
    if number is not None:
        return int(number)
    row = connection.execute(
        insert(table).values(
            key=key, title=title or UNTITLED, newsrooms=1, size=0, stale=True, thread=None, merged_into=None
        )
    )
    return inserted(row.inserted_primary_key)


def thread_number(connection: Connection, key: ThreadId) -> int:
    table = schema.thread
    number = connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
    if number is not None:
        return int(number)
    row = connection.execute(insert(table).values(key=key, stale=True))
    return inserted(row.inserted_primary_key)


def follow_merged(connection: Connection, number: int) -> int:
    """The story itself, or the one into which it was merged: a merged story takes no article that nobody could find."""
    story, seen = schema.story, {number}
    while True:
        into = connection.execute(select(story.c.merged_into).where(story.c.id == number)).scalar_one()
        if into is None or into in seen:
            return number
        number = int(into)
        seen.add(number)


def mark_concerned_stale(connection: Connection, kind: DeniedKind, value: str) -> None:
    """Stories and threads of the articles that an entry of the deny list concerns are to be edited anew."""
    table, concerned = schema.article, concerns(kind, value)
    stories = (
        select(schema.member.c.story).join(table, table.c.id == schema.member.c.article).where(concerned)
    )
    numbers = [row.story for row in connection.execute(stories)]
    mark_stale(connection, numbers)


def find_concerned_articles(connection: Connection, kind: DeniedKind, value: str) -> list[int]:
    """The articles that an entry of the deny list concerns."""
    return list(connection.execute(select(schema.article.c.id).where(concerns(kind, value))).scalars())


def count_concerned(connection: Connection, kind: DeniedKind, value: str) -> int:
    """See `Store.count_concerned`."""
    article = schema.article
    query = select(func.count()).select_from(article).where(concerns(kind, value), article.c.revision > 0)
    return connection.execute(query).scalar_one()


def mark_all_stale(connection: Connection) -> None:
    """See `Store.mark_all_stale`."""
    story = schema.story
    alive = story.c.merged_into.is_(None) & (story.c.size > 1)
    connection.execute(update(story).where(alive).values(stale=True))


def mark_stale(connection: Connection, stories: Sequence[int]) -> None:
    story, thread = schema.story, schema.thread
    for number in stories:
        connection.execute(update(story).where(story.c.id == number).values(stale=True))
        of_story = select(story.c.thread).where(story.c.id == number).scalar_subquery()
        connection.execute(update(thread).where(thread.c.id == of_story).values(stale=True))


def inserted(key: Row[Any] | None) -> int:
    if key is None:
        raise TypeError("the database gave no row id")
    return int(key[0])
