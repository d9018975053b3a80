"""Words with their places: the quick way finds what the pattern finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.text.tokens import find_words, locate_words, spell_words

_PIECES = st.sampled_from(
    [*"ab19 .,:'’\u00ad_-\n“é½²ßİกต中٣١\u0301𝟗", "5th ", "3,660.5 ", "isn't ", "U.S. ", "a1b2 ", "10:30 "]
)


@given(st.lists(_PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_words_stand_where_they_are_said_to_stand(text: str) -> None:
    """Every word is the text between its places in lower case, and all are those that the pattern alone finds."""
    words, begins, ends = locate_words(text)
    assert words == [text[a:b].lower() for a, b in zip(begins, ends, strict=True)]
    assert words == [word.lower() for word in spell_words(text if "İ" in text else text.lower())]
    assert find_words(text) == list(zip(words, begins, ends, strict=True))


def test_numbers_and_contractions_are_whole() -> None:
    """A number keeps its marks, a word its apostrophe; a number ends where letters begin, and points part letters."""
    words = locate_words("He isn’t 5th of 3,660,273 in the U.S. at 10:30; it’s 1.5a, rock'n'roll. x.")[0]
    assert words == [
        "he", "isn’t", "5", "th", "of", "3,660,273", "in", "the", "u", "s", "at", "10:30", "it’s", "1.5", "a",
        "rock'n'roll", "x",
    ]  # fmt: skip
