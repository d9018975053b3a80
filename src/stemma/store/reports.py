"""What readers report as wrong in a story, until the operator has settled it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from stemma.errors import NotFoundError, StoreFullError
from stemma.store import schema
from stemma.store.listings import ReportView

MOST = 1_000
"""Reports that wait; more are not taken, so that nobody can fill the disk."""


def add_report(
    connection: Connection, *, story: int, words: str, reply_to: str | None, sent: datetime
) -> int:
    """See `Store.add_report`."""
    table = schema.report
    if connection.execute(select(schema.story.c.id).where(schema.story.c.id == story)).scalar() is None:
        raise NotFoundError(f"there is no story {story}")
    if connection.execute(select(func.count()).select_from(table)).scalar_one() >= MOST:
        raise StoreFullError("no more reports are taken until the operator has settled some")
    last = connection.execute(select(func.max(table.c.id))).scalar() or 0
    connection.execute(
        insert(table).values(id=last + 1, story=story, words=words, reply_to=reply_to, sent=sent.isoformat())
    )
    return last + 1


def find_reports(connection: Connection, *, limit: int) -> tuple[ReportView, ...]:
    """See `Store.find_reports`."""
    table, story = schema.report, schema.story
    query = (
        select(table, story.c.title)
        .join(story, story.c.id == table.c.story)
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return tuple(
        ReportView(
            report=row.id,
            story=row.story,
            title=row.title,
            words=row.words,
            reply_to=row.reply_to,
            sent=datetime.fromisoformat(row.sent),
        )
        for row in connection.execute(query)
    )


def settle_report(connection: Connection, number: int) -> bool:
    """See `Store.settle_report`."""
    return connection.execute(delete(schema.report).where(schema.report.c.id == number)).rowcount > 0
