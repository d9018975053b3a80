"""Texts laid side by side: pairs, and differences that rebuild the one from the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.text.align import find_differences, pair_sentences

WORDS = st.lists(st.integers(0, 6), max_size=14)


@given(WORDS, WORDS)
def test_differences_rebuild_the_other_text(left: list[int], right: list[int]) -> None:
    """Replacing every difference turns the left words into the right ones, and equal words are in none."""
    built: list[int] = []
    at = 0
    for d in find_differences(left, right):
        built += left[at : d.left_first]
        built += right[d.right_first : d.right_last]
        at = d.left_last
    assert built + left[at:] == right


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=8, unique=True), max_size=8, unique_by=tuple),
    st.randoms(),
)
def test_moved_sentences_keep_their_partners(sentences: list[list[int]], rng) -> None:
    """Order does not matter for equal sentences."""
    moved = sentences[:]
    rng.shuffle(moved)
    pairs = pair_sentences(sentences, moved)
    assert all(p.same and sentences[p.left[0]] == moved[p.right[0]] for p in pairs)
    assert len(pairs) == len(sentences)


def test_a_sentence_split_in_two_stays_one_pair() -> None:
    """Both halves belong to the sentence that they were."""
    whole = [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]
    (pair,) = pair_sentences([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10]], whole)
    assert (pair.left, pair.right) == ((0, 1), (0,))
