"""The pairs of `tests/cases/rewrites` are what their README says."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

PAIRS = Path(__file__).resolve().parents[1] / "cases" / "rewrites" / "pairs.jsonl"


def load_pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def five_word_sequences(text: str) -> set[tuple[str, ...]]:
    """Outside quotation marks; a sequence does not run across a quotation."""
    words = re.findall(r"[\w']+|\|", re.sub(r'"[^"]*"', " | ", text.lower()))
    runs = (tuple(words[n : n + 5]) for n in range(len(words) - 4))
    return {run for run in runs if "|" not in run}


def test_there_are_forty_of_each_over_twenty_events() -> None:
    """As many rewrites as independent reports, two and two of each event."""
    counts = Counter((pair["event"], pair["kind"]) for pair in load_pairs())
    assert set(counts.values()) == {2}
    assert len(counts) == 40


def test_rewrites_share_nearly_no_five_words() -> None:
    """Outside quotation marks at most 3 % of a retelling's five-word sequences are in what it retells."""
    for pair in load_pairs():
        ours, theirs = five_word_sequences(pair["b"]["text"]), five_word_sequences(pair["a"]["text"])
        limit = 0.03 if pair["kind"] == "rewrite" else 0.0
        assert len(ours & theirs) <= limit * len(ours), pair["event"]


def test_texts_are_of_an_agency_items_length() -> None:
    """110 to 220 words."""
    for pair in load_pairs():
        for side in ("a", "b"):
            assert 110 <= len(pair[side]["text"].split()) <= 220


def test_each_labelled_change_stands_in_its_text() -> None:
    """A change is given by words that occur on each side, and they differ."""
    labelled = [(pair, change) for pair in load_pairs() for change in pair.get("changes", ())]
    assert {change["kind"] for _, change in labelled} == {"quote", "figure", "name", "hedge"}
    for pair, change in labelled:
        assert change["a"] in pair["a"]["text"]
        assert change["b"] in pair["b"]["text"]
        assert change["a"] != change["b"]
