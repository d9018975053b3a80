"""Counts of words: what a dictionary would hold, in any order of counting and at any size."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.stories.counts import Counts

BATCHES = st.lists(st.lists(st.integers(0, 40) | st.integers(0, (1 << 24) - 1), unique=True), max_size=8)


@settings(deadline=None)
@given(BATCHES)
def test_counts_are_those_of_a_dictionary(batches: list[list[int]]) -> None:
    """Each batch counts each of its keys once; keys that were never counted are 0."""
    counts, expected = Counts(), dict[int, int]()
    for batch in batches:
        counts.add(np.array(batch, dtype=np.uint32), 1)
        for key in batch:
            expected[key] = expected.get(key, 0) + 1
    asked = [*expected, 5, 1 << 23]
    assert counts[np.array(asked, dtype=np.uint32)].tolist() == [expected.get(key, 0) for key in asked]
    assert len(counts) == len(expected)


def test_keys_that_want_one_place_and_growth_lose_nothing() -> None:
    """A hundred thousand keys, many with equal low bits, all hold their own count, also after some are taken back."""
    keys = np.concatenate([np.arange(60_000), np.arange(40_000) << 8]).astype(np.uint32)
    keys = np.unique(keys)
    counts = Counts()
    counts.add(keys, np.arange(1, len(keys) + 1))
    counts.add(keys[::2], -1)
    held = counts[keys.reshape(-1, 1)]
    assert held.shape == (len(keys), 1)
    expected = np.arange(1, len(keys) + 1)
    expected[::2] -= 1
    assert (held[:, 0] == expected).all()
