"""Article text in pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.serve.marking import EXCERPT_CHARACTERS, EXCERPT_WORDS, cut_around, cut_paragraphs, cut_short

TEXT = "One two three.\n\nFour “five six” seven eight."

spans = st.tuples(st.integers(0, 80), st.integers(0, 80))


def test_marked_words_are_a_piece_with_the_anchor() -> None:
    """The cited words, and nothing more, are what the address leads to."""
    start = TEXT.index("six”")
    paragraphs = cut_paragraphs(
        TEXT, mark=(start, start + 3), quotes=[(TEXT.index("“"), TEXT.index("”") + 1)]
    )
    marked = [p for paragraph in paragraphs for p in paragraph.pieces if p.marked]
    assert [(p.text, p.anchor, p.quoted) for p in marked] == [("six", "mark", True)]


def test_mark_over_two_paragraphs_has_one_anchor() -> None:
    """An id stands once in a page."""
    anchors = [
        p.anchor for paragraph in cut_paragraphs(TEXT, mark=(8, 22)) for p in paragraph.pieces if p.marked
    ]
    assert anchors == ["mark", None]


@given(
    st.text(alphabet=st.sampled_from("ab \n“”é"), max_size=80),
    st.lists(spans),
    st.lists(spans),
    st.none() | spans,
)
def test_pieces_are_the_text(text: str, quotes: list, figures: list, mark: tuple[int, int] | None) -> None:
    """Whatever is marked, each paragraph's pieces joined are its words, none lost and none twice."""
    paragraphs = cut_paragraphs(text, mark=mark, quotes=quotes, figures=figures)
    joined = ["".join(piece.text for piece in p.pieces) for p in paragraphs]
    assert joined == [line.strip() for line in text.split("\n") if line.strip()]
    assert sum(piece.anchor is not None for p in paragraphs for piece in p.pieces) <= 1


@given(st.text(max_size=3000))
def test_excerpt_is_short(text: str) -> None:
    """No excerpt is longer than its limits, in any script."""
    cut = cut_short(text)
    assert len(cut.split()) <= EXCERPT_WORDS + 1
    assert len(cut) <= EXCERPT_CHARACTERS + 2


def test_excerpt_says_that_it_is_cut() -> None:
    """A cut text ends with an ellipsis, a whole one does not."""
    assert cut_short("a b c", words=2) == "a b …"
    assert cut_short("a b  c") == "a b c"
    assert cut_short("字" * 900).endswith("…")


@given(st.text(alphabet="ab .\n", min_size=1, max_size=900), st.data())
def test_cited_place_is_an_excerpt(text: str, data: st.DataObject) -> None:
    """The sentence around a place is no longer than an excerpt and holds the marked words' opening."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    pieces = cut_around(text, (start, end))
    shown = "".join(p.text for p in pieces)
    assert len(shown) <= EXCERPT_CHARACTERS * 2 + 12
    assert len(shown.split()) <= EXCERPT_WORDS + 6


def test_cited_place_shows_its_sentence() -> None:
    """Only the sentence that holds the words is shown, the words marked."""
    text = "The quay is full. The boats came at six in the morning. Nobody slept."
    start = text.index("at six")
    pieces = cut_around(text, (start, start + 6))
    assert [(p.text, p.marked) for p in pieces] == [
        ("The boats came ", False),
        ("at six", True),
        (" in the morning.", False),
    ]
