"""Bodies decompressed as they come, under a limit on what comes out: a bomb stops at the limit, whatever it holds.

`gzip` (also of several members) and `deflate` (with and without zlib's frame, RFC 9110 section 8.4.1); other encodings are
never asked for and are refused.
"""

from __future__ import annotations

import zlib

_GZIP, _ZLIB, _RAW = 31, 15, -15
_GZIP_MARK = b"\x1f\x8b"


class TooLargeError(ValueError):
    """More came out than the limit allows."""


class EncodingError(ValueError):
    """The bytes are not what the header says."""


class Decoder:
    """Takes a body in pieces and holds it decoded; `limit` in bytes is on what comes out."""

    def __init__(self, encoding: str | None, *, limit: int) -> None:
        self._name = (encoding or "identity").strip().lower()
        if self._name not in ("identity", "gzip", "x-gzip", "deflate", ""):
            raise EncodingError(f"the answer is encoded as {self._name[:40]!r}, which was not asked for")
        self._limit = limit
        self._out: list[bytes] = []
        self._size = 0
        self._inflate = zlib.decompressobj(_GZIP) if "gzip" in self._name else None
        self._raw_seen = b""
        self._done = False

    def feed(self, data: bytes) -> None:
        """The next piece. Raises `TooLargeError` or `EncodingError`."""
        if self._name in ("identity", ""):
            self._keep(data)
        elif not self._done:
            self._feed_compressed(data)

    def finish(self) -> bytes:
        """The whole body. Raises `EncodingError` where it broke off."""
        if self._raw_seen:
            self._start_deflate(self._raw_seen)
        if self._inflate is not None and not self._inflate.eof and self._size:
            raise EncodingError("the compressed answer breaks off")
        return b"".join(self._out)

    def _feed_compressed(self, data: bytes) -> None:
        if self._inflate is None:
            data, self._raw_seen = self._raw_seen + data, b""
            if len(data) < 2:
                self._raw_seen = data
                return
            self._start_deflate(data)
            return
        self._drain(data)

    def _start_deflate(self, data: bytes) -> None:
        self._raw_seen = b""
        framed = len(data) >= 2 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
        self._inflate = zlib.decompressobj(_ZLIB if framed else _RAW)
        self._drain(data)

    def _drain(self, data: bytes) -> None:
        if self._inflate is None:
            raise EncodingError("the compressed answer cannot be read")
        try:
            while data:
                self._keep(self._inflate.decompress(data, self._limit - self._size + 1))
                data = self._inflate.unconsumed_tail
                if not self._inflate.eof:
                    continue
                data = self._inflate.unused_data
                if not data.startswith(_GZIP_MARK):  # what stands behind the last member is not looked at
                    self._done = True
                    return
                self._inflate = zlib.decompressobj(_GZIP)
        except zlib.error as fault:
            raise EncodingError("the compressed answer cannot be read") from fault

    def _keep(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > self._limit:
            raise TooLargeError(f"more than {self._limit:,} bytes")
        if data:
            self._out.append(data)


def unpack(body: bytes, *, limit: int) -> bytes:
    """A body that is itself a gzip file (a sitemap `.xml.gz`), unpacked once; any other as it is.

    Raises as `Decoder.feed` does.
    """
    if not body.startswith(_GZIP_MARK):
        return body
    decoder = Decoder("gzip", limit=limit)
    decoder.feed(body)
    return decoder.finish()
