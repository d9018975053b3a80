"""From which confidence the block scorer is believed, and trafilatura not asked: text F1 by site-wise cross-validation.

    python bench/train/html_fit.py --check --keep found.pickle
    python bench/train/html_trust.py found.pickle

Prints, for each value of `TRUSTED` (`stemma.extract.html.article`), the share of pages read again and the F1 of each group.
"""

from __future__ import annotations

import gzip
import json
import pickle
import sys
from collections import defaultdict
from pathlib import Path

from html_pages import SET, load_examples, match, prf

from stemma.extract.html.body import choose_body
from stemma.extract.html.fallback import read_again


def main() -> None:
    found = pickle.loads(Path(sys.argv[1]).read_bytes())
    with gzip.open(SET / "input.jsonl.gz") as lines:
        html = {row["id"]: row["html"] for row in map(json.loads, lines)}
    rows = []
    for example in load_examples():
        body = choose_body(example.outline, found[example.id], title=example.known.title)
        second = read_again(html[example.id], example.outline, body.places, title=example.known.title)
        own, again = match(example.gold, body.text), match(example.gold, second)
        rows.append((body.sure, own, again, example.group))
    for trusted in (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.1):
        groups = defaultdict(list)
        for sure, own, again, group in rows:
            groups["all"].append(again if sure < trusted else own)
            groups[group].append(groups["all"][-1])
        share = sum(sure < trusted for sure, *_ in rows) / len(rows)
        print(trusted, round(share, 3), {k: round(prf(v)[2], 4) for k, v in groups.items() if len(v) > 4})


if __name__ == "__main__":
    main()
