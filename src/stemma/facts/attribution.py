"""Who says what within a sentence: cue, words said, words that name the speaker.

Works on one unit at a time. Patterns are those of the languages served (a clause after the verb, the verb after the
clause, "according to", a noun such as "warning"); the words are the language's data. Nothing is resolved here: "he"
stays "he".
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from stemma.facts.asides import Asides
from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.facts.units import BREAKS, COMMAS, EDGES, SIGNING, STOPS, Attribution, Place, Tokens, Unit
from stemma.facts.verb_second import VerbSecond


def find_attributions(reading: Reading, unit: Unit, words: SpeechWords) -> list[Attribution]:
    """All attributions of a unit, in order of their cues."""
    triggers = find_triggers(reading, words)
    here = triggers[bisect_left(triggers, unit.first) : bisect_left(triggers, unit.last)]
    if not here and not unit.runs and not words.verb_second:
        return []
    parser = VerbSecond(reading, unit, words) if words.verb_second else Parser(reading, unit, words)
    found = [a for a in parser.run(here) if _is_whole(a)]
    return [Attribution(a.pieces, a.speaker, a.cue, (*a.traits, _inside(a, found))) for a in found]


@lru_cache(maxsize=8)
def find_triggers(reading: Reading, words: SpeechWords) -> list[int]:
    """The tokens of a text that may be or open a cue."""
    triggers = words.triggers & reading.vocabulary
    return [at for at, word in enumerate(reading.lower) if word in triggers]


def find_announced(reading: Reading, unit: Unit, words: SpeechWords) -> tuple[Place, Place] | None:
    """Who and with which cue announces what stands in the next paragraph: "Torvik continued:"."""
    parser = VerbSecond(reading, unit, words) if words.verb_second else Parser(reading, unit, words)
    for at in range(unit.last - 1, unit.first, -1):
        if reading.lower[at] in words.say and at not in parser.run_of:
            subject = parser.find_subject(at)
            if subject is None:
                return None
            place = (reading.starts[subject[0]], reading.ends[subject[1] - 1])
            return place, (reading.starts[at], reading.ends[at])
    return None


def find_judge(reading: Reading, unit: Unit, words: SpeechWords) -> Place | None:
    """The subject of the first verb of saying or judging of a sentence, whose reported speech the next one may hold."""
    parser = VerbSecond(reading, unit, words)
    for at in range(unit.first, unit.last):
        word = reading.lower[at]
        if (
            (word in words.say or word in words.react)
            and word not in words.helpers
            and at not in parser.run_of
            and reading.words[at][0].islower()
        ):
            found = parser.find_teller(at)
            return parser.place_of(found) if found is not None else None
    return None


def find_sentence_subject(reading: Reading, unit: Unit, run: Place, words: SpeechWords) -> Place | None:
    """The subject of the sentence in which a marked run without a cue stands, or the words right before its colon."""
    at = bisect_left(reading.starts, run[0])
    if at <= unit.first:
        return None
    if words.verb_second:
        second = VerbSecond(reading, unit, words)
        found = second.find_subject_of(at)
        return second.place_of(found) if found else None
    parser = Parser(reading, unit, words)
    found = parser.find_opening(at)
    return parser.place_of(found) if found else None


def _is_whole(found: Attribution) -> bool:
    """Whether every place has words and the pieces stand in order: a pattern that met in the middle says nothing."""
    edges = [edge for piece in found.pieces for edge in piece]
    speaker = found.speaker is None or found.speaker[0] < found.speaker[1]
    return speaker and all(a < b for a, b in found.pieces) and edges == sorted(edges)


def _inside(found: Attribution, others: list[Attribution]) -> str:
    """The pattern of another attribution whose words hold all of this one's."""
    start, end = found.pieces[0][0], found.pieces[-1][1]
    for other in others:
        a, b = other.pieces[0][0], other.pieces[-1][1]
        if other is not found and a <= start and end <= b and b - a > end - start:
            return f"in:{other.traits[0]}"
    return "in:none"


