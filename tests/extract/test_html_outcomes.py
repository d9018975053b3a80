"""Pages that are no article, and pages that would cost a parser dearly."""

from __future__ import annotations

import time

import pytest

from stemma.types import Article, Rejected

from .html_pages import LINKS, PARAGRAPHS, TEASERS, extract, page_html

P = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


def reason(html: str) -> str:
    found = extract(html)
    assert isinstance(found, Rejected), found
    return found.reason


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<title>404 Not Found</title><h1>Page not found</h1><p>Sorry, we looked everywhere.</p>", "error page"),
        (
            "<title>Just a moment...</title><h1>echo.example</h1><p>Verify you are human by completing the action below.</p>",
            "consent or challenge page",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge","isAccessibleForFree":false}'
            f"</script><h1>Bridge</h1><article><p>{PARAGRAPHS[0]}</p></article>"
            '<div class="wall"><p>Subscribe to continue reading.</p></div>',
            "paywall stub",
        ),
        (f"<title>News</title><nav><ul>{LINKS}</ul></nav>" + "".join(f"<main>{TEASERS}</main>" for _ in range(5)).replace("<p>Its first words, which go on for a while before they are cut off in the middle of the</p>", ""), "list page"),
        ("<p>Hello.</p>", "too short"),
        ("<div>" * 40_000 + P, "too deep"),
        ("".join(f'<a href="/{n}">word {n}</a>' for n in range(60_000)), "too large"),
        ("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">" + P, "too large"),
        ("".join(f"<b x={n}>" for n in range(60)) + "<p>text" * 50_000, "too deep"),
        ("<p>" + "word one. " * 1_500_000 + "</p>", "too large"),
    ],
)  # fmt: skip
def test_reasons(html: str, why: str) -> None:
    """Each page that is none says why."""
    assert reason(html) == why


def test_an_article_about_errors_is_one() -> None:
    """A whole article is never refused for its title or for the words of a wall below it."""
    html = page_html(after="<p>Subscribe to continue reading.</p>", ld="{}").replace(
        "iron bridge for a year", "404 not found"
    )
    assert isinstance(extract(html), Article)


def test_a_megabyte_of_attribute_is_nothing() -> None:
    """One huge attribute neither slows nor stops an article."""
    html = page_html().replace("<main>", f'<main data-state="{"x y " * 300_000}">')
    started = time.process_time()
    assert isinstance(extract(html), Article)
    assert time.process_time() - started < 5


def test_program_text_is_no_crowded_tag() -> None:
    """Comparisons in a script are not taken for a tag with thousands of attributes."""
    script = "<script>for(i=0;i<count;i++){" + " a=b;" * 5_000 + "}</script>"
    assert isinstance(extract(page_html(after=script)), Article)


def test_tags_in_the_strings_of_a_program_are_none() -> None:
    """A script that holds the text of another script's tag is still one script."""
    script = "<script>var a = 1 > 0; s = '<script>' + '<b " + "x " * 9_000 + "';</script>"
    assert isinstance(extract(page_html(after=script)), Article)
