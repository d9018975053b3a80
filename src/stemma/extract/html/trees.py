"""Boosted regression trees as arrays, evaluated for many rows at once; fitted elsewhere, see `bench/train/html_fit.py`.

No tree is walked. Every question of every tree is asked of all rows together; an answer "above" bars the leaves under the
other branch, and the first leaf that nothing bars is the row's (QuickScorer: Lucchese et al., SIGIR 2015). Three times as
fast as to go down all trees at once, step by step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MOST_LEAVES = 16
"""Leaves of one tree: one bit each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """The questions of all trees, the n-th of each side by side, in tables that are as long as the tree with the most has them.

    `feature`, `threshold`, `bars` by question and tree, flattened: a value above the threshold bars the leaves of the bits of
    `bars`. `value` by tree and leaf, `MOST_LEAVES` each, leaves from left to right.
    """

    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    bars: NDArray[np.uint16]
    value: NDArray[np.float64]
    questions: int
    base: float

    def predict(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of each row (rows x features), between 0 and 1."""
        count = len(rows)
        if count == 0:
            return np.zeros(0)
        if count > _AT_ONCE:
            return np.concatenate(
                [self.predict(rows[at : at + _AT_ONCE]) for at in range(0, count, _AT_ONCE)]
            )
        seen = np.ascontiguousarray(rows.T).take(self.feature, axis=0)
        barred = (seen > self.threshold[:, None]) * self.bars[:, None]
        barred = np.bitwise_or.reduce(barred.reshape(self.questions, -1), axis=0)
        free = _FIRST_FREE.take(barred).reshape(-1, count)
        leaf = free + np.arange(0, MOST_LEAVES * len(free), MOST_LEAVES)[:, None]
        score: NDArray[np.float64] = self.base + self.value.take(leaf).sum(axis=0)
        return 1.0 / (1.0 + np.exp(-score))


def load_trees(arrays: Mapping[str, Any], name: str) -> Trees:
    """One model out of an opened npz file, by the prefix of its arrays.

    There `feature`, `threshold`, `value` are by node; `child[2n]` is taken at or under the threshold, `child[2n+1]` above it,
    and a leaf leads to itself. Raises `ValueError` where a tree has more than `MOST_LEAVES`.
    """
    roots = arrays[f"{name}_roots"].tolist()
    child = arrays[f"{name}_child"].reshape(-1, 2).tolist()
    trees = [_read_tree(child, root) for root in roots]
    longest = max(1, *(len(questions) for questions, _ in trees))
    feature = np.zeros((longest, len(trees)), dtype=np.int64)
    threshold = np.full((longest, len(trees)), np.inf, dtype=np.float32)
    bars = np.zeros((longest, len(trees)), dtype=np.uint16)
    value = np.zeros((len(trees), MOST_LEAVES))
    for tree, (questions, leaves) in enumerate(trees):
        if len(leaves) > MOST_LEAVES:
            raise ValueError(f"a tree of {len(leaves)} leaves, the most is {MOST_LEAVES}")
        nodes = [node for node, _, _ in questions]
        feature[: len(nodes), tree] = arrays[f"{name}_feature"][nodes]
        threshold[: len(nodes), tree] = _round_down(arrays[f"{name}_threshold"][nodes])
        bars[: len(nodes), tree] = [(1 << end) - (1 << start) for _, start, end in questions]
        value[tree, : len(leaves)] = arrays[f"{name}_value"][leaves]
    return Trees(
        feature=feature.ravel(),
        threshold=threshold.ravel(),
        bars=bars.ravel(),
        value=value.ravel(),
        questions=longest,
        base=float(arrays[f"{name}_scalars"][0]),
    )


# ---------------------------------------------------------------- helpers

_AT_ONCE = 128
"""Rows whose answers stay in a processor's cache."""
# By the bits of a number the place of the lowest that is not set; one leaf is never barred. A byte each, to stay in a cache.
_FIRST_FREE = np.array([(~n & (n + 1)).bit_length() - 1 for n in range(1 << MOST_LEAVES)], dtype=np.uint8)


def _read_tree(child: list[list[int]], root: int) -> tuple[list[tuple[int, int, int]], list[int]]:
    """(node, first leaf under its left branch, the one behind the last) of each question, and the nodes that are leaves."""
    questions: list[tuple[int, int, int]] = []
    leaves: list[int] = []

    def read(node: int) -> None:
        left, right = child[node]
        if left == node:
            leaves.append(node)
            return
        start = len(leaves)
        read(left)
        questions.append((node, start, len(leaves)))
        read(right)

    read(root)
    return questions, leaves


def _round_down(thresholds: NDArray[np.float64]) -> NDArray[np.float32]:
    """The nearest numbers of single precision that are not above: then no row of that precision is answered otherwise."""
    near = thresholds.astype(np.float32)
    return np.where(near > thresholds, np.nextafter(near, np.float32(-np.inf)), near)
