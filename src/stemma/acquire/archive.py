"""Web archives (WARC, WET; gzip by record or plain) to pages, resumable at any record, going on after damage.

Reading is warcio's (ISO 28500); here damaged members are skipped and counted as rejections, and payloads are read
under a limit, after decompression. Only answers with a page in them become pages: redirects, images and scripts are
passed over without a word.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from stemma.acquire.intake import MAX_PAGE, Intake
from stemma.types import ArticleId, Page, Reason, Rejected
from stemma.wire import parse_moment

_DAMAGE = (ArchiveLoadFailed, zlib.error, EOFError, ValueError, IndexError, KeyError, AttributeError)
"""What warcio raises on broken input; seen on the malformed archives of its own and other test sets."""
_GZIP_MEMBER = b"\x1f\x8b\x08"
_PLAIN_RECORD = b"WARC/1."
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_STEP = 1 << 20


def iterate_records(path: Path, name: str, *, start: int = 0, limit: int = MAX_PAGE) -> Iterator[Intake]:
    """Pages of one archive from byte `start` (a record's beginning); ids are `name#offset`. `limit` in bytes."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        mark = _GZIP_MEMBER if stream.read(2) == _GZIP_MEMBER[:2] else _PLAIN_RECORD
        offset: int | None = start
        while offset is not None and offset < size:
            stream.seek(offset)
            reached, records = offset, 0
            try:
                for intake, reached in _iterate_sound(stream, name, limit):  # noqa: B007
                    records += 1
                    if intake is not None:
                        yield intake
                if records:
                    return
                words = "no record can be read"
            except _DAMAGE as fault:
                words = str(fault).strip()[:120] or type(fault).__name__
            offset = _find_next(stream, mark, reached + 1)
            detail = f"{name}: damaged at byte {reached}: {words}"
            rejected = _rejected(name, reached, "broken archive record", detail)
            yield Intake(item=rejected, position=size if offset is None else offset)


def _iterate_sound(stream: BinaryIO, name: str, limit: int) -> Iterator[tuple[Intake | None, int]]:
    """Records until the end or the first damage, each with the offset of the record after it."""
    with contextlib.redirect_stderr(io.StringIO()):  # warcio writes its doubts there
        records = ArchiveIterator(stream)
        for record in records:
            item = _read_record(record, limit)
            offset = records.get_record_offset()
            position = (
                records.offset
            )  # of the next record; the length leaves out blank lines between plain ones
            if item is not None and getattr(record.raw_stream, "limit", 0) > 0:
                # warcio takes a member that breaks off for the end of the file; more may stand behind it.
                raise ValueError("the record is cut off")
            if item is None:
                yield None, position
            elif isinstance(item, tuple):
                yield Intake(item=_rejected(name, offset, *item), position=position), position
            else:
                yield Intake(item=_page(item, f"{name}#{offset}"), position=position), position


def _read_record(record: Any, limit: int) -> dict[str, Any] | tuple[Reason, str] | None:
    if record.format != "warc":  # warcio takes any odd line for a record of the older ARC form
        raise ValueError("no WARC record")
    kind = record.rec_type
    header = record.rec_headers.get_header
    if kind == "response":
        if record.http_headers is None:
            return None
        status = (record.http_headers.get_statuscode() or "").strip()
        media, charset = _media(record.http_headers.get_header("Content-Type"))
    elif kind == "resource":
        status, (media, charset) = "200", _media(header("Content-Type"))
    elif kind == "conversion":
        status, (media, charset) = "200", _media(header("Content-Type"))
        if media != "text/plain":
            return None
    else:
        return None
    if kind != "conversion" and (status.startswith(("1", "3")) or (media and media not in _PAGE_TYPES)):
        return None
    address = (header("WARC-Target-URI") or "").strip("<> ")
    if address and not address.lower().startswith(("http://", "https://")):
        return None  # a crawler's own log, or a file of its machine
    if not status.startswith("2"):
        return "error page", f"{address} was answered with status {status or 'none'}"
    body = record.content_stream().read(limit + 1)
    if len(body) > limit:
        return "too large", f"{address} has more than {limit:,} bytes"
    return {
        "kind": "text" if kind == "conversion" else "html",
        "body": body,
        "url": address or None,
        "fetched": parse_moment(header("WARC-Date")),
        "charset": "utf-8" if kind == "conversion" else charset,
    }


def _page(fields: dict[str, Any], ident: str) -> Page:
    return Page(id=ArticleId(ident), **fields)


def _rejected(name: str, offset: int, reason: Reason, detail: str) -> Rejected:
    return Rejected(id=ArticleId(f"{name}#{offset}"), stage="read", reason=reason, detail=detail)


def _media(content_type: str | None) -> tuple[str, str | None]:
    media, _, rest = (content_type or "").partition(";")
    charset = None
    for part in rest.split(";"):
        key, _, value = part.partition("=")
        if key.strip().lower() == "charset":
            charset = value.strip().strip("\"'") or None
    return media.strip().lower(), charset


def _find_next(stream: BinaryIO, mark: bytes, start: int) -> int | None:
    """The next place at which a record may begin, None at the end."""
    position, held = start, b""
    stream.seek(start)
    while chunk := stream.read(_STEP):
        block = held + chunk
        at = block.find(mark)
        if at != -1:
            return position - len(held) + at
        position += len(chunk)
        held = block[-len(mark) + 1 :]
    return None
