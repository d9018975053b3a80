"""What a page may cost, told from its bytes (UTF-8) before any parser builds a tree of it.

lexbor's cost grows with the square of the depth, it copies formatting elements left open into each later paragraph and
compares each attribute of an element with all before it. How deep a small page is, is told when it is read (`outline`).
"""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from stemma.types import Reason

MOST_TAGS = 150_000
"""`<` in one page; the largest page of the benchmark has 22,000."""
MOST_LINKS = 50_000
"""Links in one page; a page with more is a directory and no article."""
MOST_ATTRIBUTES = 2_000
"""Attributes of one element; every parser compares each with all before it."""
MOST_REOPENED = 1_000_000
"""Formatting elements that a parser has to open again in later paragraphs (HTML Standard, 13.2.4.3): each is a copy."""


def find_excess(html: bytes) -> tuple[Reason, str] | None:
    """Why a page is refused before it is parsed, None where it may be; about .1 ms for an ordinary page."""
    signs = np.frombuffer(html, dtype=np.uint8)
    opening = signs == ord("<")
    tags = int(np.count_nonzero(opening))
    if tags > MOST_TAGS:
        return "too large", f"{tags:,} tags, the limit is {MOST_TAGS:,}"
    links = html.count(b"<a ") + html.count(b"<A ") if tags > MOST_LINKS else 0
    if links > MOST_LINKS:
        return "too large", f"{links:,} links, the limit is {MOST_LINKS:,}"
    if _is_crowded(html):
        return "too large", f"an element with more than {MOST_ATTRIBUTES:,} attributes"
    open_formatting = _most_open(html, signs, opening, tags)
    if open_formatting * tags > MOST_REOPENED:
        return "too deep", f"{open_formatting:,} formatting elements left open over {tags:,} tags"
    if tags > _MANY_TAGS and _depth(html) > _DEEPEST:
        return "too deep", f"more than {_DEEPEST:,} elements inside each other"
    return None


def is_light(html: bytes) -> bool:
    """Whether a slower, recursive parser may have the page too: no giant page and no giant attribute."""
    if len(html) > _LIGHT_LENGTH or html.count(b"<") > _LIGHT_TAGS:
        return False
    return not (_HUGE_TAG.search(html) and _HUGE_TAG.search(_SCRIPT.sub(b"", html)))


# ---------------------------------------------------------------- helpers

_FEW_OPEN = 20
# lexbor takes .6 s for 16,000 elements inside each other, 4 s for 40,000; `outline` has the exact limit.
_MANY_TAGS, _DEEPEST = 16_000, 4_000
_LIGHT_TAGS, _LIGHT_LENGTH = 25_000, 3_000_000
# A page of so few tags cannot have `MOST_REOPENED`: half of them open, half of them paragraphs.
_FEW_TAGS = 2_000
_LONG = 8_000
_LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{8000}")
_SCRIPT = re.compile(rb"<(script|style)\b[^>]*>.*?</\1", re.S | re.I)
_HUGE_TAG = re.compile(rb"<[a-zA-Z][^<>]{50000}")
_ATTRIBUTE = re.compile(rb"""[\s/]*+[^\s>/][^\s>/=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+""")
# Without `a`: a second open link closes the first.
_NAMES = (
    rb"(?:[bBiIsSuU]|[eE][mM]|[tT][tT]|[bB][iI][gG]|[cC][oO][dD][eE]|[fF][oO][nN][tT]|[nN][oO][bB][rR]"
    rb"|[sS][mM][aA][lL][lL]|[sS][tT][rR][iI][kK][eE]|[sS][tT][rR][oO][nN][gG])[\s>]"
)
_FORMATTING_ENDS = re.compile(b"<(/?)" + _NAMES)


def _make_pairs() -> NDArray[np.bool_]:
    """By two bytes, the first times 256: whether the name of a formatting element may begin with them."""
    pairs = np.zeros(1 << 16, dtype=bool)
    for name in ("b>", "i>", "s>", "u>", *(f"{n}{w}" for n in "bisu" for w in "\t\n\r\f\v "), *_BEGINNINGS):
        for first in (name[0], name[0].upper()):
            for second in (name[1], name[1].upper()):
                pairs[ord(first) * 256 + ord(second)] = True
    return pairs


