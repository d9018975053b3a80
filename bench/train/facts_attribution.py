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

from stemma.facts import ends as ends_module
from stemma.facts import joints as joint_models
from stemma.facts import quotes as quotes_module
from stemma.facts import weighing
from stemma.facts.attribution import Parser, find_attributions
from stemma.facts.quotes import find_statements
from stemma.facts.reading import read_text
from stemma.facts.speech import speech_words
from stemma.facts.units import find_units
from stemma.facts.weighing import list_run_traits, list_traits

ROOT = Path(__file__).resolve().parents[2]
SETS = ROOT.parent / "shared" / "bench" / "sets" / "quotes"
OUT = ROOT / "src" / "stemma" / "facts" / "attribution.json"
FOLDS = 5
SOURCES = (("polnear", "en", -0.5, 0.5, 0.1, 6), ("german", "de", -0.5, 0.3, 0.3, 3))
"""Set, language, threshold of keeping, share of a gold content from which a pattern counts as right, strength of
the fit (inverse of the penalty), articles in which a trait must be seen to be weighed (each by cross-validation)."""
PLAIN = {"bias": -1.0, "threshold": 0.0, "v|passive": -3.0, "v|infinitive": -1.5, "len|0": -1.0} | {
    f"f|{frame}": 2.0
    for frame in (
        "that",
        "inverted",
        "postposed",
        "according",
        "comma",
        "colon",
        "marked",
        "told",
        "beside",
        "noun",
    )
}
"""For a language without examples: what is said plainly is kept, the rest is not."""

MARKED = {
    "en": -0.7,
    "de": -0.8,
}  # the threshold of patterns that hold marked words: they are seldom nobody's
ENDS_STRENGTH = 0.4
ENDS_LEAN = 0.5
"""Log odds by which a content ends sooner than the fit says: words too many cost more than words too few (cross-validation)."""


def read(name: str):
    with gzip.open(SETS / name / "input.jsonl.gz", "rt", encoding="utf-8") as f:
        articles = [json.loads(line) for line in f]
    with gzip.open(SETS / name / "gold.jsonl.gz", "rt", encoding="utf-8") as f:
        gold = {g["id"]: g["quotes"] for g in map(json.loads, f)}
    return articles, gold


def examples(name: str, right_from: float):
    """(article id, traits, 1 or 0): 1 where the pattern's words and a gold content are each other's best match."""
    articles, gold = read(name)
    for line in articles:
        reading = read_text(line["text"], line["language"])
        words = speech_words(line["language"])
        found = [(u, a) for u in find_units(reading, words) for a in find_attributions(reading, u, words)]
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
            # one part of a quotation that its cue interrupts is right, though it is a small part of the whole
            start, end = a.pieces[0][0], a.pieces[0][1]
            marked = any(run[0] <= start and end <= run[1] for run in unit.runs)
            part = marked and any(any(s - 2 <= start and end <= e + 2 for s, e in spans) for spans in golden)
            yield line["id"], list_traits(reading, unit, a), int(right.get(j, 0) >= right_from or part)


def joints(name: str):
    """(article id, traits, 1 or 0) for each joint up to the gold end, of patterns that begin where a gold content does.

    The parser runs with weights that never end a content early, so that every joint is seen.
    """
    articles, gold = read(name)
    for line in articles:
        text = line["text"]
        reading = read_text(text, line["language"])
        words = speech_words(line["language"])
        golden = {}
        for q in gold.get(line["id"], []):
            if q["spans"]:
                low, high = trim(text, min(s for s, _ in q["spans"]), max(e for _, e in q["spans"]))
                golden.setdefault(low, high)
        for unit in find_units(reading, words):
            parser = Parser(reading, unit, words)
            parser.ends = {joint_models.BIAS: -99.0}
            for a in parser.run(
                [k for k in range(unit.first, unit.last) if reading.lower[k] in words.triggers]
            ):
                if a.traits[0] in ("inverted", "postposed", "beside") or len(a.pieces) > 1:
                    continue
                start, end = trim(text, *a.pieces[0])
                high = golden.get(start)
                if high is None or high > end + 2:
                    continue
                first = reading.token_at(a.pieces[0][0])
                if first in parser.run_of:
                    first = parser.run_tokens[parser.run_of[first]][0]
                for at in range(first + 1, parser.b - 1):
                    if reading.starts[at] >= a.pieces[0][1]:
                        break
                    if parser.is_joint(at):
                        ends = trim(text, start, reading.starts[at])[1] >= high - 1
                        yield line["id"], parser.list_joint(first, at, a.traits), int(ends)
                        if ends:
                            break


