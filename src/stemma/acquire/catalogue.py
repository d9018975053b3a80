"""The built-in list of public feeds by region: addresses are facts, and unverified until each is first visited."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stemma.errors import UsageError

_FILE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueFeed:
    """One feed: `country` by ISO 3166, `language` by ISO 639."""

    url: str
    title: str
    region: str
    country: str
    language: str


def load_catalogue(region: str) -> tuple[CatalogueFeed, ...]:
    """The feeds of a region, or of `all`. Raises `UsageError` where there is no such region."""
    feeds = _load()
    chosen = tuple(f for f in feeds if region in ("all", f.region))
    if not chosen:
        raise UsageError(f"there is no region {region!r}; there are {', '.join(find_regions())}, and all")
    return chosen


def find_regions() -> tuple[str, ...]:
    """The regions of the list, in its order."""
    return tuple(dict.fromkeys(feed.region for feed in _load()))


@cache
def _load() -> tuple[CatalogueFeed, ...]:
    stored = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        CatalogueFeed(
            url=feed["url"],
            title=feed["title"],
            region=region,
            country=feed["country"],
            language=feed["language"],
        )
        for region, feeds in stored.items()
        if isinstance(feeds, list)
        for feed in feeds
    )
