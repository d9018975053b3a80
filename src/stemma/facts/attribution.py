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
Tokens = tuple[int, int]
_COMMAS = frozenset([",", "―", "—", "–", "--", "-"])
_BREAKS = frozenset([",", ";", ":", "—", "–", "--", "(", ")", "[", "]", "…", "―"])
_STOPS = frozenset([".", "!", "?", "...", ".."])
_EDGES = _BREAKS | _STOPS
_FAR = 14
_SUBJECT = 30


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


class Parser:
    """One unit under the patterns; `run_of` tells in which marked run a token stands."""

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
        self.subject: Tokens | None = None
        self.found: list[Attribution] = []

    def run(self) -> list[Attribution]:
        """All attributions of the unit, in order of their cues."""
        heads, cues, lower, run_of = self.words.heads, self.words.cues, self.lower, self.run_of
        for at in range(self.a, self.b):
            word = lower[at]
            if (word in cues or word in heads) and at >= self.floor and at not in run_of:
                found = self._according(at) if word in heads else None
                if found is None and word in cues and self._written_as_word(at):
                    found = self._verb(at)
                if found is not None:
                    self.found.append(found)
        for number in range(len(self.unit.runs)):
            if not self._covered(number) and (found := self._beside(number)):
                self.found.append(found)
        return self.found

    # ------------------------------------------------------------ places

    def _place(self, first: int, last: int) -> Place:
        """Characters of tokens `first:last`, stops and commas at the edges left out, marks kept whole."""
        lower, run_of = self.lower, self.run_of
        while first < last - 1 and lower[first] in _EDGES and first not in run_of:
            first += 1
        while last > first + 1 and lower[last - 1] in _EDGES and last - 1 not in run_of:
            last -= 1
        start, end = self.reading.starts[first], self.reading.ends[last - 1]
        if first in run_of and first == self.run_tokens[run_of[first]][0]:
            start = self.unit.runs[run_of[first]][0]
        if last - 1 in run_of:
            end = self.unit.runs[run_of[last - 1]][1]
        return start, end

    def _written_as_word(self, at: int) -> bool:
        return (
            self.reading.words[at][0].islower()
            or at == self.a
            or self.lower[at - 1] in _STOPS
            or at - 1 in self.run_of
        )

    def _covered(self, number: int) -> bool:
        start, end = self.unit.runs[number]
        return any(a < end and start < b for found in self.found for a, b in found.pieces)

    def _ends_thought(self, number: int) -> bool:
        """Whether a marked run closes with a stop or comma inside its marks, or one stands right behind it."""
        start, end = self.unit.runs[number]
        inner = self.reading.text[start:end].rstrip("\"'“”‘’»«„ \u00a0")
        return inner[-1:] in ".,!?…" or (inner[-2:-1] == "." and inner[-1:] in ",")

    # ------------------------------------------------------------ patterns

    def _according(self, at: int) -> Attribution | None:
        words, lower = self.words, self.lower
        phrase = next((p for p in words.according if lower[at : at + len(p)] == p), None)
        if phrase is None:
            return None
        begin = end = at + len(phrase)
        while end < self.b and end not in self.run_of and lower[end] not in _EDGES:
            if end > begin + 1 and (
                lower[end] in words.relative or (lower[end] in words.subordinate and lower[end] != "and")
            ):
                break
            end += 1
        if end == begin:
            return None
        speaker = self._place(begin, end)
        cue = (self.reading.starts[at], self.reading.ends[begin - 1])
        traits = ("according", lower[at])
        if at - self.floor <= 1:
            first = end + 1 if end < self.b and lower[end] == "," else end
            if first >= self.b - 1:
                return None
            last = self._content_end(first)
            return Attribution((self._place(first, last),), speaker, cue, traits)
        last = at - 1 if lower[at - 1] == "," else at
        first = self._sentence_floor(last - 1)
        if last - first < 2:
            return None
        self.floor = end
        return Attribution((self._place(first, last),), speaker, cue, traits)

    def _sentence_floor(self, token: int) -> int:
        """Where what is said before a postposed cue begins: its sentence, or after what was attributed before."""
        if token in self.run_of:
            head = self.run_tokens[self.run_of[token]][0]
            place = self.unit.runs[self.run_of[token]][0]
            if head > self.a and self.lower[head - 1] == ":":
                return max(self.floor, head)
        else:
            head, place = token, self.reading.starts[token]
            for number, (start, end) in enumerate(self.unit.runs):
                if start < place < end:
                    head = self.run_tokens[number][0]
        sentence = self.reading.first[self.reading.sentence_at(place)]
        return max(self.floor, sentence) if sentence < head else max(self.floor, head)

    def _verb(self, at: int) -> Attribution | None:
        words, lower = self.words, self.lower
        word = lower[at]
        group = at
        while group > self.a and group - 1 not in self.run_of and self._helps(lower[group - 1]):
            group -= 1
        left = group - 1
        cue = (self.reading.starts[group], self.reading.ends[at])
        if (
            word in words.say
            and group == at
            and at + 1 < self.b
            and left >= self.floor
            and self._edge(left)
            and self._opens_name(at + 1)
        ):
            name = self._name_after(at + 1)
            if name is not None and (
                found := self._content_before(left + 1, name, cue, name[1], ("inverted", word))
            ):
                return found
        if word in words.nouns and (found := self._noun(at)):
            return found
        if not (word in words.say or word in words.think or word in words.intend or word in words.react):
            return None
        if (
            left >= self.a
            and (
                lower[left] in words.determiners
                or lower[left] in ("'s", "’s", "'", "’")
                and not words.comma_clause
            )
            and word not in words.say
            and lower[left] not in words.subjects
        ):
            return None
        subject = (
            self.subject or self._first_subject(group)
            if lower[group] in words.infinitive
            else self._subject(group, at)
        )
        if subject is None:
            return None
        if (
            word in words.say
            and subject[0] - 1 >= self.floor
            and self._edge(subject[0] - 1)
            and self._closes_after(at, subject[0] - 1)
        ):
            found = self._content_before(subject[0], subject, cue, at + 1, ("postposed", word))
            if found:
                return found
        return self._content_after(at, group, subject)

    def _edge(self, token: int) -> bool:
        return token in self.run_of or self.lower[token] in _COMMAS or self.lower[token] in ("?", "!")

    def _helps(self, word: str) -> bool:
        return word in self.words.auxiliary or (
            bool(self.words.adverb_endings) and len(word) > 4 and word.endswith(self.words.adverb_endings)
        )

    def _opens_name(self, at: int) -> bool:
        lower = self.lower[at]
        return (
            at not in self.run_of
            and lower not in self.words.that
            and (
                self.reading.words[at][0].isupper()
                or lower in self.words.determiners
                or lower in self.words.subjects
            )
            and lower not in self.words.days
        )

    def _name_after(self, at: int) -> Tokens | None:
        lower, words = self.lower, self.words
        if lower[at] in words.subjects:
            return at, at + 1
        end = at
        begin = at
        while end < self.b and end not in self.run_of and end - at < _FAR:
            word = lower[end]
            if word == "." and end + 1 < self.b and lower[end + 1] == ",":
                break
            if word in _EDGES or word in words.subordinate - {"and"} or word in words.verbs:
                break
            if word in words.prepositions and word not in words.linking or (word in words.days and end > at):
                break
            end += 1
        while end > at and (
            lower[end - 1] in words.prepositions or lower[end - 1] in words.days or lower[end - 1] == "and"
        ):
            end -= 1
        if end <= begin:
            return None
        if end < self.b - 3 and lower[end] == "(":
            close = next((k for k in range(end, min(self.b, end + 8)) if lower[k] == ")"), None)
            end = end if close is None else close + 1
        if (
            end < self.b - 2
            and lower[end] == ","
            and end + 1 not in self.run_of
            and self._opens_apposition(end + 1)
        ):
            end += 1
            while end < self.b and end not in self.run_of and lower[end] not in _EDGES:
                end += 1
        return begin, end

    def _opens_apposition(self, at: int) -> bool:
        lower, words = self.lower, self.words
        if lower[at] in words.articles:
            return True
        return lower[at].isdigit() or (
            lower[at].isalpha()
            and lower[at] not in words.cues
            and lower[at] not in words.stop
            and lower[at] not in words.days
            and at + 1 < self.b
            and lower[at + 1] == "of"
        )

    def _closes_after(self, at: int, edge: int) -> bool:
        """Whether nothing said follows the cue: a stop, a comma, a preposition, a day, the person told."""
        if at + 1 >= self.b:
            return True
        word = self.lower[at + 1]
        if at + 1 in self.run_of or word in self.words.that or word == ":":
            return False
        if word == "," and at + 2 < self.b and at + 2 in self.run_of:
            return edge in self.run_of
        if word in _EDGES:
            return True
        rest = self.lower[at + 1 : min(self.b, at + 12)]
        circumstance = (
            word in self.words.prepositions or word in self.words.days or self.lower[at] in self.words.told
        )
        return circumstance and not any(w in self.words.that and w not in ("when", "if") for w in rest)

    def _subject(self, group: int, at: int) -> Tokens | None:
        """Tokens of the subject left of the verb group."""
        words, lower = self.words, self.lower
        last = group - 1
        participle = lower[at].endswith("ing") and not any(lower[k] in words.be for k in range(group, at))
        if last < self.a:
            return self._subject_behind(at) if participle else None
        if last in self.run_of:
            return None
        if lower[last] in words.relative and lower[last] != "that":
            return last, last + 1
        if participle or lower[last] in (
            "and",
            "but",
            "by",
            "to",
            "while",
            "in",
            "after",
            "before",
            "without",
            "or",
            "for",
            "of",
            "from",
            "when",
            ";",
        ):
            return self.subject or self._first_subject(group)
        tail = last + 1
        if lower[last] in (",", ")", "—", "–", "--"):
            opener = "(" if lower[last] == ")" else lower[last]
            back = last - 1
            while (
                back > self.a and lower[back] != opener and back not in self.run_of and last - back < _SUBJECT
            ):
                back -= 1
            if lower[back] != opener or back <= self.a:
                return self.subject or self._first_subject(group)
            tail = last if lower[last] != ")" else last + 1
            last = back - 1
            while last > self.a and lower[last] == ",":
                last -= 1
        end = last + 1
        first = end
        while first > self.a and first - 1 not in self.run_of:
            word = lower[first - 1]
            if (
                word in _EDGES
                or (word in words.verbs or word in words.say)
                and word not in words.ambiguous
                and not self._in_relative(first - 1)
            ):
                break
            if (
                word in words.subordinate
                and not (word == "and" and not self._verb_before(first - 1))
                and not self._in_relative(first)
            ):
                break
            first -= 1
        found = self._trim_name(first, end)
        return (found[0], tail) if found and tail > end else found

    def _in_relative(self, at: int) -> bool:
        """Whether a verb belongs to a relative clause within the subject: "the groups who wrote to her"."""
        back = at - 1
        while back > self.a and self._helps(self.lower[back]):
            back -= 1
        return (
            back > self.a and self.lower[back] in self.words.relative and self.lower[back - 1] not in _EDGES
        )

    def _verb_before(self, at: int) -> bool:
        """Whether a verb stands before token `at` in its clause: then "and" there joins clauses, not names."""
        for back in range(at - 1, max(self.a - 1, at - 14), -1):
            word = self.lower[back]
            if word in _EDGES or back in self.run_of:
                return False
            if (
                word in self.words.verbs
                or (
                    word in self.words.cues
                    and word not in self.words.ambiguous
                    and word not in self.words.nouns
                )
                or self._looks_verb(word)
            ):
                return True
        return False

    def _trim_name(self, first: int, end: int) -> Tokens | None:
        words, lower = self.words, self.lower
        while end > first and (
            lower[end - 1] in words.days
            or lower[end - 1] in words.prepositions
            or self._helps(lower[end - 1])
        ):
            end -= 1
        while (
            first < end
            and first + 1 < end
            and (
                lower[first] in words.days
                or (
                    lower[first] in words.stop
                    and lower[first] not in words.determiners
                    and lower[first] not in words.subjects
                )
            )
        ):
            first += 1
        if end <= first:
            return None
        # "In a statement Monday Trump said": what follows the last small word that opens a name
        if first > self.a and lower[first - 1] in words.prepositions:
            for k in range(end - 1, first, -1):
                if lower[k] in words.determiners or (
                    self.reading.words[k][0].isupper()
                    and not self.reading.words[k - 1][0].isupper()
                    and lower[k - 1] not in words.linking
                ):
                    return k, end
        return first, end

    def _first_subject(self, before: int) -> Tokens | None:
        """The subject of the sentence: what stands before its first verb."""
        words, lower = self.words, self.lower
        at = self.reading.first[self.reading.sentence_at(self.reading.starts[before])]
        at = self._after_dateline(max(at, self.a), before)
        start = at
        while at < before:
            word = lower[at]
            if at in self.run_of:
                start = at + 1
            elif word == ",":
                if at + 1 < before and (
                    lower[start] in words.prepositions or lower[start] in words.subordinate
                ):
                    start = at + 1
                else:
                    return self._trim_name(start, at)
            elif at > start and (
                self._third_person(at) or word in words.verbs or word in words.cues or self._looks_verb(word)
            ):
                return self._trim_name(start, at)
            at += 1
        return None

    def _after_dateline(self, at: int, before: int) -> int:
        """ "ORLANDO, Fla. (Reuters) - President": where the sentence itself begins."""
        if self.reading.words[at].isupper() and len(self.reading.words[at]) > 2:
            for k in range(at + 1, min(before, at + 14)):
                if self.lower[k] in ("-", "—", "–", "--", "―"):
                    return k + 1
        return at

    def _third_person(self, at: int) -> bool:
        """ "Torvik represents a": a word in -s after a name and before a small word."""
        lower = self.lower
        return (
            lower[at].endswith("s")
            and self.reading.words[at][0].islower()
            and self.reading.words[at - 1][0].isupper()
            and at + 1 < self.b
            and (lower[at + 1] in self.words.determiners or lower[at + 1] in self.words.infinitive)
        )

    def _looks_verb(self, word: str) -> bool:
        return (
            len(word) > 3
            and word.endswith(("ed", "te", "ten"))
            and word not in self.words.stop
            and word.isalpha()
            and word[0].islower()
        )

    def _subject_behind(self, at: int) -> Tokens | None:
        """ "Bemoaning the tax, Torvik said": the first name after the next comma."""
        for k in range(at + 1, min(self.b - 1, at + 25)):
            if self.lower[k] == "," and k + 1 not in self.run_of and self._opens_name(k + 1):
                return self._name_after(k + 1)
        return None

    # ------------------------------------------------------------ what is said

    def _content_before(
        self, edge: int, speaker: Tokens, cue: Place, resume: int, traits: tuple[str, ...]
    ) -> Attribution | None:
        """What stands before the speaker or verb at token `edge`; and what goes on after token `resume`."""
        lower, run_of = self.lower, self.run_of
        last = edge
        while last > self.floor and last - 1 not in run_of and lower[last - 1] in _COMMAS:
            last -= 1
        if last <= self.floor:
            return None
        first = self._sentence_floor(last - 1)
        pieces = [self._place(first, last)]
        self.floor = resume
        self.subject = speaker
        more = self._goes_on(last - 1, resume)
        if more is not None:
            end = self._content_end(more)
            if end > more:
                pieces.append(self._place(more, end))
                self.floor = end
        return Attribution(tuple(pieces), self._place(*speaker), cue, traits)

    def _goes_on(self, last: int, resume: int) -> int | None:
        """The token at which what was said goes on behind the cue: ", he said, and"."""
        lower, words = self.lower, self.words
        for at in range(resume, min(self.b - 2, resume + 10)):
            if at in self.run_of:
                return (
                    at
                    if at > resume
                    and lower[at - 1] in _COMMAS | {":"}
                    or last in self.run_of
                    and at == resume
                    else None
                )
            if lower[at] in _STOPS or lower[at] in words.relative:
                return None
            if lower[at] == ",":
                following = lower[at + 1]
                if at + 1 in self.run_of:
                    return at + 1
                if last in self.run_of and self._ends_thought(self.run_of[last]):
                    return None
                if (
                    following in words.relative
                    or following in words.prepositions
                    or following.endswith("ing")
                    or following in words.determiners - {"that", "his", "her", "their", "its"}
                ):
                    return None
                return at + 1
        return None

    def _content_after(self, at: int, group: int, subject: Tokens) -> Attribution | None:
        lower, words = self.lower, self.words
        word = lower[at]
        first = at + 1
        if first < self.b and lower[first] in words.particles:
            first += 1
        if first >= self.b - 1:
            return None
        cue_end = first
        passive = any(lower[k] in words.be for k in range(group, at)) and not word.endswith("ing")
        following = lower[first]
        frame = ""
        if word in words.told and (told := self._skip_told(first)) is not None:
            first, frame = told, "told"
        elif word in words.told and word.startswith("t"):
            return None
        elif following in words.infinitive and word in words.intend:
            frame = "to"
        elif first not in self.run_of and (word in words.say or word in words.think):
            first = self._skip_circumstance(first)
        if first >= self.b - 1:
            return None
        following = lower[first]
        if frame != "to":
            if following in (",", ":"):
                if following == "," and first + 1 not in self.run_of:
                    return None
                frame = "colon" if following == ":" else "comma"
                first += 1
            elif following in _EDGES:
                return None
            elif first in self.run_of:
                frame = "marked"
            elif following in words.that:
                frame = "that"
            elif following in words.prepositions:
                if following not in words.about or first != at + 1:
                    return None
                frame = following
                first += 1
                cue_end = first
            elif word in words.say or word in words.think or frame == "told":
                frame = frame or "bare"
            else:
                frame = "object"
        if passive and frame not in ("to", "that"):
            return None
        if first >= self.b or first == self.b - 1 and lower[first] in _STOPS:
            return None
        kind = (
            "say"
            if word in words.say
            else "think"
            if word in words.think
            else "intend"
            if word in words.intend
            else "react"
        )
        traits = (frame, kind, word, self._mood(group, at, passive=passive), self._subject_kind(subject))
        clause = subject[0] - 1
        opened = self.reading.first[self.reading.sentence_at(self.reading.starts[at])]
        if clause in (opened, opened + 1) and clause >= self.a and lower[clause] in words.openers:
            comma = next(
                (k for k in range(first, self.b - 1) if lower[k] == "," and k not in self.run_of), None
            )
            if comma is not None and comma > first:
                cue = (self.reading.starts[group], self.reading.ends[cue_end - 1])
                return Attribution((self._place(first, comma),), self._place(*subject), cue, traits)
        last = self._content_end(first, loose=frame in ("object", "to") or kind in ("intend", "react"))
        self.subject = subject
        cue = (self.reading.starts[group], self.reading.ends[cue_end - 1])
        return Attribution((self._place(first, last),), self._place(*subject), cue, traits)

    def _mood(self, group: int, at: int, *, passive: bool) -> str:
        helpers = self.lower[group:at]
        if passive:
            return "passive"
        if any(h in self.words.infinitive for h in helpers):
            return "infinitive"
        if any(h in self.words.negations or h.endswith(("n't", "n’t")) for h in helpers):
            return "negated"
        if any(h in self.words.modals for h in helpers):
            return "modal"
        return "helped" if helpers else "ing" if self.lower[at].endswith("ing") else "plain"

    def _subject_kind(self, subject: Tokens) -> str:
        lower = self.lower[subject[0]]
        if lower in self.words.subjects:
            return f"s:{lower}"
        if self.reading.words[subject[1] - 1][:1].isupper():
            return "s:Name"
        return "s:" + ("the" if lower in self.words.determiners else "noun")

    def _noun(self, at: int) -> Attribution | None:
        """ "Torvik's claim that", "the minister's promise to": a possessor, a noun of saying, a clause."""
        lower, words = self.lower, self.words
        if (
            at + 2 >= self.b
            or lower[at + 1] not in words.that | words.infinitive | {"of", "about", "for", "on"}
            or at + 1 in self.run_of
        ):
            return None
        if lower[at + 1] == "on" and lower[at] not in words.nouns:
            return None
        back = at - 1
        while (
            back > self.a
            and at - back < 4
            and lower[back] not in ("'s", "’s", "'", "’")
            and lower[back] not in words.possessive
        ):
            back -= 1
        if back <= self.a - 1 or back < self.a:
            return None
        if lower[back] in words.possessive:
            speaker: Tokens | None = (back, back + 1)
        elif lower[back] in ("'s", "’s", "'", "’"):
            first = back
            while first > self.a and (
                self.reading.words[first - 1][0].isupper()
                or lower[first - 1] in words.determiners
                or (
                    back - first < 2 and lower[first - 1] not in words.stop and lower[first - 1] not in _EDGES
                )
            ):
                first -= 1
            speaker = (first, back) if first < back else None
        else:
            return None
        if speaker is None:
            return None
        first = at + 1 if lower[at + 1] in words.that | words.infinitive else at + 2
        last = self._content_end(first, loose=True)
        cue = (self.reading.starts[at], self.reading.ends[first - 1 if first == at + 2 else at])
        return Attribution(
            (self._place(first, last),), self._place(*speaker), cue, ("noun", lower[at], lower[at + 1])
        )

    def _skip_told(self, first: int) -> int | None:
        lower, words = self.lower, self.words
        for at in range(first, min(self.b, first + 12)):
            if (
                lower[at] in words.that
                or at in self.run_of
                or lower[at] == ":"
                or (lower[at] in words.infinitive and at > first)
            ):
                return at
            if lower[at] == "," and at + 1 in self.run_of:
                return at
            if lower[at] in _EDGES:
                return None
        if lower[first] in words.objects:
            return first + 1
        for at in range(first + 1, min(self.b - 1, first + 9)):
            if lower[at] in words.subjects and lower[at] not in words.that:
                return at
        return None

    def _skip_circumstance(self, first: int) -> int:
        lower = self.lower
        at = first
        while at < self.b and lower[at] in self.words.days:
            at += 1
        if at < self.b and lower[at] in self.words.prepositions:
            for far in range(at, min(self.b, at + 14)):
                if far in self.run_of or lower[far] in (":", "that"):
                    return far
                if (
                    lower[far] in self.words.days
                    and far + 2 < self.b
                    and lower[far + 1] not in _EDGES
                    and self._opens_name(far + 1)
                ):
                    return far + 1
                if lower[far] == "," or lower[far] in _STOPS:
                    return far
        return at

    def _content_end(self, first: int, *, loose: bool = False) -> int:
        """The token behind the last one said: the unit's end, or where another cue or the teller takes over."""
        lower, words, run_of = self.lower, self.words, self.run_of
        at = first
        while at < self.b - 1:
            if at in run_of:
                number = run_of[at]
                at = self.run_tokens[number][1]
                if self._ends_thought(number):
                    return at
                continue
            word, following = lower[at], lower[at + 1]
            if at > first:
                if word in _COMMAS and following in words.cues and following.endswith("ing"):
                    return at
                if word in words.conjunctions and self._other_verb(at + 1):
                    return at - 1 if lower[at - 1] in _COMMAS else at
                if word in words.heads and any(lower[at : at + len(p)] == p for p in words.according):
                    return at
                if word == ":" and at + 1 in run_of:
                    return at
                if loose and word in _COMMAS | {";"} and following in words.breakers:
                    return at
                if (
                    word in _STOPS
                    and (at + 1) in self.reading.first
                    and not (word == "." and following in _EDGES)
                ):
                    return at
            at += 1
        return self.b

    def _other_verb(self, at: int) -> bool:
        """Whether a second verb of saying with the same subject begins here: "and called for", "but also said"."""
        lower, words = self.lower, self.words
        while at < self.b - 1 and self._helps(lower[at]) and lower[at] not in words.infinitive:
            at += 1
        word = lower[at]
        if word.endswith("ing") or word in words.nouns:
            return word in words.say and not word.endswith("ing") and word.endswith(("ed", "s"))
        return word in words.say or (word in words.cues and word.endswith(("ed", "te", "ten")))

    def _beside(self, number: int) -> Attribution | None:
        """A marked run with a name and an unknown verb beside it: “…,” beamed Ana Ruiz; “…,” the mayor tweeted."""
        lower, words = self.lower, self.words
        first, last = self.run_tokens[number]
        if not self._ends_thought(number) or last >= self.b - 1 or last - first < 2:
            return None
        at = last
        if lower[at] in _COMMAS:
            at += 1
        if at >= self.b - 1 or at in self.run_of:
            return None
        if self.reading.words[at][0].islower() and self._looks_verb(lower[at]) and self._opens_name(at + 1):
            name = self._name_after(at + 1)
            cue: Tokens = (at, at + 1)
        elif self._opens_name(at):
            name = self._name_after(at)
            k = at
            while (
                k < min(self.b, at + 8)
                and not (self._looks_verb(lower[k]) or lower[k] in words.cues)
                and lower[k] not in _EDGES
            ):
                k += 1
            if k >= self.b or lower[k] in _EDGES or k == at:
                return None
            name, cue = self._trim_name(at, k), (k, k + 1)
        else:
            return None
        if name is None:
            return None
        pieces = (self._place(first, last),)
        return Attribution(
            pieces,
            self._place(*name),
            (self.reading.starts[cue[0]], self.reading.ends[cue[1] - 1]),
            ("beside",),
        )


def find_attributions(reading: Reading, unit: Unit, words: SpeechWords) -> list[Attribution]:
    """All attributions of a unit, in order of their cues."""
    return Parser(reading, unit, words).run()