_BEGINNINGS = ("em", "tt", "bi", "co", "fo", "no", "sm", "st")
_MAY_FORMAT = _make_pairs()


def _is_crowded(html: bytes) -> bool:
    """Whether one start tag holds very many attributes, or very many `<` before it ends (they would be attributes)."""
    for start, end in _long_runs(html):
        if _opens_program(html, start):
            continue  # comparisons look like tags
        if html.count(b"<", start, end) > MOST_ATTRIBUTES and not _in_program(html, start):
            return True
        for tag in _LONG_TAG.finditer(html, start, end):
            # Each attribute but the first has a space, a stroke or a closing quotation mark before it.
            if end - tag.start() - len(html[tag.start() : end].translate(None, _BEFORE)) < MOST_ATTRIBUTES:
                continue
            if _in_program(html, start):
                break
            at, count = tag.start() + 1, 0
            while count <= MOST_ATTRIBUTES and (attribute := _ATTRIBUTE.match(html, at, end)):
                at, count = attribute.end(), count + 1
            if count > MOST_ATTRIBUTES:
                return True
    return False


_BEFORE = b" \t\n\r\f\v/\"'"


def _opens_program(html: bytes, at: int) -> bool:
    """Whether the tag before a place is that of a script or a style sheet."""
    tag = max(0, html.rfind(b"<", 0, at))
    before = html[tag : tag + 7].lower()
    return before == b"<script" or before.startswith(b"<style")


def _in_program(html: bytes, at: int) -> bool:
    """Whether a place lies in a script or a style sheet: the last tag of that kind before it opens one.

    The next such tag behind it being an end says so too, and is found sooner; but programs hold tags in their strings.
    """
    for tag in (b"script", b"style"):
        end = html.find(b"</" + tag, at)
        if end >= 0 and html.find(b"<" + tag, at, end) < 0:
            return True
    return any(
        html.rfind(b"<" + tag, 0, at) > html.rfind(b"</" + tag, 0, at) for tag in (b"script", b"style")
    )


def _long_runs(html: bytes) -> list[tuple[int, int]]:
    """The stretches of at least `_LONG` characters without `>`: each holds a window of half that length without one."""
    window = _LONG // 2
    runs, at = [], 0
    while at < len(html):
        if html.find(b">", at, at + window) >= 0:
            at += window
            continue
        start, end = html.rfind(b">", 0, at) + 1, html.find(b">", at)
        end = len(html) if end < 0 else end
        if end - start >= _LONG:
            runs.append((start, end))
        at = max(at + window, end)
    return runs


def _most_open(html: bytes, signs: NDArray[np.uint8], opening: NDArray[np.bool_], tags: int) -> int:
    """The most formatting elements open at once, an end tag of one closing any other; 0 where that cannot matter.

    `signs` are the bytes as numbers, `opening` whether each is a `<`.
    """
    if tags <= _FEW_TAGS:
        return 0
    after = np.flatnonzero(opening[:-2]) + 1
    names = signs[after].astype(np.uint16) * 256 + signs[after + 1]
    if int(np.count_nonzero(_MAY_FORMAT[names])) * tags <= MOST_REOPENED:
        return 0
    count = most = 0
    for end in _FORMATTING_ENDS.findall(html):
        if end:
            count -= count > 0
        else:
            count += 1
            most = max(most, count)
    return most if most > _FEW_OPEN else 0


# Void elements and those whose end tag HTML lets an author leave out (HTML Standard, 13.1.2.4), and raw text.
_NOT_OPEN = frozenset(
    bytes.split(
        b"area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup tr td th"
        b" thead tbody tfoot colgroup rt rp body html head script style title textarea path circle rect line polygon"
    )
)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9\-]*)")


def _depth(html: bytes) -> int:
    """The most elements open at once, an end tag closing one whatever its name."""
    depth = most = 0
    for end, name in _TAG.findall(html):
        if name in _NOT_OPEN:
            continue
        if end:
            depth -= depth > 0
        else:
            depth += 1
            most = max(most, depth)
    return most
