"""What a page says of itself for machines: JSON-LD, `meta`, `link`, the first headings. Read once, interpreted elsewhere.

Nothing is believed here: several values for one thing are kept in the order of the page. `fields` and `clues` choose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.extract.unseen import drop_unseen

JsonObject = dict[str, Any]


@dataclass(slots=True)
class Claims:
    """`meta` by lower-case name or property; `objects` are the JSON-LD objects, outermost first; `base` resolves links.

    The elements that other readers look for, in the order of the page: `headings` (`h1`), `times`, `dated` (microdata and
    microformats of the day), `holders` (figures, and boxes named for their caption) and `pictures`.
    """

    base: str | None
    language: str | None = None
    title_tag: str | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    objects: list[JsonObject] = field(default_factory=list)
    headings: list[LexborNode] = field(default_factory=list)
    times: list[LexborNode] = field(default_factory=list)
    dated: list[LexborNode] = field(default_factory=list)
    holders: list[LexborNode] = field(default_factory=list)
    pictures: list[LexborNode] = field(default_factory=list)

    def first(self, *names: str) -> tuple[str, str] | None:
        """The first of these `meta` names that has a value: (value, name)."""
        for name in names:
            for value in self.meta.get(name, ()):
                return value, name
        return None


def read_claims(tree: LexborHTMLParser, *, url: str | None) -> Claims:
    """All that the head and the scripts of data say. Broken JSON-LD is skipped."""
    root = tree.root
    said = root.attributes if root is not None else {}
    claims = Claims(base=url, language=said.get("lang") or said.get("xml:lang"))
    scripts: list[str] = []
    in_head = False
    # One walk of the tree for all: each selection costs as much as all of them together.
    for node in tree.css(_CLAIMING):
        tag = node.tag
        if tag == "img":
            claims.pictures.append(node)
            continue
        if tag == "figure":
            claims.holders.append(node)
            continue
        attributes = node.attributes
        kinds = attributes.get("itemprop")
        if kinds and not _DATED.isdisjoint(kinds.split()):
            claims.dated.append(node)
        if tag == "meta":
            content = attributes.get("content")
            if content:
                for key in ("property", "name", "itemprop", "http-equiv"):
                    if name := attributes.get(key):
                        claims.meta.setdefault(name.strip().lower(), []).append(
                            content.strip()[:_LONGEST_VALUE]
                        )
        elif tag == "script":
            if len(scripts) < _MOST_SCRIPTS:
                scripts.append(node.text() or "")
        elif tag == "link":
            if claims.canonical is None:
                claims.canonical = _absolute(attributes.get("href"), claims.base)
        elif tag == "base":
            claims.base = _absolute(attributes.get("href"), url) or url
        elif tag == "h1":
            claims.headings.append(node)
        elif tag == "time":
            claims.times.append(node)
        elif tag == "abbr":
            claims.dated.append(node)
        elif tag == "div":
            if "caption" in (attributes.get("class") or "").lower():
                claims.holders.append(node)
        elif tag == "title" and not in_head:
            in_head = node.parent is not None and node.parent.tag == "head"
            if in_head or claims.title_tag is None:
                claims.title_tag = clean(node.text())[:_LONGEST_TITLE] or None
    if claims.base is None:
        social = claims.first("og:url")
        claims.base = claims.canonical or (_absolute(social[0], None) if social else None)
    for script in scripts:
        claims.objects.extend(parse_json_ld(script))
    return claims


def parse_json_ld(text: str) -> list[JsonObject]:
    """Every object with an `@type` in one script, `@graph` and lists opened, outermost first.

    Objects that stand for other pages (items of lists, comments, related links) are not opened.
    """
    if len(text) > _LONGEST_SCRIPT:
        return []
    text = text.strip()
    if text[:1] in _WRAPPED or text[-1:] in _WRAPPED:
        text = _WRAPPING.sub("", text).strip()
    text = text.rstrip(";")
    for candidate in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            # What stands behind the first value (a brace too many) takes nothing from it.
            value, _ = _DECODER.raw_decode(candidate)
        except (ValueError, RecursionError):
            continue
        return list(_walk(value, 0))
    return []


def types_of(thing: JsonObject) -> tuple[str, ...]:
    """The `@type`s of an object without the vocabulary's address."""
    kinds = thing.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return tuple(
        k.rsplit("/", 1)[-1].rsplit("#", 1)[-1].removeprefix("schema:") for k in listed if isinstance(k, str)
    )


