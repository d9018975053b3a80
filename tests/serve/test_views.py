"""Lists of every kind, their feeds, the interface's languages, who may ask, what is kept, what is announced."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import date
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from stemma import serve
from stemma.config import load_settings
from stemma.errors import ConfigError, StoreError
from stemma.serve import create_app
from stemma.serve.guard import parse_host
from stemma.serve.live import Live, write_event
from stemma.serve.messages import TAGS, choose_language, completeness, count_things, load_language, speak, t
from stemma.serve.templating import TOLD
from stemma.serve.words import (
    ADDITIONS,
    CHANGES,
    COPY_KINDS,
    DATE_BASES,
    FIELDS,
    GENRES,
    SIZES,
    STATES,
    describe_span,
    join_words,
)
from stemma.store.listings import ArrivalView
from stemma.store.views import PublishedView

LISTS = ("/feed", "/latest", "/latest?language=de", "/section?name=City", "/disagreements", "/outlet?name=Norvale%20Gazette", "/person/ilse-marant", "/thread/1", "/story/1", "/search?q=bridge")  # fmt: skip


def parse(client: TestClient, address: str, **headers: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(address, headers=headers).text)


def feed_of(address: str, kind: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}.{kind}{mark}{query}"


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_every_list_is_a_feed(client: TestClient, address: str, kind: str) -> None:
    """Each parses without a problem, with stable ids that are all different, and answers to its tag with 304."""
    reply = client.get(feed_of(address, kind))
    assert reply.status_code == 200
    if kind == "json":
        feed = reply.json()
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        ids = [item["id"] for item in feed["items"]]
    else:
        parsed = feedparser.parse(reply.content)
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == {"atom": "atom10", "rss": "rss20"}[kind]
        ids = [entry.id for entry in parsed.entries]
        assert all(entry.title and entry.link for entry in parsed.entries)
    assert ids
    assert len(set(ids)) == len(ids)
    again = client.get(feed_of(address, kind), headers={"If-None-Match": reply.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", LISTS[1:])
def test_page_names_its_feeds(client: TestClient, address: str) -> None:
    """Each list leads to its feeds, for programs and for people."""
    page = parse(client, address)
    feeds = {feed_of(address, kind) for kind in ("atom", "rss", "json")}
    assert feeds <= {link.attributes["href"] for link in page.css('link[rel="alternate"]')}
    assert feeds <= {a.attributes["href"] for a in page.css("footer a")}


def test_links_are_absolute_only_with_a_public_address(shelf) -> None:
    """Without one, no feed names a host; with one, every link begins with it."""
    relative = TestClient(create_app(shelf, private=False))
    absolute = TestClient(create_app(shelf, private=False, public_url="https://news.norvale.example"))
    for address in LISTS:
        items = relative.get(feed_of(address, "json")).json()["items"]
        assert all(item["url"].startswith("/") for item in items)
        items = absolute.get(feed_of(address, "json")).json()["items"]
        assert all(item["url"].startswith("https://news.norvale.example/") for item in items)
    root = ElementTree.fromstring(absolute.get("/feed.rss").content)
    assert root.findtext("channel/link") == "https://news.norvale.example/"


def test_outlet_page_says_what_it_was_first_with(client: TestClient) -> None:
    """First with, taken from, taken by, newest, and by how many articles it was judged."""
    page = parse(client, "/outlet?name=Norvale%20Gazette")
    words = page.body.text()
    assert "Tannet bridge closed" in page.css_first("#first").text()
    assert "Meridian Wire" in page.css_first("#takes").text()
    assert "Pelham Courier" in page.css_first("#taken").text()
    assert "Judged by its newest 1,000 articles" in words
    assert client.get("/outlet?name=None").status_code == 404
    assert client.get("/outlet").status_code == 404


def test_person_page_leads_to_the_words(client: TestClient, edition: ModuleType) -> None:
    """Each quotation opens its article at exactly those words, with what interrupts them."""
    page = parse(client, "/person/ilse-marant")
    links = page.css(".saying blockquote a")
    assert len(links) == 6
    for link in links:
        target = parse(client, link.attributes["href"] or "")
        marked = "".join(n.text() for n in target.css("mark"))
        pieces = link.text().split(" […] ")
        assert marked.startswith(pieces[0])
        assert marked.endswith(pieces[-1])
        assert len(pieces) > 1 or marked == link.text()
    assert "Ilse Márrant" in page.body.text()


def test_speaker_of_a_story_leads_to_the_person(client: TestClient) -> None:
    """The name above the quotations is a link, whatever its spelling."""
    links = {a.attributes["href"] for a in parse(client, "/story/1").css(".speaker h3 a")}
    assert "/person/ilse-marant" in links


def test_thread_page_has_timeline_and_stories(client: TestClient) -> None:
    """Dated sentences with citations, then the stories; what is left out is counted."""
    page = parse(client, "/thread/1")
    assert len(page.css(".timeline li")) == 2
    assert len(page.css(".timeline a.cite")) == 2
    assert "3 further stories" in page.body.text()


def test_value_stands_inside_its_sentence(client: TestClient) -> None:
    """A compared value has the words around it, and the value alone is the link."""
    cell = parse(client, "/story/1").css_first("table.values td .words")
    assert cell.text().startswith("Found were ")
    assert cell.css_first("a").text() in cell.text()


@pytest.mark.parametrize("tag", TAGS)
def test_interface_speaks_each_language(client: TestClient, tag: str) -> None:
    """By header and by `?lang=`: the page's language and direction are said; articles keep theirs."""
    for page in (
        parse(client, "/", **{"Accept-Language": f"xx, {tag};q=0.8"}),
        parse(client, f"/?lang={tag}", **{"Accept-Language": "xx"}),
    ):
        html = page.css_first("html")
        assert html.attributes["lang"] == tag
        assert html.attributes["dir"] == ("rtl" if tag == "ar" else "ltr")
        assert page.css_first("nav.sections a").text() == load_language(tag).messages.get(
            "Front page", "Front page"
        )
        assert "Tannet bridge closed" in page.body.text()
    assert client.get(f"/story/1?lang={tag}").status_code == 200


