"""Transactions on one engine, and the database's exceptions as ours. Safe to use from several threads."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from stemma.errors import StoreBusyError, StoreError


class Connections:
    """What the store and its parts have in common: an engine, and nothing else."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def path(self) -> Path:
        """The file."""
        return Path(self._engine.url.database or "")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with mapped(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with mapped(), self._engine.connect() as connection:
            writing = connection.execution_options(stemma_writes=True)
            with writing.begin():
                yield writing


@contextmanager
def mapped() -> Iterator[None]:
    """The database's exceptions as ours."""
    try:
        yield
    except OperationalError as fault:
        if "locked" in str(fault.orig) or "busy" in str(fault.orig):
            raise StoreBusyError("the store is busy; try again in a moment") from fault
        raise StoreError(f"the store cannot be used: {fault.orig}") from fault
    except DatabaseError as fault:
        raise StoreError(f"the store cannot be used: {fault.orig}") from fault
