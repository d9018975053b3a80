"""A copy of a store while it is in use, and a store from a copy. SQLite's online backup (sqlite.org/backup.html).

A copy is one file, consistent, of one moment. Restoring checks it first and keeps what stood there before under another
name. The deny list of the place that is restored to is added to the copy's own: what was withheld since stays withheld.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from stemma.errors import StoreError, UsageError

_PAGES = 2_000
"""Pages copied at once, so that a writer never waits for long."""


def back_up(store: Path, to: Path) -> int:
    """Copies the store to a new file; gives its size in bytes. Raises `UsageError` where the file is there already."""
    if not store.exists():
        raise UsageError(f"there is no store at {store}")
    if to.exists():
        raise UsageError(f"{to} is there already")
    part = to.with_name(to.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(store, timeout=30)) as source, closing(sqlite3.connect(part)) as target:
            source.backup(target, pages=_PAGES, sleep=0.01)
            target.execute("PRAGMA journal_mode=DELETE")
        _check(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(to)
    except (sqlite3.Error, OSError) as fault:
        part.unlink(missing_ok=True)
        raise StoreError(f"the store cannot be copied to {to}: {fault}") from fault
    return to.stat().st_size


def find_kept(store: Path) -> tuple[Path, ...]:
    """What stood at this place before it was restored, if it is still there."""
    ending = re.compile(re.escape(store.name) + r"\.before-\d+")
    return tuple(sorted(p for p in store.parent.glob("*.before-*") if ending.fullmatch(p.name)))


def carry_denied(store: Path, other: Path) -> None:
    """Adds the deny list of a store to that of another file; does nothing where either is no store."""
    try:
        _keep_denied(store, other)
    except sqlite3.DatabaseError as fault:
        raise StoreError(f"the deny list cannot be written to {other}: {fault}") from fault


def restore(copy: Path, store: Path) -> Path | None:
    """Makes `copy` the store; gives where what stood there before is kept. The caller holds the right to write.

    Raises `UsageError` where the copy is no store.
    """
    if not copy.is_file():
        raise UsageError(f"there is no file {copy}")
    part = store.with_name(store.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as source:
            tables = {row[0] for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if not {"article", "denied", "alembic_version"} <= tables:
                raise UsageError(f"{copy} is no copy of a store")
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)
        _check(part)
        if store.exists():
            _keep_denied(store, part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        return _put_in_place(part, store)
    except (sqlite3.Error, OSError) as fault:
        part.unlink(missing_ok=True)
        if "not a database" in str(fault):
            raise UsageError(f"{copy} is no copy of a store") from fault
        raise StoreError(f"{copy} cannot be restored: {fault}") from fault


def _check(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise sqlite3.DatabaseError(f"{path.name} is damaged")


def _keep_denied(store: Path, part: Path) -> None:
    """All entries; one about an article by the number that it has there, or by its address where the copy has it not."""
    with closing(sqlite3.connect(store, timeout=30)) as held:
        try:
            rows = held.execute(
                "SELECT d.kind, d.value, d.reason, d.since, a.key, a.url FROM denied d "
                "LEFT JOIN article a ON d.kind = 'article' AND a.id = CAST(d.value AS INTEGER)"
            ).fetchall()
        except sqlite3.DatabaseError:
            return  # what stands there is no store that could be read
    with closing(sqlite3.connect(part)) as made, made:
        for kind, value, reason, since, key, url in rows:
            if kind == "article":
                same = made.execute("SELECT id FROM article WHERE key = ?", (key,)).fetchone()
                if same is not None:
                    value = str(same[0])
                elif url:
                    kind, value = "address", url
                else:
                    continue  # without an address it cannot come again but as another
            made.execute(
                "INSERT OR IGNORE INTO denied(kind, value, reason, since) VALUES (?, ?, ?, ?)",
                (kind, value, reason, since),
            )


def _put_in_place(part: Path, store: Path) -> Path | None:
    before: Path | None = None
    if store.exists():
        number = 1
        while store.with_name(f"{store.name}.before-{number}").exists():
            number += 1
        before = store.with_name(f"{store.name}.before-{number}")
        with closing(sqlite3.connect(store, timeout=30)) as held:
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        store.rename(before)
    for ending in ("-wal", "-shm"):
        store.with_name(store.name + ending).unlink(missing_ok=True)
    part.rename(store)
    return before