def runs(name: str):
    """(article id, traits, 1 or 0) for each marked run that the stage asks about: 1 where a gold content is that run.

    A run that only opens a longer content is asked about too, and is right if the content begins or ends with it.
    """
    articles, gold = read(name)
    asked: list[tuple[tuple[int, int], list[str]]] = []

    def ask(reading, unit, run, words, place):
        asked.append((run, list_run_traits(reading, unit, run, words, place)))
        return 1.0

    kept = quotes_module.weigh_run
    quotes_module.weigh_run = ask
    try:
        for line in articles:
            text = line["text"]
            asked.clear()
            find_statements.cache_clear()
            find_statements(read_text(text, line["language"]))
            golden = [
                (trim(text, min(s for s, _ in q["spans"]), max(e for _, e in q["spans"])), q["spans"])
                for q in gold.get(line["id"], [])
                if q["spans"]
            ]
            for run, traits in asked:
                start, end = trim(text, *run)
                right = any(
                    (low, high) == (start, end)
                    or any(trim(text, *piece) == (start, end) for piece in spans)
                    or (low <= start and end <= high and 2 * (end - start) > high - low)
                    for (low, high), spans in golden
                )
                yield line["id"], traits, int(right)
    finally:
        quotes_module.weigh_run = kept


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    edge = " \t\n\r\u00a0\"'“”„‟‘’‚«»‹›`´.,;:!?…"
    while start < end and text[start] in edge:
        start += 1
    while end > start and text[end - 1] in edge:
        end -= 1
    return start, end


def fold(ident: str) -> int:
    return zlib.crc32(ident.encode()) % FOLDS


def fit(rows, *, strength: float, rare: int):
    seen: dict[str, set[str]] = defaultdict(set)
    rows = [(ident, list(map(joint_models.write_trait, traits)), label) for ident, traits, label in rows]
    for ident, traits, _ in rows:
        for t in traits:
            seen[t].add(ident)
    keep = {t for t, articles in seen.items() if len(articles) >= rare}
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
    return weights["bias"] + sum(weights.get(joint_models.write_trait(t), 0.0) for t in traits)


def judge(name: str, rows, *, strength: float, rare: int, limits: tuple[float, ...]) -> None:
    """Prints cross-validated precision and recall of "keep" or "ends here"."""
    kept = [fit([r for r in rows if fold(r[0]) != n], strength=strength, rare=rare) for n in range(FOLDS)]
    for limit in limits:
        c: Counter[tuple[bool, int]] = Counter()
        for ident, traits, label in rows:
            c[score(kept[fold(ident)], traits) > limit, label] += 1
        p = c[True, 1] / max(1, c[True, 1] + c[True, 0])
        r = c[True, 1] / max(1, c[True, 1] + c[False, 1])
        print(
            f"  {name} limit {limit:+.1f}: P {p:.3f} R {r:.3f} F1 {2 * p * r / max(1e-9, p + r):.3f} of {len(rows)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--without", type=int, help="leave out the articles of this fold (to score on them alone)"
    )
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    before = OUT.read_text(encoding="utf-8")
    try:
        data = train(options)
    except BaseException:
        OUT.write_text(before, encoding="utf-8")
        raise
    if options.write:
        save(data)
    else:
        OUT.write_text(before, encoding="utf-8")


def train(options: argparse.Namespace) -> dict[str, dict[str, dict[str, float]]]:
    """The weights of all languages. The file in the package is overwritten while this runs: the parser reads it."""
    data: dict[str, dict[str, dict[str, float]]] = {}
    for name, language, threshold, right_from, strength, rare in SOURCES:
        if not speech_words(language).say:
            continue
        ends = (
            []
            if speech_words(language).verb_second
            else [r for r in joints(name) if options.without is None or fold(r[0]) != options.without]
        )
        weights = fit(ends, strength=ENDS_STRENGTH, rare=rare) if ends else {"bias": -9.0}
        if ends:
            weights["bias"] = round(weights["bias"] + ENDS_LEAN, 3)
        if ends and not options.quiet:
            judge(f"{name} ends", ends, strength=ENDS_STRENGTH, rare=rare, limits=(-0.5, 0.0, 0.5))
        forget()
        save(data | {k: {"ends": weights, "keep": {"bias": 0.0}} for k in (language, "patterns")})
        rows = [
            r for r in examples(name, right_from) if options.without is None or fold(r[0]) != options.without
        ]
        if not options.quiet:
            print(name, len(rows), "patterns", sum(label for _, _, label in rows), "right")
            judge(f"{name} keep", rows, strength=strength, rare=rare, limits=(-1.0, -0.7, -0.4, 0.0))
        keep = fit(rows, strength=strength, rare=rare) | {
            "threshold": threshold,
            "threshold|marked": MARKED[language],
        }
        data[language] = {"ends": weights, "keep": keep}
        forget()
        save(data | {"patterns": {"keep": PLAIN, "ends": {"bias": -9.0}}})
        asked = [r for r in runs(name) if options.without is None or fold(r[0]) != options.without]
        if not options.quiet:
            judge(f"{name} runs", asked, strength=strength, rare=rare, limits=(-0.5, 0.0, 0.5))
        data[language]["runs"] = fit(asked, strength=strength, rare=rare)
    data["patterns"] = {"keep": PLAIN, "ends": {"bias": -9.0}}
    return data


def forget() -> None:
    """Drops all that was kept of the weights before."""
    joint_models.load_weights.cache_clear()
    weighing._weigh_shape.cache_clear()
    ends_module._weigh_pattern.cache_clear()
    find_statements.cache_clear()


def save(data) -> None:
    OUT.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
