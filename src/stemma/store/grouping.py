"""Where articles stand: what a review or a person moved, merged and linked, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from sqlalchemy import Column, Connection, Select, Update, bindparam, delete, func, insert, select, update

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.among import among
from stemma.store.effects import Phased, Regrouped, Ruled
from stemma.store.load import Coverage, HeldStory, StorySpan
from stemma.store.write import inserted, mark_stale, register_effect, story_numbers, thread_numbers
from stemma.types import StoryId


def get_held_story(connection: Connection, number: int) -> HeldStory:
    """See `Store.get_held_story`."""
    story, member = schema.story, schema.member
    key = connection.execute(
        select(story.c.key).where(story.c.id == number, story.c.merged_into.is_(None))
    ).scalar_one_or_none()
    if key is None:
        raise NotFoundError(f"there is no story {number}")
    articles = select(member.c.article).where(member.c.story == number).order_by(member.c.article)
    return HeldStory(number=number, key=StoryId(key), articles=tuple(connection.execute(articles).scalars()))


def load_coverage(connection: Connection) -> Coverage:
    """See `Store.load_coverage`."""
    story, member, article = schema.story, schema.member, schema.article
    outlets: dict[StoryId, list[str | None]] = {}
    query = (
        select(story.c.key, article.c.outlet)
        .select_from(member)
        .join(story, story.c.id == member.c.story)
        .join(article, article.c.id == member.c.article)
    )
    for key, outlet in connection.execute(query):
        outlets.setdefault(StoryId(key), []).append(outlet)
    merged = select(func.count()).select_from(story).where(story.c.merged_into.is_not(None))
    return Coverage(outlets=outlets, merged=connection.execute(merged).scalar_one())


def load_spans(connection: Connection) -> tuple[StorySpan, ...]:
    """See `Store.load_spans`."""
    story, member, article, revision = schema.story, schema.member, schema.article, schema.revision
    newest = (revision.c.article == article.c.id) & (revision.c.number == article.c.revision)
    query = (
        select(
            story.c.id,
            story.c.phase,
            func.min(revision.c.earliest).label("first"),
            func.max(revision.c.latest).label("last"),
        )
        .select_from(member)
        .join(story, story.c.id == member.c.story)
        .join(article, article.c.id == member.c.article)
        .join(revision, newest)
        .where(revision.c.stated.is_not(None))
        .group_by(story.c.id)
        .order_by(story.c.id)
    )
    return tuple(
        StorySpan(number=row.id, phase=row.phase, first=row.first, last=row.last)
        for row in connection.execute(query)
        if row.first is not None and row.last is not None
    )


def find_last_reading(connection: Connection) -> datetime | None:
    """See `Store.find_last_reading`."""
    article = schema.article
    read_at = connection.execute(select(article.c.read_at).order_by(article.c.id.desc()).limit(1)).scalar()
    return datetime.fromisoformat(read_at) if read_at else None


def count_rulings(connection: Connection) -> int:
    """See `Store.count_rulings`."""
    return connection.execute(select(func.count()).select_from(schema.ruling)).scalar_one()


@register_effect
def _apply_regrouped(effect: Regrouped, connection: Connection) -> None:
    touched = _move(connection, effect.moved, effect.why)
    _redirect(connection, effect.merged)
    stories = story_numbers(connection, [*effect.threads, *effect.links])
    threads = thread_numbers(connection, effect.threads.values())
    placed = [{"number": stories[key], "it": threads[thread]} for key, thread in effect.threads.items()]
    _set(connection, schema.story.c.thread, placed)
    linked = [{"number": stories[key], "it": list(links)} for key, links in effect.links.items()]
    _set(connection, schema.story.c.linked, linked)
    mark_stale(connection, sorted(touched | {row["number"] for row in placed}))


@register_effect
def _apply_ruled(effect: Ruled, connection: Connection) -> None:
    row = connection.execute(
        insert(schema.ruling).values(
            kind=effect.kind, reason=effect.reason, made_at=effect.made_at.isoformat()
        )
    )
    ruling, pin, member = inserted(row.inserted_primary_key), schema.pin, schema.member
    touched = _move(connection, effect.pins, dict.fromkeys(effect.pins, (f"person: {effect.reason}",)))
    stories = story_numbers(connection, effect.pins.values())
    for article, key in effect.pins.items():
        connection.execute(update(member).where(member.c.article == article).values(placed=key))
        connection.execute(delete(pin).where(pin.c.article == article))
        connection.execute(insert(pin).values(article=article, story=stories[key], ruling=ruling))
    _redirect(connection, effect.merged)
    mark_stale(connection, sorted(touched))


@register_effect
def _apply_phased(effect: Phased, connection: Connection) -> None:
    phases = [{"number": number, "it": phase} for number, phase in effect.phases.items()]
    _set(connection, schema.story.c.phase, phases)


def _move(
    connection: Connection, moved: Mapping[int, StoryId], why: Mapping[int, tuple[str, ...]]
) -> set[int]:
    """Puts articles into stories; gives the numbers of all stories that lost or took one. A story that takes one has a
    page of its own again, where it had been merged away."""
    stories = story_numbers(connection, moved.values())
    rows = connection.execute(_places(), {"numbers": list(moved)})
    left: dict[int, int] = {row.article: row.story for row in rows}
    taken = {article: stories[key] for article, key in moved.items() if left[article] != stories[key]}
    if not taken:
        return set()
    places = [
        {"number": article, "into": story, "ties": list(why.get(article, ()))}
        for article, story in taken.items()
    ]
    connection.execute(_put(), places)
    merged = schema.story.c.merged_into
    _set(connection, merged, [{"number": story, "it": None} for story in dict.fromkeys(taken.values())])
    touched = {*taken.values(), *(left[article] for article in taken)}
    connection.execute(_sized(), [{"number": number} for number in sorted(touched)])
    return touched


def _redirect(connection: Connection, merged: Mapping[StoryId, StoryId]) -> None:
    """Leads from stories without members to those that took them."""
    stories = story_numbers(connection, chain.from_iterable(merged.items()))
    led = [{"number": stories[key], "it": stories[into]} for key, into in merged.items()]
    _set(connection, schema.story.c.merged_into, led)


# ---------------------------------------------------------------- statements, each built once


def _set(connection: Connection, column: Column[Any], values: Sequence[Mapping[str, Any]]) -> None:
    """Puts `it` into the column of the row with the `number`."""
    if values:
        connection.execute(_setting(column), values)


@cache
def _setting(column: Column[Any]) -> Update:
    changed = {column.name: bindparam("it", type_=column.type)}
    return update(column.table).where(column.table.c.id == bindparam("number")).values(changed)


@cache
def _places() -> Select[Any]:
    member = schema.member
    return select(member.c.article, member.c.story).where(among(member.c.article))


@cache
def _put() -> Update:
    member = schema.member
    values = {"story": bindparam("into"), "moved_why": bindparam("ties", type_=member.c.moved_why.type)}
    return update(member).where(member.c.article == bindparam("number")).values(values)


@cache
def _sized() -> Update:
    story, member = schema.story, schema.member
    size = select(func.count()).select_from(member).where(member.c.story == story.c.id).scalar_subquery()
    return update(story).where(story.c.id == bindparam("number")).values(size=size)
