"""How what the articles of one story give relates: the cases in `tests/cases/comparisons`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from stemma.facts import ArticleFacts, compare_story, find_figures, find_quotes
from stemma.types import Article, ArticleId
from stemma.wire import parse_article

CASES = Path(__file__).parent.parent / "cases" / "comparisons"


def load_cases() -> list[Any]:
    cases = []
    for path in sorted(CASES.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            marks = [pytest.mark.xfail(strict=True, reason=case["known_gap"])] if "known_gap" in case else []
            cases.append(pytest.param(case, id=f"{path.stem}: {case['name']}", marks=marks))
    return cases


def facts_of(line: dict[str, Any]) -> ArticleFacts:
    article = parse_article(line)
    assert isinstance(article, Article)
    return ArticleFacts(article=article, quotes=find_quotes(article), figures=find_figures(article))


@pytest.mark.parametrize("case", load_cases())
def test_case(case: dict[str, Any]) -> None:
    """Each expected comparison is found with its values, and none of the excluded relations is said."""
    parents = {ArticleId(k): ArticleId(v) for k, v in case.get("parents", {}).items()}
    found = compare_story([facts_of(line) for line in case["articles"]], parents=parents)
    for expected in case["expect"]:
        want = {key: tuple(v) if v else (None, None) for key, v in expected["values"].items()}
        have = [
            {v.span.article: (v.low, v.high) for v in comparison.values}
            for comparison in found
            if comparison.relation == expected["relation"]
        ]
        assert want in have, found
    assert not [c for c in found if c.relation in case["never"]]


def test_at_least_thirty_cases_over_all_relations() -> None:
    """There are cases for every relation of the command reference, and for none."""
    relations = {e["relation"] for p in load_cases() for e in p.values[0]["expect"]}
    assert relations == {
        "agree", "contradiction", "revision", "different scope", "different definition", "rounding", "parts and sum",
    }  # fmt: skip
    assert len(load_cases()) >= 30


def test_name_is_not_that_of_a_count_of_one() -> None:
    """Where names are equally full, that of several is said: "people killed", not "casualty killed"."""
    texts = (
        "At least one casualty was killed in Belmora, officials said.",
        "Two people were killed across the country, the mayor said.",
    )
    lines = [
        {"id": str(n), "published": f"2031-03-0{n}T09:00:00Z", "language": "en", "title": None, "text": text}
        for n, text in enumerate(texts, start=3)
    ]
    assert [c.about for c in compare_story([facts_of(line) for line in lines])] == ["people killed"]


def test_one_value_an_article() -> None:
    """A comparison never has two values of one article."""
    for case in (p.values[0] for p in load_cases()):
        for comparison in compare_story([facts_of(line) for line in case["articles"]]):
            articles = [v.span.article for v in comparison.values]
            assert len(articles) == len(set(articles)) > 1
