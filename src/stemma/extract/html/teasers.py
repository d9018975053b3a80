"""Other stories that a page carries: teasers and "related" boxes, kept apart with title, address and opening words.

A teaser here is a heading or a block of words that links to another page of the site, with what stands beside it in the
same small container. Menus, tags, and share buttons are none.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from stemma.extract.html.claims import absolute
from stemma.extract.html.outline import Outline
from stemma.types import Embedded

MOST = 40


def find_embedded(
    outline: Outline,
    chosen: Collection[int],
    *,
    base: str | None,
    others: Collection[tuple[int, ...]] = (),
) -> tuple[Embedded, ...]:
    """Other whole articles, then teasers in the order of the page, each address once.

    `chosen` are the places of the article's blocks, `others` those of the other articles, their headline first.
    """
    own = _key(base)
    inside = frozenset(chosen)
    found: dict[str, Embedded] = {}
    texts, links, hrefs, holders = outline.texts, outline.link, outline.hrefs, outline.holders
    for headline, *places in others:
        inside |= {headline, *places}
        text = "\n\n".join(texts[at] for at in places if at != headline)
        address = absolute(hrefs[headline], base) if headline >= 0 else None
        if text.count(" ") + 1 >= _FEWEST_IN_OTHER:
            title = texts[headline][:300] if headline >= 0 else None
            found[_key(address) or f"{len(found)}"] = Embedded(
                title=title, outlet=None, url=address, text=text
            )
    for at, href in enumerate(hrefs):
        title = texts[at]
        if href is None or links[at] * 10 < len(title) * 8 or at in inside:
            continue
        words = title.count(" ") + 1
        if words < _FEWEST_IN_HEADING or words > _MOST_WORDS_IN_HEADING:
            continue
        follows = at + 1 if at + 1 < len(texts) else None
        # A short line is a headline where the words after it lead to the same page.
        leads = follows is not None and hrefs[follows] == href and len(texts[follows]) > len(title)
        heading = leads or outline.tags[holders[at]] in ("h2", "h3", "h4", "h5")
        if not (heading or _FEWEST <= words <= _MOST_WORDS) or _in_menu(outline, holders[at]):
            continue
        address = absolute(href, base)
        key = _key(address)
        if address is None or key == own or key in found:
            continue
        text = ""
        if (
            follows is not None
            and follows not in inside
            and texts[follows].count(" ") >= _FEWEST
            and (leads or links[follows] * 2 < len(texts[follows]))
            and _together(outline, holders[at], holders[follows])
        ):
            text = texts[follows]
        found[key] = Embedded(title=title[:300], outlet=None, url=address, text=text[:2000])
        if len(found) >= MOST:
            break
    return tuple(found.values())


# ---------------------------------------------------------------- helpers

_PLAIN = re.compile(r"https?://([a-z0-9.\-]+)(/[!-~]*?)?(?=[?#]|\Z)")
_FEWEST, _FEWEST_IN_HEADING, _MOST_WORDS, _MOST_WORDS_IN_HEADING = 6, 4, 40, 500
_FEWEST_IN_OTHER = 20


def _in_menu(outline: Outline, at: int) -> bool:
    while at >= 0:
        if outline.tags[at] in ("nav", "footer", "header"):
            return True
        at = outline.parents[at]
    return False


def _together(outline: Outline, one: int, other: int) -> bool:
    """Whether two elements lie in one container at most two steps above the first."""
    parents = outline.parents
    above = {one, parents[one]}
    above |= {parents[a] for a in above if a >= 0}
    steps, at = 0, other
    while at > 0 and steps < 3:
        if at in above:
            return True
        at, steps = parents[at], steps + 1
    return False


def _key(address: str | None) -> str:
    if not address:
        return ""
    if plain := _PLAIN.match(address):
        return f"{plain[1].removeprefix('www.')}{(plain[2] or '').rstrip('/')}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{(parts.hostname or '').removeprefix('www.')}{parts.path.rstrip('/')}"
