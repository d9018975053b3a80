"""Feed bytes to entries: RSS, RDF and Atom through feedparser, JSON Feed here. Titles and texts become plain text.

Pure, and may be made to burn time by whoever wrote the feed: it is called in a killable worker (`newsroom/parsing.py`).
Cheap checks stand before the parser: nesting, entity declarations, number of elements.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser  # type: ignore[import-untyped]

from stemma.acquire.items import (
    MOST_ITEMS,
    FeedItem,
    Parsed,
    Unreadable,
    clean_date,
    clean_link,
)
from stemma.acquire.plain import strip_line, strip_paragraphs

DEEPEST = 400
"""Elements open at once; a real feed has fewer than twenty, XHTML inside included."""
LONGEST_TAG = 50_000
"""Bytes of one tag; parsers take time by the square of the number of its attributes."""
_MOST_TAGS = 600_000
_LOOKED_AT = 16_384
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.I)
_TAG = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(/?)([A-Za-z_][\w:.-]*)[^<>]*?(/?)>",
    re.S,
)
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,2000}\[.*?\]\s*>", re.S | re.I)
_UPDATES = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_NO_NAME = re.compile(r"^[^@\s]+@[^@\s]+\s*\((?P<name>[^)]+)\)$|^(?P<mail>[^@\s]+@[^@\s]+)$")


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> Parsed | Unreadable:
    """The entries of a feed. `url` is where it was fetched; links are taken relative to it."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _parse_json(body, url)
    if not start:
        return Unreadable(words="the feed is empty")
    if not looks_like_feed(body):
        return Unreadable(words=_no_feed(body))
    if words := _weigh(body):
        return Unreadable(words=words)
    return _parse_xml(_DOCTYPE.sub(b"", body, count=1), url, content_type)


