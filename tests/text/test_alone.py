"""Which reported words a reader can understand away from their sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.text.alone import stands_alone


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the bridge would reopen in May"),
        ("en", "he would resign"),
        ("en", "to close the harbour for a week"),
        ("en", "she admires the dockers"),
        ("en", "a wider road along the old harbour to the fish market of Tolvik"),
        ("de", "dass die Brücke gesperrt bleibt"),
        ("de", "der Hafen werde „bald“ wieder geöffnet"),
        ("de", "Falk kündigte eine neue Mole an"),
        ("fr", "que le pont resterait fermé"),
        ("es", "que el puente seguirá cerrado"),
        ("it", "il ponte resterà chiuso"),
    ],
)
def test_clause(language: str, said: str) -> None:
    """A clause, or a phrase of some length, tells something by itself."""
    assert stands_alone(said, language)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "times"),
        ("en", "these demands"),
        ("en", "the old bridge"),
        ("en", "A bigger shadow of the north: “The fleet is not coming back"),
        ("en", "New docks: the council voted for them"),
        ("en", "the port (and the town was warned"),
        ("en", "the ferry was late because of the"),
        ("de", "diese Forderungen"),
        ("de", "die neue Brücke über den Hafen"),
        ("fr", "ces exigences"),
        ("es", "estas exigencias"),
        ("en", ""),
    ],
)
def test_scrap(language: str, said: str) -> None:
    """A noun phrase, a heading glued to a clause and what opens without closing do not."""
    assert not stands_alone(said, language)


@given(st.text(), st.sampled_from(["en", "de", "fr", "es", "xx", "", None]))
def test_any_text(said: str, language: str | None) -> None:
    """Any text and language give an answer."""
    assert stands_alone(said, language) in (True, False)
