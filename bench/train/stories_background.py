"""Counts in how many articles a word stands, for a store that has seen nothing yet: `src/stemma/stories/background.npz`.

    python bench/train/stories_background.py

Only counts of hashed stems are kept, of words that at least three articles hold; no text. Languages with few texts at
hand are scaled up to the same number of articles.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from stories_data import SETS, read_lines

from stemma.stories.bags import make_bag
from stemma.wire import parse_article

STRIDES = {
    "timeline/t17": 8, "timeline/entities": 5, "quotes/polnear": 1, "quotes/german": 1, "lineage/helsinki": 2,
    "lineage/planted": 3, "stories/lookalike": 12, "extract/agency": 1,
}  # fmt: skip
"""Every n-th article of each set; sets on which grouping is measured only where the vocabulary is found nowhere else."""
ARTICLES = 1000
"""The counts are scaled to so many articles."""


def main() -> None:
    held: dict[str, Counter[int]] = {}
    read: Counter[str] = Counter()
    for name, stride in STRIDES.items():
        for line in read_lines(SETS.parent / name / "input.jsonl.gz")[::stride]:
            article = parse_article(line)
            if not hasattr(article, "text"):
                continue
            language = article.language or "en"
            read[language] += 1
            held.setdefault(language, Counter()).update((make_bag(article).entries >> 8).tolist())
    total: Counter[int] = Counter()
    for language, counts in held.items():
        for key, n in counts.items():
            if n >= 3:
                total[key] = max(total[key], round(n * ARTICLES / read[language]))
    keys = np.array(sorted(k for k, n in total.items() if n), dtype=np.uint32)
    counts = np.array([total[k] for k in keys.tolist()], dtype=np.uint16)
    out = Path(__file__).resolve().parents[2] / "src/stemma/stories/background.npz"
    np.savez_compressed(out, keys=keys, counts=counts)
    print(dict(read), len(keys), "words", out.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
