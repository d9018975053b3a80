"""What a page may cost, told from its characters before any parser builds a tree of it.

Parsers differ in what hurts them: lexbor takes 200,000 nested elements but copies open formatting elements without end,
libxml2 recurses. The scan only counts tags; it takes under 1 ms for an ordinary page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.types import Reason

MOST_TAGS = 400_000
"""`<` in one page; the largest page of the benchmark has 22,000."""
MOST_LINKS = 50_000
"""Links in one page; a page with more is a directory and no article."""
DEEPEST = 2_000
"""Open elements inside each other; ordinary pages stay under 60."""


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
    depth = _depth(html) if tags > _SHALLOW else 0
    if depth > DEEPEST:
        return Weight(("too deep", f"more than {DEEPEST:,} elements inside each other"), False)
    light = depth < _LIGHT_DEPTH and tags < _LIGHT_TAGS and len(html) < _LIGHT_LENGTH
    return Weight(None, light and not _LONG_TAG.search(html))


# ---------------------------------------------------------------- helpers

_SHALLOW = 200
_LIGHT_DEPTH, _LIGHT_TAGS, _LIGHT_LENGTH = 200, 40_000, 4_000_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{100000}")
# Void elements and those whose end tag HTML lets an author leave out (HTML Standard, 13.1.2.4), and raw text.
_NOT_OPEN = frozenset(
    str.split(
        "area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th thead"
        " tbody tfoot colgroup caption rt rp body html head script style title textarea path circle rect line polygon"
        " polyline ellipse use stop g"
    )
)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9\-]*)")


def _depth(html: str) -> int:
    """The most elements open at once; an end tag closes one whatever its name."""
    depth = most = 0
    for end, name in _TAG.findall(html):
        if name in _NOT_OPEN or name.lower() in _NOT_OPEN:
            continue
        if end:
            if depth:
                depth -= 1
        else:
            depth += 1
            if depth > most:
                most = depth
                if most > DEEPEST:
                    break
    return most