def test_messages_keep_their_places() -> None:
    """Every message is translated, with the same `{places}`, twelve months, and plurals for all forms of the language."""
    forms = {"en": 2, "de": 2, "fr": 2, "es": 2, "uk": 3, "ar": 6}
    for tag in TAGS:
        language = load_language(tag)
        assert len(language.months) == 12
        for message, translated in language.messages.items():
            places = {part.partition("}")[0] for part in message.split("{")[1:]}
            assert {part.partition("}")[0] for part in translated.split("{")[1:]} == places, (tag, message)
        assert all(len(f) == forms[tag] for f in language.plurals.values()), tag
        assert completeness(tag) == 100, tag


def test_english_lists_every_message() -> None:
    """What templates and code say stands in the list by which translations are counted, and no translation is of nothing."""
    package = Path(serve.__file__).parent
    said = {
        message
        for path in (*package.glob("templates/*.html"), *package.glob("*.py"))
        for message in re.findall(r'\bt\(\s*"((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8"))
    } | set(TOLD)
    for names in (COPY_KINDS, CHANGES, DATE_BASES, FIELDS, ADDITIONS, STATES, SIZES, GENRES):
        said |= set(names.values())
    listed = load_language("en")
    assert said <= set(listed.messages)
    for tag in TAGS:
        assert set(load_language(tag).messages) <= set(listed.messages), tag
        assert set(load_language(tag).plurals) <= set(listed.plurals), tag


def test_numbers_and_days_in_the_readers_manner() -> None:
    """Thousands, plurals and word order follow the language."""
    with speak("uk"):
        assert [count_things(n, "article") for n in (1, 3, 5, 11, 21)] == ["1 стаття", "3 статті", "5 статей", "11 статей", "21 стаття"]  # fmt: skip
    with speak("de"):
        assert count_things(1200, "article") == "1.200 Artikel"
        assert t("page {n}", n="{x}") == "Seite {x}"
    with speak("ar"):
        assert count_things(2, "article") == "مقالان"
        assert join_words(["1", "2", "3"]) == "1، 2 و3"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "9 to 11 March 2031"), ("de", "9. bis 11. März 2031"), ("fr", "9 à 11 mars 2031"), ("es", "9 a 11 de marzo de 2031"),
        ("uk", "від 9 до 11 березня 2031"), ("ar", "9 إلى 11 مارس 2031"),
    ],
)  # fmt: skip
def test_span_of_days_says_its_month_once(tag: str, said: str) -> None:
    """From a story's first day to its last, in the manner of each language."""
    days = PublishedView(stated=None, basis=(), earliest=date(2031, 3, 9), latest=date(2031, 3, 11))
    with speak(tag):
        assert describe_span(days) == said


