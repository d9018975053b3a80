"""CPU of grouping, an article, at small and at large numbers of open articles, and the memory that they take.

    python bench/speed/stories.py FILE [--open 10000] [--large 1000000] [--measure 500]

FILE holds real article lines. Texts are scaled up honestly: each further article is a real one in which every name and number is
replaced by another (the same everywhere in that article) drawn from all names and numbers of the file, so that words
are as frequent, texts as long and new words as many as in real streams, and no two articles are copies. Every
made-up article stays open (one day for all). Figures are process time, one thread; `ratio` is to the time that reading
the same article's JSON line and splitting its text into words takes in the same run (`find_words`).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import time
from dataclasses import replace

import numpy as np

from stemma.stories import OpenStories
from stemma.stories.bags import NAME, Bag, make_bag
from stemma.stories.clock import find_moment
from stemma.stories.vocabulary import NUMBER
from stemma.text.tokens import find_words
from stemma.types import ArticleId, StoryId
from stemma.wire import parse_article


def vary(bag: Bag, pool: np.ndarray, rng: np.random.Generator) -> Bag:
    """The bag with its names and numbers exchanged for others; one in eight of them is new to the stream."""
    entries = bag.entries.copy()
    marked = np.flatnonzero(entries & (NAME | NUMBER))
    keys = rng.choice(pool, size=len(marked))
    new = rng.random(len(marked)) < 0.125
    keys[new] = rng.integers(0, 1 << 24, size=int(new.sum()), dtype=np.uint32)
    entries[marked] = (keys << 8) | (entries[marked] & 255)
    _, first = np.unique(entries >> 8, return_index=True)
    first.sort()
    pairs = np.sort(bag.pairs ^ rng.integers(0, 1 << 32, dtype=np.uint32))
    return replace(bag, entries=entries[first], pairs=pairs, spelled=tuple(bag.spelled[k] for k in first))


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file")
    ap.add_argument("--open", type=int, default=10_000)
    ap.add_argument("--large", type=int, default=0)
    ap.add_argument("--measure", type=int, default=500)
    a = ap.parse_args()
    with open(a.file, encoding="utf-8") as lines:
        raw = lines.readlines()
    articles = [parse_article(json.loads(line)) for line in raw]
    dated = next(a.published for a in articles if find_moment(a) is not None)
    articles = [replace(a, published=dated) for a in articles]
    day = find_moment(articles[0])
    rng, order = np.random.default_rng(1), random.Random(1)
    bags = [make_bag(article) for article in articles]
    pool = np.concatenate([b.entries[(b.entries & (NAME | NUMBER)) > 0] >> 8 for b in bags])
    stream = OpenStories()
    held = 0
    for target in (t for t in (a.open, a.large) if t):
        while held < target - a.measure:
            bag = vary(bags[order.randrange(len(bags))], pool, rng)
            stream._memory.remember(
                ArticleId(f"x{held}"), bag, day, day, StoryId(f"s-{held // 2 if held % 4 == 1 else held}")
            )
            held += 1
        spent, plain = [], []
        for _ in range(a.measure):
            which = order.randrange(len(articles))
            start = time.process_time()
            find_words(json.loads(raw[which])["text"])
            plain.append(time.process_time() - start)
            article = replace(articles[which], id=ArticleId(f"x{held}"))
            start = time.process_time()
            placement = stream.decide(article)
            stream.apply(article, placement)
            spent.append(time.process_time() - start)
            held += 1
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({
            "open_articles": held, "open_stories": stream._memory.open_count,
            "mean_ms": round(1000 * float(np.mean(spent)), 2), "median_ms": round(1000 * float(np.median(spent)), 2),
            "p95_ms": round(1000 * float(np.quantile(spent, 0.95)), 2), "peak_mib": round(peak),
            "ratio": round(float(np.mean(spent) / np.mean(plain)), 2),
        }), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
