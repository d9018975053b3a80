"""CPU of lineage: candidates an article, a copy verified with its changes, a rewrite judged, and growth.

    python bench/speed/lineage.py [input.jsonl.gz] [--articles N]

Without a file the texts are made up (seeded). One process, `process_time`; rensa's MinHash of the same word sequences stands
beside as a measure of the machine. The last lines add N made-up articles and show what an article costs along the way.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import resource
import time
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path

from rensa import RMinHash

from stemma.lineage.changes import find_changes
from stemma.lineage.compare import lay_beside, measure_overlap
from stemma.lineage.index import LineageIndex
from stemma.lineage.reading import read_article
from stemma.lineage.retelling import find_retelling, read_telling
from stemma.text.tokens import shingle, split_words
from stemma.types import Article, ArticleId
from stemma.wire import parse_article

_WORDS = 450


def measure(name: str, work: Callable[[], int]) -> float:
    """Runs the work three times and prints the least milliseconds for each thing that it says it did."""
    each = math.inf
    for _ in range(3):
        start = time.process_time()
        count = work()
        each = min(each, (time.process_time() - start) / max(1, count) * 1000)
    print(f"{name:<46} {each:8.3f} ms  ({count} times)")
    return each


def made_up(count: int, seed: int = 1) -> list[Article]:
    """Articles of frequent and rare invented words, as often as words are by their rank (Zipf and Mandelbrot).

    One in ten is an earlier one with a word in forty exchanged.
    """
    rng = random.Random(seed)
    words = ["".join(rng.choices("aeioulnrstdm", k=rng.randint(2, 9))) for _ in range(40_000)]
    often = list(accumulate(1.0 / (rank + 3) for rank in range(len(words))))
    articles: list[Article] = []
    for number in range(count):
        if number > 20 and number % 10 == 0:
            old = rng.choice(articles[-1000:]).text.split(" ")
            text = " ".join(rng.choice(words) if rng.random() < 0.025 else w for w in old)
        else:
            told = rng.choices(words, cum_weights=often, k=_WORDS)
            text = ". ".join(" ".join(told[at : at + 18]).capitalize() for at in range(0, _WORDS, 18))
        articles.append(
            Article(id=ArticleId(str(number)), text=text, language="en", outlet=f"Outlet {number % 300}")
        )
    return articles


def load(path: Path | None) -> list[Article]:
    """The articles of a file of article lines, or made-up ones."""
    if path is None:
        return made_up(600)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        parsed = [parse_article(json.loads(line)) for line in lines]
    return [article for article in parsed if isinstance(article, Article)]


def pairs_of(articles: Iterable[Article]) -> list[tuple[str, str]]:
    """Child and parent of every copy found."""
    index = LineageIndex()
    return [(c.child, c.parent) for article in articles for c in index.add(article) if c.parent is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=0, help="grow an index to so many made-up articles")
    options = parser.parse_args()
    articles = load(options.file)
    readings = {article.id: read_article(article) for article in articles}
    copies = [(readings[ArticleId(c)], readings[ArticleId(p)]) for c, p in pairs_of(articles)]
    tellings = [
        read_telling(reading) for reading in list(readings.values())[:80] if len(reading.sentences) > 4
    ]

    def minhash() -> int:
        for article in articles:
            sketch = RMinHash(num_perm=128, seed=1)
            sketch.update([" ".join(s) for s in shingle(split_words(article.text), 3)])
        return len(articles)

    def candidates() -> int:
        index = LineageIndex()
        for article in articles:
            reading = read_article(article)
            index.find_candidates(reading)
            index.keep(reading)
        return len(articles)

    def read() -> int:
        for article in articles:
            read_article(article)
        return len(articles)

    def verify() -> int:
        for child, parent in copies:
            measure_overlap(child, parent)
            find_changes(lay_beside(child, parent))
        return len(copies)

    def rewrites() -> int:
        for one in tellings[:40]:
            for other in tellings[40:]:
                find_retelling(one, other)
        return len(tellings[:40]) * len(tellings[40:])

    measure("rensa MinHash, 128 permutations, an article", minhash)
    measure("reading an article", read)
    measure("candidates an article, reading included", candidates)
    measure("a copy verified, with its changes", verify)
    measure("stems of an article, for rewrites", lambda: len([read_telling(r) for r in readings.values()]))
    measure("a rewrite judged", rewrites)
    if options.articles:
        grow(options.articles)


def grow(count: int) -> None:
    """Adds made-up articles and prints what one costs while the index grows, and the memory held so far.

    Judged are new articles of which the index has no copy, as most news are.
    """
    index = LineageIndex()
    step = max(1, count // 10)
    print(f"{'articles':>9}  {'remembered':>10}  {'judged':>9}  {'memory':>8}")
    for block in range(10):
        some = made_up(step, seed=block + 2)
        start = time.process_time()
        for article in some:
            index.remember(article)
        remembered = (time.process_time() - start) / step * 1000
        asked = made_up(200, seed=1_000 + block)
        start = time.process_time()
        for article in asked:
            index.judge(article)
        judged = (time.process_time() - start) / len(asked) * 1000
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{(block + 1) * step:>9}  {remembered:>7.3f} ms  {judged:>6.3f} ms  {memory:>5} MB", flush=True
        )


if __name__ == "__main__":
    main()
