"""Who counted: the subject of a verb of counting right before a number, outside any quotation.

"The army counted 190 shells", "Marrenia puts the toll at 45", "das Ministerium bezifferte die Zahl der Toten auf 45":
no words are reported, but somebody answers for the number. Data: the `[figures]` table of the language.
"""

from __future__ import annotations

from stemma.facts.figure_words import FigureWords
from stemma.facts.reading import Reading
from stemma.facts.speakers import Speakers
from stemma.facts.speech import speech_words
from stemma.text.numbers import Quantity

_PUT = 9
"""Tokens between "put" and the "at" of its number."""

_SUBJECT = 8
"""Tokens of a subject at most: a longer one holds a clause."""


class Counters:
    """The verbs of counting of one text; names are resolved only where one stands before a number."""

    def __init__(self, reading: Reading, words: FigureWords) -> None:
        self.reading = reading
        self.words = words
        verbs = words.counted | words.counted_states | words.put
        self._none = verbs.isdisjoint(reading.vocabulary)
        self._speakers: Speakers | None = None

    def find(self, quantity: Quantity, state: str | None) -> str | None:
        """Who counted this number or put it there, as fully as the text names them; None where nobody is named."""
        if self._none:
            return None
        lower, words = self.reading.lower, self.words
        first = self.reading.token_at(quantity.start)
        floor = self.reading.first[self.reading.sentence_at(quantity.start)]
        if first <= floor:
            return None
        before = lower[first - 1]
        if before in words.counted or (before in words.counted_states and state is not None):
            return self._name(floor, first - 1)
        if before in words.put_at:
            for verb in range(first - 2, max(floor, first - 2 - _PUT), -1):
                if lower[verb] in words.put and not words.tallies.isdisjoint(self._between(verb, first - 1)):
                    return self._name(floor, verb)
        return None

    def _between(self, verb: int, at: int) -> tuple[str, ...]:
        """The words between "put" and "at"; none where they hold a stop or a comma."""
        held = self.reading.lower[verb + 1 : at]
        return held if not {",", ";", ":", "."} & set(held) else ()

    def _name(self, floor: int, verb: int) -> str | None:
        """The words from the clause's beginning to the verb, where they are one noun phrase and nothing else."""
        lower = self.reading.lower
        spoken = speech_words(self.reading.language)
        end = verb
        while end > floor and (lower[end - 1] in self.words.perfect or lower[end - 1] in spoken.already):
            end -= 1
        start = end
        while start > floor and self._is_name(start - 1):
            start -= 1
        opened = (
            start == floor
            or lower[start - 1] in (";", "but", ":", "—", "–")
            or lower[start - 1] in spoken.conjunctions
        )
        if not opened or not 0 < end - start <= _SUBJECT:
            return None
        place = (self.reading.starts[start], self.reading.ends[end - 1])
        if lower[start] in spoken.pronouns and end - start > 1:
            return None
        if self._speakers is None:
            self._speakers = Speakers(self.reading, spoken)
        return self._speakers.resolve(place)

    def _is_name(self, at: int) -> bool:
        """Whether a token may stand in a subject: a word that is no verb, no number and opens no clause."""
        word, spoken = self.reading.lower[at], speech_words(self.reading.language)
        if word in ("'s", "’s", "-", ".") or word in self.words.of:
            return word != "."
        return (
            word[0].isalpha()
            and word not in self.words.be
            and word not in spoken.verbs
            and word not in spoken.conjunctions
            and (word not in spoken.prepositions or word in spoken.linking)
            and word not in spoken.subordinate
            and word not in spoken.modals
            and (word not in spoken.relative or word in spoken.articles or word in spoken.determiners)
        )
