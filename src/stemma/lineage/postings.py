"""Which earlier articles hold a key: sorted arrays that grow by merging, near flat to a million articles.

A log-structured merge of posting lists: new entries go to a dictionary, which is frozen into a sorted array when it is
full; arrays of like size are merged. Eight bytes an entry; a look-up is a binary search in a few arrays. Articles are
small whole numbers in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_FRESH = 200_000
"""Entries held in the dictionary before they are frozen: about 25 MB, and 10 ms to sort."""

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)

Keys = npt.NDArray[np.uint32]


class Postings:
    """Key (32 bits) to articles (whole numbers below 2**32)."""

    def __init__(self) -> None:
        self._fresh: dict[int, list[int]] = {}
        self._count = 0
        self._frozen: list[npt.NDArray[np.uint64]] = []
        self._oldest = 0
        self._swept = 0

    def forget(self, oldest: int) -> None:
        """Articles below this number are found no more; their entries go when arrays are merged or mostly old."""
        self._oldest = oldest

    def add(self, keys: Iterable[int], article: int) -> None:
        """Notes that the article holds these keys."""
        fresh = self._fresh
        before = self._count
        for key in keys:
            held = fresh.get(key)
            if held is None:
                fresh[key] = [article]
            else:
                held.append(article)
            self._count += 1
        if self._count > _FRESH and self._count > before:
            self._freeze(newest=article)

    def find(self, keys: Keys, *, most: int) -> list[tuple[int, list[int]]]:
        """For each key that is held: its place in `keys`, and its articles, ascending.

        Of a longer list the first third and the last two thirds of `most` are given: the source of a text much
        reprinted is among the first, the copy that was copied among the last.
        """
        found: dict[int, list[int]] = {}
        wide = keys.astype(np.uint64) << _SHIFT
        for frozen in self._frozen:
            low = np.searchsorted(frozen, wide | np.uint64(self._oldest))
            high = np.searchsorted(frozen, wide | _LOW, side="right")
            for place in np.flatnonzero(high > low).tolist():
                first, last = int(low[place]), int(high[place])
                held = found.setdefault(place, [])
                if last - first > 2 * most:
                    held.extend((frozen[first : first + most] & _LOW).tolist())
                    held.extend((frozen[last - most : last] & _LOW).tolist())
                else:
                    held.extend((frozen[first:last] & _LOW).tolist())
        fresh = self._fresh
        for place, key in enumerate(keys.tolist()):
            recent = fresh.get(key)
            if recent is not None:
                alive = recent if recent[0] >= self._oldest else [n for n in recent if n >= self._oldest]
                if alive:
                    found.setdefault(place, []).extend(alive)
        lists = []
        for place in sorted(found):
            held = found[place]
            if len(held) > most:
                head = most // 3
                held = held[:head] + held[head - most :]
            lists.append((place, held))
        return lists

    def _freeze(self, *, newest: int) -> None:
        flat = np.fromiter(
            (key << 32 | article for key, held in self._fresh.items() for article in held),
            dtype=np.uint64,
            count=self._count,
        )
        flat.sort()
        self._fresh, self._count = {}, 0
        if self._oldest - self._swept > newest - self._oldest:
            # As many are gone as are left.
            self._frozen = [self._alive(frozen) for frozen in self._frozen]
            self._swept = self._oldest
        self._frozen.append(self._alive(flat))
        while len(self._frozen) > 1 and len(self._frozen[-2]) < 2 * len(self._frozen[-1]):
            last, before = self._frozen.pop(), self._frozen.pop()
            merged = np.concatenate((before, last))
            merged.sort(kind="stable")
            self._frozen.append(self._alive(merged))

    def _alive(self, entries: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        return entries[(entries & _LOW) >= self._oldest] if self._oldest else entries
