"""Quality floors: no stage falls below what it once reached on the benchmark sets (where these are at hand)."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench"
FLOORS = [
    pytest.param(floor, id=f"{floor['set']} {floor['command']}")
    for path in sorted((ROOT / "bench" / "quality" / "floors").glob("*.toml"))
    for floor in tomllib.loads(path.read_text(encoding="utf-8")).get("floor", [])
]


@pytest.mark.skipif(not BENCH.is_dir(), reason="the benchmark sets are not at hand")
@pytest.mark.parametrize("floor", FLOORS)
def test_no_figure_falls_below_its_floor(floor: dict[str, Any], tmp_path: Path) -> None:
    """On the set with this hash, each figure is at least (or at most) what is pinned, and the contract is kept."""
    if floor.get("slow") and "STEMMA_ALL_FLOORS" not in os.environ:
        pytest.skip("slow; set STEMMA_ALL_FLOORS=1")
    folder = BENCH / "sets" / floor["set"]
    data = (folder / "input.jsonl.gz").read_bytes() + (folder / "gold.jsonl.gz").read_bytes()
    if hashlib.sha256(data).hexdigest() != floor["sha256"]:
        pytest.skip("another edition of the set")
    stage, name = floor["set"].split("/")
    # A stage that is no command of its own has a script that answers for it.
    script = floor["command"].startswith("bench/")
    command = f"{sys.executable} {ROOT / floor['command'] if script else '-m stemma ' + floor['command']}"
    report_path = tmp_path / "report.json"
    done = subprocess.run(
        [
            sys.executable,
            str(BENCH / "score.py"),
            stage,
            name,
            "--run",
            command,
            "--report",
            str(report_path),
        ],
        capture_output=True,
        timeout=900,
        check=False,
    )
    report = json.loads(report_path.read_text(encoding="utf-8"))
    assert report["contract_problems"] == 0, report["contract_first"]
    assert done.returncode == 0
    low = {k: report[k] for k, bound in floor.get("at_least", {}).items() if report[k] < bound}
    high = {k: report[k] for k, bound in floor.get("at_most", {}).items() if report[k] > bound}
    assert (low, high) == ({}, {})


def test_every_floor_names_a_figure() -> None:
    """A floor without a bound would hold nothing."""
    for parameter in FLOORS:
        (floor,) = parameter.values
        assert isinstance(floor, dict)
        assert floor.get("at_least") or floor.get("at_most"), floor["set"]
