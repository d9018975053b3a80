"""Quantities in texts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.text.numbers import find_quantities


def read(text: str, language: str = "en") -> list[tuple[str, float | None, float | None, str, str | None]]:
    return [
        (text[q.start : q.end], q.low, q.high, q.qualifier, q.unit) for q in find_quantities(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "low", "high", "qualifier", "unit"),
    [
        ("1,204 homes", 1204, 1204, "exact", None),
        ("twenty-two homes", 22, 22, "exact", None),
        ("two hundred and fifty homes", 250, 250, "exact", None),
        ("At least three homes", 3, None, "at least", None),
        ("more than 12,000 homes", 12000, None, "more than", None),
        ("as many as 40 homes", None, 40, "up to", None),
        ("fewer than 90 homes", None, 90, "fewer than", None),
        ("about 4,000 homes", 4000, 4000, "about", None),
        ("three or four homes", 3, 4, "between", None),
        ("between 5 and 10 homes", 5, 10, "between", None),
        ("5,000 to 6,000 homes", 5000, 6000, "between", None),
        ("£250m to £300m for homes", 250e6, 300e6, "between", "GBP"),
        ("between $40 and $60 a home", 40, 60, "between", "USD"),
        ("$5bn-$7bn for homes", 5e9, 7e9, "between", "USD"),
        ("dozens of homes", 24, None, "about", None),
        ("a dozen homes", 12, 12, "exact", None),
        ("$1.2 billion", 1.2e9, 1.2e9, "exact", "USD"),
        ("1,200 million dollars", 1.2e9, 1.2e9, "exact", "USD"),
        ("€3.5bn", 3.5e9, 3.5e9, "exact", "EUR"),
        ("4.3 percent", 4.3, 4.3, "exact", "%"),
        ("up to 30%", None, 30, "up to", "%"),
        ("12 km", 12, 12, "exact", "km"),
    ],
)
def test_english(text: str, low: float | None, high: float | None, qualifier: str, unit: str | None) -> None:
    """Value, qualifier and unit follow the command reference."""
    assert [found[1:] for found in read(text)] == [(low, high, qualifier, unit)]


@pytest.mark.parametrize(
    ("text", "language", "low", "high", "qualifier", "unit"),
    [
        ("mindestens 1.152 Häuser", "de", 1152, None, "at least", None),
        ("rund 10,7 Prozent", "de", 10.7, 10.7, "about", "%"),
        ("zweihundertfünfzig Häuser", "de", 250, 250, "exact", None),
        ("zwischen 600 Millionen und zwei Milliarden Euro", "de", 6e8, 2e9, "between", "EUR"),
        ("bis zu 1,9 Mrd. Euro", "de", None, 1.9e9, "up to", "EUR"),
        ("au moins 12 000 maisons", "fr", 12000, None, "at least", None),
        ("3,5 milliards d'euros", "fr", 3.5e9, 3.5e9, "exact", "EUR"),
        ("une centaine de maisons", "fr", 100, 100, "exact", None),
        ("más de 3.500 millones de euros", "es", 3.5e9, None, "more than", "EUR"),
        ("treinta y dos casas", "es", 32, 32, "exact", None),
        ("entre dos y tres casas", "es", 2, 3, "between", None),
    ],
)
def test_other_languages(
    text: str, language: str, low: float | None, high: float | None, qualifier: str, unit: str | None
) -> None:
    """Points, commas, words and qualifiers are those of the language."""
    assert [found[1:] for found in read(text, language)] == [(low, high, qualifier, unit)]


@pytest.mark.parametrize("text", ["the G7", "on the 24th", "at 5:45", "call 555-010-7788 now", "see a.b/123"])
def test_digits_that_are_no_quantities(text: str) -> None:
    """Ordinals, clock times, labels and telephone numbers are left out or stay single digits of no range."""
    assert all(q.qualifier != "between" for q in find_quantities(text, "en"))
    assert not any(text[q.start : q.end] in ("7", "24", "5", "45") for q in find_quantities(text, "en"))


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Whatever the text, spans lie within it, in order, and never overlap."""
    for language in ("en", "de", "xx"):
        found = find_quantities(text, language)
        assert all(0 <= q.start <= q.core < q.end <= len(text) for q in found)
        assert all(a.end <= b.start for a, b in itertools.pairwise(found))


def test_m_before_a_measure_is_metres() -> None:
    """ "5m to 7m long", "a 12m-high wall" and "3m above sea level" are metres; people and money in m are millions."""
    assert read("The snake was 5m to 7m long.") == [("5m to 7m", 5.0, 7.0, "between", "m")]
    assert [(q.low, q.unit) for q in find_quantities("A 12m-high wall stood 3m above the road.", "en")] == [
        (12.0, "m"),
        (3.0, "m"),
    ]
    assert [(q.low, q.unit) for q in find_quantities("Some 2m people fled and £3m went.", "en")] == [
        (2_000_000.0, None),
        (3_000_000.0, "GBP"),
    ]


def test_money_in_m_is_millions_before_a_stop() -> None:
    """ "£300m," and "£300m." are millions, "fell 60m." is not."""
    for words in ("It cost £300m, they said.", "It cost £300m.", "Some £300m went."):
        assert [(q.low, q.unit) for q in find_quantities(words, "en")] == [(300_000_000.0, "GBP")]
    assert [q.low for q in find_quantities("It fell 60m.", "en")] == [60.0]
