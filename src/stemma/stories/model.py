"""The trained judgement on one article and one story, as plain numbers: small monotone trees and a linear part.

`bench/train/stories_join.py` fits and writes it; here it is only read and evaluated. Gives log-odds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.memory import Floats


@dataclass(frozen=True, slots=True, eq=False)
class JoinModel:
    """Mean of the log-odds of trees of three levels and of a logistic regression on standardised figures.

    Node k of a tree asks whether figure `feature[t, k]` exceeds `threshold[t, k]`; its children are 2k + 1 (no) and
    2k + 2 (yes), nodes 7 to 14 are the leaves with `value[t, 0..7]`.
    """

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
        beyond = measured[:, self.feature.ravel()] > self.threshold.ravel()
        beyond = beyond.reshape(len(measured), count, 7)
        first = beyond[:, :, 0]
        second = np.where(first, beyond[:, :, 2], beyond[:, :, 1])
        third = np.where(
            first,
            np.where(second, beyond[:, :, 6], beyond[:, :, 5]),
            np.where(second, beyond[:, :, 4], beyond[:, :, 3]),
        )
        leaf = first * 4 + second * 2 + third
        trees = self.value[np.arange(count), leaf].sum(axis=1) + self.base
        linear = ((measured - self.mean) / self.scale * self.weight).sum(axis=1) + self.bias
        judged: Floats = np.round((trees + linear) / 2, 6)
        return judged


def parse_model(data: dict[str, Any]) -> JoinModel:
    """The model of its JSON form."""
    return JoinModel(
        feature=np.array(data["feature"], dtype=np.intp),
        threshold=np.array(data["threshold"]),
        value=np.array(data["value"]),
        base=data["base"],
        mean=np.array(data["mean"]),
        scale=np.array(data["scale"]),
        weight=np.array(data["weight"]),
        bias=data["bias"],
    )


@lru_cache(maxsize=1)
def load_model() -> JoinModel:
    """The model that is shipped."""
    return parse_model(json.loads((files(__package__) / "join.json").read_text(encoding="utf-8")))
