"""Fits the line model of `extract.flat` and writes it into the package; with `--check`, only cross-validates it by site.

    python bench/train/flat_fit.py --check      text F1 of five folds by site, nothing written
    python bench/train/flat_fit.py              fits on all pages, writes src/stemma/extract/flat/model.npz

Material: the pages of `extract/flat` (dev), the same sites' web pages in the other renderings, the pages of `extract/date`, which are of
other sites and have no gold text, as the HTML reader reads them, and pages with openings of other stories glued behind the article.
`--check` takes some ten minutes, and holds a site out of all of these;
the figures of the whole are `score.py extract flat`. Needs what `pip install .[train]` brings; running the model does not.
Set `OMP_NUM_THREADS=1` where the machine has other work: the trees wait for each other otherwise.
"""

from __future__ import annotations

import argparse
import random
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from flat_labels import SETS, LabelledPage, label_lines, load_pages, load_rows
from flat_render import STYLES, render_page
from html_pages import find_site
from sklearn.ensemble import HistGradientBoostingClassifier

from stemma.extract import extract_article
from stemma.extract.flat.choose import choose_weighed
from stemma.extract.flat.features import NAMES, weigh_lines
from stemma.extract.flat.lines import split_lines
from stemma.text.tokens import split_words
from stemma.types import Article, Page
from stemma.wire import parse_page

MODEL = Path(__file__).resolve().parents[2] / "src/stemma/extract/flat/model.npz"
FOLDS = 5
SHORTEST_TAUGHT, MOST_LINES = 500, 6_000
TREES = {
    "max_iter": 120,
    "learning_rate": 0.09,
    "max_leaf_nodes": 12,
    "l2_regularization": 2.0,
    "max_features": 0.3,
    "min_samples_leaf": 40,
}
"""Of two models. The first learns from the set's pages in all renderings, the second from those of other sites instead: they err differently.
By site: text F1 .934 and .935, their mean .937; both kinds in one model .936, two such models .936."""


@dataclass(frozen=True, slots=True)
class Rows:
    fold: int
    features: np.ndarray
    labels: np.ndarray
    weights: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    pages = load_pages()
    own = [make_rows(page) for page in pages]
    rendered = render_set(pages)
    tails = [make_rows(p, share=0.5, thin=True) for p in add_tails([*pages, *rendered])]
    other = [make_rows(p, share=0.7, thin=True) for p in rendered]
    taught = [make_rows(p, share=0.3, thin=True) for p in render_taught()]
    if arguments.check:
        check(pages, own, [own, tails, other], [own, tails, taught])
        return
    models = [fit([*own, *tails, *other]), fit([*own, *tails, *taught])]
    np.savez_compressed(MODEL, **export(models))
    print(MODEL, MODEL.stat().st_size, "bytes")


def fold_of(site: str) -> int:
    return zlib.crc32(site.encode()) % FOLDS


def make_rows(page: LabelledPage, *, share: float = 1.0, thin: bool = False) -> Rows:
    """Features, labels and weights of a page; a page weighs as much as another, a line by its words."""
    features = weigh_lines(page.lines)
    sizes = np.array([len(line.words) for line in page.lines], dtype=float)
    weights = share * (sizes + 3) / max(30.0, float((sizes * page.labels).sum()))
    keep = np.ones(len(sizes), dtype=bool)
    if thin:
        # Short lines are most of a page and much alike: three in ten stand for all.
        short = features[:, 0] < np.log1p(5)
        keep = ~short | (np.random.default_rng(zlib.crc32(page.id.encode())).random(len(sizes)) < 0.3)
        weights[short] /= 0.3
    return Rows(fold_of(page.site), features[keep], page.labels[keep], weights[keep])


def render_set(pages: list[LabelledPage]) -> list[LabelledPage]:
    """Each web page of `extract/html` in the renderings in which the flat set does not have it."""
    held = {(page.id, page.style) for page in pages}
    gold = {row["id"]: row for row in load_rows(SETS / "extract/html/gold.jsonl.gz")}
    rows = load_rows(SETS / "extract/html/input.jsonl.gz")
    found = (render(row, gold[row["id"]]["site"], gold[row["id"]]["text"]) for row in rows)
    return [page for some in found for page in some if (page.id, page.style) not in held]


def render_taught() -> list[LabelledPage]:
    """The pages of `extract/date` in all renderings, labelled by what the HTML reader gives of them."""
    pages = []
    for row in load_rows(SETS / "extract/date/input.jsonl.gz"):
        page = parse_page(row)
        article = extract_article(page) if isinstance(page, Page) else page
        if isinstance(article, Article) and len(article.text) > SHORTEST_TAUGHT:
            pages += render(row, find_site(row["url"] or row["id"]), article.text)
    return pages


def render(row: dict, site: str, text: str) -> list[LabelledPage]:
    """One web page in all renderings that hold most of its article."""
    pages = []
    words = len(split_words(text))
    for style in STYLES:
        lines = split_lines(render_page(row["html"], style))
        labels = label_lines(lines, text)
        found = sum(len(line.words) for line, label in zip(lines, labels, strict=True) if label)
        if 0 < len(lines) <= MOST_LINES and words > 60 and found > 0.6 * words:
            pages.append(LabelledPage(row["id"], site, style, row.get("url"), lines, labels, text))
    return pages


