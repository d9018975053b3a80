"""A person's word on grouping, from the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ORCHARD, article_line

Run = Callable[..., subprocess.CompletedProcess[bytes]]


def test_merge_and_split_survive_reading_again(
    stemma: Run, make_lines: Callable[..., Path], tmp_path: Path
) -> None:
    """Two stories made one stay one when the same file and another are read; parted again, they stay apart."""
    first = make_lines([article_line("a"), article_line("b", ORCHARD, title="Frost", outlet="Varde Post")])
    home = tmp_path / "home"

    def shown() -> list[list[int]]:
        lines = stemma("show", "stories", "--json", home=home).stdout.splitlines()
        return sorted(json.loads(line)["articles"] for line in lines)

    assert stemma("read", str(first), home=home).returncode == 0
    assert shown() == [[1], [2]]
    merged = stemma("merge", "2", "1", "--reason", "a joint report", home=home)
    assert merged.returncode == 0
    assert b"story 2 is now part of story 1" in merged.stderr
    assert stemma("read", str(first), home=home).returncode == 0
    assert shown() == [[1, 2]]
    story = json.loads(stemma("show", "story", "2", "--json", home=home).stdout)
    assert story["story"] == 1
    assert story["articles"][1]["why"] == ["person: a joint report"]
    assert stemma("split", "1", "2", home=home).returncode == 0
    assert stemma("read", str(first), home=home).returncode == 0
    assert shown() == [[1], [2]]
    assert stemma("split", "1", "1", home=home).returncode == 2
    assert stemma("merge", "1", "1", home=home).returncode == 2
    assert stemma("merge", "1", "77", home=home).returncode == 2
