"""The second look at blocks: what the first probabilities of a block's neighbours and of its kind say about it.

A caption between two paragraphs, a box in the middle of a text, a lead above the body: the first look judges each block
by itself and its place, this one by what the first made of everything around it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline

WIDTH = 17
"""Columns that are added."""


def add_context(
    outline: Outline, rows: NDArray[np.float32], first: NDArray[np.float64]
) -> NDArray[np.float32]:
    """`rows` (blocks x features, the first column characters) with `WIDTH` more columns; `first` are probabilities."""
    count = len(first)
    if count == 0:
        return np.zeros((0, rows.shape[1] + WIDTH), dtype=np.float32)
    kind, parent = _groups(outline)
    chars = rows[:, 0].astype(np.float64) + 1
    mass = first * chars
    columns = [first]
    for step in (-3, -2, -1, 1, 2, 3):
        moved = np.zeros(count)
        if count > abs(step):
            if step < 0:
                moved[-step:] = first[:step]
            else:
                moved[:-step] = first[step:]
        columns.append(moved)
    for group in (kind, parent):
        upper = np.bincount(group, weights=mass)
        lower = np.bincount(group, weights=chars)
        columns.append(upper[group] / np.maximum(1.0, lower[group]))
        columns.append((upper[group] - mass) / np.maximum(1.0, lower[group] - chars))
    total = mass.sum() + 1
    columns.append(np.cumsum(mass) / total)
    columns.append(np.full(count, total))
    columns.append(np.full(count, float((first > 0.5).sum())))
    around = np.convolve(np.pad(mass, 5), _WINDOW, "valid")
    columns.append(around / np.maximum(1.0, np.convolve(np.pad(chars, 5), _WINDOW, "valid")))
    sure = np.flatnonzero(first > _SURE)
    index = np.arange(count)
    before = after = np.full(count, _FAR)
    if len(sure):
        at = np.searchsorted(sure, index)
        before = np.where(at > 0, index - sure[np.maximum(at - 1, 0)], _FAR)
        after = np.where(at < len(sure), sure[np.minimum(at, len(sure) - 1)] - index, _FAR)
    columns.append(np.minimum(before, _FAR).astype(np.float64))
    columns.append(np.minimum(after, _FAR).astype(np.float64))
    return np.hstack([rows, np.stack(columns, axis=1).astype(np.float32)])


# ---------------------------------------------------------------- helpers

_SURE = 0.8
_FAR = 40
_WINDOW = np.array([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1]) / 10


def _groups(outline: Outline) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """For each block the number of its kind (tags and classes of its element and the one above) and of the one above."""
    kinds: dict[tuple[str, str, str, str], int] = {}
    kind, parent = [], []
    for block in outline.blocks:
        here = outline.elements[block.element]
        above = outline.elements[max(0, here.parent)]
        kind.append(kinds.setdefault((here.tag, here.hint, above.tag, above.hint), len(kinds)))
        parent.append(max(0, here.parent))
    return np.array(kind), np.array(parent)
