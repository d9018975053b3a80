"""The deny list: the one place through which every read passes.

`visible_articles()` is the only way in which reading code may get at articles (a test keeps that). Withholding an item
is one row here; it is gone from every page, search and sentence with the next read.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    Text,
    cast,
    delete,
    func,
    literal_column,
    select,
)
from sqlalchemy.exc import IntegrityError

from stemma.store.schema import article, denied

DeniedKind = Literal["article", "outlet", "address"]


@cache
def visible_articles() -> Subquery:
    """The article table without what is withheld; to be selected from and joined.

    Built once: building it anew took a third of the CPU of a front page. Each kind of entry is looked up in an index:
    gone through for each article, two hundred entries cost more than everything else on a page (bench/speed/portal.py).
    """
    address, url = denied.alias("address"), article.c.url
    begins_so = func.substr(url, 1, func.length(address.c.value)) == address.c.value
    # Scheme and host: an entry that goes beyond them stands between them and the whole address in the order of letters.
    host = func.substr(url, 1, func.instr(func.substr(url.concat("/"), 9), "/") + 7)
    entries: tuple[Select[Any], ...] = (
        select(literal_column("1"))
        .select_from(denied)
        .where(denied.c.kind == "article", denied.c.value == cast(article.c.id, Text)),
        select(literal_column("1"))
        .select_from(denied)
        .where(denied.c.kind == "outlet", denied.c.value == article.c.outlet),
        select(literal_column("1"))
        .select_from(address)
        .where(address.c.kind == "address", address.c.value >= host, address.c.value <= url, begins_so),
        select(literal_column("1")).select_from(address).where(is_broad(address), begins_so),
    )
    return (
        select(article).where(*(~entry.correlate(article).exists() for entry in entries)).subquery("visible")
    )


def is_broad(entries: FromClause) -> ColumnElement[bool]:
    """An address without a path: it may end within the name of a host, and there are few. As in `ix_denied_broad`."""
    path = func.instr(func.substr(entries.c.value, literal_column("9")), literal_column("'/'"))
    return (entries.c.kind == literal_column("'address'")) & (path == literal_column("0"))


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
