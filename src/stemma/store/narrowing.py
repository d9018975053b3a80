"""What the fields of a search leave: `outlet:`, `from:`, `lang:`, `said:`, `after:`, `before:`.

Names are looked up in the tallies first, so that indexes answer and not the texts. There is one statement for each
combination of fields, built once: building it took longer than running it. Words are no business of this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Select, and_, bindparam, or_, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.query import Asked
from stemma.store.rows import read_off_lines
from stemma.store.tallies import Kind, find_names_with, find_speakers, find_tags

_MOST_NAMES, _OF_NAME = 20, 300
"""Speakers, the most quoted ones, and newest quotations of each, among whose articles is looked where a name is asked for."""
_STEP_OF_NAMES = 400
_FEW = 50
"""Outlets up to which the articles of each are gone to; of more of them one comes soon among the newest articles."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of the fields by the names that they have in statements; names with a number come once for each value."""

    values: dict[str, Any]

    def __bool__(self) -> bool:
        return bool(self.values)

    @property
    def shape(self) -> tuple[str, ...]:
        """Which fields there are."""
        return tuple(self.values)


def read_fields(connection: Connection, asked: Asked) -> Fields:
    """The fields with the names of outlets, agencies, speakers and languages that they mean."""
    values: dict[str, Any] = {}
    if asked.outlets:
        outlets = [set(_find_names(connection, "outlet", value)) for value in asked.outlets]
        named = sorted(set.intersection(*outlets))
        values["outlets" if len(named) > _FEW else "few outlets"] = named
    for i, value in enumerate(asked.sources):
        values[f"source {i}"] = _find_names(connection, "outlet", value)
        values[f"agency {i}"] = _find_names(connection, "agency", value)
    for i, value in enumerate(asked.speakers):
        values[f"speaker {i}"] = list(find_speakers(connection, value)[:_MOST_NAMES])
    if asked.languages:
        values["languages"] = find_tags(connection, asked.languages)
    if asked.after is not None:
        values["after"] = asked.after
    if asked.before is not None:
        values["before"] = asked.before
    return Fields(values)


def keep_fitting(connection: Connection, fields: Fields, numbers: Sequence[int]) -> list[int]:
    """Those of the articles that are visible and fit the fields, in the given order."""
    if not numbers:
        return []
    found = connection.execute(_keeping(fields.shape), {**fields.values, "numbers": list(numbers)})
    fitting = set(found.scalars())
    return [number for number in numbers if number in fitting]


def find_newest_fitting(connection: Connection, fields: Fields, *, most: int) -> list[int]:
    """The newest articles that fit the fields. Where a speaker is asked for, among those with the newest quotations."""
    speakers = fields.values.get("speaker 0")
    if speakers is None:
        found = connection.execute(_newest(fields.shape), {**fields.values, "most": most})
        return list(found.scalars())
    numbers: set[int] = set()
    for name in speakers:
        asked = {"name": name, "most": max(_OF_NAME, most)}
        numbers.update(connection.execute(_newest_said(), asked).scalars())
    newest, kept = sorted(numbers, reverse=True), []
    step = min(_STEP_OF_NAMES, 2 * most)
    for at in range(0, len(newest), step):
        kept += keep_fitting(connection, fields, newest[at : at + step])
        if len(kept) >= most:
            break
    return kept[:most]


def _find_names(connection: Connection, kind: Kind, words: str) -> list[str]:
    return list(find_names_with(connection, kind, words))


# ---------------------------------------------------------------- statements, each built once


@lru_cache(maxsize=128)
def _keeping(shape: tuple[str, ...]) -> Select[Any]:
    visible, revision, line = visible_articles(), schema.revision, schema.revision.alias()
    query = select(visible.c.id).where(among(visible.c.id), *_narrow(shape, visible, revision))
    if of_text := list(_narrow_texts(shape, line)):
        # Few texts are left when the deny list is asked, which costs more than all else.
        query = query.where(visible.c.id.in_(select(line.c.article).where(among(line.c.article), *of_text)))
    if of_text or "source 0" in shape:
        query = query.join(revision, read_off_lines(visible))
    return query


@lru_cache(maxsize=128)
def _newest(shape: tuple[str, ...]) -> Select[Any]:
    """By day where days are asked for, which an index knows."""
    visible, revision = visible_articles(), schema.revision
    query = (
        select(visible.c.id)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(*_narrow(shape, visible, revision))
        .limit(bindparam("most"))
    )
    if "after" in shape or "before" in shape:
        return query.order_by(revision.c.earliest.desc(), revision.c.article.desc())
    return query.order_by(visible.c.id.desc())


@cache
def _newest_said() -> Select[Any]:
    quote = schema.quote
    return (
        select(quote.c.article)
        .where(quote.c.speaker == bindparam("name"))
        .order_by(quote.c.id.desc())
        .limit(bindparam("most"))
    )


def _narrow(shape: tuple[str, ...], visible: Any, revision: Any) -> Iterable[Any]:
    """The fields as conditions."""
    if "few outlets" in shape:
        yield among(visible.c.outlet, "few outlets")
    if "outlets" in shape:
        yield among(visible.c.outlet.concat(""), "outlets")  # not by the index of outlets
    for name in shape:
        if name.startswith("source "):
            agency = among(revision.c.agency, name.replace("source", "agency"))
            yield or_(among(visible.c.outlet, name), agency)
        elif name.startswith("speaker "):
            quote = schema.quote
            said = select(quote.c.id).where(quote.c.article == visible.c.id, among(quote.c.speaker, name))
            yield said.correlate(visible).exists()
    yield from _narrow_texts(shape, revision)


def _narrow_texts(shape: tuple[str, ...], revision: Any) -> Iterable[Any]:
    """Those of the fields that a text alone answers."""
    if "languages" in shape:
        yield among(revision.c.language, "languages")
    if "after" in shape:
        yield revision.c.earliest >= bindparam("after", type_=Date)
    if "before" in shape:
        yield and_(revision.c.latest.is_not(None), revision.c.latest < bindparam("before", type_=Date))
