"""Phrases that pages say to their readers, not about the news: what a line holds of them.

The phrases are the `[prompts]` tables of all languages together, for furniture is often in another language than the
article. One word counts only where it opens or is the line; longer phrases count anywhere.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stemma.text.lang import find_languages, language_words, load_language
from stemma.text.tokens import split_words

KINDS = ("photo", "source", "related", "comments", "social", "subscribe", "legal", "contributed")
"""Kinds of phrases, in the order in which `weigh_prompts` gives their strengths."""

NONE, INSIDE, OPENS, WHOLE = range(4)
"""How strongly a line is a phrase: not at all, holds it, opens with it, is it."""

_Entry = tuple[tuple[str, ...], int]


def weigh_prompts(words: list[str]) -> list[int]:
    """For each of `KINDS` the strength of the strongest phrase in a line of lower-case words."""
    found = [NONE] * len(KINDS)
    size = len(words)
    # "34 comments": a count before a phrase is part of it.
    opening = 1 if size > 1 and words[0].isdigit() else 0
    singles, longest = _singles(), _by_longest()
    places = [(at, 1, kind) for at in range(min(size, opening + 1)) for kind in singles.get(words[at], ())]
    if not longest.keys().isdisjoint(words):
        for at, word in enumerate(words):
            for phrase, kind, before in longest.get(word, ()):
                start, n = at - before, len(phrase)
                if start >= 0 and tuple(words[start : start + n]) == phrase:
                    places.append((start, n, kind))
    for start, n, kind in places:
        strength = INSIDE if start > opening else WHOLE if n + start == size else OPENS
        if strength > found[kind]:
            found[kind] = strength
    return found


def count_phrases(words: list[str], kind: str) -> int:
    """How many phrases of two words or more of one kind a line holds, overlapping ones counted once."""
    wanted = KINDS.index(kind)
    phrases = _phrases()
    count, beyond = 0, 0
    for at, word in enumerate(words):
        if at < beyond:
            continue
        sizes = [
            len(p)
            for p, k in phrases.get(word, ())
            if k == wanted and len(p) > 1 and tuple(words[at : at + len(p)]) == p
        ]
        if sizes:
            count, beyond = count + 1, at + max(sizes)
    return count


def is_related(label: str) -> bool:
    """Whether a label is one that stands before the headlines of other stories ("Also", "Read also")."""
    return tuple(split_words(label.lower())) in _labels()


def heads_comment(line: str, words: list[str], after: str) -> bool:
    """Whether a line names who wrote the reader's comment below it, and when ("Ann on 3 May 2031 at 6:30 said:").

    The day may stand in the line `after` it.
    """
    if words[-1] not in _commented() or len(words) > _LONGEST_HEAD:
        return False
    dated_below = line[-1] == ":" and len(after) < _LONGEST_MOMENT and _MOMENT.search(after) is not None
    return dated_below or _MOMENT.search(line) is not None


_LONGEST_HEAD, _LONGEST_MOMENT = 20, 60
_MOMENT = re.compile(r"\b(?:19|20)\d\d\b.{0,12}\b\d{1,2}[:.h]\d\d|\b\d{1,2}[:.h]\d\d.{0,25}\b(?:19|20)\d\d\b")


@lru_cache(maxsize=1)
def _commented() -> frozenset[str]:
    return frozenset(w for code in find_languages() for w in language_words(code, "prompts", "commented"))


@lru_cache(maxsize=1)
def _labels() -> frozenset[tuple[str, ...]]:
    tables = [load_language(code).get("prompts", {}) for code in find_languages()]
    phrases = (p for t in tables for key in ("related", "related_labels") for p in t.get(key, ()))
    return frozenset(tuple(split_words(p)) for p in phrases)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[_Entry]]:
    entries: set[_Entry] = set()
    for code in find_languages():
        table = load_language(code).get("prompts", {})
        for n, name in enumerate(KINDS):
            entries.update((tuple(split_words(p)), n) for p in table.get(name, ()))
    first: dict[str, list[_Entry]] = {}
    for phrase, kind in sorted(entries):
        if phrase:
            first.setdefault(phrase[0], []).append((phrase, kind))
    return first


@lru_cache(maxsize=1)
def _singles() -> dict[str, list[int]]:
    """The kinds of each phrase of one word."""
    return {w: [k for p, k in entries if len(p) == 1] for w, entries in _phrases().items()}


@lru_cache(maxsize=1)
def _by_longest() -> dict[str, list[tuple[tuple[str, ...], int, int]]]:
    """(phrase, kind, words before that one) of phrases of several words by their longest one, which few lines have."""
    found: dict[str, list[tuple[tuple[str, ...], int, int]]] = {}
    for entries in _phrases().values():
        for phrase, kind in entries:
            if len(phrase) > 1:
                longest = max(phrase, key=len)
                found.setdefault(longest, []).append((phrase, kind, phrase.index(longest)))
    return found
