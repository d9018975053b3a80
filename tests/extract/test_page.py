"""Bytes to characters: charset, binary files, sizes."""

from __future__ import annotations

import pytest

from stemma.extract.page import MAX_BYTES, decode_page
from stemma.types import ArticleId, Page, Rejected

WORDS = "Der Bürgermeister von Kleinöd eröffnete die Brücke über die Lauge für alle Fußgänger."


def decode(body: bytes, charset: str | None = None) -> str | Rejected:
    decoded = decode_page(Page(id=ArticleId("a"), kind="html", body=body, charset=charset))
    if isinstance(decoded, Rejected):
        return decoded
    assert decoded.utf8.decode() == decoded.text
    return decoded.text


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (WORDS.encode(), None),
        (WORDS.encode("cp1252"), None),
        (WORDS.encode("cp1252"), "iso-8859-1"),
        (WORDS.encode(), "iso-8859-1"),
        (WORDS.encode("utf-16"), None),
        (b"\xef\xbb\xbf" + WORDS.encode(), "windows-1251"),
        (b'<meta charset="iso-8859-15">' + WORDS.encode("iso-8859-15"), None),
    ],
)
def test_charset(body: bytes, charset: str | None) -> None:
    """Mark, valid UTF-8, transport, meta and Windows-1252 are tried in that order of trust."""
    text = decode(body, charset)
    assert isinstance(text, str)
    assert text.endswith(WORDS)


@pytest.mark.parametrize("label", ["shift_jis", "euc-jp", "iso-2022-jp"])
def test_japanese(label: str) -> None:
    """A declared legacy charset is obeyed, also where its bytes look like ASCII."""
    words = "市長は橋を開いた。" * 5
    assert (
        decode(b'<meta charset="' + label.encode() + b'">' + words.encode(label))
        == f'<meta charset="{label}">{words}'
    )


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04aa", bytes(range(32)) * 40]
)
def test_binary(body: bytes) -> None:
    """A file that is no text is said to be none."""
    found = decode(body)
    assert isinstance(found, Rejected)
    assert found.reason == "not a text"


def test_undeclared_cyrillic() -> None:
    """Bytes of another script without a declaration are refused, not read as accented Latin letters."""
    found = decode(("Мэр открыл мост через реку. " * 20).encode("cp1251"))
    assert isinstance(found, Rejected)
    assert found.reason == "unreadable charset"


def test_declared_utf7_is_not_believed() -> None:
    """UTF-7, which hides tags from filters, is never decoded."""
    assert decode(b"+ADw-script+AD4-", "utf-7") == "+ADw-script+AD4-"


def test_sizes() -> None:
    """An empty page is too short, one over the limit too large."""
    short, large = decode(b" \n "), decode(b"a" * (MAX_BYTES + 1))
    assert isinstance(short, Rejected)
    assert short.reason == "too short"
    assert isinstance(large, Rejected)
    assert large.reason == "too large"
