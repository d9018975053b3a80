"""The mapped tables say what py3langid says, and what a page declares is checked against its words."""

from __future__ import annotations

import py3langid
import pytest

from stemma.extract.html import language
from stemma.extract.html.langid import load_identifier
from stemma.extract.html.language import detect_language
from stemma.text.resting import rest

TEXTS = (
    "The harbour bridge was closed on Tuesday after inspectors found cracks in two of its cables.",
    "Die Brücke über den Hafen wurde am Dienstag gesperrt, sagte die Bürgermeisterin der Stadt.",
    "Le pont du port a été fermé mardi après que des inspecteurs ont découvert des fissures.",
    "Мост через гавань был закрыт во вторник после проверки.",
    "大桥星期二关闭，检查人员发现两条缆索有裂缝。",
    "الجسر مغلق منذ يوم الثلاثاء",
    "12 34",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_verdict_is_the_same(text: str) -> None:
    """Language and score of each text, also after a rest: the tables are had again."""
    told = load_identifier().classify(text)
    assert told == py3langid.classify(text)
    rest()
    assert load_identifier().classify(text) == told
    assert isinstance(load_identifier().tk_nextmove, memoryview)


FALSELY_DECLARED = (
    ("De gemeenteraad heeft gisteravond besloten de nieuwe brug over de rivier te bouwen, met de stemmen van de partijen.", "de", "nl"),
    ("Il consiglio comunale ha approvato ieri sera la costruzione del nuovo ponte, con i voti della maggioranza.", "en", "it"),
    ("Le conseil municipal a approuvé hier soir la construction du nouveau pont, avec les voix de la majorité.", "en", "fr"),
    ("Der Stadtrat hat am Abend den Bau der neuen Brücke beschlossen, mit den Stimmen der meisten Parteien.", "en", "de"),
    ("The council voted on Monday to build the new bridge, with the votes of most of the parties in the city.", "de", "en"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "declared", "spoken"), FALSELY_DECLARED)
def test_a_false_declaration_is_not_believed(text: str, declared: str, spoken: str) -> None:
    """A page that declares another language than its words are of is read as what they are."""
    assert detect_language(text, declared=declared) == spoken


def test_small_words_confirm_what_a_page_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text full of the small words of its declared language is believed without the identifier; a list of names is not."""
    asked: list[str] = []
    monkeypatch.setattr(language, "load_identifier", lambda: Asked(asked))
    text = "The bridge was closed on Tuesday after two of its cables were found to be worn by the wind of the winter."
    assert detect_language(text, declared="en-GB") == "en"
    assert not asked
    names = "Torvik Falk Lamas Tolland Taran Ruiz Okarro Lindqvist Sample Example"
    assert detect_language(names, declared="en") == "et"
    assert asked == [names]


class Asked:
    """An identifier that notes what it is asked and takes everything for Estonian."""

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def classify(self, text: str) -> tuple[str, float]:
        self.asked.append(text)
        return "et", 0.0
