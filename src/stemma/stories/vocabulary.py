"""What every spelling of a language says of itself: its word, the word's key, whether it is a number, a day, a month.

Found out once for each spelling and kept, so that an article's words need one look-up each. Nothing here is of an article or
of a stream: an empty vocabulary gives the same bags.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import xxhash

from stemma.text.lang import find_languages, language_words, load_language
from stemma.text.names import fold_name
from stemma.text.tokens import stem_words

NUMBER, TIME = 64, 128
LOWER, RAISED, NEITHER = range(3)
_ELIDING = ("fr", "it", "ca")
"""Languages that write an article and its noun as one: l'Ukraine, dell'Ucraina."""
_ARTICLES = frozenset(
    ["l", "d", "qu", "n", "s", "j", "m", "t", "c", "dell", "all", "nell", "sull", "dall", "un", "quell"]
)
_MOST = 400_000
"""Spellings of one language after which its vocabulary begins anew; some 100 MB."""


class Spelling(NamedTuple):
    """`word` in lower case; `key` of its stem, -1 where it does not count; `kind`: `NUMBER`, `TIME` or 0; `month`: 1 to 12 or 0."""

    word: str
    key: int
    kind: int
    case: int
    month: int


class Vocabulary(dict[str, Spelling]):
    """What each spelling says, found out when it is first asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.calendar = _find_calendar(language)
        self.stop = language_words(language, "words", "stop")

    def __missing__(self, spelling: str) -> Spelling:
        bare = _cut_article(spelling) if self.language in _ELIDING else spelling
        if bare != spelling:
            self[spelling] = found = self[bare]
            return found
        low, first = spelling.lower(), spelling[0]
        case = LOWER if first.islower() else RAISED if first.isupper() else NEITHER
        month = self.calendar.get(low, 0) if spelling in (low, low.capitalize(), low.upper()) else 0
        if low != spelling:
            found = self[low]._replace(case=case, month=month)
        elif len(low) < 2 or low in self.stop:
            found = Spelling(low, -1, 0, case, month)
        elif first.isdigit():
            found = Spelling(low, word_key(low, self.language), _number_role(low), case, month)
        else:
            day = TIME if low in self.calendar else 0
            found = Spelling(low, word_key(low, self.language), day, case, month)
        if len(self) >= _MOST:
            self.clear()
        self[spelling] = found
        return found


@lru_cache(maxsize=64)
def find_vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language."""
    return Vocabulary(language)


def _cut_article(spelling: str) -> str:
    before, mark, after = spelling.replace("’", "'").partition("'")
    return after if mark and after and before.lower() in _ARTICLES else spelling


def word_key(word: str, language: str) -> int:
    """24 bits for a word's stem, spellings of names folded, so that Zelensky and Зеленський are one."""
    if word[0].isdigit():
        return xxhash.xxh32_intdigest(_plain_number(word).encode()) >> 8
    stem = stem_words([word], language or None)[0]
    return xxhash.xxh32_intdigest((fold_name(stem) or stem).encode()) >> 8


def _number_role(word: str) -> int:
    """A year is of the days, a time of day is nothing, all others are numbers."""
    if len(word) == 4 and word.isdigit() and "1900" <= word <= "2099":
        return TIME
    return 0 if ":" in word else NUMBER


def _plain_number(word: str) -> str:
    """9,300 and 9.300 are one number, and 3.4 and 3,4 are one."""
    parts = word.replace(",", ".").split(".")
    if len(parts) > 1 and len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:]):
        return "".join(parts)
    return ".".join(parts)


@lru_cache(maxsize=64)
def _find_calendar(language: str) -> dict[str, int]:
    """Month names to 1-12, weekdays to 0; of every language where this one has no file."""
    tables = [t for t in (load_language(language).get("dates"),) if t]
    tables = tables or [t for code in find_languages() if (t := load_language(code).get("dates"))]
    found: dict[str, int] = {}
    for table in tables:
        found.update({w: 0 for words in table.get("weekdays", ()) for w in words if len(w) > 3})
        found.update({w: n for n, words in enumerate(table.get("months", ()), 1) for w in words})
    return found
