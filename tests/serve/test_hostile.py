"""Text from outside stays text: no payload in any field becomes markup."""

from __future__ import annotations

from types import ModuleType
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from stemma.serve import create_app

ALLOWED = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "div", "p", "form", "label", "input", "button",
    "nav", "ul", "ol", "li", "main", "h1", "h2", "h3", "article", "section", "aside", "footer", "span", "b", "em", "bdi",
    "time", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "blockquote", "cite", "mark", "q", "dl",
    "dt", "dd", "svg", "path", "g", "circle", "line", "polyline", "rect", "text", "tspan", "figure", "figcaption", "code", "-text", "!doctype", "script", "noscript", "select", "option",
}  # fmt: skip


PAGES = (
    "/", "/story/1", "/article/1", "/article/1?mark=0-9", "/search", "/disagreements", "/latest", "/section?name=x",
    "/outlets", "/outlet?name=Norvale%20Gazette", "/people", "/person/ilse-marant", "/thread/1", "/feeds", "/mine", "/sections", "/sources", "/design",
)  # fmt: skip
FEEDS = tuple(
    f"{path}.{kind}{query}"
    for kind in ("atom", "rss", "json")
    for path, _, query in (
        (address.partition("?")[0], "", f"?{address.partition('?')[2]}" if "?" in address else "")
        for address in (
            "/feed", "/story/1", "/latest", "/outlet?name=Norvale%20Gazette", "/person/ilse-marant", "/thread/1", "/disagreements",
        )
    )
)  # fmt: skip


@pytest.mark.parametrize("number", range(9))
@pytest.mark.parametrize("private", [True, False])
def test_payload_in_every_field_stays_text(edition: ModuleType, number: int, private: bool) -> None:
    """With a payload in every text of every view, pages have no element, attribute or link of its making."""
    payload = edition.PAYLOADS[number]
    shelf = edition.poison_shelf(payload)
    client = TestClient(create_app(shelf, private=private), base_url="http://127.0.0.1")
    for address in PAGES:
        reply = client.get(
            address, params={"q": payload.encode("utf-8", "replace")} if address == "/search" else None
        )
        if address.startswith("/section?"):
            assert reply.status_code == 404
            continue
        assert reply.status_code == 200, address
        page = LexborHTMLParser(reply.text)
        assert {n.tag for n in page.css("*")} <= ALLOWED
        for script in page.css("script"):
            assert (script.attributes.get("src") or "").startswith("/static/")
            assert not script.text()
        for node in page.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on")
                if name in ("href", "action", "src"):
                    assert (value or "").startswith(("/", "#", "?", "http://", "https://")), value
        assert "49" not in page.css_first("title").text()
        assert "\u202e" not in reply.text
    for address in FEEDS:
        reply = client.get(address)
        assert reply.status_code == 200
        if not address.split("?")[0].endswith(".json"):
            tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(reply.content).iter()}
            assert not tags & {"script", "img", "svg"}


def test_every_payload_is_tried(edition: ModuleType) -> None:
    """The list above is counted by hand."""
    assert len(edition.PAYLOADS) == 9
