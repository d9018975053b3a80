"""Copy edges from what was compared: kind, origin, confidence, evidence in words."""

from __future__ import annotations

from stemma.lineage.parents import Parent
from stemma.lineage.reading import Reading
from stemma.types import Copy, CopyKind

WHOLE = 0.97
"""A copy of less than this share of its parent's words is an excerpt (the contract's figure)."""


def make_origin(child: Reading) -> tuple[Copy, ...]:
    """The edge to an agency that the article credits and whose own copy was never read; none without a credit."""
    origin = child.article.agency
    if not origin:
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


def make_edge(child: Reading, parent: Parent) -> Copy:
    """The edge from a chosen parent to the child."""
    overlap = parent.candidate.overlap
    return Copy(
        child=child.article.id,
        parent=parent.candidate.reading.article.id,
        origin=parent.candidate.reading.article.agency,
        kind=decide_kind(parent),
        direction="decided",
        containment=overlap.containment,
        confidence=round(min(0.99, 0.5 + overlap.containment / 2), 4),
        evidence=(f"{overlap.shared} of {overlap.total} five-word sequences",),
    )


def decide_kind(parent: Parent) -> CopyKind:
    """Verbatim, excerpt, edited or rewrite, as the contract parts them."""
    laid = parent.laid
    reworded = sum(len(pair.left) for pair in laid.pairs if not pair.same)
    order = [pair.right[0] for pair in laid.pairs]
    if 2 * reworded >= len(laid.child.lines):
        return "rewrite"
    if reworded or laid.added or order != sorted(order):
        return "edited"
    kept = sum(len(laid.parent.lines[j]) for pair in laid.pairs for j in pair.right)
    return "verbatim" if kept >= WHOLE * laid.parent.size else "excerpt"
