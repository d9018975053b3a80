"""Which stories changed since when: what was written of any other one can go on being shown.

Kept by whatever writes, in its own transaction; one row a story. The story 0 stands for all of them: what is withheld
has changed, and nothing that was written before may be shown again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Select, bindparam, delete, func, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.effects import (
    ArticleAdded,
    ArticleRevised,
    Effect,
    Phased,
    Regrouped,
    Ruled,
    StoryEdited,
    ThreadEdited,
)
from stemma.store.gathering import add_rows
from stemma.store.listings import ChangedView

_EVERYTHING = 0
_MOST = 5_000
"""Stories that are named; where more changed, all of them did."""
_SOME = 500
T = TypeVar("T")


def find_concerned(connection: Connection, effects: Sequence[Effect]) -> tuple[set[int], set[int]]:
    """The stories and threads that the effects are about, as the store stands: asked before and after they are applied."""
    articles: set[int] = set()
    stories: set[int] = set()
    threads: set[int] = set()
    keys: set[str] = set()
    for effect in effects:
        if isinstance(effect, ArticleAdded):
            articles.add(effect.number)
            keys.add(effect.placement.story)
            articles.update(int(copy.parent) for copy in effect.copies if copy.parent)
        elif isinstance(effect, ArticleRevised):
            articles.add(effect.number)
        elif isinstance(effect, Regrouped):
            articles.update(effect.moved)
            keys |= {
                *effect.moved.values(),
                *effect.merged,
                *effect.merged.values(),
                *effect.threads,
                *effect.links,
            }
        elif isinstance(effect, Ruled):
            articles.update(effect.pins)
            keys |= {*effect.pins.values(), *effect.merged, *effect.merged.values()}
        elif isinstance(effect, Phased):
            stories.update(effect.phases)
        elif isinstance(effect, StoryEdited):
            stories.add(effect.number)
        elif isinstance(effect, ThreadEdited):
            threads.add(effect.number)
    stories |= find_stories_of(connection, articles)
    for names in _cut(sorted(keys)):
        stories.update(connection.execute(_of_keys(), {"keys": names}).scalars())
    waiting = sorted(stories)
    while waiting:
        into: set[int] = set()
        for numbers in _cut(waiting):
            into.update(connection.execute(_merged_into(), {"numbers": numbers}).scalars())
        waiting = sorted(into - stories)
        stories |= into
    return stories, threads


def find_stories_of(connection: Connection, articles: Iterable[int]) -> set[int]:
    """The stories that the articles are in."""
    stories: set[int] = set()
    for numbers in _cut(sorted(set(articles))):
        stories.update(connection.execute(_of_articles(), {"numbers": numbers}).scalars())
    return stories


def touch(connection: Connection, stories: Iterable[int], threads: Iterable[int] = ()) -> None:
    """Marks them as changed now."""
    rows = [("story", number) for number in sorted(set(stories))]
    rows += [("thread", number) for number in sorted(set(threads))]
    if not rows:
        return
    at = (connection.execute(_last_change()).scalar() or 0) + 1
    connection.execute(_forget(), [{"a_kind": kind, "a_number": n} for kind, n in rows])
    add_rows(connection, schema.touched, [{"kind": kind, "number": n, "at": at} for kind, n in rows])


def touch_all(connection: Connection) -> None:
    """What is withheld has changed."""
    touch(connection, [_EVERYTHING])


def find_changed(connection: Connection, *, since: int) -> ChangedView:
    """See `Store.find_changed`."""
    table, story = schema.touched, schema.story
    at = connection.execute(select(func.max(table.c.at))).scalar() or 0
    if at <= since:
        return ChangedView(at=at, withheld=False, stories=frozenset())
    query = select(table.c.kind, table.c.number).where(table.c.at > since).limit(_MOST + 1)
    rows = connection.execute(query).all()
    stories = {row.number for row in rows if row.kind == "story"}
    if _EVERYTHING in stories or len(rows) > _MOST:
        withheld = connection.execute(
            select(table.c.at).where(table.c.kind == "story", table.c.number == _EVERYTHING)
        ).scalar()
        return ChangedView(at=at, withheld=(withheld or 0) > since, stories=None)
    # A story's page names the others of its thread.
    threads = {row.number for row in rows if row.kind == "thread"}
    for numbers in _cut(sorted(stories)):
        found = connection.execute(
            select(story.c.thread).where(story.c.id.in_(numbers), story.c.thread.is_not(None))
        )
        threads.update(found.scalars())
    for numbers in _cut(sorted(threads)):
        stories.update(connection.execute(select(story.c.id).where(story.c.thread.in_(numbers))).scalars())
    return ChangedView(at=at, withheld=False, stories=frozenset(stories))


def _cut(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), _SOME):
        yield items[start : start + _SOME]


# ---------------------------------------------------------------- statements, each built once


@cache
def _of_keys() -> Select[Any]:
    return select(schema.story.c.id).where(among(schema.story.c.key, "keys"))


@cache
def _of_articles() -> Select[Any]:
    return select(schema.member.c.story).where(among(schema.member.c.article))


@cache
def _merged_into() -> Select[Any]:
    story = schema.story
    return select(story.c.merged_into).where(among(story.c.id), story.c.merged_into.is_not(None))


@cache
def _last_change() -> Select[Any]:
    return select(func.max(schema.touched.c.at))


@cache
def _forget() -> Delete:
    table = schema.touched
    same = (table.c.kind == bindparam("a_kind")) & (table.c.number == bindparam("a_number"))
    return delete(table).where(same)