@pytest.mark.parametrize(
    ("asked", "accepted", "tag"),
    [
        (None, "", "en"), (None, "pt, fr;q=0.5, de;q=0.9", "de"), ("uk", "de", "uk"), ("xx", "es-MX", "es"), (None, "de;q=0", "en"),
        (None, ";;,q=,de;q=x", "en"), (None, "de" * 9999, "en"),
    ],
)  # fmt: skip
def test_language_is_chosen_by_quality(asked: str | None, accepted: str, tag: str) -> None:
    """`Accept-Language` is read by its weights; nonsense is English."""
    assert choose_language(asked, accepted) == tag


@pytest.mark.parametrize("host", ["localhost", "localhost:8040", "127.0.0.1:1", "127.9.9.9", "[::1]:8040", "LOCALHOST."])  # fmt: skip
def test_private_portal_knows_its_own_names(shelf, host: str) -> None:
    """This machine's names are answered, with any port."""
    client = TestClient(create_app(shelf, private=True))
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "192.168.1.4", "", "@127.0.0.1", "127.0.0.1@evil.example", "::1", "0.0.0.0", "127.0.0.1/x", "[::1"])  # fmt: skip
def test_private_portal_refuses_foreign_names(shelf, host: str) -> None:
    """A page of another site whose name was turned to this machine reads nothing: 421 in plain words, on every address."""
    client = TestClient(create_app(shelf, private=True))
    for address in ("/", "/story/1", "/healthz", "/static/style.css", "/feed.json"):
        reply = client.get(address, headers={"Host": host})
        assert reply.status_code == 421
        assert "private" in reply.text
        assert "Tannet" not in reply.text


def test_configured_host_is_known(shelf) -> None:
    """A private portal with a public address answers by that host too, and by no other."""
    client = TestClient(create_app(shelf, private=True, public_url="https://news.norvale.example"))
    assert client.get("/", headers={"Host": "news.norvale.example"}).status_code == 200
    assert client.get("/", headers={"Host": "other.norvale.example"}).status_code == 421
    assert parse_host("a:b") is None


def test_public_switch_shows_excerpts_behind_a_proxy(tmp_path) -> None:
    """On a loopback listener STEMMA_PUBLIC=1 makes readers strangers; what cannot be read is refused."""
    home = {"STEMMA_HOME": str(tmp_path)}
    assert load_settings(home).private
    settings = load_settings({**home, "STEMMA_PUBLIC": "1", "STEMMA_PUBLIC_URL": "https://news.example/"})
    assert not settings.private
    assert settings.public_url == "https://news.example"
    for wrong in ({"STEMMA_PUBLIC": "yes"}, {"STEMMA_WRITERS": "-1"}, {"STEMMA_WRITERS": "many"}, {"STEMMA_WRITERS": "900"}, {"STEMMA_PUBLIC_URL": "news.example"}, {"STEMMA_PUBLIC_URL": "https://u@x/"}, {"STEMMA_PUBLIC_URL": "https://x/path"}):  # fmt: skip
        with pytest.raises(ConfigError):
            load_settings({**home, **wrong})


