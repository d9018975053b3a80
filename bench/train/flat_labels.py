"""Lines of flattened pages with labels, from pages and their gold text: the training material of `extract.flat`.

A line is the article's when most of its three-word sequences stand in the gold text; of equal lines the one with more
of the article around it counts. The oracle (these labels scored as an answer) is .994 on `extract/flat`.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stemma.extract.flat.lines import Line, split_lines
from stemma.text.tokens import shingle, split_words

SETS = Path(__file__).resolve().parents[3] / "shared" / "bench" / "sets"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    id: str
    site: str
    style: str
    url: str | None
    lines: list[Line]
    labels: np.ndarray
    gold: str


def load_rows(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(row) for row in file]


def load_pages() -> list[LabelledPage]:
    """All pages of the flat dev set with a label (0 or 1) for each line."""
    gold = {row["id"]: row for row in load_rows(SETS / "extract/flat/gold.jsonl.gz")}
    pages = []
    for row in load_rows(SETS / "extract/flat/input.jsonl.gz"):
        answer = gold[row["id"]]
        lines = split_lines(row["text"])
        pages.append(
            LabelledPage(
                row["id"],
                answer["site"],
                answer["style"],
                row["url"],
                lines,
                label_lines(lines, answer["text"]),
                answer["text"],
            )
        )
    return pages


def label_lines(lines: list[Line], gold: str) -> np.ndarray:
    """1 for lines of the article, 0 for all others."""
    words = split_words(gold.replace("\u00ad", ""))
    trigrams = set(shingle(words, 3))
    gold_lines = Counter(tuple(split_words(row)) for row in gold.split("\n"))
    share = np.zeros(len(lines))
    for n, line in enumerate(lines):
        if len(line.words) < 4:
            share[n] = tuple(line.words) in gold_lines
        else:
            parts = shingle(line.words, 3)
            share[n] = sum(p in trigrams for p in parts) / len(parts)
    labels = (share >= 0.5).astype(int)
    # Of lines that stand more than once, as often as in the gold text, those with most of the article around them.
    sizes = np.array([len(line.words) for line in lines], dtype=float)
    near = np.convolve(labels * sizes, np.ones(9), "same") if len(lines) >= 9 else labels * sizes
    places: dict[tuple[str, ...], list[int]] = {}
    for n, line in enumerate(lines):
        if labels[n]:
            places.setdefault(tuple(line.words), []).append(n)
    for key, at in places.items():
        allowed = max(1, gold_lines[key])
        if len(at) > allowed:
            for n in sorted(at, key=lambda n: -near[n])[allowed:]:
                labels[n] = 0
    # A short line counts only inside the article or right beside it.
    kept = [n for n in range(len(lines)) if labels[n] and sizes[n] >= 8]
    if kept:
        for n in range(len(lines)):
            if labels[n] and sizes[n] < 4 and not kept[0] - 3 <= n <= kept[-1] + 3:
                labels[n] = 0
    return labels
