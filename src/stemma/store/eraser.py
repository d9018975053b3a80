"""Taking the content of the deny list out of the file, step by step. Which steps when: `newsroom/erasing.py`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from stemma.store import erasing
from stemma.store.connections import Connections, mapped
from stemma.store.deny import DeniedEntry
from stemma.store.rewriting import rewrite_file


class Eraser(Connections):
    """Each step is a transaction of its own, and does nothing the second time."""

    def set_time(self, entries: Sequence[DeniedEntry], *, at: datetime) -> None:
        """When the content of these entries shall be erased."""
        with self._writing() as connection:
            erasing.set_erase_at(connection, [entry.number for entry in entries], at=at)

    def erase_articles(self, entry: DeniedEntry, *, limit: int) -> int:
        """Erases articles of an entry, `limit` at most; gives how many. Of each a row without content stays."""
        with self._writing() as connection:
            return erasing.erase_some(connection, entry, limit=limit)

    def erase_beside(self, entry: DeniedEntry) -> int:
        """Erases what feeds and refused pages held of an entry; gives how many pieces."""
        with self._writing() as connection:
            return erasing.erase_beside(connection, entry)

    def erase_embedded(self, entries: Sequence[DeniedEntry]) -> int:
        """Erases the pieces of what the entries concern that pages of others carry; gives how many."""
        gone, after, looking = 0, 0, True
        while looking:
            with self._reading() as connection:
                found, reached = erasing.remove_embedded(connection, entries, after=after, writing=False)
            if found:
                with self._writing() as connection:
                    gone += erasing.remove_embedded(connection, entries, after=after, writing=True)[0]
            after, looking = reached, reached > 0
        return gone

    def clean_index(self, *, first: bool) -> bool:
        """A step of rewriting the index of words without what was erased; False where none is left to do."""
        with self._writing() as connection:
            return erasing.clean_index(connection, first=first)

    def rewrite(self) -> bool:
        """Writes the whole file anew, so that nothing deleted stands in unused parts of it; takes as much space again.
        False where readers hold the old one: then again later."""
        with mapped():
            return rewrite_file(self._engine)

    def mark_done(self, entries: Sequence[DeniedEntry], *, at: datetime) -> None:
        """The content of these entries is gone."""
        with self._writing() as connection:
            erasing.mark_erased(connection, [entry.number for entry in entries], at=at)

    def has_erased(self, entry: DeniedEntry) -> bool:
        """Whether articles of an entry were erased."""
        with self._reading() as connection:
            return erasing.has_erased(connection, entry)
