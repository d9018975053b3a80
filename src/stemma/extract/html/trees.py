"""Boosted regression trees as arrays, evaluated for many rows at once; fitted elsewhere, see `bench/train/html_fit.py`.

All trees of a model lie in one table of nodes. A leaf leads to itself, so that every row takes the same number of steps
in every tree and the whole walk is a handful of array operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """`feature`, `threshold`, `value` by node; `child[2n]` is taken at or under the threshold, `child[2n+1]` above it."""

    feature: NDArray[np.int64]
    threshold: NDArray[np.float64]
    value: NDArray[np.float64]
    child: NDArray[np.int64]
    roots: NDArray[np.int64]
    base: float
    steps: int

    def predict(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of each row (rows x features), between 0 and 1."""
        count, width = rows.shape
        if count == 0:
            return np.zeros(0)
        flat = np.ascontiguousarray(rows).ravel()
        starts = (np.arange(count) * width)[:, None]
        node = np.repeat(self.roots[None, :], count, axis=0)
        for _ in range(self.steps):
            # `take` is twice as fast as indexing with an array.
            seen = flat.take(starts + self.feature.take(node))
            node = self.child.take(2 * node + (seen > self.threshold.take(node)))
        score: NDArray[np.float64] = self.base + self.value.take(node).sum(axis=1)
        return 1.0 / (1.0 + np.exp(-score))


def load_trees(arrays: Mapping[str, Any], name: str) -> Trees:
    """One model out of an opened npz file, by the prefix of its arrays."""
    base, steps = arrays[f"{name}_scalars"].tolist()
    return Trees(
        feature=arrays[f"{name}_feature"].astype(np.int64),
        threshold=arrays[f"{name}_threshold"].astype(np.float64),
        value=arrays[f"{name}_value"].astype(np.float64),
        child=arrays[f"{name}_child"].astype(np.int64),
        roots=arrays[f"{name}_roots"].astype(np.int64),
        base=float(base),
        steps=int(steps),
    )
