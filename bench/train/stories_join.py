"""Fits the judgement of `stemma.stories` on the dev sets and writes `src/stemma/stories/join.json`.

    python bench/train/stories_join.py --cv        cross-fitted figures: each article is decided by a model without its part
    python bench/train/stories_join.py --write     the model on all parts

Rows come from two passes over each stream: with the stories as they should be, and with the model's own.
Needs scikit-learn (`pip install -e .[train]`); nothing of it is needed to run what it writes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))
from stories_data import NAMES, SETS, load_all

from stemma.stories.measures import FALLING, MEASURES, RISING, ask, measure
from stemma.stories.model import parse_model
from stemma.stories.open import NEED, NEED_UNDATED, OpenStories
from stemma.types import StoryId

sys.path.insert(0, str(SETS.parents[1]))
from benchlib import stories as scorer

TREES, RATE, L2, LEAF_ROWS = 150, 0.08, 2.0, 25
FORESTS, SHARE_TRIED = 2, 0.3
"""Forests whose mean judges, and the share of the figures that each node may ask: one forest that may ask all (rate .1) is steadier on
no set (mix .916 / .914 and ecbplus .883 / .891 at one threshold, mix .915 / .920 at the threshold that is best for each)."""
OWN_WEIGHT = 0.3
COLD = {"lookalike": (120, 480), "gva": (40, 320)}
WEIGHT = {"mix": 3.0, "ecbplus": 2.0}


def run(items, models, *, need=(NEED, NEED_UNDATED), teach=False, rows=None, memory_too=False):
    """One pass; `models[part]` decides. Appends (measures, label, part) to `rows`. -> placed stories by item."""
    stream = OpenStories(model=models[0] if models else None)
    memory = stream._memory
    gold_in: dict[int, Counter] = {}
    lastly: dict[str, tuple[str, float]] = {}
    placed = []
    for item in items:
        moment = item.moment
        labelled = bool(item.story)
        lookalike = item.story.startswith(("earn-", "acq-")) or not labelled
        story = f"s-{item.article.id}"
        if labelled or not teach:
            asked = ask(item.bag, memory)
            found = stream.find_candidates(asked, moment, ())
            if found:
                x = measure(asked, found, memory, moment)
                if rows is not None and labelled:
                    for k, s in enumerate(found):
                        members = gold_in.get(s, Counter())
                        if lookalike:
                            kind = item.story.split("-")[0]
                            same = {g for g in members if g.startswith(kind)}
                            if not same:
                                continue
                            rows.append((x[k], float(same == {item.story}), item.part))
                        else:
                            rows.append(
                                (x[k], float(2 * members[item.story] > sum(members.values())), item.part)
                            )
                if not teach:
                    judged = models[item.part].judge(x)
                    best = int(np.argmax(judged))
                    if judged[best] >= (need[1] if moment is None else need[0]):
                        story = memory.story_ids[found[best]]
        if teach and labelled:
            if lookalike:
                before = lastly.get(item.story)
                story = before[0] if before and moment - before[1] < 3 else f"s-{item.article.id}"
                lastly[item.story] = (story, moment)
            else:
                story = "g-" + item.story
        memory.remember(item.article.id, item.bag, moment, moment or item.sighting, StoryId(story))
        at = memory.story_row[StoryId(story)]
        if labelled:
            gold_in.setdefault(at, Counter())[item.story] += 1
        placed.append(story)
    return (placed, memory) if memory_too else placed


def fit(x, y, w, measures=MEASURES, rising=RISING, falling=FALLING, trees=TREES):
    # Most candidates have next to nothing in common: a fifth of those rows, at five times the weight, fits as well.
    if measures is MEASURES:
        body, title = MEASURES.index("body_member"), MEASURES.index("title")
        easy = (x[:, body] < 0.12) & (x[:, title] < 0.15) & (y == 0)
        keep = ~easy | (np.random.default_rng(0).random(len(y)) < 0.2)
        x, y, w = x[keep], y[keep], (w * np.where(easy, 5.0, 1.0))[keep]
    signs = [1] * len(rising) + [-1] * len(falling) + [0] * (len(measures) - len(rising) - len(falling))
    grown = [
        HistGradientBoostingClassifier(
            max_iter=trees, learning_rate=RATE, max_leaf_nodes=8, max_depth=3, l2_regularization=L2, min_samples_leaf=LEAF_ROWS,
            monotonic_cst=signs, early_stopping=False, max_features=SHARE_TRIED, random_state=seed,
        ).fit(x, y, sample_weight=w)
        for seed in range(FORESTS)
    ]  # fmt: skip
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    linear = LogisticRegression(C=1.0, max_iter=300).fit((x - mean) / scale, y, sample_weight=w)
    feature, threshold, value = [], [], []
    for (predictor,) in (grown_at for forest in grown for grown_at in forest._predictors):
        f, t, v = [0] * 7, [9e9] * 7, [0.0] * 8

        def walk(node, k, depth, f=f, t=t, v=v, nodes=predictor.nodes):
            n = nodes[node]
            if depth == 3:
                v[k - 7] = round(float(n["value"]) / FORESTS, 6)
                return
            if n["is_leaf"]:
                walk(node, 2 * k + 1, depth + 1)
                walk(node, 2 * k + 2, depth + 1)
                return
            f[k], t[k] = int(n["feature_idx"]), round(float(n["num_threshold"]), 7)
            walk(int(n["left"]), 2 * k + 1, depth + 1)
            walk(int(n["right"]), 2 * k + 2, depth + 1)

        walk(0, 0, 0)
        feature.append(f)
        threshold.append(t)
        value.append(v)
    return {
        "measures": list(measures), "base": round(float(grown[0]._baseline_prediction.ravel()[0]), 6),
        "feature": feature, "threshold": threshold, "value": value,
        "mean": mean.round(6).tolist(), "scale": scale.round(6).tolist(),
        "weight": linear.coef_[0].round(6).tolist(), "bias": round(float(linear.intercept_[0]), 6),
    }  # fmt: skip


def collect(sets, models, *, teach):
    rows, marks = [], []
    placed = {}
    for name, items in sets.items():
        before = len(rows)
        placed[name] = run(items, models, teach=teach, rows=rows)
        # A store that has seen next to nothing: some stretches of the stream, each on its own.
        length, step = COLD.get(name, (40, 160))
        for start in range(0, len(items) - length, step):
            run(items[start : start + length], models, teach=teach, rows=rows)
        marks += [NAMES.index(name)] * (len(rows) - before)
    return rows, marks, placed


def weigh(marks, taught):
    """Weight of each row by its set; rows of the model's own states count less, their labels are less sure."""
    return np.array([WEIGHT.get(NAMES[m], 1.0) for m in marks]) * np.where(taught, 1.0, OWN_WEIGHT)


