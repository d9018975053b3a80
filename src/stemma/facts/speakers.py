"""Who "he", "the minister" or a surname is: the fullest name that the text gives.

Built once for a text. Names are runs of capitalised words; a surname goes to the longer name that ends with it, a
pronoun to the person last spoken of who fits it. What cannot be resolved stays as the text has it.
"""

from __future__ import annotations

import re

from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.text.names import fold_name

_RUN = re.compile(
    r"[A-ZÀ-ÖØ-ÞŠŽČĆ][\w'’.-]*[\w]\.?(?:\s(?:[A-ZÀ-ÖØ-ÞŠŽČĆ][\w'’.-]*|of(?=\s[A-Z])|de(?=\s[A-Z])|von(?=\s[A-Z])|van|der|bin|al-\w+|la(?=\s[A-Z])|for(?=\s[A-Z])|and(?=\s[A-Z]\w+\s(?:Committee|Department|Administration)))){0,6}"
)
_POSSESSIVE = re.compile(r"['’]s?$")


class Speakers:
    """The names of one text, and how its words for a speaker resolve to them."""

    def __init__(self, reading: Reading, words: SpeechWords) -> None:
        self.reading = reading
        self.words = words
        self.full: dict[str, str] = {}
        self.mentions: list[tuple[int, str]] = []
        self._last_person: str | None = None
        self._collect()

    def _collect(self) -> None:
        text, words = self.reading.text, self.words
        names: list[tuple[int, tuple[str, ...]]] = []
        for match in _RUN.finditer(text):
            parts = _POSSESSIVE.sub("", match.group()).split()
            start = match.start()
            while parts and (parts[0].lower().rstrip(".") in words.titles or parts[0].lower() in words.stop):
                start += len(parts[0]) + 1
                parts = parts[1:]
            if parts:
                names.append((start, tuple(p.rstrip(",") for p in parts)))
        for _, parts in names:
            if len(parts) > 1:
                key = fold_name(parts[-1])
                known = self.full.get(key)
                whole = " ".join(parts)
                if len(parts) <= 4 and (known is None or len(known.split()) < 2):
                    self.full[key] = whole
        self.mentions = [
            (start, self.full.get(fold_name(parts[-1]), " ".join(parts)))
            for start, parts in names
            if len(parts) > 1 or fold_name(parts[-1]) in self.full
        ]

    def resolve(self, place: tuple[int, int]) -> str:
        """The fullest name for the words at `place`; the words themselves where the text gives no other."""
        words = self.reading.text[place[0] : place[1]]
        lower = words.lower()
        if lower in self.words.he or lower in self.words.she:
            name = self._person_before(place[0], female=lower in self.words.she)
            return name or words
        found = _RUN.findall(words)
        for run in reversed(found):
            parts = [
                p for p in _POSSESSIVE.sub("", run).split() if p.lower().rstrip(".") not in self.words.titles
            ]
            if parts and (name := self.full.get(fold_name(parts[-1]))):
                self._last_person = name
                return name
        return words

    def _person_before(self, place: int, *, female: bool) -> str | None:
        if self._last_person:
            return self._last_person
        before = [name for start, name in self.mentions if start < place]
        return before[-1] if before else None
