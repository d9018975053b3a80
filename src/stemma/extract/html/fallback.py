"""The second opinion: trafilatura's reading of a page on which the block scorer is unsure or found next to nothing.

Only for pages that a recursive parser may have (`limits.is_light`): trafilatura builds its own tree with libxml2. It is
asked in its fast mode, because the readers that its slower mode compares with are worse on the pages that come here
(text F1 by site .957 with them, .959 without), and gets the page without what holds no text, which costs it a quarter less and
changes no figure of `bench/train/html_trust.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

import trafilatura
from selectolax.lexbor import LexborHTMLParser

from stemma.extract.html.outline import Outline
from stemma.extract.html.prompted import asks_reader
from stemma.extract.html.settle import find_barred_lines


def read_again(html: str | bytes, outline: Outline, places: Sequence[int], *, title: str | None) -> str:
    """The main text as trafilatura sees it, paragraphs joined by a blank line; empty where it sees none.

    Without what our own reading knows to be none of it: the headline, captions, comments and lines of one link (`outline`,
    with the blocks at `places` taken for the article's), and what asks its reader for something.
    """
    lines = read_main(html)
    barred = find_barred_lines(outline, places) if lines else frozenset()
    return "\n\n".join(
        line for line in lines if line not in barred and line != title and not asks_reader(line)
    )


def read_main(html: str | bytes) -> list[str]:
    """The paragraphs of trafilatura's main text, as it gives them."""
    tree = LexborHTMLParser(html)
    tree.strip_tags(_NO_TEXT)
    found = trafilatura.extract(
        tree.html or "", include_comments=False, include_tables=True, include_formatting=False, fast=True
    )
    return [line for raw in (found or "").split("\n") if (line := " ".join(raw.split()))]


# ---------------------------------------------------------------- helpers

_NO_TEXT = str.split(
    "script style svg noscript template iframe link nav aside footer form select button img picture source video"
)
