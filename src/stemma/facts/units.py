"""Units of a text, what is attributed in one, and the places within it.

A unit is a sentence, or several that one pair of quotation marks holds together. No pattern of speech is known here.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from stemma.facts.joints import load_weights
from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.text.quotation import find_quoted

Place = tuple[int, int]
"""Characters `start:end` of the text."""

Tokens = tuple[int, int]
"""Tokens `first:last` of the reading."""

COMMAS = frozenset([",", "―", "—", "–", "--", "-"])
DASHES = frozenset(["―", "—", "–", "--"])
SIGNING = DASHES | {"-"}
BREAKS = frozenset([",", ";", ":", "—", "–", "--", "(", ")", "[", "]", "…", "―"])
STOPS = frozenset([".", "!", "?", "...", ".."])
EDGES = BREAKS | STOPS
_AFTER_ASKING = EDGES - {":", "("}
_SIGNED_WITHIN = 7
_SIGNED_LINE = 12
"""Tokens of a dash and a name below a quotation."""

_ASKED_WITHIN = 12
"""Tokens of a sentence within which the cue of a question before it stands."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Sentences that belong together: places in the text, tokens `first:last`, the marked runs within."""

    start: int
    end: int
    first: int
    last: int
    runs: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What was said (one or more pieces, in order), the words beside it that name the speaker, the cue.

    `traits` name the pattern and its words: what a filter may weigh.
    """

    pieces: tuple[Place, ...]
    speaker: Place | None
    cue: Place | None
    traits: tuple[str, ...]


def find_units(reading: Reading, words: SpeechWords) -> list[Unit]:
    """Sentences, joined where a quotation goes over their end, or its question stands before the cue."""
    runs = find_quoted(reading.text)
    units: list[Unit] = []
    at = 0
    number = 0
    while number < len(reading.sentences):
        start, end = reading.sentences[number]
        first = reading.first[number]
        mine: list[Place] = []
        while True:
            while at < len(runs) and runs[at][0] < end:
                mine.append(runs[at])
                at += 1
            if (
                mine
                and number + 1 < len(reading.sentences)
                and (
                    mine[-1][1] > end
                    or _asks(reading, number, mine[-1][1], words)
                    or _signs(reading, number, mine[-1][1])
                    or _names_teller(reading, number, mine[-1][1], words)
                )
            ):
                number += 1
                end = max(end, reading.sentences[number][1])
                continue
            break
        units.append(Unit(start, end, first, reading.first[number + 1], tuple(mine)))
        number += 1
    return units


def _asks(reading: Reading, number: int, end: int, words: SpeechWords) -> bool:
    """“Where to?” Torvik asked.: whether the sentence behind a question in marks may name who asked."""
    _, stop = reading.sentences[number]
    if end < stop or reading.text[end - 2 : end - 1] not in ("?", "!"):
        return False
    following = reading.sentences[number + 1][0]
    if "\n" in reading.text[stop:following]:
        return False
    first, last = reading.first[number + 1], reading.first[number + 2]
    for at in range(first + 1, min(last, first + _ASKED_WITHIN)):
        if reading.lower[at] in words.say:
            return (
                at + 1 >= last
                or reading.lower[at + 1] in _AFTER_ASKING
                or (reading.lower[at + 1] in words.prepositions | words.days | words.subordinate - words.that)
            )
    return False


def _signs(reading: Reading, number: int, end: int) -> bool:
    """“…” ― Ana Ruiz, mayor: whether the next line or sentence is a dash and a name, and at most who that is."""
    _, stop = reading.sentences[number]
    if end < stop - 1:
        return False
    first, last = reading.first[number + 1], reading.first[number + 2]
    if reading.lower[first] not in SIGNING:
        return False
    line = "\n" in reading.text[stop : reading.starts[first]] and reading.text[
        reading.ends[last - 1] : reading.ends[last - 1] + 1
    ] in ("", "\n")
    if not 1 < last - first <= (_SIGNED_LINE if line else _SIGNED_WITHIN):
        return False
    name = next((k for k in range(first + 1, last) if reading.lower[k] in EDGES), last) if line else last
    return (line or reading.lower[first] in DASHES) and all(
        w[0].isupper() or w[0] in ".," for w in reading.words[first + 1 : name]
    )


def _names_teller(reading: Reading, number: int, end: int, words: SpeechWords) -> bool:
    """“… are missing.” Torvik said.: whether the next sentence is a name and a verb of saying, and nothing more."""
    _, stop = reading.sentences[number]
    if end < stop or reading.text[end - 2 : end - 1] != ".":
        return False
    if "\n" in reading.text[stop : reading.sentences[number + 1][0]]:
        return False
    first, last = reading.first[number + 1], reading.first[number + 2]
    return (
        2 < last - first <= _SIGNED_WITHIN
        and reading.lower[last - 1] == "."
        and reading.lower[last - 2] in words.say
        and all(reading.words[k][0].isupper() for k in range(first, last - 2))
    )


class Clause:
    """One unit with its marked runs: `run_of` tells in which run a token stands, `run_tokens` the tokens of each."""

    def __init__(self, reading: Reading, unit: Unit, words: SpeechWords) -> None:
        self.reading = reading
        self.unit = unit
        self.words = words
        self.lower = reading.lower
        self.a, self.b = unit.first, unit.last
        self.run_of: dict[int, int] = {}
        self.run_tokens: list[Tokens] = []
        for number, (start, end) in enumerate(unit.runs):
            first = at = bisect_left(reading.starts, start, self.a, self.b)
            while at < self.b and reading.starts[at] < end:
                self.run_of[at] = number
                at += 1
            self.run_tokens.append((first, at))
        self.floor = self.a
        self.ends = load_weights(reading.language, "ends")
        self._known: dict[int, tuple[tuple[str, str, str], float]] = {}
        self.subject: Tokens | None = None
        self.found: list[Attribution] = []

    def _place(self, first: int, last: int) -> Place:
        """Characters of tokens `first:last`, stops and commas at the edges left out, marks kept whole."""
        lower, run_of = self.lower, self.run_of
        while first < last - 1 and lower[first] in EDGES and first not in run_of:
            first += 1
        while last > first + 1 and lower[last - 1] in EDGES and last - 1 not in run_of:
            if lower[last - 1] == ")" and "(" in lower[first:last]:
                break
            last -= 1
        start, end = self.reading.starts[first], self.reading.ends[last - 1]
        if first in run_of and first == self.run_tokens[run_of[first]][0]:
            start = self.unit.runs[run_of[first]][0]
        if last - 1 in run_of:
            end = self.unit.runs[run_of[last - 1]][1]
        return start, end

    def place_of(self, tokens: Tokens) -> Place:
        """Characters of the tokens, as a speaker's words."""
        return self._place(*tokens)

    def _written_as_word(self, at: int) -> bool:
        return (
            self.reading.words[at][0].islower()
            or at == self.a
            or self.lower[at - 1] in STOPS
            or at - 1 in self.run_of
        )

    def _ends_thought(self, number: int) -> bool:
        """Whether a marked run closes with a stop or comma inside its marks, or one stands right behind it."""
        start, end = self.unit.runs[number]
        inner = self.reading.text[start:end].rstrip("\"'“”‘’»«„ \u00a0")
        return inner[-1:] in ".,!?…" or (inner[-2:-1] == "." and inner[-1:] in ",")

    def _begins_small(self, number: int) -> bool:
        start, end = self.unit.runs[number]
        return self.reading.text[start:end].lstrip("\"'“”‘«»„ ")[:1].islower()

    def _edge(self, token: int) -> bool:
        return token in self.run_of or self.lower[token] in COMMAS or self.lower[token] in ("?", "!")

    def _helps(self, word: str) -> bool:
        return word in self.words.auxiliary or (
            bool(self.words.adverb_endings) and len(word) > 4 and word.endswith(self.words.adverb_endings)
        )

    def _helps_at(self, at: int) -> bool:
        """Whether the token is a word that helps a verb; a name that ends like an adverb ("Kelly") is none."""
        word = self.lower[at]
        if self.reading.words[at][0].islower():
            return self._helps(word)
        return word in self.words.auxiliary and word not in self.words.modals  # "Will" may be a name
