"""What a request came to: an answer with its bytes, or a failure from a closed list, in the user's words.

Plain values, made by `fetch.py`, decided upon by the newsroom. Also the reading of the two headers that say when to come
back. No socket here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal

LONGEST_WAIT = 24 * 3600
"""Seconds: whoever asks for more is asked again after a day."""

FailureKind = Literal[
    "not an address",
    "unknown host",
    "connection refused",
    "timeout",
    "broken answer",
    "certificate",
    "blocked address",
    "blocked redirect",
    "too many redirects",
    "too large",
    "unknown encoding",
    "robots",
    "robots unreachable",
    "host waits",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A server's answer after redirects, decoded. `body` is empty unless the status is 2xx.

    `moved_to` is where redirects that are meant for good (301, 308) led, None where there were none at the start of the
    way. `etag` and `last_modified` are for the next conditional request. `max_age` is in seconds. `reserved` says in which
    header the owner reserves rights against reading by machines.
    """

    status: int
    url: str
    body: bytes = b""
    media: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    retry_after: str | None = None
    max_age: int | None = None
    reserved: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """No answer, and why. `wait` is how many seconds to stay away, where somebody said."""

    kind: FailureKind
    words: str
    wait: float | None = None


Fetched = Answer | Failure


def parse_retry_after(value: str | None, *, now: datetime) -> float | None:
    """Seconds to wait by a `Retry-After` header (RFC 9110, 10.2.3): a number or a date; at most a day.

    None where there is none, it cannot be read, or it lies in the past.
    """
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"[0-9]{1,12}", value):
        return min(float(value), LONGEST_WAIT) or None
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - now).total_seconds()
    return min(seconds, LONGEST_WAIT) if seconds > 0 else None


def parse_max_age(value: str | None) -> int | None:
    """Seconds of `max-age` in a `Cache-Control` header, at most a day."""
    found = re.search(r"\bmax-age\s*=\s*\"?([0-9]{1,9})", value or "", re.I)
    return min(int(found[1]), LONGEST_WAIT) if found else None


def parse_media(value: str | None) -> tuple[str, str | None]:
    """Media type in lower case and charset of a `Content-Type` header."""
    media, _, rest = (value or "").partition(";")
    found = re.search(r"\bcharset\s*=\s*[\"']?([A-Za-z0-9_:.\-]{2,40})", rest, re.I)
    return media.strip().lower()[:100], found[1] if found else None


def find_reservation(tdm: str | None, robots: str | None) -> str | None:
    """Which header reserves rights: `TDM-Reservation: 1` (W3C TDMRep) or an `X-Robots-Tag` for everybody."""
    if (tdm or "").strip() == "1":
        return "TDM-Reservation: 1"
    for directive in re.split(r"[,;]", robots or ""):
        if directive.strip().lower() in RESERVING:
            return f"X-Robots-Tag: {directive.strip().lower()}"
    return None


RESERVING = frozenset({"noindex", "none", "nosnippet", "noai"})
"""Directives after which a page's text is not taken: what we show of a page are snippets in an index."""
