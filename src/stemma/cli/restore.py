"""Makes a copy that `stemma backup` wrote the store; what stood there before is kept beside it.

What was withheld before or since the copy was made stays withheld.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from stemma.config import load_settings
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.erasing import erase_due
from stemma.newsroom.families import load_families
from stemma.store import open_store
from stemma.store.backup import restore
from stemma.store.engine import hold_writing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a file that `stemma backup` wrote")


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    path, families = settings.store, load_families(settings.home)
    with hold_writing(path):
        before = restore(Path(options.file), path)
        store = open_store(path)
        store.mark_withheld_stale()
        erase_due(store, now=datetime.now(UTC))
        for _ in edit_stale(store, families=families):
            pass
        articles = store.count().articles
        store.close()
    kept = f"; what stood there is kept as {before}" if before else ""
    print(f"restored: {articles:,} articles{kept}", file=sys.stderr)
    return 0
