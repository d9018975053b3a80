"""The trained judgement on one article and one story, as plain numbers: small monotone trees and a linear part.

`bench/train/stories_join.py` fits and writes it; here it is only read and evaluated. Gives log-odds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.memory import Floats

TREES_SHARE = 0.8
"""Against half and half: +.01 on mix, +.005 on ecbplus, cross-fitted (`bench/train/stories_join.py --cv`)."""


@dataclass(frozen=True, slots=True, eq=False)
class JoinModel:
    """Log-odds of trees of three levels, and for a fifth of a logistic regression on standardised figures.

    Node k of a tree asks whether figure `feature[t, k]` exceeds `threshold[t, k]`; its children are 2k + 1 (no) and
    2k + 2 (yes), nodes 7 to 14 are the leaves with `value[t, 0..7]`.
    """

    columns: npt.NDArray[np.intp]
    feature: npt.NDArray[np.intp]
    threshold: Floats
    value: Floats
    base: float
    mean: Floats
    scale: Floats
    weight: Floats
    bias: float

    def judge(self, measured: Floats) -> Floats:
        """Log-odds that the article belongs to each story, one for each row of `measured`."""
        count = len(self.feature)
        measured = measured.take(self.columns, axis=1)
        # One line a node: its answers for all rows lie side by side.
        beyond = np.ascontiguousarray(measured.T).take(self.feature.ravel(), axis=0) > self.threshold.reshape(
            -1, 1
        )
        node = beyond.reshape(count, 7, len(measured)).transpose(1, 0, 2)
        first = node[0]
        second = np.where(first, node[2], node[1])
        third = np.where(first, np.where(second, node[6], node[5]), np.where(second, node[4], node[3]))
        leaf = first * np.intp(4) + second * np.intp(2) + third + 8 * np.arange(count)[:, None]
        trees = self.value.ravel().take(leaf).sum(axis=0) + self.base
        linear = ((measured - self.mean) / self.scale) @ self.weight + self.bias
        judged: Floats = np.round(TREES_SHARE * trees + (1 - TREES_SHARE) * linear, 6)
        return judged


def parse_model(data: dict[str, Any], measures: Sequence[str]) -> JoinModel:
    """The model of its JSON form, for rows with the columns `measures`."""
    return JoinModel(
        columns=np.array([measures.index(name) for name in data["measures"]], dtype=np.intp),
        feature=np.array(data["feature"], dtype=np.intp),
        threshold=np.array(data["threshold"]),
        value=np.array(data["value"]),
        base=data["base"],
        mean=np.array(data["mean"]),
        scale=np.array(data["scale"]),
        weight=np.array(data["weight"]),
        bias=data["bias"],
    )


@lru_cache(maxsize=4)
def load_model(name: str, measures: tuple[str, ...]) -> JoinModel:
    """A model that is shipped ("join", "pair")."""
    return parse_model(
        json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8")), measures
    )
