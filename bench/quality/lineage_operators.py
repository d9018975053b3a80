"""Plants single edits on originals of a lineage set and measures, edit by edit, what lineage makes of them.

    python bench/quality/lineage_operators.py ../shared/bench/sets/lineage/planted [--each 60] [--seed 7] [--only EDIT..] [--show EDIT]

Reads texts at run time and stores none. The originals come first, then one edited copy at a time; "edge" is the share of
copies whose parent is the original, "told" the share of edits told by kind and place, "alarms" the share of copies on which
something altering is told that was not planted.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from lineage_edits import OPERATORS, Edit

from stemma.lineage import LineageIndex
from stemma.types import Article, ArticleId, Change, Copy

ALTERING = frozenset({"quote", "figure", "name", "hedge"})


def load(folder: Path) -> list[Article]:
    """The originals of a set of which the gold says that they derive from nothing; bare texts in English."""
    with gzip.open(folder / "gold.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = {row["id"]: row for row in map(json.loads, lines)}
    with gzip.open(folder / "input.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if gold[row["id"]]["known"]]
    return [
        Article(
            id=ArticleId(row["id"]),
            text=row["text"],
            title=row.get("title"),
            language="en",
            outlet=f"Outlet {n}",
        )
        for n, row in enumerate(rows)
        if not gold[row["id"]]["parents"] and len(row["text"]) > 900
    ]


def plant(originals: list[Article], name: str, each: int, seed: int) -> Iterator[tuple[Article, Edit]]:
    """Copies with one edit, of originals chosen by the seed."""
    rng = Random(f"{seed} {name}")
    pool = list(originals)
    rng.shuffle(pool)
    made = 0
    for article in pool:
        edit = OPERATORS[name](rng, article.text)
        if edit is None or made >= each:
            continue
        made += 1
        yield article, edit


def hits(change: Change, edit: Edit) -> bool:
    """Whether the change points at the planted place on either side."""
    return any(
        told is not None and planted is not None and told.start < planted[1] and planted[0] < told.end
        for told, planted in ((change.child, edit.child), (change.parent, edit.parent))
    )


def judge(index: LineageIndex, parent: Article, edit: Edit, copy: Article) -> tuple[bool, bool, list[Change]]:
    """Whether the edge is right, whether the edit is told, and what else is told that alters."""
    edges: tuple[Copy, ...] = tuple(c for c in index.judge(copy) if c.parent == parent.id)
    if not edges:
        return False, False, []
    changes = [c for c in edges[0].changes if c.kind in ALTERING]
    told = any(c.kind in edit.kinds and hits(c, edit) for c in changes)
    return True, told, [c for c in changes if not (edit.kinds and hits(c, edit))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", nargs="+", metavar="EDIT", help="only these edits, by their whole names")
    parser.add_argument("--show", help="print what was missed and what alarmed for operators that begin so")
    options = parser.parse_args()
    originals = load(options.folder)
    index = LineageIndex()
    for article in originals:
        index.remember(article)
    print("| edit | copies | edge | told | alarms |\n|---|---|---|---|---|")
    for name in OPERATORS:
        if options.show and not name.startswith(options.show):
            continue
        if options.only and name not in options.only:
            continue
        count = edges = told = alarms = 0
        for parent, edit in plant(originals, name, options.each, options.seed):
            copy = Article(
                id=ArticleId(f"copy {count}"), text=edit.text, language="en", outlet="The Copying Gazette"
            )
            found, said, others = judge(index, parent, edit, copy)
            count += 1
            edges += found
            told += said
            alarms += bool(others)
            if options.show and (others or not said):
                _show(parent, edit, said, others)
        if count:
            share = f"{told / count:.2f}" if not name.startswith("none") else ""
            print(f"| {name} | {count} | {edges / count:.2f} | {share} | {alarms / count:.3f} |", flush=True)


def _show(parent: Article, edit: Edit, said: bool, others: list[Change]) -> None:
    if edit.kinds and not said:
        print("missed:", edit.kinds)
        for text, place in ((edit.text, edit.child), (parent.text, edit.parent)):
            if place:
                print("   ", repr(text[max(0, place[0] - 60) : place[1] + 60]))
    for change in others:
        print("alarm:", change.kind, change.detail)
        for text, span in ((edit.text, change.child), (parent.text, change.parent)):
            if span:
                print("   ", repr(text[max(0, span.start - 40) : span.end + 40]))


if __name__ == "__main__":
    main()
