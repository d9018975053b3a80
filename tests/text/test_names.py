"""Spellings of one name meet."""

from __future__ import annotations

import pytest

from stemma.text.names import fold_name


@pytest.mark.parametrize(
    "words", [("Torsky", "Torskiy", "Torskyy", "Торский"), ("Müller", "Muller"), ("Ana's", "Ana")]
)
def test_spellings_fold_to_one(words: tuple[str, ...]) -> None:
    """Transliterations, double letters and possessives give one key."""
    assert len({fold_name(w) for w in words}) == 1


def test_different_names_stay_apart() -> None:
    """Folding does not merge two names."""
    assert fold_name("Torvik") != fold_name("Tarvik")
