"""Which earlier articles hold a key: sorted arrays that grow by merging, near flat to a million articles.

A log-structured merge of posting lists: new entries go to a dictionary, which is frozen into a sorted array when it is
full; arrays of like size are merged. Eight bytes an entry; a look-up is a binary search in a few arrays. Articles are
small whole numbers in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_FRESH = 200_000
"""Entries held in the dictionary before they are frozen: about 25 MB, and 10 ms to sort."""

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)

Keys = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.int64]
_NOTHING = np.zeros(0, dtype=np.int64)


class Postings:
    """Key (32 bits) to articles (whole numbers below 2**32)."""

    def __init__(self) -> None:
        # Most keys have one article: a list of it would be one more thing for the garbage collector to walk.
        self._fresh: dict[int, int | list[int]] = {}
        self._count = 0
        self._frozen: list[npt.NDArray[np.uint64]] = []
        self._oldest = 0
        self._swept = 0

    def forget(self, oldest: int) -> None:
        """Articles below this number are found no more; their entries go when arrays are merged or mostly old."""
        self._oldest = oldest

    def add(self, keys: Sequence[int], article: int) -> None:
        """Notes that the article holds these keys."""
        fresh = self._fresh
        for key in keys:
            held = fresh.get(key)
            if held is None:
                fresh[key] = article
            elif isinstance(held, list):
                held.append(article)
            else:
                fresh[key] = [held, article]
        self._count += len(keys)
        if self._count > _FRESH and keys:
            self._freeze(newest=article)

    def find(self, keys: Keys, *, most: int) -> tuple[Rows, Rows]:
        """Articles that hold one of the keys, and beside each the place of its key in `keys`: places first, both ascending.

        Of a longer list the first third and the last two thirds of `most` are given: the source of a text much
        reprinted is among the first, the copy that was copied among the last.
        """
        places: list[Rows] = []
        found: list[Rows] = []
        if self._frozen:
            every = np.arange(len(keys), dtype=np.int64)
            wide = keys.astype(np.uint64) << _SHIFT
            lowest, highest = wide | np.uint64(self._oldest), wide | _LOW
        for frozen in self._frozen:
            low = np.searchsorted(frozen, lowest)
            held = np.searchsorted(frozen, highest, side="right") - low
            total = int(held.sum())
            if total:
                at = np.repeat(low - np.cumsum(held) + held, held) + np.arange(total)
                places.append(np.repeat(every, held))
                found.append((frozen[at] & _LOW).astype(np.int64))
        fresh, newest = self._find_fresh(keys)
        if newest:
            places.append(np.array(fresh, dtype=np.int64))
            found.append(np.array(newest, dtype=np.int64))
        if not found:
            return _NOTHING, _NOTHING
        place, article = places[0], found[0]
        if len(found) > 1:
            place, article = np.concatenate(places), np.concatenate(found)
            order = np.argsort(place, kind="stable")
            place, article = place[order], article[order]
        return _shorten(place, article, most)

    def _find_fresh(self, keys: Keys) -> tuple[list[int], list[int]]:
        """The newest articles that hold each key, one after the other, and beside each the place of its key."""
        oldest = self._oldest
        places: list[int] = []
        articles: list[int] = []
        for place, held in enumerate(map(self._fresh.get, keys.tolist())):
            if held is None:
                continue
            if isinstance(held, list):
                left = held if held[0] >= oldest else [n for n in held if n >= oldest]
                places += [place] * len(left)
                articles += left
            elif held >= oldest:
                places.append(place)
                articles.append(held)
        return places, articles

    def _freeze(self, *, newest: int) -> None:
        flat = np.fromiter(
            (
                key << 32 | article
                for key, held in self._fresh.items()
                for article in (held if isinstance(held, list) else (held,))
            ),
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


def _shorten(place: Rows, article: Rows, most: int) -> tuple[Rows, Rows]:
    """Lists longer than `most` are given by their ends."""
    lengths = np.bincount(place)
    if not len(lengths) or int(lengths.max()) <= most:
        return place, article
    rank = np.arange(len(place)) - (np.cumsum(lengths) - lengths)[place]
    length, head = lengths[place], most // 3
    kept = (length <= most) | (rank < head) | (rank >= length - (most - head))
    return place[kept], article[kept]
