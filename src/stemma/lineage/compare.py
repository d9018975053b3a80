"""How much of one article's text another has: five-word sequences outside quotation marks, and the runs they form.

Symmetric in nothing: `measure_overlap(child, parent)` says what of the child the parent explains. Knows no dates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stemma.lineage.reading import SEQUENCE, Flags, Reading


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of a child's text stands in a parent.

    `shared` of `total` five-word sequences outside quotation marks; `covered` marks the child's words in them, `words`
    counts those, `longest` is the longest unbroken run of them; `marked` marks the covered words with what is quoted.
    """

    shared: int
    total: int
    words: int
    longest: int
    covered: Flags

    @property
    def containment(self) -> float:
        """Share of the child's sequences that the parent has, 0 to 1."""
        return self.shared / self.total if self.total else 0.0


def measure_overlap(child: Reading, parent: Reading, *, ignored: Flags | None = None) -> Overlap:
    """What of the child's text the parent has; `ignored` marks words of the child that never count (furniture)."""
    count = len(child.sequences)
    counted = child.free
    if ignored is not None:
        for shift in range(min(SEQUENCE, len(child.words))):
            counted = counted & ~ignored[shift : shift + count]
    covered = np.zeros(len(child.words), dtype=np.bool_)
    if not count or not len(parent.known):
        return Overlap(0, int(counted.sum()), 0, 0, covered)
    place = np.searchsorted(parent.known, child.sequences)
    place[place == len(parent.known)] = 0
    held = counted & (parent.known[place] == child.sequences)
    for shift in range(min(SEQUENCE, len(child.words))):
        covered[shift : shift + count] |= held
    edges = np.flatnonzero(np.diff(np.concatenate(([0], covered.view(np.int8), [0]))))
    runs = edges[1::2] - edges[::2]
    return Overlap(
        shared=int(held.sum()),
        total=int(counted.sum()),
        words=int(covered.sum()),
        longest=int(runs.max()) if len(runs) else 0,
        covered=covered,
    )
