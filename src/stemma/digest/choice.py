"""Which sentences tell a story best: what several voices report, said once, early and whole.

Coverage of concepts (stems and pairs of stems, each worth the number of voices that have it) as in Gillick and Favre,
"A scalable global model for summarization" (2009), taken greedily. Goes to `brief` and `timeline`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from stemma.digest.candidates import Candidate

Concept = str | tuple[str, str]


def find_concepts(candidate: Candidate) -> set[Concept]:
    """Content stems and pairs of neighbouring ones."""
    stems = candidate.stems
    return {*stems, *pairwise(stems)}


def weigh_concepts(candidates: Sequence[Candidate], voice_of: Sequence[int]) -> dict[Concept, float]:
    """How many voices have each concept; one that a single voice has counts little, but counts."""
    voices: dict[Concept, set[int]] = {}
    for candidate in candidates:
        voice = voice_of[candidate.article]
        for concept in find_concepts(candidate):
            voices.setdefault(concept, set()).add(voice)
    return {
        concept: (len(who) if len(who) > 1 else ALONE) * (PAIR if isinstance(concept, tuple) else 1.0)
        for concept, who in voices.items()
    }


def choose_sentences(
    candidates: Sequence[Candidate], weights: Mapping[Concept, float], *, limit: int, words: int
) -> list[Candidate]:
    """Greedy: each step takes the candidate that adds most weight for its length, until nothing adds enough."""
    concepts = [find_concepts(c) for c in candidates]
    covered: set[Concept] = set()
    chosen: list[int] = []
    spent = 0
    first_gain = 0.0
    while len(chosen) < limit:
        best, best_gain = -1, 0.0
        for i, candidate in enumerate(candidates):
            if i in chosen or (chosen and spent + len(candidate.words) > words):
                continue
            gain = sum(weights[c] for c in sorted_new(concepts[i], covered))
            gain *= candidate.standing * LEAD**candidate.order / len(candidate.words) ** LENGTH
            if gain > best_gain:
                best, best_gain = i, gain
        if best < 0 or best_gain < ENOUGH * first_gain:
            break
        first_gain = first_gain or best_gain
        chosen.append(best)
        covered |= concepts[best]
        spent += len(candidates[best].words)
    return [candidates[i] for i in chosen]


def sorted_new(concepts: set[Concept], covered: set[Concept]) -> list[Concept]:
    """New concepts in a fixed order, so that sums of floats are the same on every run."""
    return sorted(concepts - covered, key=str)


ALONE = 0.3
PAIR = 1.0
LEAD = 0.85
LENGTH = 0.4
ENOUGH = 0.3
