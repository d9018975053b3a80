"""Retellings are known by their details in order; independent reports of the same event are not."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from stemma.lineage import judge_copies
from stemma.lineage.reading import read_article
from stemma.lineage.retelling import Telling, find_retelling, read_telling
from stemma.types import Article, ArticleId, Published

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "cases" / "rewrites" / "pairs.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
EVENTS = tomllib.loads(
    (Path(__file__).parent.parent / "cases" / "rewrites.toml").read_text(encoding="utf-8")
)["event"]


def article(name: str, text: str, **more: object) -> Article:
    return Article(id=ArticleId(name), text=text.strip(), language="en", outlet=f"Outlet {name}", **more)


def telling(text: str) -> Telling:
    return read_telling(read_article(article("x", text)))


@pytest.mark.parametrize("event", EVENTS, ids=[e["name"] for e in EVENTS])
def test_a_free_retelling_is_found(event: dict[str, str]) -> None:
    """A retelling that shares almost no word sequence is known as one."""
    assert find_retelling(telling(event["retold"]), telling(event["source"])) is not None


@pytest.mark.parametrize("event", EVENTS, ids=[e["name"] for e in EVENTS])
def test_independent_reports_are_no_retelling(event: dict[str, str]) -> None:
    """Two newsrooms that saw the same event are not told to have copied each other."""
    assert find_retelling(telling(event["independent"]), telling(event["source"])) is None
    assert find_retelling(telling(event["independent"]), telling(event["retold"])) is None


def test_recall_and_precision_on_forty_pairs() -> None:
    """Of forty retellings four fifths are found, and nine of ten that are found are retellings."""
    found = [
        p["kind"]
        for p in PAIRS
        if find_retelling(telling(p["b"]["text"]), telling(p["a"]["text"])) is not None
    ]
    rewrites = found.count("rewrite")
    assert rewrites >= 0.8 * sum(p["kind"] == "rewrite" for p in PAIRS)
    assert rewrites >= 0.9 * len(found)


def test_reports_of_different_events_are_no_retelling() -> None:
    """No report retells that of another event."""
    for one, other in product(EVENTS, EVENTS):
        if one is not other:
            assert find_retelling(telling(one["source"]), telling(other["source"])) is None


def test_one_story_gives_one_edge_of_kind_rewrite() -> None:
    """Among all texts of all events each retelling gets the edge to its source, and nothing else gets one."""
    articles = []
    for event in EVENTS:
        for role in ("source", "retold", "independent"):
            stated = "2026-04-10T08:00:00Z" if role == "source" else "2026-04-10T15:00:00Z"
            day = stated[:10]
            articles.append(
                article(
                    f"{event['name']}-{role}",
                    event[role],
                    published=Published(
                        stated=stated, earliest=date.fromisoformat(day), latest=date.fromisoformat(day)
                    ),
                )
            )
    edges = judge_copies(articles)
    assert {(c.child, c.parent) for c in edges} == {
        (f"{e['name']}-retold", f"{e['name']}-source") for e in EVENTS
    }
    assert {c.kind for c in edges} == {"rewrite"}
    assert {c.direction for c in edges} == {"decided"}


def test_a_retelling_names_changed_quotation_and_office() -> None:
    """A quotation reworded, one that no text has, and an office are told with their places."""
    base = EVENTS[0]
    source = (
        base["source"]
        + '\n"The water was perfectly calm that morning," President Oda Rehn said on Friday evening.\n'
    )
    retold = (
        base["retold"]
        + '\n"The water that morning was calm and clear," former President Oda Rehn stated.\n'
        + '\n"Heads will roll over this disgrace," Rehn thundered.\n'
    )
    (edge,) = [c for c in judge_copies([article("a", source), article("b", retold)]) if c.parent]
    child = retold.strip() if edge.child == "b" else source.strip()
    assert edge.child == "b" or edge.direction == "undetermined"
    if edge.child == "b":
        told = {(c.kind, c.detail, child[c.child.start : c.child.end]) for c in edge.changes if c.child}
        assert ("quote", "reworded", "The water that morning was calm and clear,") in told
        assert ("quote", "invented", "Heads will roll over this disgrace,") in told
        assert any(kind == "name" and words.startswith("former President") for kind, _, words in told)


def test_what_a_retelling_gives_as_fact_is_told() -> None:
    """A source that says "probably" and a retelling that does not; one that says it in other words lost nothing."""
    base = EVENTS[0]
    source = (
        base["source"]
        + "\nThe ferry's rudder had probably jammed in the ice of the river mouth, inspector Ole Brandt said.\n"
    )
    ending = "\nInspector Ole Brandt said the rudder of the ferry jammed because of ice in the river mouth.\n"
    hedged = ending.replace("jammed because", "may have jammed because")

    def lost(retold: str) -> list[str]:
        (edge,) = [c for c in judge_copies([article("a", source), article("b", retold)]) if c.parent]
        text = (source if edge.parent == "a" else retold).strip()
        return [text[c.parent.start : c.parent.end] for c in edge.changes if c.kind == "hedge" and c.parent]

    assert "probably" in lost(base["retold"] + ending)
    assert "probably" not in lost(base["retold"] + hedged)
