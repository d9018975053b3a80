"""What a reported statement does: demand, offer, refuse, deny or accuse, by its cue and the language's words.

Takes the cue beside a statement and the words said; says nothing where the cue is a plain verb of saying and the words
hold no "must". Who spoke, and whether it is so, is not judged.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

from stemma.text.lang import language_words, load_language
from stemma.text.tokens import split_words

Stance = Literal["demands", "offers", "refuses", "denies", "accuses"]
STANCES: tuple[Stance, ...] = get_args(Stance)
"""In the order in which a page shows them."""

_OPENING = 14
"""Words of a statement among which "must" makes it a demand; further on it is part of another clause."""


def find_stance(language: str | None, cue: str | None, said: str) -> Stance | None:
    """What a statement does, None where neither its cue nor its words tell.

    Who says "we must" demands nothing of another. A cue of two words ("wies zurück") may have its second as the last word said. A negated cue ("did not deny") tells nothing.
    """
    code = language or ""
    phrases = _phrases(code)
    if not cue or not phrases:
        return None
    words = split_words(cue)
    if not language_words(code, "stances", "negations").isdisjoint(words):
        return None
    spoken = split_words(said)
    if not language_words(code, "stances", "copulas").isdisjoint(spoken[:1]):
        return None  # "the demands are far apart": the cue is a noun, and what follows tells of it
    told = [phrase for word in set(words) for phrase in phrases.get(word, ())]
    for _, rest, stance in sorted(told):
        if not rest or rest in words or spoken[-1:] == [rest]:
            return stance
    must = language_words(code, "stances", "must")
    for at, word in enumerate(spoken[:_OPENING]):
        if word in must:
            follows = spoken[at + 1] if at + 1 < len(spoken) else ""
            before = spoken[at - 1] if at else ""
            own = before in language_words(code, "stances", "own")
            return None if own or follows in language_words(code, "stances", "not_must") else "demands"
    return None


@lru_cache(maxsize=32)
def _phrases(language: str) -> dict[str, list[tuple[int, str, Stance]]]:
    """By their first word: rank, second word or "", stance; phrases of two words come first."""
    table = load_language(language).get("stances", {})
    found: list[tuple[str, str, Stance]] = []
    for stance in STANCES:
        for phrase in table.get(stance, ()):
            first, _, rest = phrase.partition(" ")
            found.append((first, rest, stance))
    ranked: dict[str, list[tuple[int, str, Stance]]] = {}
    for rank, (first, rest, stance) in enumerate(sorted(found, key=lambda item: not item[1])):
        ranked.setdefault(first, []).append((rank, rest, stance))
    return ranked
