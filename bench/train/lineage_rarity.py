"""Counts in how many news articles each English stem stands, for the weights of rewrites.

    python bench/train/lineage_rarity.py ../shared/bench/sets/stories/mix/input.jsonl.gz > src/stemma/lineage/rarity.json

Only counts leave the texts. Stems seen in fewer than three articles are left out: they are as rare as unknown ones.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter

from stemma.lineage.retelling import find_stems


def main(path: str) -> None:
    seen: Counter[str] = Counter()
    articles = 0
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for raw in lines:
            article = json.loads(raw)
            if article.get("language") not in (None, "en"):
                continue
            articles += 1
            seen.update(set(find_stems(article.get("text") or "", "en")))
    counts = {stem: count for stem, count in sorted(seen.items()) if count >= 3}
    json.dump(
        {"language": "en", "articles": articles, "counts": counts},
        sys.stdout,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    sys.stdout.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
