"""Which blocks of a page are the article: the words of one text, in order, each once.

Takes the blocks and their probabilities; gives paragraphs and how sure they are. Captions and menus never pass, a long
paragraph that the page holds again elsewhere (a copy for print, for another layout) is given once, and a paragraph that asks
its reader for something is none. What speaks against the scorer's judgement of single blocks is in `settle`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from stemma.extract.credits import parse_byline
from stemma.extract.html.others import find_others
from stemma.extract.html.outline import Outline
from stemma.extract.html.prompted import asks_reader, is_notice
from stemma.extract.html.settle import settle_blocks
from stemma.extract.wrapped import is_wrapped, unwrap
from stemma.text.dates import HAS_YEAR

THRESHOLD = 0.54
"""Probability from which a block is kept: text F1 by site on `extract/html` is the same from .50 to .62."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """`places` of blocks; `sure` is the share of the likely text whose blocks are clearly in or out.

    `others` are the places of other whole articles, each with that of its headline first (-1 where it has none).
    """

    places: tuple[int, ...]
    text: str
    sure: float
    others: tuple[tuple[int, ...], ...] = ()


def choose_body(
    outline: Outline,
    probabilities: NDArray[np.float64],
    *,
    title: str | None = None,
    threshold: float = THRESHOLD,
    live: bool = False,
) -> Body:
    """The article's blocks and their text: paragraphs joined by a blank line, cells of one table row by a tab, rows of one
    width (a page made of a PDF) to paragraphs.

    The headline (`title`) is none of them, and other whole articles are apart. With `live` the times that stand before
    entries are kept with them, and each entry may be an article of its own markup.
    """
    texts, tags, holders = outline.texts, outline.tags, outline.holders
    lengths = np.array([len(t) for t in texts], dtype=np.float64)
    chosen = probabilities >= threshold
    others = [] if live else find_others(outline, chosen, title=title)
    apart = []
    for headline, start, end in others:
        apart.append((headline, *(np.flatnonzero(chosen[start:end]) + start).tolist()))
        probabilities = np.concatenate([probabilities[:start], np.zeros(end - start), probabilities[end:]])
        chosen[start:end] = False
    settle_blocks(outline, chosen, probabilities, lengths, title=title)
    if live:
        _add_times(outline, chosen)
    seen: dict[str, int] = {}
    places: list[int] = []
    for at in np.flatnonzero(chosen).tolist():
        text = texts[at]
        if text == title or (not places and _DATE_ALONE.fullmatch(text)):
            continue
        if asks_reader(text) or is_notice(text):
            if places and _heads(outline, places[-1], at):
                places.pop()
            continue
        if len(text) > _ONCE:
            # A recipe, a list of times may say a line again; a copy of the article stands in another element.
            home = outline.parents[holders[at]] if len(text) <= _SAID_AGAIN else -1
            if text in seen and (seen[text] != home or home < 0 or text == texts[places[-1]]):
                continue
            seen[text] = home
        if tags[holders[at]] != "figcaption":
            places.append(at)
    places = places[_count_openings(outline, places, title) :]
    pieces: list[str] = []
    last_row = last_cell = -1
    for at in places:
        holder = holders[at]
        row = outline.parents[holder] if tags[holder] in ("td", "th") else -1
        if pieces:
            # A layout of tables has all paragraphs of a text in one cell.
            pieces.append("\t" if row >= 0 and row == last_row and holder != last_cell else "\n\n")
        pieces.append(texts[at])
        last_row, last_cell = row, holder
    rows = [texts[at] for at in places]
    text = "\n\n".join(unwrap(rows)) if "\t" not in pieces and is_wrapped(rows) else "".join(pieces)
    likely = float((lengths * probabilities).sum())
    doubt = float((lengths * np.minimum(probabilities, 1 - probabilities)).sum())
    return Body(
        places=tuple(places),
        text=text,
        sure=max(0.0, 1.0 - doubt / likely) if likely else 0.0,
        others=tuple(apart),
    )


# ---------------------------------------------------------------- helpers

_ONCE, _SAID_AGAIN = 40, 300
_CLOCK = r"\d{1,2}[:.h]\d\d(?:\s?(?:[ap]\.?m\.?|Uhr|h))?(?:\s\(?[A-Z]{2,4}\)?)?"
_DAY = r"(?:\d{1,2}\.? [^\W\d_]{3,10}\.?(?: \d{4})?|[^\W\d_]{3,10}\.? \d{1,2}(?:, \d{4})?|\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?|\d{4}-\d\d-\d\d)"
_BETWEEN = r"\s?[,|·–-]?\s?(?:at |um |à |a las )?"
# "10.32 Uhr", "22 Dec 2031, 9:30 PM (EST)", "14:05 | 4. Mai": how an entry of a live blog is dated.
_TIME = re.compile(rf"(?:{_DAY}{_BETWEEN})?{_CLOCK}(?:{_BETWEEN}{_DAY})?", re.I)
_LONGEST_TIME = 40
# "4 November 2025", "Tue, November 4, 2025, 10:15", "04.11.2025": before the first paragraph it dates the page.
_DATE_ALONE = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,? )?(?:\d{1,2}(?:\.|st|nd|rd|th)? (?:de )?[^\W\d_]{3,12}\.?,? (?:de )?\d{4}"
    r"|[^\W\d_]{3,12}\.? \d{1,2}, \d{4}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4})(?:[,|\s–-]{1,3}\d{1,2}[:.h]\d\d.{0,12})?"
)
_REACH = 2
_OPENING, _LONGEST_BYLINE = 4, 90
_MOST_ROWS, _LONGEST_TITLE, _SHORT_ROW = 6, 200, 5
# What stands behind an excerpt that was cut: " […]", "...".
_CUT = re.compile(r"[\s.…\[\]]+$")


def _heads(outline: Outline, heading: int, at: int) -> bool:
    """Whether a block is the heading right above another one in the same box: it belongs to what stands below it."""
    above, below = outline.holders[heading], outline.holders[at]
    return (
        heading == at - 1
        and outline.tags[above] in _HEADINGS
        and outline.parents[above] == outline.parents[below]
        and outline.starts[outline.parents[above]] == heading
    )


_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})


def _count_openings(outline: Outline, places: list[int], title: str | None) -> int:
    """How many blocks before the text are none of it: lines that name the headline, the authors or the day, an excerpt of what follows."""
    count = 0
    for at, after in pairwise(places[:_OPENING]):
        text, following = outline.texts[at], outline.texts[after]
        excerpt = _CUT.sub("", text)
        repeated = _ONCE < len(excerpt) < len(following) - _ONCE and following.startswith(excerpt)
        if (
            not repeated
            and not (len(text) <= _LONGEST_BYLINE and _is_byline(text))
            and not _is_head(text, title)
        ):
            break
        count += 1
    return count


def _is_head(text: str, title: str | None) -> bool:
    """Whether the rows of a block are the head of an article: its headline, who wrote it and what they are, its day."""
    rows = text.split("\n")
    if not 1 < len(rows) <= _MOST_ROWS or max(map(len, rows)) > _LONGEST_TITLE:
        return False
    told = [row == title or _is_byline(row) or bool(HAS_YEAR.search(row)) for row in rows]
    return sum(told) > 1 and all(t or row.count(" ") < _SHORT_ROW for t, row in zip(told, rows, strict=True))


def _is_byline(text: str) -> bool:
    byline = parse_byline(text)
    return byline is not None and bool(byline.names)


def _add_times(outline: Outline, chosen: NDArray[np.bool_]) -> None:
    """The times of entries: they stand alone just before a chosen block, be it a heading or, below one, the text."""
    for at, text in enumerate(outline.texts):
        if (
            not chosen[at]
            and len(text) <= _LONGEST_TIME
            and chosen[at + 1 : at + 1 + _REACH].any()
            and _TIME.fullmatch(text)
        ):
            chosen[at] = True
