"""Whose an address is: the part of a host's name under which one owner has all names.

A guess by the form of the name, without the list of public suffixes: `news.gazette.example` and `gazette.example` are one
site, `one.co.uk` and `two.co.uk` are not. Knows nothing of pages.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

_BELOW_COUNTRY = frozenset(
    str.split("ac co com edu gob gouv gov go gv id jus leg mil ne net nic nom or org parliament police sch")
)
"""Labels under which a country's registry gives names out."""


@lru_cache(maxsize=1 << 12)
def find_site(address: str | None) -> str | None:
    """The site of an http(s) address, in lower case; None for anything else, and for a host without a name."""
    try:
        parts = urlsplit(address or "")
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https"):
        return None
    labels = host.split(".")
    if len(labels) < 2 or not all(labels) or labels[-1].isdigit() or ":" in host:
        return None
    public = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _BELOW_COUNTRY
    return ".".join(labels[-3 if public else -2 :])