class Parser(Asides):
    """One unit under all patterns."""

    def run(self, triggers: list[int]) -> list[Attribution]:
        """All attributions of the unit, in order of their cues; `triggers` are its tokens that may be one."""
        heads, cues, lower, run_of = self.words.heads, self.words.cues, self.lower, self.run_of
        if lower[self.a] in self.words.as_said and (found := self._as_put(self.a)):
            self.found.append(found)
            self.floor = self.b
        for at in triggers:
            word = lower[at]
            if at >= self.floor and at not in run_of:
                found = self._according(at) if word in heads else None
                if found is None and word in self.words.as_said and at > self.a:
                    found = self._as_within(at)
                if found is None and word in cues and self._written_as_word(at):
                    found = self._verb(at)
                if found is not None:
                    self.found.append(found)
        for number in range(len(self.unit.runs)):
            if not self._covered(number) and (found := self._beside(number)):
                self.found.append(found)
        return self.found

    def _covered(self, number: int) -> bool:
        start, end = self.unit.runs[number]
        return any(a < end and start < b for found in self.found for a, b in found.pieces)

    def _according(self, at: int) -> Attribution | None:
        words, lower = self.words, self.lower
        phrase = next(
            (p for p in words.according if p[0] == lower[at] and lower[at : at + len(p)] == p), None
        )
        if phrase is None:
            return None
        begin = at + len(phrase)
        while (
            begin < self.b - 1
            and (lower[begin] in words.say or lower[begin] in words.perfect | words.days)
            and begin not in self.run_of
        ):
            begin += 1  # "según confirmó ayer el presidente"
        end = begin
        while end < self.b and end not in self.run_of and lower[end] not in EDGES:
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
            last = self._content_end(first, traits)
            return Attribution((self._place(first, last),), speaker, cue, traits)
        last = at - 1 if lower[at - 1] == "," else at
        first = self._behind_connective(self._sentence_floor(last - 1), last)
        if last - first < 2:
            return None
        self.floor = end
        return Attribution((self._place(first, last),), speaker, cue, traits)

    def _verb(self, at: int) -> Attribution | None:
        words, lower = self.words, self.lower
        word = lower[at]
        if word in words.with_particle and (at + 1 >= self.b or lower[at + 1] not in words.particles):
            return None
        participle = bool(words.adverb_endings) and word.endswith("ing")
        group = at
        if word in words.made_so:  # "made it clear that"
            group = at - 1 - (lower[at - 1] in words.it)
            if (
                group <= self.a
                or lower[group] not in words.making
                or lower[min(at + 1, self.b - 1)] not in words.that
            ):
                return None
        while group > self.a and group - 1 not in self.run_of and self._helps_at(group - 1):
            group -= 1
        left = group - 1
        cue = (self.reading.starts[group], self.reading.ends[at])
        if (
            word in words.say
            and word not in words.tell
            and not participle
            and at + 1 < self.b
            and left >= self.floor
            and self._edge(left)
            and (self._opens_name(at + 1) or (left in self.run_of and self._name_soon(at + 1)))
        ):
            name = self._name_after(at + 1)
            if (
                name is not None
                and self._name_ends(name)
                and (left in self.run_of or name[1] not in self.run_of)
                and (found := self._content_before(left + 1, name, cue, name[1], ("inverted", word)))
            ):
                return found
        if (
            word in words.say
            and not participle
            and left < self.a
            and at + 2 < self.b
            and self._opens_name(at + 1)
        ):
            name = self._name_after(at + 1)  # "Said Torvik: “…”"
            if name is not None and name[1] + 1 < self.b and lower[name[1]] in (":", ","):
                return self._content_after(name[1] - 1, group, name, word)
        if (
            word in words.ambiguous
            and left >= self.a
            and lower[left] in words.determiners
            and lower[left] not in words.subjects
        ):
            return self._noun(at) if word in words.nouns else None
        if word in words.nouns and (found := self._noun(at)):
            return found
        if not (word in words.say or word in words.think or word in words.intend or word in words.react):
            return None
        if (
            left >= self.a
            and (
                lower[left] in words.determiners
                or (lower[left] in ("'s", "’s", "'", "’") and not words.comma_clause)
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
        if subject is None or (
            group == at
            and (word in words.ambiguous or self._is_bare_behind_one(subject, at))
            and self._disagrees(subject, at)
        ):
            return None
        if word in words.say and not participle:
            subject = self._back_to_run(subject)
        if (
            word in words.say
            and not participle
            and subject[0] - 1 >= self.floor
            and self._edge(subject[0] - 1)
            and self._closes_after(at, subject[0] - 1)
            and not self._opens_anew(subject[0], at)
        ):
            found = self._content_before(subject[0], subject, cue, at + 1, ("postposed", word))
            if found:
                return found
        if word in words.say and not participle:
            ends = at + 1 >= self.b or lower[at + 1] in STOPS
            if ends or (
                group == at and self._only_circumstance(at + 1) and EDGES.isdisjoint(lower[self.floor : at])
            ):
                found = self._without_comma(at, group, cue)
                if found is not None or ends:
                    return found
        return self._content_after(at, group, subject)

    def _is_bare_behind_one(self, subject: Tokens, at: int) -> bool:
        """ "made an unprompted call for": a verb's bare form right behind "an …" is no verb."""
        word, words = self.lower[at], self.words
        one = self.lower[subject[0]] in words.articles and self.lower[subject[0]] not in words.definite
        bare = word + "s" in words.cues and word not in words.put
        return (
            bool(words.gerund)
            and one
            and bare
            and subject[1] == at
            and "of" not in self.lower[slice(*subject)]
        )

    def _disagrees(self, subject: Tokens, at: int) -> bool:
        """ "the port's general counsel": a verb's bare form behind one thing is a noun (English)."""
        following = self.lower[at + 1] if at + 1 < self.b else ""
        if self.lower[subject[1] - 1] in self.words.subjects:
            return False
        if self.words.gerund and following in self.words.be | self.words.modals | self.words.perfect:
            return following[0].isalpha()  # "recent reports are to be believed"
        if not self.words.gerund or self.lower[at].endswith(("s", *self.words.gerund)):
            return False
        if following in self.words.that or following in self.words.infinitive:
            return False
        last, first = self.lower[subject[1] - 1], self.lower[subject[0]]
        plural = (
            last.endswith(("s", ")"))
            or last in self.words.collectives
            or "and" in self.lower[slice(*subject)]
        )
        return not plural and last not in self.words.subjects and first not in self.words.relative

    def _only_circumstance(self, at: int) -> bool:
        """Whether only "on Monday" or "in a statement" stands behind a cue: no clause and no marks."""
        if self.lower[at] not in self.words.circumstance | self.words.days:
            return False
        rest = range(at, self.b)
        words = self.words
        return not any(
            k in self.run_of
            or self.lower[k] in BREAKS
            or self.lower[k] in words.that
            or self.lower[k] in words.verbs
            or self._looks_verb(self.lower[k])
            for k in rest
        )

    def _without_comma(self, at: int, group: int, cue: Place) -> Attribution | None:
        """ "… killing six people the ministry said.": the name begins at its article."""
        helping = self.words.be | self.words.infinitive | self.words.relative
        if not helping.isdisjoint(self.lower[group - 1 : at]):
            return None
        for k in range(group - 2, max(self.floor + 4, group - 8), -1):
            if k in self.run_of or self.lower[k] in EDGES:
                return None
            cut = self.lower[k - 1] in self.words.prepositions | self.words.that | self.words.subordinate
            if self.lower[k] in self.words.articles and not cut and self._has_verb(self.floor, k):
                return self._content_before(k, (k, group), cue, at + 1, ("postposed", self.lower[at]))
        return None

    def _closes_after(self, at: int, edge: int) -> bool:
        """Whether nothing said follows the cue: a stop, a comma, a preposition, a day, the person told."""
        if at + 1 >= self.b:
            return True
        word = self.lower[at + 1]
        if at + 1 in self.run_of or word in self.words.that or word == ":":
            return False
        if word == "," and at + 2 < self.b and at + 2 in self.run_of:
            return edge in self.run_of or self._goes_on_small(edge, at + 2)
        if word in self.words.infinitive and self.lower[at] in self.words.intend | self.words.told:
            return False
        if edge not in self.run_of and self._marked_soon(at + 1, self.lower[at]) is not None:
            return False
        if word in EDGES:
            return True
        rest = []
        for k in range(at + 1, min(self.b, at + 12)):
            if self.lower[k] == ",":
                break
            if k not in self.run_of:
                rest.append(self.lower[k])
        circumstance = (
            word in self.words.prepositions
            or word in self.words.days
            or self.lower[at] in self.words.told
            or self._time_before(at + 1) > at + 1
        )
        return circumstance and not any(w in self.words.that and w not in ("when", "if") for w in rest)

    def _opens_anew(self, first: int, at: int) -> bool:
        """ "“…?” He answered, “…”": a pronoun with a capital behind marks, and further marks behind its verb."""
        return (
            first - 1 in self.run_of
            and self.lower[first] in self.words.subjects
            and self.reading.words[first][0].isupper()
            and at + 2 < self.b
            and at + 2 in self.run_of
            and self.lower[at + 1] in (",", ":")
        )

    def _goes_on_small(self, edge: int, run: int) -> bool:
        """ "It was, she said, “a stone where …”": marked words that begin small go on with the clause before the cue."""
        first = self._sentence_floor(edge - 1) if edge > self.floor else edge
        return (
            edge - first > 1
            and self._begins_small(self.run_of[run])
            and self.lower[first] not in self.words.prepositions
        )

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
                or (back - first < 2 and lower[first - 1] not in words.stop and lower[first - 1] not in EDGES)
            ):
                first -= 1
            speaker = (first, back) if first < back else None
        else:
            return None
        if speaker is None:
            return None
        first = at + 1 if lower[at + 1] in words.that | words.infinitive else at + 2
        last = self._content_end(first, ("noun", lower[at], lower[at + 1]))
        cue = (self.reading.starts[at], self.reading.ends[first - 1 if first == at + 2 else at])
        return Attribution(
            (self._place(first, last),), self._place(*speaker), cue, ("noun", lower[at], lower[at + 1])
        )

    def _signed(self, first: int, dash: int) -> Attribution | None:
        """“…” ― Ana Ruiz: a name behind a dash, and nothing more."""
        end = dash + 1
        while end < self.b and self.reading.words[end][0].isupper() and end - dash < 6:
            end += 1
        if end == dash + 1 or (end < self.b and self.lower[end] not in EDGES):
            return None
        cue = (self.reading.starts[dash], self.reading.ends[dash])
        return Attribution((self._place(first, dash),), self._place(dash + 1, end), cue, ("beside", "dash"))

    def _beside(self, number: int) -> Attribution | None:
        """A marked run with a name and an unknown verb beside it: “…,” beamed Ana Ruiz; “…,” the mayor tweeted."""
        lower, words = self.lower, self.words
        first, last = self.run_tokens[number]
        if not self._ends_thought(number) or last >= self.b or last - first < 2:
            return None
        at = last
        if lower[at] in SIGNING and (signed := self._signed(first, at)):
            return signed
        if lower[at] in COMMAS:
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
                and not (
                    (self._looks_verb(lower[k]) or lower[k] in words.cues)
                    and self.reading.words[k][0].islower()
                )
                and lower[k] not in EDGES
            ):
                k += 1
            if k >= self.b or lower[k] in EDGES or k == at:
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
            ("beside", "beside"),
        )
