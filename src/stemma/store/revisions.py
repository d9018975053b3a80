"""The texts that one article had, one after the other, and what each changed: for its page.

Asked for a visible article alone; the caller has looked (`read.get_article`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, select

from stemma.store import schema
from stemma.store.rows import Fields
from stemma.store.views import PlaceView, RevisionChangeView, RevisionView


def find_revisions(connection: Connection, article: int) -> tuple[RevisionView, ...]:
    """Revisions from the second on, the newest first."""
    table = schema.revision
    columns = ("number", "title", "text", "fetched", "read_at", "substantive", "changes", "announced")
    query = (
        select(*(table.c[name] for name in columns))
        .where(table.c.article == article)
        .order_by(table.c.number)
    )
    rows = list(connection.execute(query).mappings())
    return tuple(reversed([_revision(article, before, after) for before, after in pairwise(rows)]))


def _revision(article: int, before: Fields, after: Fields) -> RevisionView:
    read_at = after["fetched"] or after["read_at"]
    changes = tuple(_changes(article, before["text"], after))
    return RevisionView(
        number=after["number"],
        read_at=datetime.fromisoformat(read_at) if read_at else None,
        title=after["title"],
        title_before=before["title"],
        substantive=after["substantive"],
        kinds=tuple(dict.fromkeys(change.kind for change in changes)),
        changes=changes,
        announced=tuple(
            (kind, _place(article, after["text"], start, end))
            for kind, start, end in after["announced"] or ()
        ),
    )


def _changes(article: int, before: str, after: Fields) -> Iterator[RevisionChangeView]:
    for kind, first, last, start, end in after["changes"] or ():
        yield RevisionChangeView(
            kind=kind,
            before=None if first is None else _place(article, before, first, last),
            after=None if start is None else _place(article, after["text"], start, end),
        )


def _place(article: int, text: str, start: int, end: int) -> PlaceView:
    return PlaceView(article=article, start=start, end=end, words=text[start:end])
