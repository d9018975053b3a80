"""OPML, the form in which readers hand lists of feeds on: read tolerantly, written plainly (opml.org/spec2).

Reading goes over the `outline` tags alone, so that nesting, broken ends and entities cost nothing. Pure.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from stemma.acquire.items import Unreadable, clean_link
from stemma.acquire.plain import strip_line

LARGEST = 10_000_000
"""Bytes of a file."""
MOST = 5_000
"""Feeds taken of one file."""
_OUTLINE = re.compile(r"<outline\b((?:[^<>\"']|\"[^\"]{0,4000}\"|'[^']{0,4000}')*)", re.I)
_ATTRIBUTE = re.compile(r"([\w:.-]+)\s*=\s*(?:\"([^\"]{0,4000})\"|'([^']{0,4000})')")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([A-Za-z0-9_.\-]{2,40})", re.I)
_ADDRESS_KEYS = ("xmlurl", "xml_url", "feedurl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of a list. `url` is None where the address is none that can be followed; `given` is as it was written."""

    url: str | None
    given: str
    title: str | None
    site: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineList:
    """The feeds of a file, each address once. `left_out` is how many were beyond the limit."""

    outlines: tuple[Outline, ...]
    left_out: int


def is_opml(body: bytes) -> bool:
    """Whether bytes look like OPML."""
    return bool(re.search(r"<(opml|outline)\b", _decode(body[:8192]), re.I))


def parse_opml(body: bytes) -> OutlineList | Unreadable:
    """The feeds of an OPML file, in its order."""
    if len(body) > LARGEST:
        return Unreadable(words=f"the file has more than {LARGEST:,} bytes")
    text = _decode(body)
    if not is_opml(body):
        return Unreadable(words="this is no OPML file")
    seen: set[str] = set()
    outlines: list[Outline] = []
    left_out = 0
    for found in _OUTLINE.finditer(text):
        attributes = {
            m[1].lower(): html.unescape(m[2] if m[2] is not None else m[3])
            for m in _ATTRIBUTE.finditer(found[1])
        }
        given = next((attributes[k].strip() for k in _ADDRESS_KEYS if attributes.get(k, "").strip()), None)
        if given is None or given in seen:
            continue
        seen.add(given)
        if len(outlines) >= MOST:
            left_out += 1
            continue
        address = "http" + given[4:] if given.lower().startswith("feed:") and "//" in given else given
        outlines.append(
            Outline(
                url=clean_link(address, None),
                given=given[:500],
                title=strip_line(attributes.get("title") or attributes.get("text"), limit=200),
                site=clean_link(attributes.get("htmlurl"), None),
            )
        )
    if not outlines:
        return Unreadable(words="the file names no feed")
    return OutlineList(outlines=tuple(outlines), left_out=left_out)


def write_opml(feeds: Iterable[tuple[str, str | None, str | None]], *, title: str) -> str:
    """OPML 2.0 of (address, title, site) triples."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{html.escape(_sound(title), quote=False)}</title></head>",
        "  <body>",
    ]
    for address, name, site in feeds:
        text = quoteattr(_sound(name or address))
        home = f" htmlUrl={quoteattr(_sound(site))}" if site else ""
        lines.append(
            f'    <outline type="rss" text={text} title={text} xmlUrl={quoteattr(_sound(address))}{home}/>'
        )
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def _sound(text: str) -> str:
    """Without characters that XML 1.0 cannot carry."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _decode(body: bytes) -> str:
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    declared = _DECLARED.search(body[:400])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        if codecs.lookup(name).name in ("utf-8", "ascii"):
            name = "cp1252"
        return body.decode(name, "replace")
    except (LookupError, ValueError):
        return body.decode("cp1252", "replace")
