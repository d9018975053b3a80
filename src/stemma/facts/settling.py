"""Which of several attributions of one sentence hold where their words overlap.

"… clarified the matter, Torvik replied: “…”": the weak pattern of the first verb has swallowed the cue of a plain one.
Takes the attributions that the model keeps, gives those that can stand together; nothing is found here.
"""

from __future__ import annotations

from dataclasses import replace

from stemma.facts.units import Attribution, Unit

_PLAIN = frozenset({"comma", "colon", "marked", "postposed", "inverted", "beside"})
"""Patterns whose words stand in marks beside their cue."""

_WEAK = frozenset({"object", "bare", "for", "to", "as", "of", "about"})
"""Patterns without a word that opens what is said: their verb may be a noun or have an object of another kind."""

_OPENED = frozenset({"that", "comma", "colon", "marked"})
_OPENING = 30
"""Characters of an office before the name with which a sentence begins."""

_SURE = 1.0
"""Log odds from which such a pattern takes its words from another (PolNeAR dev)."""

_SHORT = 12
"""Characters below which what is left of a pattern says nothing."""


def settle(unit: Unit, weighed: list[tuple[float, Attribution]]) -> list[Attribution]:
    """The attributions in their order; one that swallowed a plain one is cut before it, or dropped."""
    if len(weighed) < 2:
        return [a for _, a in weighed]
    weighed = [(w, a) for w, a in weighed if not any(_is_repeated(a, other) for _, other in weighed)]
    if not unit.runs:
        return [a for _, a in weighed]
    settled: list[Attribution] = []
    for weight, found in weighed:
        kept: Attribution | None = found
        for other_weight, other in weighed:
            if other is found or kept is None or other.cue is None:
                continue
            if other_weight > 0 and (_only_leads_to(found, other) or _begins_with(found, other)):
                kept = None
            if kept is None or other_weight <= weight:
                continue
            if other_weight >= _SURE and _is_marked(unit, other):
                kept = _without(kept, other)
            elif found.traits[0] in _WEAK and _ends_with(found, other):
                kept = None
        if kept is not None:
            settled.append(kept)
    return settled


def _is_repeated(found: Attribution, other: Attribution) -> bool:
    """ "told a hearing on Monday that …": the same words given to a second cue between the first and them."""
    return (
        other.cue is not None
        and found.cue is not None
        and other.traits[1] == "say"
        and found.pieces == other.pieces
        and other.cue[1] <= found.cue[0] < found.pieces[0][0]
    )


def _only_leads_to(found: Attribution, other: Attribution) -> bool:
    """ "released a statement saying that …": a weak pattern whose words are the cue of a plain one and its words."""
    participle = len(other.traits) > 4 and other.traits[3] == "ing"
    if participle and other.traits[1] == "say" and found.traits[0] in _WEAK and _ends_with(found, other):
        begins = other.cue is not None and other.cue[0] == found.pieces[0][0]
        return (
            begins or found.traits[0] != "bare"
        )  # "responded to her mother by saying his refusal was right"
    return (
        found.traits[0] in _WEAK
        and other.traits[0] in _OPENED
        and other.traits[1] == "say"
        and _ends_with(found, other)
        and found.traits[1] != "say"
    )


def _begins_with(found: Attribution, other: Attribution) -> bool:
    """ "Torvik said that …, she said": the clause of the first cue, and no words of her own around it."""
    return (
        found.traits[0] == "postposed"
        and other.traits[0] in ("that", "bare")
        and other.traits[1] == "say"
        and other.speaker is not None
        and 0 <= other.speaker[0] - found.pieces[0][0] <= _OPENING
        and other.pieces[-1][1] <= found.pieces[-1][1] + 2
    )


def _is_marked(unit: Unit, found: Attribution) -> bool:
    start, end = found.pieces[0]
    return found.traits[0] in _PLAIN and any(a <= start and end <= b for a, b in unit.runs)


def _ends_with(found: Attribution, other: Attribution) -> bool:
    """Whether the last words of `found` are another's cue and words."""
    cue = other.cue
    return (
        cue is not None
        and found.pieces[0][0] <= cue[0]
        and cue[1] <= other.pieces[0][0]
        and abs(other.pieces[-1][1] - found.pieces[-1][1]) <= 2
    )


def _without(found: Attribution, other: Attribution) -> Attribution | None:
    """`found` without the words of `other` and what names its speaker; None where too little is left."""
    start, end = found.pieces[0][0], found.pieces[-1][1]
    first, last = other.pieces[0][0], other.pieces[-1][1]
    if last <= start or end <= first:
        return found
    cue = min(place[0] for place in (other.cue, other.speaker) if place is not None)
    if start >= first:
        return None if end <= last else found  # the same words, weaker
    if cue < start:
        return found
    cut = min(cue, first)
    pieces = tuple((a, min(b, cut)) for a, b in found.pieces if a < cut)
    if not pieces or pieces[-1][1] - start < _SHORT:
        return None
    return replace(found, pieces=pieces)
