"""How often each word was counted, in memory that goes with the number of words seen.

A dense table of all 2^24 keys takes 64 MB as soon as a few thousand words stand in it, since they scatter over all of
its pages. Open addressing with linear probing (Knuth, The Art of Computer Programming, volume 3, section 6.4), a quarter full at the most, many
keys at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint32]

_EMPTY = np.uint32(0xFFFFFFFF)
_SPREAD = np.uint32(0x9E3779B1)
"""Knuth's multiplier: neighbouring keys are spread over the table."""
_FIRST_BITS = 16
_ROOM = 4
"""Slots for each key held."""


class Counts:
    """A count for each key below 2^32 - 1; what was never counted is 0."""

    def __init__(self) -> None:
        self._held = 0
        self._keys: Keys = np.full(1 << _FIRST_BITS, _EMPTY, dtype=np.uint32)
        self._counts = np.zeros(1 << _FIRST_BITS, dtype=np.uint32)

    def __len__(self) -> int:
        return self._held

    def __getitem__(self, keys: Keys) -> npt.NDArray[np.uint32]:
        """The counts of keys, in their shape."""
        found: npt.NDArray[np.uint32] = self._counts[self._find(keys.ravel())].reshape(keys.shape)
        return found

    def add(self, keys: Keys, amount: int | npt.NDArray[Any]) -> None:
        """Adds to the counts of keys; of a key that stands there more than once, once."""
        slots = self._find(keys)
        new = self._keys[slots] != keys
        if new.any():
            self._insert(np.unique(keys[new]))
            slots = self._find(keys)
        self._counts[slots] += np.asarray(amount).astype(
            np.uint32
        )  # by modular arithmetic also of less than 0

    def _find(self, keys: Keys) -> npt.NDArray[np.intp]:
        """The slot of each key, or the empty one in which it would stand."""
        mask = len(self._keys) - 1
        slots = ((keys * _SPREAD) >> np.uint32(32 - mask.bit_length())).astype(np.intp)
        held = self._keys[slots]
        left = np.flatnonzero((held != keys) & (held != _EMPTY))
        while len(left):
            slots[left] = (slots[left] + 1) & mask
            held = self._keys[slots[left]]
            left = left[(held != keys[left]) & (held != _EMPTY)]
        return slots

    def _insert(self, keys: Keys) -> None:
        self._held += len(keys)
        if self._held * _ROOM > len(self._keys):
            self._grow()
        while len(keys):
            slots = self._find(keys)
            self._keys[slots] = keys  # of several that want one slot the last has it
            keys = keys[self._keys[slots] != keys]

    def _grow(self) -> None:
        full = self._keys != _EMPTY
        keys, counts = self._keys[full], self._counts[full]
        size = len(self._keys)
        while self._held * _ROOM > size:
            size *= 2
        self._keys = np.full(size, _EMPTY, dtype=np.uint32)
        self._counts = np.zeros(size, dtype=np.uint32)
        left = keys
        while len(left):
            slots = self._find(left)
            self._keys[slots] = left
            left = left[self._keys[slots] != left]
        self._counts[self._find(keys)] = counts
