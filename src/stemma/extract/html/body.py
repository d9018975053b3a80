"""Which blocks of a page are the article: the words of one text, in order, each once.

Takes the blocks and their probabilities; gives paragraphs and how sure they are. Captions and menus never pass, a long
paragraph that the page holds twice (a copy for print, for another layout) is given once, a paragraph that asks its reader
for something is none, and an embedded post is kept whole, with the line that names its author, or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline
from stemma.extract.html.prompted import asks_reader

THRESHOLD = 0.54
"""Probability from which a block is kept: text F1 by site on `extract/html` is the same from .50 to .62."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """`places` of blocks; `sure` is the share of the likely text whose blocks are clearly in or out."""

    places: tuple[int, ...]
    text: str
    sure: float


def choose_body(
    outline: Outline,
    probabilities: NDArray[np.float64],
    *,
    title: str | None = None,
    threshold: float = THRESHOLD,
    live: bool = False,
) -> Body:
    """The article's blocks and their text: paragraphs joined by a blank line, cells of one table row by a tab.

    The headline (`title`) is none of them. With `live` the times that stand before entries are kept with them.
    """
    texts, tags, holders = outline.texts, outline.tags, outline.holders
    lengths = np.array([len(t) for t in texts], dtype=np.float64)
    chosen = probabilities >= threshold
    _settle_posts(outline, chosen, lengths)
    _settle_tables(outline, chosen, probabilities)
    if live:
        _add_times(outline, chosen)
    seen: set[str] = set()
    places: list[int] = []
    for at in np.flatnonzero(chosen).tolist():
        text = texts[at]
        if text == title or (not places and _DATE_ALONE.fullmatch(text)) or asks_reader(text):
            continue
        if len(text) > _ONCE:
            if text in seen:
                continue
            seen.add(text)
        if tags[holders[at]] != "figcaption":
            places.append(at)
    pieces: list[str] = []
    last_row = -1
    for at in places:
        holder = holders[at]
        row = outline.parents[holder] if tags[holder] in ("td", "th") else -1
        if pieces:
            pieces.append("\t" if row >= 0 and row == last_row else "\n\n")
        pieces.append(texts[at])
        last_row = row
    likely = float((lengths * probabilities).sum())
    doubt = float((lengths * np.minimum(probabilities, 1 - probabilities)).sum())
    return Body(
        places=tuple(places), text="".join(pieces), sure=max(0.0, 1.0 - doubt / likely) if likely else 0.0
    )


# ---------------------------------------------------------------- helpers

_ONCE = 40
_POST = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|fb-xfbml|bluesky-embed|mastodon-embed"
    r"|reddit-embed|reddit-card|truthsocial-embed|threads-embed|text-post-media|telegram-post",
    re.I,
)
_POST_TAGS = frozenset({"blockquote", "figure"})
_TIME = re.compile(r"\d{1,2}(?:[:.h]\d\d)(?:\s?(?:[ap]\.?m\.?|Uhr|h))?(?:\s[A-Z]{2,4})?", re.I)
# "4 November 2025", "Tue, November 4, 2025, 10:15", "04.11.2025": before the first paragraph it dates the page.
_DATE_ALONE = re.compile(
    r"(?:[^\W\d_]{2,12}\.?,? )?(?:\d{1,2}(?:\.|st|nd|rd|th)? (?:de )?[^\W\d_]{3,12}\.?,? (?:de )?\d{4}"
    r"|[^\W\d_]{3,12}\.? \d{1,2}, \d{4}|\d{1,4}[-./]\d{1,2}[-./]\d{1,4})(?:[,|\s–-]{1,3}\d{1,2}[:.h]\d\d.{0,12})?"
)
_REACH = 2
_FEWEST_CELLS, _LONGEST_CELL, _POSSIBLE = 4, 300, 0.05


def _settle_posts(outline: Outline, chosen: NDArray[np.bool_], lengths: NDArray[np.float64]) -> None:
    """Each embedded post wholly in or out, by where most of its words are."""
    for at, tag in enumerate(outline.tags):
        if tag in _POST_TAGS and _POST.search(outline.hints[at]):
            inside = slice(outline.starts[at], outline.ends[at])
            whole = lengths[inside].sum()
            chosen[inside] = bool((lengths[inside] * chosen[inside]).sum() * 2 >= whole > 0)


def _settle_tables(outline: Outline, chosen: NDArray[np.bool_], probabilities: NDArray[np.float64]) -> None:
    """A table between paragraphs of the article is whole: rows of short cells look like menus one by one."""
    for at, tag in enumerate(outline.tags):
        if tag != "table":
            continue
        start, end = outline.starts[at], outline.ends[at]
        cells, above = outline.texts[start:end], outline.parents[at]
        size = sum(map(len, cells))
        if (
            len(cells) < _FEWEST_CELLS
            or max(map(len, cells)) > _LONGEST_CELL
            or sum(outline.link[start:end]) * 4 > size
            or probabilities[start:end].max() < _POSSIBLE
        ):
            continue
        beside = [
            place
            for place in range(outline.starts[above], outline.ends[above])
            if chosen[place] and outline.parents[outline.holders[place]] == above
        ]
        if any(place < start for place in beside) and any(place >= end for place in beside):
            chosen[start:end] = True


def _add_times(outline: Outline, chosen: NDArray[np.bool_]) -> None:
    """The clock times that stand alone just before a chosen block."""
    for at, text in enumerate(outline.texts):
        if (
            not chosen[at]
            and len(text) <= 16
            and _TIME.fullmatch(text)
            and chosen[at + 1 : at + 1 + _REACH].any()
        ):
            chosen[at] = True
