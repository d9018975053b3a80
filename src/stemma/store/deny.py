"""The deny list: the one place through which every read passes.

`visible_articles()` is the only way in which reading code may get at articles (a test keeps that). Withholding an item
is one row here; it is gone from every page, search and sentence with the next read. Its content is erased afterwards
(`erasing.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
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
    or_,
    select,
)
from sqlalchemy.exc import IntegrityError

from stemma.store.schema import article, denied

DeniedKind = Literal["article", "outlet", "address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeniedEntry:
    """An entry of the deny list. `erase_at` is when its content shall be erased, where somebody said so; `erased` when it
    was."""

    number: int
    kind: DeniedKind
    value: str
    reason: str
    since: datetime
    erase_at: datetime | None
    erased: datetime | None


@cache
def visible_articles() -> Subquery:
    """The article table without what is withheld or erased; to be selected from and joined.

    Built once: building it anew took a third of the CPU of a front page. Each kind of entry is looked up in an index:
    gone through for each article, two hundred entries cost more than everything else on a page (bench/speed/portal.py).
    """
    return (
        select(article).where(article.c.revision > 0, *(~entry for entry in _entries_on(article)))
    ).subquery("visible")


def is_covered() -> ColumnElement[bool]:
    """Whether an entry of the list concerns the article of a row."""
    return or_(*_entries_on(article))


def concerns(kind: DeniedKind, value: str) -> ColumnElement[bool]:
    """Whether this entry concerns the article of a row."""
    if kind == "article":
        return article.c.id == int(value)
    if kind == "outlet":
        return article.c.outlet == value
    return begins_with(article.c.url, value)


def begins_with(column: ColumnElement[Any], value: str) -> ColumnElement[bool]:
    """Whether an address begins so, to the letter."""
    return func.substr(column, 1, len(value)) == value


def _entries_on(article: FromClause) -> tuple[ColumnElement[bool], ...]:
    """One condition for each kind of entry, each answered by an index of the list."""
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
    return tuple(entry.correlate(article).exists() for entry in entries)


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


def has_denied(connection: Connection) -> bool:
    """See `Store.has_denied`."""
    return connection.execute(_any()).first() is not None


@cache
def _any() -> Select[Any]:
    return select(denied.c.id).limit(1)


def load_denied(connection: Connection, *, unerased: bool = False) -> tuple[DeniedEntry, ...]:
    """Entries in the order in which they came; those alone whose content was not erased yet, where asked for."""
    query = select(denied).order_by(denied.c.id)
    if unerased:
        query = query.where(denied.c.erased.is_(None))
    return tuple(
        DeniedEntry(
            number=row.id,
            kind=row.kind,
            value=row.value,
            reason=row.reason,
            since=datetime.fromisoformat(row.since),
            erase_at=datetime.fromisoformat(row.erase_at) if row.erase_at else None,
            erased=datetime.fromisoformat(row.erased) if row.erased else None,
        )
        for row in connection.execute(query)
    )
