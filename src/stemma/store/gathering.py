"""Rows of one transaction, gathered by table and written with one statement a table: what a batch costs is its statements.

Holds what was not written yet; `write` puts it down in an order that references allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, func, insert, select
from sqlalchemy.sql import Executable

from stemma.store.schema import metadata


class Rows:
    """What one transaction adds and changes."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._first: dict[Executable, list[Mapping[str, Any]]] = {}
        self._added: dict[Table, list[Mapping[str, Any]]] = {}
        self._last: dict[Executable, list[Mapping[str, Any]]] = {}
        self._numbers: dict[Table, int] = {}
        self._replaced: set[tuple[str, int]] = set()
        self.stories: dict[str, int] = {}
        """Numbers of stories by their keys, as far as they were looked up or given out."""

    def add(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds rows; all rows of a table have the same columns."""
        self._added.setdefault(table, []).extend(rows)

    def before(self, statement: Executable, values: Mapping[str, Any]) -> None:
        """A statement that is run before anything is added, once for each of its values."""
        self._first.setdefault(statement, []).append(values)

    def after(self, statement: Executable, values: Mapping[str, Any]) -> None:
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
            highest = self.connection.execute(select(func.max(table.c.id))).scalar_one()
            self._numbers[table] = highest or 0
        self._numbers[table] += 1
        return self._numbers[table]

    def write(self) -> None:
        """Everything that was gathered; afterwards it knows nothing."""
        for statement, values in self._first.items():
            self.connection.execute(statement, values)
        for table in metadata.sorted_tables:
            if rows := self._added.get(table):
                self.connection.execute(_insert(table), rows)
        for statement, values in self._last.items():
            self.connection.execute(statement, values)
        for held in (self._first, self._added, self._last, self._numbers, self._replaced, self.stories):
            held.clear()


@cache
def _insert(table: Table) -> Insert:
    return insert(table)
