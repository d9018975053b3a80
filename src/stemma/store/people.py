"""Who is quoted: persons and organisations by the folded spelling of their names. Only visible articles count.

A name is one key over its spellings (`spelling.fold_speaker`); two people of one name are one page, and the page says
so by its quotations. A name of one word is a page of its own: whose it is was decided where the text says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.listings import PersonRow, PersonView, SayingView
from stemma.store.parts import quote_views
from stemma.store.rows import article_row, find_texts, full_rows, read_off_lines
from stemma.store.spelling import looks_like_name
from stemma.store.tallies import find_ranked, find_spellings

_SORTED = 600
"""Quotations that came last, among which the newest by day are first: a name can have a hundred thousand."""
_SOME = 500


def find_people(connection: Connection, *, limit: int, offset: int) -> tuple[PersonRow, ...]:
    """See `Store.find_people`."""
    ranked = find_ranked(connection, "person", limit=limit, offset=offset)
    spellings = find_spellings(connection, [key for key, _ in ranked])
    named = ((key, number, _listed(spellings.get(key, Counter()))) for key, number in ranked)
    return tuple(
        PersonRow(key=key, name=_choose(names), quotes=number) for key, number, names in named if names
    )


def get_person(connection: Connection, key: str, *, limit: int, offset: int) -> PersonView:
    """See `Store.get_person`."""
    counted = find_spellings(connection, [key]).get(key, Counter())
    names = sorted(counted)
    if not counted:
        raise NotFoundError(f"nobody of the name {key} is quoted")
    numbers = _find_newest(connection, names, upto=limit + offset)[offset : offset + limit]
    by_number = {row["id"]: row for row in connection.execute(_said(), {"numbers": numbers}).mappings()}
    rows = [by_number[number] for number in numbers if number in by_number]
    held = {row["id"]: article_row(row) for row in full_rows(connection, {r["article"] for r in rows})}
    texts = find_texts(connection, held)
    name = _choose(counted)
    sayings = [
        SayingView(
            quote=view, article=held[found["article"]], story=found["story"], story_title=found["title"]
        )
        for found in rows
        for view in quote_views([found], texts)
    ]
    return PersonView(
        key=key,
        name=name,
        also=tuple(sorted(n for n in counted if n != name)),
        quotes=sum(counted.values()),
        sayings=tuple(sayings),
    )


def _find_newest(connection: Connection, names: Sequence[str], *, upto: int) -> list[int]:
    """Quotations of the names by the day of their article, newest first, among those that came last."""
    quote = schema.quote
    came: list[tuple[int, int]] = []
    for name in names:
        query = select(quote.c.id, quote.c.article).where(quote.c.speaker == name).order_by(quote.c.id.desc())
        came += [(row.id, row.article) for row in connection.execute(query.limit(max(_SORTED, upto)))]
    came = sorted(came, reverse=True)[: max(_SORTED, upto)]
    days: dict[int, date | None] = {}
    for at in range(0, len(came), _SOME):
        articles = sorted({article for _, article in came[at : at + _SOME]})
        days.update((row.id, row.earliest) for row in connection.execute(_days(), {"numbers": articles}))
    seen = [(number, article) for number, article in came if article in days]
    return [
        number
        for number, article in sorted(
            seen, key=lambda one: (days[one[1]] or date.min, one[1], -one[0]), reverse=True
        )
    ]


@cache
def _said() -> Select[Any]:
    quote, member, story = schema.quote, schema.member, schema.story
    return (
        select(quote, member.c.story, story.c.title)
        .join(member, member.c.article == quote.c.article)
        .join(story, story.c.id == member.c.story)
        .where(among(quote.c.id))
    )


@cache
def _days() -> Select[Any]:
    visible, revision = visible_articles(), schema.revision
    lines = select(visible.c.id, revision.c.earliest).join(revision, read_off_lines(visible))
    return lines.where(among(visible.c.id))


def _listed(counted: Counter[str]) -> Counter[str]:
    """The spellings that look like a name."""
    return Counter({name: number for name, number in counted.items() if looks_like_name(name)})


def _choose(counted: Counter[str]) -> str:
    """The most frequent spelling; of equals the longer, then the first."""
    return min(counted, key=lambda name: (-counted[name], -len(name), name))
