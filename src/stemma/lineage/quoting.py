"""What a copy did to words in quotation marks: reworded, cut, invented, joined, or put into marks that had none.

Gives places inside the marks. In a copy that exchanges words at large a synonym in a quotation is part of that, which the
edge's kind and the sentences tell; a denial, a hedge or a longer piece is told all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from stemma.lineage.compare import holds
from stemma.lineage.pieces import Beside, Piece, Place
from stemma.lineage.reading import SEQUENCE, Reading
from stemma.lineage.words import Side
from stemma.text.align import Difference, Pair
from stemma.types import Change

_SYNONYM_WORDS = 4

_QUOTED_WORDS = 4
"""Fewer words in marks are a term, not a statement."""

_WIDENED_WORDS = 3
"""Words that stand in marks here and not in the source; fewer are a mark set before or behind a stop."""

_GAP_WORDS = 30
_ANY_MARK = '"“”„«»'


def find_quote(beside: Beside, piece: Piece) -> Change | None:
    """The quotation in which the words of the piece stand, if it is another now."""
    child, parent = beside.child, beside.parent
    ours = [n for n in piece.child if child.reading.quoted[n]]
    theirs = [n for n in piece.parent if parent.reading.quoted[n]]
    if not ours and not theirs:
        return _joined(beside, piece) or _between(beside, piece)
    if piece.taken_out and piece.whole.left_first >= len(child.reading.words):
        return None  # the copy ends within the quotation
    one = _quotation(child, ours, piece.whole.left_first, piece.whole.left_last)
    other = _quotation(parent, theirs, piece.whole.right_first, piece.whole.right_last)
    if one is None and other is None:
        return None
    if beside.reworded and piece.child and piece.parent and not _heavy(beside, piece):
        return None
    if theirs and not ours and _parted(beside, piece):
        # What stands between the two pieces now is the reporter's: "A," she said, "C" leaves B out and rewords nothing.
        return beside.change("quote", "cut", one, other)
    return beside.change("quote", "reworded" if piece.child else "cut", one, other)


def find_marked(beside: Beside, pair: Pair, differences: Sequence[Difference]) -> Iterator[Change]:
    """Quotations that reach over words which the source does not quote: the reporter's, or between two quotations.

    Said only where the marks of the source can be trusted: they part some of the same words, and none of its sentence is left over.
    """
    child, parent = beside.laid.child, beside.laid.parent
    if not child.quotations or not parent.quotations or _same_marks(child, parent, pair):
        return
    ours = [n for i in pair.left for n in range(child.sentences[i].first, child.sentences[i].last)]
    theirs = [n for j in pair.right for n in range(parent.sentences[j].first, parent.sentences[j].last)]
    if not child.quoted[ours].any() or not parent.quoted[theirs].any() or _stray(beside.parent, pair):
        return
    partner = _partners(ours, theirs, differences)
    for a, b in child.quotations:
        inside = [n for n in ours if a <= child.begins[n] < b]
        if len(inside) < _QUOTED_WORDS:
            continue
        marked = [parent.quoted[partner[n]] for n in inside if n in partner]
        if any(marked) and len(marked) - sum(marked) >= _WIDENED_WORDS:
            first = next(partner[n] for n in inside if n in partner and parent.quoted[partner[n]])
            yield beside.change("quote", "reworded", (a + 1, b - 1), _inner(beside.parent.quotation(first)))


def find_invented(beside: Beside, start: int, end: int, others: Iterable[Reading]) -> Iterator[Change]:
    """Quotations in these characters of the child that neither the source nor another text has, of somebody whom it names."""
    reading, source = beside.laid.child, beside.laid.parent
    begins = reading.begins
    for a, b in reading.quotations:
        if not (start <= a and b <= end):
            continue
        inside = [n for n in range(len(begins)) if a <= begins[n] < b]
        if len(inside) < _QUOTED_WORDS:
            continue
        sequences = reading.sequences[inside[0] : max(inside[0] + 1, inside[-1] - SEQUENCE + 2)].tolist()
        if _met(sequences, (source, *others)):
            continue
        beside_it = [n for n in range(len(begins)) if start <= begins[n] < end and not a <= begins[n] < b]
        named = beside.parent.names()
        if any(beside.child.name(n) and beside.child.word(n) in named for n in beside_it):
            yield beside.change("quote", "invented", (a + 1, b - 1), None)


def _joined(beside: Beside, piece: Piece) -> Change | None:
    """Two quotations that became one, the reporter's words between them gone."""
    inside = beside.child.around(piece.whole.left_first) if piece.taken_out else None
    if inside is None:
        return None
    before = beside.parent.beside(piece.whole.right_first - 1)
    after = beside.parent.beside(piece.whole.right_last)
    if before is None or after is None or before == after:
        return None
    return beside.change("quote", "reworded", inside, (before[0] + 1, after[1] - 1))


