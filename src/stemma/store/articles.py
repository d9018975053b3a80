"""Articles as they come: their texts, facts, copies, and the stories that they join; and the index of words.

A batch is a handful of statements however many articles it has. Another text of a known article (a revision) is written
by itself: what was derived from the old one goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, TextClause, Update, bindparam, delete, or_, select, text, update

from stemma.store import schema
from stemma.store.among import among
from stemma.store.effects import ArticleAdded, ArticleRevised, Effect, PageRead
from stemma.store.gathering import Rows
from stemma.store.spelling import space_out
from stemma.store.tallies import count_in
from stemma.store.write import UNTITLED, follow_merged, mark_stale, register_effect, stale_thread
from stemma.types import Copy, Figure, Quote, RevisionJudgement, Span, StoryId


def gather_page(effect: PageRead, rows: Rows) -> None:
    """A page that was read."""
    rejected = effect.rejected
    row = {
        "digest": effect.digest,
        "name": effect.name,
        "url": effect.url,
        "fetched": effect.fetched.isoformat() if effect.fetched else None,
        "read_at": effect.read_at.isoformat(),
        "article": effect.article,
        "reason": rejected.reason if rejected else None,
        "detail": rejected.detail if rejected else None,
    }
    rows.add(schema.page, [row])


def gather_article(effect: ArticleAdded, rows: Rows) -> None:
    """A new article with all that was found in it."""
    number, article, placement = effect.number, effect.article, effect.placement
    row = {
        "id": number,
        "key": effect.key,
        "url": article.url,
        "outlet": article.outlet,
        "first_seen": article.first_seen.isoformat() if article.first_seen else None,
        "read_at": effect.read_at.isoformat(),
        "revision": 1,
    }
    rows.add(schema.article, [row])
    rows.add(schema.revision, [_revision_row(effect, 1)])
    story = _find_story(rows, placement.story, title=article.title)
    member = {
        "article": number,
        "story": story,
        "placed": placement.story,
        "opened": placement.opened,
        "score": placement.score,
        "why": list(placement.evidence),
    }
    rows.add(schema.member, [member])
    rows.after(_grown(), {"number": story})
    rows.after(stale_thread(), {"number": story})
    _add_facts(rows, number, effect.quotes, effect.figures)
    add_copies(rows, effect.copies)
    if rows.connection.dialect.name == "sqlite":
        rows.after(_index(), _indexed(number, article.title, article.text))


@register_effect
def _(effect: ArticleRevised, connection: Connection) -> None:
    number, table = effect.number, schema.article
    count_in(connection, [number], by=-1)
    remove_from_index(connection, number)
    last = connection.execute(select(table.c.revision).where(table.c.id == number)).scalar_one()
    connection.execute(
        update(table)
        .where(table.c.id == number)
        .values(revision=last + 1, url=effect.article.url, outlet=effect.article.outlet)
    )
    rows = Rows(connection)
    rows.add(schema.revision, [_revision_row(effect, last + 1)])
    if connection.dialect.name == "sqlite":
        rows.after(_index(), _indexed(number, effect.article.title, effect.article.text))
    for derived in (schema.quote, schema.figure):
        connection.execute(delete(derived).where(derived.c.article == number))
    _remove_cited(connection, number)
    copies = schema.copy
    connection.execute(delete(copies).where(or_(copies.c.child == number, copies.c.parent == number)))
    _add_facts(rows, number, effect.quotes, effect.figures)
    rows.write()
    count_in(connection, [number], by=1)
    if effect.judgement is not None:
        _add_judgement(connection, number, last + 1, effect.judgement)
    member = schema.member
    story = connection.execute(select(member.c.story).where(member.c.article == number)).scalar_one()
    mark_stale(connection, [story])


def look_up_stories(rows: Rows, effects: Iterable[Effect]) -> None:
    """Which of the stories that the articles join are there, before the articles are gathered."""
    keys = {e.placement.story: None for e in effects if isinstance(e, ArticleAdded)}
    if keys:
        _look_up(rows, list(keys))


def add_copies(rows: Rows, copies: Iterable[Copy]) -> None:
    """Edges with what they changed."""
    for copy in copies:
        owner = rows.give_number(schema.copy)
        row = {
            "id": owner,
            "child": int(copy.child),
            "parent": int(copy.parent) if copy.parent else None,
            "origin": copy.origin,
            "kind": copy.kind,
            "direction": copy.direction,
            "containment": round(copy.containment, 4),
            "confidence": round(copy.confidence, 4),
            "evidence": list(copy.evidence),
        }
        rows.add(schema.copy, [row])
        rows.add(
            schema.change,
            (
                {
                    "copy": owner,
                    "kind": change.kind,
                    "detail": change.detail,
                    "child_start": change.child.start if change.child else None,
                    "child_end": change.child.end if change.child else None,
                    "parent_start": change.parent.start if change.parent else None,
                    "parent_end": change.parent.end if change.parent else None,
                }
                for change in copy.changes
            ),
        )


# ---------------------------------------------------------------- parts


def _find_story(rows: Rows, key: StoryId, *, title: str | None) -> int:
    """The number of a story, or of the one into which it was merged; opened here where it is new."""
    if key not in rows.stories:
        _look_up(rows, [key])
    number = rows.stories[key]
    if number is None:
        number = rows.stories[key] = rows.give_number(schema.story)
        row = {
            "id": number,
            "key": key,
            "title": title or UNTITLED,
            "newsrooms": 1,
            "size": 0,
            "stale": True,
            "thread": None,
            "merged_into": None,
        }
        rows.add(schema.story, [row])
    return number


def _look_up(rows: Rows, keys: Sequence[StoryId]) -> None:
    rows.stories.update(dict.fromkeys(keys))
    for found in rows.connection.execute(_stories_of_keys(), {"keys": list(keys)}).all():
        merged = found.merged_into is not None
        rows.stories[found.key] = follow_merged(rows.connection, found.id) if merged else found.id


def _revision_row(effect: ArticleAdded | ArticleRevised, revision: int) -> dict[str, Any]:
    number, article = effect.number, effect.article
    published = article.published
    return {
        "article": number,
        "number": revision,
        "digest": effect.digest,
        "title": article.title,
        "text": article.text,
        "source_url": article.source_url,
        "agency": article.agency,
        "byline": list(article.byline),
        "dateline": article.dateline,
        "section": article.section,
        "genre": article.genre,
        "language": article.language,
        "country": effect.country,
        "stated": published.stated,
        "earliest": published.earliest,
        "latest": published.latest,
        "basis": list(published.basis),
        "clues": [
            [c.basis, c.words, c.earliest and c.earliest.isoformat(), c.latest and c.latest.isoformat()]
            for c in published.clues
        ],
        "images": [[i.url, i.caption, i.credit] for i in article.images],
        "embedded": [[e.title, e.outlet, e.url, e.age, e.text] for e in article.embedded],
        "links": [[r.url, r.start, r.end] for r in article.links] or None,
        "found": [[f.name, f.where] for f in article.found],
        "fetched": effect.fetched.isoformat() if effect.fetched else None,
        "read_at": effect.read_at.isoformat(),
    }


def _add_judgement(connection: Connection, number: int, revision: int, judgement: RevisionJudgement) -> None:
    def ends(span: Span | None) -> tuple[int | None, int | None]:
        return (span.start, span.end) if span else (None, None)

    table = schema.revision
    connection.execute(
        update(table)
        .where(table.c.article == number, table.c.number == revision)
        .values(
            substantive=judgement.substantive,
            changes=[[c.kind, *ends(c.before), *ends(c.after)] for c in judgement.changes],
            announced=[[a.kind, a.span.start, a.span.end] for a in judgement.announced],
        )
    )


def remove_from_index(connection: Connection, number: int) -> None:
    """Before its text goes: the index of words is told the words that it had."""
    if connection.dialect.name == "sqlite":
        row = connection.execute(
            text("SELECT title, text FROM searched WHERE id = :id"), {"id": number}
        ).one_or_none()
        if row is not None:
            connection.execute(
                text(
                    "INSERT INTO searched_words(searched_words, rowid, title, text) "
                    "VALUES ('delete', :id, :title, :text)"
                ),
                _indexed(number, row.title, row.text),
            )


def _indexed(number: int, title: str | None, words: str) -> dict[str, object]:
    """What is indexed of an article, and has to be given again to take it out of the index."""
    signs = space_out(f"{title or ''}\n{words}")
    return {"id": number, "title": title, "text": f"{words}\n{signs}" if signs else words}


def _add_facts(rows: Rows, number: int, quotes: Sequence[Quote], figures: Sequence[Figure]) -> None:
    rows.add(
        schema.quote,
        (
            {
                "article": number,
                "start": quote.span.start,
                "end": quote.span.end,
                "pieces": [[piece.start, piece.end] for piece in quote.pieces],
                "kind": quote.kind,
                "speaker": quote.speaker,
                "speaker_start": quote.speaker_span.start if quote.speaker_span else None,
                "speaker_end": quote.speaker_span.end if quote.speaker_span else None,
                "cue": quote.cue,
                "cue_start": quote.cue_span.start if quote.cue_span else None,
                "cue_end": quote.cue_span.end if quote.cue_span else None,
            }
            for quote in quotes
        ),
    )
    rows.add(
        schema.figure,
        (
            {
                "article": number,
                "start": figure.span.start,
                "end": figure.span.end,
                "low": figure.low,
                "high": figure.high,
                "unit": figure.unit,
                "of": figure.of,
                "qualifier": figure.qualifier,
                "place": figure.place,
                "as_of": figure.as_of,
                "said_by": figure.said_by,
            }
            for figure in figures
        ),
    )


def _remove_cited(connection: Connection, number: int) -> None:
    """Sentences and comparisons that speak of the old text of an article."""
    for owner, part, key in (
        (schema.sentence, schema.citation, schema.citation.c.sentence),
        (schema.comparison, schema.compared_value, schema.compared_value.c.comparison),
    ):
        citing = select(key).where(part.c.article == number)
        connection.execute(delete(owner).where(owner.c.id.in_(citing)))


# ---------------------------------------------------------------- statements, each built once


@cache
def _stories_of_keys() -> Select[Any]:
    table = schema.story
    return select(table.c.key, table.c.id, table.c.merged_into).where(among(table.c.key, "keys"))


@cache
def _grown() -> Update:
    table = schema.story
    return update(table).where(table.c.id == bindparam("number")).values(size=table.c.size + 1, stale=True)


@cache
def _index() -> TextClause:
    return text("INSERT INTO searched_words(rowid, title, text) VALUES (:id, :title, :text)")
