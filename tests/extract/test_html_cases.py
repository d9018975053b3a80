"""Web pages of invented outlets in the markup of today's publishing systems, with gold text and fields: `tests/cases/pages`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from stemma.extract import extract_article
from stemma.types import Article, ArticleId, Page

CASES = Path(__file__).parent.parent / "cases" / "pages"
FIELDS = tomllib.loads((CASES / "pages.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(p.stem for p in CASES.glob("*.html")))
def test_a_page_is_read_to_the_letter(name: str) -> None:
    """The article's paragraphs are given, all of them and nothing else, with headline, people, day, outlet and address."""
    fields = FIELDS[name]
    body = (CASES / f"{name}.html").read_bytes()
    article = extract_article(Page(id=ArticleId(name), kind="html", body=body, url=fields["url"]))
    assert isinstance(article, Article)
    assert article.text == (CASES / f"{name}.gold.txt").read_text(encoding="utf-8").strip()
    assert article.title == fields["title"]
    assert list(article.byline) == fields["byline"]
    assert (article.published.stated or "")[:10] == fields["day"]
    assert article.outlet == fields["outlet"]
    assert article.url == fields["url"]


def test_captions_go_to_their_pictures() -> None:
    """A caption below a featured picture is the picture's, with its credit apart."""
    body = (CASES / "wordpress_blocks.html").read_bytes()
    article = extract_article(
        Page(id=ArticleId("p"), kind="html", body=body, url="https://gazette.example/x")
    )
    assert isinstance(article, Article)
    assert [(i.caption, i.credit) for i in article.images] == [("The swing bridge at dusk.", "Jo Hale")]


def test_a_gallery_s_count_is_no_part_of_its_captions() -> None:
    """What counts the pictures ("1 / 4") before a caption is left out; caption and credit are apart."""
    body = (CASES / "gallery.html").read_bytes()
    article = extract_article(
        Page(id=ArticleId("p"), kind="html", body=body, url="https://gazette.example/x")
    )
    assert isinstance(article, Article)
    assert (article.images[0].caption, article.images[0].credit) == (
        "The ferry Anna, built in 1931, was the last to pass.",
        "Jo Hale/Gazette",
    )
