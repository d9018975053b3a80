"""One form for one address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.acquire.addresses import canon


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("HTTP://Www.Example.ORG:80/a/b/?utm_source=x#top", "https://www.example.org/a/b"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/?b=2&a=1", "https://example.org/?a=1&b=2"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("https://example.org/straße", "https://example.org/stra%C3%9Fe"),
        ("javascript:alert(1)", None),
        ("ftp://example.org/", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_canon(address: str, expected: str | None) -> None:
    """Scheme, host, port, tracking parameters and fragments do not make another article; other schemes are none."""
    assert canon(address) == expected


@given(st.text(max_size=80) | st.from_regex(r"https?://[a-z.]{1,9}(:\d{1,5})?/[^\s]{0,30}", fullmatch=True))
def test_canon_of_canon_is_itself(address: str) -> None:
    """Bringing an address into its form twice changes nothing."""
    once = canon(address)
    assert once is None or canon(once) == once
