"""Who is quoted: persons and organisations by the folded spelling of their names. Only visible articles count.

A name is one key over its spellings (`spelling.fold_speaker`); two people of one name are one page, and the page says
so by its quotations. A name of one word is a page of its own: whose it is was decided where the text says so.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.parts import quote_views
from stemma.store.rows import article_row, find_texts, full_rows
from stemma.store.spelling import looks_like_name
from stemma.store.tallies import find_ranked, find_spellings
from stemma.store.views import PersonRow, PersonView, SayingView


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
    quote, visible, member, story = schema.quote, visible_articles(), schema.member, schema.story
    counted = find_spellings(connection, [key]).get(key, Counter())
    names = sorted(counted)
    if not counted:
        raise NotFoundError(f"nobody of the name {key} is quoted")
    rows = (
        connection.execute(
            select(quote, member.c.story, story.c.title)
            .join(visible, visible.c.id == quote.c.article)
            .join(
                schema.revision,
                (schema.revision.c.article == visible.c.id)
                & (schema.revision.c.number == visible.c.revision),
            )
            .join(member, member.c.article == visible.c.id)
            .join(story, story.c.id == member.c.story)
            .where(quote.c.speaker.in_(names))
            .order_by(schema.revision.c.earliest.desc(), quote.c.article.desc(), quote.c.start)
            .limit(limit)
            .offset(offset)
        )
        .mappings()
        .all()
    )
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


def _listed(counted: Counter[str]) -> Counter[str]:
    """The spellings that look like a name."""
    return Counter({name: number for name, number in counted.items() if looks_like_name(name)})


def _choose(counted: Counter[str]) -> str:
    """The most frequent spelling; of equals the longer, then the first."""
    return min(counted, key=lambda name: (-counted[name], -len(name), name))
