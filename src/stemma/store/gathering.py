"""Rows of one transaction, gathered by table and written with one statement a table: what a batch costs is its statements.

Holds what was not written yet; `write` puts it down in an order that references allow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Insert, Select, Table, func, insert, select
from sqlalchemy.sql import Executable

from stemma.store.schema import metadata

Row = Mapping[str, Any]


class Rows:
    """What one transaction adds and changes."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._first: dict[Executable, list[Row]] = {}
        self._added: dict[Table, list[Row]] = {}
        self._last: dict[Executable, list[Row]] = {}
        self._numbers: dict[Table, int] = {}
        self._replaced: set[tuple[str, int]] = set()
        self.stories: dict[str, int | None] = {}
        """Numbers of stories by their keys, as far as they were looked up or given out; None of those that are not there."""

    def add(self, table: Table, rows: Iterable[Row]) -> None:
        """Adds rows; all rows of a table have the same columns."""
        self._added.setdefault(table, []).extend(rows)

    def before(self, statement: Executable, values: Row) -> None:
        """A statement that is run before anything is added, once for each of its values."""
        self._first.setdefault(statement, []).append(values)

    def after(self, statement: Executable, values: Row) -> None:
        """A statement that is run when everything is added, once for each of its values."""
        self._last.setdefault(statement, []).append(values)

    def replace(self, kind: str, number: int) -> None:
        """Something is about to take the place of all that hangs on a row: what it had got before is written first."""
        if (kind, number) in self._replaced:
            self.write()
        self._replaced.add((kind, number))

    def give_number(self, table: Table) -> int:
        """The next row id of a table: given out here, so that rows which refer to it need not wait for it."""
        if table not in self._numbers:
            highest = self.connection.execute(_highest(table)).scalar_one()
            self._numbers[table] = highest or 0
        self._numbers[table] += 1
        return self._numbers[table]

    def write(self) -> None:
        """Everything that was gathered; afterwards it knows nothing."""
        for statement, values in self._first.items():
            self.connection.execute(statement, values)
        for table in _sorted_tables() if self._added else ():
            if rows := self._added.get(table):
                add_rows(self.connection, table, rows)
        for statement, values in self._last.items():
            self.connection.execute(statement, values)
        for held in (self._first, self._added, self._last, self._numbers, self._replaced, self.stories):
            held.clear()


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """All rows with one statement; they have the same columns.

    What SQLAlchemy does for each value of each row costs more than SQLite's work on it. So the statement is written by
    SQLAlchemy once, and the values go to the driver as it is told there; a driver that takes no values by their places
    gets them by their names.
    """
    if not rows:
        return
    insertion = _lay_out(table, tuple(rows[0]), connection.dialect)
    if insertion is None:
        connection.execute(_insert(table), rows)
    else:
        statement, columns = insertion
        connection.exec_driver_sql(statement, list(zip(*(_read(rows, *c) for c in columns), strict=True)))


# ---------------------------------------------------------------- parts

Processor = Callable[[Any], Any]


def _read(rows: Sequence[Row], name: str, process: Processor | None) -> list[Any]:
    """The values of one column, as the driver takes them."""
    return [row[name] for row in rows] if process is None else [process(row[name]) for row in rows]


@lru_cache(maxsize=128)
def _lay_out(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, list[tuple[str, Processor | None]]] | None:
    """The statement, and the columns in the order of its places, each with what makes the driver's value of ours."""
    compiled = _insert(table).compile(dialect=dialect, column_keys=list(names))
    places = getattr(compiled, "positiontup", None)
    if places is None or sorted(places) != sorted(names):
        return None
    return str(compiled), [
        (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in places
    ]


@cache
def _insert(table: Table) -> Insert:
    return insert(table).inline()


@cache
def _highest(table: Table) -> Select[Any]:
    return select(func.max(table.c.id))


@cache
def _sorted_tables() -> tuple[Table, ...]:
    return tuple(metadata.sorted_tables)
