"""What a copy changed: quotations, figures, names and offices, hedges, the headline, sentences added and dropped.

Reads the word differences inside paired sentences and says what they are; a synonym is nothing. Words that only moved
within their sentence are no change. Every change has its place on both sides, or on the one side that has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from stemma.lineage.compare import Laid
from stemma.lineage.figures import decide_figure
from stemma.lineage.reading import SEQUENCE, Reading
from stemma.lineage.wording import MISREAD, is_damaged, plain_title, runs_of, same_name, spend
from stemma.lineage.words import Hedge, Side
from stemma.text.align import Difference, Pair
from stemma.text.lang import language_words
from stemma.types import Change, ChangeDetail, ChangeKind, Span

_NAME_REGION = 8
"""A longer piece that differs is a rewording, not a name exchanged for another."""

_SENTENCE_WORDS = 5
_MARKS = " \n\t\"'“”„«»‘’)]"
_SYNONYM_WORDS = 4
_BESIDE = 3

_QUOTED_WORDS = 4
"""Fewer words in marks are a term, not a statement."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """One difference, less the words that only moved: places of words left on each side."""

    whole: Difference
    child: tuple[int, ...]
    parent: tuple[int, ...]


def find_changes(laid: Laid, *, others: Sequence[Reading] = ()) -> tuple[Change, ...]:
    """All changes of the edge, in the order of the child's text, those without a place in it last.

    `others` are more texts on the matter: a quotation that one of them has was not invented.
    """
    finder = _Finder(laid, others)
    if not is_damaged(laid):
        for pair, differences in zip(laid.pairs, laid.differences, strict=True):
            if differences:
                finder.look_at(pair, differences)
    finder.look_at_added()
    finder.look_at_dropped()
    finder.look_at_titles()
    return tuple(
        sorted(
            dict.fromkeys(finder.found),
            key=lambda c: (
                c.child is None,
                c.child.start if c.child else 0,
                c.parent.start if c.parent else 0,
                c.kind,
                c.detail or "",
            ),
        )
    )


class _Finder:
    """Collects the changes of one edge."""

    def __init__(self, laid: Laid, others: Sequence[Reading]) -> None:
        self.laid = laid
        self.others = others
        self.child = Side(laid.child)
        self.parent = Side(laid.parent)
        self.found: list[Change] = []
        self.reworded = self._rewords()

    def look_at(self, pair: Pair, differences: tuple[Difference, ...]) -> None:
        """The differences inside one pair of sentences."""
        pieces = self._without_moved(differences)
        hedges = self._hedges(pair, pieces)
        for piece in pieces:
            if (not piece.child and not piece.parent) or self._sentence(piece.whole) or self._decoded(piece):
                continue
            told = self._figure(piece)
            told |= self._name(piece) or self._office(piece)
            told |= self._hedge(piece, hedges)
            if not told or self._more_than_told(piece):
                self._quote(piece)

    def look_at_added(self) -> None:
        """Sentences that only the child has, and quotations in them given to somebody whom the parent names.

        A text that is mostly its own has its quotations from elsewhere: none of them is called invented.
        """
        reading = self.laid.child
        for first, last in runs_of(self.laid.added):
            start, end = reading.sentences[first].start, reading.sentences[last].end
            self._add("added", None, (start, end), None)
            if 2 * len(self.laid.added) <= len(reading.lines):
                self._invented(start, end)

    def look_at_dropped(self) -> None:
        """Sentences that only the parent has."""
        reading = self.laid.parent
        for first, last in runs_of(self.laid.dropped):
            self._add("dropped", None, None, (reading.sentences[first].start, reading.sentences[last].end))

    def look_at_titles(self) -> None:
        """A headline in other words."""
        one, other = self.laid.child.article.title, self.laid.parent.article.title
        if one and other and plain_title(one) != plain_title(other):
            self._add("title", "changed", None, None)

    def _decoded(self, piece: _Piece) -> bool:
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

    def _sentence(self, d: Difference) -> bool:
        """A whole sentence put into a pair or taken out of it, as in a quotation of several: then it is told so."""
        for side, first, last, bare in (
            (self.child, d.left_first, d.left_last, d.right_last == d.right_first),
            (self.parent, d.right_first, d.right_last, d.left_last == d.left_first),
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
                    self._add("added", None, span, None)
                else:
                    self._add("dropped", None, None, span)
                return True
        return False

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

    def _without_moved(self, differences: tuple[Difference, ...]) -> list[_Piece]:
        child, parent = self.laid.child.numbers, self.laid.parent.numbers
        came = Counter(child[n] for d in differences for n in range(d.left_first, d.left_last))
        went = Counter(parent[n] for d in differences for n in range(d.right_first, d.right_last))
        moved = came & went
        left, right = moved.copy(), moved.copy()
        pieces = []
        for d in differences:
            kept_child = [n for n in range(d.left_first, d.left_last) if not spend(left, child[n])]
            kept_parent = [n for n in range(d.right_first, d.right_last) if not spend(right, parent[n])]
            pieces.append(_Piece(d, tuple(kept_child), tuple(kept_parent)))
        return pieces

    # ------------------------------------------------------------ figures

    def _figure(self, piece: _Piece) -> bool:
        ours = [n for n in piece.child if self.child.number(n)]
        theirs = [n for n in piece.parent if self.parent.number(n)]
        if not ours and not theirs:
            return False
        detail = decide_figure(self.child, ours, self.parent, theirs)
        if detail is None:
            return False
        self._add(
            "figure",
            detail,
            self.child.span(ours[0], ours[-1] + 1) if ours else None,
            self.parent.span(theirs[0], theirs[-1] + 1) if theirs else None,
        )
        return True

    # ------------------------------------------------------------ names and offices

    def _name(self, piece: _Piece) -> bool:
        ours = [n for n in piece.child if self.child.name(n)]
        theirs = [n for n in piece.parent if self.parent.name(n)]
        if not ours or not theirs:
            # A name at the start of both sentences is known by its second word or by the other side.
            ours = ours or [n for n in piece.child[:1] if theirs and self._initial_name(piece)]
            theirs = theirs or [n for n in piece.parent[:1] if ours and self._initial_name(piece)]
        if not ours or not theirs or max(len(piece.child), len(piece.parent)) > _NAME_REGION:
            return False
        plain = len(piece.child) - len(ours) + len(piece.parent) - len(theirs)
        if plain > len(ours) + len(theirs):
            return False
        if same_name([self.child.word(n) for n in ours], [self.parent.word(n) for n in theirs]):
            return False
        speaker = self._other_speaker(ours, piece)
        self._add(
            "quote" if speaker else "name",
            "other speaker" if speaker else "changed",
            self.child.span(ours[0], ours[-1] + 1),
            self.parent.span(theirs[0], theirs[-1] + 1),
        )
        return True

    def _initial_name(self, piece: _Piece) -> bool:
        """Both pieces begin with a capital and are of like length: the one name stands for the other."""
        return (
            bool(piece.child and piece.parent)
            and abs(len(piece.child) - len(piece.parent)) <= 1
            and self.child.capital(piece.child[0])
            and self.parent.capital(piece.parent[0])
            and self.child.word(piece.child[0]) not in self.parent.reading.words
        )

    def _other_speaker(self, ours: list[int], piece: _Piece) -> bool:
        """Whether the new name is another person of the parent's text, put beside a quotation."""
        if self.child.word(ours[-1]) not in self.parent.names():
            return False
        if any(self.child.reading.quoted[n] for n in ours) or not self._speaks(ours):
            return False
        start, end = self.child.span(ours[0], ours[-1] + 1)
        return any(a - 60 < end and start < b + 60 and b - a > 20 for a, b in self.child.reading.quotations)

    def _speaks(self, ours: list[int]) -> bool:
        """Whether a verb of speech stands within a few words of the name."""
        verbs = language_words(self.child.language, "speech", "say")
        words = self.child.reading.words
        return any(w in verbs for w in words[max(0, ours[0] - _BESIDE) : ours[-1] + 1 + _BESIDE])

    def _office(self, piece: _Piece) -> bool:
        ours = [n for n in piece.child if self.child.office(n) or self.child.standing(n)]
        theirs = [n for n in piece.parent if self.parent.office(n) or self.parent.standing(n)]
        if not ours and not theirs:
            return False
        one = {self.child.word(n)[:5] for n in ours}
        other = {self.parent.word(n)[:5] for n in theirs}
        stands = [self.child.standing(n) for n in ours] + [self.parent.standing(n) for n in theirs]
        if one == other or not (any(stands) or (ours and theirs)):
            return False
        if len(piece.child) > 4 or len(piece.parent) > 4 or not self._beside_name(piece):
            return False
        d = piece.whole
        self._add(
            "name",
            "changed",
            self.child.span(d.left_first, d.left_last) if d.left_last > d.left_first else None,
            self.parent.span(d.right_first, d.right_last) if d.right_last > d.right_first else None,
        )
        return True

    def _beside_name(self, piece: _Piece) -> bool:
        d = piece.whole
        for side, first, last in (
            (self.child, d.left_first, d.left_last),
            (self.parent, d.right_first, d.right_last),
        ):
            count = len(side.reading.words)
            for n in (*range(last, min(last + 3, count)), *range(max(0, first - 3), first)):
                if side.name(n) or side.office(n):
                    return True
        return False

    # ------------------------------------------------------------ hedges

    def _hedges(self, pair: Pair, pieces: list[_Piece]) -> tuple[list[Hedge], list[Hedge]]:
        """Hedges of the pair's differing words that the other sentence has not in kind."""
        ours = self._touched(self.child, pair.left, [n for p in pieces for n in p.child])
        theirs = self._touched(self.parent, pair.right, [n for p in pieces for n in p.parent])
        came, went = Counter(h.kind for h in ours), Counter(h.kind for h in theirs)
        both = came & went
        left, right = both.copy(), both.copy()
        return (
            [h for h in ours if not spend(left, h.kind)],
            [h for h in theirs if not spend(right, h.kind)],
        )

    def _touched(self, side: Side, sentences: tuple[int, ...], words: list[int]) -> list[Hedge]:
        if not words:
            return []
        changed = set(words)
        return [
            hedge
            for i in sentences
            for hedge in side.hedges(side.reading.sentences[i].first, side.reading.sentences[i].last)
            if any(n in changed for n in range(hedge.first, hedge.last))
        ]

    def _hedge(self, piece: _Piece, hedges: tuple[list[Hedge], list[Hedge]]) -> bool:
        told = False
        for side, mine, other, found, detail in (
            (self.parent, piece.parent, piece.child, hedges[1], "lost"),
            (self.child, piece.child, piece.parent, hedges[0], "gained"),
        ):
            for hedge in found:
                if not any(hedge.first <= n < hedge.last for n in mine):
                    continue
                if not self._hedge_counts(side, hedge, mine, other):
                    continue
                span = side.span(hedge.first, hedge.last)
                if detail == "lost":
                    self._add("hedge", "lost", None, span)
                else:
                    self._add("hedge", "gained", span, None)
                told = True
        return told

    def _hedge_counts(self, side: Side, hedge: Hedge, mine: tuple[int, ...], other: tuple[int, ...]) -> bool:
        """Whether the hedge itself was taken away, and not a wording exchanged for another.

        What is put into a quotation, and a denial taken out of it, is a changed quotation.
        """
        quoted = bool(side.reading.quoted[hedge.first])
        if quoted and (hedge.kind == "not" or side is self.child):
            return False
        alone = not other and len(mine) == hedge.last - hedge.first
        if alone:
            return True
        if quoted:
            return False
        if hedge.loose or hedge.kind == "not":
            following = hedge.last < len(side.reading.words) and side.number(hedge.last)
            return following and len(other) <= 1 and hedge.kind != "not"
        return len(mine) <= 4 and len(other) <= 3

    # ------------------------------------------------------------ quotations

    def _more_than_told(self, piece: _Piece) -> bool:
        """Whether a piece that was a figure, name or hedge holds other changed words as well."""
        rest_child = [n for n in piece.child if not self.child.number(n) and not self.child.capital(n)]
        rest_parent = [n for n in piece.parent if not self.parent.number(n) and not self.parent.capital(n)]
        return len(rest_child) + len(rest_parent) > 3 and bool(rest_child) and bool(rest_parent)

    def _quote(self, piece: _Piece) -> None:
        ours = [n for n in piece.child if self.child.reading.quoted[n]]
        theirs = [n for n in piece.parent if self.parent.reading.quoted[n]]
        if not ours and not theirs:
            return
        one = self._quotation(self.child, ours, piece.whole.left_first, piece.whole.left_last)
        other = self._quotation(self.parent, theirs, piece.whole.right_first, piece.whole.right_last)
        if one is None and other is None:
            return
        if self.reworded and piece.child and piece.parent and not self._heavy(piece):
            return
        self._add("quote", "reworded" if piece.child else "cut", one, other)

    def _heavy(self, piece: _Piece) -> bool:
        """Whether words exchanged inside the marks change what was said even in a copy that rewords at large.

        A synonym there is part of the rewording, which the edge's kind and the sentences tell.
        """
        if len(piece.child) > _SYNONYM_WORDS or len(piece.parent) > _SYNONYM_WORDS:
            return True
        ours = {h.kind for n in piece.child for h in self.child.hedges(n, n + 1) if not h.loose}
        theirs = {h.kind for n in piece.parent for h in self.parent.hedges(n, n + 1) if not h.loose}
        return ours != theirs

    def _quotation(self, side: Side, quoted: list[int], first: int, last: int) -> tuple[int, int] | None:
        """The words inside the marks of the quotation that holds the place."""
        for place in (*quoted[:1], *range(max(0, first - 1), min(last + 1, len(side.reading.words)))):
            found = side.quotation(place)
            if found is not None:
                return found[0] + 1, max(found[0] + 2, found[1] - 1)
        return None

    def _invented(self, start: int, end: int) -> None:
        reading = self.laid.child
        known = frozenset(self.laid.parent.known.tolist())
        named = self.parent.names()
        begins = reading.begins
        for a, b in reading.quotations:
            if not (start <= a and b <= end):
                continue
            inside = [n for n in range(len(begins)) if a <= begins[n] < b]
            if len(inside) < _QUOTED_WORDS:
                continue
            sequences = reading.sequences[inside[0] : max(inside[0] + 1, inside[-1] - SEQUENCE + 2)].tolist()
            if any(sequence in known for sequence in sequences) or self._met(sequences):
                continue
            beside = [n for n in range(len(begins)) if start <= begins[n] < end and not a <= begins[n] < b]
            if any(self.child.name(n) and self.child.word(n) in named for n in beside):
                self._add("quote", "invented", (a + 1, b - 1), None)

    def _met(self, sequences: list[int]) -> bool:
        """Whether another text has one of the word sequences."""
        wanted = np.array(sequences, dtype=np.uint64)
        return any(bool(np.isin(wanted, other.known).any()) for other in self.others)

    # ------------------------------------------------------------ helpers

    def _add(
        self,
        kind: ChangeKind,
        detail: ChangeDetail | None,
        child: tuple[int, int] | None,
        parent: tuple[int, int] | None,
    ) -> None:
        one, other = self.laid.child.article.id, self.laid.parent.article.id
        self.found.append(
            Change(
                kind=kind,
                detail=detail,
                child=Span(article=one, start=child[0], end=child[1]) if child else None,
                parent=Span(article=other, start=parent[0], end=parent[1]) if parent else None,
            )
        )
