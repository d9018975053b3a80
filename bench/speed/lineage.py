"""CPU of lineage: candidates an article, a copy verified with its changes, a rewrite judged, and growth.

    python bench/speed/lineage.py [input.jsonl.gz] [--articles N [--window M]]

Without a file the texts are made up (seeded). One process, `process_time`; rensa's MinHash of the same word sequences stands
beside as a measure of the machine, and datasketch's, where it is installed: nothing of ours needs it. With N, only what an article
costs while an index grows to N is shown.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import resource
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from stemma.lineage.changes import find_changes
from stemma.lineage.compare import lay_beside, measure_overlap
from stemma.lineage.index import LineageIndex, _shelve
from stemma.lineage.reading import Reading, _sequences, _sketch, read_article
from stemma.lineage.retelling import find_retelling, read_telling
from stemma.text.tokens import shingle, split_words
from stemma.types import Article, ArticleId
from stemma.wire import parse_article

_WORDS = 450
_BLOCK = 500


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


def measure_datasketch(articles: list[Article]) -> None:
    """The same MinHash by datasketch."""
    try:
        from datasketch import MinHash
    except ImportError:
        print("datasketch is not installed")
        return

    def minhash() -> int:
        for article in articles:
            sketch = MinHash(num_perm=128, seed=1)
            sketch.update_batch([" ".join(s).encode() for s in shingle(split_words(article.text), 3)])
        return len(articles)

    measure("datasketch MinHash, 128 permutations", minhash)


def pairs_of(articles: Iterable[Article]) -> list[tuple[str, str]]:
    """Child and parent of every copy found."""
    index = LineageIndex()
    return [(c.child, c.parent) for article in articles for c in index.add(article) if c.parent is not None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument(
        "--articles", type=int, default=0, help="only grow an index to so many made-up articles"
    )
    parser.add_argument("--window", type=int, help="the index forgets all but the newest so many")
    options = parser.parse_args()
    if options.articles:
        grow(options.articles, window=options.window)
        return
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
    measure_datasketch(articles)
    measure("reading an article", read)
    measure("candidates an article, reading included", candidates)
    measure("a copy verified, with its changes", verify)
    measure("stems of an article, for rewrites", lambda: len([read_telling(r) for r in readings.values()]))
    measure("a rewrite judged", rewrites)


def grow(count: int, *, window: int | None) -> None:
    """Fills an index with made-up articles and prints what one costs while it grows, and the memory of all but their texts.

    The sketches are those that reading would give, made without it, and texts are written again when they are asked for, so that
    a million take minutes. Judged are new articles of which the index has no copy, as most news are, and copies of articles
    anywhere in it. None is kept ready for comparing: what is a candidate is read again, as all but the last thousand are.
    """
    maker = _Maker()
    index = LineageIndex(most=window, readings=0)
    index._shelf = _Shelf(maker)
    print(f"a text kept beside takes {maker.weigh_texts():.1f} KB")
    print(f"{'articles':>9}  {'kept':>8}  {'new':>8}  {'copy':>8}  {'found':>6}  {'memory':>8}")
    marks = [m for m in (1_000, 10_000, 30_000, 100_000, 300_000, 1_000_000) if m < count] + [count]
    done = 0
    for mark in marks:
        spent = 0.0
        before = done
        while done < mark:
            readings = maker.make(done, min(_BLOCK, mark - done))
            start = time.process_time()
            for reading in readings:
                index.keep(reading)
            spent += time.process_time() - start
            done += len(readings)
        kept = spent / (mark - before) * 1000
        oldest = 0 if window is None else max(0, done - window)
        step = max(1, (done - oldest) // 100)
        new, _ = _judge_all(index, [maker.write(2_000_000 + done + n) for n in range(100)])
        again = [maker.write(n, worn=True) for n in range(oldest, done, step)[:100]]
        copies, found = _judge_all(index, again)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{mark:>9}  {kept:>5.3f} ms  {new:>5.3f} ms  {copies:>5.3f} ms  {found:>4} %  {memory:>5} MB",
            flush=True,
        )


def _judge_all(index: LineageIndex, articles: list[Article]) -> tuple[float, int]:
    """Milliseconds an article, the least of three, and for how many of a hundred a parent was named."""
    best, found = math.inf, 0
    for _ in range(3):
        start = time.process_time()
        found = sum(any(c.parent for c in index.judge(article)) for article in articles)
        best = min(best, (time.process_time() - start) / len(articles) * 1000)
    return best, round(100 * found / len(articles))


class _Maker:
    """Made-up articles by their number, the same each time: words by their rank, chosen by a hash of number and place."""

    def __init__(self) -> None:
        rng = random.Random(1)
        words = sorted({"".join(rng.choices("aeioulnrstdm", k=rng.randint(3, 9))) for _ in range(60_000)})
        self.words = np.array(words, dtype=object)
        often = np.cumsum(1.0 / (np.arange(len(words)) + 3.0))
        # The word of each of a million equal parts of chance: a look-up instead of a search.
        self.parts = np.searchsorted(often, (np.arange(1 << 20) + 0.5) / (1 << 20) * often[-1])
        self.template = read_article(Article(id=ArticleId("0"), text="Nothing.", language="en"))
        parts = (" ".join(words[at : at + 10_000]) for at in range(0, len(words), 10_000))
        read = [read_article(replace(self.template.article, text=part)).numbers for part in parts]
        self.numbers = np.array([number for numbers in read for number in numbers], dtype=np.uint64)

    def make(self, first: int, count: int) -> list[Reading]:
        """As much of the readings of articles as an index keeps."""
        numbers = self.numbers[self._pick(np.arange(first, first + count))]
        # The last two sequences of each article reach into the next and are left out.
        sequences = _sequences(numbers.ravel())[0]
        readings = []
        for row in range(count):
            sketch = _sketch(sequences[row * _WORDS : (row + 1) * _WORDS - 2])
            keys = _mix(np.arange(_WORDS // 18, dtype=np.uint64) + np.uint64(first + row << 8))
            article = replace(self.template.article, outlet=f"Outlet {(first + row) % 300}")
            readings.append(replace(self.template, article=article, sketch=sketch, keys=keys))
        return readings

    def write(self, number: int, *, worn: bool = False) -> Article:
        """The whole article; `worn` is a copy of it in another outlet, a word in fifty exchanged."""
        picked = self._pick(np.array([number]))[0]
        if worn:
            picked[_mix(np.arange(_WORDS, dtype=np.uint64) + np.uint64(number)) % np.uint64(50) == 0] = 5
        told = self.words[picked].tolist()
        text = ". ".join(" ".join(told[at : at + 18]) for at in range(0, _WORDS, 18))
        outlet = "Another" if worn else f"Outlet {number % 300}"
        url = f"https://outlet{number % 300}.example/news/{number}/{'-'.join(told[:6])}"
        return Article(
            id=ArticleId(f"{number}{' again' if worn else ''}"), text=text, language="en", outlet=outlet,
            title=" ".join(told[:8]), url=url,
        )  # fmt: skip

    def weigh_texts(self) -> float:
        """KB that an index holds for one article beyond those kept ready."""
        tracemalloc.start()
        held = [_shelve(self.write(number)) for number in range(500)]
        size = tracemalloc.get_traced_memory()[0] / len(held) / 1024
        tracemalloc.stop()
        return size

    def _pick(self, articles: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        places = articles[:, None].astype(np.uint64) * np.uint64(_WORDS) + np.arange(_WORDS, dtype=np.uint64)
        return self.parts[(_mix(places) >> np.uint64(44)).astype(np.int64)]


class _Shelf(dict[int, tuple[Article, bytes]]):
    """Articles that are written again when they are asked for."""

    def __init__(self, maker: _Maker) -> None:
        self.maker = maker

    def __setitem__(self, number: int, held: tuple[Article, bytes]) -> None:
        pass

    def __contains__(self, number: object) -> bool:
        return True

    def __missing__(self, number: int) -> tuple[Article, bytes]:
        return _shelve(self.maker.write(number))


def _mix(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """SplitMix64 (Steele, Lea and Flood 2014): numbers to numbers as if by chance."""
    mixed = (numbers + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


if __name__ == "__main__":
    main()
