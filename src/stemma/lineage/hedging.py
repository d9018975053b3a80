"""Hedges and denials that a copy lost or gained.

A hedge counts where it alone was taken away or put in, or where a plain statement stands for it ("may" became "will");
a wording exchanged for another does not. Inside quotation marks a gained hedge, and a denial, is a changed quotation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from stemma.lineage.pieces import Beside, Piece
from stemma.lineage.wording import spend
from stemma.lineage.words import Hedge, Side
from stemma.text.align import Pair
from stemma.text.lang import language_words
from stemma.types import Change

Open = tuple[list[Hedge], list[Hedge]]
"""Hedges of a pair's differing words, of the child and of the source, that the other has not in kind."""

_IRREGULAR = {"won't": "will", "can't": "can", "shan't": "shall", "cannot": "can", "ain't": "is"}

_OURS_MOST, _THEIRS_MOST = 4, 3
"""Words of a piece that may stand around the hedge, and on the other side for it."""


def open_hedges(beside: Beside, pair: Pair, pieces: Sequence[Piece]) -> Open:
    """Hedges of the pair's differing words that the other sentence has not in kind."""
    ours = _touched(beside.child, pair.left, [n for p in pieces for n in p.child])
    theirs = _touched(beside.parent, pair.right, [n for p in pieces for n in p.parent])
    both = Counter(h.kind for h in ours) & Counter(h.kind for h in theirs)
    left, right = both.copy(), both.copy()
    return (
        [h for h in ours if not spend(left, h.kind)],
        [h for h in theirs if not spend(right, h.kind)],
    )


def find_hedges(beside: Beside, piece: Piece, found: Open) -> Iterator[Change]:
    """The open hedges that this piece took away or put in."""
    for hedge in found[1]:
        if any(hedge.first <= n < hedge.last for n in piece.parent) and _counts(
            beside, beside.parent, hedge, piece.parent, piece.child
        ):
            span = beside.parent.span(hedge.first, hedge.last)
            yield beside.change("hedge", "lost", None, span)
    for hedge in found[0]:
        if any(hedge.first <= n < hedge.last for n in piece.child) and _counts(
            beside, beside.child, hedge, piece.child, piece.parent
        ):
            span = beside.child.span(hedge.first, hedge.last)
            yield beside.change("hedge", "gained", span, None)


def _touched(side: Side, sentences: tuple[int, ...], words: list[int]) -> list[Hedge]:
    if not words:
        return []
    changed = set(words)
    return [
        hedge
        for i in sentences
        for hedge in side.hedges(side.reading.sentences[i].first, side.reading.sentences[i].last)
        if any(n in changed for n in range(hedge.first, hedge.last))
    ]


def _counts(beside: Beside, side: Side, hedge: Hedge, mine: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether the hedge itself was taken away, and not a wording exchanged for another."""
    quoted = bool(side.reading.quoted[hedge.first])
    if quoted and (hedge.kind == "not" or side is beside.child):
        return False
    alone = len(mine) == hedge.last - hedge.first
    if alone and not other:
        return True
    if quoted:
        return False
    if alone and hedge.kind == "not" and _affirmed(side, hedge, other, beside):
        return True
    if (
        alone
        and hedge.kind == "maybe"
        and _plainly(beside.child if side is beside.parent else beside.parent, other)
    ):
        return True
    if hedge.loose or hedge.kind == "not":
        following = hedge.last < len(side.reading.words) and side.number(hedge.last)
        return following and len(other) <= 1 and hedge.kind != "not"
    return len(mine) <= _OURS_MOST and len(other) <= _THEIRS_MOST


def _affirmed(side: Side, hedge: Hedge, other: tuple[int, ...], beside: Beside) -> bool:
    """Whether the other text has the same auxiliary without its denial: "did" for "didn't", "can" for "cannot"."""
    if len(other) != 1:
        return False
    word = side.word(hedge.first).replace("’", "'")
    plain = _IRREGULAR.get(word) or (word[:-3] if word.endswith("n't") else None)
    return plain == (beside.child if side is beside.parent else beside.parent).word(other[0])


def _plainly(side: Side, words: tuple[int, ...]) -> bool:
    """Whether the words are one auxiliary that leaves nothing open: "will", "is", "did"."""
    return len(words) == 1 and side.word(words[0]) in language_words(side.language, "lineage", "certain")
