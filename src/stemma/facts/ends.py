"""Where what is said ends, weighed at each joint of the sentence: comma, dash, "and", "as", a comma within marks.

The weights are data (`joints`); what stands around a joint is weighed once, however many patterns ask.
"""

from __future__ import annotations

from functools import lru_cache

from stemma.facts.joints import Trait, load_weights, weigh_more, weigh_traits
from stemma.facts.subjects import Subjects
from stemma.facts.units import COMMAS, DASHES, EDGES, STOPS

_ASIDE = 12
"""Tokens of "as Torvik put it" and of what may stand behind it."""

_PARTS = frozenset({",", ";"})
_CLAUSES = frozenset({"that", "bare"})
_OPENS_MARKS = frozenset({"comma", "colon"})

Joint = tuple[str, str, str]
"""The joint's word, the word or kind of word behind it, "," where a comma stands there."""


class Ends(Subjects):
    """The ends of what is said in one unit."""

    def _content_end(self, first: int, traits: tuple[str, ...]) -> int:
        """The token behind the last one said: the unit's end, or where another cue or the teller takes over."""
        lower, words, run_of = self.lower, self.words, self.run_of
        at = first
        while at < self.b - 1:
            if at in run_of:
                number = run_of[at]
                at = self.run_tokens[number][1]
                if self._is_whole_quotation(first, number, traits):
                    return at
                if self._ends_thought(number) and self._lists(number, at, traits):
                    continue
                if self._ends_thought(number) and (
                    at >= self.b - 1
                    or traits[0] in ("inverted", "postposed")
                    or not self._goes_on_behind(number, at)
                    or self._ends_at(first, at, traits)
                ):
                    return at
                continue
            word, following = lower[at], lower[at + 1]
            if at > first:
                if word in COMMAS and following in words.cues and following.endswith("ing"):
                    return at
                if word in COMMAS and self._next_predicate(at + 1):
                    return at
                if word in words.conjunctions and (
                    self._other_verb(at + 1) or (len(traits) > 2 and self._in_step(at + 1, traits[2]))
                ):
                    return at - 1 if lower[at - 1] in COMMAS else at
                if word in COMMAS and following in words.as_said and self.find_aside(at + 1) is not None:
                    return at
                if word in words.heads and any(lower[at : at + len(p)] == p for p in words.according):
                    return at
                if word == ":" and at + 1 in run_of:
                    behind = self.run_tokens[run_of[at + 1]][1]
                    return behind if traits[0] in _CLAUSES and behind >= self.b - 1 else at
                if (
                    word in STOPS
                    and (at + 1) in self.reading.first
                    and not (word == "." and following in EDGES)
                ):
                    return at
                if (word in COMMAS or word in words.joints) and self._ends_at(first, at, traits):
                    return at
            at += 1
        return self.b

    def find_aside(self, at: int) -> int | None:
        """The verb of "as Torvik put it" at token `at` behind a comma or marks, where nothing said stands behind it."""
        lower, words = self.lower, self.words
        if lower[at] not in words.as_said or not (at - 1 in self.run_of or lower[at - 1] == ","):
            return None
        for verb in range(at + 2, min(self.b, at + _ASIDE)):
            word = lower[verb]
            if verb in self.run_of or word in EDGES or word in words.subordinate:
                return None
            behind = verb + 1
            put = word in words.put and behind < self.b and lower[behind] in words.it
            if put:
                behind += 1
            elif word not in words.say or word in words.ambiguous or word.endswith("ing"):
                continue
            if behind >= self.b or lower[behind] in EDGES:
                return verb
            near = lower[behind : min(self.b, behind + _ASIDE)]
            circumstance = lower[behind] in words.prepositions or lower[behind] in words.days
            return verb if circumstance and (put or words.that.isdisjoint(near)) else None
        return None

    def _is_whole_quotation(self, first: int, number: int, traits: tuple[str, ...]) -> bool:
        """ "he said, “The road is safe” - the first to say so": marks that a comma opens hold all before a dash or "who"."""
        head, at = self.run_tokens[number]
        if traits[0] not in _OPENS_MARKS or head != first or at >= self.b - 1:
            return False
        start, end = self.unit.runs[number]
        if not self.reading.text[start:end].lstrip("\"'“”‘«»„ ")[:1].isupper() or at in self.run_of:
            return False
        return (
            self.lower[at] in DASHES or self.lower[at] in self.words.relative
        ) and at + 1 not in self.run_of

    def _lists(self, number: int, at: int, traits: tuple[str, ...]) -> bool:
        """ "called it a “stain,” a “farce,” “rotten”": whether behind a comma within marks the next marks follow."""
        end = self.unit.runs[number][1]
        inner = self.reading.text[max(0, end - 4) : end].rstrip("\"'“”‘’»« ")
        if inner[-1:] != "," or traits[0] in ("inverted", "postposed") or at >= self.b - 1:
            return False
        return at in self.run_of or (self.lower[at] in self.words.articles and at + 1 in self.run_of)

    def is_joint(self, at: int) -> bool:
        """Whether the model is asked at token `at`: a comma, dash or small word, or what follows a comma within marks."""
        if at in self.run_of:
            return False
        if at - 1 in self.run_of:
            number = self.run_of[at - 1]
            if self._ends_thought(number):
                return self._goes_on_behind(number, at)
        return self.lower[at] in COMMAS or self.lower[at] in self.words.joints

    def _goes_on_behind(self, number: int, at: int) -> bool:
        """Whether a comma within the marks, as American papers set it, may only part the words behind it."""
        end = self.unit.runs[number][1]
        inner = self.reading.text[max(0, end - 4) : end].rstrip("\"'“”‘’»« ")
        return inner[-1:] == "," and at not in self.run_of and self.lower[at] not in self.words.cues

    def list_joint(self, first: int, at: int, traits: tuple[str, ...]) -> list[Trait]:
        """What the model weighs on whether what was said ends before the joint at token `at`."""
        joint, listed = self._list_around(at)
        return listed + _list_pattern(joint, *self._measure(first, at), _pattern_of(traits))

    def _ends_at(self, first: int, at: int, traits: tuple[str, ...]) -> bool:
        """Whether the model ends what was said before the joint; several patterns ask at one joint."""
        known = self._known.get(at)
        if known is None:
            joint, listed = self._list_around(at)
            known = self._known[at] = (joint, weigh_traits(self.ends, listed))
        joint, around = known
        pattern = _weigh_pattern(self.reading.language, joint, *self._measure(first, at), _pattern_of(traits))
        return around + pattern > 0

    def _measure(self, first: int, at: int) -> tuple[int, int]:
        """How much was said before the joint: its length, and its commas up to three."""
        return min(at - first, 24) // 4, min(self.lower[first:at].count(","), 3)

    def _list_around(self, at: int) -> tuple[Joint, list[Trait]]:
        """The joint's word, the one behind it and whether a comma is there; what is weighed of the words around it."""
        lower, words, run_of = self.lower, self.words, self.run_of
        word, following, second = lower[at], lower[at + 1], lower[at + 2] if at + 2 < self.b else ""
        head = at + 1
        if at - 1 in run_of and self._ends_thought(run_of[at - 1]):
            word, following, second, head = "”,", lower[at], lower[at + 1], at
        if following not in words.stop and following not in words.cues:
            following = (
                "Name"
                if self.reading.words[head][:1].isupper()
                else "#"
                if following[:1].isdigit()
                else "run"
                if head in run_of
                else "ing"
                if following.endswith("ing")
                else "word"
            )
        left = min(self.b - at, 32) // 4
        second = second if second in words.verbs or second in words.subjects else "-"
        cue = "-" if words.cues.isdisjoint(lower[at + 1 : min(self.b, at + 5)]) else "cue"
        before = "run" if at - 1 in run_of else "-"
        comma = "," if word in COMMAS or lower[at - 1] in COMMAS else "-"
        around = verb = "-"
        for k in range(head, min(self.b, head + 12)):
            one = lower[k]
            if one in words.verbs or self._looks_verb(one):
                verb = "verb"
                break
            if around == "-" and k < head + 6:
                if one in words.venues:
                    around = "venue"
                elif one in words.days:
                    around = "day"
            if k > head and (one in EDGES or k in run_of):
                break
        onward = self._list_onward(head)
        more = "marks" if self.unit.runs and self.unit.runs[-1][0] > self.reading.starts[at] else "-"
        return (word, following, comma), [
            ("j", word), ("n", following), ("jn", word, following), ("l", left), ("jl", word, left),
            ("n2", following, second), ("c", cue), ("jc", word, cue), ("b", before), ("jb", word, before),
            ("a", around), ("ja", word, around), ("jal", word, around, left), ("jv", word, verb),
            ("jnv", word, following, verb), ("m", more), ("jm", word, more, before), ("nl", following, left),
            ("bn", before, following), ("o", onward), ("oj", word, onward),
        ]  # fmt: skip

    def _list_onward(self, head: int) -> str:
        """Which comes first behind the joint: marks, a subject's pronoun, a verb that helps, a past form, "-ing", a comma."""
        lower, words = self.lower, self.words
        for k in range(head, min(self.b, head + 8)):
            word = lower[k]
            if k in self.run_of:
                return "run"
            if word in words.subjects and k > head:
                return "pronoun"
            if word in words.verbs:
                return "verb"
            if self._looks_verb(word):
                return "past"
            if word.endswith("ing"):
                return "ing"
            if word in _PARTS:
                return ","
        return "-"

    def _next_predicate(self, at: int) -> bool:
        """ "said the plan was late, called it “absurd” and left": the next verb of a row, its object and its marks."""
        lower, words = self.lower, self.words
        return (
            (lower[at] in words.react or lower[at] in words.say)
            and lower[at].endswith("ed")
            and at + 2 < self.b
            and (lower[at + 1] in words.objects or lower[at + 1] in words.possessive)
            and at + 2 in self.run_of
        )

    def _in_step(self, at: int, cue: str) -> bool:
        """ "telling the port that … and questioning", "Falk saying … and Ruiz calling it": a second participle of saying."""
        if not cue.endswith("ing") or at >= self.b - 1:
            return False
        if self.reading.words[at][0].isupper():
            at += 1
        return self.lower[at] in self.words.cues and self.lower[at].endswith("ing")

    def _other_verb(self, at: int) -> bool:
        """Whether a second verb of saying with the same subject begins here: "and called for", "but also said"."""
        lower, words = self.lower, self.words
        while at < self.b - 1 and self._helps_at(at) and lower[at] not in words.infinitive:
            at += 1
        word = lower[at]
        if word.endswith("ing") or word in words.nouns:
            return word in words.say and not word.endswith("ing") and word.endswith(("ed", "s"))
        return word in words.say or (word in words.cues and word.endswith(("ed", "te", "ten")))


def _pattern_of(traits: tuple[str, ...]) -> tuple[str, ...]:
    """Frame, kind of verb, cue and mood: what of a pattern is weighed at a joint."""
    return traits[:4] if len(traits) > 4 else (traits[0], traits[0], "-", "-")


@lru_cache(maxsize=8192)
def _weigh_pattern(language: str, joint: Joint, length: int, commas: int, pattern: tuple[str, ...]) -> float:
    return weigh_more(load_weights(language, "ends"), _list_pattern(joint, length, commas, pattern))


def _list_pattern(joint: Joint, length: int, commas: int, pattern: tuple[str, ...]) -> list[Trait]:
    """What is weighed of the pattern that asks: its frame and verb, how much was said before the joint."""
    word, following, comma = joint
    frame, kind, cue, mood = pattern
    return [
        ("jf", word, frame), ("jk", word, kind), ("fn", kind, following), ("s", length), ("js", word, length),
        ("jcomma", word, comma, kind), ("k", kind), ("f", frame), ("fs", frame, length),
        ("nc", commas), ("ncj", word, commas), ("cw", cue), ("cwj", word, cue), ("md", mood), ("mdj", word, mood),
    ]  # fmt: skip