def _parted(beside: Beside, piece: Piece) -> bool:
    """Whether one quotation of the source is two of the child, which has the words on both sides of the piece in marks."""
    child, parent = beside.child, beside.parent
    before, after = child.beside(piece.whole.left_first - 1), child.beside(piece.whole.left_last)
    held = parent.beside(piece.whole.right_first - 1)
    return (
        before is not None
        and after is not None
        and before != after
        and held is not None
        and held == parent.beside(piece.whole.right_last)
    )


def _between(beside: Beside, piece: Piece) -> Change | None:
    """Words gone from, or put between, two quoted pieces of one sentence: a statement told half in the reporter's words.

    Such a statement reaches from its first mark to its last. Other words of the reporter's for his own are none of it.
    """
    if beside.reworded or (piece.child and piece.parent):
        return None
    one = _gap(beside.child, piece.whole.left_first, piece.whole.left_last)
    other = _gap(beside.parent, piece.whole.right_first, piece.whole.right_last)
    if one is None or other is None:
        return None
    return beside.change("quote", "reworded" if piece.child else "cut", one, other)


def _gap(side: Side, first: int, last: int) -> Place | None:
    """Characters between the quotations on both sides of the words, if they stand in one sentence without a stop between."""
    reading = side.reading
    start = reading.begins[first] if first < len(reading.words) else len(side.text)
    end = reading.ends[last - 1] if last > first else start
    if any(a < start < b for a, b in reading.quotations):
        return None
    before = max((b for _, b in reading.quotations if b <= start), default=None)
    after = min((a for a, _ in reading.quotations if a >= end), default=None)
    if before is None or after is None:
        return None
    between = side.text[before:after]
    if (
        "\n" in between
        or any(stop in between for stop in (". ", "! ", "? "))
        or len(between.split()) > _GAP_WORDS
    ):
        return None
    # A stop or comma inside the mark ends a quotation of its own: what follows says whose it is.
    return None if side.text[before - 2 : before - 1] in tuple(".,!?") else (before, after)


def _heavy(beside: Beside, piece: Piece) -> bool:
    """Whether words exchanged inside the marks change what was said even in a copy that rewords at large."""
    if len(piece.child) > _SYNONYM_WORDS or len(piece.parent) > _SYNONYM_WORDS or beside.unusual(piece):
        return True
    ours = {h.kind for n in piece.child for h in beside.child.hedges(n, n + 1) if not h.loose}
    theirs = {h.kind for n in piece.parent for h in beside.parent.hedges(n, n + 1) if not h.loose}
    return ours != theirs


def _quotation(side: Side, quoted: list[int], first: int, last: int) -> Place | None:
    """The words inside the marks of the quotation that holds the place."""
    for place in (*quoted[:1], *range(max(0, first - 1), min(last + 1, len(side.reading.words)))):
        found = side.quotation(place)
        if found is not None:
            return _inner(found)
    return None


def _inner(quotation: Place | None) -> Place | None:
    return (quotation[0] + 1, max(quotation[0] + 2, quotation[1] - 1)) if quotation else None


def _partners(ours: list[int], theirs: list[int], differences: Sequence[Difference]) -> dict[int, int]:
    """For each word of the child's sentences its equal in the source's."""
    gone = {n for d in differences for n in range(d.left_first, d.left_last)}
    lost = {n for d in differences for n in range(d.right_first, d.right_last)}
    kept = [n for n in ours if n not in gone]
    return dict(zip(kept, (n for n in theirs if n not in lost), strict=False))


def _same_marks(child: Reading, parent: Reading, pair: Pair) -> bool:
    """Whether one and the same sentence has its marks around the same words on both sides."""
    if not pair.same:
        return False
    ours, theirs = child.sentences[pair.left[0]], parent.sentences[pair.right[0]]
    here = child.quoted[ours.first : ours.last].tobytes()
    return here == parent.quoted[theirs.first : theirs.last].tobytes()


def _stray(side: Side, pair: Pair) -> bool:
    """Whether a quotation mark stands in the sentences that closes or opens nothing."""
    for j in pair.right:
        sentence = side.reading.sentences[j]
        for at in range(sentence.start, min(len(side.text), sentence.end + 1)):
            if side.text[at] in _ANY_MARK and not any(a <= at < b for a, b in side.reading.quotations):
                return True
    return False


def _met(sequences: list[int], others: Iterable[Reading]) -> bool:
    """Whether another text has one of the word sequences."""
    wanted = np.array(sequences, dtype=np.uint64)
    return any(holds(other.known, wanted).any() for other in others)
