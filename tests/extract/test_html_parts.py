"""Parts of web pages that are easily lost or glued on: posts, live entries, tables, several containers, page state."""

from __future__ import annotations

import json

import pytest

from .html_pages import PARAGRAPHS, article_of, page_html

P = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
POST = (
    '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">The iron bridge will be closed from Tuesday. Please use the'
    ' ferry, which is free until the autumn.</p>— Lower Brambling Council (@brambling) <a href="https://social.example/1">'
    "12 May 2031</a></blockquote>"
)


def test_a_post_keeps_its_author() -> None:
    """An embedded post stands in the text with the line that says who wrote it."""
    text = article_of(page_html(body=POST + P.replace("iron bridge", "old crossing"))).text
    post, author = text.find("Please use the ferry"), text.find("Lower Brambling Council (@brambling)")
    assert 0 < post < author < post + 200


def test_live_entries_keep_their_times() -> None:
    """Of a page that calls itself a live blog each entry comes after its time."""
    entries = "".join(
        f'<div class="entry"><time datetime="2031-05-12T1{n}:05">1{n}:05</time><p>{p}</p></div>'
        for n, p in enumerate(PARAGRAPHS)
    )
    ld = '{"@type": "LiveBlogPosting", "headline": "Lower Brambling closes its iron bridge for a year"}'
    text = article_of(page_html(ld=ld).replace(P, entries)).text
    for n, paragraph in enumerate(PARAGRAPHS):
        assert f"1{n}:05\n\n{paragraph}" in text


def test_an_article_in_several_containers_is_whole() -> None:
    """Paragraphs in sibling containers with advertisements between them are one text."""
    parts = "".join(
        f'<div class="body-part"><p>{p}</p></div><div class="ad-slot"><span>Advertisement</span></div>'
        for p in PARAGRAPHS
    )
    text = article_of(page_html().replace(P, parts)).text
    assert text == "\n\n".join(PARAGRAPHS)


def test_a_lead_outside_the_body_is_part_of_the_text() -> None:
    """A lead paragraph in a container of its own, above the body, is read."""
    lead = "A year without the bridge that carries most of the town’s traffic begins on Tuesday, and the ferry will be free."
    html = page_html().replace(
        '<div class="article-body">',
        f'<div class="article-lead"><p class="lead"><strong>{lead}</strong></p></div><div class="article-body">',
    )
    assert article_of(html).text.startswith(lead)


@pytest.mark.parametrize(
    "box",
    [
        '<div class="read-also"><span>Read also:</span> <a href="/x">Ferry fares to rise in the autumn, council says</a></div>',
        '<p class="support-box"><em>Our reporting is free for everyone. If you can, support us with a small amount each month.</em></p>',
        '<figure><img src="/a.jpg"><figcaption>Pillars of the bridge at low water. Photo: Ann Sample/Echo</figcaption></figure>',
        '<ul class="related-links"><li><a href="/1">Bridge: what we know</a></li><li><a href="/2">Ferry timetable for May</a></li></ul>',
        '<div class="newsletter-signup"><p>Sign up for our morning newsletter and never miss a story from your town.</p></div>',
    ],
)  # fmt: skip
def test_boxes_inside_the_body_stay_out(box: str) -> None:
    """Read-also boxes, appeals for support, captions, link lists and newsletter forms within the body are no words of it."""
    middle = f"<p>{PARAGRAPHS[1]}</p>{box}<p>{PARAGRAPHS[2]}</p>"
    html = page_html().replace(f"<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p>", middle)
    assert article_of(html).text == "\n\n".join(PARAGRAPHS)


def test_lists_and_tables_are_read_in_rows() -> None:
    """List items are paragraphs, cells of a table row are joined by tabs."""
    listed = "<ul><li>Ferry every ten minutes from six in the morning until midnight.</li><li>Footbridge at the mill for walkers, open all day.</li></ul>"
    rows = "".join(
        f"<tr><td>Pillar {n} of the bridge</td><td>{n} cracks found</td></tr>" for n in range(1, 5)
    )
    text = article_of(page_html(body=f"{listed}<table>{rows}</table><p>{PARAGRAPHS[0]} Again.</p>")).text
    assert "until midnight.\n\nFootbridge at the mill" in text
    assert "Pillar 2 of the bridge\t2 cracks found" in text


