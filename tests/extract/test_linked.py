"""Links of an article's text: their words, their addresses, and what is none of them."""

from __future__ import annotations

from .html_pages import PARAGRAPHS, article_of, page_html

FIRST = PARAGRAPHS[0]


def with_link(html: str) -> str:
    """The page with this instead of its second paragraph."""
    return page_html().replace(PARAGRAPHS[1], html)


def linked(html: str) -> list[tuple[str, str]]:
    article = article_of(html)
    return [(r.url, article.text[r.start : r.end]) for r in article.links]


SENTENCE = (
    "The council published its engineers' {} on Monday, and the report names nine beams that have to be exchanged before"
    " the winter, which is why the bridge has to be closed for a year."
)


def test_a_link_keeps_its_words_and_place() -> None:
    """The address as written, and exactly the words that it stands on, also where they stand in the text more than once."""
    page = with_link(
        SENTENCE.format('<a href="https://council.example/r.pdf?utm_source=a"><em>own</em> report</a>')
    )
    assert linked(page) == [("https://council.example/r.pdf?utm_source=a", "own report")]
    twice = "The report says so. " + SENTENCE.format(
        '<b>long <a href="https://council.example/r.pdf">report</a></b>'
    )
    article = article_of(with_link(twice))
    (found,) = article.links
    assert article.text[found.start - 5 : found.end] == "long report"


def test_links_of_the_site_and_of_no_web_are_left_out() -> None:
    """Own pages on any host of the site, scripts, mail and relative addresses are no documents."""
    for address in (
        "https://echo.example/other", "https://www.echo.example/other", "https://shop.echo.example/x", "/other",
        "javascript:alert(1)", "mailto:a@b.example", "ftp://council.example/r", "http://localhost/x",
    ):  # fmt: skip
        assert linked(with_link(SENTENCE.format(f'<a href="{address}">report</a>'))) == [], address


def test_menus_and_teasers_have_no_links_of_the_text() -> None:
    """What stands outside of the text is not kept, even where its words occur in it."""
    page = page_html().replace(
        "<main>", '<ul class="share"><li><a href="https://social.example/share?u=1">Share</a></li></ul><main>'
    )
    assert linked(page) == []


def test_a_menu_s_words_that_stand_in_the_text_are_no_link() -> None:
    """A name that a site's menu links, said once in the text, is not linked there."""
    named = with_link(SENTENCE.format("Harbour Council Gazette"))
    menu = '<nav><a href="https://far.example/gazette">Harbour Council Gazette</a></nav>'
    assert "Harbour Council Gazette" in article_of(named).text
    assert linked(named.replace("<main>", f"{menu}<main>")) == []


def test_a_page_of_nothing_but_links_is_bounded() -> None:
    """Sixty links are kept of one text."""
    many = " ".join(f'word{n} <a href="https://far.example/{n}">target{n}</a>' for n in range(300))
    assert len(article_of(with_link(SENTENCE.format("report") + " " + many)).links) == 60
