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
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

T = TypeVar("T")


def make_progress(*, ends: bool = False) -> Progress:
    """A progress display that shows only on a terminal and vanishes when done. `ends`: it is known how much there is, so the
    time that is left is shown."""
    console = Console(stderr=True)
    how_far = (
        (TaskProgressColumn(), TimeElapsedColumn(), TextColumn("left"), TimeRemainingColumn())
        if ends
        else (MofNCompleteColumn(), TimeElapsedColumn())
    )
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        *how_far,
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
