"""Which sayings have the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.text.wording import find_longest_run, group_same

_WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@given(_WORDS, _WORDS)
def test_longest_run_stands_in_both(a: list[str], b: list[str]) -> None:
    """The run is one of the first list's, the second has it too, and none is longer."""
    start, length = find_longest_run(a, b)
    run = a[start : start + length]
    assert len(run) == length
    places = [b[k : k + length] for k in range(len(b) - length + 1)]
    assert run in places
    longer = [a[k : k + length + 1] for k in range(len(a) - length)]
    assert not any(more in [b[k : k + length + 1] for k in range(len(b) - length)] for more in longer)


@given(st.lists(st.tuples(st.integers(0, 3), _WORDS), max_size=8))
def test_groups_are_apart(said: list[tuple[int, list[str]]]) -> None:
    """A saying is in one group at most, and a group has one of each owner."""
    groups = group_same(said)
    members = [k for group in groups for k in group]
    assert len(members) == len(set(members))
    assert all(len({said[k][0] for k in group}) == len(group) > 1 for group in groups)
