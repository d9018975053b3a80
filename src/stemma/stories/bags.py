"""What of an article counts for grouping: its words with their roles, and pairs of neighbouring words, as numbers.

A word is known by 24 bits of a hash of its folded stem, so that no table of words has to be kept; two given words meet in
one number once in 17 million times. The words themselves are kept only for the article in hand, to tell the reader.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from math import nan

import numpy as np
import numpy.typing as npt

from stemma.stories.clock import find_bounds
from stemma.stories.runs import mark_starts
from stemma.stories.vocabulary import LOWER, RAISED, TIME, Vocabulary, find_vocabulary, word_key
from stemma.text.ideas import find_ideas
from stemma.text.tokens import spell_words
from stemma.types import Article

Words = npt.NDArray[np.uint32]

KEY_BITS = 24
KEYS = 1 << KEY_BITS
ROLE_BITS = np.uint32(8)
TITLE, LEAD, NAME = 8, 16, 32
COUNT = 7
"""Roles of a word in one article, beside the class of its count (the lowest three bits; 0: not part of the body)."""

_COUNT_CLASS = np.array([0, 1, 2, 3, 4, 5, 5, 6, 6, 6, 7], dtype=np.uint32)
COUNT_WEIGHT = np.array([0.0, 1.0, 1.693, 2.099, 2.386, 2.70, 3.04, 3.6], dtype=np.float64)
"""1 + ln(count), for counts of 1, 2, 3, 4, 5-6, 7-9 and more."""

MAX_WORDS = 700
"""Words read of a text (its beginning): more of it changes no decision, and a book pasted into a page costs no more."""
LEAD_WORDS = 45
LEAD_PAIRS = 60
UNTITLED = 14
_STUFFED_WORDS, _STUFFED_BODY, _STUFFED_SHARE = 8, 25, 0.15
"""No honest title of mix and allsides is so long and says so little of its text."""


@dataclass(frozen=True, slots=True, eq=False)
class Bag:
    """An article as numbers: `entries` (key << 8 | roles), `pairs` of neighbouring words in title and lead.

    `spelled` are the words of the entries in the same order, as a reader would write them; `length` counts words;
    `pair_words` are the places of the two words of each pair in `entries`, below each other. `latest` is the latest month that the text names with
    its year, in months since year 0; 0 where it names none. `bounds` are the earliest and the latest day of publication, in days
    since year 1, each not a number where nothing bounds it; `tongue` is a number for the language, 0 where unknown. `ideas` are those of title and lead (idea << 8 | roles), ascending.
    """

    entries: Words
    pairs: Words
    pair_words: npt.NDArray[np.intp]
    spelled: tuple[str, ...]
    length: int
    latest: int
    bounds: tuple[float, float] = (nan, nan)
    tongue: int = 0
    ideas: Words = field(default_factory=lambda: np.empty(0, dtype=np.uint32))


def make_bag(article: Article) -> Bag:
    """The numbers of one article. Title words count as title; without a title the first words of the text do."""
    vocabulary = find_vocabulary(article.language or "en")
    head = spell_words(article.title[:1000]) if article.title else []
    body = _read_words(article.text)
    first = [vocabulary[s] for s in head]
    title = [said.word for said in first]
    if title and [s.lower() for s in body[: len(head)]] == title:
        body = body[len(head) :]
    if not _is_borne_out(title, body, vocabulary.stop):
        head, title, first = [], [], []
    opening = [vocabulary[s] for s in body[:LEAD_PAIRS]]
    keys, spelled, numbers, marks, months = _count_words(head, body, vocabulary)
    for said in opening[:LEAD_WORDS]:
        if said.key >= 0:
            marks[keys[said.key]] |= LEAD
    for said in first or opening[:UNTITLED]:
        if said.key >= 0:
            marks[keys[said.key]] |= TITLE | LEAD
    days, latest = _find_days(head + body, months, vocabulary) if months else ([], 0)
    for label in days:
        key = word_key(label, "")
        if key not in keys:
            keys[key] = len(marks)
            spelled.append(label)
            numbers.append(0)
            marks.append(TIME)
    content = [said.key for said in first + opening if said.key >= 0]
    pairs, pair_words = _pair(content, [keys[key] for key in content])
    often = _COUNT_CLASS.take(np.array(numbers, dtype=np.intp), mode="clip")
    return Bag(
        entries=np.array(list(keys), dtype=np.uint32) << ROLE_BITS | np.array(marks, dtype=np.uint32) | often,
        pairs=pairs,
        pair_words=pair_words,
        spelled=tuple(spelled),
        length=len(head) + len(body),
        latest=latest,
        bounds=find_bounds(article),
        tongue=_number_tongue(article.language),
        ideas=_find_ideas(title, [said.word for said in opening], article.language or ""),
    )


def _read_words(text: str) -> list[str]:
    """The first words as they are written; most texts need not be looked at to their end."""
    some = spell_words(text[: MAX_WORDS * 7])
    if len(some) <= MAX_WORDS and len(text) > MAX_WORDS * 7:
        some = spell_words(text[: MAX_WORDS * 12])
    return some[:MAX_WORDS]


def _count_words(
    head: list[str], body: list[str], vocabulary: Vocabulary
) -> tuple[dict[int, int], list[str], list[int], list[int], set[str]]:
    """Keys of the words that count with their places in order of first use, and by place: a word, how often it stands, its kind.

    A word is a name if it stands with a capital, and never without one or more than twice (a title of digits says
    nothing of capitals). The last are spellings of months.
    """
    keys: dict[int, int] = {}
    spelled: list[str] = []
    numbers: list[int] = []
    marks: list[int] = []
    months = set()
    raised: dict[str, int] = {}
    small = set()
    telling = any(spelling[0].isalpha() for spelling in head)
    for spelling, n in [*((s, 0) for s in head), *Counter(body).items()]:
        w, key, kind, case, month = vocabulary[spelling]
        if month:
            months.add(spelling)
        if key < 0:
            continue
        at = keys.setdefault(key, len(spelled))
        if at == len(spelled):
            spelled.append(w)
            numbers.append(n or 1)
            marks.append(kind)
        else:
            numbers[at] += n or 1
            marks[at] |= kind
        if case == RAISED:
            if not kind:
                raised[w] = raised.get(w, 0) + (n or 1)
        elif case == LOWER if n else telling:
            small.add(w)
    for w, n in raised.items():
        if w not in small or n > 2:
            marks[keys[vocabulary[w].key]] |= NAME
    return keys, spelled, numbers, marks, months


def _find_ideas(title: list[str], opening: list[str], language: str) -> Words:
    """Ideas of title and lead with their roles."""
    roles: dict[int, int] = {}
    for idea, _ in find_ideas(title, language):
        roles[idea] = TITLE | LEAD
    for idea, _ in find_ideas(opening, language):
        roles[idea] = roles.get(idea, 0) | LEAD
    return np.array(sorted(idea << int(ROLE_BITS) | role for idea, role in roles.items()), dtype=np.uint32)


def _number_tongue(language: str | None) -> int:
    """The two letters of a language's code as a number."""
    code = (language or "").lower()[:2]
    return ord(code[0]) << 8 | ord(code[1]) if len(code) == 2 and code.isascii() else 0


