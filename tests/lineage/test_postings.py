"""The posting lists give what a dictionary of lists would give, frozen or not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.lineage import postings
from stemma.lineage.postings import Postings

KEYS = st.lists(st.sets(st.integers(0, 30), max_size=12), max_size=25)


@settings(max_examples=60, deadline=None)
@given(KEYS, st.sampled_from([3, 20, 10_000]), st.integers(1, 30))
def test_look_ups_equal_a_plain_dictionary(articles: list[set[int]], fresh: int, window: int) -> None:
    """Whatever was frozen, merged and forgotten on the way."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "_FRESH", fresh)
        held = Postings()
        plain: dict[int, list[int]] = {}
        for number, keys in enumerate(articles):
            held.add(sorted(keys), number)
            for key in keys:
                plain.setdefault(key, []).append(number)
            held.forget(max(0, number + 1 - window))
        oldest = max(0, len(articles) - window)
        plain = {k: left for k, v in plain.items() if (left := [n for n in v if n >= oldest])}
        wanted = np.arange(32, dtype=np.uint32)
        found: dict[int, list[int]] = {}
        for place, number in zip(*held.find(wanted, most=1000), strict=True):
            found.setdefault(int(place), []).append(int(number))
        assert found == plain


def test_long_lists_keep_their_ends() -> None:
    """Of a text reprinted everywhere the first and the last places are given."""
    held = Postings()
    for number in range(100):
        held.add([7], number)
    places, numbers = held.find(np.array([5, 7], dtype=np.uint32), most=9)
    assert numbers.tolist() == [0, 1, 2, 94, 95, 96, 97, 98, 99]
    assert places.tolist() == [1] * 9
