"""The built-in list of feeds: its size, its form, and that it says it is unverified."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from stemma.acquire import catalogue
from stemma.acquire.catalogue import find_regions, load_catalogue
from stemma.acquire.items import clean_link
from stemma.errors import UsageError


def test_the_list_is_broad_sound_and_marked_unverified() -> None:
    """About a hundred addresses of 25 countries and 15 languages, each once; regions are found by name."""
    feeds = load_catalogue("all")
    assert len(feeds) >= 100
    assert len({feed.country for feed in feeds}) >= 25
    assert len({feed.language for feed in feeds}) >= 15
    assert len({feed.url for feed in feeds}) == len(feeds)
    assert all(clean_link(feed.url, None) == feed.url and feed.title for feed in feeds)
    stored = tomllib.loads(Path(catalogue.__file__).with_name("catalogue.toml").read_text(encoding="utf-8"))
    assert stored["status"] == "unverified"
    assert sum(len(load_catalogue(region)) for region in find_regions()) == len(feeds)
    with pytest.raises(UsageError):
        load_catalogue("atlantis")
