"""Which sentences tell a story best: what several voices report, said once, early and whole.

Coverage of concepts (stems and pairs of stems, each worth the number of voices that have it) as in Gillick and Favre,
"A scalable global model for summarization" (2009), taken greedily. Goes to `brief` and `timeline`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stemma.digest.candidates import Candidate

Concept = str | tuple[str, str]

ALONE = 0.3
"""Worth of a concept that one voice has; one that n voices have is worth n (brief/neus: 0.05 and 0.8 are .01 worse)."""

PAIR = 0.5
"""Worth of a pair of neighbouring stems against a single one (brief/neus: flat from 0.3 to 2.5)."""

LENGTH = 0.4
"""Power of the length by which a sentence's gain is divided (brief/neus: ROUGE-L .265; 0.5 gives .259)."""


def find_concepts(candidate: Candidate) -> frozenset[Concept]:
    """Content stems and pairs of neighbouring ones."""
    return frozenset({*candidate.stems, *pairwise(candidate.stems)})


def weigh_concepts(
    candidates: Sequence[Candidate], concepts: Sequence[frozenset[Concept]], voice_of: Sequence[int]
) -> dict[Concept, float]:
    """What each concept is worth by the number of voices that have it; `concepts` are those of each candidate."""
    said: defaultdict[int, set[Concept]] = defaultdict(set)
    for candidate, its in zip(candidates, concepts, strict=True):
        said[voice_of[candidate.article]] |= its
    voices: Counter[Concept] = Counter()
    for whole in said.values():
        voices.update(whole)
    return {
        concept: (number if number > 1 else ALONE) * (PAIR if isinstance(concept, tuple) else 1.0)
        for concept, number in voices.items()
    }


@dataclass(slots=True)
class _Option:
    candidate: Candidate
    stems: frozenset[str]
    left: dict[Concept, float]
    factor: float

    def gain(self) -> float:
        """Rounded, so that sums in another order choose the same."""
        return round(sum(self.left.values()) * self.factor, 6)


def choose_sentences(
    candidates: Sequence[Candidate],
    voice_of: Sequence[int],
    *,
    limit: int,
    words: int,
    lead: float,
    enough: float,
    same: float,
) -> list[Candidate]:
    """The best first: each step takes what adds most weight for its length, until nothing adds enough.

    At most `limit` sentences and, after the first, `words` words; none that says again what a chosen one says. `lead`
    is the factor for each sentence further down its article, `enough` the least gain against the first one's,
    `same` the share of the shorter sentence's stems with which two say the same. `voice_of` is the voice of each article.
    """
    concepts = [find_concepts(c) for c in candidates]
    weights = weigh_concepts(candidates, concepts, voice_of)
    options = [
        _Option(
            candidate=c,
            stems=frozenset(c.stems),
            left={concept: weights[concept] for concept in its},
            factor=c.standing * lead**c.order / len(c.words) ** LENGTH,
        )
        for c, its in zip(candidates, concepts, strict=True)
        if c.standing
    ]
    chosen: list[_Option] = []
    first_gain = 0.0
    room = words
    while options and len(chosen) < limit:
        best = max(options, key=_Option.gain)
        gain = best.gain()
        if gain <= 0 or gain < enough * first_gain:
            break
        first_gain = first_gain or gain
        chosen.append(best)
        room -= len(best.candidate.words)
        covered = best.left.keys()
        options = [
            o
            for o in options
            if o is not best and len(o.candidate.words) <= room and not _says_same(o.stems, best.stems, same)
        ]
        for option in options:
            for concept in covered & option.left.keys():
                del option.left[concept]
    return [o.candidate for o in chosen]


def _says_same(a: frozenset[str], b: frozenset[str], same: float) -> bool:
    return len(a & b) >= same * min(len(a), len(b))
