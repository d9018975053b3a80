"""Sitemaps to entries: `urlset` (also Google's news form) and `sitemapindex` (sitemaps.org, protocol 0.9).

A sitemap speaks only for its own host: addresses elsewhere are dropped. `lastmod` is no date of publication and is kept
as a change only. Read by expressions over its few flat elements, so that no entity is ever expanded. Pure.
"""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

from stemma.acquire.decoding import EncodingError, TooLargeError, unpack
from stemma.acquire.items import FeedItem, Parsed, Unreadable, clean_date, clean_link
from stemma.acquire.plain import strip_line

MOST = 50_000
"""Addresses in one sitemap (the protocol's own limit)."""
NEWEST = 500
"""Addresses taken of one sitemap: those that it says changed last. A sitemap lists a whole archive; news is at its end."""
LARGEST = 50_000_000
_BLOCK = re.compile(r"<(?P<tag>url|sitemap)\b[^<>]{0,500}>(?P<inside>.{0,20000}?)</(?P=tag)\s*>", re.S | re.I)
_ROOT = re.compile(r"<(?:\w+:)?(urlset|sitemapindex)\b", re.I)


def is_sitemap(body: bytes) -> bool:
    """Whether the bytes look like a sitemap, by their root."""
    return bool(_ROOT.search(body[:4096].decode("utf-8", "replace")))


def parse_sitemap(body: bytes, *, url: str) -> Parsed | Unreadable:
    """The addresses of a sitemap, newest first; of an index, the sitemaps that it names, newest first."""
    try:
        body = unpack(body, limit=LARGEST)
    except TooLargeError:
        return Unreadable(words=f"the sitemap unpacks to more than {LARGEST:,} bytes")
    except EncodingError:
        return Unreadable(words="the sitemap is a broken gzip file")
    text = body.decode("utf-8", "replace")
    root = _ROOT.search(text[:4096])
    if root is None:
        return Unreadable(words="this is no sitemap")
    host = (urlsplit(url).hostname or "").lower()
    listed: list[tuple[str, int, FeedItem]] = []
    dropped = 0
    for number, block in enumerate(_BLOCK.finditer(text)):
        if number >= MOST:
            dropped += 1
            continue
        inside = block["inside"]
        address = clean_link(_field(inside, "loc"), None)
        if (
            address is None
            or not _same_site((urlsplit(address).hostname or "").lower(), host)
            or address == url
        ):
            dropped += 1
            continue
        published = clean_date(_field(inside, "publication_date"))
        changed = clean_date(_field(inside, "lastmod"))
        item = FeedItem(
            url=address,
            title=strip_line(_field(inside, "title")),
            date=published,
            updated=changed,
            source=strip_line(_field(inside, "name"), limit=200),
            language=_field(inside, "language"),
        )
        listed.append((published or changed or "", -number, item))
    listed.sort(key=lambda entry: entry[:2], reverse=True)
    items = tuple(item for _, _, item in listed)
    if root[1].lower() == "sitemapindex":
        return Parsed(kind="sitemap", more=tuple(i.url for i in items if i.url), dropped=dropped)
    return Parsed(kind="sitemap", items=items[:NEWEST], dropped=dropped + max(0, len(items) - NEWEST))


def _field(inside: str, name: str) -> str | None:
    found = re.search(
        rf"<(?:\w+:)?{name}\b[^<>]{{0,200}}>(.{{0,4000}}?)</(?:\w+:)?{name}\s*>", inside, re.S | re.I
    )
    if found is None:
        return None
    raw = found[1].strip()
    if raw.startswith("<![CDATA[") and raw.endswith("]]>"):
        return raw[9:-3].strip()
    return html.unescape(raw)


def _same_site(one: str, other: str) -> bool:
    """The same host, with or without `www.`."""
    return one.removeprefix("www.") == other.removeprefix("www.")
