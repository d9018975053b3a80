"""What acquisition hands over: one page, article or rejection, with the position after it in its file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from stemma.types import Article, Page, Rejected

MAX_PAGE = 20_000_000
"""Bytes of one page; a longer one is rejected unread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One thing read; `position` is the byte of its file at which reading goes on after it.

    `item` is a page, an article that was extracted before, or a rejection.
    """

    item: Page | Article | Rejected
    position: int


def digest_page(page: Page) -> str:
    """The identity of a page: its address and its bytes. SHA-256, hexadecimal."""
    address = (page.url or "").encode("utf-8", "replace")
    return hashlib.sha256(b"\0".join((page.kind.encode(), address, page.body))).hexdigest()
