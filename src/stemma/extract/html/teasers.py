"""Other stories that a page carries: teasers and "related" boxes, kept apart with title, address and opening words.

A teaser here is a heading or a block of words that links to another page of the site, with what stands beside it in the
same small container. Menus, tags, and share buttons are none.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from stemma.extract.html.claims import absolute
from stemma.extract.html.outline import Outline
from stemma.types import Embedded

MOST = 40


def find_embedded(outline: Outline, chosen: Collection[int], *, base: str | None) -> tuple[Embedded, ...]:
    """Teasers in the order of the page, each address once. `chosen` are the places of the article's blocks."""
    own = _key(base)
    inside = frozenset(chosen)
    found: dict[str, Embedded] = {}
    for at, block in enumerate(outline.blocks):
        if at in inside or block.href is None or block.link * 10 < len(block.text) * 8:
            continue
        words = block.text.count(" ") + 1
        element = outline.elements[block.element]
        follows = outline.blocks[at + 1] if at + 1 < len(outline.blocks) else None
        # A short line is a headline where the words after it lead to the same page.
        leads = follows is not None and follows.href == block.href and len(follows.text) > len(block.text)
        heading = words >= _FEWEST_IN_HEADING and (leads or element.tag in ("h2", "h3", "h4", "h5"))
        if not (heading or _FEWEST <= words <= _MOST_WORDS) or _in_menu(outline, block.element):
            continue
        address = absolute(block.href, base)
        if address is None or _key(address) == own or _key(address) in found:
            continue
        text = ""
        if (
            follows is not None
            and at + 1 not in inside
            and _together(outline, block.element, follows.element)
        ):
            text = (
                follows.text
                if (leads or follows.link * 2 < len(follows.text)) and follows.text.count(" ") >= _FEWEST
                else ""
            )
        found[_key(address)] = Embedded(title=block.text[:300], outlet=None, url=address, text=text[:2000])
        if len(found) >= MOST:
            break
    return tuple(found.values())


# ---------------------------------------------------------------- helpers

_FEWEST, _FEWEST_IN_HEADING, _MOST_WORDS = 6, 4, 40


def _in_menu(outline: Outline, at: int) -> bool:
    while at >= 0:
        element = outline.elements[at]
        if element.tag in ("nav", "footer", "header"):
            return True
        at = element.parent
    return False


def _together(outline: Outline, one: int, other: int) -> bool:
    """Whether two elements lie in one container at most two steps above the first."""
    above = {one, outline.elements[one].parent}
    above |= {outline.elements[a].parent for a in above if a >= 0}
    steps, at = 0, other
    while at > 0 and steps < 3:
        if at in above:
            return True
        at, steps = outline.elements[at].parent, steps + 1
    return False


def _key(address: str | None) -> str:
    if not address:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
