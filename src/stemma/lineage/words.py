"""What single words of a reading are: part of a name, a number, a hedge, an office.

Small questions that `changes` asks of one side of a comparison. Word lists come from the language's `[lineage]` table;
a language without one has capitals and digits alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from stemma.lineage.reading import Reading
from stemma.text.lang import language_words, load_language

_POSSESSIVE, _DENIED = ("'s", "’s"), ("n't", "n’t")

APART = frozenset({"not"})
"""Kinds of hedge that are no weakening but a denial."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A hedge at words `first:last`: its kind ("maybe", "about", "not"), and whether it may also be a plain word."""

    kind: str
    first: int
    last: int
    loose: bool


class Side:
    """One text of a comparison, asked about its words by their place in the reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.article.text
        self.language = reading.article.language or "en"
        self._starts = frozenset([s.first for s in reading.sentences])
        self._named: frozenset[str] | None = None
        self._plain: frozenset[str] = frozenset()

    def word(self, place: int) -> str:
        """The word in lower case, without a possessive ending."""
        word = self.reading.words[place]
        return word[:-2] if word.endswith(_POSSESSIVE) else word

    def capital(self, place: int) -> bool:
        """Whether the word begins with a capital letter."""
        return self.text[self.reading.begins[place]].isupper()

    def name(self, place: int) -> bool:
        """Whether the word is part of a name: a capital inside a sentence, or one that is a name elsewhere."""
        if not self.capital(place):
            return False
        word = self.word(place)
        if word in language_words(self.language, "words", "stop") and not self._all_capitals(place):
            return False
        if place not in self._starts and not self._after_mark(place):
            return True
        self._look_around()
        return self._named is not None and word in self._named and word not in self._plain

    def number(self, place: int) -> bool:
        """Whether the word is a number in digits or letters."""
        word = self.reading.words[place]
        return word[0].isdigit() or word in _number_words(self.language)

    def office(self, place: int) -> bool:
        """Whether the word names an office."""
        return self.word(place) in language_words(self.language, "lineage", "offices")

    def standing(self, place: int) -> bool:
        """Whether the word says how somebody stands to an office: former, acting; not the end of "54-year-old"."""
        start = self.reading.begins[place]
        if start > 0 and self.text[start - 1] == "-":
            return False
        return self.word(place) in language_words(self.language, "lineage", "standing")

    def office_key(self, place: int) -> str:
        """One key for all words of one office or standing: "president's" and "president", "ex" and "former"."""
        word = self.word(place)
        return "former" if word in language_words(self.language, "lineage", "past") else word[:5]

    def hedges(self, first: int, last: int) -> list[Hedge]:
        """Hedges among the words `first:last`."""
        singles, longer, loose = _hedges(self.language)
        words = self.reading.words
        found: list[Hedge] = []
        done = first
        for place in range(first, last):
            word = words[place]
            if place < done or not (word in singles or word in longer or word.endswith(_DENIED)):
                continue
            for phrase, kind in longer.get(word, ()):
                if words[place : place + len(phrase)] == phrase and place + len(phrase) <= last:
                    found.append(Hedge(kind, place, place + len(phrase), " ".join(phrase) in loose))
                    done = place + len(phrase)
                    break
            else:
                kind = singles.get(word, "")
                if not kind and word.endswith(_DENIED):
                    kind = "not"
                if kind and not (self.capital(place) and place not in self._starts):
                    found.append(Hedge(kind, place, place + 1, word in loose))
        return found

    def quotation(self, place: int) -> tuple[int, int] | None:
        """The quotation, marks included, in which the word stands."""
        start = self.reading.begins[place]
        for quotation in self.reading.quotations:
            if quotation[0] <= start < quotation[1]:
                return quotation
        return None

    def beside(self, place: int) -> tuple[int, int] | None:
        """The quotation in which the word stands, None also where there is no such word."""
        return self.quotation(place) if 0 <= place < len(self.reading.words) else None

    def around(self, place: int) -> tuple[int, int] | None:
        """The quotation, without its marks, in which both the word and the one before it stand."""
        found = self.beside(place)
        return (found[0] + 1, found[1] - 1) if found and found == self.beside(place - 1) else None

    def sign_before(self, place: int) -> str:
        """The character behind the word before this place, spaces aside."""
        if not 0 < place <= len(self.reading.words):
            return ""
        end = self.reading.ends[place - 1]
        return self.text[end : end + 3].lstrip()[:1]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of the words `first:last`."""
        return self.reading.begins[first], self.reading.ends[last - 1]

    def names(self) -> frozenset[str]:
        """Words that stand with a capital inside a sentence somewhere in the text."""
        self._look_around()
        return self._named or frozenset()

    def _look_around(self) -> None:
        if self._named is not None:
            return
        text, begins, words = self.text, self.reading.begins, self.reading.words
        capital = [text[start].isupper() for start in begins]
        named = {
            self.word(place)
            for place in range(len(words))
            if capital[place] and place not in self._starts and not self._after_mark(place)
        }
        self._named = frozenset(named)
        self._plain = frozenset(
            [
                word[:-2] if word.endswith(_POSSESSIVE) else word
                for word in {word for word, large in zip(words, capital, strict=True) if not large}
            ]
        )

    def _after_mark(self, place: int) -> bool:
        start = self.reading.begins[place]
        return start > 0 and self.text[start - 1] in "\"'“”„«»‘’‚:("

    def _all_capitals(self, place: int) -> bool:
        start, end = self.reading.begins[place], self.reading.ends[place]
        return end - start > 1 and self.text[start:end].isupper()


@lru_cache(maxsize=64)
def _number_words(language: str) -> frozenset[str]:
    table = load_language(language).get("numbers", {})
    words = {*table.get("small", ()), *table.get("scales", {}), *table.get("rough", {}), "dozen"}
    return frozenset(w for w in words if " " not in w) - language_words(language, "lineage", "not_numbers")


@lru_cache(maxsize=64)
def _hedges(
    language: str,
) -> tuple[dict[str, str], dict[str, list[tuple[tuple[str, ...], str]]], frozenset[str]]:
    """Single words with their kinds, phrases by their first word (longest first), and what is loose."""
    singles: dict[str, str] = {}
    longer: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, phrases in sorted(load_language(language).get("lineage", {}).get("hedges", {}).items()):
        for phrase in phrases:
            parts = tuple(phrase.split())
            if len(parts) == 1:
                singles.setdefault(phrase, kind)
            else:
                longer.setdefault(parts[0], []).append((parts, kind))
    for found in longer.values():
        found.sort(key=lambda item: -len(item[0]))
    return singles, longer, language_words(language, "lineage", "loose")
