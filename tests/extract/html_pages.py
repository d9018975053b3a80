"""Invented pages for the tests of web pages."""

from __future__ import annotations

from stemma.extract import extract_article
from stemma.types import Article, ArticleId, Page, Rejected

PARAGRAPHS = (
    "The town council of Lower Brambling voted on Monday to close the old iron bridge for repairs that will last a year.",
    "Engineers had found cracks in two of the four pillars during an inspection in March, the mayor told reporters.",
    "“We would rather have people walk around for a year than lose the bridge for good,” said Mayor Orla Fennimore.",
    "Shopkeepers on the western bank fear that customers will stay away, and have asked the council for lower rents.",
    "The work is to be paid for by the county, which has set aside a part of its fund for roads and waterways.",
)
LINKS = "".join(f'<li><a href="/section/{n}">Section number {n}</a></li>' for n in range(12))
TEASERS = "".join(
    f'<div class="card"><h3><a href="/news/other-{n}">Another quite different story with the number {n}</a></h3>'
    f"<p>Its first words, which go on for a while before they are cut off in the middle of the</p></div>"
    for n in range(4)
)
LD = """{"@context": "https://schema.org", "@graph": [
 {"@type": "WebSite", "name": "The Brambling Echo"},
 {"@type": "NewsArticle", "headline": "Lower Brambling closes its iron bridge for a year",
  "datePublished": "2031-05-12T09:30:00+02:00", "dateModified": "2031-05-13T10:00:00+02:00",
  "author": [{"@type": "Person", "name": "Ida Quill"}, {"@type": "Organization", "name": "The Brambling Echo"}],
  "publisher": {"@type": "Organization", "name": "The Brambling Echo"}, "articleSection": "Local",
  "isBasedOn": "https://council.example/minutes/77"}]}"""


def page_html(*, body: str = "", head: str = "", after: str = "", ld: str = LD) -> str:
    """A whole page around an article, `body` standing after its paragraphs and `after` below the article."""
    words = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return f"""<!doctype html><html lang="en-GB"><head>
<title>Lower Brambling closes its iron bridge for a year | The Brambling Echo</title>
<meta property="og:site_name" content="The Brambling Echo">
<link rel="canonical" href="https://echo.example/local/bridge"><script type="application/ld+json">{ld}</script>{head}
</head><body><nav><ul>{LINKS}</ul></nav><main><article class="article">
<h1>Lower Brambling closes its iron bridge for a year</h1><div class="article-body">{words}{body}</div></article>{after}
</main><aside class="related"><h2>Read also</h2>{TEASERS}</aside><footer><p>All rights reserved.</p></footer></body></html>"""


def extract(html: str | bytes, **more: object) -> Article | Rejected:
    """The outcome of a page."""
    body = html.encode() if isinstance(html, str) else html
    address = more.pop("url", "https://echo.example/local/bridge?ref=1")
    return extract_article(Page(id=ArticleId("a"), kind="html", body=body, url=address, **more))  # type: ignore[arg-type]


def article_of(html: str, **more: object) -> Article:
    """The article of a page that is one."""
    found = extract(html, **more)
    assert isinstance(found, Article), found
    return found
