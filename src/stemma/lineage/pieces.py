"""Where a copy's words differ from its source's, ready to be read: pieces of sentence pairs, less what only moved.

`Beside` holds both texts of one edge and makes the changes that the other modules find; what a piece means is for
`naming`, `hedging`, `figures` and `quoting` to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.lineage.compare import Laid
from stemma.lineage.wording import MISREAD, same_wording, spend
from stemma.lineage.words import Side
from stemma.text.align import Difference
from stemma.types import Change, ChangeDetail, ChangeKind, Span

_SENTENCE_WORDS = 5
_MARKS = " \n\t\"'“”„«»‘’)]"

_PER_CENT = frozenset({"percent", "prozent", "pourcent", "porciento"})
"""What "%" is in words, which is none itself."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """One difference, less the words that only moved: places of words left on each side."""

    whole: Difference
    child: tuple[int, ...]
    parent: tuple[int, ...]

    @property
    def put_in(self) -> bool:
        """Whether nothing of the source stands where the child has the words."""
        return self.whole.right_last == self.whole.right_first

    @property
    def taken_out(self) -> bool:
        """Whether the child has nothing where the source has the words."""
        return self.whole.left_last == self.whole.left_first


class Beside:
    """Both texts of one edge, as sides that answer questions on their words."""

    def __init__(self, laid: Laid) -> None:
        self.laid = laid
        self.child = Side(laid.child)
        self.parent = Side(laid.parent)
        self.reworded = self._rewords()

    def unusual(self, piece: Piece) -> bool:
        """Whether one word stands for one that the copy exchanges elsewhere too, and there for another word.

        A copy that rewords at large has its synonyms; where it says "persons" for "people" and once "politicians", the
        last is none.
        """
        if len(piece.child) != 1 or len(piece.parent) != 1:
            return False
        used = self._exchanged().get(self.laid.parent.numbers[piece.parent[0]], Counter())
        return len(used) > 1 and used[self.laid.child.numbers[piece.child[0]]] == 1

    def _exchanged(self) -> dict[int, Counter[int]]:
        """For each single word of the source the words that stand for it in the copy, and how often."""
        found: dict[int, Counter[int]] = {}
        child, parent = self.laid.child.numbers, self.laid.parent.numbers
        for differences in self.laid.differences:
            for d in differences:
                if d.left_last - d.left_first == 1 == d.right_last - d.right_first:
                    found.setdefault(parent[d.right_first], Counter())[child[d.left_first]] += 1
        return found

    def change(
        self, kind: ChangeKind, detail: ChangeDetail | None, child: Place | None, parent: Place | None
    ) -> Change:
        """A change at these characters of the child and of the source."""
        one, other = self.laid.child.article.id, self.laid.parent.article.id
        return Change(
            kind=kind,
            detail=detail,
            child=Span(article=one, start=child[0], end=child[1]) if child else None,
            parent=Span(article=other, start=parent[0], end=parent[1]) if parent else None,
        )

    def same_meaning(self, piece: Piece) -> bool:
        """Whether both sides are one wording: a contraction or a sign written out, another way of spelling."""
        d = piece.whole
        ours = self.laid.child.words[d.left_first : d.left_last]
        theirs = self.laid.parent.words[d.right_first : d.right_last]
        if not ours or not theirs:
            bare, place = (self.child, d.left_first) if not ours else (self.parent, d.right_first)
            return "".join(ours or theirs) in _PER_CENT and bare.sign_before(place) == "%"
        return same_wording(ours, theirs, self.child.language)

    def misread(self, piece: Piece) -> bool:
        """Whether one side is there in bytes read with the wrong table, which is no wording."""
        d = piece.whole
        for side, first, last in (
            (self.child, d.left_first, d.left_last),
            (self.parent, d.right_first, d.right_last),
        ):
            if last > first:
                start, end = side.span(first, last)
                if MISREAD.search(side.text, max(0, start - 3), end + 3):
                    return True
        return False

    def sentence(self, piece: Piece) -> Change | None:
        """A whole sentence put into a pair or taken out of it, as in a quotation of several: then it is told so."""
        d = piece.whole
        for side, first, last, bare in (
            (self.child, d.left_first, d.left_last, piece.put_in),
            (self.parent, d.right_first, d.right_last, piece.taken_out),
        ):
            if not bare or last - first < _SENTENCE_WORDS:
                continue
            start, end = side.span(first, last)
            before = side.text[:start].rstrip(_MARKS)[-1:]
            after = side.text[end : end + 2]
            if (
                (before in ".!?" or first == 0)
                and any(c in ".!?" for c in after)
                and side.text[start].isupper()
            ):
                span = (start, end + 1)
                if side is self.child:
                    return self.change("added", None, span, None)
                return self.change("dropped", None, None, span)
        return None

    def _rewords(self) -> bool:
        """Whether the copy exchanges words for others at large: in three sentences, or in two and not in marks alone."""
        sentences = outside = 0
        quoted = self.laid.child.quoted
        for differences in self.laid.differences:
            exchanged = [
                d
                for d in differences
                if d.left_last > d.left_first and d.right_last > d.right_first and self._plain_words(d)
            ]
            sentences += bool(exchanged)
            outside += any(not quoted[d.left_first] for d in exchanged)
        return sentences >= 3 or (sentences >= 2 and outside >= 1)

    def _plain_words(self, d: Difference) -> bool:
        return not any(
            side.number(n) or side.capital(n)
            for side, first, last in (
                (self.child, d.left_first, d.left_last),
                (self.parent, d.right_first, d.right_last),
            )
            for n in range(first, last)
        )


def find_pieces(laid: Laid, differences: Sequence[Difference]) -> list[Piece]:
    """The differences of one pair of sentences, without words that both sides have at another place."""
    child, parent = laid.child.numbers, laid.parent.numbers
    if len(differences) == 1:
        d = differences[0]
        ours, theirs = child[d.left_first : d.left_last], parent[d.right_first : d.right_last]
        if set(ours).isdisjoint(theirs):
            return [
                Piece(d, tuple(range(d.left_first, d.left_last)), tuple(range(d.right_first, d.right_last)))
            ]
    came = Counter(child[n] for d in differences for n in range(d.left_first, d.left_last))
    went = Counter(parent[n] for d in differences for n in range(d.right_first, d.right_last))
    moved = came & went
    left, right = moved.copy(), moved.copy()
    return [
        Piece(
            d,
            tuple(n for n in range(d.left_first, d.left_last) if not spend(left, child[n])),
            tuple(n for n in range(d.right_first, d.right_last) if not spend(right, parent[n])),
        )
        for d in differences
    ]
