"""Runs every stage command over its benchmark sets and prints the figures as a Markdown table.

    python bench/quality/scores.py [STAGE/SET…] [--bench ../shared/bench]

The sets are not part of this project. Which figure matters for which set is said in `SETS`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]

SETS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("extract/html", "extract", ("text_f1", "text_precision", "text_recall", "title_same_words", "date_accuracy", "byline_f1")),
    ("extract/flat", "extract", ("text_f1", "text_precision", "text_recall")),
    ("extract/date", "extract", ("date_accuracy", "date_precision")),
    ("extract/agency", "extract", ("agency_f1", "agency_precision", "agency_recall")),
    ("stories/mix", "stories", ("b3_f1", "b3_precision", "b3_recall")),
    ("stories/mix", "stories --final", ("b3_f1", "b3_precision", "b3_recall")),
    ("stories/ecbplus", "stories", ("b3_f1",)),
    ("stories/ecbplus", "stories --final", ("b3_f1",)),
    ("stories/uci-titles", "stories", ("b3_f1",)),
    ("stories/uci-titles", "stories --final", ("b3_f1",)),
    ("stories/gva", "stories", ("b3_f1", "pair_f1")),
    ("stories/allsides", "stories", ("b3_f1", "pair_f1")),
    ("stories/basil", "stories", ("b3_f1",)),
    ("stories/lookalike", "stories", ("glued_earn", "joined_earn", "glued_acq", "joined_acq")),
    ("lineage/planted", "lineage", ("edge_f1", "edge_precision", "root_accuracy", "altering_precision", "altering_recall", "false_alarm_rate")),
    ("lineage/planted-shuffled", "lineage --final", ("edge_f1", "direction_accuracy", "root_accuracy", "undetermined_rate")),
    ("lineage/helsinki", "lineage", ("edge_f1", "false_edge_rate")),
    ("quotes/polnear", "quotes", ("content_exact_f1", "content_overlap_f1", "direct_exact_recall", "direct_overlap_f1", "source_overlap", "speaker_name_accuracy")),
    ("quotes/german", "quotes", ()),
    ("figures/casualties", "figures", ()),
    ("compare/groups", "compare", ()),
    ("brief/neus", "brief", ("rouge1_f", "rouge2_f", "rougeL_f", "supported_sentences", "length_ratio")),
    ("timeline/t17", "timeline", ("date_f1", "date_f1_1day", "align_rouge1_f", "align_rouge2_f", "supported_sentences")),
    ("feeds/feedparser", "bench/quality/feeds.py", ("files_right", "values_right")),
    ("timeline/entities", "timeline", ("date_f1", "date_f1_1day", "supported_sentences")),
)  # fmt: skip
"""(set, command, figures to print); no figures named: those that the scorer itself puts in its line."""


def score(bench: Path, name: str, command: str) -> tuple[str, dict[str, Any]]:
    """The scorer's line and its report."""
    stage, folder = name.split("/")
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / "report.json"
        script = command.startswith("bench/")
        run = f"{sys.executable} {ROOT / command if script else '-m stemma ' + command}"
        done = subprocess.run(
            [sys.executable, str(bench / "score.py"), stage, folder, "--run", run, "--report", str(report)],
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip(), json.loads(report.read_text(encoding="utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("only", nargs="*", help="sets, like stories/mix")
    parser.add_argument("--bench", type=Path, default=ROOT.parent / "shared" / "bench")
    options = parser.parse_args()
    print("| set | command | figures | contract problems | CPU s |\n|---|---|---|---|---|")
    for name, command, keys in SETS:
        if options.only and name not in options.only:
            continue
        line, report = score(options.bench, name, command)
        shown = {k: report.get(k) for k in keys} if keys else _line_figures(line)
        figures = ", ".join(f"{k} {v:.3f}" if isinstance(v, float) else f"{k} {v}" for k, v in shown.items())
        print(
            f"| {name} | `{command}` | {figures} | {report['contract_problems']} | {report['run']['cpu_s']} |",
            flush=True,
        )


def _line_figures(line: str) -> dict[str, Any]:
    return dict(part.split("=") for part in line.partition(": ")[2].partition(" |")[0].split())


if __name__ == "__main__":
    main()
