"""Boosted trees of the block scorer: answered at once, as if each row went down each tree."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.html.trees import MOST_LEAVES, load_trees

FEATURES = 4


def grow(rng: np.random.Generator, leaves: list[int]) -> dict[str, np.ndarray]:
    """Trees of so many leaves as the fit writes them."""
    feature, threshold, value, child, roots = [], [], [], [], []

    def add(size: int) -> int:
        at = len(feature)
        feature.append(int(rng.integers(FEATURES)))
        threshold.append(float(rng.normal()))
        value.append(float(np.float32(rng.normal())))
        child.append([at, at])
        if size > 1:
            left = int(rng.integers(1, size))
            child[at] = [add(left), add(size - left)]
        return at

    for size in leaves:
        roots.append(len(feature))
        add(size)
    return {
        "m_feature": np.array(feature, dtype=np.int16),
        "m_threshold": np.array(threshold),
        "m_value": np.array(value, dtype=np.float32),
        "m_child": np.array(child, dtype=np.int32).ravel(),
        "m_roots": np.array(roots, dtype=np.int32),
        "m_scalars": np.array([0.25, 9]),
    }


def walk(arrays: dict[str, np.ndarray], row: np.ndarray) -> float:
    child, score = arrays["m_child"].reshape(-1, 2), 0.25
    for node in arrays["m_roots"].tolist():
        while child[node, 0] != node:
            above = float(row[arrays["m_feature"][node]]) > arrays["m_threshold"][node]
            node = int(child[node, int(above)])
        score += float(arrays["m_value"][node])
    return 1 / (1 + math.exp(-score))


@given(
    st.integers(0, 1000), st.lists(st.integers(1, MOST_LEAVES), min_size=1, max_size=5), st.integers(0, 300)
)
def test_rows_get_what_a_walk_down_each_tree_gives(seed: int, leaves: list[int], count: int) -> None:
    """For trees of any shape and any number of rows; a value at a threshold goes left."""
    rng = np.random.default_rng(seed)
    arrays = grow(rng, leaves)
    rows = rng.choice(np.append(arrays["m_threshold"], rng.normal(size=3)), (count, FEATURES)).astype(
        np.float32
    )
    found = load_trees(arrays, "m").predict(rows)
    assert found.shape == (count,)
    assert np.allclose(found[:20], [walk(arrays, row) for row in rows[:20]])
    assert np.allclose(found[-5:], [walk(arrays, row) for row in rows[-5:]])


def test_a_tree_of_too_many_leaves_is_refused() -> None:
    """Each leaf is one bit of a number: more would be answered wrongly."""
    with pytest.raises(ValueError, match="leaves"):
        load_trees(grow(np.random.default_rng(1), [MOST_LEAVES + 1]), "m")
