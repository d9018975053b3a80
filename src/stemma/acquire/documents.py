"""Whatever a followed address gave, told apart by its first bytes and read: feed, sitemap, OPML, home page or list.

Pure; called in a killable worker, since what comes from outside may be made to cost a parser dearly.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from stemma.acquire.decoding import EncodingError, TooLargeError, unpack
from stemma.acquire.discover import Home, read_home, read_list
from stemma.acquire.feeds import looks_like_feed, parse_feed
from stemma.acquire.items import Parsed, Unreadable
from stemma.acquire.opml import OutlineList, is_opml, parse_opml
from stemma.acquire.sitemaps import is_sitemap, parse_sitemap

Wanted = Literal["feed", "sitemap", "page", "home", "any"]
Document = Parsed | Home | OutlineList | Unreadable
_UNPACKED = 20_000_000
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.\-]{2,40})", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Bytes to be read, and what they are hoped to be; `any` finds out."""

    wanted: Wanted
    body: bytes
    url: str
    media: str = ""
    charset: str | None = None


def read_document(job: Job) -> Document:
    """The entries, feeds or outlines that the bytes hold, or why there are none."""
    if job.wanted == "sitemap":
        return parse_sitemap(job.body, url=job.url)
    try:
        body = unpack(job.body, limit=_UNPACKED)
    except TooLargeError:
        return Unreadable(words=f"the file unpacks to more than {_UNPACKED:,} bytes")
    except EncodingError:
        return Unreadable(words="the file is a broken gzip file")
    if job.wanted == "page":
        return read_list(_decode(body, job.charset), url=job.url)
    if job.wanted == "home":
        return read_home(_decode(body, job.charset), url=job.url)
    if job.wanted == "any":
        if is_sitemap(body):
            return parse_sitemap(body, url=job.url)
        if is_opml(body):
            return parse_opml(body)
        if _is_page(body):
            return read_home(_decode(body, job.charset), url=job.url)
    content_type = f"{job.media}; charset={job.charset}" if job.media and job.charset else job.media or None
    return parse_feed(body, url=job.url, content_type=content_type)


def _is_page(body: bytes) -> bool:
    return not looks_like_feed(body) and re.search(rb"<[a-zA-Z!]", body[:16_384]) is not None


def _decode(body: bytes, charset: str | None) -> str:
    declared = _META.search(body[:4096])
    for name in ("utf-8", charset, declared[1].decode("ascii") if declared else None, "cp1252"):
        try:
            if name and codecs.lookup(name)._is_text_encoding:
                return body.decode(name)
        except (LookupError, ValueError):
            continue
    return body.decode("utf-8", "replace")
