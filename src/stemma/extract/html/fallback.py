"""The second opinion: trafilatura's reading of a page on which the block scorer is unsure or found next to nothing.

Only for pages that a recursive parser may have (`limits.weigh` calls them light): trafilatura builds its own tree with
libxml2, at some 25 ms a page.
"""

from __future__ import annotations

import trafilatura


def read_again(html: str) -> str:
    """The main text as trafilatura sees it, paragraphs joined by a blank line; empty where it sees none."""
    found = trafilatura.extract(html, include_comments=False, include_tables=True, include_formatting=False)
    return "\n\n".join(line for raw in (found or "").split("\n") if (line := " ".join(raw.split())))
