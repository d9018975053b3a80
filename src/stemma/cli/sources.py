"""Lists what is followed, with its health: last success, next visit, new articles, and what is wrong."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime, timedelta

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stemma.cli.lines import write_line
from stemma.cli.tables import plain
from stemma.cli.views import view_line
from stemma.config import load_settings
from stemma.store import open_store

_RECENT = timedelta(days=7)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON, one object a line")


def run(options: argparse.Namespace) -> int:
    store = open_store(load_settings().store)
    views = store.view_sources()
    if options.json:
        for view in views:
            write_line(view_line(view))
        return 0
    if not views:
        print("Nothing is followed yet: stemma follow ADDRESS")
        return 0
    now = datetime.now(UTC)
    recent = store.count_recent(since=now - _RECENT)
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("", justify="right", no_wrap=True)
    table.add_column("source", ratio=1, overflow="fold")
    table.add_column("state", no_wrap=True)
    table.add_column("last success", no_wrap=True)
    table.add_column("next visit", no_wrap=True)
    table.add_column("a day", justify="right", no_wrap=True)
    table.add_column("articles", justify="right", no_wrap=True)
    for view in views:
        name = f"{view.title}\n{view.url}" if view.title else view.url
        if view.problem:
            name += f"\n{view.problem}"
        table.add_row(
            str(view.source),
            Text("\n".join(plain(line) for line in name.split("\n"))),
            view.state,
            _ago(view.last_success, now),
            _ahead(view.next_visit, now),
            f"{recent.get(view.source, 0) / _RECENT.days:.1f}",
            f"{view.articles:,}",
        )
    Console().print(table)
    return 0


def _ago(moment: datetime | None, now: datetime) -> str:
    return f"{_span(now - moment)} ago" if moment else "never"


def _ahead(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "–"
    return f"in {_span(moment - now)}" if moment > now else "due"


def _span(length: timedelta) -> str:
    seconds = max(0, int(length.total_seconds()))
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {name}"
    return f"{seconds} s"
