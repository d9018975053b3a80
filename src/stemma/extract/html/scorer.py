"""How much each block of a page belongs to the article: two looks with boosted trees, fitted on labelled pages.

The first look sees each candidate with its features, the second also what the first made of the blocks around it. Blocks
that are surely none (lists of links away from the text) are not looked at. The model is data in this package.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.context import add_context
from stemma.extract.html.features import Described, HintScore, Known, describe_blocks, make_hint_score
from stemma.extract.html.outline import Outline
from stemma.extract.html.trees import Trees, load_trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorer:
    """The fitted model: weights of class names, and the trees of both looks."""

    hint_score: HintScore
    first: Trees
    second: Trees

    def score(self, outline: Outline, known: Known) -> NDArray[np.float64]:
        """The probability of each block that it is the article's, 0 where that was not even looked at."""
        described = describe_blocks(outline, known, self.hint_score)
        first = spread(self.first.predict(described.rows), described)
        return spread(self.second.predict(add_context(described, first)), described)


@lru_cache(maxsize=1)
def load_scorer() -> Scorer:
    """The scorer that comes with the package."""
    here = files("stemma.extract.html")
    hints: dict[str, float] = json.loads((here / "hints.json").read_text(encoding="utf-8"))
    with (here / "blocks.npz").open("rb") as file, np.load(file) as arrays:
        return Scorer(
            hint_score=make_hint_score(hints),
            first=load_trees(arrays, "first"),
            second=load_trees(arrays, "second"),
        )


def spread(values: NDArray[np.float64], described: Described) -> NDArray[np.float64]:
    """Values of the candidates, zero for all other blocks."""
    full = np.zeros(len(described.chars))
    full[described.places] = values
    return full
