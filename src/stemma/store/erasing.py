"""Takes what is withheld out of the file: texts, facts, copies, sentences, words of the index, entries of feeds.

Of an erased article its row alone stays: number, address, outlet, revision 0, so that it cannot come again and its number
is given to nothing else. When something is to be erased is not decided here; that it is not in the file's unused parts
either is `engine.rewrite_file`. Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, or_, select, text, update

from stemma.store import schema
from stemma.store.articles import remove_from_index
from stemma.store.changed import touch
from stemma.store.deny import DeniedEntry, DeniedKind, begins_with, concerns, is_covered
from stemma.store.tallies import forget_uncounted
from stemma.store.write import UNTITLED, mark_stale

_INDEX_PAGES = 200
"""Pages of the index of words that one step of its cleaning rewrites."""
_LOOKED_AT = 2_000
"""Revisions that are looked through at once for pieces of other articles."""


def count_erased(connection: Connection) -> int:
    """How many entries of the deny list were erased."""
    table = schema.denied
    return connection.execute(
        select(func.count()).select_from(table).where(table.c.erased.is_not(None))
    ).scalar_one()


def set_erase_at(connection: Connection, numbers: Sequence[int], *, at: datetime) -> None:
    """The content of these entries is to be erased then."""
    table = schema.denied
    connection.execute(update(table).where(table.c.id.in_(numbers)).values(erase_at=at.isoformat()))


def mark_erased(connection: Connection, numbers: Sequence[int], *, at: datetime) -> None:
    """The content of these entries is gone."""
    table = schema.denied
    connection.execute(update(table).where(table.c.id.in_(numbers)).values(erased=at.isoformat()))


def has_erased(connection: Connection, entry: DeniedEntry) -> bool:
    """Whether something of an entry was erased."""
    table = schema.article
    query = select(table.c.id).where(concerns(entry.kind, entry.value), table.c.revision == 0).limit(1)
    return connection.execute(query).first() is not None


def erase_some(connection: Connection, entry: DeniedEntry, *, limit: int) -> int:
    """Erases articles that an entry concerns, `limit` at most; gives how many. Their stories are to be edited anew."""
    table = schema.article
    query = select(table.c.id).where(concerns(entry.kind, entry.value), table.c.revision > 0).limit(limit)
    numbers = list(connection.execute(query).scalars())
    if not numbers:
        return 0
    _leave_stories(connection, numbers)
    for number in numbers:
        remove_from_index(connection, number)
    _remove_derived(connection, numbers)
    _forget_candidates(connection, schema.candidate.c.article.in_(numbers))
    connection.execute(update(table).where(table.c.id.in_(numbers)).values(revision=0, first_seen=None))
    forget_uncounted(connection)
    return len(numbers)


def erase_beside(connection: Connection, entry: DeniedEntry) -> int:
    """What feeds said of articles that an entry concerns, and what was noted of pages that were none; gives how many rows."""
    candidate, page, source = schema.candidate, schema.page, schema.source
    if entry.kind == "outlet":
        named = select(source.c.id).where(source.c.title == entry.value)
        return _forget_candidates(
            connection, or_(candidate.c.origin == entry.value, candidate.c.source.in_(named))
        )
    address = _address(connection, entry)
    if address is None:
        return 0
    exactly = entry.kind == "article"
    of_candidate, of_page = (
        column == address if exactly else begins_with(column, address)
        for column in (candidate.c.url, page.c.url)
    )
    gone = connection.execute(delete(page).where(of_page, page.c.article.is_(None)))
    return _forget_candidates(connection, of_candidate) + gone.rowcount


def remove_embedded(
    connection: Connection, entries: Sequence[DeniedEntry], *, after: int, writing: bool
) -> tuple[int, int]:
    """Pieces of what the entries concern in the next revisions of other articles after a number, taken out where `writing`: how
    many, and the number up to which was looked, 0 at the end. Looked through once for all entries: that is the whole store."""
    table = schema.revision
    outlets = {entry.value for entry in entries if entry.kind == "outlet"}
    exact = {a for e in entries if e.kind == "article" and (a := _address(connection, e))}
    beginnings = tuple(entry.value for entry in entries if entry.kind == "address")
    rows = connection.execute(
        select(table.c.id, table.c.embedded).where(table.c.id > after).order_by(table.c.id).limit(_LOOKED_AT)
    ).all()
    gone = 0
    for row in rows:
        # A stored piece: title, outlet, url, age, text.
        kept = [
            piece
            for piece in row.embedded
            if piece[1] not in outlets
            and piece[2] not in exact
            and not (piece[2] or "").startswith(beginnings)
        ]
        if len(kept) < len(row.embedded):
            gone += len(row.embedded) - len(kept)
            if writing:
                connection.execute(update(table).where(table.c.id == row.id).values(embedded=kept))
    return gone, rows[-1].id if len(rows) == _LOOKED_AT else 0


def clean_index(connection: Connection, *, first: bool) -> bool:
    """One step of rewriting the index of words without what was taken out of it; False where nothing is left to do.

    As for `optimize`, in steps (sqlite.org/fts5.html, section 6.8): the first has all parts of the index joined.
    """
    if connection.dialect.name != "sqlite":
        return False
    before = _count_changes(connection)
    connection.execute(
        text("INSERT INTO searched_words(searched_words, rank) VALUES ('merge', :pages)"),
        {"pages": -_INDEX_PAGES if first else _INDEX_PAGES},
    )
    return _count_changes(connection) - before >= 2


def release_erased(connection: Connection, kind: DeniedKind, value: str) -> None:
    """After an entry was taken back: what it had erased may come again, as a new article."""
    table, page = schema.article, schema.page
    query = select(table.c.id).where(table.c.revision == 0, concerns(kind, value), ~is_covered())
    for number in connection.execute(query).scalars().all():
        nothing = {"key": f"erased {number}", "url": None, "outlet": None}
        connection.execute(update(table).where(table.c.id == number).values(nothing))
    if kind == "address":
        connection.execute(delete(page).where(begins_with(page.c.url, value), page.c.article.is_(None)))


# ---------------------------------------------------------------- parts


def _leave_stories(connection: Connection, numbers: Sequence[int]) -> None:
    """The articles are no members any more, and no story bears a headline or a word of theirs."""
    story, member, pin, thread = schema.story, schema.member, schema.pin, schema.thread
    sentence, citation, entry = schema.sentence, schema.citation, schema.entry
    comparison, value = schema.comparison, schema.compared_value
    rows = connection.execute(
        select(member.c.story, member.c.placed).where(member.c.article.in_(numbers))
    ).all()
    cited = select(citation.c.sentence).where(citation.c.article.in_(numbers))
    compared = select(value.c.comparison).where(value.c.article.in_(numbers))
    titled = select(story.c.id).where(
        or_(story.c.title_from.in_(numbers), story.c.key.in_({row.placed for row in rows}))
    )
    touched = {row.story for row in rows}
    for query in (
        titled,
        select(sentence.c.story).where(sentence.c.id.in_(cited), sentence.c.story.is_not(None)),
        select(comparison.c.story).where(comparison.c.id.in_(compared)),
    ):
        touched.update(connection.execute(query).scalars())
    threads = select(entry.c.thread).join(sentence, sentence.c.entry == entry.c.id)
    timelines = set(connection.execute(threads.where(sentence.c.id.in_(cited))).scalars())
    connection.execute(delete(sentence).where(sentence.c.id.in_(cited)))
    connection.execute(delete(comparison).where(comparison.c.id.in_(compared)))
    connection.execute(delete(pin).where(pin.c.article.in_(numbers)))
    connection.execute(delete(member).where(member.c.article.in_(numbers)))
    for number in sorted(touched):
        size = select(func.count()).select_from(member).where(member.c.story == number).scalar_subquery()
        connection.execute(
            update(story)
            .where(story.c.id == number)
            .values(
                title=UNTITLED,
                title_from=None,
                size=size,
                linked=None,
                documents=None,
                names=None,
                place=None,
            )
        )
    mark_stale(connection, sorted(touched))
    touch(connection, touched, timelines)
    connection.execute(update(thread).where(thread.c.id.in_(timelines)).values(stale=True))


def _remove_derived(connection: Connection, numbers: Sequence[int]) -> None:
    copy = schema.copy
    connection.execute(delete(copy).where(or_(copy.c.child.in_(numbers), copy.c.parent.in_(numbers))))
    for table in (schema.quote, schema.figure, schema.revision, schema.page):
        connection.execute(delete(table).where(table.c.article.in_(numbers)))


def _forget_candidates(connection: Connection, wanted: ColumnElement[bool]) -> int:
    """What a feed said of an article goes; that it has one at this address stays, so that it is not asked for again."""
    table = schema.candidate
    nothing: dict[str, Any] = dict.fromkeys(("title", "text", "author", "origin", "language", "date", "due"))
    held = or_(table.c.title.is_not(None), table.c.text.is_not(None), table.c.due.is_not(None))
    gone = connection.execute(
        update(table)
        .where(wanted, held)
        .values({**nothing, "leased": False, "stood_in": False, "outcome": "withheld"})
    )
    return gone.rowcount


def _address(connection: Connection, entry: DeniedEntry) -> str | None:
    """The address of an article, or how the addresses of an entry begin; None where there is none."""
    if entry.kind == "address":
        return entry.value
    if entry.kind == "outlet":
        return None
    query = select(schema.article.c.url).where(concerns(entry.kind, entry.value))
    return connection.execute(query).scalar_one_or_none()


def _count_changes(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())
