"""Effects that are applied one by one, and what several of them need: numbers of stories and threads, and their marks.

Every function works inside the caller's transaction. What adds many rows is gathered instead (`applying.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, singledispatch
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, Update, bindparam, delete, func, insert, select, update

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import DeniedKind, concerns
from stemma.store.effects import Bookmark, Effect
from stemma.store.gathering import add_rows
from stemma.types import StoryId, ThreadId

UNTITLED = "Untitled"
Key = TypeVar("Key", StoryId, ThreadId)


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


def story_numbers(connection: Connection, keys: Iterable[StoryId]) -> dict[StoryId, int]:
    """The numbers of stories, opened here where they are new."""
    new = {"title": UNTITLED, "newsrooms": 1, "size": 0, "stale": True, "thread": None, "merged_into": None}
    return _number(connection, schema.story, keys, new)


def thread_numbers(connection: Connection, keys: Iterable[ThreadId]) -> dict[ThreadId, int]:
    """The numbers of threads, opened here where they are new."""
    return _number(connection, schema.thread, keys, {"stale": True})


def _number(
    connection: Connection, table: Table, keys: Iterable[Key], new: Mapping[str, Any]
) -> dict[Key, int]:
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    numbers = {row.key: row.id for row in connection.execute(_of_keys(table), {"keys": wanted})}
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    fresh = {key: last + more for more, key in enumerate((k for k in wanted if k not in numbers), 1)}
    add_rows(connection, table, [{"id": number, "key": key, **new} for key, number in fresh.items()])
    return numbers | fresh


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


def mark_stale(connection: Connection, stories: Iterable[int]) -> None:
    """The stories and their threads are to be edited anew."""
    numbers = [{"number": number} for number in stories]
    if numbers:
        connection.execute(_stale_story(), numbers)
        connection.execute(stale_thread(), numbers)


def inserted(key: Row[Any] | None) -> int:
    if key is None:
        raise TypeError("the database gave no row id")
    return int(key[0])


# ---------------------------------------------------------------- statements, each built once


@cache
def _of_keys(table: Table) -> Select[Any]:
    return select(table.c.key, table.c.id).where(among(table.c.key, "keys"))


@cache
def _stale_story() -> Update:
    return update(schema.story).where(schema.story.c.id == bindparam("number")).values(stale=True)


@cache
def stale_thread() -> Update:
    """The thread of a story by its `number` is to be edited anew."""
    story, thread = schema.story, schema.thread
    of_story = select(story.c.thread).where(story.c.id == bindparam("number")).scalar_subquery()
    return update(thread).where(thread.c.id == of_story).values(stale=True)
