"""Whose verb it is where the verb stands second (German): before it, behind it, or behind the word that opens its clause.

Nouns are known by their capitals, so a noun phrase can be followed from its article to its last genitive and apposition.
What stands in another case, behind a preposition or as an adverb is not taken for a subject.
"""

from __future__ import annotations

from stemma.facts.contents import Contents
from stemma.facts.units import EDGES, STOPS, Tokens

_APPOSITIONS = 2
_BRACKETS = 12
_CLAUSE_EDGES = frozenset({",", ";", ":", "–", "—", "("})


class Nominatives(Contents):
    """The subjects of the verbs of one unit."""

    def _begins(self, at: int) -> int:
        return max(self.a, self.reading.first[self.reading.sentence_at(self.reading.starts[at])])

    def find_teller(self, at: int) -> Tokens | None:
        """The subject of the verb at token `at`, which may stand at the end of its clause behind a helping verb."""
        lower, words = self.lower, self.words
        finite = self._finite(at)
        begin = self._begins(at)
        if lower[at] in words.impersonal:
            return self._document(finite, begin)
        if (
            finite < at
            and lower[finite] in words.passive
            and lower[at] not in words.quoting
            and lower[at].endswith(("t", "ben", "fen"))
        ):
            return self._agent(finite, at)
        opener = finite
        while opener > begin and opener - 1 not in self.run_of and lower[opener - 1] not in _CLAUSE_EDGES:
            opener -= 1
        if opener < finite:
            if opener == begin and self._opens_phrase(opener, finite, at):
                return self.find_phrase(finite + 1, self.b)
            if lower[opener] in words.subordinate or lower[opener] in words.as_said:
                return self.find_phrase(opener + 1, finite)
            if opener > begin and lower[opener - 1] == ",":
                if (
                    lower[opener] in words.prepositions
                    and lower[opener + 1] in words.relative | words.oblique
                ):
                    return self.find_phrase(opener + 2, finite)
                if lower[opener] in words.oblique:
                    return self.find_phrase(opener + 1, finite)
                if lower[opener] in words.relative:
                    phrase = self.find_phrase(opener, finite)
                    return phrase if phrase and phrase[1] == finite else (opener, opener + 1)
        if finite > begin and lower[finite - 1] in words.conjunctions:
            first = self._first_verb(begin, finite)
            return self._before_or_behind(first, begin) if first is not None else None
        return self._before_or_behind(finite, begin)

    def _opens_phrase(self, opener: int, finite: int, at: int) -> bool:
        """ "Als Grund nannte der Minister", "Um 10 Uhr meldete der Sender": in a clause the verb would stand last."""
        words = self.words
        if self.lower[opener] not in words.opening and self.lower[opener] not in words.prepositions:
            return False
        behind = self.lower[at + 1] if at + 1 < self.b else "."
        return finite < at or not (behind in EDGES or behind in words.helpers)

    def _agent(self, finite: int, at: int) -> Tokens | None:
        """ "wurde von der Polizei als falsch bezeichnet": whom "von" names; nobody where it names none."""
        for k in range(finite + 1, at):
            if self.lower[k] in self.words.agents and k not in self.run_of:
                return self.find_phrase(k + 1, at, any_case=True)
        return None

    def _finite(self, at: int) -> int:
        """The verb that stands second where the one at `at` is its participle or infinitive."""
        word = self.lower[at]
        if not (word.endswith("en") or (word.endswith("t") and not word.endswith("te"))):
            return at
        for k in range(at - 1, self.a - 1, -1):
            if k in self.run_of or self.lower[k] in _CLAUSE_EDGES or self.lower[k] in STOPS:
                return at
            if self.lower[k] in self.words.helpers:
                return k
        return at

    def _first_verb(self, begin: int, end: int) -> int | None:
        words = self.words
        for k in range(begin + 1, end):
            if k in self.run_of or self.reading.words[k][0].isupper():
                continue
            word = self.lower[k]
            if (
                word in words.verbs
                or word in words.say
                or word in words.react
                or word.endswith(("te", "ten"))
            ):
                return k
        return None

    def _before_or_behind(self, finite: int, begin: int) -> Tokens | None:
        """The noun phrase that fills the place before the finite verb, else the one right behind the verb."""
        lower, words = self.lower, self.words
        first = begin
        for k in range(begin, finite):  # what a colon, a semicolon or a marked run ends is another clause
            if k in self.run_of:
                if not self._names(self.run_of[k]):
                    first = k + 1
            elif lower[k] in (":", ";") or (lower[k] in words.conjunctions and self._verb_between(first, k)):
                first = k + 1
        if first < finite and lower[first] == ",":
            first += 1
        while first + 1 < finite and lower[first] in words.focusing:
            first += 1
        if first >= finite or not self._may_open_subject(first, finite):
            return self.find_phrase(finite + 1, self.b)
        phrase = self.find_phrase(first, finite)
        if phrase is None:
            return self.find_phrase(finite + 1, self.b)
        end = phrase[1]
        if end == finite or (lower[end] == "," and end == finite - 1):
            return phrase
        if lower[end] == "," and lower[finite - 1] == ",":
            if lower[end + 1] in words.relative or not self.reading.words[finite - 2][0].isupper():
                return phrase  # a relative clause parts the name from its verb
        elif lower[end] == "," or self._verb_between(end, finite):
            return self.find_phrase(finite + 1, self.b) or phrase
        while finite - 1 > first and lower[finite - 1] in words.adverbs | words.days | words.auxiliary:
            finite -= 1
        return first, finite

    def find_subject_of(self, at: int) -> Tokens | None:
        """The subject of the sentence whose verb stands before token `at`; else the phrase right before a colon there."""
        begin = self._begins(at)
        finite = self._first_verb(begin, at)
        found = self._before_or_behind(finite, begin) if finite is not None else None
        if found is None and self.lower[at - 1] == ":":
            phrase = self.find_phrase(begin, at)
            found = phrase if phrase is not None and phrase[1] == at - 1 else None
        return found if found is not None and found[1] <= at else None

    def _names(self, number: int) -> bool:
        """Whether marks hold the name of a paper or site within a phrase."""
        return self._is_title_run(number) or self.run_tokens[number][1] - self.run_tokens[number][0] < 4

    def _verb_between(self, first: int, last: int) -> bool:
        return any(
            self.lower[k] in self.words.verbs
            or (self.lower[k] in self.words.say and self.reading.words[k][0].islower())
            for k in range(first, last)
            if k not in self.run_of
        )

    def _may_open_subject(self, at: int, finite: int) -> bool:
        """False for a preposition, an adverb, another case, the opener of a clause: then the subject stands behind."""
        lower, words = self.lower, self.words
        word = lower[at]
        if (
            word in words.prepositions
            or word in words.adverbs
            or (word in words.oblique and lower[at : at + 2] != ("einer", "der"))
            or word in words.subordinate
            or word in words.as_said
            or word in words.days
            or word in words.heads
            or word in words.helpers  # "Sollte die Stadt sich weigern, will er"
            or at in self.run_of
        ):
            return False
        if (
            word == "der"
            and at + 2 < finite
            and lower[at + 1].endswith("en")
            and self.reading.words[at + 1][0].islower()
        ):
            return False  # "Der örtlichen Zeitung sagte Falk": the person told
        if (
            finite - at > 2
            and lower[at + 1] in words.prepositions - words.linking
            and at in self.reading.first
        ):
            behind = self.find_phrase(finite + 1, self.b)
            if behind is not None and lower[behind[0]] in words.articles:
                return self._is_noun_elsewhere(at)  # "Passend zu den Gefahren warnte die Stadt"
        if finite - at > 1 or word in words.subjects or word in words.determiners:
            return True
        behind = self.find_phrase(finite + 1, self.b)
        return behind is None or not self._stands_alone(behind) or self._is_noun_elsewhere(at)

    def _stands_alone(self, phrase: Tokens) -> bool:
        """Whether a phrase behind the verb can be its subject: a name or pronoun, or an article of that case."""
        word = self.lower[phrase[0]]
        return (
            word in self.words.articles
            or word in self.words.subjects
            or self.reading.words[phrase[0]][0].isupper()
        )

    def _is_noun_elsewhere(self, at: int) -> bool:
        """Whether a word that opens a sentence has its capital within another, too."""
        word, reading = self.reading.words[at], self.reading
        return any(w == word and n not in reading.first for n, w in enumerate(reading.words))

    def _document(self, finite: int, begin: int) -> Tokens | None:
        """ "In dem Schreiben heißt es", "heißt es in dem Schreiben": what holds the words."""
        lower, words = self.lower, self.words
        if begin < finite and lower[begin] in words.prepositions:
            return self.find_phrase(begin + 1, finite, any_case=True)
        at = finite + 1
        while at < min(self.b - 1, finite + 4) and (
            lower[at] in words.subjects or lower[at] in words.adverbs
        ):
            at += 1
        if at < self.b - 1 and lower[at] in words.prepositions and at not in self.run_of:
            return self.find_phrase(at + 1, self.b, any_case=True)
        return None

    def find_phrase(self, at: int, last: int, *, any_case: bool = False) -> Tokens | None:
        """The noun phrase that begins at token `at`, with its genitives and appositions; None where there is none."""
        lower, words = self.lower, self.words
        while (
            at < last
            and at not in self.run_of
            and (lower[at] in words.reflexive or lower[at] in words.adverbs or lower[at] in words.it)
        ):
            at += 1
        if at >= last:
            return None
        if at in self.run_of:  # "„Die Zeit“ schrieb"
            first, behind = self.run_tokens[self.run_of[at]]
            whole = first == at and behind <= last and self._is_title_run(self.run_of[at])
            return (at, behind) if whole else None
        following = self.reading.words[at + 1] if at + 1 < self.b else ""
        alone = words.he | words.she | words.it | words.first_person
        if lower[at] in words.subjects and (lower[at] in alone or not following[:1].isupper()):
            return at, at + 1
        if lower[at] in words.prepositions or (
            lower[at] in words.oblique and not any_case and not (following == "der" and lower[at] == "einer")
        ):
            return None
        end = self._phrase_end(at, last, any_case=any_case)
        if end is None:
            return None
        for _ in range(_APPOSITIONS):
            if end + 1 >= last or lower[end] != "," or end + 1 in self.run_of:
                break
            if lower[end + 1].isdigit() and end + 2 < last and lower[end + 2] == ",":
                end += 2
                continue
            more = self._phrase_end(end + 1, last, any_case=any_case)
            if more is None or not (more >= last or lower[more] == "," or lower[more] in EDGES):
                break
            if lower[end + 1] in words.subjects or (lower[end + 1] in words.oblique and not any_case):
                break
            end = more
        return at, end

    def _phrase_end(self, at: int, last: int, *, any_case: bool = False) -> int | None:
        """Behind the last noun: articles and adjectives, nouns, then genitives and what "von" or "und" adds."""
        lower, words, reading = self.lower, self.words, self.reading
        end, noun = at, False
        while end < last:
            if end in self.run_of:
                if end > at and self._names(self.run_of[end]):
                    noun = True
                    end = self.run_tokens[self.run_of[end]][1]
                break
            word = lower[end]
            if reading.words[end][0].isupper():
                noun, end = True, end + 1
            elif word == "(" and noun:
                close = next((k for k in range(end, min(last, end + _BRACKETS)) if lower[k] == ")"), None)
                if close is None:
                    break
                end = close + 1
            elif word in EDGES:
                break
            elif word.endswith(words.substantive) and end > at and words.substantive:
                noun, end = True, end + 1  # "der 81-jährige sagte"
            elif not noun:
                plain = (
                    word in words.determiners
                    or word.endswith(("e", "er", "en", "es", "em"))
                    or word[0].isdigit()
                )
                if not plain or word in words.verbs or word in words.prepositions or word in words.say:
                    return None
                if word in words.oblique and not any_case and end > at:
                    return None
                end += 1
            else:
                added = self._added(end, last)
                if added is None:
                    break
                end = added
        return end if noun else None

    def _added(self, at: int, last: int) -> int | None:
        """Behind the noun that a genitive, "von" or "und" adds to the phrase; None where a new phrase begins."""
        lower, words, reading = self.lower, self.words, self.reading
        if (
            lower[at].endswith("er")
            and lower[at] not in words.adding
            and at + 1 < last
            and lower[at] not in words.say
        ):
            # "Angaben politischer Beobachter"
            return at + 2 if reading.words[at + 1][0].isupper() and lower[at] not in words.adverbs else None
        if lower[at] not in words.adding and lower[at] not in words.conjunctions:
            return None
        for k in range(at + 1, min(last, at + 5)):
            if k in self.run_of or lower[k] in EDGES:
                return None
            if reading.words[k][0].isupper():
                return k + 1
            if not (
                lower[k] in words.determiners
                or lower[k] in words.oblique
                or lower[k].endswith(("en", "er", "e", "em"))
            ):
                return None
            if (
                k == at + 1
                and lower[at] in words.prepositions
                and lower[k] not in words.determiners | words.oblique
            ):
                return None  # "sprach die Polizei von weniger Verletzten": of the verb
            if lower[k] in words.verbs or lower[k] in words.say or lower[k] in words.prepositions:
                return None
        return None
