"""The dev pages of `extract/html` as blocks with labels: what the fitting scripts learn from.

A block's label is the share of its four-word shingles that the gold text has; a block under four words counts where it
is a gold line, or where it stands in the gold beside a neighbour that does. Nothing of the pages is written anywhere.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from stemma.extract.html.claims import read_claims
from stemma.extract.html.fallback import read_main
from stemma.extract.html.features import Known
from stemma.extract.html.fields import read_fields
from stemma.extract.html.outline import Outline, read_outline

BENCH = Path(__file__).parents[2].parent / "shared" / "bench"
SET = BENCH / "sets" / "extract" / "html"
DATES = BENCH / "sets" / "extract" / "date"
TRUST = 0.4
SHORTEST_TAUGHT = 500
sys.path.insert(0, str(BENCH))

from benchlib.extract import match, prf  # noqa: E402
from benchlib.text import shingles, tokens  # noqa: E402

__all__ = ["SET", "Example", "load_examples", "load_taught", "match", "prf"]


@dataclass(slots=True)
class Example:
    """One page: `labels` and `weight` have one value a block; the weights of a page's own words sum to about 1."""

    id: str
    site: str
    group: str
    gold: str
    outline: Outline
    known: Known
    labels: np.ndarray
    weight: np.ndarray
    trust: float = 1.0


def load_examples(*, step: int = 1) -> list[Example]:
    """All pages of the set, or each `step`th."""
    with gzip.open(SET / "input.jsonl.gz") as lines:
        pages = [json.loads(line) for line in lines][::step]
    with gzip.open(SET / "gold.jsonl.gz") as lines:
        gold = {row["id"]: row for row in map(json.loads, lines)}
    return [_example(page, gold[page["id"]]) for page in pages]


def load_taught() -> list[Example]:
    """The pages of `extract/date`, which have no gold text, labelled by what trafilatura's fast mode keeps of them.

    They teach other sites and what trafilatura knows; they count less than gold.
    """
    with gzip.open(DATES / "input.jsonl.gz") as lines:
        pages = [json.loads(line) for line in lines]
    examples = []
    for page in pages:
        text = "\n\n".join(read_main(page["html"]))
        if len(text) >= SHORTEST_TAUGHT:
            site = find_site(page["url"] or page["id"])
            example = _example(page, {"text": text, "site": site, "set": "taught"})
            example.weight *= TRUST
            example.trust = TRUST
            examples.append(example)
    return examples


def find_site(address: str) -> str:
    """The registered name of an address's host, as `site` of the set has it."""
    host = (urlsplit(address).hostname or address).lower()
    parts = host.split(".")
    short = len(parts) > 2 and len(parts[-1]) == 2 and len(parts[-2]) <= 3
    return ".".join(parts[-3:] if short else parts[-2:])


def label_blocks(outline: Outline, gold: str) -> np.ndarray:
    """The share of each block that is the article's."""
    wanted = shingles(gold)
    words = [tokens(t) for t in outline.texts]
    lines = Counter(tuple(tokens(line)) for line in gold.split("\n"))
    run = f" {' '.join(tokens(gold))} "
    share = np.zeros(len(words))
    for at, found in enumerate(words):
        if len(found) >= 4:
            parts = shingles(outline.texts[at])
            share[at] = sum(min(n, wanted[part]) for part, n in parts.items()) / sum(parts.values())
    kept = share >= 0.5
    for at, found in enumerate(words):
        if not 0 < len(found) < 4:
            continue
        before = next((w for w in range(at - 1, max(-1, at - 4), -1) if kept[w]), None)
        after = next((w for w in range(at + 1, min(len(words), at + 4)) if kept[w]), None)
        beside = [" ".join([*words[before][-4:], *found])] if before is not None else []
        beside += [" ".join([*found, *words[after][:4]])] if after is not None else []
        share[at] = tuple(found) in lines or any(f" {b} " in run for b in beside)
    return share


def _example(page: dict[str, Any], gold: dict[str, Any]) -> Example:
    tree = LexborHTMLParser(page["html"])
    claims = read_claims(tree, url=page["url"])
    fields = read_fields(tree, claims, url=page["url"], outlet=None)
    outline = read_outline(tree)
    labels = label_blocks(outline, gold["text"])
    lengths = np.array([max(1, len(tokens(t)) - 3) for t in outline.texts], dtype=float)
    own = max(1.0, float((lengths * labels).sum()))
    return Example(
        id=page["id"],
        site=gold["site"],
        group=gold["set"],
        gold=gold["text"],
        outline=outline,
        known=Known(title=fields.title, description=fields.description, body=fields.body),
        labels=labels,
        weight=lengths / own,
    )
