"""The words that were seen, each with a small number of its own, and how often each was counted.

A word's 24 bits are looked up once, for the article in hand; whatever is remembered holds the small number, so that counts
are read from plain tables. Numbers are given in order of first sight: the words of all days have low ones
and their counts lie side by side. Open addressing with linear probing (Knuth, The Art of Computer Programming,
volume 3, section 6.4), half full at the most, many words at once.
"""

from __future__ import annotations

from array import array
from typing import Any

import numpy as np
import numpy.typing as npt

Keys = npt.NDArray[np.uint32]
Ids = npt.NDArray[np.intp]

_EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)
_SPREAD = np.uint32(0x9E3779B1)
"""Knuth's multiplier: neighbouring keys are spread over the table."""
_FIRST_BITS = 15
_HIGH = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)


class Lexicon:
    """Keys below 2^32 - 1 to numbers from 0; `articles` and `stories` count by number how many of them hold the word,
    `keys` has the key of each.

    `marks` (all 0 between uses) and `places` (anything) are scratch tables by number for whoever has two lists of words to hold
    against each other.
    """

    def __init__(self) -> None:
        self._held = 0
        self._slots = np.full(1 << _FIRST_BITS, _EMPTY, dtype=np.uint64)
        self.articles = np.zeros(1 << (_FIRST_BITS - 1), dtype=np.uint32)
        self.stories = np.zeros(1 << (_FIRST_BITS - 1), dtype=np.uint32)
        self.keys = np.zeros(1 << (_FIRST_BITS - 1), dtype=np.uint32)
        self.marks = np.zeros(1 << (_FIRST_BITS - 1), dtype=np.uint16)
        self.places = np.zeros(1 << (_FIRST_BITS - 1), dtype=np.int32)
        self._spelled = array("I", bytes(4 << (_FIRST_BITS - 1)))
        self._letters = bytearray(b"\0")

    def __len__(self) -> int:
        return self._held

    def find(self, keys: Keys) -> Ids:
        """The number of each key; unknown ones get those that `learn` would give them, which nothing remembered has."""
        self._make_room(len(keys))
        found = self._slots[self._seek(keys)]
        unknown = np.flatnonzero(found == _EMPTY)
        ids = (found & _LOW).astype(np.intp)
        ids[unknown] = self._held + np.arange(len(unknown))
        return ids

    def learn(self, keys: Keys, ids: Ids) -> None:
        """Keeps the numbers that `find` gave; keys are distinct."""
        new = np.flatnonzero(ids >= self._held)
        if len(new):
            self._held += len(new)
            self.keys[ids[new]] = keys[new]
            self._insert(keys[new], ids[new])

    def spell(self, word: int, spelling: str) -> None:
        """Notes how a word is written, unless it was noted before."""
        if not self._spelled[word]:
            letters = spelling.encode()[:255]
            self._spelled[word] = len(self._letters)
            self._letters.append(len(letters))
            self._letters += letters

    def find_spelling(self, word: int) -> str | None:
        """How a word was first written, None where that was not noted."""
        at = self._spelled[word]
        if not at:
            return None
        return self._letters[at + 1 : at + 1 + self._letters[at]].decode(errors="ignore")

    def _seek(self, keys: Keys) -> Ids:
        """The slot of each key, or the empty one in which it would stand."""
        mask = len(self._slots) - 1
        slots = ((keys * _SPREAD) >> np.uint32(32 - mask.bit_length())).astype(np.intp)
        held = self._slots[slots]
        left = np.flatnonzero((held >> _HIGH != keys) & (held != _EMPTY))
        while len(left):
            slots[left] = (slots[left] + 1) & mask
            held = self._slots[slots[left]]
            left = left[(held >> _HIGH != keys[left]) & (held != _EMPTY)]
        return slots

    def _insert(self, keys: Keys, ids: npt.NDArray[Any]) -> None:
        if 2 * self._held > len(self._slots):
            full = self._slots[self._slots != _EMPTY]
            keys = np.concatenate([(full >> _HIGH).astype(np.uint32), keys])
            ids = np.concatenate([(full & _LOW).astype(np.intp), ids])
            self._slots = np.full(2 * len(self._slots), _EMPTY, dtype=np.uint64)
        words = keys.astype(np.uint64) << _HIGH | ids.astype(np.uint64)
        while len(words):
            slots = self._seek(keys)
            self._slots[slots] = words  # of several that want one slot the last has it
            left = self._slots[slots] != words
            keys, words = keys[left], words[left]

    def _make_room(self, more: int) -> None:
        """Counts stand ready also for words that are asked for and not known."""
        while self._held + more > len(self.articles):
            held = len(self.articles)
            for name in ("articles", "stories", "keys"):
                longer = np.zeros(2 * held, dtype=np.uint32)  # what is not written yet takes no memory
                longer[:held] = getattr(self, name)
                setattr(self, name, longer)
            self.marks, self.places = (
                np.zeros_like(self.articles, np.uint16),
                np.zeros_like(self.articles, np.int32),
            )
            self._spelled.frombytes(bytes(4 * len(self._spelled)))
