"""Rows of numbers in blocks, and groups that mostly have one member."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.stories import arena
from stemma.stories.arena import Arena, Groups


@given(st.lists(st.lists(st.integers(0, 2**32 - 1), max_size=9), max_size=30))
def test_rows_come_back_as_they_were(rows: list[list[int]]) -> None:
    """Each row is read as it was added, also where blocks are full."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arena, "_BLOCK_BITS", 4)
        patch.setattr(arena, "_BLOCK", 16)
        held = Arena()
        for row in rows:
            held.append(np.array(row, dtype=np.uint32))
        assert [held[k].tolist() for k in range(len(held))] == rows
        if rows:
            numbers, lengths = held.gather(range(len(rows)))
            assert numbers.tolist() == [number for row in rows for number in row]
            assert lengths.tolist() == [len(row) for row in rows]


@given(st.lists(st.integers(0, 3), max_size=40), st.integers(1, 3), st.integers(1, 4))
def test_ends_of_a_group(placed: list[int], first: int, last: int) -> None:
    """A group gives its members in order, and its ends are the first and the last of them, none twice."""
    groups = Groups()
    for _ in range(4):
        groups.open()
    for member, group in enumerate(placed):
        groups.add(group, member)
    for group in range(4):
        members = [m for m, g in enumerate(placed) if g == group]
        assert groups[group] == members
        assert groups.size(group) == len(members)
        whole = len(members) <= first + last
        assert groups.ends(group, first, last) == (members if whole else members[:first] + members[-last:])
    assert [len(members) for members in groups] == [placed.count(group) for group in range(4)]


def test_members_leave_and_come_in_order() -> None:
    """A member that is put in stands at its place in the order of all; one that is taken out is gone, also the last one."""
    groups = Groups()
    groups.open()
    for member in (3, 7, 9):
        groups.add(0, member)
    groups.insert(0, 1)
    groups.insert(0, 8)
    groups.remove(0, 7)
    assert groups[0] == [1, 3, 8, 9]
    for member in (1, 3, 8, 9):
        groups.remove(0, member)
    assert groups[0] == []
    groups.insert(0, 4)
    assert groups[0] == [4]
