"""Words and their numbers: what a dictionary would hold, in any order of meeting and at any size."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.stories.lexicon import Lexicon

BATCHES = st.lists(st.lists(st.integers(0, 40) | st.integers(0, (1 << 24) - 1), unique=True), max_size=8)


@settings(deadline=None)
@given(BATCHES)
def test_numbers_are_given_in_order_of_first_sight(batches: list[list[int]]) -> None:
    """Each word gets the next number when it is learnt, and keeps it; asking gives the same number and learns nothing."""
    lexicon, expected = Lexicon(), dict[int, int]()
    for batch in batches:
        keys = np.array(batch, dtype=np.uint32)
        before = len(lexicon)
        ids = lexicon.find(keys)
        assert len(lexicon) == before
        lexicon.learn(keys, ids)
        for key in batch:
            expected.setdefault(key, len(expected))
        assert ids.tolist() == [expected[key] for key in batch]
        lexicon.articles[ids] += 1
    assert len(lexicon) == len(expected)
    counts = lexicon.articles[lexicon.find(np.array([*expected, 5, 1 << 23], dtype=np.uint32))].tolist()
    known = {key: sum(key in batch for batch in batches) for key in expected}
    assert counts == [*known.values(), known.get(5, 0), known.get(1 << 23, 0)]


def test_keys_that_want_one_place_and_growth_lose_nothing() -> None:
    """A hundred thousand keys, many with equal low bits, all have a number of their own and keep their counts."""
    keys = np.unique(np.concatenate([np.arange(60_000), np.arange(40_000) << 8]).astype(np.uint32))
    lexicon = Lexicon()
    for some in np.array_split(keys, 40):
        ids = lexicon.find(some)
        lexicon.learn(some, ids)
        lexicon.stories[ids] = some
    ids = lexicon.find(keys)
    assert ids.tolist() == list(range(len(keys)))
    assert (lexicon.stories[ids] == keys).all()


def test_the_first_spelling_is_kept() -> None:
    """A word is written as it was first; one that was never written gives none, and no letter is cut in two."""
    lexicon = Lexicon()
    lexicon.spell(3, "зеленський")
    lexicon.spell(3, "zelensky")
    lexicon.spell(4, "ä" * 200)
    assert lexicon.find_spelling(3) == "зеленський"
    assert lexicon.find_spelling(4) == "ä" * 127
    assert lexicon.find_spelling(5) is None
