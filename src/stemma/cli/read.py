"""Reads pages into the store and prints the stories.

Takes .html, .htm, .txt, .jsonl, .warc, .warc.gz, .wet.gz and folders of these. What was read before is passed over; a
reading that was stopped (Ctrl-C, a crash) goes on where it was.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
from types import FrameType

from rich.console import Console
from rich.progress import Progress

from stemma.acquire.files import list_files
from stemma.cli.lines import write_line
from stemma.cli.progress import make_progress
from stemma.cli.tables import story_table
from stemma.cli.views import story_row_line
from stemma.config import load_settings
from stemma.newsroom.desk import Newsroom
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.families import Families, load_families
from stemma.newsroom.processes import collect_seldom
from stemma.newsroom.reading import Reading, read_files
from stemma.newsroom.watching import find_store_alarms, tell_alarm
from stemma.store import Store, open_store
from stemma.store.engine import hold_writing

_SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="pages, archives, folders")
    parser.add_argument("--json", action="store_true", help="print the stories as JSON Lines")
    parser.add_argument(
        "--jobs", type=int, default=None, metavar="N", help="worker processes; default: one a core"
    )


def run(options: argparse.Namespace) -> int:
    listing = list_files(options.paths)
    settings = load_settings()
    collect_seldom()
    families = load_families(settings.home)
    with hold_writing(settings.store):
        store = open_store(settings.store)
        stopping = _Stopping()
        with make_progress(ends=True) as progress:
            newsroom = Newsroom(store)
            task = progress.add_task("reading", total=None)
            began = time.monotonic()
            reading = read_files(
                listing,
                store=store,
                newsroom=newsroom,
                jobs=options.jobs,
                should_stop=lambda: stopping.asked,
                on_progress=lambda r: progress.update(
                    task, completed=r.passed, total=r.size, description=_words(r, time.monotonic() - began)
                ),
            )
            progress.remove_task(task)
            if not reading.stopped:
                _finish(newsroom, store, progress, families)
    _report(reading)
    if reading.stopped:
        print("Stopped; all that was read is kept. The same command goes on from here.", file=sys.stderr)
        return 130
    for alarm in find_store_alarms(store):
        if alarm.unusual:
            print(f"Unusual: {tell_alarm(alarm)}. More: stemma show alarms", file=sys.stderr)
    _print_stories(store, as_json=options.json)
    return 1 if reading.rejected else 0


def _finish(newsroom: Newsroom, store: Store, progress: Progress, families: Families) -> None:
    task = progress.add_task("grouping", total=None)
    newsroom.review()
    progress.remove_task(task)
    task = progress.add_task("writing the pages of stories", total=None)
    for done, left in enumerate(edit_stale(store, families=families), 1):
        progress.update(task, completed=done, total=done + left)


class _Stopping:
    """The first Ctrl-C asks for a stop after the batch under way; the second stops at once."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, number: int, frame: FrameType | None) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True
        print("\nStopping after this batch …", file=sys.stderr)


def _words(reading: Reading, seconds: float) -> str:
    rejected = sum(reading.rejected.values())
    rate = reading.added / max(seconds, 1.0)
    files = f"file {min(reading.files_done + 1, reading.files):,} of {reading.files:,}, "
    return f"reading: {files}{reading.added:,} articles, {rate:.0f} a second, {rejected:,} rejected"


def _report(reading: Reading) -> None:
    parts = [f"{reading.added:,} new articles"]
    if reading.revised:
        parts.append(f"{reading.revised:,} new texts of known ones")
    if reading.known:
        parts.append(f"{reading.known:,} read before")
    if reading.skipped:
        parts.append(f"{reading.skipped:,} other files passed over")
    print(", ".join(parts) + ".", file=sys.stderr)
    if reading.rejected:
        reasons = ", ".join(f"{reason} {n:,}" for reason, n in reading.rejected.most_common())
        total = sum(reading.rejected.values())
        print(f"{total:,} rejected: {reasons}. More: stemma show rejected", file=sys.stderr)


def _print_stories(store: Store, *, as_json: bool) -> None:
    counts = store.count()
    if as_json:
        for row in store.find_stories(limit=max(1, counts.stories)):
            write_line(story_row_line(row))
        return
    rows = store.find_stories(limit=_SHOWN)
    Console().print(story_table(rows))
    if counts.stories > len(rows):
        print(f"and {counts.stories - len(rows):,} more: stemma show stories")
