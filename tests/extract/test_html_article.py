"""Web pages as articles: text, fields, dates, what stays out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.extract import extract_article
from stemma.types import Article, ArticleId, Page

from .html_pages import PARAGRAPHS, article_of, extract, page_html


def test_text_is_the_article_alone() -> None:
    """Menus, teasers and the footer are no part of the text, all paragraphs are."""
    assert article_of(page_html()).text == "\n\n".join(PARAGRAPHS)


def test_fields() -> None:
    """Headline, people, outlet, section, address, language, source: each with where it was found."""
    article = article_of(page_html())
    assert article.title == "Lower Brambling closes its iron bridge for a year"
    assert article.byline == ("Ida Quill",)
    assert article.outlet == "The Brambling Echo"
    assert article.section == "Local"
    assert article.url == "https://echo.example/local/bridge"
    assert article.language == "en"
    assert article.source_url == "https://council.example/minutes/77"
    where = {f.name: f.where for f in article.found}
    assert where["byline"] == "json-ld author"
    assert where["text"] == "blocks"


def test_date_keeps_the_pages_own_offset() -> None:
    """The day is the one that the page writes, whatever the archive's clock says."""
    published = article_of(page_html(), fetched=datetime(2031, 6, 1, tzinfo=UTC)).published
    assert published.stated == "2031-05-12T09:30:00+02:00"
    assert published.day == date(2031, 5, 12)
    assert "json-ld" in published.basis


def test_clock_in_the_header_is_no_date() -> None:
    """Today's date in the head of a site is not the day of publication, with or without a date of the article."""
    clock = page_html().replace("<main>", '<div class="date-today">Sunday, June 1, 2031</div><main>')
    assert article_of(clock, fetched=datetime(2031, 6, 1, tzinfo=UTC)).published.day == date(2031, 5, 12)


def test_no_date_is_said_as_a_bound() -> None:
    """Without a date of its own a page has at most the archive's clock as an upper bound."""
    published = article_of(page_html(ld="{}"), fetched=datetime(2031, 6, 1, tzinfo=UTC)).published
    assert published.stated is None
    assert published.latest == date(2031, 6, 1)


def test_captions_are_pictures_not_text() -> None:
    """A caption and its credit go to the picture."""
    figure = (
        '<figure><img src="/bridge.jpg"><figcaption>The iron bridge seen from the western bank'
        ' <span class="credit">Ann Sample</span></figcaption></figure>'
    )
    article = article_of(page_html(body=figure))
    assert "western bank Ann" not in article.text
    assert article.images[0].url == "https://echo.example/bridge.jpg"
    assert article.images[0].caption == "The iron bridge seen from the western bank"
    assert article.images[0].credit == "Ann Sample"


def test_teasers_are_kept_apart() -> None:
    """Other stories on the page become `embedded`, with address."""
    embedded = article_of(page_html()).embedded
    assert [e.url for e in embedded] == [f"https://echo.example/news/other-{n}" for n in range(4)]


def test_soft_hyphens_go() -> None:
    """Soft hyphens and zero-width marks are taken out of words."""
    text = article_of(
        page_html().replace("Engineers", "Engi\u00adneers").replace("inspection", "inspec\u200btion")
    ).text
    assert "Engineers had found" in text
    assert "an inspection in" in text


def test_copy_for_print_is_given_once() -> None:
    """A page that holds its article twice gives it once."""
    twice = page_html(
        after="<div class='article-body'>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</div>"
    )
    assert article_of(twice).text.count("Engineers had found") == 1


def test_page_filled_by_a_program() -> None:
    """Where the tree has no text, a complete `articleBody` is the text."""
    body = "\\n".join(PARAGRAPHS).replace('"', "'")
    ld = (
        '{"@type": "NewsArticle", "headline": "Bridge closed for a whole year", "articleBody": "'
        + body
        + '"}'
    )
    html = f'<html><head><script type="application/ld+json">{ld}</script></head><body><div id="app"></div></body></html>'
    article = article_of(html)
    assert article.text.count("\n\n") == len(PARAGRAPHS) - 1
    assert any(f.where == "json-ld articleBody" for f in article.found)


