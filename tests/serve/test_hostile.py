"""Text from outside stays text: no payload in any field becomes markup."""

from __future__ import annotations

import dataclasses
from types import ModuleType

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient

from stemma.serve import create_app

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202egnp.exe\x00\x1b[31m\ud800",
    "]]><x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
    "\ue001\ue000<b>\ue000\ue001",
)
ALLOWED = {
    "html", "head", "meta", "title", "link", "body", "a", "header", "div", "p", "form", "label", "input", "button",
    "nav", "ul", "ol", "li", "main", "h1", "h2", "h3", "article", "section", "aside", "footer", "span", "b", "em", "bdi",
    "time", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "blockquote", "cite", "mark", "q", "dl",
    "dt", "dd", "svg", "path", "g", "circle", "line", "text", "code", "-text", "!doctype",
}  # fmt: skip
KEPT = {"kind", "relation", "qualifier", "direction", "genre", "date", "precision", "basis"}


def poison(value: object, payload: str, name: str = "") -> object:
    """The value with every free text replaced by the payload; closed lists are kept."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {f.name: poison(getattr(value, f.name), payload, f.name) for f in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(poison(v, payload, name) for v in value)
    if isinstance(value, str) and name not in KEPT:
        return f"{payload} {value}" if name == "text" else payload
    return value


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("private", [True, False])
def test_payload_in_every_field_stays_text(edition: ModuleType, payload: str, private: bool) -> None:
    """With a payload in every text of every view, pages have no element, attribute or link of its making."""
    shelf = edition.Shelf(
        rows=poison(edition.ROWS, payload),
        stories={1: poison(edition.STORY, payload)},
        articles={n: poison(edition.article(n), payload) for n in edition.TEXTS},
    )
    client = TestClient(create_app(shelf, private=private))
    for address in ("/", "/story/1", "/article/1", "/article/1?mark=0-9", "/search", "/disagreements"):
        reply = client.get(
            address, params={"q": payload.encode("utf-8", "replace")} if address == "/search" else None
        )
        assert reply.status_code == 200, address
        page = LexborHTMLParser(reply.text)
        assert {n.tag for n in page.css("*")} <= ALLOWED
        for node in page.css("*"):
            for name, value in node.attributes.items():
                assert not name.startswith("on")
                if name in ("href", "action", "src"):
                    assert (value or "").startswith(("/", "#", "http://", "https://")), value
        assert "49" not in page.css_first("title").text()
        assert "\u202e" not in reply.text
    for address in ("/feed.atom", "/feed.json"):
        assert client.get(address).status_code == 200
