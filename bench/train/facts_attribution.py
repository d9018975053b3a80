"""Fits the weights by which `stemma.facts.weighing` keeps or drops a pattern of speech.

Reads `../shared/bench/sets/quotes/*` (evaluation sets, not part of the project), writes `attribution.json` into the
package. Prints cross-validated figures first: folds are articles. Needs scikit-learn (`pip install -e .[train]`).

    python bench/train/facts_attribution.py [--write]
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from stemma.facts.attribution import Parser
from stemma.facts.reading import read_text
from stemma.facts.speech import speech_words
from stemma.facts.units import find_units
from stemma.facts.weighing import list_traits

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "bench" / "sets" / "quotes"
OUT = ROOT / "src" / "stemma" / "facts" / "attribution.json"
FOLDS = 5
RARE = 6  # a trait seen in fewer articles is not weighed: it would be a memory of one of them


def read(name: str):
    with gzip.open(SETS / name / "input.jsonl.gz", "rt", encoding="utf-8") as f:
        articles = [json.loads(line) for line in f]
    with gzip.open(SETS / name / "gold.jsonl.gz", "rt", encoding="utf-8") as f:
        gold = {g["id"]: g["quotes"] for g in map(json.loads, f)}
    return articles, gold


def examples(name: str):
    """(article id, traits, 1 or 0): 1 where the pattern's words and a gold content are each other's best match."""
    articles, gold = read(name)
    for line in articles:
        reading = read_text(line["text"], line["language"])
        words = speech_words(line["language"])
        found = [(u, a) for u in find_units(reading) for a in Parser(reading, u, words).run()]
        golden = [[tuple(s) for s in q["spans"]] for q in gold.get(line["id"], []) if q["spans"]]
        pairs = []
        for i, spans in enumerate(golden):
            low, high = min(s for s, _ in spans), max(e for _, e in spans)
            for j, (_, a) in enumerate(found):
                start, end = a.pieces[0][0], a.pieces[-1][1]
                shared = min(high, end) - max(low, start)
                if shared > 0:
                    pairs.append((-shared / (max(high, end) - min(low, start)), i, j))
        used, right = set(), {}
        for score, i, j in sorted(pairs):
            if i not in used and j not in right:
                used.add(i)
                right[j] = -score
        for j, (unit, a) in enumerate(found):
            yield line["id"], list_traits(reading, unit, a), int(right.get(j, 0) >= 0.3)


def fold(ident: str) -> int:
    return zlib.crc32(ident.encode()) % FOLDS


def fit(rows, *, strength: float):
    seen: dict[str, set[str]] = defaultdict(set)
    for ident, traits, _ in rows:
        for t in traits:
            seen[t].add(ident)
    keep = {t for t, articles in seen.items() if len(articles) >= RARE}
    vectorizer = DictVectorizer()
    x = vectorizer.fit_transform([{t: 1.0 for t in traits if t in keep} for _, traits, _ in rows])
    y = np.array([label for _, _, label in rows])
    model = LogisticRegression(C=strength, max_iter=2000)
    model.fit(x, y)
    weights = dict(zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True))
    return {t: round(float(w), 3) for t, w in sorted(weights.items()) if abs(w) >= 0.02} | {
        "bias": round(float(model.intercept_[0]), 3)
    }


def score(weights, traits) -> float:
    return weights["bias"] + sum(weights.get(t, 0.0) for t in traits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--strength", type=float, default=0.3)
    options = parser.parse_args()
    data: dict[str, dict[str, float]] = {}
    for name, language, threshold in (("polnear", "en", -0.7), ("german", "de", -0.7)):
        rows = list(examples(name))
        print(name, len(rows), "patterns", sum(label for _, _, label in rows), "right")
        if len(rows) < 500:
            continue
        for limit in (-1.5, -1.0, -0.7, -0.4, 0.0):
            c: Counter[str] = Counter()
            for n in range(FOLDS):
                weights = fit([r for r in rows if fold(r[0]) != n], strength=options.strength) if limit == -1.5 else kept[n]
                if limit == -1.5:
                    kept = {n: weights} if n == 0 else kept | {n: weights}
                for _, traits, label in (r for r in rows if fold(r[0]) == n):
                    c[(score(weights, traits) > limit, label)] += 1
            p = c[True, 1] / max(1, c[True, 1] + c[True, 0])
            r = c[True, 1] / max(1, c[True, 1] + c[False, 1])
            print(f"  limit {limit:+.1f}: kept {c[True, 1] + c[True, 0]}, P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}")
        data[language] = fit(rows, strength=options.strength) | {"threshold": threshold}
    general = {t: w for t, w in data["en"].items() if t.split("=")[0] in ("f", "len", "marks", "k", "v", "bias", "threshold")}
    data["patterns"] = general
    if options.write:
        OUT.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
