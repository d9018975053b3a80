"""Whose office it is: "the mayor", "die Ministerin" to the one person whom the text introduces with it.

Built for a text when the first office asks. An introduction is what stands before a name ("Kelm's mayor Jon Falk") or in
commas behind it ("Jon Falk, the mayor of Kelm,"). Of two who hold the office, neither is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.facts.units import EDGES

Place = tuple[int, int]

_BEFORE = 6
_BEHIND = 10
"""Tokens before a name, and in the apposition behind it, that may introduce it."""

_HEAD = 5
"""Tokens of an apposition within which its office stands."""


@dataclass(slots=True)
class _Introduced:
    """The offices with which a text introduces one person, and all words beside them."""

    offices: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)


class Offices:
    """The offices of the persons of one text."""

    def __init__(self, reading: Reading, words: SpeechWords, persons: Sequence[tuple[int, str]]) -> None:
        self.reading = reading
        self.words = words
        self.held: dict[str, _Introduced] = {}
        for start, name in persons:
            self._introduce(reading.token_at(start), name)

    def find_holder(self, place: Place) -> str | None:
        """The one person who holds the office that words with a definite article name; None for other words."""
        first, last = self.reading.token_at(place[0]), self.reading.token_at(place[1] - 1) + 1
        lower, words = self.reading.lower, self.words
        if last - first < 2 or lower[first] not in words.definite:
            return None
        head = first + 1
        while head < last and not (lower[head] in words.prepositions or lower[head] in words.adding):
            head += 1
        if not self.is_office(lower[head - 1]) or (words.offices and lower[head - 1] not in words.offices):
            return None
        asked = [w for w in lower[first + 1 : head] if self.is_office(w)]
        needed = {
            lower[k].removesuffix("s")
            for k in range(first + 1, last)
            if not self.is_office(lower[k])
            and (self.reading.words[k][0].isupper() or (words.title_endings and k < head))
        }
        if any(w in words.not_holder for w in lower[first:head]) or self._is_many(
            lower[first], lower[head - 1]
        ):
            return None
        lesser = words.lesser.intersection(asked)
        past = not words.past_office.isdisjoint(asked)
        holders = {
            name
            for name, one in self.held.items()
            if past == (not words.past_office.isdisjoint(one.offices))
            and lesser == words.lesser & one.offices
            and all(any(self._is_same(office, w) for office in one.offices) for w in asked)
            and needed <= one.beside
        }
        return holders.pop() if len(holders) == 1 else None

    def _is_many(self, article: str, office: str) -> bool:
        """ "die Forscher": the article of women and of many before an office of a man."""
        words = self.words
        return (
            bool(words.title_endings)
            and article not in words.male_articles
            and not office.endswith((*words.female_endings, "e"))
        )

    def is_office(self, word: str) -> bool:
        """Whether a lower-case word is an office; in a language that joins words, by its end ("Gouverneurs")."""
        if word in self.words.titles or word in self.words.past_office:
            return True
        endings = self.words.title_endings
        return bool(endings) and (word.endswith(endings) or word.removesuffix("s").endswith(endings))

    def _is_same(self, held: str, asked: str) -> bool:
        """ "Außenministerin" is "die Ministerin"."""
        return held == asked or (bool(self.words.title_endings) and held.endswith(asked.removesuffix("s")))

    def _introduce(self, at: int, name: str) -> None:
        reading, lower, words = self.reading, self.reading.lower, self.words
        beside: list[str] = []
        k = at - 1
        apart = k > 0 and lower[k] == ","  # "the mayor of Kelm, Jon Falk"
        k -= apart
        linking = (words.linking | words.adding) - words.conjunctions if apart else frozenset()
        while k >= 0 and at - k <= _BEFORE and k + 1 not in reading.first:
            word = lower[k]
            known = (
                reading.words[k][0].isupper()
                or self.is_office(word)
                or word in ("'s", "’s")
                or word in linking
            )
            if not known and not (words.title_endings and word.endswith(("e", "er", "en"))):
                break
            beside.append(word)
            k -= 1
        opens = k >= 0 and lower[k] in words.determiners
        if apart and not (
            any(self.is_office(w) for w in beside) and (opens or beside[-1] in words.determiners)
        ):
            beside.clear()  # "the first lady and former president, Jon Falk and": a list
        end = at
        while end < len(lower) and end - at < 5 and reading.words[end][0].isupper():
            end += 1
        behind: list[str] = []
        if end < len(lower) - 1 and lower[end] == ",":
            for k in range(end + 1, min(len(lower), end + 1 + _BEHIND)):
                if lower[k] in EDGES or lower[k] in words.conjunctions or k in reading.first:
                    break
                if not lower[k][0].isalnum():
                    break
                behind.append(lower[k])
            if not any(self.is_office(w) for w in behind[:_HEAD]):
                behind.clear()
        offices = {w for w in (*beside, *behind) if self.is_office(w)}
        if offices:
            one = self.held.setdefault(name, _Introduced())
            one.offices |= offices
            one.beside |= {w.removesuffix("s") for w in (*beside, *behind)}
