"""Effects to rows. Every function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import singledispatch
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, func, insert, or_, select, text, update

from stemma.store import schema
from stemma.store.deny import DeniedKind
from stemma.store.effects import (
    ArticleAdded,
    ArticleRevised,
    Bookmark,
    Effect,
    PageRead,
    StoryEdited,
    ThreadEdited,
)
from stemma.store.spelling import space_out
from stemma.types import CitedSentence, Copy, Figure, Quote, RevisionJudgement, Span, StoryId, ThreadId

_UNTITLED = "Untitled"


def apply_effect(connection: Connection, effect: Effect) -> None:
    """One effect."""
    _apply(effect, connection)


def mark_concerned_stale(connection: Connection, kind: DeniedKind, value: str) -> None:
    """Stories and threads of the articles that an entry of the deny list concerns are to be edited anew."""
    table = schema.article
    if kind == "article":
        concerned = table.c.id == int(value)
    elif kind == "outlet":
        concerned = table.c.outlet == value
    else:
        concerned = func.substr(table.c.url, 1, len(value)) == value
    stories = (
        select(schema.member.c.story).join(table, table.c.id == schema.member.c.article).where(concerned)
    )
    numbers = [row.story for row in connection.execute(stories)]
    mark_stale(connection, numbers)


@singledispatch
def _apply(effect: Effect, connection: Connection) -> None:
    raise TypeError(f"no such effect: {type(effect).__name__}")


register_effect = _apply.register
"""For effects whose tables are written in another module of the store (`sources.py`)."""


@_apply.register
def _(effect: PageRead, connection: Connection) -> None:
    rejected = effect.rejected
    connection.execute(
        insert(schema.page).values(
            digest=effect.digest,
            name=effect.name,
            url=effect.url,
            fetched=effect.fetched.isoformat() if effect.fetched else None,
            read_at=effect.read_at.isoformat(),
            article=effect.article,
            reason=rejected.reason if rejected else None,
            detail=rejected.detail if rejected else None,
        )
    )


@_apply.register
def _(effect: ArticleAdded, connection: Connection) -> None:
    article = effect.article
    connection.execute(
        insert(schema.article).values(
            id=effect.number,
            key=effect.key,
            url=article.url,
            outlet=article.outlet,
            first_seen=article.first_seen.isoformat() if article.first_seen else None,
            read_at=effect.read_at.isoformat(),
            revision=1,
        )
    )
    _add_revision(connection, effect, 1)
    story = _follow(connection, story_number(connection, effect.placement.story, title=article.title))
    connection.execute(
        insert(schema.member).values(
            article=effect.number,
            story=story,
            placed=effect.placement.story,
            opened=effect.placement.opened,
            score=effect.placement.score,
            why=list(effect.placement.evidence),
        )
    )
    connection.execute(
        update(schema.story).where(schema.story.c.id == story).values(size=schema.story.c.size + 1)
    )
    _add_facts(connection, effect.number, effect.quotes, effect.figures)
    _add_copies(connection, effect.copies)
    mark_stale(connection, [story])


@_apply.register
def _(effect: ArticleRevised, connection: Connection) -> None:
    number, table = effect.number, schema.article
    _unindex(connection, number)
    last = connection.execute(select(table.c.revision).where(table.c.id == number)).scalar_one()
    connection.execute(
        update(table)
        .where(table.c.id == number)
        .values(revision=last + 1, url=effect.article.url, outlet=effect.article.outlet)
    )
    _add_revision(connection, effect, last + 1)
    if effect.judgement is not None:
        _add_judgement(connection, number, last + 1, effect.judgement)
    for derived in (schema.quote, schema.figure):
        connection.execute(delete(derived).where(derived.c.article == number))
    _remove_cited(connection, number)
    copies = schema.copy
    connection.execute(delete(copies).where(or_(copies.c.child == number, copies.c.parent == number)))
    _add_facts(connection, number, effect.quotes, effect.figures)
    member = schema.member
    story = connection.execute(select(member.c.story).where(member.c.article == number)).scalar_one()
    mark_stale(connection, [story])


@_apply.register
def _(effect: Bookmark, connection: Connection) -> None:
    table = schema.bookmark
    connection.execute(delete(table).where(table.c.path == effect.path))
    connection.execute(
        insert(table).values(
            path=effect.path, signature=effect.signature, position=effect.position, complete=effect.complete
        )
    )


@_apply.register
def _(effect: StoryEdited, connection: Connection) -> None:
    number = effect.number
    if effect.copies is not None:
        members = select(schema.member.c.article).where(schema.member.c.story == number)
        within = schema.copy.c.child.in_(members) & (
            schema.copy.c.parent.is_(None) | schema.copy.c.parent.in_(members)
        )
        connection.execute(delete(schema.copy).where(within))
        _add_copies(connection, effect.copies)
    connection.execute(delete(schema.comparison).where(schema.comparison.c.story == number))
    for comparison in effect.comparisons:
        row = connection.execute(
            insert(schema.comparison).values(
                story=number, about=comparison.about, relation=comparison.relation
            )
        )
        owner = inserted(row.inserted_primary_key)
        _add(
            connection,
            schema.compared_value,
            (
                {"comparison": owner, **_place(value.span), "low": value.low, "high": value.high}
                for value in comparison.values
            ),
        )
    connection.execute(delete(schema.sentence).where(schema.sentence.c.story == number))
    _add_sentences(connection, effect.brief.sentences, {"story": number})
    values: dict[str, Any] = {"newsrooms": effect.newsrooms, "stale": False}
    if effect.brief.title:
        values["title"] = effect.brief.title
    values["title_from"] = int(effect.brief.title_from) if effect.brief.title_from else None
    connection.execute(update(schema.story).where(schema.story.c.id == number).values(values))


@_apply.register
def _(effect: ThreadEdited, connection: Connection) -> None:
    connection.execute(delete(schema.entry).where(schema.entry.c.thread == effect.number))
    for entry in effect.entries:
        row = connection.execute(
            insert(schema.entry).values(thread=effect.number, date=entry.date, precision=entry.precision)
        )
        _add_sentences(connection, entry.sentences, {"entry": inserted(row.inserted_primary_key)})
    connection.execute(update(schema.thread).where(schema.thread.c.id == effect.number).values(stale=False))


# ---------------------------------------------------------------- parts


def _add_revision(connection: Connection, effect: ArticleAdded | ArticleRevised, revision: int) -> None:
    number, article = effect.number, effect.article
    published = article.published
    connection.execute(
        insert(schema.revision).values(
            article=number,
            number=revision,
            digest=effect.digest,
            title=article.title,
            text=article.text,
            source_url=article.source_url,
            agency=article.agency,
            byline=list(article.byline),
            dateline=article.dateline,
            section=article.section,
            genre=article.genre,
            language=article.language,
            stated=published.stated,
            earliest=published.earliest,
            latest=published.latest,
            basis=list(published.basis),
            clues=[
                [c.basis, c.words, c.earliest and c.earliest.isoformat(), c.latest and c.latest.isoformat()]
                for c in published.clues
            ],
            images=[[i.url, i.caption, i.credit] for i in article.images],
            embedded=[[e.title, e.outlet, e.url, e.age, e.text] for e in article.embedded],
            found=[[f.name, f.where] for f in article.found],
            fetched=effect.fetched.isoformat() if effect.fetched else None,
            read_at=effect.read_at.isoformat(),
        )
    )
    if connection.dialect.name == "sqlite":
        connection.execute(
            text("INSERT INTO searched_words(rowid, title, text) VALUES (:id, :title, :text)"),
            _indexed(number, article.title, article.text),
        )


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


def _unindex(connection: Connection, number: int) -> None:
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


def _add_facts(
    connection: Connection, number: int, quotes: Sequence[Quote], figures: Sequence[Figure]
) -> None:
    _add(
        connection,
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
    _add(
        connection,
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


def _add_copies(connection: Connection, copies: Sequence[Copy]) -> None:
    for copy in copies:
        row = connection.execute(
            insert(schema.copy).values(
                child=int(copy.child),
                parent=int(copy.parent) if copy.parent else None,
                origin=copy.origin,
                kind=copy.kind,
                direction=copy.direction,
                containment=round(copy.containment, 4),
                confidence=round(copy.confidence, 4),
                evidence=list(copy.evidence),
            )
        )
        owner = inserted(row.inserted_primary_key)
        _add(
            connection,
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


def _add_sentences(
    connection: Connection, sentences: Sequence[CitedSentence], owner: Mapping[str, int]
) -> None:
    for sentence in sentences:
        added = [[a.start, a.end, a.kind, int(a.article)] for a in sentence.added]
        row = connection.execute(insert(schema.sentence).values(text=sentence.text, added=added, **owner))
        number = inserted(row.inserted_primary_key)
        _add(
            connection, schema.citation, ({"sentence": number, **_place(span)} for span in sentence.citations)
        )


def _remove_cited(connection: Connection, number: int) -> None:
    """Sentences and comparisons that speak of the old text of an article."""
    for owner, part, key in (
        (schema.sentence, schema.citation, schema.citation.c.sentence),
        (schema.comparison, schema.compared_value, schema.compared_value.c.comparison),
    ):
        citing = select(key).where(part.c.article == number)
        connection.execute(delete(owner).where(owner.c.id.in_(citing)))


def story_number(connection: Connection, key: StoryId, *, title: str | None) -> int:
    """The number of a story, opened here where it is new."""
    table = schema.story
    number = connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
    if number is not None:
        return int(number)
    row = connection.execute(
        insert(table).values(
            key=key, title=title or _UNTITLED, newsrooms=1, size=0, stale=True, thread=None, merged_into=None
        )
    )
    return inserted(row.inserted_primary_key)


def _follow(connection: Connection, number: int) -> int:
    """The story itself, or the one into which it was merged: a merged story takes no article that nobody could find."""
    story, seen = schema.story, {number}
    while True:
        into = connection.execute(select(story.c.merged_into).where(story.c.id == number)).scalar_one()
        if into is None or into in seen:
            return number
        number = int(into)
        seen.add(number)


def thread_number(connection: Connection, key: ThreadId) -> int:
    table = schema.thread
    number = connection.execute(select(table.c.id).where(table.c.key == key)).scalar_one_or_none()
    if number is not None:
        return int(number)
    row = connection.execute(insert(table).values(key=key, stale=True))
    return inserted(row.inserted_primary_key)


def mark_stale(connection: Connection, stories: Sequence[int]) -> None:
    story, thread = schema.story, schema.thread
    for number in stories:
        connection.execute(update(story).where(story.c.id == number).values(stale=True))
        of_story = select(story.c.thread).where(story.c.id == number).scalar_subquery()
        connection.execute(update(thread).where(thread.c.id == of_story).values(stale=True))


def _place(span: Span) -> dict[str, int]:
    return {"article": int(span.article), "start": span.start, "end": span.end}


def _add(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    if many := list(rows):
        connection.execute(insert(table), many)


def inserted(key: Row[Any] | None) -> int:
    if key is None:
        raise TypeError("the database gave no row id")
    return int(key[0])
