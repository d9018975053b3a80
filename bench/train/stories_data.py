"""Sets of stories for fitting and judging: articles, gold, and parts that never meet between training and test.

Reads `../shared/bench/sets/stories`. Stories of several sets that hold the same text, and stories that are each other's nearest
(twin events), are always in one part.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from zlib import crc32

from stemma.stories.bags import Bag, make_bag
from stemma.stories.clock import find_moment, find_sighting
from stemma.types import Article
from stemma.wire import parse_article

SETS = Path(__file__).resolve().parents[3] / "shared" / "bench" / "sets" / "stories"
NAMES = ("mix", "ecbplus", "uci-titles", "gva", "allsides", "lookalike")


@dataclass(slots=True)
class Item:
    article: Article
    bag: Bag
    moment: float | None
    sighting: float | None
    story: str
    part: int = 0


def read_lines(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_set(name: str) -> list[Item]:
    """One set in order of arrival; `story` of a look-alike item is "kind-company", "" where it has no label."""
    gold = {r["id"]: r for r in read_lines(SETS / name / "gold.jsonl.gz")}
    items = []
    for line in read_lines(SETS / name / "input.jsonl.gz"):
        article = parse_article(line)
        label = gold.get(line["id"])
        story = (
            ""
            if label is None
            else label["story"]
            if "story" in label
            else f"{label['kind']}-{label['company']}"
        )
        items.append(Item(article, make_bag(article), find_moment(article), find_sighting(article), story))
    return items


def load_all(names=NAMES, parts: int = 3) -> dict[str, list[Item]]:
    """All sets with their parts for cross-validation."""
    sets = {name: load_set(name) for name in names}
    root: dict[tuple[str, str], tuple[str, str]] = {}

    def find(x):
        while root.setdefault(x, x) != x:
            x = root[x]
        return x

    seen: dict[str, tuple[str, str]] = {}
    for name, items in sets.items():
        if name in ("lookalike", "uci-titles"):
            continue
        for item in items:
            text = "".join(c for c in item.article.text.lower() if c.isalpha())[-300:]
            at = (name, item.story)
            find(at)
            if len(text) > 100:
                if text in seen:
                    root[find(at)] = find(seen[text])
                seen.setdefault(text, at)
        for one, other in _twins(items) if name in ("ecbplus", "mix") else ():
            root[find((name, one))] = find((name, other))
    for name, items in sets.items():
        for n, item in enumerate(items):
            if name == "lookalike":
                item.part = n * parts // len(items)
            else:
                item.part = crc32("/".join(find((name, item.story))).encode()) % parts
    return sets


def _twins(items: list[Item], most: float = 0.35) -> list[tuple[str, str]]:
    """Stories that are each other's nearest by words, if near at all."""
    words: defaultdict[str, Counter] = defaultdict(Counter)
    for item in items:
        words[item.story].update((item.bag.entries >> 8).tolist())
    df = Counter(w for bag in words.values() for w in bag)
    vectors = {}
    for story, bag in words.items():
        v = {w: (1 + log(n)) * log(len(words) / df[w]) for w, n in bag.items()}
        size = sqrt(sum(x * x for x in v.values())) or 1.0
        vectors[story] = {w: x / size for w, x in v.items()}
    nearest = {}
    for one, v in vectors.items():
        best = max(
            (
                (sum(x * u.get(w, 0.0) for w, x in v.items()), other)
                for other, u in vectors.items()
                if other != one
            )
        )
        nearest[one] = best
    return [
        (one, other) for one, (score, other) in nearest.items() if score > most or nearest[other][1] == one
    ]
