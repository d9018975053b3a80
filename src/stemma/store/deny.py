"""The deny list: the one place through which every read passes.

`visible_articles()` is the only way in which reading code may get at articles (a test keeps that). Withholding an item
is one row here; it is gone from every page, search and sentence with the next read.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Literal

from sqlalchemy import (
    Connection,
    Integer,
    Subquery,
    and_,
    cast,
    delete,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError

from stemma.store.schema import article, denied

DeniedKind = Literal["article", "outlet", "address"]


@cache
def visible_articles() -> Subquery:
    """The article table without what is withheld; to be selected from and joined.

    Built once: building it anew took a third of the CPU of a front page (bench/speed/portal.py).
    """
    withheld = (
        select(literal_column("1"))
        .select_from(denied)
        .where(
            or_(
                and_(denied.c.kind == "article", cast(denied.c.value, Integer) == article.c.id),
                and_(denied.c.kind == "outlet", denied.c.value == article.c.outlet),
                and_(
                    denied.c.kind == "address",
                    func.substr(article.c.url, 1, func.length(denied.c.value)) == denied.c.value,
                ),
            )
        )
        .correlate(article)
        .exists()
    )
    return select(article).where(~withheld).subquery("visible")


def deny(connection: Connection, kind: DeniedKind, value: str, *, reason: str, since: datetime) -> bool:
    """Withholds from now on. False where that was so already."""
    try:
        with connection.begin_nested():
            connection.execute(
                denied.insert().values(kind=kind, value=value, reason=reason, since=since.isoformat())
            )
    except IntegrityError:
        return False
    return True


def allow(connection: Connection, kind: DeniedKind, value: str) -> bool:
    """Takes an entry back. False where there was none."""
    gone = connection.execute(delete(denied).where(denied.c.kind == kind, denied.c.value == value))
    return gone.rowcount > 0


def load_denied(connection: Connection) -> tuple[tuple[DeniedKind, str], ...]:
    """All entries: kind and value."""
    return tuple((row.kind, row.value) for row in connection.execute(select(denied).order_by(denied.c.id)))