def test_state_of_a_page_without_text() -> None:
    """A page that only a program fills gives the text that its data holds beside the page's own title."""
    story = {
        "headline": "Lower Brambling closes its iron bridge",
        "body": [{"type": "paragraph", "text": p} for p in PARAGRAPHS],
    }
    other = {"headline": "Ferry to stop", "body": [{"type": "paragraph", "text": "Other words. " * 200}]}
    state = json.dumps({"props": {"pageProps": {"story": story, "more": [other]}}})
    html = (
        "<html><head><title>Lower Brambling closes its iron bridge | The Brambling Echo</title></head>"
        f'<body><div id="__next"></div><script id="__NEXT_DATA__" type="application/json">{state}</script></body></html>'
    )
    article = article_of(html)
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert any(f.where == "embedded state" for f in article.found)


def test_state_may_hold_a_tree_of_words() -> None:
    """A rich text tree gives its paragraphs whole, links inside them too; a headline cut in the head is found by its beginning."""
    trees = [
        {
            "type": "p",
            "children": [
                {"type": "text", "data": p[:20]},
                {"type": "a", "children": [{"type": "text", "data": p[20:]}]},
            ],
        }
        for p in PARAGRAPHS
    ]
    story = {
        "headline": "Lower Brambling closes its iron bridge for a year",
        'body({"rows":4})': {"type": "json", "json": trees},
    }
    state = json.dumps({"cache": {"article": story}})
    html = (
        "<html><head><title>Lower Brambling closes its iron bridge...</title></head>"
        f"<body><div></div><script>window.__APOLLO_STATE__={state}</script></body></html>"
    )
    assert article_of(html).text == "\n\n".join(PARAGRAPHS)


def test_a_page_whose_text_is_for_readers_without_programs() -> None:
    """Where the body of a page stands in `noscript` alone, it is read."""
    html = page_html()
    start, stop = html.index("<body>") + 6, html.index("</body>")
    inside = f"{html[:start]}<noscript>{html[start:stop]}</noscript>{html[stop:]}"
    assert article_of(inside).text == article_of(html).text


def test_state_of_another_story_is_not_taken() -> None:
    """Data whose only texts stand beside other titles gives no article."""
    state = json.dumps(
        {"more": [{"headline": "Ferry to stop", "body": "Other words of another day. " * 100}]}
    )
    html = (
        "<html><head><title>Lower Brambling closes its iron bridge | The Brambling Echo</title></head>"
        f"<body><div></div><script>window.__STATE__ = {state};</script></body></html>"
    )
    with pytest.raises(AssertionError):
        article_of(html)


def test_a_kicker_in_the_heading_is_no_headline() -> None:
    """What the heading has before the headline of the head is a kicker; parts that touch are parted."""
    html = (
        page_html()
        .replace("<h1>Lower", '<h1><span class="kicker">Roads and rivers</span><span>Lower')
        .replace("for a year</h1>", "for a year</span></h1>")
    )
    assert article_of(html).title == "Lower Brambling closes its iron bridge for a year"


def test_a_heading_in_a_breadcrumb_is_no_headline() -> None:
    """Where the only `h1` is a step of a breadcrumb, the `h2` that the head repeats is the headline."""
    html = page_html().replace(
        "<h1>Lower Brambling closes its iron bridge for a year</h1>",
        '<ol class="crumbs"><li><a href="/">Home</a></li><li><h1>Brambling bridge: all on the closure</h1></li></ol>'
        "<h2>Lower Brambling closes its iron bridge for a year</h2>",
    )
    assert article_of(html).title == "Lower Brambling closes its iron bridge for a year"


def test_a_longer_list_of_authors_is_preferred() -> None:
    """`meta` that names all people of JSON-LD and more gives the byline; a publisher as author names nobody."""
    meta = '<meta name="author" content="Ida Quill, Bo Sedge">'
    assert article_of(page_html(head=meta)).byline == ("Ida Quill", "Bo Sedge")
    ld = '{"@type": "NewsArticle", "headline": "Bridge", "author": {"@type": "Organization", "name": "Sedge Quill"}}'
    assert article_of(page_html(ld=ld)).byline == ()


@pytest.mark.parametrize("line", ["12 May 2031", "Tue, May 12, 2031, 10:15", "12.05.2031"])
def test_a_date_before_the_text_is_no_part_of_it(line: str) -> None:
    """A line with nothing but a date above the first paragraph dates the page; one inside the text stays."""
    html = page_html().replace('<div class="article-body">', f'<div class="article-body"><p>{line}</p>')
    assert article_of(html).text == "\n\n".join(PARAGRAPHS)
