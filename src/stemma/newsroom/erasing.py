"""Erases what is withheld: at the latest twelve hours after the entry was made, or at once where somebody says so.

Hiding is immediate and can be taken back; erasing cannot. Done in small transactions, then the file is written anew; ended at
any point, it begins again, and an entry counts as erased only when nothing of it is in any file of the store. What remains
of an article is its number and address, and of the request the entry itself.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from stemma.acquire.clock import Clock
from stemma.errors import StoreError
from stemma.store import Store, open_store
from stemma.store.backup import carry_denied, find_kept
from stemma.store.deny import DeniedEntry

GRACE = timedelta(hours=12)
"""How long an entry can be taken back with everything in place. The promise is a day."""
_AT_ONCE = 50
"""Articles erased in one transaction, so that nobody waits for long."""
_LOOK, _LOOK_AGAIN = 3.0, 120.0
"""Seconds between two looks, and after one that failed (a full disk, a busy store)."""
_log = logging.getLogger("stemma")


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """An entry whose content is gone: how many articles, and how many pieces of feeds and refused pages."""

    entry: DeniedEntry
    articles: int
    pieces: int


def find_due(entries: Sequence[DeniedEntry], *, now: datetime) -> tuple[DeniedEntry, ...]:
    """Entries whose content is to be erased by now."""
    return tuple(e for e in entries if e.erased is None and now >= (e.erase_at or e.since + GRACE))


def erase_due(store: Store, *, now: datetime) -> tuple[Erased, ...]:
    """Erases the content of all entries that are due, from the store and from what restoring kept beside it.

    Gives what was erased; nothing where the files could not be written anew yet, then it is to be called again. Raises
    `StoreError` where they cannot be. The stories concerned are marked as stale.
    """
    due = find_due(store.load_denied(unerased=True), now=now)
    if not due:
        return ()
    done = tuple(_erase(store, due))
    if not _write_anew(store, done):
        return ()
    for kept in find_kept(store.path):
        if not _erase_kept(kept, store.path, now=now):
            return ()
    store.eraser.mark_done(due, at=now)
    return done


class Erasing:
    """Erases while Stemma runs: looks every few seconds by the machine's clock, and later again where it fails."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._next = 0.0

    def look(self) -> bool:
        """Erases what is due; whether something was."""
        if time.monotonic() < self._next:
            return False
        wait = _LOOK
        try:
            done = erase_due(self._store, now=self._clock.now())
        except StoreError as fault:
            _log.error("what is withheld could not be erased: %s; trying again", fault)
            done, wait = (), _LOOK_AGAIN
        self._next = time.monotonic() + wait
        return bool(done)


def _erase(store: Store, entries: Sequence[DeniedEntry]) -> Iterator[Erased]:
    for entry in entries:
        pieces, articles = store.eraser.erase_beside(entry), 0
        while some := store.eraser.erase_articles(entry, limit=_AT_ONCE):
            articles += some
        yield Erased(entry=entry, articles=articles, pieces=pieces)


def _write_anew(store: Store, done: Sequence[Erased]) -> bool:
    """The file without what was erased, where something was; False where it cannot be yet."""
    eraser = store.eraser
    embedded = eraser.erase_embedded([e.entry for e in done]) if done else 0
    if not embedded and not any(e.articles or e.pieces or eraser.has_erased(e.entry) for e in done):
        return True
    more = eraser.clean_index(first=True)
    while more:
        more = eraser.clean_index(first=False)
    return eraser.rewrite()


def _erase_kept(kept: Path, path: Path, *, now: datetime) -> bool:
    """The same in a store that was put aside. One that cannot be opened is nobody's reading; it is said, and left."""
    try:
        carry_denied(path, kept)
        aside = open_store(kept)
    except StoreError as fault:
        _log.error("what is withheld cannot be erased from %s: %s; delete it", kept, fault)
        return True
    try:
        aside.mark_withheld_stale()
        entries = aside.load_denied()
        if not _write_anew(aside, tuple(_erase(aside, entries))):
            return False
        aside.eraser.mark_done(entries, at=now)
    finally:
        aside.close()
    return True