def fit_parts(rows, marks, taught, parts):
    x, y = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
    part, w = np.array([r[2] for r in rows]), weigh(marks, np.arange(len(rows)) < taught)
    return [parse_model(fit(x[part != p], y[part != p], w[part != p]), MEASURES) for p in range(parts)]


def report(sets, placed):
    for name, items in sets.items():
        inputs = [{"id": i.article.id, "published": i.article.published.stated} for i in items]
        from stories_data import read_lines

        gold = read_lines(SETS / name / "gold.jsonl.gz")
        found: dict = {}
        scorer.score(
            inputs,
            gold,
            [{"id": i.article.id, "story": s} for i, s in zip(items, placed[name], strict=True)],
            found,
        )
        keys = (
            ("glued_earn", "joined_earn", "glued_acq", "joined_acq", "largest")
            if name == "lookalike"
            else ("b3_precision", "b3_recall", "b3_f1", "pair_f1", "stories")
        )
        print(
            f"{name:11}",
            " ".join(
                f"{k}={found[k]:.3f}" if isinstance(found[k], float) else f"{k}={found[k]}" for k in keys
            ),
            flush=True,
        )


def write(x, y, w):
    out = Path(__file__).resolve().parents[2] / "src/stemma/stories/join.json"
    out.write_text(json.dumps(fit(x, y, w), separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"wrote {out.name}: {out.stat().st_size} bytes from {len(y)} rows")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--cv", action="store_true")
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--rows", help="fit and --write from rows that --keep wrote, without running the sets")
    ap.add_argument("--keep", help="write the rows here (.npz), for experiments")
    ap.add_argument("--sets", default=",".join(NAMES))
    ap.add_argument("--parts", type=int, default=3)
    a = ap.parse_args()
    if a.rows:
        d = np.load(a.rows)
        write(d["x"].astype(float), d["y"].astype(float), weigh(d["s"], d["tf"]))
        return
    t = time.process_time()
    sets = load_all(a.sets.split(","), a.parts)
    print(f"loaded {time.process_time() - t:.0f}s", flush=True)
    rows, marks, _ = collect(sets, None, teach=True)
    print(f"taught {len(rows)} rows, {time.process_time() - t:.0f}s", flush=True)
    taught = len(rows)
    models = fit_parts(rows, marks, taught, a.parts)
    own, own_marks, placed = collect(sets, models, teach=False)
    print(f"first round, {time.process_time() - t:.0f}s", flush=True)
    report(sets, placed)
    rows += own
    marks += own_marks
    if a.keep:
        np.savez(
            a.keep, x=np.array([r[0] for r in rows], dtype=np.float32), y=np.array([r[1] for r in rows]),
            part=np.array([r[2] for r in rows]), s=np.array(marks), tf=np.arange(len(rows)) < taught,
        )  # fmt: skip
    if a.cv:
        models = fit_parts(rows, marks, taught, a.parts)
        _, _, placed = collect(sets, models, teach=False)
        print(f"second round, {time.process_time() - t:.0f}s", flush=True)
        report(sets, placed)
    if a.write:
        x, y = np.array([r[0] for r in rows]), np.array([r[1] for r in rows])
        write(x, y, weigh(marks, np.arange(len(rows)) < taught))


if __name__ == "__main__":
    main()
