"""Names and words of quotations, as a page shows them."""

from __future__ import annotations

import pytest

from stemma.serve.quotations import find_words, merge_names
from stemma.store.views import PlaceView, QuoteView


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Orest Havelsky", "Orest Havelskiy", "Orest Havelskiy"], {"Orest Havelskiy"}),
        (["Havelskyy", "Orest Havelsky"], {"Orest Havelsky"}),
        (["Marrant", "Ilse Márrant"], {"Ilse Márrant"}),
        (
            ["Havelsky", "Orest Havelsky", "Petro Havelskiy"],
            {"Havelsky", "Orest Havelsky", "Petro Havelskiy"},
        ),
        (["田中", "木村"], {"田中", "木村"}),
    ],
)
def test_spellings_of_a_name_are_one_person(names: list[str], shown: set[str]) -> None:
    """Spellings and short forms meet under one name, but a short form that two people have stays by itself."""
    assert set(merge_names(names).values()) == shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("it an 'assault on memory'", "'assault on memory'"),
        ("that it's 'the river's own' fault", "'the river's own'"),
        ("a “quiet” day and “no more”", "“quiet” […] “no more”"),
        ("it's the players' own day", "it's the players' own day"),
    ],
)
def test_a_phrase_in_marks_is_shown_without_the_outlet_s_words(words: str, said: str) -> None:
    """Marks of every kind hold what was said; an apostrophe is none."""
    place = PlaceView(article=1, start=0, end=len(words), words=words)
    view = QuoteView(place=place, pieces=(place,), kind="mixed", speaker=None, speaker_place=None, cue=None)
    assert find_words(view) == said
