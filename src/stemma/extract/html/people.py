"""Names of people out of author strings ("By Ann Lee and Bo Chu, Staff Writers"); what is no person is given apart.

A person here is two to five words that begin with capitals and name no organisation, role or place of work. Scripts
without capitals pass whole. Agencies and outlets come back as the second value, for the credit to be told from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from stemma.text.lang import find_languages, language_words


def find_people(texts: Sequence[str], *, outlet: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(people, others) in order, each once. `outlet` is never a person."""
    people: dict[str, str] = {}
    others: dict[str, str] = {}
    own = (outlet or "").casefold().removeprefix("the ").strip()
    for text in texts:
        for piece in _split(text):
            folded = piece.casefold()
            if own and (folded.removeprefix("the ") == own):
                continue
            if _is_person(piece):
                people.setdefault(folded, piece)
            else:
                others.setdefault(folded, piece)
    return tuple(people.values()), tuple(others.values())


# ---------------------------------------------------------------- helpers

_PARTS = re.compile(r"\s*(?:[;|/\n•·]|,|\s&\s|\s[-–—]\s|\s\+\s)\s*")
_BRACKETS = re.compile(r"\s*[(\[].*?[)\]]\s*")
_INITIALS = re.compile(r"^(?:[A-Z]\.?){1,4}$")
_BAD = re.compile(r"[@#<>{}=\d:：]|https?:|www\.|\.(?:com|org|net|de|fr|es|co|uk|info|tv)\b", re.I)
_PARTICLES = frozenset(
    str.split(
        "de del della di da dos du von van der den ter zu zum zur la le el al bin ibn y e und af av"
        " vom of the"
    )
)
_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md", "m.d."})
_MOST_WORDS = 5
_LETTERS_OF_A_BODY = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{3,4}")


def _split(text: str) -> list[str]:
    lexicon = _lexicon()
    text = " ".join(text.split())
    if any(_BAD.search(inside) for inside in _BRACKETS.findall(text)):
        return [text]  # "The Paper (www.paper.example)" is the paper
    text = _BRACKETS.sub(" ", text)
    pieces = [text]
    pieces = [p for piece in pieces for p in _PARTS.split(piece)]
    pieces = [p for piece in pieces for p in lexicon.joiners.split(piece)]
    clean: list[str] = []
    for piece in pieces:
        bare = lexicon.openers.sub("", piece.strip(" ,.:;-–—*\"'")).strip(" ,:;-–—*")
        if bare.casefold() in _SUFFIXES and clean:
            clean[-1] = f"{clean[-1]}, {bare}"
        elif bare:
            clean.append(bare)
    return clean


def _is_person(piece: str) -> bool:
    if _BAD.search(piece) or len(piece) > 60:
        return False
    words = piece.replace(",", " ").split()
    if any(part in _lexicon().not_people for w in words for part in w.casefold().strip(".").split("-")):
        return False
    if any(_LETTERS_OF_A_BODY.fullmatch(w) for w in words):
        return False
    if not any(c.isupper() or c.islower() for c in piece):
        return 1 < len(piece) <= 20
    if not 2 <= len(words) <= _MOST_WORDS:
        return False
    named = [w for w in words if w.casefold() not in _PARTICLES]
    if len(named) < 2 and len(words) < 2:
        return False
    if any(not (w[:1].isupper() or w[:2].isupper() or not w[:1].isalpha()) for w in named):
        return False
    return not (all(w.isupper() and len(w) <= 4 for w in named) and len(named) < 2)


class _Lexicon:
    """Words of all languages together: an author string does not say which language it is in."""

    def __init__(self) -> None:
        self.not_people = frozenset(
            w.casefold() for code in find_languages() for w in language_words(code, "bylines", "not_people")
        )
        openers = sorted(
            {w for c in find_languages() for w in language_words(c, "bylines", "openers")},
            key=len,
            reverse=True,
        )
        joiners = sorted(
            {w for c in find_languages() for w in language_words(c, "bylines", "joiners")},
            key=len,
            reverse=True,
        )
        self.openers = re.compile(
            rf"^(?:(?:{'|'.join(map(re.escape, openers)) or '(?!)'})(?:\s*:\s*|\s+))+", re.I
        )
        self.joiners = re.compile(rf"\s+(?:{'|'.join(map(re.escape, joiners)) or '(?!)'})\s+", re.I)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    return _Lexicon()
