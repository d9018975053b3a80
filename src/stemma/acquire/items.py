"""What a source says it has: entries of feeds, sitemaps and list pages in one form, all text plain, all links http(s)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag, urljoin, urlsplit

LONGEST_ADDRESS = 2_000
MOST_ITEMS = 20_000
"""Entries taken of one document; the most that has been seen of an honest feed is 12,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One entry as a source gives it: a pointer to an article, and what is said of it.

    `date` is the day of publication in the source's own words and offset, as ISO 8601 where it could be read. `source` is
    who really wrote it, where the feed passes on what others wrote. `text` is the feed's own text of it, paragraphs.
    """

    url: str | None
    guid: str | None = None
    title: str | None = None
    text: str | None = None
    author: str | None = None
    date: str | None = None
    updated: str | None = None
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A document that lists articles. `dropped` counts entries that could not be used; `more` are documents that it
    names (an index of sitemaps); `pause` is how many seconds it asks to be left alone."""

    kind: str
    title: str | None = None
    site: str | None = None
    items: tuple[FeedItem, ...] = ()
    more: tuple[str, ...] = ()
    dropped: int = 0
    pause: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A document that could not be used, and why, in the user's words."""

    words: str


def clean_link(link: object, base: str | None) -> str | None:
    """An absolute http(s) address without fragment; None for all else, other schemes above all."""
    if not isinstance(link, str) or not link.strip() or len(link) > LONGEST_ADDRESS:
        return None
    try:
        joined = urldefrag(urljoin(base or "", "".join(link.split()))).url
        parts = urlsplit(joined)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
        _ = parts.port
    except ValueError:
        return None
    return joined if len(joined) <= LONGEST_ADDRESS and joined.isprintable() else None


def clean_date(raw: object) -> str | None:
    """A date of a feed as ISO 8601 in its own offset; None where it cannot be read."""
    if not isinstance(raw, str) or not raw.strip() or len(raw) > 80:
        return None
    raw = raw.strip()
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = parse(raw)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return moment.isoformat() if 1990 <= moment.year <= 2100 else None
    return None


def parse_moment_of(date: str | None) -> datetime | None:
    """The moment of a cleaned date; a day without an offset counts as UTC."""
    if date is None:
        return None
    try:
        moment = datetime.fromisoformat(date)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
