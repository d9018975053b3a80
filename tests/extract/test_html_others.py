"""Several articles on one page: each with its own title and text, the others apart."""

from __future__ import annotations

from .html_pages import LD, PARAGRAPHS, article_of

OTHER = (
    "The ferry across the estuary will stop for the winter at the end of the month, its owner said in a letter to the county.",
    "Ice had damaged the landing stage on the northern side twice in the last three years, and nobody wants to pay for a third repair.",
    "Commuters will have to take the bus by way of the upper valley, which takes an hour longer in good weather.",
)


def page(first: str, second: str, *, ld: str = LD) -> str:
    """Two articles in one `main`."""
    return (
        f"<!doctype html><html lang='en'><head><title>Lower Brambling closes its iron bridge for a year | The Brambling Echo</title>"
        f'<meta property="og:site_name" content="The Brambling Echo"><script type="application/ld+json">{ld}</script></head>'
        f"<body><main>{first}{second}</main></body></html>"
    )


def article(tag: str, heading: str, paragraphs: tuple[str, ...], *, name: str = "post") -> str:
    """One article as such an element."""
    words = "".join(f"<p>{p}</p>" for p in paragraphs)
    return f'<{tag} class="{name}"><header>{heading}</header><div class="entry-content">{words}</div></{tag}>'


OWN = "<h1>Lower Brambling closes its iron bridge for a year</h1>"


def test_a_second_article_is_apart() -> None:
    """An article that follows for endless scrolling is embedded with its title, address and text."""
    for tag in ("article", "div"):
        found = article_of(
            page(
                article(tag, OWN, PARAGRAPHS),
                article(
                    tag, '<h2><a href="/local/ferry">Ferry to stop for the winter months</a></h2>', OTHER
                ),
            )
        )
        assert found.text == "\n\n".join(PARAGRAPHS), tag
        other = found.embedded[0]
        assert (other.title, other.url) == (
            "Ferry to stop for the winter months",
            "https://echo.example/local/ferry",
        )
        assert other.text == "\n\n".join(OTHER)


def test_headline_of_the_same_level_needs_no_link() -> None:
    """Where the next article opens with a headline like the page's own, it is another one without any link."""
    found = article_of(
        page(
            article("section", OWN, PARAGRAPHS),
            article("section", "<h1>Ferry to stop for the winter months</h1>", OTHER),
        )
    )
    assert found.text == "\n\n".join(PARAGRAPHS)
    assert [(e.title, e.url) for e in found.embedded] == [("Ferry to stop for the winter months", None)]


def test_sections_of_one_article_stay_together() -> None:
    """A section beside the one with the headline, under a lower heading that leads nowhere, is the same article."""
    found = article_of(
        page(
            article("section", OWN, PARAGRAPHS),
            article("section", "<h2>What happens to the old ferry</h2>", OTHER),
        )
    )
    assert PARAGRAPHS[-1] in found.text
    assert OTHER[0] in found.text


def test_entries_of_a_live_blog_stay_together() -> None:
    """A page that declares itself a live blog keeps its entries, whatever their markup."""
    entries = article("article", "<h2>Ferry to stop for the winter months</h2>", OTHER)
    found = article_of(
        page(article("article", OWN, PARAGRAPHS), entries, ld=LD.replace("NewsArticle", "LiveBlogPosting"))
    )
    assert found.genre == "live"
    assert OTHER[0] in found.text
