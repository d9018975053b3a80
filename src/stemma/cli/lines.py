"""JSON Lines in and out for the stage commands: order kept, bad lines answered in place, never a stop.

`ArticleLines` yields articles; rejected lines are written to the output where they stand. Input is a file, or standard
input for `-` or nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from stemma.acquire.lines import iterate_lines
from stemma.errors import UsageError
from stemma.types import Article, Rejected
from stemma.wire import dump_line, parse_article, parse_line, parse_rejected, rejected_line


def add_input(parser: argparse.ArgumentParser) -> None:
    """The one positional argument of the filters."""
    parser.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="article lines; - or nothing: standard input"
    )


def write_line(line: Mapping[str, Any], *, now: bool = False) -> None:
    """One line to standard output; `now` where somebody may wait for it."""
    sys.stdout.write(dump_line(line) + "\n")
    if now:
        sys.stdout.flush()


class ArticleLines:
    """The articles of one input, in order. `rejected` counts the lines that were answered with a rejection."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.rejected = 0

    def __iter__(self) -> Iterator[Article]:
        seen: set[str] = set()
        with open_input(self._path) as stream:
            for number, raw in enumerate(iterate_lines(stream), 1):
                if raw is not None and not raw.strip():
                    continue
                outcome = self._parse(raw, number, seen)
                if isinstance(outcome, Article):
                    yield outcome

    @property
    def status(self) -> int:
        """Exit status: 1 where lines were rejected."""
        return 1 if self.rejected else 0

    def _parse(self, raw: bytes | None, number: int, seen: set[str]) -> Article | None:
        line = parse_line(raw, number=number)
        if isinstance(line, Rejected):
            self._answer(rejected_line(line))
            return None
        if line["id"] in seen:
            repeated = Rejected(
                id=line["id"], stage="read", reason="repeated id", detail=f"line {number} repeats an id"
            )
            self._answer(rejected_line(repeated))
            return None
        seen.add(line["id"])
        if parse_rejected(line):
            self.rejected += 1
            sys.stdout.write((raw or b"").decode("utf-8") + "\n")
            return None
        article = parse_article(line)
        if isinstance(article, Rejected):
            self._answer(rejected_line(article))
            return None
        return article

    def _answer(self, line: Mapping[str, Any]) -> None:
        self.rejected += 1
        write_line(line)


@contextmanager
def open_input(path: str) -> Iterator[BinaryIO]:
    """A binary stream of the file, or of standard input for `-`. Raises `UsageError` where there is no such file."""
    if path == "-":
        yield sys.stdin.buffer
        return
    with _open_file(Path(path)) as stream:
        yield stream


def _open_file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror}") from fault
