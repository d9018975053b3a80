"""Who says what within a sentence: cue, words said, words that name the speaker.

Works on one unit at a time: sentences that one pair of quotation marks holds together. Patterns are those of the
languages served (a clause after the verb, the verb after the clause, "according to", a noun such as "warning"); the
words are the language's data. Nothing is resolved here: "he" stays "he".
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.text.quotation import find_quoted

Place = tuple[int, int]
_BREAKS = frozenset(", ; : — – ( ) [ ] … ―".split())
_STOPS = frozenset({".", "!", "?", "..."})


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
    """What was said (one or more pieces, in order), the words beside it that name the speaker, the cue."""

    pieces: tuple[Place, ...]
    speaker: Place | None
    cue: Place | None
    pattern: str


def find_units(reading: Reading) -> list[Unit]:
    """Sentences, joined where a quotation goes over their end within a paragraph."""
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
            if mine and mine[-1][1] > end and number + 1 < len(reading.sentences):
                number += 1
                end = max(end, reading.sentences[number][1])
                continue
            break
        units.append(Unit(start, end, first, reading.first[number + 1], tuple(mine)))
        number += 1
    return units


def find_attributions(reading: Reading, unit: Unit, words: SpeechWords) -> list[Attribution]:
    """All attributions of a unit, in order of their cues."""
    return _Parser(reading, unit, words).run()


class _Parser:
    """One unit under the patterns; `hidden[k]` tells that token `first + k` stands inside quotation marks."""

    def __init__(self, reading: Reading, unit: Unit, words: SpeechWords) -> None:
        self.reading = reading
        self.unit = unit
        self.words = words
        self.lower = reading.lower
        self.a, self.b = unit.first, unit.last
        self.run_of: dict[int, int] = {}
        for number, (start, end) in enumerate(unit.runs):
            at = bisect_left(reading.starts, start, self.a, self.b)
            while at < self.b and reading.starts[at] < end:
                self.run_of[at] = number
                at += 1
        self.floor = self.a
        self.subject: Place | None = None

    def run(self) -> list[Attribution]:
        found: list[Attribution] = []
        for at in range(self.a, self.b):
            if at in self.run_of or at < self.floor:
                continue
            word = self.lower[at]
            if word in self.words.heads:
                attribution = self._according(at)
            elif word in self.words.cues:
                attribution = self._verb(at)
            else:
                continue
            if attribution is not None:
                found.append(attribution)
        return found

    # ------------------------------------------------------------ places

    def _start(self, token: int) -> int:
        return self.reading.starts[token]

    def _end(self, token: int) -> int:
        return self.reading.ends[token]

    def _place(self, first: int, last: int) -> Place:
        """Characters of tokens `first:last`, stops and commas at the edges left out, marks kept whole."""
        while first < last and self.lower[first] in _BREAKS | _STOPS and first not in self.run_of:
            first += 1
        while last > first and self.lower[last - 1] in _BREAKS | _STOPS and last - 1 not in self.run_of:
            last -= 1
        start, end = self._start(first), self._end(last - 1)
        if first in self.run_of and (run := self.unit.runs[self.run_of[first]])[0] >= self._start(first) - 1:
            start = min(start, run[0])
        if last - 1 in self.run_of:
            end = max(end, self.unit.runs[self.run_of[last - 1]][1])
        return start, end

    # ------------------------------------------------------------ patterns

    def _according(self, at: int) -> Attribution | None:
        for phrase in self.words.according:
            if self.lower[at : at + len(phrase)] == phrase:
                break
        else:
            return None
        begin = at + len(phrase)
        end = begin
        while (
            end < self.b
            and end not in self.run_of
            and self.lower[end] not in (",", ".", ";", ":", "—", "–", "(")
        ):
            if end > begin + 1 and self.lower[end] in self.words.relative | self.words.subordinate - {"and"}:
                break
            end += 1
        if end == begin:
            return None
        speaker = self._place(begin, end)
        cue = (self._start(at), self._end(begin - 1))
        if at - self.floor <= 1:
            first = end + 1 if end < self.b and self.lower[end] == "," else end
            if first >= self.b - 1:
                return None
            return Attribution((self._place(first, self.b),), speaker, cue, "according-before")
        last = at - 1 if self.lower[at - 1] == "," else at
        first = self.floor
        if last - first < 2:
            return None
        self.floor = end
        return Attribution((self._place(first, last),), speaker, cue, "according-after")

    def _verb(self, at: int) -> Attribution | None:
        words, lower = self.words, self.lower
        group = at
        while group > self.a and group - 1 not in self.run_of and self._helps(lower[group - 1]):
            group -= 1
        left = group - 1
        word = lower[at]
        cue = (self._start(group), self._end(at))
        if word in words.say and at + 1 < self.b and left >= self.a and group == at:
            if (left in self.run_of or lower[left] in (",", "―", "—", "?", "!")) and self._opens_name(at + 1):
                speaker = self._name_after(at + 1)
                if speaker is not None and (
                    found := self._content_before(left + 1, speaker, cue, self._after(speaker))
                ):
                    return found
        if word not in words.say | words.think:
            return None
        subject = self._subject(group)
        if subject is None:
            return None
        subject_first = subject[0]
        if word in words.say and self._closes_after(at) and subject_first > self.a:
            before = subject_first - 1
            if before in self.run_of or lower[before] in (",", "―", "—", "?", "!"):
                if found := self._content_before(subject_first, self._place(*subject), cue, at + 1):
                    return found
        return self._content_after(at, subject, cue)

    def _helps(self, word: str) -> bool:
        return word in self.words.auxiliary or (
            len(word) > 4 and word.endswith(self.words.adverb_endings) if self.words.adverb_endings else False
        )

    def _opens_name(self, at: int) -> bool:
        word = self.reading.words[at]
        return (
            at not in self.run_of
            and (
                word[0].isupper()
                or self.lower[at] in self.words.determiners
                or self.lower[at] in self.words.subjects
            )
            and self.lower[at] not in self.words.that
        )

    def _name_after(self, at: int) -> Place | None:
        end = at
        if self.lower[at] in self.words.subjects:
            return self._place(at, at + 1)
        while end < self.b and end not in self.run_of and end - at < 12:
            word = self.lower[end]
            if (
                word in _BREAKS
                or word in _STOPS
                or word in self.words.subordinate
                or word in self.words.verbs
            ):
                break
            if word in self.words.prepositions and word not in ("of", "for", "at", "from"):
                break
            if word in self.words.days and end > at:
                break
            end += 1
        return self._place(at, end) if end > at else None

    def _after(self, place: Place) -> int:
        return bisect_left(self.reading.starts, place[1], self.a, self.b)

    def _closes_after(self, at: int) -> bool:
        """Whether nothing said follows the cue: a stop, a comma, a preposition, a day, the told."""
        if at + 1 >= self.b:
            return True
        word = self.lower[at + 1]
        if at + 1 in self.run_of:
            return False
        if word in _STOPS or word in (",", ";", "―", "—"):
            return True
        if word in self.words.that:
            return False
        rest = self.lower[at + 1 : self.b]
        if word in self.words.prepositions or word in self.words.days or self.lower[at] in self.words.told:
            return not any(w in self.words.that for w in rest[:12])
        return False

    def _subject(self, group: int) -> Place | None:
        """Tokens of the subject left of the verb group."""
        words, lower = self.words, self.lower
        at = group - 1
        if at < self.a or at in self.run_of:
            return None
        if lower[at] in words.relative and lower[at] != "that":
            return at, at + 1
        if lower[at] == ",":
            back = at - 1
            while back > self.a and lower[back] != "," and back not in self.run_of and at - back < 25:
                back -= 1
            if lower[back] == ",":
                at = back - 1
        end = at + 1
        while at >= self.a and at not in self.run_of:
            word = lower[at]
            if word in _BREAKS or word in _STOPS or word in words.verbs or word in words.say:
                break
            if word in words.subordinate and not (
                word == "and" and end - at < 4 and self.reading.words[at - 1][0].isupper()
            ):
                break
            at -= 1
        first = at + 1
        while first < end and (
            lower[first] in words.days or lower[first] in words.stop - words.determiners - words.subjects
        ):
            first += 1
        while end > first and (lower[end - 1] in words.days or lower[end - 1] in words.prepositions):
            end -= 1
        if end <= first:
            return None
        return first, end

    def _content_before(self, edge: int, speaker: Place, cue: Place, resume: int) -> Attribution | None:
        """What stands before the speaker or verb at token `edge`; and what goes on after token `resume`."""
        last = edge
        while last > self.floor and last - 1 not in self.run_of and self.lower[last - 1] in (",", "―", "—"):
            last -= 1
        if last <= self.floor:
            return None
        first = self.floor
        if last - 1 in self.run_of:
            number = self.run_of[last - 1]
            run = self.unit.runs[number]
            head = bisect_left(self.reading.starts, run[0], self.a, self.b)
            sentence = self.reading.first[self.reading.sentence_at(run[0])]
            first = max(self.floor, sentence) if sentence < head else head
        pieces = [self._place(first, last)]
        self.floor = resume
        return Attribution(tuple(pieces), speaker, cue, "before")

    def _content_after(self, at: int, subject: Place, cue: Place) -> Attribution | None:
        lower, words = self.lower, self.words
        first = at + 1
        if first >= self.b:
            return None
        speaker = self._place(*subject)
        if lower[at] in words.told:
            first = self._skip_told(first)
        first = self._skip_circumstance(first)
        if first >= self.b - 1:
            return None
        if lower[first] in (",", ":") and first + 1 < self.b:
            if first + 1 not in self.run_of and lower[first] == ",":
                return None
            first += 1
        elif (
            first not in self.run_of and lower[first] not in words.that and lower[first] in words.prepositions
        ):
            return None
        last = self._content_end(first)
        self.floor = last
        return Attribution((self._place(first, last),), speaker, cue, "after")

    def _skip_told(self, first: int) -> int:
        for at in range(first, min(self.b, first + 12)):
            if self.lower[at] in self.words.that or at in self.run_of or self.lower[at] in (",", ":"):
                return at
        if (
            self.lower[first] in self.words.subjects
            or self.lower[first] in self.words.he | self.words.she | self.words.they
        ):
            return first + 1
        return first

    def _skip_circumstance(self, first: int) -> int:
        at = first
        while at < self.b and self.lower[at] in self.words.days:
            at += 1
        if at < self.b and self.lower[at] in self.words.prepositions:
            for far in range(at, min(self.b, at + 12)):
                if far in self.run_of or self.lower[far] in (":", "that"):
                    return far
                if self.lower[far] == ",":
                    return far
        return at

    def _content_end(self, first: int) -> int:
        lower, words = self.lower, self.words
        for at in range(first + 2, self.b - 1):
            if at in self.run_of:
                continue
            if (
                lower[at] == ","
                and lower[at + 1] in words.cues | words.heads
                and lower[at + 1].endswith("ing")
            ):
                return at
            if (
                lower[at] in ("and", "but")
                and lower[at + 1] in words.say
                and not lower[at + 1].endswith("ing")
            ):
                return at
            if lower[at] in words.heads and any(lower[at : at + len(p)] == p for p in words.according):
                return at
        return self.b