def add_tails(pages: list[LabelledPage]) -> list[LabelledPage]:
    """Pages of the main-content style with openings of other stories of their fold behind the article, one a line."""
    by_fold: dict[int, list[LabelledPage]] = {}
    for page in pages:
        by_fold.setdefault(fold_of(page.site), []).append(page)
    made = []
    for page in pages:
        chance = random.Random(zlib.crc32(page.id.encode()) + 1)
        if page.style != "resi_main" or chance.random() < 0.4 or not page.labels.any():
            continue
        donors = [p for p in by_fold[fold_of(page.site)] if p.site != page.site]
        kind = chance.random()
        tail = [] if kind < 0.7 else ["Related Articles"]
        for donor in chance.sample(donors, min(len(donors), chance.choice([2, 3, 4, 5]))):
            words = " ".join(
                line.text for line, label in zip(donor.lines, donor.labels, strict=True) if label
            ).split()
            if len(words) >= 60:
                tail += make_teaser(words, kind, chance)
        lines = split_lines("\n".join(tail))
        last = int(np.flatnonzero(page.labels)[-1]) + 1
        at = last if kind < 0.5 else len(page.lines)
        made.append(
            LabelledPage(
                page.id, page.site, "tail", page.url,
                [*page.lines[:at], *lines, *page.lines[at:]],
                np.concatenate([page.labels[:at], np.zeros(len(lines), dtype=int), page.labels[at:]]),
                page.gold,
            )
        )  # fmt: skip
    return made


def make_teaser(words: list[str], kind: float, chance: random.Random) -> list[str]:
    opening = " ".join(words[: chance.randint(60, 135)])
    if kind < 0.4:
        label = " ".join(words[: chance.randint(2, 3)]).upper().strip('.,:;"“”')
        at = chance.randint(10, 25)
        return [f"{label}: {' '.join(words[at : at + 20]).strip('.')} {opening}"]
    if kind < 0.7:
        return [opening]
    title = " ".join(words[5 : 5 + chance.randint(6, 10)])
    age = f"time{chance.randint(2, 50)} minutes ago"
    return [
        title,
        title,
        "Daily Gazette",
        age,
        "  • Daily Gazette",
        title,
        " ".join(words[: chance.randint(120, 400)]),
    ]


def fit(rows: list[Rows]) -> HistGradientBoostingClassifier:
    weights = np.concatenate([r.weights for r in rows])
    model = HistGradientBoostingClassifier(max_bins=64, random_state=1, early_stopping=False, **TREES)
    return model.fit(
        np.vstack([r.features for r in rows]),
        np.concatenate([r.labels for r in rows]),
        sample_weight=weights * len(weights) / weights.sum(),
    )


def check(pages: list[LabelledPage], own: list[Rows], *materials: list[list[Rows]]) -> None:
    """Text F1 of the lines chosen by models that have not seen the page's site, one model for each of `materials`."""
    sys.path.insert(0, str(SETS.parent))
    from benchlib.extract import match, prf

    matches = []
    for fold in range(FOLDS):
        models = [fit([r for some in material for r in some if r.fold != fold]) for material in materials]
        for page, rows in zip(pages, own, strict=True):
            if rows.fold == fold:
                scores = np.mean([m.decision_function(rows.features) for m in models], axis=0)
                kept, _ = choose_weighed(page.lines, 1 / (1 + np.exp(-scores)))
                matches.append(match(page.gold, "\n\n".join(page.lines[n].text for n in kept)))
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
    print("cross-validated text precision, recall, F1:", *(round(x, 4) for x in prf(matches)))


def export(models: list[HistGradientBoostingClassifier]) -> dict[str, np.ndarray]:
    """The trees of all models as padded arrays (see `stemma.extract.flat.trees`); leaf values averaged over the models."""
    trees = [predictor[0].nodes for model in models for predictor in model._predictors]
    leaves = max(int(t["is_leaf"].sum()) for t in trees)
    assert leaves <= 16
    feature = np.zeros((len(trees), leaves - 1), dtype=np.int16)
    limit = np.full((len(trees), leaves - 1), np.inf)
    mask = np.full((len(trees), leaves - 1), 0xFFFF, dtype=np.uint16)
    value = np.zeros((len(trees), leaves))
    for n, nodes in enumerate(trees):
        order: list[int] = []
        inner: list[tuple[int, int, int]] = []

        def walk(at: int, nodes=nodes, order=order, inner=inner) -> None:
            if nodes[at]["is_leaf"]:
                order.append(at)
                return
            start = len(order)
            walk(int(nodes[at]["left"]))
            inner.append((at, start, len(order)))
            walk(int(nodes[at]["right"]))

        walk(0)
        value[n, : len(order)] = [nodes[at]["value"] for at in order]
        for k, (at, low, high) in enumerate(inner):
            feature[n, k] = nodes[at]["feature_idx"]
            limit[n, k] = nodes[at]["num_threshold"]
            mask[n, k] = 0xFFFF & ~(((1 << (high - low)) - 1) << low)
    return {
        "names": np.array(NAMES),
        "feature": feature,
        "limit": limit,
        "mask": mask,
        "value": value / len(models),
        "base": np.array(np.mean([m._baseline_prediction for m in models])),
    }


if __name__ == "__main__":
    main()
