"""The phrases by which a page says that it is no article: an error, a challenge, a wall before the text.

They are the `[outcomes]` tables of all languages together, since such pages are often in another language than the site.
What a found phrase means for a page, `html.outcome` and `flat.outcome` decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from stemma.text.lang import find_languages, language_words

OutcomeKind = Literal["error", "challenge", "paywall"]


def find_phrase(kind: OutcomeKind, text: str) -> str | None:
    """The first phrase of a kind that a case-folded text holds in whole words, None where it holds none."""
    phrases = _phrases(kind)
    found = [
        (m.start(), -len(phrase), phrase)
        for word in phrases.keys() & set(_LETTERS.findall(text))
        for phrase, pattern in phrases[word]
        if phrase in text and (m := pattern.search(text))
    ]
    return min(found)[2].strip() if found else None


# ---------------------------------------------------------------- helpers

_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=8)
def _phrases(kind: OutcomeKind) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """Phrases of all languages by the first run of letters in them: a cheap look before the search."""
    by_first: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for phrase in sorted({w for code in find_languages() for w in language_words(code, "outcomes", kind)}):
        if first := _LETTERS.search(phrase):
            pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")
            by_first.setdefault(first.group(), []).append((phrase, pattern))
    return by_first
