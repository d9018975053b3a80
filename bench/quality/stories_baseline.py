"""The centroid baseline that grouping has to beat: one pass, cosine of TF-IDF vectors, a window of days.

    python bench/quality/stories_baseline.py FILE [--need .22] [--days 5] > rows.jsonl

Reads article lines, prints `{"id", "story"}` lines as `stemma stories` does. The threshold was chosen on no set of ours
(.22 with five days is the usual setting).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from datetime import datetime
from math import log, sqrt

from stemma.text.lang import language_words
from stemma.text.tokens import split_words

WORDS_KEPT = 150


def group(lines, *, need: float, days: float):
    """One story id for each line, in order."""
    df: Counter[str] = Counter()
    sums: dict[str, dict[str, float]] = {}
    size: dict[str, float] = {}
    last: dict[str, float | None] = {}
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for seen, line in enumerate(lines, 1):
        stop = language_words(line.get("language") or "en", "words", "stop")
        title = line.get("title") or ""
        words = Counter(
            w
            for w in split_words(f"{title} {title} {line.get('text') or ''}")
            if w not in stop and len(w) > 1
        )
        df.update(words.keys())
        vector = {w: (1 + log(n)) * log((seen + 1) / df[w]) for w, n in words.items()}
        length = sqrt(sum(x * x for x in vector.values())) or 1.0
        top = sorted(vector.items(), key=lambda t: (-t[1], t[0]))[:WORDS_KEPT]
        vector = {w: x / length for w, x in top}
        when = find_day(line.get("published"))
        scores: defaultdict[str, float] = defaultdict(float)
        for word, x in vector.items():
            for story in holders[word]:
                scores[story] += x * sums[story][word]
        near = [
            (score / size[story], story)
            for story, score in scores.items()
            if when is None or last[story] is None or when - last[story] <= days
        ]
        best = max(near, default=(0.0, ""))
        story = best[1] if best[0] >= need else line["id"]
        centroid = sums.setdefault(story, {})
        for word, x in vector.items():
            centroid[word] = centroid.get(word, 0.0) + x
            holders[word].add(story)
        size[story] = sqrt(sum(x * x for x in centroid.values())) or 1.0
        last[story] = when if when is not None else last.get(story)
        yield {"id": line["id"], "story": story}


def find_day(published: str | None) -> float | None:
    """Days since 1970; None where there is no ISO date."""
    try:
        moment = datetime.fromisoformat((published or "").replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.replace(tzinfo=None).timestamp() / 86400


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file")
    ap.add_argument("--need", type=float, default=0.22)
    ap.add_argument("--days", type=float, default=5)
    a = ap.parse_args()
    with open(a.file, encoding="utf-8") as lines:
        for row in group(map(json.loads, lines), need=a.need, days=a.days):
            print(json.dumps(row))


if __name__ == "__main__":
    main()
