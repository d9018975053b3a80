"""Fits the block scorer of web pages and writes it into the package; with `--check`, only cross-validates it by site.

    python bench/train/html_fit.py --check      figures of four folds by site, nothing written
    python bench/train/html_fit.py              fits on all dev pages, writes src/stemma/extract/html/blocks.npz and hints.json

First the weights of class names (logistic, L2), then boosted trees on the features, then trees that also see the first
probabilities. What a later step learns from was always made without the page's own site, or it would be trusted too much.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from html_pages import Example, load_examples, load_taught, match, prf
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from stemma.extract.html.body import choose_body
from stemma.extract.html.context import add_context
from stemma.extract.html.features import Described, describe_blocks, hint_words, make_hint_score
from stemma.extract.html.scorer import Scorer, spread
from stemma.extract.html.trees import load_trees

PACKAGE = Path(__file__).parents[2] / "src" / "stemma" / "extract" / "html"
OUTER, INNER = 4, 2
SEED = 7
FEWEST_SITES = 4
ABOVE = 6
FIRST = {"max_iter": 60, "learning_rate": 0.12, "max_leaf_nodes": 16}
SECOND = {"max_iter": 80, "learning_rate": 0.09, "max_leaf_nodes": 12}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--seeds", type=int, default=1, help="with --check: the mean of so many fits (one alone errs by .002)"
    )
    parser.add_argument(
        "--keep", type=Path, help="with --check: the probabilities of each page, for `html_trust.py`"
    )
    options = parser.parse_args()
    examples = load_examples()
    taught = load_taught()
    if options.check:
        found = check(examples, taught, [SEED + n for n in range(options.seeds)])
        if options.keep:
            options.keep.write_bytes(pickle.dumps({e.id: p for e, p in zip(examples, found, strict=True)}))
        return
    hints, arrays = fit([*examples, *taught])
    (PACKAGE / "hints.json").write_text(
        json.dumps(hints, ensure_ascii=False, sort_keys=True, indent=0) + "\n"
    )
    np.savez_compressed(PACKAGE / "blocks.npz", **arrays)


def check(examples: list[Example], taught: list[Example], seeds: list[int]) -> list[np.ndarray]:
    """Probabilities of every page, the mean over `seeds`, from models that never saw its site, and their figures."""
    folds = fold_by_site(examples, OUTER, salt=0)
    found: list[np.ndarray] = [np.zeros(0)] * len(examples)
    started = time.process_time()
    for fold in range(OUTER):
        apart = {e.site for e, f in zip(examples, folds, strict=True) if f == fold}
        train = [e for e, f in zip(examples, folds, strict=True) if f != fold]
        train += [e for e in taught if e.site not in apart]
        scorers = [make_scorer(*fit(train, seed)) for seed in seeds]
        for at, f in enumerate(folds):
            if f == fold:
                each = [s.score(examples[at].outline, examples[at].known) for s in scorers]
                found[at] = np.mean(each, axis=0)
        print(f"fold {fold + 1} after {time.process_time() - started:.0f} s", flush=True)
    report(examples, found)
    return found


def report(examples: list[Example], found: list[np.ndarray]) -> None:
    """Precision, recall, F1 for each group at several thresholds."""
    for threshold in (0.3, 0.36, 0.42, 0.48, 0.54):
        groups = defaultdict(list)
        for example, p in zip(examples, found, strict=True):
            body = choose_body(example.outline, p, title=example.known.title, threshold=threshold)
            matched = match(example.gold, body.text)
            groups["all"].append(matched)
            groups[example.group].append(matched)
        print(
            threshold,
            {k: tuple(round(x, 4) for x in prf(v)) for k, v in groups.items() if len(v) > 4},
            flush=True,
        )


def fit(train: list[Example], seed: int = SEED) -> tuple[dict[str, float], dict[str, np.ndarray]]:
    """(weights of class names, arrays of both looks)."""
    inner = fold_by_site(train, INNER, salt=1)
    described: list[Described | None] = [None] * len(train)
    for fold in range(INNER):
        score = make_hint_score(fit_hints([e for e, f in zip(train, inner, strict=True) if f != fold]))
        for at, f in enumerate(inner):
            if f == fold:
                described[at] = describe_blocks(train[at].outline, train[at].known, score)
    pages = [d for d in described if d is not None]
    y = [(e.labels >= 0.5)[d.places] for e, d in zip(train, pages, strict=True)]
    w = [(e.weight + 0.002 * e.trust)[d.places] for e, d in zip(train, pages, strict=True)]
    first = fit_trees([d.rows for d in pages], y, w, random_state=seed, **FIRST)
    unseen: list[np.ndarray] = [np.zeros(0)] * len(train)
    for fold in range(INNER):
        others = [at for at, f in enumerate(inner) if f != fold]
        model = fit_trees(
            [pages[o].rows for o in others],
            [y[o] for o in others],
            [w[o] for o in others],
            random_state=seed,
            **FIRST,
        )
        for at, f in enumerate(inner):
            if f == fold:
                rows = pages[at].rows
                unseen[at] = spread(model.predict_proba(rows)[:, 1] if len(rows) else np.zeros(0), pages[at])
    wider = [add_context(d, p) for d, p in zip(pages, unseen, strict=True)]
    second = fit_trees(wider, y, w, random_state=seed, **SECOND)
    return fit_hints(train), {**export(first, "first"), **export(second, "second")}


def fit_trees(x, y, w, **options) -> HistGradientBoostingClassifier:  # type: ignore[no-untyped-def]
    weight = np.concatenate(w)
    model = HistGradientBoostingClassifier(
        max_depth=7, min_samples_leaf=30, l2_regularization=2.0, max_features=0.4, early_stopping=False, **options
    )  # fmt: skip
    return model.fit(np.vstack(x), np.concatenate(y), sample_weight=weight / weight.mean())


def export(model: HistGradientBoostingClassifier, name: str) -> dict[str, np.ndarray]:
    """A fitted model as the arrays that `stemma.extract.html.trees` reads."""
    feature, threshold, value, child, roots, steps = [], [], [], [], [], 0
    for (tree,) in model._predictors:
        start = len(feature)
        roots.append(start)
        for at, node in enumerate(tree.nodes):
            leaf = bool(node["is_leaf"])
            feature.append(0 if leaf else int(node["feature_idx"]))
            threshold.append(0.0 if leaf else float(node["num_threshold"]))
            value.append(float(node["value"]) if leaf else 0.0)
            child += (
                [start + at, start + at] if leaf else [start + int(node["left"]), start + int(node["right"])]
            )
            steps = max(steps, int(node["depth"]))
    return {
        f"{name}_feature": np.array(feature, dtype=np.int16),
        f"{name}_threshold": np.array(threshold, dtype=np.float64),
        f"{name}_value": np.array(value, dtype=np.float32),
        f"{name}_child": np.array(child, dtype=np.int32),
        f"{name}_roots": np.array(roots, dtype=np.int32),
        f"{name}_scalars": np.array([float(np.ravel(model._baseline_prediction)[0]), steps]),
    }


def make_scorer(hints: dict[str, float], arrays: dict[str, np.ndarray]) -> Scorer:
    return Scorer(
        hint_score=make_hint_score(hints),
        first=load_trees(arrays, "first"),
        second=load_trees(arrays, "second"),
    )


def fit_hints(train: list[Example]) -> dict[str, float]:
    """The weight of each class or id word that stands on enough sites."""
    sites: dict[str, set[str]] = defaultdict(set)
    bags: list[Counter[str]] = []
    for example in train:
        outline = example.outline
        words_of = [sorted(hint_words(hint)) for hint in ["", *outline.hints[1:]]]
        for holder in outline.holders:
            bag: Counter[str] = Counter()
            at, steps = holder, 0
            while at >= 0 and steps < ABOVE:
                bag.update(words_of[at])
                at, steps = outline.parents[at], steps + 1
            bags.append(bag)
            for word in bag:
                sites[word].add(example.site)
    known = {
        word: at for at, word in enumerate(sorted(w for w, s in sites.items() if len(s) >= FEWEST_SITES))
    }
    values, columns, ends = [], [], [0]
    for bag in bags:
        for word, n in bag.items():
            if word in known:
                columns.append(known[word])
                values.append(min(n, 2))
        ends.append(len(columns))
    x = csr_matrix((values, columns, ends), shape=(len(bags), len(known)), dtype=np.float64)
    y = np.concatenate([e.labels for e in train]) >= 0.5
    w = np.concatenate([e.weight + 0.002 * e.trust for e in train])
    model = LogisticRegression(C=0.3, max_iter=100).fit(x, y, sample_weight=w / w.mean())
    return {
        word: round(float(model.coef_[0][at]), 2)
        for word, at in known.items()
        if abs(model.coef_[0][at]) >= 0.05
    }


def fold_by_site(examples: list[Example], folds: int, *, salt: int) -> list[int]:
    """A fold for each page: sites dealt out by their number of pages, so that folds are of one size."""
    sizes = Counter(e.site for e in examples)
    order = sorted(sizes, key=lambda s: (-sizes[s], s[::-1] if salt else s))
    fold_of: dict[str, int] = {}
    load = [0] * folds
    for site in order:
        fold_of[site] = min(range(folds), key=lambda f: (load[f], f))
        load[fold_of[site]] += sizes[site]
    return [fold_of[e.site] for e in examples]


if __name__ == "__main__":
    main()
