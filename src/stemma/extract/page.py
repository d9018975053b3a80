"""From the bytes of a page to its characters, or the reason why not.

Says which charset a page is in (mark at its start, transport, its own `meta`, UTF-8, Windows-1252), and refuses what is
no text or too large, before any parser sees it. Knows nothing of HTML but where a `meta charset` stands. Both kinds of
page, web page and flattened text, come through here; the result goes to `extract.html` or `extract.flat`.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from stemma.types import Page, Reason, Rejected

MAX_BYTES = 20_000_000
"""Bytes of one page. The largest page of the benchmark has 1.3 MB; feeds of whole archives have 7 MB."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters of a page, and the same as UTF-8: most pages are that already, and parsers read bytes."""

    text: str
    utf8: bytes


def decode_page(page: Page) -> Decoded | Rejected:
    """The characters of a page, line ends as written, without a byte order mark.

    A page that is valid UTF-8 with characters beyond ASCII is read as UTF-8 whatever it declares: a legacy encoding gives
    such byte sequences by chance about never, while servers that declare their default charset for everything are common.
    Otherwise the order is that of the WHATWG Encoding Standard: byte order mark, transport, `meta`, then a guess.
    """
    body = page.body
    if len(body) > MAX_BYTES:
        return reject(page, "too large", f"{len(body):,} bytes, the limit is {MAX_BYTES:,}")
    if not body[:_LOOKED_AT].strip() and not body.strip():
        return reject(page, "too short", "the page is empty")
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return _readable(page, body[len(mark) :].decode(codec, "replace"), codec)
    if (kind := _binary(body)) is not None:
        return reject(page, "not a text", f"the bytes are {kind}")
    declared = [c for c in (_codec(page.charset), _codec(_meta_charset(body))) if c]
    seven_bit = [c for c in declared if c in _SEVEN_BIT]
    if not seven_bit:
        try:
            return _readable(page, body.decode("utf-8"), "utf-8", same=True)
        except UnicodeDecodeError:
            pass
    for codec in declared:
        try:
            return _readable(page, body.decode(codec), codec)
        except UnicodeDecodeError:
            continue
    # Declared but broken in places: the declaration still says most; without one, Windows-1252 is the web's default.
    if declared:
        return _readable(page, body.decode(declared[0], "replace"), declared[0])
    broken_utf8 = body.decode("utf-8", "replace")
    if broken_utf8.count("\ufffd") <= _mostly_utf8(body):
        return _readable(page, broken_utf8, "utf-8")
    text = body.decode("cp1252", "replace")
    if _foreign(text):
        return reject(
            page, "unreadable charset", "the page declares no charset and is in none that can be told"
        )
    return _readable(page, text, "cp1252")


def reject(page: Page, reason: Reason, detail: str) -> Rejected:
    """The page as a rejection of this stage."""
    return Rejected(id=page.id, stage="extract", reason=reason, detail=detail)


# ---------------------------------------------------------------- helpers

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that are no text (the signatures that libmagic knows them by).
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"RIFF", "a picture or sound"),
    (b"PK\x03\x04", "a ZIP archive or office file"),
    (b"\x1f\x8b", "compressed"),
    (b"BZh", "compressed"),
    (b"\x28\xb5\x2f\xfd", "compressed"),
    (b"\xfd7zXZ", "compressed"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"OggS", "sound or video"),
    (b"ID3", "sound or video"),
    (b"\x00\x00\x00", "sound or video"),
    (b"\xd0\xcf\x11\xe0", "an office file"),
)
# Labels whose browser meaning (WHATWG Encoding Standard, section 4.2) is not what Python understands by them.
_LABELS = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "l1": "cp1252",
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254", "latin5": "cp1254", "iso-8859-11": "cp874",
    "tis-620": "cp874", "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "korean": "cp949", "shift_jis": "cp932", "shift-jis": "cp932",
    "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "big5": "big5hkscs", "big5-hkscs": "big5hkscs",
    "iso-8859-8-i": "iso8859-8", "x-mac-roman": "mac-roman", "macintosh": "mac-roman",
    "x-mac-cyrillic": "mac-cyrillic", "unicode-1-1-utf-8": "utf-8", "utf8": "utf-8", "utf-8": "utf-8",
    "utf8mb4": "utf-8", "x-euc-jp": "euc-jp",
}  # fmt: skip
_SEVEN_BIT = frozenset({"iso2022_jp", "iso2022_kr", "hz"})
# Python codecs that are no character encodings, or that nobody may choose for a page (UTF-7 hides tags).
_NEVER = re.compile(r"utf[_-]?7|idna|punycode|unicode_escape|raw_unicode|undefined|mbcs|oem|palmos")
_META = re.compile(
    rb"""<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""",
    re.I,
)
_LOOKED_AT = 4096
_SAMPLE = 20_000
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D, 0x1B})
_REPLACED = "\ufffd".encode()
_HIGH_LEAD, _HIGH_CONTROLS = b"\xc2", re.compile(rb"\xc2[\x80-\x9f]")  # U+0080 to U+009F as UTF-8
_MARKUP = re.compile(r"<(?:script|style)\b.*?</(?:script|style)|<[^<>]*>", re.S | re.I)


def _codec(label: str | None) -> str | None:
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    if _NEVER.search(name):
        return None
    try:
        found = codecs.lookup(_LABELS.get(name, name))
    except (LookupError, ValueError):
        return None
    # `_is_text_encoding` is what bytes.decode itself asks; it refuses rot13, hex, zip and the like.
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _meta_charset(body: bytes) -> str | None:
    found = _META.search(body[:_LOOKED_AT])
    if not found:
        return None
    label = found.group(1).decode("ascii").lower()
    # A page that can be read as ASCII so far cannot be UTF-16, whatever it says (WHATWG, prescan).
    return "utf-8" if label.startswith("utf-16") else label


def _binary(body: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if body.startswith(signature):
            return kind
    start = body[:_LOOKED_AT]
    if start.count(0) > len(start) // 100:
        return "no text (zero bytes)"
    return None


def _mostly_utf8(body: bytes) -> int:
    """How many broken places a page may have and still be UTF-8: one in twenty of its multi-byte characters."""
    return sum(body.count(bytes((lead,))) for lead in range(0xC3, 0xF0)) // 20


def _readable(page: Page, text: str, codec: str, *, same: bool = False) -> Decoded | Rejected:
    """The text, if it is one; `same` where the page's own bytes are its UTF-8."""
    start = text[:_SAMPLE]
    sample = start.encode("utf-8", "replace")
    controls = len(sample) - len(sample.translate(None, _CONTROLS)) + sample.count(_REPLACED)
    if _HIGH_LEAD in sample:
        controls += len(_HIGH_CONTROLS.findall(sample))
    if controls > 20 and controls * 20 > len(start):
        return reject(page, "unreadable charset", f"read as {codec}, one character in twenty is none")
    # Zero is looked for among the bytes: in a string of two bytes a character, each second one is.
    if same and 0 not in page.body:
        return Decoded(text, page.body)
    text = text.removeprefix("\ufeff").replace("\x00", "")
    return Decoded(text, text.encode("utf-8", "replace"))


def _foreign(text: str) -> bool:
    """Whether Windows-1252 gives mostly accented letters: then the bytes are another script's."""
    words = _MARKUP.sub(" ", text[:400_000])
    letters = sum(c.isalpha() for c in words)
    beyond = sum(c.isalpha() and c > "\x7f" for c in words)
    return beyond * 3 > letters and beyond > 20
