"""What happened to the thing that a number counts: words before it, behind it, or at the end of its clause.

Takes tokens and the language's words, gives the key of a state ("killed") or None. Which noun is counted is for `counting`.
"""

from __future__ import annotations

from stemma.facts.figure_words import FigureWords

CLAUSE_END = frozenset({".", ";", "!", "?", "”", "»"})
_REACH_AFTER = 14
_REACH_BEFORE = 7


def find_state_before(lower: tuple[str, ...], first: int, floor: int, words: FigureWords) -> str | None:
    """ "killed five", "claimed the lives of eight", "a toll of 22"."""
    at = first - 1
    skipped = 0
    while at >= floor and skipped < 4:
        word = lower[at]
        if word in words.states and not is_phrase(lower, at, words):
            return words.states[word]
        if word not in words.of and word not in words.bridging:
            return None
        at -= 1
        skipped += 1
    return None


def find_state_far_before(lower: tuple[str, ...], first: int, floor: int, words: FigureWords) -> str | None:
    """ "The number of dead has risen to 27": only for a number that counts nothing else."""
    for at in range(first - 1, max(floor, first - _REACH_BEFORE - 4) - 1, -1):
        if lower[at] in words.states and not is_phrase(lower, at, words):
            return words.states[lower[at]]
        if lower[at] in CLAUSE_END:
            break
    return None


def find_state_after(lower: tuple[str, ...], at: int, ceiling: int, words: FigureWords) -> str | None:
    """ "were killed", "have been shot", "dead", also over "including two children" and an age in commas."""
    for place in range(at, min(ceiling, at + _REACH_AFTER)):
        word = lower[place]
        if word in words.states:
            return None if is_phrase(lower, place, words) else words.states[word]
        if word in CLAUSE_END or word in ("but", "when", "while", "after", "that"):
            break
        if word not in words.be and place - at > 3 and not _is_aside(lower, at, place, words):
            break
    return _state_at_end(lower, at, ceiling, words) if words.nouns_capitalized else None


def is_phrase(lower: tuple[str, ...], at: int, words: FigureWords) -> bool:
    """ "The death penalty", "attempted murder": of two words that happened to nobody who is counted."""
    pairs = words.not_states
    return bool(pairs) and not pairs.isdisjoint(
        (" ".join(lower[at : at + 2]), " ".join(lower[max(0, at - 1) : at + 1]))
    )


def _state_at_end(lower: tuple[str, ...], at: int, ceiling: int, words: FigureWords) -> str | None:
    """ "kamen dort in der Nacht zum Montag ums Leben": the last word of a clause whose verb stands behind the noun."""
    if at >= ceiling or lower[at] not in words.be:
        return None
    for place in range(at + 1, min(ceiling, at + _REACH_AFTER + 4)):
        if lower[place] in CLAUSE_END or lower[place] == ",":
            return words.states.get(lower[place - 1])
    return None


def _is_aside(lower: tuple[str, ...], at: int, place: int, words: FigureWords) -> bool:
    start = lower[at] if at < len(lower) else ""
    return start == "," or start in words.inclusive or start in words.of or start in words.stops
