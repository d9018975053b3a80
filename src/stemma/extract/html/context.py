"""The second look at blocks: what the first probabilities of a block's neighbours and of its kind say about it.

A caption between two paragraphs, a box in the middle of a text, a lead above the body: the first look judges each block
by itself and its place, this one by what the first made of everything around it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.features import Described

WIDTH = 17
"""Columns that are added."""


def add_context(described: Described, first: NDArray[np.float64]) -> NDArray[np.float32]:
    """The rows of the candidates with `WIDTH` more columns; `first` are the probabilities of all blocks of the page."""
    places, count = described.places, len(first)
    if not len(places):
        return np.zeros((0, described.rows.shape[1] + WIDTH), dtype=np.float32)
    chars = described.chars + 1
    mass = first * chars
    padded = np.zeros(count + 6)
    padded[3:-3] = first
    known = described.rows.shape[1]
    rows = np.empty((known + WIDTH, len(places)), dtype=np.float32)
    rows[:known] = described.rows.T
    rows[known : known + len(_STEPS)] = padded[places + _STEPS]
    columns: list[NDArray[np.float64] | float] = []
    for group in (described.kind, described.parent):
        upper, lower = np.bincount(group, weights=mass)[group], np.bincount(group, weights=chars)[group]
        columns.append(upper / np.maximum(1.0, lower))
        columns.append((upper - mass) / np.maximum(1.0, lower - chars))
    passed = np.cumsum(mass)
    total = float(passed[-1]) + 1
    columns.append(passed / total)
    columns.append(total)
    columns.append(float((first > 0.5).sum()))
    columns.append(_near(mass) / np.maximum(1.0, _near(chars)))
    sure = np.flatnonzero(first > _SURE)
    before = after = np.full(count, _FAR)
    if len(sure):
        index = np.arange(count)
        at = np.searchsorted(sure, index)
        before = np.where(at > 0, np.minimum(_FAR, index - sure[np.maximum(at - 1, 0)]), _FAR)
        after = np.where(at < len(sure), np.minimum(_FAR, sure[np.minimum(at, len(sure) - 1)] - index), _FAR)
    for row, column in enumerate((*columns, before, after), known + len(_STEPS)):
        rows[row] = column[places] if isinstance(column, np.ndarray) else column
    return rows.T


# ---------------------------------------------------------------- helpers

_SURE = 0.8
_FAR = 40.0
_STEPS = 3 + np.array([0, -3, -2, -1, 1, 2, 3])[:, None]
_REACH = 5


def _near(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """A tenth of the sum of the five values before and the five after each."""
    sums = np.zeros(len(values) + 2 * _REACH + 1)
    np.cumsum(values, out=sums[_REACH + 1 : len(values) + _REACH + 1])
    sums[len(values) + _REACH + 1 :] = sums[len(values) + _REACH]
    return (sums[2 * _REACH + 1 :] - sums[: len(values)] - values) / 10
