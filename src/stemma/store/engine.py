"""Opening a store: the engine, its pragmas, and the way from an older form to today's.

SQLite in WAL mode with `synchronous=FULL`: what was acknowledged survives a power cut (sqlite.org/wal.html). Another
engine is another branch of `_make_engine`, and nothing else here.
"""

from __future__ import annotations

import fcntl
import importlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError

from stemma.errors import StoreBusyError, StoreError
from stemma.store.store import Store

HEAD = "0018"
"""The newest migration; a test compares it with the folder."""
_BUSY_MS = 10_000
# What is deleted is overwritten: a text that was erased is not to be found in the file either.
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    f"busy_timeout={_BUSY_MS}",
)


def open_store(path: Path) -> Store:
    """The store at `path`, made where there is none, brought to today's form where it is older.

    Raises `StoreVersionError` where a newer Stemma made it, `StoreError` where it cannot be opened.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise StoreError(f"{path.parent} cannot be made: {fault.strerror}") from fault
    engine = _make_engine(path)
    try:
        _bring_up(engine, path)
    except (OperationalError, DatabaseError) as fault:
        raise StoreError(f"{path} cannot be opened: {fault.orig}") from fault
    return Store(engine)


@contextmanager
def hold_writing(path: Path) -> Iterator[None]:
    """Holds the right to write for this process. Raises `StoreBusyError` where another process has it.

    Released by the system when the process ends, however it ends.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise StoreBusyError(f"another Stemma is writing to {path}; wait for it or stop it") from fault
        yield


def _make_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_MS / 1000})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        # Transactions are begun by _begin below, not by the driver's guess.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        writing = connection.get_execution_options().get("stemma_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _bring_up(engine: Engine, path: Path) -> None:
    """Loads the tools of migration only where there is something to migrate: they take 11 MB."""
    with engine.connect() as connection:
        version = _find_version(connection)
    if version != HEAD:
        importlib.import_module("stemma.store.migrating").bring_up(engine, path, version=version)


def _find_version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
