"""What of an article counts for grouping: its words with their roles, and pairs of neighbouring words, as numbers.

A word is known by 24 bits of a hash of its folded stem, so that no table of words has to be kept; two given words meet in
one number once in 17 million times. The words themselves are kept only for the article in hand, to tell the reader.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import nan

import numpy as np
import numpy.typing as npt
import xxhash

from stemma.stories.clock import find_bounds
from stemma.text.lang import find_languages, language_words, load_language
from stemma.text.names import fold_name
from stemma.text.tokens import spell_words, stem_words
from stemma.types import Article

Words = npt.NDArray[np.uint32]

KEY_BITS = 24
KEYS = 1 << KEY_BITS
ROLE_BITS = np.uint32(8)
TITLE, LEAD, NAME, NUMBER, TIME = 8, 16, 32, 64, 128
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
    since year 1, each not a number where nothing bounds it; `tongue` is a number for the language, 0 where unknown.
    """

    entries: Words
    pairs: Words
    pair_words: npt.NDArray[np.intp]
    spelled: tuple[str, ...]
    length: int
    latest: int
    bounds: tuple[float, float] = (nan, nan)
    tongue: int = 0


def make_bag(article: Article) -> Bag:
    """The numbers of one article. Title words count as title; without a title the first words of the text do."""
    language = article.language or "en"
    stop = language_words(language, "words", "stop")
    calendar = _calendar(language)
    head = spell_words(article.title[:1000]) if article.title else []
    body = _read_words(article.text)
    title = [w.lower() for w in head]
    if title and [w.lower() for w in body[: len(head)]] == title:
        body = body[len(head) :]
    if not _is_borne_out(title, body, stop):
        head, title = [], []
    opening = [w.lower() for w in body[: max(LEAD_WORDS, LEAD_PAIRS)]]
    counts, raised, lower = _count_words(head, body)
    roles = dict.fromkeys(counts, 0)
    for w in opening[:LEAD_WORDS]:
        roles[w] |= LEAD
    for w in title or opening[:UNTITLED]:
        roles[w] |= TITLE | LEAD

    keys: dict[int, int] = {}
    spelled: list[str] = []
    numbers: list[int] = []
    marks: list[int] = []
    for w, n in counts.items():
        key, kind = _look_up(w, language)
        if key < 0:
            continue
        role = roles[w] | kind
        if kind == 0 and w in raised and (w not in lower or raised[w] > 2):
            role |= NAME
        at = keys.setdefault(key, len(spelled))
        if at == len(spelled):
            spelled.append(w)
            numbers.append(n)
            marks.append(role)
        else:
            numbers[at] += n
            marks[at] |= role
    days, latest = _find_days(head + body, counts, calendar)
    for label in days:
        key = word_key(label, "")
        if key not in keys:
            keys[key] = len(marks)
            spelled.append(label)
            numbers.append(0)
            marks.append(TIME)
    line = [_look_up(w, language)[0] for w in title + opening[:LEAD_PAIRS]]
    content = [key for key in line if key >= 0]
    pairs, pair_words = _pair(content, [keys[key] for key in content])
    often = _COUNT_CLASS[np.minimum(np.array(numbers, dtype=np.intp), len(_COUNT_CLASS) - 1)]
    return Bag(
        entries=np.array(list(keys), dtype=np.uint32) << ROLE_BITS | np.array(marks, dtype=np.uint32) | often,
        pairs=pairs,
        pair_words=pair_words,
        spelled=tuple(spelled),
        length=len(head) + len(body),
        latest=latest,
        bounds=find_bounds(article),
        tongue=_number_tongue(article.language),
    )


def _read_words(text: str) -> list[str]:
    """The first words as they are written; most texts need not be looked at to their end."""
    some = spell_words(text[: MAX_WORDS * 7])
    if len(some) <= MAX_WORDS and len(text) > MAX_WORDS * 7:
        some = spell_words(text[: MAX_WORDS * 12])
    return some[:MAX_WORDS]


