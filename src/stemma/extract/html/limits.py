"""What a page may cost, told from its characters before any parser builds a tree of it.

Parsers differ in what hurts them: lexbor takes 200,000 nested elements but copies open formatting elements without end,
libxml2 recurses. The scan only counts tags; it takes under 1 ms for an ordinary page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.types import Reason

MOST_TAGS = 150_000
"""`<` in one page; the largest page of the benchmark has 22,000."""
MOST_LINKS = 50_000
"""Links in one page; a page with more is a directory and no article."""
DEEPEST = 1_000
"""Open elements inside each other; ordinary pages stay under 60."""
MOST_ATTRIBUTES = 2_000
"""Attributes of one element; every parser compares each with all before it."""
MOST_REOPENED = 1_000_000
"""Formatting elements that a parser has to open again in later paragraphs (HTML Standard, 13.2.4.3): each is a copy."""


@dataclass(frozen=True, slots=True)
class Weight:
    """`fault` says why the page is refused; `light` that even a recursive parser may have it."""

    fault: tuple[Reason, str] | None
    light: bool


def weigh(html: str) -> Weight:
    """Counts tags, links and open elements. Elements whose end tag may be left out do not count as open."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        return Weight(("too large", f"{tags:,} tags, the limit is {MOST_TAGS:,}"), False)
    links = html.count("<a ") + html.count("<A ")
    if links > MOST_LINKS:
        return Weight(("too large", f"{links:,} links, the limit is {MOST_LINKS:,}"), False)
    if _is_crowded(html, tags):
        return Weight(("too large", f"an element with more than {MOST_ATTRIBUTES:,} attributes"), False)
    depth, reopened = _depth(html) if tags > _SHALLOW else (0, 0)
    if reopened > MOST_REOPENED:
        return Weight(("too deep", "formatting left open over more paragraphs than any page has"), False)
    if depth > DEEPEST:
        return Weight(("too deep", f"more than {DEEPEST:,} elements inside each other"), False)
    light = depth < _LIGHT_DEPTH and tags < _LIGHT_TAGS and len(html) < _LIGHT_LENGTH
    return Weight(None, light and not _HUGE_TAG.search(html))


# ---------------------------------------------------------------- helpers

_SHALLOW = 200
_LIGHT_DEPTH, _LIGHT_TAGS, _LIGHT_LENGTH = 200, 25_000, 3_000_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000}")
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1", re.S | re.I)
_HUGE_TAG = re.compile(r"<[a-zA-Z][^<>]{100000}")
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# Void elements and those whose end tag HTML lets an author leave out (HTML Standard, 13.1.2.4), and raw text.
_NOT_OPEN = frozenset(
    str.split(
        "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th"
        " thead tbody tfoot colgroup caption rt rp body html head script style title textarea path circle rect line"
        " polygon polyline ellipse use stop g"
    )
)
_FORMATTING = frozenset(str.split("a b big code em font i nobr s small strike strong tt u"))
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9\-]*)")


def _is_crowded(html: str, tags: int) -> bool:
    """Whether one start tag holds very many attributes, or very many `<` before it ends (they would be attributes)."""
    if _LONG_TAG.search(html):
        html = _SCRIPT.sub("", html)  # comparisons in a program look like tags
    for tag in _LONG_TAG.finditer(html):
        at, count = tag.start() + 1, 0
        while count <= MOST_ATTRIBUTES and (attribute := _ATTRIBUTE.match(html, at)):
            at, count = attribute.end(), count + 1
        if count > MOST_ATTRIBUTES:
            return True
    if tags <= MOST_ATTRIBUTES:
        return False
    return any(len(run) > 8000 and run.count("<") > MOST_ATTRIBUTES for run in html.split(">"))


def _depth(html: str) -> tuple[int, int]:
    """The most elements open at once, and the formatting elements open at each tag, summed.

    An end tag closes one element whatever its name; a formatting element is open until a formatting element is closed.
    """
    depth = most = formatting = reopened = 0
    for end, name in _TAG.findall(html):
        if name in _FORMATTING or name.lower() in _FORMATTING:
            if end:
                formatting -= formatting > 0
            else:
                formatting += 1
        elif formatting > _FEW_OPEN:
            reopened += formatting
        if name in _NOT_OPEN or name.lower() in _NOT_OPEN:
            continue
        if end:
            depth -= depth > 0
        else:
            depth += 1
            if depth > most:
                most = depth
                if most > DEEPEST:
                    break
    return most, reopened


_FEW_OPEN = 8
