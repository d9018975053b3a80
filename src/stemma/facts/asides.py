"""Who put it so: "As Torvik put it, …" before a clause, within it and behind it."""

from __future__ import annotations

from stemma.facts.contents import Contents
from stemma.facts.units import EDGES, STOPS, Attribution

_AS_REACH = 30
"""Tokens within which "As Torvik, the mayor of the port, put it," has its comma."""

_OPENING = 2
"""Tokens before "as Torvik put it," that are no clause."""


class Asides(Contents):
    """Asides of one unit that name whose its words are."""

    def _as_put(self, at: int) -> Attribution | None:
        """ "As Torvik put it, …", "As the mayor observed, …": the clause behind the comma."""
        lower, words = self.lower, self.words
        for comma in range(at + 3, min(self.b - 2, at + _AS_REACH)):
            if comma in self.run_of or lower[comma] in STOPS:
                return None
            if lower[comma] != ",":
                continue
            verb = comma - 1
            if lower[verb] in words.it and lower[verb - 1] in words.put:
                verb -= 1
            elif lower[verb] not in words.say:
                continue
            end = verb
            while end > at + 1 and (self._helps_at(end - 1) or lower[end - 1] == ","):
                end -= 1
            if end == at + 1 or not self._opens_name(at + 1):
                return None
            last = self._content_end(comma + 1, ("as", lower[verb]))
            cue = (self.reading.starts[verb], self.reading.ends[comma - 1])
            return Attribution(
                (self._place(comma + 1, last),), self._place(at + 1, end), cue, ("as", lower[verb])
            )
        return None

    def _as_within(self, at: int) -> Attribution | None:
        """ "It is, as Torvik put it, …", "…, as the mayor said on Monday": within a sentence or behind it."""
        verb = self.find_aside(at)
        if verb is None:
            return None
        resume = verb + 1
        if self.lower[verb] in self.words.put:
            resume += 1
        name = self._trim_name(at + 1, self._helped(verb))
        if name is None or not self._opens_name(name[0]):
            return None
        cue = (self.reading.starts[verb], self.reading.ends[resume - 1])
        traits = ("as", self.lower[verb])
        comma = next(
            (k for k in range(resume, min(self.b, resume + _AS_REACH)) if self.lower[k] in EDGES), self.b
        )
        first = self._sentence_floor(at - 1)
        if comma < self.b - 1 and (
            at - first <= _OPENING or comma + 1 in self.run_of
        ):  # "Yet, as", "as he put it, “…”"
            self.floor = comma + 1
            last = self._content_end(comma + 1, traits)
            return Attribution((self._place(comma + 1, last),), self._place(*name), cue, traits)
        return self._content_before(at, name, cue, resume, traits)

    def _helped(self, verb: int) -> int:
        """The first of the words that help a verb."""
        while verb > self.a and self._helps_at(verb - 1):
            verb -= 1
        return verb