def _is_borne_out(title: list[str], body: list[str], stop: frozenset[str]) -> bool:
    """Whether the text says anything of a long title: one stuffed with every trending name is not read."""
    if len(title) < _STUFFED_WORDS or len(body) < _STUFFED_BODY:
        return True
    telling = {w for w in title if w not in stop and len(w) > 3 and not w[0].isdigit()}
    if len(telling) < _STUFFED_WORDS:
        return True
    return len(telling.intersection(w.lower() for w in body)) >= _STUFFED_SHARE * len(telling)


def _find_days(line: list[str], months: set[str], vocabulary: Vocabulary) -> tuple[list[str], int]:
    """Days of the year that are named ("3-10" for 10 March), and the latest month that stands with its year."""
    found: dict[str, None] = {}
    latest = 0
    for at in [at for at, word in enumerate(line) if word in months]:
        month = vocabulary[line[at]].month
        after, before = line[at + 1 : at + 3], line[at - 1 : at] if at else []
        for other in (after[:1], before):
            if other and other[0].isdecimal() and len(other[0]) <= 2 and 0 < int(other[0]) <= 31:
                found[f"{month}-{int(other[0])}"] = None
        for year in after:
            if len(year) == 4 and year.isdecimal() and "1900" <= year <= "2099":
                latest = max(latest, int(year) * 12 + month)
                break
            if not (year.isdecimal() and len(year) <= 2):
                break
    return list(found), latest


def _pair(content: list[int], places: list[int]) -> tuple[Words, npt.NDArray[np.intp]]:
    """Unordered pairs of content words at most three apart, as 32 bits each, sorted, and the places of their two words."""
    count = len(content)
    if count < 2:
        return np.empty(0, dtype=np.uint32), np.empty((2, 0), dtype=np.intp)
    keys, at = np.array(content, dtype=np.uint32), np.array(places, dtype=np.intp)
    one, other = _neighbours(count)
    left, right = keys.take(one), keys.take(other)
    every = np.minimum(left, right) * np.uint32(0x9E3779B1) ^ np.maximum(left, right) * np.uint32(0x85EBCA6B)
    order = every.argsort(kind="stable")
    every = every.take(order)
    new = mark_starts(every)
    first = order[new]
    return every[new], at.take(np.array([one.take(first), other.take(first)]))


@lru_cache(maxsize=1024)
def _neighbours(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Places of all pairs at most three apart in a row of so many."""
    every = np.arange(count)
    one = np.concatenate([every[gap:] for gap in (1, 2, 3)])
    other = np.concatenate([every[:-gap] for gap in (1, 2, 3)])
    return one, other