def test_kept_page_is_gone_with_the_next_change(shelf) -> None:
    """While the store stands still a page is written once a language, however it is asked for; after a change, anew."""
    shelf.still = True
    client = TestClient(create_app(shelf, private=False))
    asked = []
    find = shelf.find_front
    shelf.find_front = lambda **options: asked.append(options) or find(**options)
    first = [client.get("/").content for _ in range(3)]
    assert len(asked) == 1
    assert len(set(first)) == 1
    assert client.get("/", headers={"Accept-Language": "de"}).content != first[0]
    assert client.get("/", headers={"Accept-Encoding": "identity"}).content == first[0]
    assert client.head("/").content == b""
    assert len(asked) == 2
    shelf.rows, shelf.version = (), 7
    assert "No story yet" in client.get("/").text


def test_faults_and_missing_pages_are_not_kept(shelf) -> None:
    """What failed once is tried again."""
    shelf.still = True
    client = TestClient(create_app(shelf, private=False), raise_server_exceptions=False)
    good = shelf.find_front

    def broken(**_: object):
        raise StoreError("gone")

    shelf.find_front = broken
    assert client.get("/").status_code == 503
    shelf.find_front = good
    assert client.get("/").status_code == 200
    assert client.get("/story/77").status_code == 404


def test_event_names_stories_once() -> None:
    """A story that was opened is not also said to have grown; no title can break the frame."""
    found = [
        ArrivalView(article=5, story=2, title="A\n\ndata: x\u2028", opened=True),
        ArrivalView(article=6, story=2, title="A", opened=False),
        ArrivalView(article=7, story=1, title="B", opened=False),
    ]
    event = write_event(found)
    lines = event.removesuffix("\n\n").split("\n")
    assert [line.partition(":")[0] for line in lines] == ["id", "event", "data"]
    data = json.loads(lines[2].removeprefix("data: "))
    assert [item["story"] for item in data["opened"]] == [2]
    assert data["grown"] == [1]


def test_listeners_are_told_and_let_go(shelf) -> None:
    """A listener hears of an arrival; stopping ends the stream at once."""

    async def run() -> list[str]:
        live, heard = Live(shelf), []
        shelf.arrivals = (ArrivalView(article=9, story=1, title="T", opened=True),)
        stream = live._stream(3)
        heard.append(await anext(stream))
        heard.append(await anext(stream))
        rest = asyncio.create_task(anext(stream))
        await asyncio.sleep(0.05)
        live.stop()
        with pytest.raises(StopAsyncIteration):
            await asyncio.wait_for(rest, 2)
        return heard

    heard = asyncio.run(run())
    assert heard[0].startswith("retry:")
    assert '"story": 1' in heard[1]


def test_manifest_and_worker_are_sound(client: TestClient) -> None:
    """The application's description is JSON whose own addresses exist; the worker lies at the root."""
    manifest = client.get("/manifest.webmanifest").json()
    addresses = [
        manifest["start_url"],
        manifest["icons"][0]["src"],
        *(s["url"] for s in manifest["shortcuts"]),
    ]
    assert all(client.get(address).status_code == 200 for address in addresses)
    worker = client.get("/sw.js")
    assert worker.headers["content-type"].startswith("text/javascript")
    assert worker.headers["cache-control"] == "no-cache"


def test_scripts_set_text_and_never_markup(client: TestClient) -> None:
    """No script of ours has a way to turn text into markup or code."""
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "DOMParser", "srcdoc", "http:", "https:")  # fmt: skip
    for name in ("early", "portal", "own", "mine", "keys", "live"):
        script = client.get(f"/static/{name}.js")
        assert script.status_code == 200
        assert not [word for word in forbidden if word in script.text], name
