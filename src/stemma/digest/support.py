"""Whether a sentence is borne out by another article: every name, number and quotation, and most of its words.

A second citation is only given where it really supports; this decides it. Goes to `brief` and `timeline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.digest.candidates import Candidate
from stemma.text.names import fold_name
from stemma.text.quotation import find_quoted
from stemma.text.tokens import split_words

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_CAPITAL = re.compile(r"[^\W\d_][\w’'-]*")

SHARED, SHARED_LONG, LONG = 0.7, 0.6, 8
"""Share of a sentence's content stems that a supporting sentence must have; less where that makes LONG stems or more.
Set by reading pairs: at 0.6 throughout, one in six said only half of what it was to support."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What can be checked in a sentence: folded names, numbers as written, words of each quotation."""

    names: frozenset[str]
    numbers: frozenset[str]
    quotations: tuple[str, ...]


def read_claims(text: str) -> Claims:
    """Names are capitalised words but the first; a first word counts if it is capitalised elsewhere too."""
    names = {
        fold_name(m.group()) for m in _CAPITAL.finditer(text) if m.group()[0].isupper() and m.start() > 0
    }
    quotations = tuple(" ".join(split_words(text[s + 1 : e - 1])) for s, e in find_quoted(text))
    return Claims(
        names=frozenset(n for n in names if n),
        numbers=frozenset(_NUMBER.findall(text)),
        quotations=tuple(q for q in quotations if q),
    )


def find_support(
    sentence: Candidate, others: Sequence[Candidate], voice_of: Sequence[int]
) -> list[Candidate]:
    """One sentence of each other voice that holds all that `sentence` claims; the closest, in order of articles."""
    claims: Claims | None = None
    wanted = set(sentence.stems)
    best: dict[int, tuple[float, int]] = {}
    for i, other in enumerate(others):
        voice = voice_of[other.article]
        if voice == voice_of[sentence.article]:
            continue
        common = len(wanted.intersection(other.stems))
        shared = common / max(1, len(wanted))
        needed = SHARED_LONG if common >= LONG else SHARED
        if shared < needed or shared <= best.get(voice, (0.0, 0))[0]:
            continue
        claims = claims or read_claims(sentence.text)
        if holds(other.text, claims):
            best[voice] = (shared, i)
    return sorted((others[i] for _, i in best.values()), key=lambda c: (c.article, c.start))


def holds(text: str, claims: Claims) -> bool:
    """Whether a text has every name, number and quotation of the claims."""
    if not claims.numbers <= set(_NUMBER.findall(text)):
        return False
    words = split_words(text)
    if not claims.names <= {fold_name(m.group()) for m in _CAPITAL.finditer(text)}:
        return False
    plain = f" {' '.join(words)} "
    return all(f" {q} " in plain for q in claims.quotations)
