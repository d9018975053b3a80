"""Turns pages into articles: text, title, dates with their evidence.

Takes .html, .htm, .txt (a flattened page), .warc, .warc.gz, .wet.gz, folders of these, or JSON Lines
{"id", "url"?, "html" or "text", "fetched"?}; - or nothing reads JSON Lines from standard input. One line for each page.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from stemma.acquire.files import list_files
from stemma.acquire.intake import Intake
from stemma.acquire.pages import iterate_line_pages, iterate_pages
from stemma.cli.lines import open_input, write_line
from stemma.cli.progress import watch
from stemma.newsroom.extraction import extract_intakes
from stemma.types import Rejected
from stemma.wire import article_line, rejected_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", default=["-"], metavar="PATH", help="pages, archives, folders")
    parser.add_argument(
        "--jobs", type=int, default=None, metavar="N", help="worker processes; default: one a core"
    )


def run(options: argparse.Namespace) -> int:
    rejected = 0
    intakes = watch(_iterate(options.paths or ["-"]), what="pages")
    for outcome in extract_intakes(intakes, jobs=options.jobs):
        if isinstance(outcome, Rejected):
            rejected += 1
            write_line(rejected_line(outcome))
        else:
            write_line(article_line(outcome))
    return 1 if rejected else 0


def _iterate(paths: list[str]) -> Iterator[Intake]:
    named = [p for p in paths if p != "-"]
    listing = list_files(named)
    if "-" in paths:
        with open_input("-") as stream:
            yield from iterate_line_pages(stream)
    for file in listing.files:
        yield from iterate_pages(file)
    if listing.skipped:
        print(f"{listing.skipped} other files passed over", file=sys.stderr)
