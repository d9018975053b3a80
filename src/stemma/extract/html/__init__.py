"""Web pages: from the characters of an HTML page to an article, or the reason why it is none.

Takes a decoded page, gives `Article` or `Rejected`. One lexbor tree is read twice: for its blocks of text (`outline`,
`scorer`, `body`) and for what the page claims of itself (`claims`, `fields`, `clues`). Never fetches, runs or follows
anything that a page holds.
"""

from __future__ import annotations

from stemma.extract.html.article import extract_html

__all__ = ["extract_html"]
