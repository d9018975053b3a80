"""Feeds, sitemaps, OPML, home pages and lists: bytes to entries, or the reason why not. Invented documents."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.acquire.documents import Job, read_document
from stemma.acquire.feeds import parse_feed
from stemma.acquire.items import MOST_ITEMS, Parsed, Unreadable, clean_date, clean_link
from stemma.acquire.opml import OutlineList, parse_opml, write_opml
from stemma.acquire.plain import strip_line, strip_paragraphs
from stemma.acquire.robots import parse_rules
from stemma.acquire.sitemaps import NEWEST, parse_sitemap

URL = "https://courier.example/feeds/all.xml"


def feed(items: str, *, head: str = "<title>The Courier</title>") -> Parsed:
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{head}{items}</channel></rss>'
    parsed = parse_feed(body.encode(), url=URL)
    assert isinstance(parsed, Parsed), parsed
    return parsed


def test_rss_entries_are_plain_text_with_absolute_links() -> None:
    """Markup goes, entities are read once, relative links stand on the feed's address; a date keeps its offset."""
    parsed = feed(
        "<item><title>Mill &amp;amp; &lt;b&gt;bridge&lt;/b&gt;</title><link>/2026/mill</link><author>m@c.example (Ada Merrin)</author>"
        "<pubDate>Tue, 03 Mar 2026 09:00:00 +0100</pubDate><source url='https://wire.example'>The Wire</source>"
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;Two &amp;amp; three.&lt;/p&gt;</description></item>"
    )
    (item,) = parsed.items
    assert (parsed.title, item.title, item.url) == (
        "The Courier", "Mill & bridge", "https://courier.example/2026/mill",
    )  # fmt: skip
    assert item.text == "One.\n\nTwo & three."
    assert (item.date, item.source, item.author) == ("2026-03-03T09:00:00+01:00", "The Wire", "Ada Merrin")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.example/x"]
)
def test_only_web_addresses_become_links(link: str) -> None:
    """An entry whose link is of another scheme is dropped and counted."""
    parsed = feed(
        f"<item><title>A title</title><link>{link}</link><description>Some text.</description></item>"
    )
    assert parsed.items == ()
    assert parsed.dropped == 1


def test_the_longest_text_of_an_entry_is_taken() -> None:
    """`content:encoded` with the whole text wins over a teaser."""
    parsed = feed(
        "<item><title>t</title><link>https://courier.example/a</link><description>Short.</description>"
        "<content:encoded><![CDATA[<p>The whole text.</p><ul><li>one</li><li>two</li></ul>]]></content:encoded></item>"
    )
    assert parsed.items[0].text == "The whole text.\n\none\n\ntwo"


def test_a_change_is_no_date_of_publication_in_atom() -> None:
    """Atom's `updated` alone gives no date; RSS's `dc:date` does."""
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>a</title><id>1</id>'
        '<link href="https://courier.example/a"/><updated>2026-03-03T09:00:00+02:00</updated>{}</entry></feed>'
    )
    without = parse_feed(atom.format("").encode(), url=URL)
    assert isinstance(without, Parsed)
    assert (without.items[0].date, without.items[0].updated) == (None, "2026-03-03T09:00:00+02:00")
    dated = parse_feed(atom.format("<published>2026-03-02T08:00:00+02:00</published>").encode(), url=URL)
    assert isinstance(dated, Parsed)
    assert dated.items[0].date == "2026-03-02T08:00:00+02:00"
    rss = feed(
        "<item><title>t</title><link>https://courier.example/a</link><dc:date>2026-03-01T07:00:00+05:00</dc:date></item>"
    )
    assert rss.items[0].date == "2026-03-01T07:00:00+05:00"


def test_the_feeds_own_clock_is_nobodys_date() -> None:
    """`lastBuildDate` and `pubDate` of the channel date no entry."""
    parsed = feed(
        "<item><title>t</title><link>https://courier.example/a</link></item>",
        head="<title>T</title><pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate><lastBuildDate>Tue, 03 Mar 2026 09:00:00 GMT</lastBuildDate>",
    )
    assert parsed.items[0].date is None


