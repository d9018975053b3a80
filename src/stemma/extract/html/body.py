"""Which blocks of a page are the article: the words of one text, in order, each once.

Takes the blocks and their probabilities; gives paragraphs and how sure they are. Captions and menus never pass, and a
long paragraph that the page holds twice (a copy for print, for another layout) is given once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline

THRESHOLD = 0.42
"""Probability from which a block is kept: text F1 by site on `extract/html` is the same from .30 to .42."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """`places` in `outline.blocks`; `sure` is the share of the likely text whose blocks are clearly in or out."""

    places: tuple[int, ...]
    text: str
    sure: float


def choose_body(
    outline: Outline, probabilities: NDArray[np.float64], *, threshold: float = THRESHOLD
) -> Body:
    """The article's blocks and their text: paragraphs joined by a blank line, cells of one table row by a tab."""
    elements, blocks = outline.elements, outline.blocks
    seen: set[str] = set()
    places: list[int] = []
    for at in np.flatnonzero(probabilities >= threshold).tolist():
        text = blocks[at].text
        if len(text) > _ONCE:
            if text in seen:
                continue
            seen.add(text)
        if elements[blocks[at].element].tag != "figcaption":
            places.append(at)
    pieces: list[str] = []
    last_row = -1
    for at in places:
        element = elements[blocks[at].element]
        row = element.parent if element.tag in ("td", "th") else -1
        if pieces:
            pieces.append("\t" if row >= 0 and row == last_row else "\n\n")
        pieces.append(blocks[at].text)
        last_row = row
    lengths = np.array([len(b.text) for b in blocks], dtype=np.float64)
    likely = float((lengths * probabilities).sum())
    doubt = float((lengths * np.minimum(probabilities, 1 - probabilities)).sum())
    return Body(
        places=tuple(places), text="".join(pieces), sure=max(0.0, 1.0 - doubt / likely) if likely else 0.0
    )


# ---------------------------------------------------------------- helpers

_ONCE = 40
