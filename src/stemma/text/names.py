"""Names as text: folding of spellings, and capitalised runs.

Folding makes the spellings of one name meet: Zelensky, Zelenskiy, Zelenskyy and Зеленський become one key. It is for
comparison only and never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

_DOUBLE = re.compile(r"(.)\1+")
_TAIL = re.compile(r"(?:iyy?|yi|ij|yy?|i)$")
_NOT_LETTER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65536)
def fold_name(word: str) -> str:
    """ASCII, lower case, double letters single, final -y/-iy/-yy/-i alike, possessive cut."""
    plain = word[:-2] if word.endswith(("'s", "’s")) else word
    plain = _NOT_LETTER.sub("", anyascii(plain).lower())
    return _TAIL.sub("y", _DOUBLE.sub(r"\1", plain))
