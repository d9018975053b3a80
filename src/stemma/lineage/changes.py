"""What a copy changed: quotations, figures, names and offices, hedges, the headline, sentences added and dropped.

Reads the word differences inside paired sentences and asks `figures`, `naming`, `hedging` and `quoting` what they are; a
synonym is nothing. Every change has its place on both sides, or on the one side that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.lineage.compare import Laid
from stemma.lineage.figures import find_figure
from stemma.lineage.hedging import find_hedges, open_hedges
from stemma.lineage.naming import find_name, find_office
from stemma.lineage.pieces import Beside, Piece, find_pieces
from stemma.lineage.quoting import find_invented, find_marked, find_quote
from stemma.lineage.reading import Reading
from stemma.lineage.wording import is_damaged, plain_title, runs_of
from stemma.text.align import Difference, Pair
from stemma.types import Change

_TOLD_BESIDE = 3


def find_changes(laid: Laid, *, others: Iterable[Reading] = ()) -> tuple[Change, ...]:
    """All changes of the edge, in the order of the child's text, those without a place in it last.

    `others` are more texts on the matter: a quotation that one of them has was not invented.
    """
    beside = Beside(laid)
    found: list[Change] = []
    if not is_damaged(laid):
        marked = bool(laid.child.quotations and laid.parent.quotations)
        for pair, differences in zip(laid.pairs, laid.differences, strict=True):
            if differences or marked:
                found.extend(_inside(beside, pair, differences))
    found.extend(_added(beside, others))
    found.extend(_dropped(beside))
    one, other = laid.child.article.title, laid.parent.article.title
    if one and other and one != other and plain_title(one) != plain_title(other):
        found.append(beside.change("title", "changed", None, None))
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda c: (
                c.child is None,
                c.child.start if c.child else 0,
                c.parent.start if c.parent else 0,
                c.kind,
                c.detail or "",
            ),
        )
    )


def _inside(beside: Beside, pair: Pair, differences: tuple[Difference, ...]) -> Iterator[Change]:
    """The differences inside one pair of sentences, and quotations whose marks stand elsewhere."""
    told: set[tuple[int, int]] = set()
    if differences:
        pieces = find_pieces(beside.laid, differences)
        hedges = open_hedges(beside, pair, pieces)
        for piece in pieces:
            if not (piece.child or piece.parent) or beside.misread(piece) or beside.same_meaning(piece):
                continue
            sentence = beside.sentence(piece)
            if sentence is not None:
                yield sentence
                continue
            said = [c for c in (find_figure(beside, piece), find_name(beside, piece)) if c is not None]
            if not any(c.kind != "figure" for c in said):
                office = find_office(beside, piece)
                said.extend([office] if office is not None else [])
            said.extend(find_hedges(beside, piece, hedges))
            if not said or _more_than_told(beside, piece):
                quote = find_quote(beside, piece)
                said.extend([quote] if quote is not None else [])
            told.update((c.child.start, c.child.end) for c in said if c.child and c.kind == "quote")
            yield from said
    for change in find_marked(beside, pair, differences):
        if change.child and (change.child.start, change.child.end) not in told:
            yield change


def _added(beside: Beside, others: Iterable[Reading]) -> Iterator[Change]:
    """Sentences that only the child has, and quotations in them given to somebody whom the source names.

    A text that is mostly its own has its quotations from elsewhere: none of them is called invented.
    """
    reading, added = beside.laid.child, beside.laid.added
    for first, last in runs_of(added):
        start, end = reading.sentences[first].start, reading.sentences[last].end
        yield beside.change("added", None, (start, end), None)
        if 2 * len(added) <= len(reading.lines):
            yield from find_invented(beside, start, end, others)


def _dropped(beside: Beside) -> Iterator[Change]:
    """Sentences that only the source has."""
    reading = beside.laid.parent
    for first, last in runs_of(beside.laid.dropped):
        yield beside.change(
            "dropped", None, None, (reading.sentences[first].start, reading.sentences[last].end)
        )


def _more_than_told(beside: Beside, piece: Piece) -> bool:
    """Whether a piece that was a figure, name or hedge holds other changed words as well."""
    ours = [n for n in piece.child if not beside.child.number(n) and not beside.child.capital(n)]
    theirs = [n for n in piece.parent if not beside.parent.number(n) and not beside.parent.capital(n)]
    return len(ours) + len(theirs) > _TOLD_BESIDE and bool(ours) and bool(theirs)
