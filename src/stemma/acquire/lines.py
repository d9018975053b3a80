"""Lines of a byte stream under a size limit: one endless line costs its own rejection and no memory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from stemma.wire import MAX_LINE

_BOM = b"\xef\xbb\xbf"
_LIMIT = MAX_LINE * 4
"""Bytes: a line of `MAX_LINE` characters has at most four times as many."""


def iterate_lines(stream: BinaryIO, *, limit: int = _LIMIT) -> Iterator[bytes | None]:
    """Each line without its end; None for a line of more than `limit` bytes, which is read past."""
    first = True
    while True:
        raw = stream.readline(limit + 1)
        if not raw:
            return
        if first:
            raw, first = raw.removeprefix(_BOM), False
        if len(raw) > limit:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 20)
            yield None
            continue
        yield raw.rstrip(b"\r\n")
