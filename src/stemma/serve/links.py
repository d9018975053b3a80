"""Addresses: which of those from outside may be linked, and how the portal's own pages are named.

An address from outside is linked only where it is plainly http or https to a named host; everything else is shown as
text. Own addresses are relative to the host, so that no Host header is ever trusted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from stemma.store.views import PlaceView

LONGEST = 2_000
"""Characters; longer addresses do not survive common browsers and proxies and are shown as text."""

# White space and controls inside an address are what filters and browsers read differently (WHATWG URL, 4.4).
_UNSAFE = re.compile(
    r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069\\<>\"'`{}|^\ud800-\udfff]"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,3}\Z")
_MARK = re.compile(r"(\d{1,9})-(\d{1,9})\Z", re.ASCII)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,190}\Z", re.ASCII)
_ROW = re.compile(r"[1-9]\d{0,17}\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address from outside that may be linked, with its host for the reader's eye."""

    href: str
    host: str


def find_link(address: str | None) -> Link | None:
    """The address as a link; None unless it is http or https with a host and without a user name."""
    if not address or len(address) > LONGEST or _UNSAFE.search(address):
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    shown = host.removeprefix("www.")
    return Link(href=address, host=f"{shown}:{port}" if port else shown)


def find_language(tag: str | None) -> str | None:
    """The tag where it can stand in a `lang` attribute (BCP 47, short forms)."""
    return tag if tag and _LANGUAGE.match(tag) else None


def parse_row(value: str) -> int | None:
    """A row id from an address: 1 to 18 digits, no sign, no leading zero."""
    return int(value) if _ROW.match(value) else None


def parse_mark(value: str | None) -> tuple[int, int] | None:
    """`start-end` in code points, `start < end`; None for anything else."""
    m = _MARK.match(value or "")
    if m is None or int(m[1]) >= int(m[2]):
        return None
    return int(m[1]), int(m[2])


def link_story(story: int) -> str:
    """The address of a story's page."""
    return f"/story/{story}"


def link_article(article: int) -> str:
    """The address of an article's page."""
    return f"/article/{article}"


def link_place(place: PlaceView) -> str:
    """The address that opens an article at the cited words, marked."""
    return f"/article/{place.article}?mark={place.start}-{place.end}#mark"


def link_search(words: str, *, page: int = 1, newest: bool = False) -> str:
    """The address of a search."""
    query = {"q": words} | ({"sort": "new"} if newest else {}) | ({"page": str(page)} if page > 1 else {})
    return f"/search?{_encode(query)}"


def link_search_feed(words: str) -> str:
    """The address of a search's feeds, without what tells their kinds apart (`feed_address`)."""
    return f"/search?{_encode({'q': words})}"


def link_outlet(name: str) -> str:
    """The address of an outlet's page: names hold slashes and dots, therefore in the query."""
    return f"/outlet?{_encode({'name': name})}"


def link_section(name: str) -> str:
    """The address of a section's page."""
    return f"/section?{_encode({'name': name})}"


def link_language(tag: str) -> str:
    """The address of the stories in a language."""
    return f"/latest?{_encode({'language': tag})}"


def link_person(key: str) -> str:
    """The address of what somebody said. `key` is the folded name."""
    return f"/person/{quote(key, safe='', errors='replace')}"


def link_report(story: int) -> str:
    """Where a reader says what is wrong in a story."""
    return f"/report?story={story}"


def link_country(country: str) -> str:
    """The address of what outlets of a country report."""
    return f"/country?code={quote(country, safe='')}"


def link_contact(contact: str, story: int) -> str | None:
    """Where a reader reports an error in a story: mail with its address as subject, or the operator's own page."""
    if _MAIL.match(contact):
        subject = quote(f"Error in /story/{story}", safe="")
        return f"mailto:{quote(contact, safe='@+.-_')}?subject={subject}"
    known = find_link(contact)
    return known.href if known else None


def link_thread(thread: int) -> str:
    """The address of a thread's page."""
    return f"/thread/{thread}"


def feed_address(page: str, kind: str) -> str:
    """The address of a page's feed: `.atom`, `.rss` or `.json` behind its path."""
    path, mark, query = page.partition("?")
    return f"{path}.{kind}{mark}{query}"


def turn_page(address: str, page: int) -> str:
    """The address of another page of a list; the first has no number."""
    if page <= 1:
        return address
    return f"{address}{'&' if '?' in address else '?'}page={page}"


def link_tongue(here: Sequence[tuple[str, str]], tag: str) -> str:
    """This page in another language of the interface; `here` is its query. Without its path: that came from outside."""
    return f"?{urlencode([*here, ('lang', tag)], quote_via=quote, errors='replace')}"


def _encode(query: dict[str, str]) -> str:
    return urlencode(query, quote_via=quote, errors="replace")
