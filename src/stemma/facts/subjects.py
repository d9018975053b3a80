"""Who a verb belongs to: the words that name its subject, left or right of it, without a parser of grammar.

Boundaries are stops, commas, small words and known verbs; an apposition between commas goes with its name.
"""

from __future__ import annotations

from stemma.facts.units import COMMAS, EDGES, STOPS, Attribution, Clause, Tokens

_OFFICE_OF = frozenset({"of", "for", "at", "with"})
_ACTING = frozenset({"of", "and", "―", "—", "–", "--"})
_FAR = 14
_SUBJECT = 30
_NAME = 7
_NESTED = 5


class Subjects(Clause):
    """Subjects of the verbs of one unit."""

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

    def _name_soon(self, at: int) -> bool:
        """ "said retired pilot Jon Falk": small letters at first, and a name within a few words."""
        for k in range(at, min(self.b, at + 6)):
            word = self.lower[k]
            if (
                k in self.run_of
                or word in EDGES
                or word in self.words.prepositions
                or word in self.words.that
            ):
                return False
            if self.reading.words[k][0].isupper():
                return True
        return False

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
            if word in EDGES or word in words.subordinate - {"and"} or word in words.verbs:
                break
            if (word in words.prepositions and word not in words.linking) or (
                word in words.days and end > at
            ):
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
            and self._opens_apposition(end + 1, begin)
        ):
            end += 1
            while end < self.b and end not in self.run_of and lower[end] not in EDGES:
                end += 1
        return begin, end

    def _name_ends(self, name: Tokens) -> bool:
        """Whether what follows an inverted subject is no verb of its own ("said it was")."""
        if name[1] >= self.b or name[1] in self.run_of:
            return True
        word = self.lower[name[1]]
        return (
            word in EDGES
            or word in self.words.prepositions
            or word in self.words.days
            or word in self.words.relative
            or word in self.words.conjunctions
            or (self._helps(word) and word not in self.words.verbs)
        )

    def _opens_apposition(self, at: int, head: int) -> bool:
        lower, words = self.lower, self.words
        if lower[at] in words.articles:
            return True
        if self.reading.words[at][0].isupper() and self.reading.words[head][0].islower():
            return True  # "said the mayor of the port, Ana Ruiz."
        if lower[at] == "who" and self.reading.words[head][0].isupper():
            return not any(k > at for k in self.run_of)  # "said Jon Falk, who heads the port."
        if lower[at] not in words.cues and lower[at] not in words.stop and lower[at] not in words.days:
            for k in range(at + 1, min(self.b, at + 6)):  # "Jon Falk, founder and head of the line"
                if lower[k] in _OFFICE_OF:
                    return True
                if k in self.run_of or lower[k] in EDGES or lower[k] in words.verbs:
                    break
        return lower[at].isdigit() or (
            lower[at].isalpha()
            and lower[at] not in words.cues
            and lower[at] not in words.stop
            and lower[at] not in words.days
            and at + 1 < self.b
            and lower[at + 1] == "of"
        )

    def find_subject(self, at: int) -> Tokens | None:
        """The subject of the verb at token `at`, left of its helping words."""
        group = at
        while group > self.a and group - 1 not in self.run_of and self._helps_at(group - 1):
            group -= 1
        return self._subject(group, at)

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
        if participle and (name := self._name_acting(last) or self._accompanying(last)) is not None:
            return name
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
            if (outer := self._outer_subject(at) if participle else self._parallel_subject(at)) is not None:
                return outer
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
            if word in EDGES or (
                (word in words.verbs or word in words.say)
                and not (word in words.modals and self.reading.words[first - 1][0].isupper())
                and word not in words.ambiguous
                and not self._in_relative(first - 1)
            ):
                break
            if (
                word in words.subordinate
                and not (word == "and" and not self._verb_before(first - 1))
                and (not self._in_relative(first) or (first < end and self._opens_name(first)))
            ):
                break
            first -= 1
        if end - first > 1 and lower[end - 1] in words.subjects and lower[end - 1] not in words.that:
            first = end - 1  # "leaders it calls": a clause of its own
        found = self._trim_name(first, end)
        return (found[0], tail) if found and tail > end else found

    def _name_acting(self, last: int) -> Tokens | None:
        """ "footage of Ana Ruiz saying", "Falk saying … and Ruiz calling": the name that the participle belongs to."""
        first = last + 1
        while first > self.a and first - 1 not in self.run_of and self.reading.words[first - 1][0].isupper():
            first -= 1
        if first > last or first == self.a:
            return None
        before = self.lower[first - 1]
        return (first, last + 1) if before in _ACTING else None

    def _accompanying(self, last: int) -> Tokens | None:
        """ "split the council, with the mayor's office saying": what stands between "with" and the participle."""
        if self.lower[last] in EDGES or self.lower[last] in self.words.subordinate:
            return None
        for first in range(last, max(self.a, last - _NAME), -1):
            word = self.lower[first - 1]
            if word in self.words.accompanying:
                return first, last + 1
            if first - 1 in self.run_of or word in EDGES or self._is_verb_here(first - 1):
                return None
        return None

    def _outer_subject(self, at: int) -> Tokens | None:
        """ "Torvik said that they had asked him, adding …": who adds is who said, not who asked within it."""
        place = self.reading.starts[at]
        if len(self.found) < 2 or self.lower[at] not in self.words.say:
            return None
        inner = self.found[-1]
        for outer in self.found[-_NESTED:-1]:
            nested = inner.cue is not None and any(
                a <= inner.cue[0] and inner.cue[1] <= b for a, b in outer.pieces
            )
            if nested and outer.pieces[-1][1] <= place:
                return self._tokens_of(outer)
        return None

    def _parallel_subject(self, at: int) -> Tokens | None:
        """ "Torvik said the port would close and suggested …": a verb of the past goes on with one of the past."""
        if self.subject is None or not self._is_past(at):
            return None
        place = self.reading.starts[self.subject[0]]
        for outer in self.found[: -_NESTED - 1 : -1]:
            if outer.cue is not None and any(a <= place < b for a, b in outer.pieces):
                verb = self.reading.token_at(outer.cue[1] - 1)
                timely = self._is_past(verb) and self._is_present(self.subject[1])
                return self._tokens_of(outer) if timely else None
        return None

    def _is_present(self, at: int) -> bool:
        """Whether a clause's verb right behind its subject is one that "and suggested" cannot go on with."""
        word, words = self.lower[at], self.words
        return word in words.modals or (word in words.cues and not self._is_past(at))

    def _is_past(self, at: int) -> bool:
        """Whether a verb stands in the past, with no "would" or "to" before it."""
        word, before = self.lower[at], self.lower[at - 1] if at > self.a else ""
        helped = before in self.words.modals or before in self.words.infinitive
        return not helped and (word.endswith("ed") or word in self.words.told_before)

    def _tokens_of(self, found: Attribution) -> Tokens | None:
        place = found.speaker
        return (self.reading.token_at(place[0]), self.reading.token_at(place[1] - 1) + 1) if place else None

    def _back_to_run(self, subject: Tokens) -> Tokens:
        """The subject right behind a marked run, over an apposition with commas: “…,” Ana Ruiz, mayor of X, a port, said."""
        for run, (_, end) in enumerate(self.run_tokens):
            begin = end + 1 if end < self.b and self.lower[end] in COMMAS else end
            if begin < subject[0] <= begin + 25 and self._ends_thought(run) and self._opens_name(begin):
                between = range(begin, subject[0])
                if not any(
                    k in self.run_of
                    or self.lower[k] in STOPS
                    or (self.lower[k] in self.words.cues and self.lower[k] not in self.words.ambiguous)
                    for k in between
                ):
                    return begin, subject[1]
        return subject

    def _in_relative(self, at: int) -> bool:
        """Whether a verb belongs to a relative clause within the subject: "the groups who wrote to her"."""
        back = at - 1
        while back > self.a and self._helps_at(back):
            back -= 1
        return back > self.a and self.lower[back] in self.words.relative and self.lower[back - 1] not in EDGES

    def _verb_before(self, at: int) -> bool:
        """Whether a verb stands before token `at` in its clause: then "and" there joins clauses, not names."""
        for back in range(at - 1, max(self.a - 1, at - 14), -1):
            word = self.lower[back]
            if word in EDGES or back in self.run_of:
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
            lower[end - 1] in words.days or lower[end - 1] in words.prepositions or self._helps_at(end - 1)
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
        lower = self.lower
        at = self.reading.first[self.reading.sentence_at(self.reading.starts[before])]
        at = self._after_dateline(max(at, self.a), before)
        start = at
        spare: Tokens | None = None
        while at < before:
            word = lower[at]
            if at in self.run_of:
                start = at + 1
            elif word == ",":
                if at + 1 < before and self._opens_circumstance(start):
                    start = at + 1
                else:
                    return self._trim_name(start, at)
            elif at > start and self._is_verb_here(at):
                if not self._leads_a_clause(start, before):
                    return self._trim_name(start, at)
                spare = spare or (start, at)
            at += 1
        return self._trim_name(*spare) if spare is not None else None

    def _opens_circumstance(self, at: int) -> bool:
        """A preposition, an opener of a clause, a connective: what stands before the comma is no subject."""
        word, words = self.lower[at], self.words
        if word in words.prepositions or word in words.subordinate or word in words.connective:
            return True
        by = self.lower[at + 1] if at + 1 < self.b else ""  # "Pressed by the council, Ruiz": a participle
        participle = bool(words.gerund) and word.endswith("ed") and word not in words.male_names
        return participle and by in words.prepositions

    def _leads_a_clause(self, at: int, before: int) -> bool:
        """ "When asked whom she backed, Ruiz": the verbs up to the comma are not the sentence's."""
        return self.lower[at] in self.words.openers and "," in self.lower[at:before]

    def _is_verb_here(self, at: int) -> bool:
        word, words = self.lower[at], self.words
        if self._third_person(at) or word in words.verbs or word in words.cues:
            return True
        return self.reading.words[at][0].islower() and self._looks_verb(word)

    def find_opening(self, at: int) -> Tokens | None:
        """The subject of the sentence of token `at`; else a name right before a colon there ("More - Ana Ruiz: “…”")."""
        subject = self._first_subject(at)
        if subject is None and self.lower[at - 1] == ":":
            first = at - 1
            while (
                first > self.a
                and at - first < _NAME
                and (
                    self.reading.words[first - 1][0].isupper()
                    or self.lower[first - 1] in self.words.conjunctions
                )
            ):
                first -= 1
            subject = (first, at - 1) if first < at - 1 else None
        return subject if subject is not None and subject[1] <= at else None

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
            and word.endswith("ed" if self.words.gerund else ("ed", "te", "ten"))
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

    def _subject_kind(self, subject: Tokens) -> str:
        lower = self.lower[subject[0]]
        if lower in self.words.subjects:
            return f"s:{lower}"
        if self.reading.words[subject[1] - 1][:1].isupper():
            return "s:Name"
        return "s:" + ("the" if lower in self.words.determiners else "noun")
