"""What a function says of words, asked once for each: as a dict, whose look-up costs a sixth of a call.

`functools.lru_cache` keeps the words last used and pays for that at each call; here nothing is kept in order, and what is
known is let go as a whole when it is too much.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")

MOST = 40_000
"""Words after which all are asked for anew: some 5 MB."""


class Remembered(dict[str, V]):
    """`remembered[word]` is `find(word)`."""

    def __init__(self, find: Callable[[str], V]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> V:
        if len(self) >= MOST:
            self.clear()
        found = self[word] = self._find(word)
        return found
