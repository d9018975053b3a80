"""Erases at once what is withheld, from the store and from what restoring kept beside it; else it is done within twelve hours.

This cannot be taken back. Of an article its number and address remain, so that it does not come again. Copies that
`stemma backup` wrote elsewhere are not touched: they erase it themselves when they are restored.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import UTC, datetime

from stemma.cli.tables import plain
from stemma.config import load_settings
from stemma.errors import StoreBusyError
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.erasing import erase_due
from stemma.newsroom.families import load_families
from stemma.store import Store, open_store
from stemma.store.engine import hold_writing

_PATIENCE = 60.0
"""Seconds that a Stemma which is running gets to do it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None: everything that is withheld is erased."""


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    store = open_store(settings.store)
    entries = store.load_denied(unerased=True)
    if not entries:
        print("Nothing that is withheld is left to erase.")
        return 0
    store.eraser.set_time(entries, at=datetime.now(UTC))
    try:
        with hold_writing(settings.store):
            done = erase_due(store, now=datetime.now(UTC))
            for _ in edit_stale(store, families=load_families(settings.home)):
                pass
    except StoreBusyError:
        # A reading or a running Stemma has the desk: what it remembers has to go too, so it does it itself.
        return _wait(store)
    for erased in done:
        pieces = f" and {erased.pieces:,} pieces elsewhere" if erased.pieces else ""
        print(
            plain(f"erased: {erased.entry.kind} {erased.entry.value}: {erased.articles:,} articles{pieces}")
        )
    if not done:
        print("Another program is reading the store: call this again to finish.", file=sys.stderr)
    return 0 if done else 1


def _wait(store: Store) -> int:
    until = time.monotonic() + _PATIENCE
    while store.load_denied(unerased=True):
        if time.monotonic() > until:
            print(
                "Another Stemma is at work. `stemma run` erases it as soon as it can; where it is a reading, "
                "call this again after it.",
                file=sys.stderr,
            )
            return 1
        time.sleep(0.5)
    print("erased by the Stemma that is running")
    return 0