def test_json_feed() -> None:
    """JSON Feed 1.1; what is JSON but no feed says so; depth and giant numbers are no fault."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "C",
        "items": [
            {
                "id": 7,
                "url": "/a",
                "title": "A",
                "content_html": "<p>x</p><p>y</p>",
                "authors": [{"name": "Ada"}],
            },
            {"id": "8", "url": "javascript:x", "title": "B", "content_text": "t"},
            "no item",
        ],
    }
    parsed = parse_feed(json.dumps(made).encode(), url=URL)
    assert isinstance(parsed, Parsed)
    assert [(i.url, i.text, i.author) for i in parsed.items] == [
        ("https://courier.example/a", "x\n\ny", "Ada")
    ]
    assert parsed.dropped == 2
    for broken in (
        b'{"a":1}',
        b"{" * 100_000,
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b"9" * 9999 + b"]}",
    ):
        assert isinstance(parse_feed(broken, url=URL), Unreadable)


def test_costly_documents_are_refused_before_a_parser_sees_them() -> None:
    """Nesting, endless tags and entity bombs end within a second, whatever is asked for."""
    deep = b"<rss><channel>" + b"<a>" * 50_000
    wide = b"<rss " + b" ".join(b'a%d="x"' % n for n in range(60_000)) + b"></rss>"
    page = b"<html><body>" + b"<div>" * 200_000
    bomb = (
        b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(
            b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10 if n else b"&a;" * 10) for n in range(9)
        )
        + b"]><rss version='2.0'><channel><title>&a8;</title></channel></rss>"
    )
    for body in (deep, wide, page, bomb):
        for wanted in ("any", "feed", "sitemap", "page", "home"):
            started = time.process_time()
            document = read_document(Job(wanted=wanted, body=body, url=URL))  # type: ignore[arg-type]
            assert isinstance(document, Unreadable) or not getattr(document, "items", ())
            assert time.process_time() - started < 2


def test_external_entities_open_nothing(tmp_path) -> None:  # type: ignore[no-untyped-def]
    """A feed cannot read a file."""
    secret = tmp_path / "secret"
    secret.write_text("hush")
    body = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]><rss version="2.0"><channel><title>&x;</title><item><title>&x;</title><link>http://a.example/</link></item></channel></rss>'
    assert "hush" not in repr(parse_feed(body.encode(), url=URL))


def test_a_long_feed_is_cut_with_a_count() -> None:
    """What is beyond the limit is dropped and counted."""
    parsed = feed("<item><title>t</title><link>/a</link></item>" * (MOST_ITEMS // 40))
    assert len(parsed.items) == MOST_ITEMS // 40


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["any", "feed", "sitemap", "page", "home"]))
def test_no_bytes_raise(body: bytes, wanted: str) -> None:
    """Any bytes end in a document or the reason why not."""
    for start in (b"", b"<rss><item>", b"<opml><outline ", b"{", b"<urlset><url>", b"\x1f\x8b"):
        read_document(Job(wanted=wanted, body=start + body, url=URL))  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_plain_text_holds_no_tag(text: str) -> None:
    """No markup of an entry survives, however it is written."""
    for plain in (
        strip_line(f"<p>{text}<script>x</script>"),
        strip_paragraphs(f"<b {text}>{text}<img src=x onerror=y>"),
    ):
        assert "<img" not in (plain or "")
        assert "<script" not in (plain or "") or "&lt;script" in text


def test_dates_and_links_that_are_none() -> None:
    """A date that cannot be read is unknown; a link that is no web address is none."""
    assert clean_date("Tue, 03 Mar 2026 09:00:00 +0530") == "2026-03-03T09:00:00+05:30"
    for raw in ("yesterday", "2026-13-45", "0001-01-01T00:00:00Z", "99999-01-01", "", None, 5, "x" * 500):
        assert clean_date(raw) is None
    assert clean_link("//b.example/x#part", URL) == "https://b.example/x"
    for link in ("javascript:x", "http://", "http://a:99999/", "x" * 3000, None, "http://[::1"):
        assert clean_link(link, None) is None


# ---------------------------------------------------------------- sitemaps, OPML, pages


def test_a_sitemap_speaks_for_its_own_host_and_newest_first() -> None:
    """Other hosts, other schemes and itself are dropped; a change is no date of publication; news titles are kept."""
    body = (
        '<urlset xmlns:n="x"><url><loc>https://www.courier.example/old</loc><lastmod>2026-01-01</lastmod></url>'
        "<url><loc>https://courier.example/new</loc><n:news><n:publication_date>2026-03-03T08:00:00Z</n:publication_date>"
        "<n:title>New &amp; true</n:title></n:news></url><url><loc>http://127.0.0.1/</loc></url>"
        "<url><loc>file:///etc/passwd</loc></url><url><loc>https://other.example/x</loc></url></urlset>"
    )
    parsed = parse_sitemap(body.encode(), url="https://courier.example/sitemap.xml")
    assert isinstance(parsed, Parsed)
    assert [(i.url, i.title, i.date, i.updated) for i in parsed.items] == [
        ("https://courier.example/new", "New & true", "2026-03-03T08:00:00+00:00", None),
        ("https://www.courier.example/old", None, None, "2026-01-01T00:00:00"),
    ]
    assert parsed.dropped == 3


def test_an_index_that_names_itself_names_nothing() -> None:
    """A sitemap index gives the sitemaps of its host, never itself."""
    url = "https://courier.example/index.xml"
    body = f"<sitemapindex><sitemap><loc>{url}</loc></sitemap><sitemap><loc>https://courier.example/a.xml</loc></sitemap></sitemapindex>"
    parsed = parse_sitemap(body.encode(), url=url)
    assert isinstance(parsed, Parsed)
    assert parsed.more == ("https://courier.example/a.xml",)


def test_a_whole_archive_in_a_sitemap_is_cut_to_the_newest() -> None:
    """Of thousands of addresses those changed last are taken."""
    urls = "".join(
        f"<url><loc>https://courier.example/{n}</loc><lastmod>20{n % 26:02}-01-01</lastmod></url>"
        for n in range(3_000)
    )
    parsed = parse_sitemap(f"<urlset>{urls}</urlset>".encode(), url="https://courier.example/s.xml")
    assert isinstance(parsed, Parsed)
    assert len(parsed.items) == NEWEST
    assert {i.updated for i in parsed.items[:100]} == {"2025-01-01T00:00:00"}


def test_opml_is_read_tolerantly_and_written_soundly() -> None:
    """Nested, unclosed, of any case, with entities, each address once; what is written is read again as it was."""
    body = b"""<OPML><body><outline text='N'><outline TEXT="A &amp; B" XMLURL="http://a.example/f?x=1&amp;y=2">
        <outline xmlUrl='http://a.example/f?x=1&amp;y=2'/><outline xmlUrl="javascript:alert(1)"/>
        <outline title="feed" xmlUrl="feed://c.example/rss"/><outline text="unclosed" xmlUrl="http://b.example/"""
    read = parse_opml(body)
    assert isinstance(read, OutlineList)
    assert [(o.title, o.url) for o in read.outlines] == [
        ("A & B", "http://a.example/f?x=1&y=2"), (None, None), ("feed", "http://c.example/rss"),
    ]  # fmt: skip
    again = parse_opml(write_opml([('http://a.example/?a="1"&b', '<A> & "B"\x00', None)], title="T").encode())
    assert isinstance(again, OutlineList)
    assert [(o.url, o.title) for o in again.outlines] == [('http://a.example/?a="1"&b', '& "B"')]
    assert isinstance(parse_opml(b"<html></html>"), Unreadable)


