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


def test_outlets_of_one_owner_are_counted_once_after_the_command(
    stemma: Run, make_lines: Callable[..., Path], tmp_path: Path
) -> None:
    """Two outlets' own reports of one event are two newsrooms, and one when the file says that one owner has both."""
    home = tmp_path / "home"
    lines = make_lines([article_line("a"), article_line("b", ORCHARD, title="Frost", outlet="Varde Post")])

    def newsrooms() -> list[int]:
        shown = stemma("show", "stories", "--json", home=home).stdout.splitlines()
        return [json.loads(line)["newsrooms"] for line in shown]

    assert stemma("read", str(lines), home=home).returncode == 0
    assert stemma("merge", "2", "1", home=home).returncode == 0
    assert newsrooms() == [2]
    first = json.loads(stemma("show", "article", "1", "--json", home=home).stdout)["outlet"]
    (home / "families.toml").write_text(f'[[family]]\nname = "One"\noutlets = ["{first}", "Varde Post"]\n')
    told = stemma("families", "--json", home=home)
    assert json.loads(told.stdout) == {"name": "One", "outlets": [first, "Varde Post"], "source": None}
    assert newsrooms() == [1]
    (home / "families.toml").write_text("[[family]]\nname = 3\n")
    wrong = stemma("families", home=home)
    assert (wrong.returncode, b"name is missing" in wrong.stderr) == (2, True)
    assert newsrooms() == [1]
