"""The mapped tables say what py3langid says."""

from __future__ import annotations

import py3langid
import pytest

from stemma.extract.html.langid import load_identifier
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
