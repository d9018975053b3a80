"""Sentences: places that fit, paragraphs that part, and no text that brings the cutter down."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stemma.text.sentences import find_paragraphs, find_sentences

_SPACES = "\u00a0\u2009\u3000\u2028\u0085\ufeff\u200b"
_texts = st.text(
    alphabet=st.sampled_from("Aa b.!?\n\"'“”„«()…Mr.Dr.1,;:-–" + _SPACES + "äßЖ中😀\u0301"), max_size=60
)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "zh", "ar", "xx", None])
def test_sentences_are_trimmed_and_in_order(language: str | None) -> None:
    """Each sentence is a trimmed place in the text, and no sentence crosses a line end."""
    text = "Dr. Müller kam. Er ging.\n\n  Second part: “Hi.” Yes!  \nThird"
    spans = find_sentences(text, language)
    assert spans == sorted(spans)
    assert all(text[s:e] == text[s:e].strip() and "\n" not in text[s:e] for s, e in spans)
    assert text[spans[-1][0] : spans[-1][1]] == "Third"


def test_a_date_is_not_cut_behind_its_ordinal() -> None:
    """The stop of an ordinal before a month ends no sentence; a stop behind a number elsewhere may."""
    text = "Am 12. Juli kam sie. Es waren 12. Dann ging er am 3. Augusts."
    spans = find_sentences(text, "de")
    assert text[spans[0][0] : spans[0][1]] == "Am 12. Juli kam sie."
    assert text[spans[-1][0] : spans[-1][1]].endswith("am 3. Augusts.")


@given(_texts | st.text(max_size=40), st.sampled_from(["en", "de", "fr", None]))
@example("J.\u00a0R. Smith said. He\u00a0J. left.", "en")
@settings(max_examples=400, deadline=None)
def test_any_text_is_cut_without_loss(text: str, language: str | None) -> None:
    """Whatever the text, every character that is no space is in exactly one sentence."""
    covered = "".join(text[s:e] for s, e in find_sentences(text, language))
    inside = "".join(text[s:e] for s, e in find_paragraphs(text))
    assert "".join(covered.split()) == "".join(inside.split())
