"""Extraction: from a page as received to the text of one article with its fields and dates, or the reason why not.

Takes `Page`, gives `Article` or `Rejected`. Knows no other page, no clock and no table; executes nothing that a page
holds, and what it gives is plain text. Next: lineage and stories.
"""

from __future__ import annotations

from stemma.extract.flat import extract_flat
from stemma.extract.html import extract_html
from stemma.extract.page import decode_page
from stemma.extract.revisions import judge_revision
from stemma.types import Article, Page, Rejected

__all__ = ["extract_article", "judge_revision"]


def extract_article(page: Page) -> Article | Rejected:
    """One page, web page or flattened text, as an article or the reason why it is none."""
    text = decode_page(page)
    if isinstance(text, Rejected):
        return text
    return extract_html(text, page) if page.kind == "html" else extract_flat(text, page)
