"""Live blogs and embedded posts: entries with their times, posts as quotations with their author."""

from __future__ import annotations

import json

from .html_pages import LD, PARAGRAPHS, article_of, page_html

LIVE = LD.replace("NewsArticle", "LiveBlogPosting")
TIMES = (
    "10:32",
    "10.45 Uhr",
    "9:30 PM EST",
    "22 Dec 2031, 9:30 PM (EST)",
    "14:05 | 4. Mai",
    "May 12, 2031, 10:32",
)


def entry(time: str, heading: str, words: str, *, below: bool = False) -> str:
    """One entry, its time above or below its heading."""
    dated = f'<div class="entry-time">{time}</div>'
    inside = f"<h2>{heading}</h2>{dated}" if below else f"{dated}<h2>{heading}</h2>"
    return f'<div class="live-entry">{inside}<p>{words}</p></div>'


def test_entries_keep_their_times() -> None:
    """A page that declares itself a live blog keeps each entry's time before it, in the ways in which times are written."""
    for below in (False, True):
        body = "".join(
            entry(time, f"Entry {n} on the closing of the bridge", PARAGRAPHS[n % 5] + f" {n}.", below=below)
            for n, time in enumerate(TIMES)
        )
        text = article_of(page_html(body=body, ld=LIVE)).text
        for time in TIMES:
            assert f"\n\n{time}\n\n" in text, time


def test_times_elsewhere_are_no_text() -> None:
    """Without that declaration a time alone on its line is none of the article's words."""
    assert "\n\n10:32\n\n" not in article_of(page_html(body=entry("10:32", "The bridge", PARAGRAPHS[1]))).text


def test_entries_that_a_program_shows() -> None:
    """Where the tree holds no text, the entries of JSON-LD are the text, each behind its time and headline."""
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Entry {n}",
            "datePublished": f"2031-05-12T1{n}:05:00+02:00",
            "articleBody": words,
        }
        for n, words in enumerate(PARAGRAPHS)
    ]
    blog = {
        "@type": "LiveBlogPosting",
        "headline": "The bridge closes",
        "datePublished": "2031-05-12T09:30:00+02:00",
        "liveBlogUpdate": updates,
    }
    html = f'<html><head><title>The bridge closes</title><script type="application/ld+json">{json.dumps(blog)}</script></head><body><div id="app"></div></body></html>'
    article = article_of(html, url="https://echo.example/live")
    assert article.text.startswith(f"10:05\n\nEntry 0\n\n{PARAGRAPHS[0]}\n\n11:05\n\nEntry 1")
    assert article.genre == "live"
    assert any(f.where == "json-ld liveBlogUpdate" for f in article.found)


def test_a_post_is_kept_with_its_author() -> None:
    """An embedded post inside the text is kept whole, with the line that names who wrote it."""
    post = (
        '<blockquote class="twitter-tweet"><p lang="en">We have inspected every beam of the bridge and will say what we found on Monday</p>'
        "&mdash; Lower Brambling Council (@lbcouncil) <a href='https://twitter.com/lbcouncil/status/1'>May 11, 2031</a></blockquote>"
    )
    text = article_of(page_html(body=post + f"<p>{PARAGRAPHS[1]} Nobody disagreed.</p>")).text
    assert "every beam of the bridge" in text
    assert "— Lower Brambling Council (@lbcouncil)" in text
