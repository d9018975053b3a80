"""Where quotation marks open and close."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.text.quotation import find_quoted


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in find_quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we go” and left.", ["“we go”"]),
        ('"We go," she said. "Now."', ['"We go,"', '"Now."']),
        ("„Wir gehen“, sagte sie.", ["„Wir gehen“"]),
        ("He called it “absurd“ in a letter and “late”.", ["“absurd“", "“late”"]),
        ("»Wir gehen«, sagte sie.", ["»Wir gehen«"]),
        ("« Nous partons », a-t-elle dit.", ["« Nous partons »"]),
        ("«Nos vamos», dijo.", ["«Nos vamos»"]),
        ("”Vi går”, sade hon.", ["”Vi går”"]),
        ("「行きます」と言った。", ["「行きます」"]),
        ("''We go,'' he said.", ["''We go,''"]),
        ("``We go,'' he said.", ["``We go,''"]),
    ],
)
def test_marks_of_many_habits(text: str, expected: list[str]) -> None:
    """The marks of the languages served are found with their partner."""
    assert quoted(text) == expected


def test_single_marks_are_no_apostrophes() -> None:
    """British single marks are found; apostrophes and possessives within them end nothing."""
    assert quoted("'It's the workers' union that won't talk,' he said.") == [
        "'It's the workers' union that won't talk,'"
    ]
    assert quoted("The dogs' owners don't mind O'Hara's plan.") == []


def test_nested_marks_are_outermost() -> None:
    """A quotation within a quotation belongs to the outer one."""
    assert quoted("“He told me ‘never’ twice,” she said.") == ["“He told me ‘never’ twice,”"]
    assert quoted('"He told me “never” twice," she said.') == ['"He told me “never” twice,"']


def test_marks_of_tokenised_text_have_spaces_inside() -> None:
    """Two grave accents open although a space follows, and two apostrophes close."""
    text = "`` We are sorry, '' she said. `` It won't happen again. ''"
    assert [text[a:b] for a, b in find_quoted(text)] == [
        "`` We are sorry, ''",
        "`` It won't happen again. ''",
    ]


def test_quotation_over_paragraphs() -> None:
    """A paragraph that opens a quotation and does not close it goes on if the next opens with the same mark."""
    assert quoted("“First part.\n\n“Second part,” he said.") == ["“First part.", "“Second part,”"]
    assert quoted("An odd “ mark.\n\nNothing more.") == []


@given(st.text(alphabet="ab .,\n\"'“”„«»‘’", max_size=80))
def test_places_are_in_order_and_apart(text: str) -> None:
    """Whatever the text, runs lie within it, in order, and never overlap."""
    runs = find_quoted(text)
    assert all(0 <= a < b <= len(text) for a, b in runs)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(runs))


def test_a_closing_mark_alone_opens_nothing() -> None:
    """A corner bracket that closes, behind a space and before a word, is no fault and no quotation."""
    assert quoted("He said 」so and 』so.") == []