def test_nothing_executable() -> None:
    """Scripts, handlers and script links reach no field."""
    bad = '<script>alert(1)</script><a href="javascript:alert(2)" onclick="alert(3)">More on this</a><img src="javascript:x">'
    article = article_of(page_html(body=bad, head='<meta property="og:image" content="javascript:alert(4)">'))
    shown = repr(article)
    assert "alert(" not in shown
    assert "javascript:" not in shown


def test_canonical_on_another_site_is_the_source() -> None:
    """A canonical address that leaves the site says where the text came from, not where this page is."""
    html = page_html(ld="{}").replace(
        "https://echo.example/local/bridge", "https://wire.example/bridge-story"
    )
    article = article_of(html)
    assert article.url == "https://echo.example/local/bridge?ref=1"
    assert article.source_url == "https://wire.example/bridge-story"


def test_same_page_same_article() -> None:
    """Reading a page twice gives the same article."""
    assert extract(page_html()) == extract(page_html())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet=st.sampled_from(list("<>/abdpivh1 ='\"&;!-\n")), max_size=400))
def test_any_markup_gives_an_outcome(markup: str) -> None:
    """No sequence of markup raises, and what comes out of a broken page around an article is plain text."""
    found = extract(page_html(body=markup))
    if isinstance(found, Article):
        assert "<script" not in found.text


def test_outlet_is_the_other_half_of_the_title_tag() -> None:
    """Where nothing else names the site, the part of the title tag beside the headline does; an `h2` may be that headline."""
    words = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = (
        "<html><head><title>Brambling Echo :: Lower Brambling closes its iron bridge</title></head><body>"
        f"<div class='main'><h2>Lower Brambling closes its iron bridge</h2><div class='text'>{words}</div></div></body></html>"
    )
    article = extract_article(Page(id=ArticleId("x"), kind="html", body=page.encode()))
    assert isinstance(article, Article)
    assert (article.title, article.outlet) == ("Lower Brambling closes its iron bridge", "Brambling Echo")


@pytest.mark.parametrize(
    ("site", "line", "outlet"),
    [
        ("The Ellsay Gazette", "© 2026 The Ellsay Gazette. All rights reserved.", "The Ellsay Gazette"),
        ("Harbour", "© 2026 Harbour Holding", None),
    ],
)
def test_an_outlet_is_told_by_the_copyright_line(site: str, line: str, outlet: str | None) -> None:
    """A part of the title tag is the site's name where the whole name stands in the page's copyright line."""
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    page = f"<title>Cables of the harbour bridge cracked - {site}</title><body><article>{body}</article><p>{line}</p>"
    assert article_of(page).outlet == outlet


def test_a_link_around_a_teaser_leads_all_of_it() -> None:
    """Heading and words inside one link are one other story with that link's address."""
    teaser = '<section><article class="teaser"><a href="/other"><span>Town</span><h3>Ferry to stop for the winter</h3></a></article></section>'
    article = extract_article(
        Page(
            id=ArticleId("x"),
            kind="html",
            body=page_html(after=teaser).encode(),
            url="https://echo.example/a",
        )
    )
    assert isinstance(article, Article)
    assert ("Ferry to stop for the winter", "https://echo.example/other") in [
        (e.title, e.url) for e in article.embedded
    ]


def test_days_in_older_markup_and_in_broken_json() -> None:
    """A microformat's `title` and a JSON-LD script with a brace too many both give their day."""
    old = '<abbr class="published" title="2031-05-04T08:00:00+02:00">08:00</abbr>'
    assert article_of(page_html(ld="{}", body=old)).published.stated == "2031-05-04T08:00:00+02:00"
    broken = '{"@type": "NewsArticle", "datePublished": "2031-05-06T18:10:00+01:00"} }'
    assert article_of(page_html(ld=broken)).published.stated == "2031-05-06T18:10:00+01:00"