def values_of(thing: JsonObject, key: str) -> list[Any]:
    """The values of a property as a list, whether or not the page wrote one."""
    value = thing.get(key)
    if value is None or value == "":
        return []
    return value if isinstance(value, list) else [value]


def text_of(value: Any) -> str | None:
    """A JSON-LD value as words: a string, or the name of an object."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("headline")
    if isinstance(value, list):
        return next((t for v in value if (t := text_of(v))), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return clean(value) or None if isinstance(value, str) else None


def address_of(value: Any, base: str | None) -> str | None:
    """A JSON-LD value as a web address: a string, or the `url` or `@id` of an object."""
    if isinstance(value, list):
        return next((a for v in value if (a := address_of(v, base))), None)
    if isinstance(value, dict):
        return address_of(value.get("url") or value.get("contentUrl") or value.get("@id"), base)
    return absolute(value, base) if isinstance(value, str) else None


def absolute(href: str | None, base: str | None) -> str | None:
    """An http(s) address, resolved; None for scripts, mail, fragments and what is no address."""
    return _absolute(href, base)


def clean(text: str | None) -> str:
    """Words without markup, entities and foreign white space, on one line."""
    if not text:
        return ""
    text = text[:_LONGEST_VALUE]
    if "<" in text or "&" in text:
        text = _unescape(text)
    return " ".join(_CONTROLS.sub("", drop_unseen(text)).split())


# ---------------------------------------------------------------- helpers

_CLAIMING = (
    'base[href], title, meta, link[rel~="canonical" i][href], script[type*="ld+json"], h1, time, figure, img, [itemprop],'
    ' div[class*="caption" i], abbr.published[title]'
)
_DATED = frozenset({"datePublished", "datecreated", "dateModified"})
_LONGEST_SCRIPT = 2_000_000
_DECODER = json.JSONDecoder(strict=False)
_LONGEST_VALUE = 5_000
_LONGEST_TITLE = 500
_MOST_SCRIPTS = 50
_DEEPEST = 12
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*$"
)
_WRAPPED = ("<", ">", "/")
_CONTROLS = re.compile("[\x00-\x08]")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
# What `urlsplit` would pass as it is: most links of a page, at a tenth of its cost.
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?:[/?#][!-~]*)?\Z")
_SCHEME = re.compile(r"^\s*[a-zA-Z][a-zA-Z0-9+.\-]*:")
_NOT_OPENED = frozenset(
    {
        "itemListElement",
        "hasPart",
        "comment",
        "mentions",
        "relatedLink",
        "review",
        "citation",
        "isBasedOn",
        "video",
    }
)


def _walk(value: Any, depth: int) -> Iterator[JsonObject]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:200]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for key, item in value.items():
            if key not in _NOT_OPENED and isinstance(item, dict | list):
                yield from _walk(item, depth + 1)


def _absolute(href: str | None, base: str | None) -> str | None:
    if not href:
        return None
    href = href.strip()
    if _PLAIN_ADDRESS.match(href):
        return href.split("#", 1)[0][:2_000]
    if (
        not href
        or href[0] == "#"
        or (_SCHEME.match(href) and not href[:8].lower().startswith(("http://", "https://")))
    ):
        return None
    if href[0] == "/" and href[1:2] != "/" and base:
        return f"{_origin(base)}{href.split('#', 1)[0]}"[:2_000] if _origin(base) else None
    try:
        full = href if href[:4].lower() == "http" else urljoin(base, href) if base else href
        parts = urlsplit(full)
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    return full.split("#", 1)[0][:2_000]


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else ""


def _unescape(text: str) -> str:
    """Markup inside a value, as text; parsed by the same parser as the page, so nothing executable is left."""
    body = LexborHTMLParser(f"<body>{text}").body
    return (
        body.text(separator=" ")
        if body is not None and body.css_first("script,style") is None
        else re.sub(r"<[^>]*>?", " ", text)
    )
