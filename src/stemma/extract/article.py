"""The stage's one function: a page to an article. Loads the parsers."""

from __future__ import annotations

from stemma.extract.flat import extract_flat
from stemma.extract.html import extract_html
from stemma.extract.page import decode_page
from stemma.types import Article, Page, Rejected


def extract_article(page: Page) -> Article | Rejected:
    """One page, web page or flattened text, as an article or the reason why it is none."""
    decoded = decode_page(page)
    if isinstance(decoded, Rejected):
        return decoded
    return extract_html(decoded.utf8, page) if page.kind == "html" else extract_flat(decoded.text, page)
