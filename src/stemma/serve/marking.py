"""An article's text cut for its page: paragraphs of pieces, each piece plain, quoted, counted or marked.

Also the short forms for public listeners: an opening of at most `EXCERPT_WORDS` words, the sentence around a cited
place. Gives text only; the templates escape it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from stemma.text.sentences import find_paragraphs, find_sentences

EXCERPT_WORDS = 60
EXCERPT_CHARACTERS = 420
"""What may be shown of a text on a public listener; characters bound scripts that write without spaces."""

SHOWN_CHARACTERS = 400_000
"""A page with more text than a long book's chapters is cut, and says so."""

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text of one look; `anchor` is the id that the first marked piece has."""

    text: str
    quoted: bool = False
    counted: bool = False
    marked: bool = False
    anchor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`number` counts from 1 and is the paragraph's anchor."""

    number: int
    pieces: tuple[Piece, ...]


def cut_paragraphs(
    text: str,
    *,
    mark: Interval | None = None,
    quotes: Iterable[Interval] = (),
    figures: Iterable[Interval] = (),
) -> tuple[Paragraph, ...]:
    """The paragraphs of `text` with quotations, figures and the marked place as pieces of their own."""
    quoted, counted, marked = _join(quotes), _join(figures), _join([mark] if mark else [])
    edges_found = {edge for spans in (quoted, counted, marked) for span in spans for edge in span}
    # The marked place stays in one piece: a reader looks for it, not for what else it holds.
    cuts = sorted(e for e in edges_found if not (mark and mark[0] < e < mark[1]))
    paragraphs: list[Paragraph] = []
    anchor: str | None = "mark"
    for number, (start, end) in enumerate(find_paragraphs(text), start=1):
        edges = [start, *cuts[bisect_right(cuts, start) : bisect_left(cuts, end)], end]
        pieces: list[Piece] = []
        for a, b in pairwise(edges):
            hit = _covers(marked, a)
            pieces.append(
                Piece(
                    text=text[a:b],
                    quoted=_covers(quoted, a),
                    counted=_covers(counted, a),
                    marked=hit,
                    anchor=anchor if hit else None,
                )
            )
            anchor = None if hit else anchor
        paragraphs.append(Paragraph(number=number, pieces=tuple(pieces)))
    return tuple(paragraphs)


def cut_short(text: str, *, words: int = EXCERPT_WORDS, characters: int = EXCERPT_CHARACTERS) -> str:
    """The opening of `text` in one line, ending with an ellipsis where something was cut."""
    head = text[: characters * 3]
    kept = head.split()
    line = " ".join(kept[:words])
    if len(line) > characters:
        line = line[:characters].rsplit(" ", 1)[0] if " " in line[:characters] else line[:characters]
    whole = " ".join(kept)
    return line if line == whole and len(head) == len(text) else f"{line.rstrip(' ,;:–—-')} …"


def cut_around(text: str, mark: Interval, *, language: str | None = None) -> tuple[Piece, ...]:
    """The sentences that hold the marked words, no longer than an excerpt, the words marked."""
    spans = [s for s in _find_near(text, mark, language) if s[0] < mark[1] and s[1] > mark[0]]
    if not spans:
        return ()
    start, end = spans[0][0], spans[-1][1]
    shown = cut_short(text[max(start, mark[0]) : min(end, mark[1])])
    words, characters = EXCERPT_WORDS - len(shown.split()), EXCERPT_CHARACTERS - len(shown)
    before = _cut_tail(text[start : mark[0]], words=words // 2, characters=characters // 2)
    after = cut_short(text[mark[1] : end], words=max(words // 2, 0), characters=max(characters // 2, 0))
    pieces = (
        Piece(text=f"{before}{' ' if text[mark[0] - 1 : mark[0]].isspace() else ''}"),
        Piece(text=shown, marked=True, anchor="mark"),
        Piece(text=f"{' ' if text[mark[1] : mark[1] + 1].isspace() else ''}{after}"),
    )
    return tuple(p for p in pieces if p.text.strip())


def _find_near(text: str, mark: Interval, language: str | None) -> list[Interval]:
    """Sentences of the paragraphs that the mark touches; the rest of a long text is never cut into sentences."""
    return [
        (start + a, start + b)
        for start, end in find_paragraphs(text)
        if start < mark[1] and end > mark[0]
        for a, b in find_sentences(text[start:end], language)
    ]


def _cut_tail(text: str, *, words: int, characters: int) -> str:
    kept = text.split()
    line = " ".join(kept[-words:]) if words > 0 else ""
    line = line[-characters:] if characters > 0 else ""
    return line if line == " ".join(kept) else f"… {line}"


def _join(spans: Iterable[Interval]) -> list[Interval]:
    """Spans sorted, overlapping ones made one."""
    joined: list[Interval] = []
    for start, end in sorted(s for s in spans if s[0] < s[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _covers(spans: list[Interval], at: int) -> bool:
    i = bisect_right(spans, at, key=lambda s: s[0]) - 1
    return i >= 0 and spans[i][1] > at
