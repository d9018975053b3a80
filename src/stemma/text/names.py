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


_CYRILLIC_CASE = re.compile(
    r"(?<=.{3})(?:ого|ому|ими|ами|ями|ої|ою|ею|єю|ого|ему|его|ов[аіуыи]?|ем|ом|им|ым|ій|ий|ый|ой|ах|ях|[аеиіуюяєїоыь])$"
)
_SOUNDS = (
    (re.compile(r"schtsch|shch|tsch|tch|sch|zsch|sh|ch|kh|zh|dzh|dj|gh|cz|sz|[hg]"), "h"),
    (re.compile(r"ph|pf"), "f"),
    (re.compile(r"th|tt|dt|d"), "t"),
    (re.compile(r"ck|qu|q|c(?![eiy])"), "k"),
    (re.compile(r"ts|tz|z|c"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[jy]"), ""),
)
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=65536)
def sound_name(word: str) -> str:
    """A name's consonants as languages spell them differently: Lukaschenko, Loukachenko, Lukashenko and Лукашенка are "lhnk".

    Endings of cases are cut from words in Cyrillic. With fewer than three consonants the folded name itself, which few others share.
    """
    bare = _CYRILLIC_CASE.sub("", word) if "\u0400" <= word[:1] <= "\u04ff" else word
    plain = fold_name(bare)
    sound = plain
    for spelling, letter in _SOUNDS:
        sound = spelling.sub(letter, sound)
    sound = _DOUBLE.sub(r"\1", _VOWELS.sub("", sound))
    return sound if len(sound) >= 3 else f"={plain}"
