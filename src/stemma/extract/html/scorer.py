"""How much each block of a page belongs to the article: two looks with boosted trees, fitted on labelled pages.

The first look sees each block with its features, the second also what the first made of the blocks around it. Blocks
that are surely none (menus, lists of links away from the text) are not looked at. The model is data in this package.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.context import add_context
from stemma.extract.html.features import NAMES, Known, describe_blocks
from stemma.extract.html.outline import Outline
from stemma.extract.html.trees import Trees, load_trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """The fitted model: weights of class names, and the trees of both looks."""

    hints: Mapping[str, float]
    first: Trees
    second: Trees

    def score(self, outline: Outline, known: Known) -> NDArray[np.float64]:
        """The probability of each block that it is the article's, 0 where that was not even looked at."""
        rows = describe_blocks(outline, known, self.hints)
        looked_at = find_candidates(rows)
        first = spread(self.first.predict(rows[looked_at]), looked_at)
        wider = add_context(outline, rows, first)
        return spread(self.second.predict(wider[looked_at]), looked_at)


@lru_cache(maxsize=1)
def load_scorer() -> Scorer:
    """The scorer that comes with the package."""
    here = files("stemma.extract.html")
    hints: dict[str, float] = json.loads((here / "hints.json").read_text(encoding="utf-8"))
    with (here / "blocks.npz").open("rb") as file, np.load(file) as arrays:
        return Scorer(hints=hints, first=load_trees(arrays, "first"), second=load_trees(arrays, "second"))


def find_candidates(rows: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which blocks can be the article's at all: .2 % of its text is lost here and two thirds of the blocks."""
    away = rows[:, _IN_MAIN] == 0
    none = (rows[:, _IN_NAV] > 0) | (rows[:, _IN_FOOTER] > 0)
    none |= away & (rows[:, _LINK] >= 0.5) & (rows[:, _WORDS] <= 20)
    none |= away & (rows[:, _HIDDEN] > 0)
    none |= away & (np.minimum(rows[:, _BEFORE], rows[:, _AFTER]) > 25)
    return ~none


def spread(values: NDArray[np.float64], places: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Values of the chosen places, zero elsewhere."""
    full = np.zeros(len(places))
    full[places] = values
    return full


# ---------------------------------------------------------------- helpers

_IN_MAIN, _IN_NAV, _IN_FOOTER = NAMES.index("in main"), NAMES.index("in nav"), NAMES.index("in footer")
_LINK, _WORDS, _HIDDEN = NAMES.index("link share"), NAMES.index("words"), NAMES.index("hidden")
_BEFORE, _AFTER = NAMES.index("to long before"), NAMES.index("to long after")
