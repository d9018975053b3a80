"""Other whole articles on a page: what a site puts below its article so that readers scroll on, or a blog's further posts.

Where the page's own headline stands in an element with text, an `article` element behind that one is another article. So is
an element beside it of the same kind that opens with a headline: one of the level of the page's own, or one that is a link.
Sections of one article open with lower headings that lead nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline

MOST = 60
"""Other articles of one page; a page with more is a list."""


def find_others(
    outline: Outline, chosen: NDArray[np.bool_], *, title: str | None
) -> list[tuple[int, int, int]]:
    """(headline, start, end) of each other article: the block of its headline, -1 without one, and the range of its blocks.

    `chosen` are the blocks taken for the text so far; nothing is found where the page's own headline is not among the blocks.
    """
    heading = _find_headline(outline, chosen, title)
    if heading < 0:
        return []
    level, own = outline.tags[outline.holders[heading]], _find_own(outline, chosen, heading)
    found: list[tuple[int, int, int]] = []
    if own > 0 and _words(outline, chosen, heading + 1, outline.ends[own]) >= _SURE_WORDS:
        articles = [at for at in range(own + 1, len(outline.tags)) if outline.tags[at] == "article"]
        for at, after in pairwise([*articles, -1]):
            start, end = outline.starts[at], outline.ends[at]
            holds_one = after > 0 and outline.starts[after] < end
            if len(found) >= MOST:
                break
            if start >= outline.ends[own] and not holds_one and chosen[start:end].any():
                found.append((_opens_with(outline, start, end, None), start, end))
    for _ in range(_LEVELS):
        if own <= 0:
            break
        for at in _find_kin(outline, own):
            if len(found) >= MOST:
                break
            start, end = outline.starts[at], outline.ends[at]
            if not chosen[start:end].any() or any(start < e and s < end for _, s, e in found):
                continue
            first = _opens_with(outline, start, end, level)
            if first >= 0 and _words(outline, chosen, first + 1, end) >= _FEWEST_WORDS:
                found.append((first, start, end))
        own = outline.parents[own]
    return sorted(found, key=lambda other: other[1])


# ---------------------------------------------------------------- helpers

_LEVELS = 3
_FEWEST_WORDS, _SURE_WORDS = 40, 60
_OPENING = 4
_FEWEST_IN_HEADLINE = 3
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_WORD = re.compile(r"\w+")


def _find_headline(outline: Outline, chosen: NDArray[np.bool_], title: str | None) -> int:
    """The last heading before most of the text that says the title; -1 where there is none."""
    if not title or not chosen.any():
        return -1
    wanted = "".join(_WORD.findall(title.casefold()))
    last = int(np.flatnonzero(chosen)[chosen.sum() // 2])
    found = -1
    for at in range(last):
        tag = outline.tags[outline.holders[at]]
        if (
            tag in _HEADINGS
            and (tag != "h4")
            and "".join(_WORD.findall(outline.texts[at].casefold())) == wanted
        ):
            found = at
    return found


def _find_own(outline: Outline, chosen: NDArray[np.bool_], heading: int) -> int:
    """The smallest element around the headline that holds a text too; 0 where only the whole page does."""
    at = outline.holders[heading]
    while at > 0:
        if _words(outline, chosen, heading + 1, outline.ends[at]) >= _FEWEST_WORDS:
            return at
        at = outline.parents[at]
    return 0


def _find_kin(outline: Outline, own: int) -> Iterator[int]:
    """The elements behind one in the same element, of its tag and with a class name in common."""
    above, tag, names = outline.parents[own], outline.tags[own], set(outline.hints[own].split())
    for at in range(own + 1, len(outline.tags)):
        if outline.starts[at] >= outline.ends[above]:
            break
        if outline.parents[at] == above and outline.tags[at] == tag:
            other = set(outline.hints[at].split())
            if tag == "article" or names & other or not (names or other):
                yield at


def _opens_with(outline: Outline, start: int, end: int, level: str | None) -> int:
    """The block of a headline of a level, or of one that is a link, among the first of an element; -1 where it opens with none."""
    for at in range(start, min(end, start + _OPENING)):
        tag, text = outline.tags[outline.holders[at]], outline.texts[at]
        if tag in _HEADINGS and text.count(" ") + 1 >= _FEWEST_IN_HEADLINE:
            leads = outline.hrefs[at] is not None and outline.link[at] * 10 >= len(text) * 8
            return at if level is None or tag == level or leads else -1
    return -1


def _words(outline: Outline, chosen: NDArray[np.bool_], start: int, end: int) -> int:
    return sum(
        outline.texts[at].count(" ") + 1 for at in (np.flatnonzero(chosen[start:end]) + start).tolist()
    )
