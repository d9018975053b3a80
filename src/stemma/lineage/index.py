"""Articles seen so far, and which of them a new article was taken from.

`LineageIndex.add` finds the few earlier articles that share sampled word sequences with the new one, measures each, and
names the direct parents. It keeps readings in memory and nothing else; it decides nothing about stories.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from stemma.lineage.compare import Overlap, measure_overlap
from stemma.lineage.postings import Postings
from stemma.lineage.reading import Reading, read_article
from stemma.types import Article, Copy, CopyKind

_LONGEST_LIST = 64
_CANDIDATES = 16
_WORDS = 30
_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier article that shares enough text to be looked at."""

    reading: Reading
    overlap: Overlap


class LineageIndex:
    """Earlier articles, ready to be recognised in later ones."""

    def __init__(self) -> None:
        self._readings: list[Reading] = []
        self._sketches = Postings()

    def add(self, article: Article) -> tuple[Copy, ...]:
        """The direct parents of the article among those added before it; then remembers it."""
        reading = read_article(article)
        copies = self._judge(reading)
        self._keep(reading)
        return copies

    def remember(self, article: Article) -> None:
        """Adds without judging: afterwards the index is as if `add` had been called."""
        self._keep(read_article(article))

    def _keep(self, reading: Reading) -> None:
        self._sketches.add(reading.sketch.tolist(), len(self._readings))
        self._readings.append(reading)

    def _judge(self, reading: Reading) -> tuple[Copy, ...]:
        best = max(
            self._candidates(reading),
            key=lambda c: (c.overlap.containment, -len(c.reading.words)),
            default=None,
        )
        if best is None:
            return ()
        return (
            Copy(
                child=reading.article.id,
                parent=best.reading.article.id,
                origin=best.reading.article.agency,
                kind=_kind(best),
                direction="decided",
                containment=best.overlap.containment,
                confidence=round(min(0.99, 0.5 + best.overlap.containment / 2), 4),
                evidence=(f"{best.overlap.shared} of {best.overlap.total} five-word sequences",),
            ),
        )

    def _candidates(self, reading: Reading) -> list[Candidate]:
        hits: Counter[int] = Counter()
        weights: dict[int, float] = {}
        known = len(self._readings)
        for _, articles in self._sketches.find(reading.sketch, most=_LONGEST_LIST):
            weight = math.log((known + 1) / len(articles))
            for number in articles:
                hits[number] += 1
                weights[number] = weights.get(number, 0.0) + weight
        ranked = sorted((n for n in hits if hits[n] >= 2), key=lambda n: (-weights[n], n))[:_CANDIDATES]
        found = []
        for number in ranked:
            other = self._readings[number]
            overlap = measure_overlap(reading, other)
            if overlap.words >= _WORDS and (overlap.containment >= _SHARE or overlap.longest >= 20):
                found.append(Candidate(other, overlap))
        return found


def _kind(candidate: Candidate) -> CopyKind:
    if candidate.overlap.containment >= 0.97:
        return "verbatim" if candidate.overlap.words >= 0.97 * len(candidate.reading.words) else "excerpt"
    return "edited"
