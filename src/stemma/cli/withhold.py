"""Withholds an article, an outlet or all addresses that begin so: gone from every page, list and search at once.

What was derived from it goes too: sentences that cite it, comparisons, what copies changed. The pages of the stories
concerned are made anew without it. --undo takes an entry back.

Hidden at once, its content is erased from the store within twelve hours by `stemma run`, or at once by `stemma erase`.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from stemma.cli.tables import plain
from stemma.config import load_settings
from stemma.errors import StoreBusyError, UsageError
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.families import load_families
from stemma.store import open_store
from stemma.store.engine import hold_writing

_SHORTEST = len("https://a.b")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=("article", "outlet", "address"), help="what is withheld")
    parser.add_argument("value", help="the article's number, the outlet's name, or how the addresses begin")
    parser.add_argument("--reason", default="the owner asked", help="kept with the entry")
    parser.add_argument("--undo", action="store_true", help="take the entry back")


def run(options: argparse.Namespace) -> int:
    if options.kind == "article" and not (options.value.isascii() and options.value.isdigit()):
        raise UsageError(f"{options.value!r} is no article's number")
    if options.kind == "address" and len(options.value) < _SHORTEST:
        raise UsageError(f"{options.value!r} is too short for an address, it would withhold too much")
    settings = load_settings()
    store = open_store(settings.store)
    if options.undo:
        changed = store.allow(options.kind, options.value)
    else:
        changed = store.deny(options.kind, options.value, reason=options.reason, since=datetime.now(UTC))
    try:
        with hold_writing(settings.store):
            for _ in edit_stale(store, families=load_families(settings.home)):
                pass
    except StoreBusyError:
        # A reading or a running Stemma has the desk: what is withheld is gone already, and it makes the pages anew.
        print("another Stemma is at work and makes the pages anew", file=sys.stderr)
    done = "no longer withheld" if options.undo else "withheld"
    words = done if changed else "was not withheld" if options.undo else "was withheld before"
    concerned = store.count_concerned(options.kind, options.value)
    number = f"{concerned:,} article{'s' * (concerned > 1)}" if concerned else "no article that is kept here"
    print(plain(f"{options.kind} {options.value}: {words} ({number})"), file=sys.stderr)
    return 0
