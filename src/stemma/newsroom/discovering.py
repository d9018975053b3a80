"""From an address that somebody typed to what can be followed there: a feed, a sitemap, or a page that lists articles.

Asks politely, one thing after the other, and stops at the first that works. What it found, or why nothing, is a value; the
caller follows it. Used by `stemma follow`, and by the follower for sources of kind `site`.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from stemma.acquire.answers import Answer, Failure
from stemma.acquire.discover import WELL_KNOWN, Home
from stemma.acquire.documents import Job, Wanted
from stemma.acquire.fetch import Fetcher
from stemma.acquire.items import Parsed
from stemma.acquire.opml import OutlineList
from stemma.newsroom.parsing import DocumentReader
from stemma.newsroom.visits import explain_status
from stemma.store.followed import SourceKind

_MOST_DECLARED = 6
_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
_FOR_A_WHILE = ("timeout", "host waits", "robots unreachable", "broken answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSource:
    """Something that can be followed."""

    url: str
    kind: SourceKind
    title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """Nothing can be followed there, and why. `for_a_while`: it may be otherwise later."""

    words: str
    for_a_while: bool = False


async def discover(
    address: str, *, fetcher: Fetcher, reader: DocumentReader
) -> tuple[FoundSource, ...] | OutlineList | Nothing:
    """What can be followed at an http(s) address."""
    fetched = await fetcher.fetch(address)
    if isinstance(fetched, Failure):
        return Nothing(words=fetched.words, for_a_while=fetched.kind in _FOR_A_WHILE)
    if not 200 <= fetched.status < 300:
        passing = fetched.status == 429 or fetched.status >= 500
        return Nothing(words=explain_status(fetched.status), for_a_while=passing)
    document = await reader.read(_job("any", fetched))
    if isinstance(document, OutlineList):
        return document
    if isinstance(document, Parsed):
        kind: SourceKind = "sitemap" if document.kind == "sitemap" else "feed"
        if kind == "sitemap" and not (document.items or document.more):
            return Nothing(words="the sitemap names no address of its own site")
        return (FoundSource(url=fetched.moved_to or address, kind=kind, title=document.title),)
    if isinstance(document, Home):
        return await _from_home(fetched, document, fetcher=fetcher, reader=reader)
    return Nothing(words=document.words)


async def _from_home(
    page: Answer, home: Home, *, fetcher: Fetcher, reader: DocumentReader
) -> tuple[FoundSource, ...] | Nothing:
    found = []
    for address in home.declared[:_MOST_DECLARED]:
        source = await _try(address, "feed", fetcher=fetcher, reader=reader)
        if source is not None:
            found.append(source)
    if found:
        return tuple(found)
    well_known = (urljoin(page.url, path) for path in WELL_KNOWN)
    for address in dict.fromkeys((*home.linked, *well_known)):
        source = await _try(address, "feed", fetcher=fetcher, reader=reader)
        if source is not None:
            return (source,)
    rules = await fetcher.find_rules(page.url)
    for address in dict.fromkeys((*rules.sitemaps[:3], *(urljoin(page.url, path) for path in _SITEMAPS))):
        source = await _try(address, "sitemap", fetcher=fetcher, reader=reader)
        if source is not None:
            return (FoundSource(url=source.url, kind="sitemap", title=home.title),)
    listed = await reader.read(_job("page", page))
    if isinstance(listed, Parsed):
        return (FoundSource(url=page.url, kind="page", title=listed.title),)
    words = (
        "neither a feed nor a sitemap nor a list of articles can be found there; "
        "if you know the address of its feed, follow that"
    )
    return Nothing(words=words)


async def _try(
    address: str, wanted: Wanted, *, fetcher: Fetcher, reader: DocumentReader
) -> FoundSource | None:
    fetched = await fetcher.fetch(address)
    if isinstance(fetched, Failure) or not 200 <= fetched.status < 300:
        return None
    document = await reader.read(_job(wanted, fetched))
    if not isinstance(document, Parsed) or not (document.items or document.more or wanted == "feed"):
        return None
    return FoundSource(
        url=fetched.moved_to or address,
        kind="sitemap" if wanted == "sitemap" else "feed",
        title=document.title,
    )


def _job(wanted: Wanted, answer: Answer) -> Job:
    return Job(wanted=wanted, body=answer.body, url=answer.url, media=answer.media, charset=answer.charset)