def test_a_home_page_names_its_feeds_once_and_without_comments() -> None:
    """Two forms of one feed are one; the comments' feed is none."""
    html = (
        "<html><head><title>The Courier</title><base href='/x/'>"
        '<link rel="alternate" type="application/rss+xml" title="Courier (RSS)" href="rss">'
        '<link rel="alternate" type="application/atom+xml" title="Courier (Atom)" href="atom">'
        '<link rel="alternate" type="application/rss+xml" title="Courier Comments" href="/comments/feed">'
        '<link rel="alternate" type="application/rss+xml" title="Sport" href="/sport/rss"></head>'
        "<body><a href='/rss.xml'>RSS</a></body></html>"
    )
    home = read_document(Job(wanted="home", body=html.encode(), url="https://courier.example/"))
    assert getattr(home, "declared", None) == (
        "https://courier.example/x/rss", "https://courier.example/sport/rss",
    )  # fmt: skip
    assert getattr(home, "linked", None) == ("https://courier.example/rss.xml",)


def test_a_list_page_gives_the_links_of_its_repeated_structure() -> None:
    """Articles are found by the structure that repeats; menus, other sites and tags are none; no list says so."""
    teasers = "".join(
        f'<div class="teaser"><h2><a href="/2026/03/story-{n}-of-the-day">Council of Morkum decides item {n}</a></h2></div>'
        for n in range(7)
    )
    html = (
        "<ul class=nav><li><a href=/politics>Politics</a><li><a href=/sport>Sport</a><li><a href=/about/us-and-you-all>About</a></ul>"
        f"{teasers}<a href='https://ads.example/buy-this-now-please'>Buy this now please</a>"
    )
    parsed = read_document(Job(wanted="page", body=html.encode(), url="https://courier.example/"))
    assert isinstance(parsed, Parsed)
    assert [i.url for i in parsed.items] == [
        f"https://courier.example/2026/03/story-{n}-of-the-day" for n in range(7)
    ]
    assert parsed.items[0].title == "Council of Morkum decides item 0"
    assert isinstance(read_document(Job(wanted="page", body=b"<p>nothing</p>", url=URL)), Unreadable)


def test_a_crawl_delay_is_honoured_up_to_a_minute() -> None:
    """A delay that would keep a site from ever being read is cut; nonsense is none."""
    assert parse_rules(b"User-agent: *\nCrawl-delay: 5").delay == 5
    assert parse_rules(b"User-agent: *\nCrawl-delay: 86400").delay == 60
    assert parse_rules(b"User-agent: *\nCrawl-delay: soon").delay == 0
    assert parse_rules(b"Sitemap: https://a.example/s.xml").sitemaps == ("https://a.example/s.xml",)


def test_a_list_of_more_feeds_than_are_taken_says_so() -> None:
    """Of a hundred thousand feeds the first are taken and the others counted, within two seconds; nesting costs nothing."""
    started = time.process_time()
    outlines = b"".join(b'<outline xmlUrl="http://a%d.example/f"/>' % n for n in range(100_000))
    read = parse_opml(b"<opml><body>" + outlines + b"</body></opml>")
    assert isinstance(read, OutlineList)
    assert (len(read.outlines), read.left_out) == (5_000, 95_000)
    deep = parse_opml(
        b"<opml><body>" + b'<outline text="x">' * 50_000 + b'<outline xmlUrl="http://b.example/f"/>'
    )
    assert isinstance(deep, OutlineList)
    assert [o.url for o in deep.outlines] == ["http://b.example/f"]
    assert time.process_time() - started < 4
