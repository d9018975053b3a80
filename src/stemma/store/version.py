"""A number that changes with the store: what was written from it is kept as long as the number is the same.

Asked for before each answer of the portal, so it goes past SQLAlchemy, whose statement and transaction cost twenty times
as much as SQLite's answer.
"""

from __future__ import annotations

import sqlite3

from sqlalchemy import Connection

from stemma.errors import StoreError


def read_version(connection: Connection) -> int:
    """SQLite's `PRAGMA data_version`; it compares within one connection, which has to write nothing itself."""
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise StoreError(f"the version of a {connection.dialect.name} store cannot be asked for")
    try:
        return int(driver.execute("PRAGMA data_version").fetchone()[0])
    except sqlite3.Error as fault:
        raise StoreError(f"the store cannot be used: {fault}") from fault