def _count_words(head: list[str], body: list[str]) -> tuple[dict[str, int], dict[str, int], set[str]]:
    """How often each word stands in title and text, how often with a capital, and which stand without one.

    A title of digits says nothing of capitals. Each spelling is looked at once.
    """
    counts: dict[str, int] = {}
    raised: dict[str, int] = {}
    lower: set[str] = set()
    telling = any(spelling[0].isalpha() for spelling in head)
    for spelling in head:
        w = spelling.lower()
        counts[w] = counts.get(w, 0) + 1
        if spelling[0].isupper():
            raised[w] = raised.get(w, 0) + 1
        elif telling:
            lower.add(w)
    for spelling, n in Counter(body).items():
        first = spelling[0]
        if first.islower():
            w = spelling if spelling.islower() else spelling.lower()
            lower.add(w)
        elif first.isupper():
            w = spelling.lower()
            raised[w] = raised.get(w, 0) + n
        else:
            w = spelling.lower()
        counts[w] = counts.get(w, 0) + n
    return counts, raised, lower


@lru_cache(maxsize=400_000)
def word_key(word: str, language: str) -> int:
    """24 bits for a word's stem, spellings of names folded, so that Zelensky and Зеленський are one."""
    if word[0].isdigit():
        return xxhash.xxh32_intdigest(_plain_number(word).encode()) >> 8
    stem = stem_words([word], language or None)[0]
    return xxhash.xxh32_intdigest((fold_name(stem) or stem).encode()) >> 8


@lru_cache(maxsize=400_000)
def _look_up(word: str, language: str) -> tuple[int, int]:
    """A word's key and whether it is a number, a day or neither; -1 for a word that does not count."""
    if len(word) < 2 or word in language_words(language, "words", "stop"):
        return -1, 0
    if word[0].isdigit():
        return word_key(word, language), _number_role(word)
    return word_key(word, language), TIME if word in _calendar(language) else 0


def _plain_number(word: str) -> str:
    """9,300 and 9.300 are one number, and 3.4 and 3,4 are one."""
    parts = word.replace(",", ".").split(".")
    if len(parts) > 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]):
        return "".join(parts)
    return ".".join(parts)


def _number_tongue(language: str | None) -> int:
    """The two letters of a language's code as a number."""
    code = (language or "").lower()[:2]
    return ord(code[0]) << 8 | ord(code[1]) if len(code) == 2 and code.isascii() else 0


@lru_cache(maxsize=64)
def _calendar(language: str) -> dict[str, int]:
    """Month names to 1-12, weekdays to 0; of every language where this one has no file."""
    tables = [t for t in (load_language(language).get("dates"),) if t]
    tables = tables or [t for code in find_languages() if (t := load_language(code).get("dates"))]
    found: dict[str, int] = {}
    for table in tables:
        found.update({w: 0 for words in table.get("weekdays", ()) for w in words if len(w) > 3})
        found.update({w: n for n, words in enumerate(table.get("months", ()), 1) for w in words})
    return found


def _is_borne_out(title: list[str], body: list[str], stop: frozenset[str]) -> bool:
    """Whether the text says anything of a long title: one stuffed with every trending name is not read."""
    telling = {w for w in title if w not in stop and len(w) > 3 and not w[0].isdigit()}
    if len(telling) < _STUFFED_WORDS or len(body) < _STUFFED_BODY:
        return True
    return len(telling.intersection(w.lower() for w in body)) >= _STUFFED_SHARE * len(telling)


def _number_role(word: str) -> int:
    if len(word) == 4 and word.isdigit() and "1900" <= word <= "2099":
        return TIME
    return 0 if ":" in word else NUMBER


def _find_days(words: list[str], counts: dict[str, int], calendar: dict[str, int]) -> tuple[list[str], int]:
    """Days of the year that are named ("3-10" for 10 March), and the latest month that stands with its year."""
    months = [word for word in calendar.keys() & counts if calendar[word]]
    if not months:
        return [], 0
    found: dict[str, None] = {}
    latest = 0
    spellings = {spelling for word in months for spelling in (word, word.capitalize(), word.upper())}
    for at in [at for at, word in enumerate(words) if word in spellings]:
        month = calendar[words[at].lower()]
        after, before = words[at + 1 : at + 3], words[at - 1 : at] if at else []
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
    low, high = np.minimum(keys[one], keys[other]), np.maximum(keys[one], keys[other])
    pairs, first = np.unique(low * np.uint32(0x9E3779B1) ^ high * np.uint32(0x85EBCA6B), return_index=True)
    return pairs, np.stack([at[one[first]], at[other[first]]])


@lru_cache(maxsize=1024)
def _neighbours(count: int) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Places of all pairs at most three apart in a row of so many."""
    every = np.arange(count)
    one = np.concatenate([every[gap:] for gap in (1, 2, 3)])
    other = np.concatenate([every[:-gap] for gap in (1, 2, 3)])
    return one, other
