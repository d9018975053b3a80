"""Finds articles by words, and the stories that they are in.

All words must occur; "…" is a phrase, -word leaves out, OR between two words takes either.
"""

from __future__ import annotations

import argparse

from stemma.cli.lines import write_line
from stemma.cli.tables import plain
from stemma.cli.views import hit_line
from stemma.config import load_settings
from stemma.errors import UsageError
from stemma.store import open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", metavar="WORDS", help="words to look for")
    parser.add_argument("--json", action="store_true", help="JSON, one object a line")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="at most N articles")


def run(options: argparse.Namespace) -> int:
    if options.limit < 1:
        raise UsageError("--limit must be at least 1")
    hits = open_store(load_settings().store).search(" ".join(options.words), limit=options.limit)
    for hit in hits:
        if options.json:
            write_line(hit_line(hit))
            continue
        snippet = plain(hit.snippet.replace("\ue000", "*").replace("\ue001", "*"))
        print(f"{hit.kind} {hit.id}: {plain(hit.title) or 'Untitled'}\n    {snippet}")
    if not hits and not options.json:
        print("Nothing found.")
    return 0
