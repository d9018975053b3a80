"""Takes up what somebody wants to follow: an address, or a file with a list of feeds. One result for each, in plain words.

A single address is looked at at once, so that a wrong one is said at once. The feeds of a list are followed unseen and looked
at when their turn comes. Where next: the follower visits what is in the store.
"""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stemma import __version__
from stemma.acquire.catalogue import CatalogueFeed
from stemma.acquire.clock import Clock, WallClock
from stemma.acquire.fetch import Fetcher, find_authority
from stemma.acquire.gate import BlockedAddressError, check_address
from stemma.acquire.items import Unreadable, clean_link
from stemma.acquire.opml import LARGEST, OutlineList, parse_opml
from stemma.acquire.robots import AGENT
from stemma.config import Network, Settings
from stemma.newsroom.discovering import FoundSource, Nothing, discover
from stemma.newsroom.parsing import DocumentReader
from stemma.newsroom.pictures import Pictures
from stemma.newsroom.visits import FIRST
from stemma.store import Store
from stemma.store.followed import NewSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """What became of one address. `words` say it to the user."""

    address: str
    result: Literal["followed", "known", "refused", "waiting"]
    words: str


def make_agent(contact: str) -> str:
    """How we name ourselves in every request."""
    return f"{AGENT}/{__version__} (+{contact})" if contact else f"{AGENT}/{__version__}"


async def enrol(
    addresses: Sequence[str],
    *,
    store: Store,
    agent: str,
    allow: Sequence[Network] = (),
    clock: Clock | None = None,
) -> AsyncIterator[Enrolled]:
    """Follows each address or file; gives the results as they are known."""
    clock = clock or WallClock()
    async with Fetcher(agent=agent, allow=allow, clock=clock) as fetcher, DocumentReader() as reader:
        for address in addresses:
            if (path := _find_file(address)) is not None:
                for result in _enrol_file(path, store, allow, clock):
                    yield result
            else:
                async for result in _enrol_address(address, store, fetcher, reader, allow, clock):
                    yield result


async def _enrol_address(
    given: str, store: Store, fetcher: Fetcher, reader: DocumentReader, allow: Sequence[Network], clock: Clock
) -> AsyncIterator[Enrolled]:
    tried = _complete(given)
    if not tried:
        words = "this is neither a file here nor an address; an address looks like https://example.org/feed"
        yield Enrolled(address=given, result="refused", words=words)
        return
    found: tuple[FoundSource, ...] | OutlineList | Nothing = Nothing(words="")
    for address in tried:
        found = await discover(address, fetcher=fetcher, reader=reader)
        if not isinstance(found, Nothing):
            break
    if isinstance(found, Nothing):
        if not found.for_a_while:
            words = f"there is no such file here, and {found.words}" if _may_be_file(given) else found.words
            yield Enrolled(address=given, result="refused", words=words)
            return
        source = FoundSource(url=tried[0], kind="site", title=None)
        result = _add(source, given, store, clock)
        if result.result == "followed":
            words = f"{found.words}; it is looked at again when Stemma runs"
            result = Enrolled(address=given, result="waiting", words=words)
        yield result
    elif isinstance(found, OutlineList):
        for result in _enrol_outlines(found, store, allow, clock):
            yield result
    else:
        for source in found:
            yield _add(source, given, store, clock)


def _enrol_file(path: Path, store: Store, allow: Sequence[Network], clock: Clock) -> list[Enrolled]:
    try:
        with path.open("rb") as stream:
            body = stream.read(LARGEST + 1)
    except OSError as fault:
        return [Enrolled(address=str(path), result="refused", words=f"it cannot be read: {fault.strerror}")]
    outlines = parse_opml(body)
    if isinstance(outlines, Unreadable):
        return [Enrolled(address=str(path), result="refused", words=outlines.words)]
    return _enrol_outlines(outlines, store, allow, clock)


def _enrol_outlines(
    outlines: OutlineList, store: Store, allow: Sequence[Network], clock: Clock
) -> list[Enrolled]:
    results = []
    for outline in outlines.outlines:
        if outline.url is None:
            results.append(
                Enrolled(address=outline.given, result="refused", words="it is no http or https address")
            )
        elif _is_private(outline.url, allow):
            words = "it is an address of a private network, which is not connected to"
            results.append(Enrolled(address=outline.given, result="refused", words=words))
        else:
            source = FoundSource(url=outline.url, kind="feed", title=outline.title)
            results.append(_add(source, outline.given, store, clock))
    if outlines.left_out:
        words = f"the file names {outlines.left_out:,} more feeds than are taken at once; they were left out"
        results.append(Enrolled(address="", result="refused", words=words))
    return results


def _add(source: FoundSource, given: str, store: Store, clock: Clock) -> Enrolled:
    host = find_authority(source.url)
    if host is None:
        return Enrolled(address=given, result="refused", words="it is no http or https address")
    new = NewSource(
        url=source.url,
        kind=source.kind,
        host=host,
        title=source.title,
        added=clock.now().replace(microsecond=0),
    )
    _, added = store.add_source(new, interval=FIRST)
    name = f"{source.kind} {source.url}" + (f" ({source.title})" if source.title else "")
    if added:
        return Enrolled(address=given, result="followed", words=name)
    return Enrolled(address=given, result="known", words=f"{name} is followed already")


def _may_be_file(given: str) -> bool:
    """Whether somebody may have meant a file, by its name: then it is said that there is none."""
    return "://" not in given and Path(given).suffix.lower() in (".opml", ".xml", ".txt", ".json")


def _find_file(given: str) -> Path | None:
    """The file that an argument names; addresses with a scheme are none."""
    if "://" in given:
        return None
    path = Path(given)
    try:
        return path if path.is_file() else None
    except (OSError, ValueError):
        return None


def _complete(given: str) -> list[str]:
    """The addresses that somebody may mean; without a scheme the secure one first."""
    given = given.strip()
    if given.lower().startswith("feed:"):
        rest = given[5:].removeprefix("//")
        given = rest if "://" in rest else f"http://{rest}"
    if "://" in given:
        made = clean_link(given, None)
        return [made] if made else []
    if not re.fullmatch(r"[^\s/:@]+\.[^\s/:@.]+\.?(:\d{1,5})?(/\S*)?|localhost(:\d{1,5})?(/\S*)?", given):
        return []
    return [a for s in ("https", "http") if (a := clean_link(f"{s}://{given}", None))]


def _is_private(address: str, allow: Sequence[Network]) -> bool:
    """Whether the host is a number, in any spelling, of a network that is not connected to. Asks no name server."""
    host = (find_authority(address) or "").rpartition(":")[0].strip("[]")
    if host == "localhost" or host.endswith(".localhost"):
        host = "127.0.0.1"
    try:
        found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return False
    try:
        for *_, place in found:
            check_address(str(place[0]), allow)
    except BlockedAddressError:
        return True
    return False


def enrol_catalogue(
    feeds: Sequence[CatalogueFeed], *, store: Store, clock: Clock | None = None
) -> list[Enrolled]:
    """Follows feeds of the built-in list, unseen."""
    used = clock or WallClock()
    return [_add(FoundSource(url=f.url, kind="feed", title=f.title), f.url, store, used) for f in feeds]


def make_pictures(settings: Settings) -> Pictures | None:
    """What fetches pictures for readers; None where that is off, as it is on every public portal."""
    if not (settings.pictures and settings.private):
        return None
    return Pictures(agent=make_agent(settings.contact), allow=settings.allow_networks)
