"""Figures and reported speech in the four languages served, in texts of our own."""

from __future__ import annotations

import pytest

from stemma.facts import find_figures, find_quotes
from stemma.types import Article, ArticleId


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "unit", "qualifier"),
    [
        ("en", "More than a dozen miners were killed.", 12, None, None, "more than"),
        ("en", "No fewer than 30 soldiers were injured.", 30, None, None, "at least"),
        ("en", "Hundreds of houses burned down.", 200, None, None, "about"),
        ("en", "Between 40 and 50 people were arrested.", 40, 50, None, "between"),
        ("en", "The bridge will cost $3.5 million.", 3_500_000, 3_500_000, "USD", "exact"),
        ("de", "Mindestens zwölf Menschen wurden getötet.", 12, None, None, "at least"),
        ("de", "Zwischen 40 und 50 Personen wurden festgenommen.", 40, 50, None, "between"),
        ("de", "Die Brücke kostet 3,5 Millionen Euro.", 3_500_000, 3_500_000, "EUR", "exact"),
        ("fr", "Au moins douze personnes ont été tuées.", 12, None, None, "at least"),
        ("fr", "Entre 40 et 50 personnes ont été arrêtées.", 40, 50, None, "between"),
        ("fr", "Le pont coûtera 3,5 millions d’euros.", 3_500_000, 3_500_000, "EUR", "exact"),
        ("es", "Al menos doce personas murieron.", 12, None, None, "at least"),
        ("es", "Entre 40 y 50 personas fueron detenidas.", 40, 50, None, "between"),
        ("es", "El puente costará 3,5 millones de euros.", 3_500_000, 3_500_000, "EUR", "exact"),
    ],
)
def test_figure(
    language: str, text: str, low: float | None, high: float | None, unit: str | None, qualifier: str
) -> None:
    """Number words, ranges, bounds and money are read with their unit and qualifier."""
    (figure,) = find_figures(Article(id=ArticleId("a"), text=text, language=language))
    assert (figure.low, figure.high, figure.unit, figure.qualifier) == (low, high, unit, qualifier)


def test_two_currencies_of_one_sentence() -> None:
    """Each sum keeps its own currency."""
    text = "He paid £20,000 and €15,000 for it."
    figures = find_figures(Article(id=ArticleId("a"), text=text, language="en"))
    assert [(f.low, f.unit) for f in figures] == [(20_000, "GBP"), (15_000, "EUR")]


def test_ordinals_ages_and_dates_are_no_figures() -> None:
    """What numbers name or date counts nothing."""
    text = "The second bridge, 34 years old, closed on 12 May 2024."
    assert find_figures(Article(id=ArticleId("a"), text=text, language="en")) == ()


@pytest.mark.parametrize(
    ("language", "text", "said", "speaker"),
    [
        (
            "fr",
            "Le maire a affirmé que le pont resterait fermé.",
            "que le pont resterait fermé",
            "Le maire",
        ),
        ("fr", "Selon la police, trois maisons ont brûlé.", "trois maisons ont brûlé", "la police"),
        (
            "es",
            "El alcalde afirmó que el puente seguiría cerrado.",
            "que el puente seguiría cerrado",
            "El alcalde",
        ),
        ("es", "Según la policía, tres casas ardieron.", "tres casas ardieron", "la policía"),
    ],
)
def test_indirect_speech(language: str, text: str, said: str, speaker: str) -> None:
    """A clause behind a verb of saying and the rest of a sentence with a source are reported speech of their speaker."""
    (quote,) = find_quotes(Article(id=ArticleId("a"), text=text, language=language))
    assert (text[quote.span.start : quote.span.end], quote.kind, quote.speaker) == (
        said,
        "indirect",
        speaker,
    )


def test_a_spanish_day_is_no_figure_and_a_french_day_no_thing() -> None:
    """ "el 18 de junio" is a date; of "100 points dimanche" Sunday is not what is counted."""
    text = "Presidirán una conferencia en Kelm el 18 de junio para poner en marcha el plan."
    assert find_figures(Article(id=ArticleId("a"), text=text, language="es")) == ()
    text = "Le pic de 100 points dimanche a surpris."
    assert [f.of for f in find_figures(Article(id=ArticleId("a"), text=text, language="fr"))] == ["pic"]


def test_a_spanish_source_behind_its_verb() -> None:
    """ "según confirmó ayer el presidente": the verb and the day are no part of who confirmed it."""
    text = "La iniciativa se suma a otros esfuerzos, según confirmó ayer el presidente del Gobierno, Pedro Falco."
    (only,) = find_quotes(Article(id=ArticleId("a"), text=text, language="es"))
    assert only.speaker == "el presidente del Gobierno"
