"""Names and offices that a copy changed, and quotations that it gave to another speaker.

Takes one piece of a sentence pair, gives a change or None. A shorter form of the same name is no change.
"""

from __future__ import annotations

from stemma.lineage.pieces import Beside, Piece
from stemma.lineage.wording import same_name
from stemma.lineage.words import Side
from stemma.text.lang import language_words
from stemma.types import Change

_NAME_REGION = 8
"""A longer piece that differs is a rewording, not a name exchanged for another."""

_OFFICE_REGION = 4
_BESIDE = 3
_NEAR_QUOTATION, _QUOTATION = 60, 20


def find_name(beside: Beside, piece: Piece) -> Change | None:
    """A name that stands for another, or another person beside a quotation."""
    child, parent = beside.child, beside.parent
    ours = [n for n in piece.child if child.name(n)]
    theirs = [n for n in piece.parent if parent.name(n)]
    if not ours or not theirs:
        # A name at the start of both sentences is known by its second word or by the other side.
        ours = ours or [n for n in piece.child[:1] if theirs and _initial(beside, piece)]
        theirs = theirs or [n for n in piece.parent[:1] if ours and _initial(beside, piece)]
    if not ours or not theirs or max(len(piece.child), len(piece.parent)) > _NAME_REGION:
        return None
    plain = len(piece.child) - len(ours) + len(piece.parent) - len(theirs)
    if plain > len(ours) + len(theirs):
        return None
    if same_name([child.word(n) for n in ours], [parent.word(n) for n in theirs]):
        return None
    speaker = _other_speaker(beside, ours)
    return beside.change(
        "quote" if speaker else "name",
        "other speaker" if speaker else "changed",
        child.span(ours[0], ours[-1] + 1),
        parent.span(theirs[0], theirs[-1] + 1),
    )


def find_office(beside: Beside, piece: Piece) -> Change | None:
    """An office beside a name that is another, or that somebody has now only had, or has again."""
    child, parent = beside.child, beside.parent
    ours = [n for n in piece.child if child.office(n) or child.standing(n)]
    theirs = [n for n in piece.parent if parent.office(n) or parent.standing(n)]
    if not ours and not theirs:
        return None
    one = {child.office_key(n) for n in ours}
    other = {parent.office_key(n) for n in theirs}
    stands = [child.standing(n) for n in ours] + [parent.standing(n) for n in theirs]
    if one == other or not (any(stands) or (ours and theirs)):
        return None
    if max(len(piece.child), len(piece.parent)) > _OFFICE_REGION or not _beside_name(beside, piece):
        return None
    d = piece.whole
    return beside.change(
        "name",
        "changed",
        None if piece.taken_out else child.span(d.left_first, d.left_last),
        None if piece.put_in else parent.span(d.right_first, d.right_last),
    )


def _initial(beside: Beside, piece: Piece) -> bool:
    """Both pieces begin with a capital and are of like length: the one name stands for the other."""
    return (
        bool(piece.child and piece.parent)
        and abs(len(piece.child) - len(piece.parent)) <= 1
        and beside.child.capital(piece.child[0])
        and beside.parent.capital(piece.parent[0])
        and beside.child.word(piece.child[0]) not in beside.laid.parent.words
    )


def _other_speaker(beside: Beside, ours: list[int]) -> bool:
    """Whether the new name is another person of the source, put beside a quotation."""
    child = beside.child
    if child.word(ours[-1]) not in beside.parent.names():
        return False
    if any(child.reading.quoted[n] for n in ours) or not _speaks(child, ours):
        return False
    start, end = child.span(ours[0], ours[-1] + 1)
    return any(
        a - _NEAR_QUOTATION < end and start < b + _NEAR_QUOTATION and b - a > _QUOTATION
        for a, b in child.reading.quotations
    )


def _speaks(side: Side, name: list[int]) -> bool:
    """Whether a verb of speech stands within a few words of the name."""
    verbs = language_words(side.language, "speech", "say")
    words = side.reading.words
    return any(w in verbs for w in words[max(0, name[0] - _BESIDE) : name[-1] + 1 + _BESIDE])


def _beside_name(beside: Beside, piece: Piece) -> bool:
    d = piece.whole
    for side, first, last in (
        (beside.child, d.left_first, d.left_last),
        (beside.parent, d.right_first, d.right_last),
    ):
        count = len(side.reading.words)
        for n in (*range(last, min(last + _BESIDE, count)), *range(max(0, first - _BESIDE), first)):
            if side.name(n) or side.office(n):
                return True
    return False
