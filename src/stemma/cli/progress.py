"""Progress on a terminal's standard error, and nothing where there is none."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

T = TypeVar("T")


def make_progress() -> Progress:
    """A progress display that shows only on a terminal and vanishes when done."""
    console = Console(stderr=True)
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not sys.stderr.isatty(),
    )


def watch(items: Iterable[T], *, what: str) -> Iterator[T]:
    """The items, counted on the terminal as they go by."""
    if not sys.stderr.isatty():
        yield from items
        return
    with make_progress() as progress:
        task = progress.add_task(what, total=None)
        for item in items:
            yield item
            progress.advance(task)
