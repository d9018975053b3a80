"""Copy edges from what was compared: kind, origin, confidence, evidence in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from stemma.lineage.changes import find_changes
from stemma.lineage.compare import measure_overlap
from stemma.lineage.credit import find_origin
from stemma.lineage.parents import Parent
from stemma.lineage.reading import FURNITURE_WORDS, Reading
from stemma.lineage.retelling import Retelling
from stemma.lineage.rewritten import find_rewrite_changes
from stemma.types import Copy, CopyKind

DECIDED, DECIDED_AT_ONCE = 0.3, 0.7
"""Log odds of the direction (four to three, two to one) below which it is left undetermined: after all input was seen, and
at once, when the family is not known yet and a wrong edge leads all later copies astray."""

WHOLE = 0.97
"""A copy of less than this share of its parent's words is an excerpt (the contract's figure)."""


def make_origin(child: Reading) -> tuple[Copy, ...]:
    """The edge to an agency that the article credits and whose own copy was never read; none without a credit."""
    origin = find_origin(child)
    if origin is None or origin.casefold() == (child.article.outlet or "").casefold():
        return ()
    return (
        Copy(
            child=child.article.id,
            parent=None,
            origin=origin,
            kind="verbatim",
            direction="decided",
            containment=0.0,
            confidence=0.7,
            evidence=(f"credits {origin}",),
        ),
    )


def make_edge(
    child: Reading,
    parent: Parent,
    *,
    odds: float,
    reasons: tuple[str, ...],
    others: Iterable[Reading] = (),
    least: float = DECIDED,
) -> Copy:
    """The edge from a chosen parent to the child; `odds` are log odds that the parent was there first.

    Below `least` the direction is left undetermined.
    """
    overlap = parent.candidate.overlap
    return Copy(
        child=child.article.id,
        parent=parent.candidate.reading.article.id,
        origin=find_origin(parent.candidate.reading) or find_origin(child),
        kind=decide_kind(parent),
        direction="decided" if odds >= least else "undetermined",
        containment=overlap.containment,
        confidence=_confidence(parent, odds),
        changes=find_changes(parent.laid, others=others),
        evidence=(f"{overlap.shared} of {overlap.total} five-word sequences", *reasons),
    )


def make_rewrite(
    child: Reading,
    parent: Reading,
    retelling: Retelling,
    *,
    odds: float,
    reasons: tuple[str, ...],
    others: Iterable[Reading] = (),
) -> Copy:
    """The edge from a text to another that retells it."""
    overlap = measure_overlap(child, parent)
    likely = 1.0 / (1.0 + math.exp(-(6.0 * (retelling.overlap - 0.2) + 0.4 * (retelling.z - 3.5) + 0.6)))
    decided = 1.0 / (1.0 + math.exp(-max(-6.0, min(6.0, odds))))
    return Copy(
        child=child.article.id,
        parent=parent.article.id,
        origin=find_origin(parent) or find_origin(child),
        kind="rewrite",
        direction="decided" if odds >= DECIDED else "undetermined",
        containment=overlap.containment,
        confidence=round(min(0.95, likely) * decided, 4),
        changes=find_rewrite_changes(child, parent, retelling.pairs, others=others),
        evidence=(
            f"{len(retelling.pairs)} of {len(child.sentences)} sentences retell the other's in its order",
            f"{retelling.details} details told once come in the same order (tau {retelling.order:.2f})",
            *reasons,
        ),
    )


def _confidence(parent: Parent, odds: float) -> float:
    """Chance that the edge is right: that text was taken at all, times that it went this way."""
    overlap = parent.candidate.overlap
    taken = 1.0 - 0.5 * math.exp(-overlap.words / 40.0) - 0.25 * math.exp(-4.0 * overlap.containment)
    return round(max(0.05, taken) / (1.0 + math.exp(-max(-6.0, min(6.0, odds)))), 4)


def decide_kind(parent: Parent) -> CopyKind:
    """Verbatim, excerpt, edited or rewrite, as the contract parts them."""
    laid = parent.laid
    # Sentences cut at other places, with the same words, are not reworded.
    reworded = sum(
        len(pair.left)
        for pair, found in zip(laid.pairs, laid.differences, strict=True)
        if found and not pair.same
    )
    order = [pair.right[0] for pair in laid.pairs]
    if 2 * reworded >= len(laid.child.lines):
        return "rewrite"
    if reworded or laid.added[_heads(laid.child, laid.added) :] or order != sorted(order):
        return "edited"
    dropped = laid.dropped[_heads(laid.parent, laid.dropped) :]
    lost = sum(len(laid.parent.lines[j]) for j in dropped)
    return "verbatim" if lost <= (1 - WHOLE) * laid.parent.size else "excerpt"


def _heads(reading: Reading, alone: Sequence[int]) -> int:
    """1 where the first of these sentences is a standfirst: a short first paragraph, printed with the headline."""
    if not alone or alone[0] != 0 or len(reading.sentences) < 2:
        return 0
    first, second = reading.sentences[:2]
    apart = "\n" in reading.article.text[first.end - 1 : second.start]
    return int(apart and (len(alone) < 2 or alone[1] != 1) and len(reading.lines[0]) <= FURNITURE_WORDS)
