"""What a page may cost, told from its characters before any parser builds a tree of it.

lexbor takes 200,000 nested elements in its stride, but copies formatting elements left open into each later paragraph and
compares each attribute of an element with all before it. How deep a tree is, is told when it is read (`outline`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.types import Reason

MOST_TAGS = 150_000
"""`<` in one page; the largest page of the benchmark has 22,000."""
MOST_LINKS = 50_000
"""Links in one page; a page with more is a directory and no article."""
MOST_ATTRIBUTES = 2_000
"""Attributes of one element; every parser compares each with all before it."""
MOST_REOPENED = 1_000_000
"""Formatting elements that a parser has to open again in later paragraphs (HTML Standard, 13.2.4.3): each is a copy."""


@dataclass(frozen=True, slots=True)
class Weight:
    """`fault` says why the page is refused; `light` that a slower parser may have it."""

    fault: tuple[Reason, str] | None
    light: bool


def weigh(html: str) -> Weight:
    """Counts tags, links, attributes and open formatting; about 1 ms for an ordinary page."""
    tags = html.count("<")
    if tags > MOST_TAGS:
        return Weight(("too large", f"{tags:,} tags, the limit is {MOST_TAGS:,}"), False)
    links = html.count("<a ") + html.count("<A ")
    if links > MOST_LINKS:
        return Weight(("too large", f"{links:,} links, the limit is {MOST_LINKS:,}"), False)
    long_tag = _LONG_TAG.search(html) is not None
    if _is_crowded(html, tags, long_tag=long_tag):
        return Weight(("too large", f"an element with more than {MOST_ATTRIBUTES:,} attributes"), False)
    open_formatting = _most_open(html, tags)
    if open_formatting * tags > MOST_REOPENED:
        return Weight(
            ("too deep", f"{open_formatting:,} formatting elements left open over {tags:,} tags"), False
        )
    return Weight(None, tags < _LIGHT_TAGS and len(html) < _LIGHT_LENGTH and not long_tag)


# ---------------------------------------------------------------- helpers

_FEW_OPEN = 20
_LIGHT_TAGS, _LIGHT_LENGTH = 25_000, 3_000_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{8000}")
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1", re.S | re.I)
_ATTRIBUTE = re.compile(r"""[\s/]*+[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# Without `a`: a second open link closes the first.
_NAMES = (
    r"(?:[bBiIsSuU]|[eE][mM]|[tT][tT]|[bB][iI][gG]|[cC][oO][dD][eE]|[fF][oO][nN][tT]|[nN][oO][bB][rR]"
    r"|[sS][mM][aA][lL][lL]|[sS][tT][rR][iI][kK][eE]|[sS][tT][rR][oO][nN][gG])[\s>]"
)
_FORMATTING = re.compile(f"<{_NAMES}")
_FORMATTING_ENDS = re.compile(f"<(/?){_NAMES}")


def _is_crowded(html: str, tags: int, *, long_tag: bool) -> bool:
    """Whether one start tag holds very many attributes, or very many `<` before it ends (they would be attributes)."""
    if long_tag:
        html = _SCRIPT.sub("", html)  # comparisons in a program look like tags
    for tag in _LONG_TAG.finditer(html):
        at, count = tag.start() + 1, 0
        while count <= MOST_ATTRIBUTES and (attribute := _ATTRIBUTE.match(html, at)):
            at, count = attribute.end(), count + 1
        if count > MOST_ATTRIBUTES:
            return True
    # As many ends as starts: then no tag swallowed thousands of starts.
    if tags <= MOST_ATTRIBUTES or html.count(">") > tags - MOST_ATTRIBUTES:
        return False
    return any(len(run) > 8000 and run.count("<") > MOST_ATTRIBUTES for run in html.split(">"))


def _most_open(html: str, tags: int) -> int:
    """The most formatting elements open at once, an end tag of one closing any other; 0 where that cannot matter."""
    if len(_FORMATTING.findall(html)) * tags <= MOST_REOPENED:
        return 0
    count = most = 0
    for end in _FORMATTING_ENDS.findall(html):
        if end:
            count -= count > 0
        else:
            count += 1
            most = max(most, count)
    return most if most > _FEW_OPEN else 0
