"""Outlets of one owner, as the operator's file says."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.errors import ConfigError
from stemma.newsroom.families import Families, load_families
from stemma.newsroom.independence import find_voices
from stemma.types import Article, ArticleId

FILE = """
[[family]]
name = "Harbour Media"
outlets = ["Harbour Gazette", "The Márn Post", "eastbay.example"]
source = "https://harbourmedia.example/report"

[[family]]
name = "Council"
outlets = ["brennwald.example"]
"""


def _article(ident: str, **fields: object) -> Article:
    return Article(id=ArticleId(ident), text="x", **fields)  # type: ignore[arg-type]


@pytest.fixture(name="families")
def _families(tmp_path: Path) -> Families:
    (tmp_path / "families.toml").write_text(FILE, encoding="utf-8")
    return load_families(tmp_path)


def test_an_outlet_is_known_by_name_or_host(families: Families) -> None:
    """Case and accents do not matter, a host stands for those below it, and no other host ends like it."""
    assert families.find(_article("a", outlet="HARBOUR GAZETTE")) == "Harbour Media"
    assert families.find(_article("b", outlet="The Marn Post")) == "Harbour Media"
    assert families.find(_article("c", url="https://news.eastbay.example/1")) == "Harbour Media"
    assert families.find(_article("d", url="https://brennwald.example/1", outlet="Town Hall")) == "Council"
    assert families.find(_article("e", url="https://noteastbay.example/1", outlet="Eastbay")) is None
    assert families.find(_article("f", url="https://[broken")) is None
    assert families.find(_article("g")) is None


def test_a_family_is_one_voice(families: Families) -> None:
    """Outlets of one owner count once; a text with an agency's credit is the agency's."""
    articles = [
        _article("a", outlet="Harbour Gazette"),
        _article("b", outlet="The Marn Post"),
        _article("c", outlet="Lakeside Times"),
        _article("d", outlet="Harbour Gazette", agency="AFP"),
    ]
    assert len(find_voices(articles, [])) == 4
    assert len(find_voices(articles, [], families=families)) == 3


def test_without_a_file_every_outlet_stands_for_itself(tmp_path: Path) -> None:
    """The file is optional."""
    assert load_families(tmp_path).families == ()
    assert load_families(tmp_path).find(_article("a", outlet="Harbour Gazette")) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[family]]\nname = 3", "name is missing"),
        ('[[family]]\nname = "A"\noutlets = "B"', "outlets must be a list"),
        ('[[family]]\nname = "A"\noutlets = []', "outlets must be a list"),
        ('[[family]]\nname = "A"\noutlets = ["B"]\nowner = "C"', "nothing else"),
        ('families = ["A"]', "nothing else"),
        ("[[family", "cannot be read"),
        (
            '[[family]]\nname = "A"\noutlets = ["X"]\n[[family]]\nname = "B"\noutlets = ["x"]',
            "is in 'A' and in 'B'",
        ),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, text: str, words: str) -> None:
    """The operator is told which file and what is wrong with it."""
    (tmp_path / "families.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        load_families(tmp_path)
