"""Which addresses from outside become links."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.serve.links import find_language, find_link, link_search, parse_mark, parse_row


@pytest.mark.parametrize(
    "address",
    [
        "https://gazette.example/a?b=1&c=2#d",
        "http://gazette.example:8080/ä",
        "HTTPS://Gazette.Example/",
        "https://[2001:db8::1]/x",
    ],
)
def test_http_addresses_are_links(address: str) -> None:
    """A plain web address is linked unchanged."""
    link = find_link(address)
    assert link is not None
    assert link.href == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://gazette.example/",
        "//gazette.example/",
        "/story/1",
        "gazette.example/a",
        "https://",
        "https://gazette.example@evil.example/",
        "https://gazette.example\\@evil.example/",
        "https://gazette.example/\u202egpj.exe",
        "https://gazette.example/ a",
        "https://gazette.example:99999/",
        "https://[::1/",
        "https://gazette.example/" + "a" * 2000,
        'https://gazette.example/"onclick="x',
    ],
)
def test_anything_else_is_text(address: str | None) -> None:
    """Other schemes, hidden users, broken hosts and white space are never linked."""
    assert find_link(address) is None


@given(st.text())
def test_no_address_stops_a_page(address: str) -> None:
    """Any string is judged without a fault, and a link always begins with http."""
    link = find_link(address)
    assert link is None or link.href.lower().startswith(("http://", "https://"))


@pytest.mark.parametrize(
    "value", ["0", "-1", "+1", "01", "1.0", "abc", "", "1" * 19, "١", "1 ", "1\n", "0x1"]
)
def test_only_plain_row_numbers_are_rows(value: str) -> None:
    """Everything that is not a small positive number in ASCII digits is no row."""
    assert parse_row(value) is None


def test_row_and_mark() -> None:
    """Numbers and marks of the usual form are read."""
    assert parse_row("12") == 12
    assert parse_mark("3-17") == (3, 17)


@pytest.mark.parametrize(
    "value", [None, "", "3", "17-3", "3-3", "-3", "3-", "a-b", "1-2-3", "3-1" + "0" * 10]
)
def test_odd_marks_are_none(value: str | None) -> None:
    """A mark that is no place is ignored."""
    assert parse_mark(value) is None


def test_language_tags_are_checked() -> None:
    """Only well-formed tags reach a `lang` attribute."""
    assert find_language("pt-BR") == "pt-BR"
    assert find_language('en" onload="x') is None
    assert find_language("english") is None


def test_search_address_carries_any_words() -> None:
    """Words of any script, and half characters, go into an address and out of a page's way."""
    assert link_search("a&b=c", page=2) == "/search?q=a%26b%3Dc&page=2"
    assert link_search("\ud800") == "/search?q=%3F"
