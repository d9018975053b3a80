"""One file to its pages, in order: a page file is one page, JSON Lines and archives hold many.

Every page comes with the byte position after it, so that a reading can go on where it stopped. What cannot be read is
a `Rejected` in its place; reading goes on after it. Interprets nothing inside a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from stemma.acquire.archive import iterate_records
from stemma.acquire.files import KNOWN_ENDINGS, FileToRead
from stemma.acquire.intake import MAX_PAGE, Intake
from stemma.acquire.lines import iterate_lines
from stemma.types import Article, ArticleId, Page, Reason, Rejected
from stemma.wire import parse_article, parse_line, parse_page, parse_rejected


def iterate_pages(file: FileToRead, *, start: int = 0) -> Iterator[Intake]:
    """Everything in one file from byte `start` on."""
    try:
        if file.kind == "archive":
            yield from iterate_records(file.path, file.name, start=start)
        elif file.kind == "lines":
            yield from _iterate_line_file(file.path, start)
        elif start == 0:
            yield _read_page(file)
    except OSError as fault:
        detail = f"{file.name} cannot be read: {fault.strerror or fault}"
        rejected = Rejected(id=ArticleId(file.name), stage="read", reason="unreadable file", detail=detail)
        yield Intake(item=rejected, position=start)


def _read_page(file: FileToRead) -> Intake:
    ident = ArticleId(file.name)
    if file.kind == "unknown":
        detail = f"{file.name} is none of {KNOWN_ENDINGS}"
        return Intake(item=Rejected(id=ident, stage="read", reason="not a text", detail=detail), position=1)
    if not file.path.is_file():
        detail = f"{file.name} is no ordinary file"
        return Intake(
            item=Rejected(id=ident, stage="read", reason="unreadable file", detail=detail), position=1
        )
    body, size = _read_limited(file.path)
    if size > MAX_PAGE:
        detail = f"{file.name} has {size:,} bytes, more than {MAX_PAGE:,}"
        return Intake(item=Rejected(id=ident, stage="read", reason="too large", detail=detail), position=1)
    page = Page(id=ident, kind="text" if file.kind == "text" else "html", body=body)
    return Intake(item=page, position=1)


def _read_limited(path: Path) -> tuple[bytes, int]:
    size = path.stat().st_size
    if size > MAX_PAGE:
        return b"", size
    with path.open("rb") as stream:
        body = stream.read(MAX_PAGE + 1)
    return body, len(body)


def iterate_line_pages(stream: BinaryIO, *, first: int = 1) -> Iterator[Intake]:
    """Pages of JSON Lines from where the stream stands; `first` is the number of the line that stands there."""
    for number, raw in enumerate(iterate_lines(stream), first):
        position = stream.tell() if stream.seekable() else 0
        if raw is None or raw.strip():
            yield Intake(item=_parse_item(raw, number), position=position)


def _iterate_line_file(path: Path, start: int) -> Iterator[Intake]:
    with path.open("rb") as stream:
        passed = _count_lines(stream, start)
        stream.seek(start)
        yield from iterate_line_pages(stream, first=passed + 1)


def _count_lines(stream: BinaryIO, end: int) -> int:
    """Lines before byte `end`, so that a broken line has the same number however often reading stopped."""
    lines = 0
    while end > 0 and (chunk := stream.read(min(end, 1 << 20))):
        lines += chunk.count(b"\n")
        end -= len(chunk)
    return lines


def _parse_item(raw: bytes | None, number: int) -> Page | Article | Rejected:
    line = parse_line(raw, number=number)
    if isinstance(line, Rejected):
        return line
    if parse_rejected(line):
        reason, detail = line.get("reason"), line.get("detail")
        return Rejected(
            id=ArticleId(line["id"]),
            stage="read",
            reason=cast(Reason, reason) if isinstance(reason, str) and reason else "failed",
            detail=detail if isinstance(detail, str) else "rejected before",
        )
    if line.get("outcome") == "article":
        return parse_article(line)
    return parse_page(line)
