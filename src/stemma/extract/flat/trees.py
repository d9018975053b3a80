"""Boosted trees as arrays: weighs rows of features with numpy alone.

The trees were fitted by `bench/train/flat_fit.py` and are plain data in `model.npz`. All comparisons of all trees are
made at once, and each tree's leaf is found by masks of the leaves that a failed comparison rules out (Lucchese et al.,
"QuickScorer", SIGIR 2015); walking the trees node by node takes four times as long in numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from stemma.extract.flat.features import NAMES, Floats


@dataclass(frozen=True, slots=True)
class Trees:
    """`feature`, `limit`, `mask`: trees x inner nodes (padded); `value`: trees x leaves; `base`: the constant term.

    A node holds for a row whose feature is at most `limit`; where it does not, `mask` clears the leaves on its left.
    Leaves are numbered from left to right.
    """

    feature: NDArray[np.int64]
    limit: NDArray[np.float64]
    mask: NDArray[np.uint16]
    value: NDArray[np.float64]
    base: float

    def weigh(self, rows: Floats) -> Floats:
        """The probability of each row, in (0, 1)."""
        total = np.full(len(rows), self.base)
        count, nodes = self.feature.shape
        columns = self.feature.ravel()
        trees = np.arange(count)
        # Blocks of rows keep the comparisons of one block in the processor's cache.
        for start in range(0, len(rows), _BLOCK):
            block = rows[start : start + _BLOCK]
            holds = block[:, columns] <= self.limit.ravel()
            masks = np.where(holds, _ALL, self.mask.ravel()).reshape(len(block), count, nodes)
            left = np.bitwise_and.reduce(masks, axis=2)
            leaf = _FIRST_BIT[left]
            total[start : start + _BLOCK] += self.value[trees, leaf].sum(axis=1)
        # Sums differ in their last digits from machine to machine; a choice must not.
        rounded: Floats = np.round(1.0 / (1.0 + np.exp(-total)), 6)
        return rounded


@lru_cache(maxsize=1)
def load_trees() -> Trees:
    """The fitted trees; an error where they were fitted for other features."""
    with np.load(str(files("stemma.extract.flat") / "model.npz"), allow_pickle=False) as data:
        if tuple(data["names"].tolist()) != NAMES:
            raise ValueError("model.npz was fitted for other features: run bench/train/flat_fit.py")
        return Trees(
            feature=data["feature"].astype(np.int64),
            limit=data["limit"],
            mask=data["mask"],
            value=data["value"],
            base=float(data["base"]),
        )


_BLOCK = 64
_ALL = np.uint16(0xFFFF)
_FIRST_BIT = np.array([0] + [(n & -n).bit_length() - 1 for n in range(1, 1 << 16)], dtype=np.int64)
