"""Which articles hold a word: posting lists as sorted runs of numbers.

New postings go to a small table; every few thousand articles it becomes a sorted run, and runs of like size are
merged, so a posting costs eight bytes and no list is ever rebuilt as a whole (the log-structured merge tree of
O'Neil et al. 1996). Rows of closed stories fall out at merges. Knows nothing of stories.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

Rows = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]

_PIECE = 1 << 18
_ALL_ROWS = 1 << 32
_ROW = _ALL_ROWS - 1
_FRESH = 2048
"""Articles whose postings are kept in the small table."""


class Postings:
    """Word -> rows, in order of arrival."""

    def __init__(self, *, fresh: int = _FRESH) -> None:
        self._most_fresh = fresh
        self._fresh: defaultdict[int, list[int]] = defaultdict(list)
        self._added = 0
        self._runs: list[Rows] = []

    def add(self, row: int, keys: npt.NDArray[np.uint32]) -> None:
        """Notes that the article of `row` holds the words `keys`; rows must ascend."""
        for key in keys.tolist():
            self._fresh[key].append(row)
        self._added += 1

    def settle(self, alive: npt.NDArray[np.bool_]) -> None:
        """Turns a full small table into a run and merges runs; postings of rows that are not `alive` are dropped."""
        if self._added < self._most_fresh:
            return
        run = np.array(
            [key << 32 | row for key in sorted(self._fresh) for row in self._fresh[key]], dtype=np.int64
        )
        self._fresh.clear()
        self._added = 0
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.concatenate([_living(self._runs.pop(), alive), _living(run, alive)])
            run.sort(kind="stable")
        self._runs.append(run)

    def find(self, keys: npt.NDArray[np.uint32], *, most: int) -> tuple[Places, Rows]:
        """Rows that hold one of `keys`, for each key the newest `most` of them; beside each the place of its key."""
        fresh = [self._fresh.get(key, ())[-most:] for key in keys.tolist()]
        room = most - np.array([len(rows) for rows in fresh], dtype=np.intp)
        every = np.arange(len(keys), dtype=np.intp)
        places = [np.repeat(every, most - room)]
        found = [np.array([row for rows in fresh for row in rows], dtype=np.int64)]
        low = keys.astype(np.int64) << 32
        for run in reversed(self._runs):
            ends = np.searchsorted(run, low + _ALL_ROWS)
            held = np.minimum(ends - np.searchsorted(run, low), room)
            total = int(held.sum())
            if total:
                before = np.cumsum(held) - held
                at = np.repeat(ends - held - before, held) + np.arange(total)
                places.append(np.repeat(every, held))
                found.append(run[at] & _ROW)
                room -= held
        return np.concatenate(places), np.concatenate(found)


def _living(run: Rows, alive: npt.NDArray[np.bool_]) -> Rows:
    """The run without postings of closed stories; looked through in pieces, since a run may hold tens of millions."""
    pieces = range(0, len(run), _PIECE)
    fit = [alive[run[k : k + _PIECE] & 0xFFFFFFFF] for k in pieces]
    if all(bool(part.all()) for part in fit):
        return run
    return np.concatenate([run[k : k + _PIECE][part] for k, part in zip(pieces, fit, strict=True)])
