"""Who is quoted: persons and organisations by the folded spelling of their names. Only visible articles count.

A name is one key over its spellings (`spelling.fold_speaker`); two people of one name are one page, and the page says
so by its quotations. A name of one word is a page of its own: whose it is was decided where the text says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from sqlalchemy import Connection, func, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.parts import quote_views
from stemma.store.rows import article_row, find_texts, full_rows
from stemma.store.spelling import fold_speaker
from stemma.store.views import PersonRow, PersonView, SayingView

_NEWEST_QUOTES = 50_000
"""Quotations among which the most quoted are counted."""


def find_people(connection: Connection, *, limit: int, offset: int) -> tuple[PersonRow, ...]:
    """See `Store.find_people`."""
    quote, visible = schema.quote, visible_articles()
    newest = (
        select(quote.c.speaker, quote.c.article)
        .where(quote.c.speaker.is_not(None))
        .order_by(quote.c.id.desc())
        .limit(_NEWEST_QUOTES)
        .subquery()
    )
    query = (
        select(newest.c.speaker, func.count().label("quotes"))
        .join(visible, visible.c.id == newest.c.article)
        .group_by(newest.c.speaker)
    )
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in connection.execute(query):
        key = fold_speaker(row.speaker)
        if key and looks_like_name(row.speaker):
            spellings[key][row.speaker] += row.quotes
    people = [
        PersonRow(key=key, name=_choose(counted), quotes=sum(counted.values()))
        for key, counted in spellings.items()
    ]
    people.sort(key=lambda person: (-person.quotes, person.key))
    return tuple(people[offset : offset + limit])


def get_person(connection: Connection, key: str, *, limit: int, offset: int) -> PersonView:
    """See `Store.get_person`."""
    quote, visible, member, story = schema.quote, visible_articles(), schema.member, schema.story
    names = [name for name in _names(connection) if fold_speaker(name) == key]
    counted: Counter[str] = Counter()
    query = (
        select(quote.c.speaker, func.count().label("quotes"))
        .join(visible, visible.c.id == quote.c.article)
        .where(quote.c.speaker.in_(names))
        .group_by(quote.c.speaker)
    )
    for row in connection.execute(query):
        counted[row.speaker] = row.quotes
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


def looks_like_name(speaker: str) -> bool:
    """Whether a speaker can be listed as a name: two to six words, none but short particles in lower case.

    "the fire service" and "he" are speakers, and stay with their stories; a script without capitals is believed.
    """
    words = speaker.split()
    if words and not any(letter.islower() or letter.isupper() for letter in speaker):
        return len(words) <= 6
    return (
        2 <= len(words) <= 6
        and words[0][:1].isupper()
        and words[-1][:1].isupper()
        and all(word[:1].isupper() or len(word) <= 3 for word in words)
    )


def find_speakers(connection: Connection, words: str) -> tuple[str, ...]:
    """The names, as texts spell them, that hold all the words, whatever their spelling."""
    wanted = set(fold_speaker(words).split("-")) - {""}
    if not wanted:
        return ()
    return tuple(name for name in _names(connection) if wanted <= set(fold_speaker(name).split("-")))


def _names(connection: Connection) -> list[str]:
    speaker = schema.quote.c.speaker
    query = select(speaker).where(speaker.is_not(None)).distinct().order_by(speaker)
    return list(connection.execute(query).scalars())


def _choose(counted: Counter[str]) -> str:
    """The most frequent spelling; of equals the longer, then the first."""
    return min(counted, key=lambda name: (-counted[name], -len(name), name))
