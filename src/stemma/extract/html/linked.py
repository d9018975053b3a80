"""The links inside an article's text that lead away from its site, each with the words that it stands on.

Takes the links of the outline and the finished text, and looks every such link up in it again: teasers and buttons to share
have no words there. What many outlets link is for the newsroom to count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from selectolax.lexbor import LexborNode

from stemma.extract.html.claims import absolute
from stemma.extract.html.outline import INLINE
from stemma.extract.unseen import drop_unseen
from stemma.text.addresses import find_site
from stemma.types import Reference

MOST = 60
"""Links kept of one article; a text with more is a list of links."""


def find_links(
    anchors: Sequence[tuple[str, LexborNode]], text: str, *, base: str | None, own: Iterable[str | None]
) -> tuple[Reference, ...]:
    """Links of the text in its order; `anchors` are elements with their addresses, `own` addresses of the outlet, whose
    site's pages are left out."""
    flat = text.replace("\n", " ").replace("\t", " ")
    sites = {find_site(address) for address in own} | {None}
    leaves: dict[str, bool] = {}
    holders: dict[int, LexborNode] = {}
    for whole, anchor in anchors[:_LOOKED_AT]:
        # Most links of a page are its own, to a few hosts: each is asked for once.
        start = "/".join(whole.split("/", 3)[:3])
        away = leaves.get(start)
        if away is None:
            away = leaves[start] = find_site(absolute(start, base)) not in sites
        words = _fold(anchor.text() or "").strip() if away else ""
        if words and words in flat:
            holder = _find_holder(anchor)
            if holder is not None:
                holders.setdefault(holder.mem_id, holder)
    found: dict[tuple[int, int], Reference] = {}
    for holder in holders.values():
        for href, before, words, after in _read_links(holder):
            if not leaves.get("/".join((href or "").split("/", 3)[:3])):
                continue
            address, place = (
                absolute(href, base),
                _find_place(flat, _fold(before), _fold(words), _fold(after)),
            )
            if place is not None and address is not None and len(address) <= _LONGEST:
                found.setdefault(place, Reference(url=address, start=place[0], end=place[1]))
    return tuple(found[place] for place in sorted(found))[:MOST]


# ---------------------------------------------------------------- helpers

_LOOKED_AT = 400
_LONGEST = 2_000
_LONGEST_HOLDER = 20_000
_CONTEXTS = (60, 24, 8)
_AROUND = 120
_LEAST_ALONE = 12


def _find_holder(anchor: LexborNode) -> LexborNode | None:
    """The nearest element above that is a block of text."""
    node = anchor.parent
    while node is not None and node.tag in INLINE:
        node = node.parent
    return node


def _read_links(holder: LexborNode) -> Iterator[tuple[str | None, str, str, str]]:
    """Address of each link of one block, the words before it in the block, its own, and those after it."""
    parts: list[str] = []
    links: list[tuple[str | None, int, int]] = []
    opened: list[tuple[LexborNode, int]] = []
    node = holder.child
    length = 0
    while node is not None or opened:
        if node is None:
            node, start = opened.pop()
            if node.tag == "a":
                links.append((node.attributes.get("href"), start, len(parts)))
            node = node.next
            continue
        tag = node.tag
        if tag == "-text":
            words = node.text_content or ""
            length += len(words)
            if length > _LONGEST_HOLDER:
                break
            parts.append(words)
        elif tag in INLINE and node.child is not None:
            opened.append((node, len(parts)))
            node = node.child
            continue
        elif tag and tag[0] != "-":
            parts.append(" ")
        node = node.next
    for href, start, end in links:
        yield (
            href,
            "".join(parts[:start])[-_AROUND:],
            "".join(parts[start:end]),
            "".join(parts[end:])[:_AROUND],
        )


def _fold(words: str) -> str:
    """Each run of white space as one space, at the ends too."""
    if not words.isascii():
        words = drop_unseen(words)
    folded = " ".join(words.split())
    if not folded:
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{folded}{' ' if words[-1].isspace() else ''}"


def _find_place(flat: str, before: str, words: str, after: str) -> tuple[int, int] | None:
    """Where the words stand in the text, by as much of what stands around them as is there too."""
    lead = len(words) - len(words.lstrip())
    words = words.strip()
    if not words or words not in flat:
        return None
    before = (before + " " * lead).lstrip() if before.strip() else ""
    for around in _CONTEXTS:
        head = before[-around:].lstrip()
        at = flat.find(head + words + after[:around].rstrip())
        if at >= 0 and (head.strip() or after.strip()):
            return at + len(head), at + len(head) + len(words)
    if len(words) >= _LEAST_ALONE and flat.count(words) == 1:
        at = flat.find(words)
        return at, at + len(words)
    return None
