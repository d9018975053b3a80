"""Whether our text of web pages is better than trafilatura's, by a paired bootstrap over the pages of `extract/html`.

    python bench/train/html_fit.py --check --keep found.pickle
    python bench/quality/html_paired.py found.pickle

Ours are the readings of models that never saw the page's site, with the second opinion; theirs are trafilatura's default mode and its
fast and precise ones, each with metadata and without comments. Prints text F1 (as `score.py` has it) and the share of 5,000 samples of pages, and of whole
sites, in which ours is the higher.
"""

from __future__ import annotations

import gzip
import json
import pickle
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import trafilatura

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))

from html_pages import SET, load_examples, match, prf

from stemma.extract.html.article import TRUSTED
from stemma.extract.html.body import choose_body
from stemma.extract.html.fallback import read_again

SAMPLES = 5_000
MODES = {"default": {}, "fast": {"fast": True}, "precision": {"favor_precision": True}}


def main() -> None:
    found = pickle.loads(Path(sys.argv[1]).read_bytes())
    with gzip.open(SET / "input.jsonl.gz") as lines:
        html = {row["id"]: row["html"] for row in map(json.loads, lines)}
    examples = load_examples()
    ours = []
    for example in examples:
        body = choose_body(example.outline, found[example.id], title=example.known.title)
        title = example.known.title
        text = (
            body.text
            if body.sure >= TRUSTED
            else read_again(html[example.id], example.outline, body.places, title=title)
        )
        ours.append(match(example.gold, text))
    sites = [example.site for example in examples]
    print("ours", round(prf(ours)[2], 4))
    for mode, options in MODES.items():
        theirs = [
            match(e.gold, trafilatura.extract(html[e.id], include_comments=False, **options) or "")
            for e in examples
        ]
        by_page = compare(ours, theirs, [[n] for n in range(len(ours))])
        by_site = compare(ours, theirs, list(group(sites).values()))
        print(
            mode, round(prf(theirs)[2], 4), "P(ours better) by page", by_page, "by site", by_site, flush=True
        )


def group(sites: list[str]) -> dict[str, list[int]]:
    places = defaultdict(list)
    for at, site in enumerate(sites):
        places[site].append(at)
    return places


def compare(ours: list, theirs: list, units: list[list[int]]) -> float:
    """The share of samples of units, drawn with replacement, in which our F1 is the higher."""
    rng = np.random.default_rng(7)
    figures = []
    for matches in (ours, theirs):
        # Precision and recall of a page where they are defined; F1 is of their means over pages.
        pages = np.array([prf([m])[:2] for m in matches])
        figures.append(np.array([[*pages[unit].sum(axis=0), len(unit)] for unit in units]))
    better = 0
    for _ in range(SAMPLES):
        drawn = rng.integers(0, len(units), len(units))
        scores = []
        for figure in figures:
            precision, recall, count = figure[drawn].sum(axis=0)
            precision, recall = precision / count, recall / count
            scores.append(2 * precision * recall / (precision + recall))
        better += scores[0] > scores[1]
    return round(better / SAMPLES, 4)


if __name__ == "__main__":
    main()
