"""Which articles hold a word: posting lists as sorted runs of numbers.

New postings go to a small table; every few thousand articles it becomes a sorted run, and runs of like size are
merged, so a posting costs four bytes and no list is ever rebuilt as a whole (the log-structured merge tree of
O'Neil et al. 1996). Rows of closed stories fall out at merges. Knows nothing of stories.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from stemma.stories.runs import find_starts

Rows = npt.NDArray[np.intp]
Places = npt.NDArray[np.intp]

_FRESH = 2048
"""Articles whose postings are kept in the small table."""
_HIGH, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_TIERS = 3
"""A run is merged with the one before it unless that is so many times as long: up to a million articles there are three
runs to search by the mean, where twice as long leaves three to six. With more it is two, but all is merged anew at a million, and
while that is done the postings take twice their place."""
_AT_ONCE = 1 << 20
"""Postings moved at once: a merge takes little memory beside its result."""


@dataclass(frozen=True, slots=True, eq=False)
class _Run:
    """Words, ascending; where the rows of each begin (one more than there are words); rows, ascending for each word."""

    words: npt.NDArray[np.uint32]
    starts: npt.NDArray[np.uint32]
    rows: npt.NDArray[np.uint32]

    def living(self, alive: npt.NDArray[np.bool_]) -> _Run:
        """The run without rows that are not `alive`."""
        kept = alive.take(self.rows)
        if kept.all():
            return self
        counts = np.add.reduceat(kept, self.starts[:-1], dtype=np.uint32)
        held = np.flatnonzero(counts)
        starts = np.zeros(len(held) + 1, dtype=np.uint32)
        np.cumsum(counts[held], out=starts[1:])
        return _Run(self.words[held], starts, self.rows[kept])


class Postings:
    """Word -> rows, in order of arrival."""

    def __init__(self, *, fresh: int = _FRESH) -> None:
        self._most_fresh = fresh
        self._fresh: defaultdict[int, list[int]] = defaultdict(list)
        self._added = 0
        self._runs: list[_Run] = []

    def add(self, row: int, words: npt.NDArray[np.intp]) -> None:
        """Notes that the article of `row` holds the words; rows must ascend."""
        for word in words.tolist():
            self._fresh[word].append(row)
        self._added += 1

    def settle(self, alive: npt.NDArray[np.bool_]) -> None:
        """Turns a full small table into a run and merges runs; postings of rows that are not `alive` are dropped."""
        if self._added < self._most_fresh:
            return
        run = _pack(
            np.array(
                [word << 32 | row for word in sorted(self._fresh) for row in self._fresh[word]],
                dtype=np.uint64,
            )
        )
        self._fresh.clear()
        self._added = 0
        while self._runs and len(self._runs[-1].rows) <= _TIERS * len(run.rows):
            run = _merge(self._runs.pop().living(alive), run.living(alive))
        if len(run.rows):
            self._runs.append(run)

    def find(self, words: npt.NDArray[np.intp], *, most: int, budget: int) -> tuple[Places, Rows]:
        """Rows that hold one of the words, and beside each the place of its word; words that tell most come first.

        For each word the newest `most` rows; words that come after `budget` rows were found are not asked for.
        """
        order = np.argsort(words)  # a search for ascending words stays in the cache
        asked = words.take(order)
        lists = [self._fresh.get(word, ())[-most:] for word in asked.tolist()]
        # Of the type of the runs: for another one numpy would copy a whole run into it at each search.
        sought = asked.astype(np.uint32)
        fresh = np.array([len(rows) for rows in lists], dtype=np.intp)
        room = most - fresh
        parts = []
        for run in reversed(self._runs):
            at = run.words.searchsorted(sought)
            known = run.words.take(at, mode="clip") == sought
            ends = run.starts.take(at + 1, mode="clip").astype(np.intp)
            held = np.minimum(ends - run.starts.take(at), room) * known
            room -= held
            parts.append((run.rows, ends, held))
        found = np.empty_like(room)
        found[order] = most - room
        wanted = (np.cumsum(found) - found < budget).take(order)
        kept = [rows for rows, want in zip(lists, wanted.tolist(), strict=True) if want]
        places = [order.repeat(fresh * wanted)]
        rows = [np.array([row for some in kept for row in some], dtype=np.intp)]
        for postings, ends, held in parts:
            held *= wanted
            total = int(held.sum())
            if total:
                at = (ends - np.cumsum(held)).repeat(held) + np.arange(total)
                rows.append(postings.take(at).astype(np.intp))
                places.append(order.repeat(held))
        return np.concatenate(places), np.concatenate(rows)


def _merge(older: _Run, newer: _Run) -> _Run:
    """Both as one: of each word the older rows before the newer ones, so that nothing has to be sorted."""
    if not len(older.rows) or not len(newer.rows):
        return older if len(older.rows) else newer
    words = np.union1d(older.words, newer.words)
    counts = np.zeros(len(words), dtype=np.uint32)
    for run in (older, newer):
        counts[words.searchsorted(run.words)] += np.diff(run.starts)
    starts = np.zeros(len(words) + 1, dtype=np.uint32)
    np.cumsum(counts, out=starts[1:])
    free = starts[:-1].copy()
    rows = np.empty(int(starts[-1]), dtype=np.uint32)
    for run in (older, newer):
        places = words.searchsorted(run.words)
        parts = np.arange(0, len(run.rows), _AT_ONCE)
        cuts = np.unique(np.append(run.starts.searchsorted(parts), len(run.words))).tolist()
        for first, last in pairwise(cuts):
            begins = run.starts[first : last + 1].astype(np.intp)
            shift = (free.take(places[first:last]).astype(np.intp) - begins[:-1]).repeat(np.diff(begins))
            rows[shift + np.arange(begins[0], begins[-1])] = run.rows[begins[0] : begins[-1]]
        free[places] += np.diff(run.starts)
    return _Run(words, starts, rows)


def _pack(postings: npt.NDArray[np.uint64]) -> _Run:
    """A run of postings as single numbers (word << 32 | row), ascending."""
    every = (postings >> _HIGH).astype(np.uint32)
    first = find_starts(every)
    return _Run(
        words=every[first],
        starts=np.append(first, len(every)).astype(np.uint32),
        rows=(postings & _LOW).astype(np.uint32),
    )
