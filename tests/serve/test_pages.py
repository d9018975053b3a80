"""Pages as a reader gets them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from types import ModuleType

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from stemma.errors import StoreBusyError, StoreError, UsageError
from stemma.serve import create_app
from stemma.serve.measured import SHOWN, find_measured, parse_measured

PAGES = (
    "/", "/story/1", "/article/1", "/article/1?mark=9-40", "/article/5", "/article/6",
    "/search", "/search?q=bridge", "/search?q=nothing-like-it", "/disagreements", "/about", "/nowhere",
    "/latest", "/latest?language=de", "/section?name=City", "/outlets", "/outlet?name=Norvale%20Gazette", "/people",
    "/person/ilse-marant", "/thread/1", "/feeds", "/mine", "/offline",
)  # fmt: skip


def parse(client: TestClient, address: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(address).text)


def test_front_page_says_why_a_story_stands_where_it_does(client: TestClient) -> None:
    """Each story has its title, lead, outlets, independent newsrooms, day as known, and disagreements."""
    page = parse(client, "/")
    first = page.css_first("article.card")
    assert first is not None
    words = first.text()
    assert "Tannet bridge closed" in words
    assert "3 independent newsrooms" in words
    assert "13 to 14 May 2031" in words
    assert "in 6 articles" in words
    assert "Reports differ: cost of the repair 3.2 million crowns, more than 3 million crowns" in words
    assert "Norvale Gazette" in words
    assert [a.attributes["href"] for a in page.css("article.card h2 a")][:2] == ["/story/1", "/story/2"]
    assert "more than 3 million crowns" in page.css_first(".rail").text()
    assert "undated" in page.body.text()


def test_every_citation_leads_to_its_words(client: TestClient, edition: ModuleType) -> None:
    """Following any citation of a story page opens an article in which exactly the cited words are marked."""
    page = parse(client, "/story/1")
    addresses = {a.attributes["href"] for a in page.css("a") if "mark=" in (a.attributes["href"] or "")}
    assert len(addresses) > 12
    for address in addresses:
        m = re.fullmatch(r"/article/(\d+)\?mark=(\d+)-(\d+)#mark", address)
        assert m
        target = LexborHTMLParser(client.get(address).text)
        marked = "".join(node.text() for node in target.css("mark"))
        assert marked == edition.TEXTS[int(m[1])][int(m[2]) : int(m[3])]
        assert len(target.css("#mark")) == 1


def test_added_words_are_told_apart(client: TestClient) -> None:
    """Words in the brief that no source has are shown as such."""
    added = [n.text() for n in parse(client, "/story/1").css(".brief .added")]
    assert added == [", according to Norvale Gazette"]


def test_both_sides_of_a_change_stand_side_by_side(client: TestClient) -> None:
    """A reworded quotation shows the earlier and the later words in one row."""
    rows = [r.text() for r in parse(client, "/story/1").css("table.changes tr")]
    reworded = next(r for r in rows if "reworded" in r)
    assert "will not reopen it" in reworded
    assert "won’t open it again" in reworded


def test_tree_has_an_equal_list(client: TestClient) -> None:
    """What the drawing shows, a list says: the same names in the same order."""
    page = parse(client, "/story/1")
    drawn = [n.text() for n in page.css("svg.tree .node-name")]
    listed = [li.css_first("bdi").text() for li in page.css(".tree-list li")]
    assert drawn == listed
    assert len(drawn) == 7


def test_article_page_shows_where_fields_came_from(client: TestClient) -> None:
    """The article page has its text, its evidence, its links and, apart, what else the page carried."""
    page = parse(client, "/article/1")
    words = page.body.text()
    assert "The bridge was built in 1961" in words
    assert "json-ld headline" in words
    assert "the page’s structured data" in words
    assert "Mara Quill and Theo Brandt" in words
    assert "07:40 UTC+02:00" in words
    assert "Night trams stay" in page.css_first("#others").text()
    assert page.css_first("p#p2") is not None


def test_article_page_shows_what_was_changed_later(client: TestClient) -> None:
    """A later text is told with its announced correction, and each change with the words before and after."""
    told = parse(client, "/article/1").css_first("#revisions")
    assert "The page announces a correction" in told.text()
    rows = [r.text() for r in told.css("table.changes tbody tr")]
    assert any("closed for a night" in r and "Headline changed" in r for r in rows)
    figure = next(r for r in rows if "Figure changed" in r)
    assert "12,000" in figure
    assert "14,000" in figure
    assert parse(client, "/article/2").css_first("#revisions") is None


def test_primary_source_is_linked_and_others_are_text(client: TestClient) -> None:
    """The primary source is a link where it is a web address, and plain text where it is anything else."""
    assert parse(client, "/article/6").css_first(".primary a").attributes["href"] == (
        "https://gazette.norvale.example/tannet-bridge-closed"
    )
    refused = parse(client, "/article/5").css_first(".primary")
    assert refused.css_first("a") is None
    assert "javascript:alert(1)" in refused.text()


def test_public_portal_shows_excerpts_only(public: TestClient, edition: ModuleType) -> None:
    """On a portal that others reach, an article page has its opening, the cited words, and the way to the source."""
    long = " ".join(f"word{i}" for i in range(500))
    shelf = edition.Shelf()
    shelf.articles[1] = replace(edition.article(1), text=f"{edition.TEXTS[1]}\n\n{long}")
    client = TestClient(create_app(shelf, private=False))
    page = parse(client, "/article/1")
    assert "word80" not in page.html
    assert "The bridge was built in 1961" not in page.css_first(".article-main").text()
    assert page.css_first(".onward a").attributes["href"] == "https://outlet1.example/2031/tannet?a=1&b=2"
    cited = edition.place(1, "The bridge was built in 1961")
    opened = parse(client, f"/article/1?mark={cited.start}-{cited.end}")
    assert opened.css_first("mark").text() == "The bridge was built in 1961"


def test_public_portal_opens_only_places_that_are_cited(public: TestClient) -> None:
    """Addresses made up in sequence do not give the text away."""
    page = parse(public, "/article/1?mark=300-380")
    assert page.css("mark") == []
    assert "not one that a page here cites" in page.body.text()


def test_merged_story_redirects_for_good(public: TestClient) -> None:
    """An old address of a joined story leads on, without a host in it."""
    reply = public.get("/story/9", headers={"Host": "evil.example"})
    assert reply.status_code == 308
    assert reply.headers["location"] == "/story/1"


@pytest.mark.parametrize(
    "address",
    [
        "/story/999999999999999999999", "/story/abc", "/story/0", "/story/-1", "/story/1/", "/story/", "/story/77",
        "/article/abc", "/article/99", "/article/1%00", "/static/../app.py", "/static/none.css", "/%ff", "//evil.example/",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404_in_plain_words(client: TestClient, address: str) -> None:
    """Numbers out of range, words for numbers, and unknown addresses give the page for 404 and no fault."""
    reply = client.get(f"http://127.0.0.1{address}")
    assert reply.status_code == 404
    assert "There is no such page" in reply.text
    assert "location" not in reply.headers


@pytest.mark.parametrize(
    "query",
    [
        "q=%ff%fe", "q=%00", "q=%ED%A0%80", "q=a&q=b", "q=" + "a" * 5000, "page=0", "page=-1", "page=abc", "q=a&page=999999999999999999999",
        "q[]=x", "&&&", "q", "=", "q=%22%27%3Cscript%3E", "q=%F0%9F%98%80", "mark=1-2", "q=a%0d%0aSet-Cookie:x=1",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/search", "/article/1", "/feed.atom", "/feed.json"])
def test_odd_query_strings_give_pages(client: TestClient, path: str, query: str) -> None:
    """No query string makes a fault or a header."""
    reply = client.get(f"{path}?{query}")
    assert reply.status_code == 200
    assert "set-cookie" not in reply.headers


def test_search_that_cannot_be_read_says_why(shelf) -> None:
    """What the store says of unreadable words is shown, and the page stays usable."""

    def refuse(words: str, *, limit: int, offset: int = 0, newest: bool = False):
        raise UsageError("a quotation mark is open")

    shelf.search = refuse
    reply = TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1").get('/search?q="x')
    assert reply.status_code == 400
    assert "a quotation mark is open" in reply.text


def test_snippet_is_an_excerpt(edition: ModuleType) -> None:
    """However long a snippet the store gives, a result shows no more than an excerpt."""
    shelf = edition.Shelf()
    hit = shelf.search("bridge", limit=1)[0]
    shelf.search = lambda words, *, limit, offset=0, newest=False: (replace(hit, snippet="word " * 5000),)
    assert (
        len(parse(TestClient(create_app(shelf, private=False)), "/search?q=x").css_first(".snippet").text())
        < 430
    )


def test_found_words_are_marked(client: TestClient) -> None:
    """The words found are marked in the snippet; the search box keeps them."""
    page = parse(client, "/search?q=bridge")
    assert {m.text() for m in page.css(".snippet mark")} == {"bridge"}
    assert page.css_first("#q").attributes["value"] == "bridge"


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("private", [True, False])
def test_page_is_well_built(shelf, address: str, private: bool) -> None:
    """Each page has a language, one h1, headings in order, landmarks, ids once, a skip link, and no inline style or script."""
    page = parse(TestClient(create_app(shelf, private=private), base_url="http://127.0.0.1"), address)
    assert page.css_first("html").attributes["lang"] == "en"
    assert len(page.css("h1")) == 1
    levels = [int(h.tag[1]) for h in page.css("h1, h2, h3, h4, h5, h6")]
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels)), levels
    for landmark in ("header", "nav", "main", "footer", "form[role=search]"):
        assert page.css_first(landmark) is not None, landmark
    assert page.css_first("a.skip").attributes["href"] == "#content"
    ids = [n.attributes["id"] for n in page.css("[id]")]
    assert len(ids) == len(set(ids))
    fragments = {h for a in page.css("a") if (h := a.attributes["href"] or "").startswith("#")}
    assert {f[1:] for f in fragments} <= set(ids)
    assert not page.css("[style], [onclick], iframe, img")
    assert all(
        (s.attributes.get("src") or "").startswith("/static/") and not s.text() for s in page.css("script")
    )
    assert all(not k.startswith("on") for n in page.css("*") for k in n.attributes)
    for link in page.css("a"):
        href = link.attributes["href"] or ""
        if not href.startswith(("/", "#", "?")):
            assert href.startswith(("http://", "https://"))
            assert link.attributes["rel"] == "noopener noreferrer nofollow"
    assert all((n.attributes["href"] or "").startswith("/") for n in page.css("link"))


def test_foreign_text_has_its_language_and_direction(client: TestClient) -> None:
    """Arabic and German words are marked as such, so that they are drawn and read aloud rightly."""
    page = parse(client, "/story/1")
    titles = {a.attributes.get("lang"): a for a in page.css("a.article-title")}
    assert titles["ar"].attributes["dir"] == "auto"
    assert parse(client, "/article/5").css_first("section.text").attributes["lang"] == "ar"


def test_empty_store_has_a_front_page(edition: ModuleType) -> None:
    """Before anything was read, the page says so."""
    shelf = edition.Shelf(rows=(), stories={}, articles={})
    client = TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1")
    assert "No story yet" in client.get("/").text
    assert client.get("/disagreements").status_code == 200


def test_store_that_cannot_be_read_is_503(shelf) -> None:
    """A busy or broken store is said in plain words, and readiness tells the service manager."""

    def busy(**_: object):
        raise StoreBusyError("locked")

    def broken():
        raise StoreError("gone")

    shelf.find_front, shelf.count_articles = busy, broken
    client = TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1")
    reply = client.get("/")
    assert reply.status_code == 503
    assert reply.headers["retry-after"] == "5"
    assert "locked" not in reply.text
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_fault_is_a_page_without_its_secrets(shelf) -> None:
    """A fault of ours gives a page in plain words with all safe headers, and no traceback."""

    def fail(**_: object):
        raise RuntimeError("secret detail")

    shelf.find_front = fail
    reply = TestClient(
        create_app(shelf, private=True), base_url="http://127.0.0.1", raise_server_exceptions=False
    ).get("/")
    assert reply.status_code == 500
    assert "secret detail" not in reply.text
    assert "Content-Security-Policy" in reply.headers


def test_front_page_turns_over(edition: ModuleType) -> None:
    """More stories than fit lead on to the next page and back."""
    rows = tuple(replace(edition.ROWS[1], story=n) for n in range(1, 71))
    client = TestClient(create_app(edition.Shelf(rows=rows), private=True), base_url="http://127.0.0.1")
    assert parse(client, "/").css_first('a[rel="next"]').attributes["href"] == "/?page=2"
    second = parse(client, "/?page=2")
    assert second.css_first('a[rel="prev"]').attributes["href"] == "/"
    assert second.css_first("article.card h2 a").attributes["href"] == "/story/31"
    assert parse(client, "/?page=3").css_first('a[rel="next"]') is None


def test_very_large_story_is_cut_and_says_so(edition: ModuleType) -> None:
    """Hundreds of copies and quotations make a page of bounded size that counts what it leaves out."""
    rows = tuple(replace(edition.row(1 + i % 6), article=100 + i) for i in range(300))
    rewrite = edition.COPIES[2]
    copies = tuple(replace(rewrite, child=100 + i, parent=100) for i in range(1, 300))
    quotes = tuple(
        replace(q, speaker=f"Person {i}", place=replace(q.place, article=100 + i))
        for i in range(300)
        for q in edition.QUOTES
    )
    story = replace(edition.STORY, story=2, articles=rows, copies=copies, quotes=quotes, title_from=None)
    client = TestClient(
        create_app(edition.Shelf(stories={2: story}), private=True), base_url="http://127.0.0.1"
    )
    reply = client.get("/story/2")
    assert len(reply.content) < 700_000
    assert "289 further copies" in reply.text
    assert "100 later articles" in reply.text
    assert "further speakers" in reply.text


def test_sources_say_how_they_fare(client: TestClient) -> None:
    """Each followed source has its state in words, what was read of it, and its problem where it has one."""
    rows = [r.text() for r in parse(client, "/sources").css("tbody tr")]
    assert "Norvale Gazette" in rows[0]
    assert "well" in rows[0]
    assert "1,200" in rows[0]
    assert "failing" in rows[1]
    assert "the server does not answer" in rows[1]


def test_places_lead_to_what_names_them(client: TestClient) -> None:
    """A place is a search for its name as a phrase, the newest first; sections and languages have their pages."""
    links = [a.attributes["href"] for a in parse(client, "/sections").css("main a")]
    assert "/search?q=%22Norvale%22&sort=new" in links
    assert "/section?name=City" in links
    assert "/latest?language=de" in links


def test_error_is_reported_to_the_operator(shelf) -> None:
    """Where a contact is set, each story has a link to report an error to it; where none is, there is no dead link."""
    for contact, href in (
        ("desk@news.example", "mailto:desk@news.example?subject=Error%20in%20%2Fstory%2F1"),
        ("https://news.example/errors", "https://news.example/errors"),
        ("javascript:alert(1)", None),
        ("", None),
    ):
        app = create_app(shelf, private=True, contact=contact)
        page = LexborHTMLParser(TestClient(app, base_url="http://127.0.0.1").get("/story/1").text)
        found = page.css(".tail a")[2:]
        assert [a.attributes["href"] for a in found] == ([href] if href else [])


def test_method_page_has_the_measured_figures(client: TestClient) -> None:
    """The figures are those of docs/quality.md, with their day; each that is named there is found."""
    day, figures = parse_measured(
        "## All stages, 2031-05-01\n\n| brief/neus | `brief` | rouge1_f 0.396, supported_sentences 0.987 | 0 | 1 |\n"
    )
    assert day == "2031-05-01"
    assert [(f.percent, f.texts) for f in figures] == [(98.7, "brief/neus")]
    shown = find_measured()[1]
    assert len(shown) == len(SHOWN)
    words = parse(client, "/about").body.text()
    assert all(f"{figure.percent} %" in words for figure in shown)


def test_same_words_are_given_once(client: TestClient) -> None:
    """On a person's page a quotation that two articles have stands once, with both; an outlet's words between are none of it."""
    page = parse(client, "/person/ilse-marant")
    said = [b.text().strip() for b in page.css(".saying blockquote")]
    assert len(said) == len(set(said))
    assert "“We won’t open it again until all the piers have been checked,” […] “This is the price" in said
    assert "The same words in Pelham Courier" in " ".join(page.css_first(".saying").text().split())


def test_documents_are_linked_without_trust(client: TestClient) -> None:
    """What newsrooms link stands with the words that lead there, and its own address lends it nothing of ours."""
    section = parse(client, "/story/1").css_first("#documents")
    assert section is not None
    link = section.css_first("li b > a")
    assert link is not None
    assert link.attributes["href"] == "https://www.council.example/reports/2031-05.pdf?version=2"
    assert set((link.attributes["rel"] or "").split()) >= {"nofollow", "noopener"}
    assert [q.text() for q in section.css("q")] == ["inspectors found cracks"] * 2
    assert [(a.attributes["href"] or "").split("?")[0] for a in section.css("p:not(.note) a")] == [
        "/article/1",
        "/article/2",
    ]
