"""The whole file written anew: what was deleted stands in no unused part of it, nor in the log beside it.

`secure_delete` overwrites what is deleted (sqlite.org/pragma.html#pragma_secure_delete), but not what was left behind when a
page of the file was rearranged before. `VACUUM` leaves nothing (sqlite.org/lang_vacuum.html).
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from stemma.errors import StoreError

_PATIENCE = 5.0
"""Seconds that readers get to let go of the log."""


def rewrite_file(engine: Engine) -> bool:
    """Gives False where a reader or writer did not let go of the file: then the old content may still stand in it.

    Raises `StoreError` where the disk has no room for a second copy.
    """
    path = Path(engine.url.database or "")
    size = path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < 2.1 * size:
        raise StoreError(
            f"the store cannot be written anew: it takes {2.1 * size / 1e6:,.0f} MB, and {free / 1e6:,.0f} MB are free"
        )
    with closing(engine.raw_connection()) as held:
        driver = held.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise StoreError(f"a {engine.dialect.name} store cannot be written anew")
        try:
            driver.execute("VACUUM")
            until = time.monotonic() + _PATIENCE
            while driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    return False
                time.sleep(0.05)
        except sqlite3.Error as fault:
            if "locked" in str(fault):
                return False
            raise StoreError(f"the store cannot be written anew: {fault}") from fault
    return True
