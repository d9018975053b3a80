"""Where an outlet is at home is said where its address or the catalogue says so, and nowhere else."""

from __future__ import annotations

import pytest

from stemma.newsroom.localities import find_home

CASES = (
    ("https://www.harbourpost.ie/2031/05/x", "IE", "address"),
    ("https://news.example.co.uk/x", "GB", "address"),
    ("https://zeitung.example.de:8080/x", "DE", "address"),
    ("https://www.theguardian.com/world/x", "GB", "catalogue"),
    ("https://example.com/x", None, None),
    ("https://startup.io/x", None, None),
    ("https://show.tv/x", None, None),
    ("https://de/x", None, None),
    ("https://1.2.3.4/x", None, None),
    ("not an address", None, None),
    ("http://[::1", None, None),
    (None, None, None),
)


@pytest.mark.parametrize(("url", "country", "basis"), CASES)
def test_home_of_an_address(url: str | None, country: str | None, basis: str | None) -> None:
    """The catalogue first, then the ending; endings that are sold to everybody say nothing."""
    home = find_home(url)
    assert (home and home.country, home and home.basis) == (country, basis)
