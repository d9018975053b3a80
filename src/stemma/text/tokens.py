"""Words with their places: the one tokenizer of every stage that counts or compares words.

A word is a run of letters and digits; numbers stay whole ("3,660,273", "291.8"); scripts without spaces give one
token a character, so that shingles of them mean something. Gives lower-case words; sentences and names are elsewhere.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt
import Stemmer

from stemma.text.remembered import Remembered

# Han, kana, hangul are split by character: a clause without spaces would otherwise be one word.
_SPACELESS = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(
    rf"\d+(?:[.,:]\d+)*|[{_SPACELESS}]|[^\W_{_SPACELESS}]+(?:['’\u00ad][^\W\d_{_SPACELESS}]+)*", re.UNICODE
)
_PLAIN_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[A-Za-z0-9]+(?:'[A-Za-z]+)*", re.ASCII)
"""The same where all letters are ASCII, in two thirds of the time."""
_PARTS = re.compile(f"({_WORD.pattern})")
_LONE = re.compile(f"[{_SPACELESS}]")

_BETWEEN, _JOINT, _LETTER, _DIGIT, _ALONE = range(1, 6)
_JOINTS = "'’\u00ad.,:"
"""What may stand inside a word, between two of its characters."""
_KINDS: npt.NDArray[np.uint8] = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
"""The kind of each character, found out when it is first met (0: not yet)."""

Places = npt.NDArray[np.int32]
_NOWHERE: Places = np.zeros(0, dtype=np.int32)

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "hu": "hungarian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nl": "dutch", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian",
    "sv": "swedish", "tr": "turkish",
}  # fmt: skip
"""Languages for which Snowball has a stemmer (snowballstem.org)."""


def locate_words(text: str) -> tuple[list[str], list[int], list[int]]:
    """Lower-case words, where each starts and where each ends (code points in `text`)."""
    low = text.lower()
    if len(low) != len(text):  # a letter that is two in lower case (Turkish İ) moves all places
        matches = list(_WORD.finditer(text))
        return [m.group().lower() for m in matches], [m.start() for m in matches], [m.end() for m in matches]
    found = _locate_at_once(low)
    if found is not None:
        words, starts, ends = found
        return words, starts.tolist(), ends.tolist()
    # What stands between the words, and they in turn: a third of the time of asking every match for its span.
    parts = _PARTS.split(low)
    edges = list(accumulate(map(len, parts)))
    return parts[1::2], edges[:-1:2], edges[1::2]


def lay_words(text: str, low: str) -> tuple[list[str], Places, Places]:
    """What `locate_words` gives of the text, with the places as arrays, where the text in lower case is at hand."""
    found = _locate_at_once(low) if len(low) == len(text) else None
    if found is not None:
        return found
    words, begins, ends = locate_words(text)
    return words, np.array(begins, dtype=np.int32), np.array(ends, dtype=np.int32)


def _locate_at_once(low: str) -> tuple[list[str], Places, Places] | None:
    """The same by the kinds of all characters at once, in half of the pattern's time; None where there are scripts without spaces.

    Runs of letters and digits, with a single mark between two of them taken in, are words as they are. Only those that begin
    with a digit or hold such a mark are looked at by the pattern: "5th" is two words, "3,660" and "isn't" are one.
    """
    if not low:
        return [], _NOWHERE, _NOWHERE
    code, size = ("ascii", 1) if low.isascii() else ("utf-16-le", 2)
    raw = low.encode(code, "surrogatepass")
    if len(raw) > size * len(low):  # beyond the first plane
        code, size = "utf-32-le", 4
        raw = low.encode(code, "surrogatepass")
    points: npt.NDArray[Any] = np.frombuffer(raw, dtype=f"<u{size}")
    kinds = _KINDS.take(points)
    if not kinds.all():
        for point in set(points[kinds == 0].tolist()):
            _KINDS[point] = _kind_of(chr(point))
        kinds = _KINDS.take(points)
    if kinds.max() == _ALONE:
        return None
    inside = np.zeros(len(points) + 2, dtype=np.bool_)
    np.greater_equal(kinds, _LETTER, out=inside[1:-1])
    joints = np.flatnonzero(kinds == _JOINT)
    joints = joints[inside.take(joints) & inside.take(joints + 2)]
    inside[joints + 1] = True
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    starts = edges[::2]
    doubtful = kinds.take(starts) == _DIGIT
    doubtful[starts.searchsorted(joints, side="right") - 1] = True
    spaced = np.where(inside[1:-1], points, points.dtype.type(32)).tobytes()
    words = spaced.decode(code, "surrogatepass").split()
    begins, ends = starts.astype(np.int32), edges[1::2].astype(np.int32)
    several = [(at, parts) for at in np.flatnonzero(doubtful).tolist() if (parts := _part(words[at]))]
    if several:
        firsts, lasts = begins.tolist(), ends.tolist()
        for at, parts in several[::-1]:
            first = firsts[at]
            words[at : at + 1] = [part for part, _, _ in parts]
            firsts[at : at + 1] = [first + start for _, start, _ in parts]
            lasts[at : at + 1] = [first + end for _, _, end in parts]
        begins, ends = np.array(firsts, dtype=np.int32), np.array(lasts, dtype=np.int32)
    return words, begins, ends


@lru_cache(maxsize=1 << 14)
def _part(whole: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a run that is several, with their places in it; nothing where it is one."""
    first = _WORD.match(whole)
    if first is None or first.end() == len(whole):
        return ()
    parts = tuple([(m.group(), m.start(), m.end()) for m in _WORD.finditer(whole)])
    return parts if len(parts) > 1 else ()


def _kind_of(character: str) -> int:
    if _LONE.match(character):
        return _ALONE
    if character.isdecimal():
        return _DIGIT
    if _WORD.match(character):
        return _LETTER
    return _JOINT if character in _JOINTS else _BETWEEN


def find_words(text: str) -> list[tuple[str, int, int]]:
    """Lower-case words with `start`, `end` (code points) in `text`."""
    return list(zip(*locate_words(text), strict=True))


def split_words(text: str) -> list[str]:
    """Lower-case words alone; four times as fast as `find_words` where places do not matter."""
    return spell_words(text.lower())


def spell_words(text: str) -> list[str]:
    """Words as they are written, without places."""
    return (_PLAIN_WORD if text.isascii() else _WORD).findall(text)


def shingle(words: list[str], size: int) -> list[tuple[str, ...]]:
    """All sequences of `size` consecutive words; the words themselves as one sequence where there are fewer."""
    if len(words) <= size:
        return [tuple(words)] if words else []
    return list(zip(*(words[i:] for i in range(size)), strict=False))


@lru_cache(maxsize=64)
def _stems(language: str | None) -> Remembered[str]:
    """The stem of each word of a language. Snowball's own memory of 10,000 words overflows by news and is then dearer than none."""
    stemmer = Stemmer.Stemmer(STEMMERS[language], 0) if language in STEMMERS else None

    def find(word: str) -> str:
        bare = word[:-2] if word.endswith(("'s", "’s")) else word
        stem: str = bare if stemmer is None else stemmer.stemWord(bare)
        return stem

    return Remembered(find)


def stem_words(words: Iterable[str], language: str | None) -> list[str]:
    """Snowball stems (Porter 1980 and successors); words unchanged in a language without a stemmer.

    Possessive endings ('s, ’s) are cut first.
    """
    return list(map(_stems(language if language in STEMMERS else None).__getitem__, words))