def looks_like_feed(body: bytes) -> bool:
    """Whether an element that feeds begin with, or a JSON object, stands near the start."""
    start = body[:_LOOKED_AT].replace(b"\0", b"")
    return start[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") or _ROOT.search(start) is not None


def _weigh(body: bytes) -> str | None:
    """Why a parser shall not see this, in one linear pass."""
    depth = deepest = tags = 0
    for found in _TAG.finditer(body):
        name = found[2]
        if name is not None and found.end() - found.start() > LONGEST_TAG:
            return f"one tag of the feed has more than {LONGEST_TAG:,} bytes"
        if name is None:
            continue
        tags += 1
        if found[1]:
            depth = max(0, depth - 1)
        elif not found[3] and name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    if deepest > DEEPEST:
        return f"the feed nests {deepest:,} elements; no real feed does"
    if tags > _MOST_TAGS:
        return f"the feed has {tags:,} elements, more than {_MOST_TAGS:,}"
    return None


# ---------------------------------------------------------------- RSS, RDF, Atom


def _parse_xml(body: bytes, url: str, content_type: str | None) -> Parsed | Unreadable:
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    try:
        # A stream, since text is taken for the address of something to fetch.
        found: Any = feedparser.parse(
            io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _PARSER_FAULTS as fault:
        return Unreadable(words=f"the feed cannot be read ({type(fault).__name__})")
    version = found.get("version") or ""
    entries = found.get("entries") or []
    if not version and not entries:
        return Unreadable(words=_no_feed(body))
    feed = found.get("feed") or {}
    language = _text(feed.get("language"))
    title = strip_line(_text(feed.get("title")), limit=200)
    site = clean_link(feed.get("link"), url)
    items: list[FeedItem] = []
    dropped = max(0, len(entries) - MOST_ITEMS)
    for entry in entries[:MOST_ITEMS]:
        item = _read_entry(entry, url, language, atom=version.startswith("atom"))
        if item is None:
            dropped += 1
        else:
            items.append(item)
    return Parsed(
        kind="feed", title=title, site=site, items=tuple(items), dropped=dropped, pause=_pause(feed)
    )


# What feedparser lets through on its own test files and on broken bytes; it has no root of exceptions.
_PARSER_FAULTS = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, LookupError, RecursionError,
    OverflowError, OSError,
)  # fmt: skip


def _read_entry(entry: Any, url: str, language: str | None, *, atom: bool) -> FeedItem | None:
    link = next(
        (
            made
            for raw in (entry.get("feedburner_origlink"), entry.get("link"), *_alternates(entry))
            if (made := clean_link(raw, url))
        ),
        None,
    )
    guid = _text(entry.get("id"))
    title = strip_line(_text(entry.get("title")))
    text = max((strip_paragraphs(t) or "" for t in _texts(entry)), key=len, default="") or None
    if link is None and entry.get("link"):
        return None
    source = entry.get("source") or {}
    # Asked for a change that is not there, feedparser gives the publication.
    updated = dict.get(entry, "updated")
    published = _text(entry.get("published")) or (None if atom else _text(updated))
    parsed = entry.get("published_parsed") or (entry.get("updated_parsed") if updated and not atom else None)
    return FeedItem(
        url=link,
        guid=guid[:500] if guid else None,
        title=title,
        text=text,
        author=_author(_text(entry.get("author"))),
        date=clean_date(published) or _moment(parsed),
        updated=(_text(updated) or "")[:80] or None,
        source=strip_line(_text(source.get("title")), limit=200) if isinstance(source, Mapping) else None,
        language=(_text(entry.get("language")) or language or "")[:20] or None,
    )


def _alternates(entry: Any) -> Iterator[object]:
    for link in entry.get("links") or ():
        if isinstance(link, Mapping) and link.get("rel") in ("alternate", None):
            yield link.get("href")


def _texts(entry: Any) -> Iterator[str | None]:
    for content in entry.get("content") or ():
        if isinstance(content, Mapping) and "base64" not in str(content.get("type")):
            yield _text(content.get("value"))
    yield _text(entry.get("summary"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _author(author: str | None) -> str | None:
    """The person's name; an address of mail alone is none."""
    line = strip_line(author, limit=120)
    found = _NO_NAME.match(line or "")
    return (found["name"].strip() if found["name"] else None) if found else line


def _moment(parsed: object) -> str | None:
    """feedparser's reading of a date in a form that only it knows; it gives UTC."""
    try:
        moment = datetime(*tuple(parsed)[:6], tzinfo=UTC)  # type: ignore[arg-type, misc]
    except (TypeError, ValueError, OverflowError):
        return None
    return moment.isoformat() if 1990 <= moment.year <= 2100 else None


def _pause(feed: Any) -> int | None:
    """Seconds that the feed itself asks for: RSS `ttl` in minutes, or the syndication module's period."""
    ttl = _text(feed.get("ttl"))
    if ttl and ttl.strip().isascii() and ttl.strip().isdigit():
        return min(int(ttl.strip()[:7]) * 60, 86_400)
    period = _UPDATES.get((_text(feed.get("sy_updateperiod")) or "").strip().lower())
    if period is None:
        return None
    often = _text(feed.get("sy_updatefrequency")) or "1"
    times = int(often) if often.isascii() and often.isdigit() and 0 < int(often[:4]) <= 1_000 else 1
    return min(period // times, 86_400)


def _no_feed(body: bytes) -> str:
    if re.search(rb"<(!doctype\s+html|html)\b", body[:4096], re.I):
        return "this is a web page and no feed"
    return "this is no feed"


# ---------------------------------------------------------------- JSON Feed


def _parse_json(body: bytes, url: str) -> Parsed | Unreadable:
    """JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as fault:
        return Unreadable(words=f"the feed is no JSON ({str(fault)[:80]})")
    version = feed.get("version") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Unreadable(words="this is JSON but no feed")
    if not (isinstance(version, str) and "jsonfeed.org" in version):
        return Unreadable(words="this is JSON but no feed (no version of jsonfeed.org)")
    language = _text(feed.get("language"))
    items: list[FeedItem] = []
    dropped = max(0, len(feed["items"]) - MOST_ITEMS)
    for raw in feed["items"][:MOST_ITEMS]:
        item = _read_json_item(raw, url, language) if isinstance(raw, dict) else None
        if item is None:
            dropped += 1
        else:
            items.append(item)
    return Parsed(
        kind="feed",
        title=strip_line(_text(feed.get("title")), limit=200),
        site=clean_link(feed.get("home_page_url"), url),
        items=tuple(items),
        dropped=dropped,
    )


def _read_json_item(raw: dict[str, Any], url: str, language: str | None) -> FeedItem | None:
    given = raw.get("url") or raw.get("external_url")
    link = clean_link(given, url)
    plain = _text(raw.get("content_text"))
    text = strip_paragraphs(_text(raw.get("content_html"))) or (plain and strip_paragraphs(plain))
    text = text or strip_paragraphs(_text(raw.get("summary")))
    title = strip_line(_text(raw.get("title")))
    ident = raw.get("id")
    guid = str(ident)[:500] if isinstance(ident, str | int) and not _too_long(ident) else None
    if link is None and given:
        return None
    authors = raw.get("authors") if isinstance(raw.get("authors"), list) else [raw.get("author")]
    names = [a["name"] for a in authors or () if isinstance(a, dict) and isinstance(a.get("name"), str)]
    return FeedItem(
        url=link,
        guid=guid,
        title=title,
        text=text,
        author=_author(", ".join(names[:5])) if names else None,
        date=clean_date(raw.get("date_published")),
        updated=(_text(raw.get("date_modified")) or "")[:80] or None,
        language=(_text(raw.get("language")) or language or "")[:20] or None,
    )


def _too_long(ident: str | int) -> bool:
    return isinstance(ident, int) and ident.bit_length() > 128
