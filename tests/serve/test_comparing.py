"""How a comparison's rows name who gave a figure."""

from __future__ import annotations

import pytest

from stemma.serve.comparing import lower_opening


@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("The government", "en", "the government"),
        ("The Hague", "en", "The Hague"),
        ("Die Regierung", "de", "die Regierung"),
        ("Le gouvernement", "fr", "le gouvernement"),
        ("Espen Thorud", "en", "Espen Thorud"),
        ("Police", "en", "Police"),
        (None, "en", None),
    ],
)
def test_who_gave_a_figure_stands_as_within_a_sentence(
    name: str | None, language: str, shown: str | None
) -> None:
    """An article that opened a sentence has no capital after "according to"; a name keeps its own."""
    assert lower_opening(name, language) == shown
