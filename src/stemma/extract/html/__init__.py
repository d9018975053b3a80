"""Web pages: from the characters of an HTML page to an article, or the reason why it is none.

Takes a decoded page, gives `Article` or `Rejected`. One lexbor tree is read twice: for what the page claims of itself
(`claims`, `fields`, `clues`) and for its blocks of text (`outline`, `body`). Never fetches, runs or follows anything.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from stemma.extract.dates import resolve_published
from stemma.extract.html.body import choose_body
from stemma.extract.html.claims import read_claims
from stemma.extract.html.clues import find_clues
from stemma.extract.html.features import Known
from stemma.extract.html.fields import read_fields
from stemma.extract.html.language import detect_language
from stemma.extract.html.limits import weigh
from stemma.extract.html.outline import MOST_TEXT, read_outline
from stemma.extract.html.scorer import load_scorer
from stemma.extract.page import reject
from stemma.types import Article, Found, Page, Rejected

__all__ = ["extract_html"]

FEWEST_LETTERS = 60
"""Letters of text below which nothing can be said of a page."""


def extract_html(html: str, page: Page) -> Article | Rejected:
    """The article of a web page. `html` is the decoded `page.body`."""
    weight = weigh(html)
    if weight.fault:
        return reject(page, *weight.fault)
    tree = LexborHTMLParser(html)
    claims = read_claims(tree, url=page.url)
    fields = read_fields(tree, claims, url=page.url, outlet=page.outlet)
    clues = find_clues(tree, claims, fields.article, url=page.url or fields.url, feed_date=page.feed_date)
    outline = read_outline(tree)
    if not outline.complete:
        return reject(page, "too large", f"more than {MOST_TEXT:,} characters of text")
    known = Known(title=fields.title, description=fields.description, body=fields.body)
    body = choose_body(outline, load_scorer().score(outline, known))
    text = body.text
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return reject(page, "too short", "no text beyond menus and headings")
    language = detect_language(text, declared=claims.language)
    published = resolve_published(clues, text=text, language=language, fetched=page.fetched)
    return Article(
        id=page.id,
        text=text,
        title=fields.title,
        url=fields.url,
        source_url=fields.source_url,
        outlet=fields.outlet,
        byline=fields.byline,
        section=fields.section,
        genre=fields.genre or "news",
        language=language,
        published=published,
        first_seen=page.fetched,
        found=(*fields.found, Found(name="text", where="blocks")),
    )
