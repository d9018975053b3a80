"""Ideas that news is made of, as words of several languages say them: Erdbeben, séisme and earthquake are one.

A table written by hand (`lang/ideas.tsv`) of events, offices, things, countries and those cities whose names
differ between languages. It finds which ideas stand in a row of words and where; what that is worth is for others to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from stemma.text.lang import language_words

_SHORTEST, _LONGEST = 2, 24
_MOST = 100_000
"""Words of one language after which what they say is found out anew."""
_Row = tuple[tuple[str, ...], int]
"""Words that say an idea together, and its number."""


class _Words(dict[str, tuple[tuple[int, ...], tuple[_Row, ...]]]):
    """What each word of one language says by itself and the rows of words that it may begin, found out when it is first asked for.

    By patterns: whole words, beginnings, endings, and rows of words by the pattern of their first.
    """

    def __init__(self) -> None:
        super().__init__()
        self._whole: dict[str, int] = {}
        self._begins: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        self._rows: dict[str, list[_Row]] = {}

    def add(self, pattern: str, idea: int) -> None:
        """Takes in one cell entry of the table."""
        words = pattern.replace("-", " ").split()
        if len(words) > 1:
            self._rows.setdefault(words[0].rstrip("*"), []).append((tuple(words), idea))
        elif pattern.startswith("*"):
            self._ends.setdefault(pattern.strip("*"), idea)
        elif pattern.endswith("*"):
            self._begins.setdefault(pattern[:-1], idea)
        else:
            self._whole.setdefault(pattern, idea)

    def __missing__(self, word: str) -> tuple[tuple[int, ...], tuple[_Row, ...]]:
        if len(self) >= _MOST:
            self.clear()
        starts = (word[:length] for length in range(1, len(word) + 1))
        rows = tuple(
            row for start in starts for row in self._rows.get(start, ()) if _matches(row[0][0], word)
        )
        self[word] = found = self._find(word), rows
        return found

    def _find(self, word: str) -> tuple[int, ...]:
        if word in self._whole:
            return (self._whole[word],)
        longest = min(len(word), _LONGEST)
        begun = next((i for n in range(longest, _SHORTEST, -1) if (i := self._begins.get(word[:n]))), 0)
        ended = next((i for n in range(longest, _SHORTEST, -1) if (i := self._ends.get(word[-n:]))), 0)
        return tuple(sorted({begun, ended} - {0}))


@lru_cache(maxsize=1)
def load_ideas() -> tuple[str, ...]:
    """The names of all ideas; an idea's number is its place here, counted from 1. Places begin with "@"."""
    return tuple(row[0] for row in _read()[1:])


@lru_cache(maxsize=1)
def idea_languages() -> frozenset[str]:
    """Languages that the table has words of."""
    return frozenset(_read()[0][1:])


def find_idea(word: str, language: str) -> tuple[int, ...]:
    """The ideas that one lower-case word says by itself: a compound may say two, by its beginning and by its end."""
    words = _load_words(language)
    return () if words is None else words[word][0]


def find_ideas(line: Sequence[str], language: str) -> list[tuple[int, int]]:
    """Ideas in a row of lower-case words, each with the place of the word (or of the first of the words) that says it."""
    words = _load_words(language)
    if words is None:
        return []
    found = []
    for at, word in enumerate(line):
        ideas, rows = words[word]
        for row, idea in rows:
            if _follows(row[1:], line, at + 1, language):
                ideas = (idea,)
        if ideas:
            found += [(idea, at) for idea in ideas]
    return found


def _follows(row: tuple[str, ...], line: Sequence[str], at: int, language: str) -> bool:
    stop = language_words(language, "words", "stop")
    for pattern in row:
        while at < len(line) and line[at] in stop and not _matches(pattern, line[at]):
            at += 1
        if at >= len(line) or not _matches(pattern, line[at]):
            return False
        at += 1
    return True


def _matches(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


@lru_cache(maxsize=32)
def _load_words(language: str) -> _Words | None:
    head, *rows = _read()
    if language not in head[1:]:
        return None
    column, words = head.index(language), _Words()
    for idea, row in enumerate(rows, 1):
        for pattern in row[column].split(","):
            words.add(pattern.strip(), idea)
    return words


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[str, ...], ...]:
    text = (files("stemma.text.lang") / "ideas.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))
