"""Where what is said begins, before and behind its cue; where it ends is weighed in `ends`."""

from __future__ import annotations

from stemma.facts.ends import Ends
from stemma.facts.units import COMMAS, EDGES, STOPS, Attribution, Place, Tokens

_NEAR = 9
_REACH = 16
"""Tokens between a cue and the marks it opens, the larger for verbs of saying (PolNeAR dev)."""

_ON = 10
_FURTHER = 20
"""Tokens behind a cue within which what was said goes on, and within which "and" with marks does."""


class Contents(Ends):
    """What is said around a cue of one unit."""

    def _sentence_floor(self, token: int) -> int:
        """Where what is said before a postposed cue begins: its sentence, or after what was attributed before."""
        if token in self.run_of:
            head = self.run_tokens[self.run_of[token]][0]
            place = self.unit.runs[self.run_of[token]][0]
            if head > self.a and (self._introduces(head - 1) or self._stops_before(head)):
                return max(self.floor, head)
        else:
            head, place = token, self.reading.starts[token]
            for number, (start, end) in enumerate(self.unit.runs):
                if start < place < end:
                    head = self.run_tokens[number][0]
        sentence = self.reading.first[self.reading.sentence_at(place)]
        return max(self.floor, sentence) if sentence < head else max(self.floor, head)

    def _stops_before(self, head: int) -> bool:
        """ "… about him. “She left,”": a stop before marks that begin large, where the sentences were not parted."""
        return self.lower[head - 1] in STOPS and not self._begins_small(self.run_of[head])

    def _introduces(self, mark: int) -> bool:
        """Whether a colon, or a comma close behind a verb of saying, opens what follows: "he warned, “…"."""
        if self.lower[mark] == ":":
            return True
        close = self.lower[max(self.a, mark - 3) : mark]
        return self.lower[mark] == "," and any(w in self.words.say for w in close)

    def _content_before(
        self, edge: int, speaker: Tokens, cue: Place, resume: int, traits: tuple[str, ...]
    ) -> Attribution | None:
        """What stands before the speaker or verb at token `edge`; and what goes on after token `resume`."""
        lower, run_of = self.lower, self.run_of
        last = edge
        while last > self.floor and last - 1 not in run_of and lower[last - 1] in COMMAS:
            last -= 1
        if last <= self.floor:
            return None
        first = self._behind_connective(self._sentence_floor(last - 1), last)
        pieces = [self._place(first, last)]
        clause = self._has_verb(first, last)
        self.floor, floor = resume, self.floor
        self.subject = speaker
        more = self._goes_on(last - 1, resume, clause=clause)
        if more is None and not clause and self._is_circumstance(first):
            self.floor = floor
            return None  # "Speaking to reporters, Ruiz cautioned against haste"
        if more is not None:
            end = self._content_end(more, traits)
            if end > more:
                if lower[first] in self.words.prepositions and not clause:
                    pieces.clear()  # "In 2008, he said, the bridge …": a circumstance of the saying
                pieces.append(self._place(more, end))
                self.floor = end
        return Attribution(tuple(pieces), self._place(*speaker), cue, traits)

    def _is_circumstance(self, first: int) -> bool:
        """Whether words without a verb begin with a participle: they tell when it was said (English)."""
        word = self.lower[first]
        return (
            bool(self.words.gerund)
            and word.endswith(self.words.gerund)
            and word not in self.words.prepositions
        )

    def _behind_connective(self, first: int, last: int) -> int:
        """ "But the bridge, he added, is old": "but" is the writer's, outside marks (PolNeAR dev: 35 of 46)."""
        if first in self.run_of or self.lower[first] not in self.words.connective or last - first < 3:
            return first
        if self.lower[first + 1] == ",":
            return first + 2
        return first + 1 if self.lower[first] in self.words.conjunctions else first  # "However small, it"

    def _has_verb(self, first: int, last: int) -> bool:
        return any(
            k in self.run_of or self.lower[k] in self.words.verbs or self._looks_verb(self.lower[k])
            for k in range(first, last)
        )

    def _goes_on(self, last: int, resume: int, *, clause: bool) -> int | None:
        """The token at which what was said goes on behind the cue: ", he said, and"; sooner if no clause stands before."""
        lower, words = self.lower, self.words
        for at in range(resume, min(self.b - 2, resume + _FURTHER)):
            if at in self.run_of:
                return (
                    at
                    if (at > resume and lower[at - 1] in COMMAS | {":"})
                    or (last in self.run_of and at == resume)
                    else None
                )
            if lower[at] in STOPS or lower[at] in words.relative:
                return None
            if at >= resume + _ON:
                if lower[at] in words.conjunctions and lower[at - 1] == "," and at + 1 in self.run_of:
                    return at  # "he wrote in a letter to the head of the port, and “…"
                continue
            if lower[at] == ",":
                following = lower[at + 1]
                if at + 1 in self.run_of:
                    return at + 1
                if last in self.run_of and self._ends_thought(self.run_of[last]):
                    return None
                if clause and (
                    following in words.relative
                    or following in words.prepositions
                    or following.endswith("ing")
                    or following in words.determiners - {"that", "his", "her", "their", "its"}
                ):
                    return None
                return at + 1
        return None

    def _content_after(
        self, at: int, group: int, subject: Tokens, verb: str | None = None
    ) -> Attribution | None:
        """What stands behind the cue that ends at token `at`; `verb` where that token is not the cue's own."""
        lower, words = self.lower, self.words
        word = verb or lower[at]
        first = at + 1
        if first < self.b and lower[first] in words.particles:
            first += 1
        if first >= self.b - 1:
            return None
        cue_end = first if verb is None else group + 1
        passive = any(lower[k] in words.be for k in range(group, at)) and not word.endswith("ing")
        following = lower[first]
        frame = ""
        if word in words.told and (told := self._skip_told(first)) is not None:
            first, frame = told, "told"
        elif word in words.tell:
            return None
        elif following in words.infinitive and word in words.intend:
            frame = "to"
        elif first not in self.run_of and (word in words.say or word in words.think):
            first = self._skip_circumstance(first)
        if first >= self.b - 1:
            return None
        if first not in self.run_of and (mark := self._marked_soon(first, word)) is not None:
            first, frame = mark, "comma"
        following = lower[first]
        if frame == "told" and following in words.infinitive:
            cue_end = at + 1
            if word in words.tell:
                first -= (
                    lower[first - 1] in words.negations
                )  # "told the sides to": it begins at its infinitive
            else:
                first = at + 1  # "urged the sides to": what is demanded names who is to do it
        elif frame not in ("to", "comma"):
            if following in (",", ":"):
                if following == "," and first + 1 not in self.run_of:
                    return None
                frame = "colon" if following == ":" else "comma"
                first += 1
            elif following in EDGES:
                return None
            elif first in self.run_of:
                frame = "marked"
            elif following in words.that:
                if word in words.react and following in words.relative and following != "that":
                    return None  # "in attacks which": a noun
                frame = "that"
            elif following in words.prepositions and not self._opens_amount(first):
                if following not in words.about or first != at + 1:
                    return None
                frame = following
                first += 1
                cue_end = first
            elif word in words.say or word in words.think or frame == "told":
                frame = frame or "bare"
            else:
                frame = "object"
        if frame == "bare" and following in words.openers - words.that:
            return None  # "said while visiting the port": nothing said follows
        if passive and frame not in ("to", "that", "told"):
            return None
        if first >= self.b or (first == self.b - 1 and lower[first] in STOPS):
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
        if at == opened and word.endswith("ing"):  # "Claiming the tax was fair, Torvik told reporters"
            comma = next(
                (
                    k
                    for k in range(first, self.b - 1)
                    if lower[k] == "," and k not in self.run_of and self._opens_name(k + 1)
                ),
                None,
            )
            if comma is not None and comma > first:
                cue = (self.reading.starts[group], self.reading.ends[cue_end - 1])
                return Attribution((self._place(first, comma),), self._place(*subject), cue, traits)
        if clause in (opened, opened + 1) and clause >= self.a and lower[clause] in words.openers:
            comma = next(
                (k for k in range(first, self.b - 1) if lower[k] == "," and k not in self.run_of), None
            )
            if comma is not None and comma > first:
                cue = (self.reading.starts[group], self.reading.ends[cue_end - 1])
                return Attribution((self._place(first, comma),), self._place(*subject), cue, traits)
        last = self._content_end(first, traits)
        if frame == "bare" and word in words.joining_on and not self._has_verb(first, last):
            return None  # "adding three years to his sentence": no clause
        if frame == "object" and last - first == 1 and first not in self.run_of:
            return None  # "challenging times": one word says nothing
        self.subject = subject
        cue = (self.reading.starts[group], self.reading.ends[cue_end - 1])
        return Attribution((self._place(first, last),), self._place(*subject), cue, traits)

    def _marked_soon(self, first: int, word: str) -> int | None:
        """ "added later: “…", "scolded him: “…": the marked run that a colon, or a comma after a verb of saying, opens."""
        opening = self.lower[self._time_before(first)]
        clause = opening in self.words.subjects or (
            opening in self.words.determiners and word not in self.words.told
        )
        reach = _REACH if word in self.words.say else _NEAR
        for at in range(first, min(self.b - 1, first + reach)):
            if at + 1 in self.run_of and (
                (self.lower[at] == ":" and not clause)
                or (self.lower[at] == "," and word in self.words.say and not clause)
            ):
                return at + 1
            if at in self.run_of and self._is_title_run(self.run_of[at]):
                continue  # "told “Morning Hour”: “…”"
            if (
                at in self.run_of
                or self.lower[at] in STOPS
                or (self.lower[at] in self.words.that and self.lower[at - 1] != ",")
                or (self.lower[at] in self.words.cues and not self._is_noun_here(at))
            ):
                return None
        return None

    def _is_noun_here(self, at: int) -> bool:
        """ "in a written statement": a verb's form between an article and a place where things are said."""
        return (
            self.lower[at] in self.words.venues
            or (at + 1 < self.b and self.lower[at + 1] in self.words.venues)
            or self.lower[at - 1] in self.words.articles
        )

    def _is_title_run(self, number: int) -> bool:
        """Few marked words that are capitalised and end in none of the marks of a sentence: a programme or a book."""
        start, end = self.unit.runs[number]
        inner = self.reading.text[start:end].strip("\"'“”‘’«»„ ")
        return inner.count(" ") < 4 and inner[:1].isupper() and inner[-1:].isalnum()

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

    def _skip_told(self, first: int) -> int | None:
        """Where what was said begins behind the person told: "that", marks, an infinitive, or a clause with its pronoun."""
        lower, words = self.lower, self.words
        within: int | None = None
        for at in range(first, min(self.b, first + 12)):
            if at in self.run_of and at > first and self._is_title_run(self.run_of[at]):
                continue
            if within is None and at > first and at not in self.run_of and self._opens_clause(at):
                return at  # "told reporters he thought the bridge “unsafe”"
            if within is None and at > first and lower[at] in words.relative and lower[at] != "that":
                within = at  # "told the mayors who had come, “…"
                continue
            if within is not None and (
                lower[at] in words.infinitive
                or (
                    lower[at] in words.that and lower[at - 1] in words.cues
                )  # "told a woman who suggested that"
            ):
                continue
            if (
                lower[at] in words.that
                and lower[at - 1] in words.infinitive
                and lower[at - 2] in words.as_said
            ):
                continue  # "told the paper as to why she came"
            if (
                lower[at] in words.that
                or at in self.run_of
                or lower[at] == ":"
                or (lower[at] in words.infinitive and at > first and lower[at - 1] not in words.as_said)
            ):
                return at
            if lower[at] == "," and at + 1 in self.run_of:
                return at
            if lower[at] in EDGES:
                return within
        if within is not None:
            return within
        if lower[first] in words.objects:
            return first + 1
        return None

    def _opens_clause(self, at: int) -> bool:
        """A pronoun of a subject, and behind it, over an adverb or two, a verb; or a noun with its article and "was"."""
        lower, words = self.lower, self.words
        if lower[at - 1] in words.openers:
            return False  # "before he spoke"
        if lower[at] in words.determiners and lower[at - 1] not in words.prepositions | words.determiners:
            return self._has_finite(at)
        if lower[at] not in words.subjects or lower[at] in words.that or lower[at] in words.relative:
            return False
        return any(
            lower[k] in words.verbs or lower[k] in words.cues or self._looks_verb(lower[k])
            for k in range(at + 1, min(self.b, at + 4))
        )

    def _has_finite(self, at: int) -> bool:
        """ "the road was shut": a form of "be" or another verb that helps, behind one to five plain words."""
        for k in range(at + 1, min(self.b, at + 7)):
            word = self.lower[k]
            if (
                k in self.run_of
                or word in EDGES
                or word in self.words.relative
                or word in self.words.infinitive
                or (k > at and word in self.words.he | self.words.she | self.words.they)
            ):
                return False
            if word in self.words.be or word in self.words.modals:
                return k > at + 1
        return False

    def _opens_amount(self, at: int) -> bool:
        """ "about 40", "at least three": a preposition that belongs to a number."""
        return (
            self.lower[at + 1][0].isdigit()
            or f"{self.lower[at]} {self.lower[at + 1]}" in self.words.measuring
        )

    def _time_before(self, at: int) -> int:
        """Behind "a day earlier", "two weeks after": the token of its last word; `at` itself where none stands there."""
        for unit in range(at, min(self.b - 1, at + 3)):
            if self.lower[unit] in self.words.spans:
                return unit + 1 if self.lower[unit + 1] in self.words.since else at
            if unit in self.run_of or self.lower[unit] in EDGES:
                break
        return at

    def _skip_circumstance(self, first: int) -> int:
        lower = self.lower
        at = self._time_before(first)
        if at > first and lower[at] not in self.words.prepositions:
            at += 1
        while at < self.b and lower[at] in self.words.days:
            at += 1
        if at < self.b - 1 and lower[at] in self.words.prepositions and not self._opens_amount(at):
            for far in range(at, min(self.b, at + 14)):
                if far in self.run_of or lower[far] in (":", "that"):
                    return far
                if (
                    lower[far] in self.words.days
                    and far + 2 < self.b
                    and lower[far + 1] not in EDGES
                    and self._opens_name(far + 1)
                ):
                    return far + 1
                if lower[far] == "," or lower[far] in STOPS:
                    clause = at > first and lower[far] in STOPS and self._has_verb(at, far)
                    return first if clause else far  # "said two years after the flood the dam was safe"
        return at
