"""Many short rows of numbers in a few large blocks: twelve bytes a row beside the numbers themselves.

A numpy array of its own for each article costs over a hundred bytes before its first number. Rows are only added, and
read as views; nothing here knows what the numbers mean.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

_BLOCK_BITS = 20
_BLOCK = 1 << _BLOCK_BITS


class Arena:
    """Rows of 32-bit numbers by place, in order of arrival."""

    def __init__(self) -> None:
        self._blocks: list[npt.NDArray[np.uint32]] = [np.empty(_BLOCK, dtype=np.uint32)]
        self._used = 0
        self._start = array("q")
        self._length = array("i")

    def __len__(self) -> int:
        return len(self._start)

    def __getitem__(self, row: int) -> npt.NDArray[np.uint32]:
        """The numbers of one row; a view, not to be written."""
        block, at = self._start[row] >> _BLOCK_BITS, self._start[row] & (_BLOCK - 1)
        return self._blocks[block][at : at + self._length[row]]

    def gather(self, rows: Sequence[int]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.intp]]:
        """The numbers of several rows laid end to end, and how many each has."""
        blocks, start, length = self._blocks, self._start, self._length
        parts, lengths = [], []
        for row in rows:
            block, at = start[row] >> _BLOCK_BITS, start[row] & (_BLOCK - 1)
            count = length[row]
            parts.append(blocks[block][at : at + count])
            lengths.append(count)
        return np.concatenate(parts), np.array(lengths, dtype=np.intp)

    def append(self, numbers: npt.NDArray[np.uint32]) -> None:
        """Adds a row of at most a million numbers."""
        if self._used + max(1, len(numbers)) > _BLOCK:  # an empty row, too, starts inside a block
            self._blocks.append(np.empty(_BLOCK, dtype=np.uint32))
            self._used = 0
        self._blocks[-1][self._used : self._used + len(numbers)] = numbers
        self._start.append(((len(self._blocks) - 1) << _BLOCK_BITS) + self._used)
        self._length.append(len(numbers))
        self._used += len(numbers)


class Groups:
    """Members of groups: most groups have one, which costs eight bytes."""

    def __init__(self) -> None:
        self._first = array("q")
        self._more: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self._first)

    def __getitem__(self, group: int) -> list[int]:
        """All members in order of arrival; empty for a group that has none yet."""
        if group < 0 or group >= len(self._first):
            raise IndexError(group)
        first = self._first[group]
        return [] if first < 0 else [first, *self._more.get(group, ())]

    def size(self, group: int) -> int:
        """How many members a group has."""
        return (self._first[group] >= 0) + len(self._more.get(group, ()))

    def ends(self, group: int, first: int, last: int) -> list[int]:
        """The `first` and the `last` members, all where there are no more; the same work for a group of any size."""
        more = self._more.get(group)
        if more is None or len(more) < first + last:
            return self[group]
        return [self._first[group], *more[: first - 1], *more[-last:]]

    def __iter__(self) -> Iterator[list[int]]:
        return (self[group] for group in range(len(self)))

    def open(self) -> None:
        """Adds a group without members."""
        self._first.append(-1)

    def add(self, group: int, member: int) -> None:
        """Adds one member at the end."""
        if self._first[group] < 0:
            self._first[group] = member
        else:
            self._more.setdefault(group, []).append(member)

    def remove(self, group: int, member: int) -> None:
        """Takes one member out; a group may be left without any."""
        left = [other for other in self[group] if other != member]
        self._first[group] = -1
        self._more.pop(group, None)
        for other in left:
            self.add(group, other)

    def insert(self, group: int, member: int) -> None:
        """Adds one member at its place in the ascending order of all."""
        held = sorted([*self[group], member])
        self._first[group] = held[0]
        if held[1:]:
            self._more[group] = held[1:]
