"""Prompts inside a block ("read also", "subscribe", "photo"): how a block opens with one, and the longest that it holds.

The phrases are the `[prompts]` of all languages together, because a page may prompt in another language than it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from stemma.text.lang import find_languages, language_words


def find_prompts(words: Sequence[str], distinct: set[str]) -> tuple[float, float]:
    """Words of the prompt that opens the block, and of the longest prompt inside it; 0 where there is none.

    `words` are the block's words, case-folded, `distinct` the same as a set. One word is a prompt only at the start.
    """
    by_first, by_longest, longest = _prompts()
    openings = by_first.get(words[0], ())
    if not openings and longest.isdisjoint(distinct):
        return 0.0, 0.0
    marks = longest & distinct
    line = f" {' '.join(words)} "
    first = next((size for phrase, size in openings if line.startswith(phrase)), 0)
    within = first
    for word in marks:
        for phrase, size in by_longest[word]:
            if size <= within:
                break
            if phrase in line:
                within = size
    return float(first), float(within)


def asks_reader(text: str) -> bool:
    """Whether a short paragraph asks its reader to subscribe, to follow, to buy or to give, in three words or more.

    A longer one too, where it says what the outlet earns by its links.
    """
    size = text.count(" ")
    if size >= _LONGEST_NOTICE:
        return False
    words = fold_words(text)
    phrases, longest = (
        _long_phrases("subscribe", "earnings") if size < _LONGEST_APPEAL else _long_phrases("earnings")
    )
    if longest.isdisjoint(words):
        return False
    line = f" {' '.join(words)} "
    return any(phrase in line for word in longest.intersection(words) for phrase in phrases[word])


def is_notice(text: str) -> bool:
    """Whether every line of a short block is a notice or a tool of the page alone ("All rights reserved", "Print this story")."""
    return len(text) <= _LONGEST_TOOLS and all(_is_tool(row) for row in _ROWS.split(text) if row.strip())


def is_related(label: str) -> bool:
    """Whether a label is one that stands before the headlines of other stories ("Read also")."""
    return " ".join(_WORD.findall(label.casefold())) in _labels()


@lru_cache(maxsize=1 << 9)
def fold_words(text: str) -> tuple[str, ...]:
    """The words of a block, case-folded; several readers ask for those of the same blocks of one page."""
    return tuple(_WORD.findall(text.casefold()))


# ---------------------------------------------------------------- helpers

_KINDS = ("related", "comments", "social", "subscribe", "legal", "photo")
_WORD = re.compile(r"\w+")
_LONGEST_APPEAL, _LONGEST_NOTICE = 50, 90
_LONGEST_TOOLS, _LONGEST_TOOL = 120, 6
_ROWS = re.compile(r"[\n|•·]")
_COPYRIGHT = re.compile(r"\s*(?:©|\(c\)\s|copyright\b)", re.I)
_Sized = dict[str, tuple[tuple[str, int], ...]]
"""(prompt between spaces, its words) by one word of it."""


@lru_cache(maxsize=1)
def _prompts() -> tuple[_Sized, _Sized, frozenset[str]]:
    """Prompts, longer ones first, by the first word; and those of several words by the longest, which few texts have, and
    those longest words."""
    by_first: dict[str, set[tuple[str, int]]] = {}
    by_longest: dict[str, set[tuple[str, int]]] = {}
    for words in _phrases(*_KINDS):
        prompt = (f" {' '.join(words)} ", len(words))
        by_first.setdefault(words[0], set()).add(prompt)
        if len(words) > 1:
            by_longest.setdefault(max(words, key=len), set()).add(prompt)
    first, longest = (
        {w: tuple(sorted(p, key=lambda x: (-x[1], x[0]))) for w, p in table.items()}
        for table in (by_first, by_longest)
    )
    return first, longest, frozenset(longest)


@lru_cache(maxsize=4)
def _long_phrases(*kinds: str) -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """Phrases of three words and more, between spaces, by their longest word, which few texts have; and those words."""
    by_longest: dict[str, set[str]] = {}
    for words in _phrases(*kinds):
        if len(words) >= 3:
            by_longest.setdefault(max(words, key=len), set()).add(f" {' '.join(words)} ")
    return {word: tuple(sorted(phrases)) for word, phrases in by_longest.items()}, frozenset(by_longest)


def _is_tool(row: str) -> bool:
    words = tuple(_WORD.findall(row.casefold()))
    if not words:
        return False
    if _COPYRIGHT.match(row) and len(words) <= 2 * _LONGEST_TOOL:
        return True
    if len(words) > _LONGEST_TOOL:
        return False
    named = words[-1] in _PAGES and any(words[:n] in _tools("social") for n in (1, 2) if n < len(words))
    return named or words in _tools()


_PAGES = frozenset(str.split("article story page this link post news"))


@lru_cache(maxsize=2)
def _tools(*kinds: str) -> frozenset[tuple[str, ...]]:
    """Phrases that are a tool or a notice where they are a whole line; of notices those of two words and more."""
    if kinds:
        return frozenset(_phrases(*kinds))
    return frozenset(w for w in _phrases("legal", "social") if len(w) > 1)


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    return frozenset(" ".join(words) for words in _phrases("related", "related_labels"))


def _phrases(*kinds: str) -> Iterator[tuple[str, ...]]:
    """The prompts of some kinds in all languages, as case-folded words."""
    for code in find_languages():
        for kind in kinds:
            for phrase in language_words(code, "prompts", kind):
                if words := tuple(_WORD.findall(phrase.casefold())):
                    yield words
