"""Which of several earlier texts a text was made from: the nearest, and a second where text came from both.

Takes candidates in any order and gives at most two, never a grandparent: a chain's nearest member explains the text
with the least changes. Dates only choose among equals; who was first is for `clocks` to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from stemma.lineage.clocks import weigh_late_arrival
from stemma.lineage.compare import (
    Laid,
    Overlap,
    keep_sentences,
    lay_beside,
    leave_out,
    longest_run,
    measure_overlap,
)
from stemma.lineage.credit import find_origin
from stemma.lineage.reading import Reading
from stemma.lineage.wording import is_damaged

LEAST_WORDS = 25
"""Shared words, in five-word sequences outside quotation marks, below which nothing is called a copy."""

LEAST_SHARE = 0.2
PASTED_SHARE, PASTED_RUN = 0.13, 15
PASTED_WORDS = 100
"""A text of which less than a fifth is shared holds pasted text if there is an unbroken run; on lineage/planted this
parts merged texts from reports that share an agency's background paragraph."""

SECOND_WORDS = 40
"""A second source gave more than a sentence that was pasted in: on lineage/planted 4 of 5 smaller shares were one sentence
of a text on another matter, and 38 of 38 larger ones half of a merged text."""

SWALLOWED = 0.5
"""The parent may be a short text that stands almost whole inside a long one."""

_OWN = 0.5
_LAID = 8
_EQUAL = 0.1
"""Costs that differ by less, the trimming of some sentences more, do not part two candidates."""

_SCANNED_HITS, _SCANNED_SHARE, _SCANNED_PAIRS = 6, 0.12, 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that shares enough with the child to be its source; `order` is when it came."""

    reading: Reading
    overlap: Overlap
    order: int
    noisy: bool = False


@dataclass(frozen=True, slots=True)
class Parent:
    """A chosen source, how the child lies beside it, and the overlap that shows it."""

    candidate: Candidate
    laid: Laid
    second: bool = False


def judge_candidate(child: Reading, other: Reading, order: int, hits: int) -> Candidate | None:
    """The candidate if the texts share more than reports of one event do, else None.

    `hits` is the number of sampled sequences that they share. Texts with few sequences but many hits may be damaged
    (scanned, badly decoded): they are laid side by side, and are if most words that differ do so by a few letters; reports of one
    event share names and phrases enough, but their words differ wholly. An outlet's own articles are never copies of each other.
    """
    if is_revision(child, other):
        return None
    overlap = measure_overlap(child, other)
    if same_outlet(child, other) and overlap.containment < _OWN:
        return None  # an outlet repeats its own background and its standing lines
    if overlap.words >= LEAST_WORDS and (
        overlap.share >= LEAST_SHARE
        or (overlap.share >= PASTED_SHARE and overlap.longest >= PASTED_RUN)
        or overlap.words >= PASTED_WORDS
        or overlap.words >= SWALLOWED * other.size
    ):
        return Candidate(other, overlap, order)
    if hits >= _SCANNED_HITS and hits >= _SCANNED_SHARE * min(len(child.sketch), len(other.sketch)):
        laid = lay_beside(child, other)
        whole = min(len(child.lines), len(other.lines))
        paired = len(laid.pairs) >= _SCANNED_PAIRS and 2 * len(laid.pairs) >= whole
        if paired and is_damaged(laid, surely=False):
            return Candidate(other, overlap, order, noisy=True)
    return None


def same_outlet(one: Reading, other: Reading) -> bool:
    """Whether both name the same outlet."""
    here, there = one.article.outlet, other.article.outlet
    return here is not None and there is not None and here.casefold() == there.casefold()


def is_revision(child: Reading, other: Reading) -> bool:
    """Both of one outlet and its own, under one address, or one headline at known addresses: the later is a revision.

    A portal prints one agency's text twice: a text with a credit stays a copy, and one of unknown address may be.
    """
    if not same_outlet(child, other):
        return False
    here, there = child.article, other.article
    if not here.url or not there.url or (here.url != there.url and here.title != there.title):
        return False
    return find_origin(child) is None and find_origin(other) is None


def choose_parents(
    child: Reading, candidates: Iterable[Candidate], *, lay: Callable[[Reading, Reading], Laid] = lay_beside
) -> list[Parent]:
    """The nearest candidate, and a second one for text that the first has not.

    Of candidates that explain the child equally well the earliest is named. `lay` lays two readings beside each other.
    """
    ranked = sorted(candidates, key=lambda c: (-c.overlap.words, len(c.reading.forms), c.order))
    if not ranked:
        return []
    laid = [(lay(child, c.reading), c) for c in ranked[:_LAID]]
    least = min(one.cost for one, _ in laid) + _EQUAL
    near = [pair for pair in laid if pair[0].cost <= least]
    best, first = _eldest(near)
    parents = [Parent(first, best)]
    other = _find_second(child, first, ranked)
    if other is not None:
        from_other = lay(child, other.reading)
        explained = {i for pair in from_other.pairs for i in pair.left} & set(best.added)
        parents = [
            Parent(first, leave_out(best, child=explained)),
            Parent(other, keep_sentences(from_other, child=explained), second=True),
        ]
    return parents


def _eldest(near: list[tuple[Laid, Candidate]]) -> tuple[Laid, Candidate]:
    """The one that came first, unless another was published shortly before it."""
    near = sorted(near, key=lambda pair: pair[1].order)
    eldest = near[0]
    for pair in near[1:]:
        if weigh_late_arrival(eldest[1].reading.article, pair[1].reading.article) < 0:
            eldest = pair
    return eldest


def _find_second(child: Reading, first: Candidate, ranked: Sequence[Candidate]) -> Candidate | None:
    """The candidate with most of what the first has not, if that is as much as would make it a source alone."""
    unexplained = ~first.overlap.covered
    found: list[tuple[int, int, int, Candidate]] = []
    for candidate in ranked:
        if candidate is first:
            continue
        rest = candidate.overlap.covered & unexplained
        words = int(rest.sum())
        if words < SECOND_WORDS or longest_run(rest) < PASTED_RUN:
            continue
        if words < PASTED_WORDS and words < PASTED_SHARE * child.size:
            continue
        found.append((-words, len(candidate.reading.forms), candidate.order, candidate))
    return min(found, key=lambda item: item[:3])[3] if found else None
