"""Who says what in a language whose verb stands second and whose clause stands behind a comma (German).

The same units, subjects and places as in `attribution`, other patterns: „…“, sagte X · X sagte, … · sagte X, dass … ·
laut X … · wie X mitteilte, … · …, so X · a sentence in the subjunctive of reported speech. Words are data.
"""

from __future__ import annotations

from stemma.facts.nominatives import Nominatives
from stemma.facts.units import EDGES, STOPS, Attribution, Tokens

_AS_REACH = 30
"""Tokens within which "wie der Sprecher der Behörde, Jon Falk, mitteilte" has its verb."""


class VerbSecond(Nominatives):
    """One unit under the patterns of a verb-second language."""

    def run(self, triggers: list[int]) -> list[Attribution]:
        """All attributions of the unit; a sentence in reported speech without a cue last."""
        found: list[Attribution] = []
        words, lower, run_of = self.words, self.lower, self.run_of
        for at in triggers:
            if at in run_of or at < self.floor:
                continue
            word = lower[at]
            one: Attribution | None = None
            if word in words.as_said:
                one = self._as_said(at)
            elif word in words.so and at > self.a and self._edge(at - 1) and at + 1 < self.b:
                one = self._so(at)
            if one is None and word in words.heads:
                one = self._source(at)
            if one is None and (word in words.according_after or word in words.according_alone):
                one = self._source_after(at)
            if one is None and word in words.say and self.reading.words[at][0].islower():
                one = self._clause(at)
            if one is not None:
                found.append(one)
        for first, last in self._sentences():
            if not any(self._covers(a, first, last) for a in found) and (one := self._reported(first, last)):
                found.append(one)
        return found

    def _sentences(self) -> list[Tokens]:
        starts = [n for n in self.reading.first if self.a <= n < self.b]
        return [(n, starts[i + 1] if i + 1 < len(starts) else self.b) for i, n in enumerate(starts)]

    def _covers(self, found: Attribution, first: int, last: int) -> bool:
        start, end = self.reading.starts[first], self.reading.ends[last - 1]
        return any(a < end and start < b for a, b in found.pieces)

    def _ends(self, at: int) -> int:
        """The token behind the sentence of token `at`; a marked run is never cut."""
        for k in range(at, self.b - 1):
            if self.lower[k] in STOPS and k not in self.run_of and (k + 1) in self.reading.first:
                return k
        return self.b

    def _as_said(self, at: int) -> Attribution | None:
        """ "Wie X mitteilte, …" and "…, wie X mitteilte"."""
        lower, words = self.lower, self.words
        opens = at == self._begins(at)
        if not opens and lower[at - 1] != ",":
            return None
        verb = end = None
        for k in range(at + 2, min(self.b, at + _AS_REACH)):
            if k in self.run_of:
                continue
            if lower[k] in words.say and self.reading.words[k][0].islower():
                verb = k
            elif lower[k] in STOPS or lower[k] == ",":
                if verb is not None and k - verb <= 3:
                    end = k
                    break
                if lower[k] in STOPS:
                    break
        else:
            end = self.b if verb is not None and self.b - verb <= 3 else None
        if verb is None or end is None:
            return None
        speaker: Tokens = (at + 1, verb)
        while speaker[1] - speaker[0] > 1 and (
            lower[speaker[1] - 1] in words.days | words.adverbs | words.auxiliary | {","}
        ):
            speaker = (speaker[0], speaker[1] - 1)
        cue = (self.reading.starts[verb], self.reading.ends[min(end, self.b) - 1])
        self.floor = end
        self.subject = speaker
        if opens:
            last = self._ends(end)
            if last - end < 3:
                return None
            return Attribution((self._place(end + 1, last),), self._place(*speaker), cue, ("as", lower[verb]))
        first = self._begins(at)
        if at - first < 3:
            return None
        return Attribution(
            (self._place(first, at - 1),), self._place(*speaker), cue, ("as after", lower[verb])
        )

    def _so(self, at: int) -> Attribution | None:
        """ "…, so der Minister"."""
        if not self._opens_name(at + 1):
            return None
        named = self.find_phrase(at + 1, self.b)
        if named is None:
            return None
        end = named[1]
        if end < self.b and self.lower[end] in self.words.onward:
            end += 1
        if end < self.b and end not in self.run_of and self.lower[end] not in EDGES | self.words.prepositions:
            return None
        cue = (self.reading.starts[at], self.reading.ends[at])
        return self._content_before(at, named, cue, end, ("so", "so"))

    def _source(self, at: int) -> Attribution | None:
        """ "Laut X …", "nach Angaben von X …": the rest of the sentence, on both sides where it stands within."""
        lower, words = self.lower, self.words
        phrase = next((p for p in words.according if lower[at : at + len(p)] == p), None)
        if phrase is None and self._tells_tidings(at):
            phrase = (lower[at],)
        if phrase is None:
            return self._in_opinion(at)
        begin = at + 1 if len(phrase) > 1 else at + len(phrase)
        named = self.find_phrase(begin, self.b, any_case=True)
        if named is None:
            return None
        begin, end = named
        speaker = self._place(begin, end) if end > begin else None
        cue = (self.reading.starts[at], self.reading.ends[begin - 1])
        if speaker:
            self.subject = (begin, end)
        first, last = self._begins(at), self._ends(end)
        pieces = []
        if at - first > 1:
            pieces.append(self._place(first, at))
        if last - end > 1:
            pieces.append(self._place(end, last))
        if not pieces:
            return None
        frame = (
            "source within" if len(pieces) == 2 else "source before" if at - first <= 1 else "source after"
        )
        return Attribution(tuple(pieces), speaker, cue, (frame, lower[at]))

    def _tells_tidings(self, at: int) -> bool:
        """ "nach israelischen Militärangaben": adjectives, and a noun of telling that may be the end of a longer one."""
        for k in range(at + 1, min(self.b, at + 4)):
            if self.reading.words[k][0].isupper():
                return self.lower[k].endswith(self.words.tidings)
            if not self.lower[k].endswith("en") or self.lower[k] in self.words.oblique:
                return False
        return False

    def _in_opinion(self, at: int) -> Attribution | None:
        """ "Seiner Meinung nach …": the rest of the sentence is whose opinion it is."""
        lower, words = self.lower, self.words
        first, last = self._begins(at), self._ends(at)
        if at - 2 < first or lower[at - 1] not in words.opinions or lower[at - 2] not in words.oblique:
            return None
        pieces = [self._place(at + 1, last)] if last - at > 2 else []
        if at - 2 - first > 1:
            pieces.insert(0, self._place(first, at - 2))
        if not pieces:
            return None
        cue = (self.reading.starts[at - 1], self.reading.ends[at])
        frame = "source before" if len(pieces) == 1 else "source within"
        return Attribution(tuple(pieces), self._place(at - 2, at - 1), cue, (frame, lower[at]))

    def _source_after(self, at: int) -> Attribution | None:
        """ "Der Polizei zufolge …", "Demnach …"."""
        lower, words = self.lower, self.words
        first, last = self._begins(at), self._ends(at)
        cue = (self.reading.starts[at], self.reading.ends[at])
        alone = lower[at] in words.according_alone
        if alone and last - at > 2:
            begin = at + 1
            return Attribution((self._place(begin, last),), None, cue, ("alone", lower[at]))
        start = self._phrase_start(at, first)
        if start == at or last - at < 2:
            return None
        pieces = [self._place(at + 1, last)]
        if start - first > 1:
            pieces.insert(0, self._place(first, start))
        return Attribution(
            tuple(pieces),
            self._place(start, at),
            cue,
            ("source after" if start == first else "source within", lower[at]),
        )

    def _phrase_start(self, at: int, first: int) -> int:
        """Where the noun phrase before token `at` begins: nouns, their articles and adjectives."""
        start = at
        while start > first and start - 1 not in self.run_of:
            word = self.lower[start - 1]
            joins = word in self.words.determiners | self.words.oblique | self.words.adding
            plain = word.endswith(("en", "er", "e", "em", "es")) and word not in self.words.verbs
            if not (self.reading.words[start - 1][0].isupper() or joins or plain) or word in self.words.say:
                break
            start -= 1
        return start

    def _clause(self, at: int) -> Attribution | None:
        """ "X sagte, …", "sagte X, …", "„…“, sagte X", "X sagte: „…“"."""
        lower, words = self.lower, self.words
        first, last = self._begins(at), self._ends(at)
        cue = (self.reading.starts[at], self.reading.ends[at])
        left = at - 1
        if (
            left >= self.floor
            and left >= self.a
            and (left in self.run_of or lower[left] in (",", "–", "-"))
            and at + 1 < self.b
            and left > first
        ):
            name = self.find_phrase(at + 1, self.b)
            if name is not None and lower[at] in words.quoting:
                name = self._quoted_object(name[1], last) or name
            if name is not None:
                behind = name[1] + (name[1] < self.b and lower[name[1]] in words.separable)
                closes = (
                    behind >= self.b
                    or lower[behind] in EDGES
                    or behind in self.run_of
                    or (
                        (left in self.run_of or left - 1 in self.run_of)
                        and (lower[behind] in words.prepositions or lower[at + 1] in words.subjects)
                    )
                )
                clause = next(
                    (
                        k
                        for k in range(name[1], min(last, name[1] + 12))
                        if lower[k] == "," and k + 1 < self.b and lower[k + 1] in words.that
                    ),
                    None,
                )
                start = self._clause_start(name[1] - 1, last)
                told = (
                    start is not None
                    and (start in self.run_of or lower[start] in words.that or lower[start - 1] == ":")
                    and left not in self.run_of
                )
                before = range(max(self.floor, first), left)
                said = left in self.run_of or any(
                    lower[k] in words.verbs or self._is_subjunctive(k) or k in self.run_of for k in before
                )
                if closes and clause is None and said and not told:
                    return self._content_before(at, name, cue, behind, ("inverted", lower[at]))
        if (late := self._helped_behind(at, first, last)) is not None:
            return late
        start = self._clause_start(at, last)
        if start is None:
            return None
        subject = self.find_teller(at)
        if lower[at] in words.quoting:
            behind = subject[1] if subject and subject[0] > at else at + 1
            subject = self._quoted_object(behind, last) or subject
        frame = "marked" if start in self.run_of else "that" if lower[start] in words.that else "comma"
        end = self._clause_end(start, last)
        kind = "subjunctive" if self._holds_subjunctive(start, end) else "plain"
        self.subject = subject or self.subject
        self.floor = max(self.floor, at + 1)
        return Attribution(
            (self._place(start, end),),
            self._place(*subject) if subject else None,
            cue,
            (
                frame,
                kind,
                lower[at],
                "active",
                "s:pronoun"
                if subject and lower[subject[0]] in words.subjects
                else "s:name"
                if subject
                else "s:none",
            ),
        )

    def _helped_behind(self, at: int, first: int, last: int) -> Attribution | None:
        """ "„…“, hatte Ruiz in Kelm gesagt": the helping verb behind what was said, its participle at the sentence's end."""
        finite = self._finite(at)
        edge = finite - 1
        if finite == at or edge <= max(first, self.floor) or at + 1 < last - 1:
            return None
        if edge not in self.run_of and not (self.lower[edge] == "," and self._said_before(first, edge)):
            return None
        name = self.find_phrase(finite + 1, at)
        if name is None or self.lower[finite] in self.words.passive:
            return None
        cue = (self.reading.starts[at], self.reading.ends[at])
        return self._content_before(finite, name, cue, at + 1, ("inverted", self.lower[at]))

    def _said_before(self, first: int, edge: int) -> bool:
        """Whether what stands before a comma are marked words or a clause in reported speech."""
        return edge - 1 in self.run_of or self._holds_subjunctive(max(first, self.floor), edge)

    def _quoted_object(self, at: int, last: int) -> Tokens | None:
        """ "Die Zeitung zitiert den Minister mit den Worten": who is quoted, not who quotes; None where only that stands there."""
        named = self.find_phrase(at, last, any_case=True) if at < last else None
        return named if named is not None and self.lower[at] not in self.words.subjects else None

    def _clause_start(self, at: int, last: int) -> int | None:
        """Where the clause of a cue begins: behind a colon, before "dass", or behind the comma of a reported clause."""
        lower, words = self.lower, self.words
        commas: list[int] = []
        for k in range(at + 1, last):
            if k in self.run_of:
                if (k == at + 1 or k - 1 not in self.run_of) and lower[k - 1] in (":", ","):
                    told = (c for c in commas if self._holds_subjunctive(c + 1, k))
                    return next((c + 1 for c in told), k)
                continue
            if lower[k] == ":" and k + 1 < last:
                return k + 1
            if lower[k] == "," and k + 1 < last:
                if lower[k + 1] in words.that:
                    told = (c for c in commas if self._holds_subjunctive(c + 1, k))
                    return next((c + 1 for c in told), k + 1)
                commas.append(k)
        for k in commas:
            end = next((c for c in commas if c > k), last)
            if self._holds_subjunctive(k + 1, end):
                return k + 1
        for k in commas:
            if (
                lower[k + 1] not in words.relative
                and lower[k + 1] not in words.subordinate
                and "zu" in lower[k:last]
            ):
                return k + 1
        for k in commas:
            if lower[k + 1] not in words.subordinate and any(w in words.verbs for w in lower[k + 1 : last]):
                return k + 1
        return None

    def _is_subjunctive(self, at: int) -> bool:
        """A verb's form of reported speech; with a capital it is a noun ("die Folge")."""
        return self.lower[at] in self.words.subjunctive and (
            self.reading.words[at][0].islower() or at in self.reading.first
        )

    def _holds_subjunctive(self, first: int, last: int) -> bool:
        return any(self._is_subjunctive(k) for k in range(first, last))

    def _clause_end(self, start: int, last: int) -> int:
        lower, words = self.lower, self.words
        for k in range(start + 3, last - 1):
            if k in self.run_of:
                continue
            if (
                lower[k] in words.conjunctions
                and lower[k + 1] in words.say
                and lower[k + 1] not in words.verbs
            ):
                return k
        return last

    def _reported(self, first: int, last: int) -> Attribution | None:
        """A sentence without a cue clause: reported speech by its subjunctive, or a verb of holding with its object."""
        lower, words = self.lower, self.words
        if last - first < 4:
            return None
        for k in range(first + 1, min(last, first + 40)):
            if k in self.run_of:
                continue
            if self._is_subjunctive(k):
                return Attribution(
                    (self._place(first, last),),
                    None,
                    None,
                    ("subjunctive", lower[k], f"p:{min(k - first, 12) // 3}"),
                )
        for k in range(first, last):
            if (
                k not in self.run_of
                and lower[k] in words.react
                and self.reading.words[k][0].islower()
                and (lower[k] not in words.holding or not words.holding_for.isdisjoint(lower[k:last]))
            ):
                subject = self.find_teller(k)
                return Attribution(
                    (self._place(first, last),), self._place(*subject) if subject else None,
                    (self.reading.starts[k], self.reading.ends[k]), ("reported", lower[k]),
                )  # fmt: skip
        return None
