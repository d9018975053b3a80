"""Headers, caching, methods, static files and feeds."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from types import ModuleType
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from stemma.serve import create_app

EVERYTHING = (
    "/", "/story/1", "/article/1", "/search?q=x", "/about", "/disagreements", "/feed.atom", "/feed.json", "/healthz",
    "/readyz", "/robots.txt", "/static/style.css", "/static/icon.svg", "/nowhere", "/story/9", "/latest", "/outlets", "/people",
    "/outlet?name=Norvale%20Gazette", "/person/ilse-marant", "/thread/1", "/feeds", "/mine", "/offline", "/feed.rss",
    "/story/1.json", "/person/ilse-marant.rss", "/manifest.webmanifest", "/sw.js", "/static/portal.js",
)  # fmt: skip
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("address", EVERYTHING)
def test_every_answer_is_guarded(client: TestClient, address: str) -> None:
    """Every answer forbids script that is not our own file, and outside requests, is not sniffed, and sets no cookie."""
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'")
    assert "unsafe" not in policy
    assert "require-trusted-types-for 'script'" in policy
    assert set(re.findall(r"[\w.-]*[.:][\w./-]+", policy)) == set()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers


@pytest.mark.parametrize(
    "address", ["/", "/story/1", "/article/1", "/feed.atom", "/feed.json", "/static/style.css"]
)
def test_unchanged_page_is_not_sent_again(client: TestClient, address: str) -> None:
    """A reader's copy is confirmed by its tag without a body; another tag gets the page."""
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_pages_are_asked_for_again_and_static_files_are_kept(client: TestClient) -> None:
    """What is withheld must vanish at once; a file named by its content never changes."""
    page = client.get("/")
    assert page.headers["cache-control"] == "no-cache"
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert "immutable" in client.get(style).headers["cache-control"]
    assert client.get("/static/style.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/style.css?v=wrong").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("address", EVERYTHING)
def test_head_is_get_without_a_body(client: TestClient, address: str) -> None:
    """HEAD answers with the status and headers of GET."""
    plain = {"Accept-Encoding": "identity"}
    get, head = client.get(address, headers=plain), client.head(address, headers=plain)
    assert head.status_code == get.status_code
    assert head.headers.get("etag") == get.headers.get("etag")
    assert head.headers.get("content-type") == get.headers.get("content-type")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused(client: TestClient, method: str) -> None:
    """Nothing can be written here."""
    reply = client.request(method, "/")
    assert reply.status_code == 405
    assert "GET" in reply.headers["allow"]


def test_no_host_header_gets_into_a_page(public: TestClient) -> None:
    """Links are relative, whatever host and proxy claim."""
    claims = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher", "Forwarded": "host=evil.example"}  # fmt: skip
    for address in EVERYTHING:
        reply = public.get(address, headers=claims)
        assert "evil.example" not in reply.text
        assert "evil.example" not in str(reply.headers)


def test_same_store_same_bytes(shelf) -> None:
    """Two portals over one store write the same pages."""
    one, two = (TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1") for _ in range(2))
    for address in EVERYTHING:
        assert one.get(address).content == two.get(address).content


def test_atom_feed_is_well_formed_and_stable(client: TestClient, edition: ModuleType) -> None:
    """Entries have ids of their own that outlive a new title, and links to the story pages."""
    root = ElementTree.fromstring(client.get("/feed.atom").content)
    entries = root.findall(f"{ATOM}entry")
    assert [e.find(f"{ATOM}link").attrib["href"] for e in entries][:2] == ["/story/1", "/story/2"]
    ids = [e.findtext(f"{ATOM}id") for e in entries]
    assert len(set(ids)) == len(entries) == len(edition.ROWS)
    assert all(root.findtext(f"{ATOM}{tag}") for tag in ("id", "title", "updated"))
    renamed = edition.Shelf(rows=tuple(replace(r, title="Another title") for r in edition.ROWS))
    later = ElementTree.fromstring(
        TestClient(create_app(renamed, private=True), base_url="http://127.0.0.1").get("/feed.atom").content
    )
    assert [e.findtext(f"{ATOM}id") for e in later.findall(f"{ATOM}entry")] == ids


def test_atom_feed_holds_what_xml_cannot(edition: ModuleType) -> None:
    """Controls, half characters and markup in a title leave the feed well formed."""
    title = "a\x00b\x0b\ud800\ufffe<script>&amp;]]>"
    shelf = edition.Shelf(rows=(replace(edition.ROWS[0], title=title, lead=title),))
    client = TestClient(create_app(shelf, private=True), base_url="http://127.0.0.1")
    root = ElementTree.fromstring(client.get("/feed.atom").content)
    assert root.findtext(f"{ATOM}entry/{ATOM}title") == "ab<script>&amp;]]>"
    assert json.loads(client.get("/feed.json").content)["items"][0]["title"].endswith("<script>&amp;]]>")


def test_json_feed_has_its_version_and_items(client: TestClient) -> None:
    """The feed is JSON Feed 1.1 with an id, an address and words for each story."""
    feed = client.get("/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["items"][0]["url"] == "/story/1"
    assert "3 independent newsrooms" in feed["items"][0]["content_text"]
    assert all(item["id"].startswith("urn:uuid:") for item in feed["items"])


def test_search_is_a_feed(client: TestClient) -> None:
    """A search can be followed like the front page."""
    feed = client.get("/feed.json?q=bridge").json()
    assert feed["home_page_url"] == "/search?q=bridge"
    assert {"/story/1", "/article/1"} <= {item["url"] for item in feed["items"]}
    assert "\ue000" not in client.get("/feed.atom?q=bridge").text
