"""The figures of `stemma.stories.alarms` on streams of news: where their usual bands come from.

    python bench/quality/stories_alarms.py FILE [FILE ...]

Each FILE holds article lines (.jsonl or .jsonl.gz); prints one line of figures a file, after one pass and a review.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

from stemma.stories import OpenStories, find_alarms
from stemma.types import Article, StoryId
from stemma.wire import parse_article


def main() -> None:
    for name in sys.argv[1:]:
        path = Path(name)
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open() as lines:
            articles = [
                a for a in (parse_article(json.loads(line)) for line in lines) if isinstance(a, Article)
            ]
        stream = OpenStories()
        first = set()
        for article in articles:
            placement = stream.decide(article)
            stream.apply(article, placement)
            first.add(placement.story)
        found: defaultdict[StoryId, list[str | None]] = defaultdict(list)
        for article, grouping in zip(articles, stream.review(), strict=True):
            found[grouping.story].append(article.outlet)
        alarms = find_alarms(found, merged=len(first - found.keys()))
        print(f"{path.parent.name or path.name:12}", {a.name: a.value for a in alarms}, flush=True)


if __name__ == "__main__":
    main()
