"""Fits the second look of `stemma.stories` (likelihood that two articles of a neighbourhood are of one story).

    python bench/train/stories_pairs.py ROWS.npz --cv       cross-fitted figures of `--final` for several thresholds
    python bench/train/stories_pairs.py ROWS.npz --write src/stemma/stories    writes pair.json and bridge.json
    python bench/train/stories_pairs.py --bridge [--write src/stemma/stories]  bridge.json alone, and its cross-fitted pairs

ROWS.npz is what `stories_join.py --keep` wrote: each part is first grouped by a model that has not seen it, so that
the second look meets the mistakes that the first one really makes.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
import stories_join as join
from stories_data import NAMES, load_all

from stemma.stories.bridge import BRIDGE_FALLING, BRIDGE_MEASURES, BRIDGE_RISING
from stemma.stories.closeup import FALLING, PAIR_MEASURES, RISING, compare_all
from stemma.stories.model import load_model, parse_model
from stemma.stories.regroup import LARGEST, find_neighbourhoods, link_average, tell_spans

TREES = 80
SET_WEIGHT = {"mix": 3.0, "ecbplus": 3.0}
BRIDGE_WEIGHT = {"mix": 1.0, "ecbplus": 1.0, "allsides": 1.0}
"""Whole articles about many subjects; the others are titles or reports of one kind."""
rng = np.random.default_rng(0)


def small_stores(items, memory):
    """Made-up small stores: two stories that are close, at most six articles of each."""
    at: dict = {}
    for row, item in enumerate(items):
        at.setdefault(item.story, []).append(row)
    names = sorted(at)
    words = {s: Counter(k for r in at[s][:6] for k in (memory.entries[r] >> 8).tolist()) for s in names}
    for s in names:
        near = sorted(
            names, key=lambda o: -sum(min(words[s][k], words[o][k]) for k in words[s]) / len(words[o]) ** 0.5
        )
        other = next(o for o in near if o != s)
        for _ in range(2):
            a = rng.permutation(at[s])[: int(rng.integers(1, 6))].tolist()
            b = rng.permutation(at[other])[: int(rng.integers(0, 6))].tolist()
            if len(a) + len(b) > 1:
                yield sorted(a + b)


def collect(sets, models):
    """Pairs of every neighbourhood of the first pass: rows to fit on, and the whole neighbourhoods to judge."""
    columns = {k: [] for k in ("x", "bridge", "y", "w", "one", "other", "mark")}
    groups = []
    for name, items in sets.items():
        placed, memory = join.run(items, models, memory_too=True)
        join.report({name: items}, {name: placed})
        hoods = find_neighbourhoods(memory)
        print(name, len(hoods), "neighbourhoods, largest", max(map(len, hoods)), flush=True)
        drawn = [(h, True) for h in hoods if 1 < len(h) <= LARGEST]
        if name in ("ecbplus", "mix"):
            drawn += [(h, False) for h in small_stores(items, memory)]
        for rows, real in drawn:
            c = compare_all(rows, memory, bridged=True)
            one, other = np.array(rows)[c.one], np.array(rows)[c.other]
            gold = [items[r].story for r in rows]
            same = np.array([gold[i] == gold[j] for i, j in zip(c.one, c.other, strict=True)], dtype=float)
            if name == "lookalike":
                kind = [g.split("-")[0] for g in gold]
                gap = np.abs(memory.moments[one] - memory.moments[other])
                use = np.array(
                    [kind[i] != "" and kind[i] == kind[j] for i, j in zip(c.one, c.other, strict=True)]
                )
                use &= ~((same == 1) & (gap > 2))
            else:
                use = np.ones(len(same), dtype=bool)
            body = c.figures[:, PAIR_MEASURES.index("body_wide")]
            easy = (same == 0) & (body < 0.35)
            take = use & (~easy | (rng.random(len(same)) < 0.1))
            size = Counter(gold)
            heavy = np.array(
                [1 / (size[gold[i]] + size[gold[j]]) for i, j in zip(c.one, c.other, strict=True)]
            )
            parts = np.array([items[r].part for r in rows])
            columns["x"].append(c.figures[take].astype(np.float32))
            columns["bridge"].append(c.bridge[take].astype(np.float32))
            columns["y"].append(same[take])
            columns["w"].append((heavy * np.where(easy, 10.0, 1.0) * (1.0 if real else 0.3))[take])
            columns["one"].append(parts[c.one][take])
            columns["other"].append(parts[c.other][take])
            columns["mark"].append(np.full(int(take.sum()), NAMES.index(name)))
            if real:
                groups.append((name, rows, c, parts, tell_spans(rows, memory, c)))
    return {k: np.concatenate(v) for k, v in columns.items()}, groups


def fit_pairs(pairs, keep, set_weight):
    w = pairs["w"] * np.array([set_weight.get(name, 1.0) for name in NAMES])[pairs["mark"]]
    keep = keep & (w > 0)
    return join.fit(
        pairs["x"][keep].astype(float), pairs["y"][keep], w[keep] / w[keep].mean(), PAIR_MEASURES, RISING, FALLING, TREES
    )  # fmt: skip


def fit_bridge(pairs, some=True):
    """Two languages share names, numbers and dates: fitted on pairs of one language of which nothing else is looked at."""
    w = pairs["w"] * np.array([BRIDGE_WEIGHT.get(name, 0.0) for name in NAMES])[pairs["mark"]]
    keep = (w > 0) & some
    return join.fit(
        pairs["bridge"][keep].astype(float), pairs["y"][keep], w[keep] / w[keep].mean(), BRIDGE_MEASURES, BRIDGE_RISING, BRIDGE_FALLING, 40
    )  # fmt: skip


def report_bridge(pairs):
    """Precision and recall of pairs judged by the bridge alone, by models that have not seen the part of either article."""
    mark = np.isin(pairs["mark"], [NAMES.index(name) for name in BRIDGE_WEIGHT])
    odds = np.full(len(pairs["y"]), np.nan)
    for p in range(3):
        model = parse_model(fit_bridge(pairs, (pairs["one"] != p) & (pairs["other"] != p)), BRIDGE_MEASURES)
        at = np.flatnonzero(mark & (pairs["one"] == p) & (pairs["other"] == p))
        odds[at] = np.concatenate(
            [model.judge(pairs["bridge"][at[k : k + 4096]].astype(float)) for k in range(0, len(at), 4096)]
        )
    for name in BRIDGE_WEIGHT:
        for need in (0.35, 0.42, 0.5, 0.6, 0.7, 0.8):
            at = (pairs["mark"] == NAMES.index(name)) & ~np.isnan(odds)
            joined = 1 / (1 + np.exp(-odds[at])) >= need
            y, w = pairs["y"][at], pairs["w"][at]
            right = (w * y * joined).sum()
            print(
                f"{name:9} at {need}: precision {right / (w * joined).sum():.3f} recall {right / (w * y).sum():.3f}"
            )


def judge_apart(pairs, groups, set_weight):
    """The likelihoods of every neighbourhood, by models that have not seen the part of its pairs."""
    judges = [
        parse_model(fit_pairs(pairs, (pairs["one"] != p) & (pairs["other"] != p), set_weight), PAIR_MEASURES)
        for p in range(3)
    ]
    likely = []
    for name, rows, c, parts, spans in groups:
        odds = np.zeros(len(c.one))
        for p in range(3):
            at = np.flatnonzero(parts[c.one] == p)
            for k in range(0, len(at), 4096):
                odds[at[k : k + 4096]] = judges[p].judge(c.figures[at[k : k + 4096]])
        m = np.zeros((len(rows), len(rows)))
        m[c.one, c.other] = 1 / (1 + np.exp(-odds))
        likely.append((name, rows, m + m.T, spans))
    return likely


def report_at(sets, likely, need):
    print("need", need)
    placed = {name: [f"alone-{k}" for k in range(len(items))] for name, items in sets.items()}
    for name, rows, m, spans in likely:
        for group in link_average(m, need, spans=spans):
            for k in group:
                placed[name][rows[k]] = f"g{rows[group[0]]}"
    join.report(sets, placed)


def write(folder, name, data):
    out = Path(folder) / f"{name}.json"
    out.write_text(json.dumps(data, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"wrote {out.name}: {out.stat().st_size} bytes")


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("rows", nargs="?")
    ap.add_argument("--bridge", action="store_true")
    ap.add_argument("--cv", action="store_true")
    ap.add_argument("--write", help="folder for pair.json and bridge.json: src/stemma/stories")
    ap.add_argument("--keep", help="pickle what was collected, for experiments")
    ap.add_argument("--sets", default=",".join(NAMES))
    a = ap.parse_args()
    if a.bridge:
        sets = load_all(list(BRIDGE_WEIGHT))
        pairs, _ = collect(sets, [load_model("join", join.MEASURES)] * 3)
        report_bridge(pairs)
        if a.write:
            write(a.write, "bridge", fit_bridge(pairs))
        return
    sets = load_all(a.sets.split(","))
    d = np.load(a.rows)
    x, y, part = d["x"].astype(float), d["y"].astype(float), d["part"]
    w = join.weigh(d["s"], d["tf"])
    models = [
        parse_model(join.fit(x[part != p], y[part != p], w[part != p]), join.MEASURES) for p in range(3)
    ]
    pairs, groups = collect(sets, models)
    print(len(pairs["y"]), "pairs", pairs["y"].mean(), f"{time.process_time():.0f}s", flush=True)
    if a.keep:
        Path(a.keep).write_bytes(pickle.dumps((sets, pairs, groups)))
    if a.cv:
        likely = judge_apart(pairs, groups, SET_WEIGHT)
        for need in (0.35, 0.42, 0.5, 0.58):
            report_at(sets, likely, need)
    if a.write:
        every = np.ones(len(pairs["y"]), dtype=bool)
        for name, data in (("pair", fit_pairs(pairs, every, SET_WEIGHT)), ("bridge", fit_bridge(pairs))):
            write(a.write, name, data)


if __name__ == "__main__":
    main()
