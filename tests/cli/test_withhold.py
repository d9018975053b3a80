"""An owner who asks has their content gone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import ORCHARD, article_line

from stemma.store.engine import hold_writing

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.mark.parametrize("entry", [("article", "1"), ("outlet", "Ellsay Courier")])
def test_withheld_is_gone_and_can_come_back(
    stemma: Run, make_lines: Callable[..., Path], entry: tuple[str, str]
) -> None:
    """After one command no output holds a word of it; reading the page again brings nothing back; --undo does."""
    path = make_lines([article_line("a"), article_line("b", ORCHARD, title="Frost", outlet="Varde Post")])
    assert stemma("read", str(path)).returncode == 0
    assert stemma("withhold", *entry).returncode == 0
    assert stemma("read", str(path)).returncode == 0
    shown = stemma("show", "stories", "--json").stdout + stemma("search", "bridge", "--json").stdout
    assert b"arbour" not in shown
    assert b"Frost" in shown
    assert stemma("show", "article", "1").returncode == 2
    assert stemma("withhold", *entry, "--undo").returncode == 0
    titles = [json.loads(line)["title"] for line in stemma("show", "stories", "--json").stdout.splitlines()]
    assert "Harbour bridge closed" in titles


def test_withholding_does_not_wait_for_another_writer(
    stemma: Run, make_lines: Callable[..., Path], tmp_path: Path
) -> None:
    """While another process holds the desk, an entry takes effect at once all the same."""
    home = tmp_path / "home"
    path = make_lines([article_line("a")])
    assert stemma("read", str(path), home=home).returncode == 0
    with hold_writing(home / "stemma.db"):
        assert stemma("withhold", "article", "1", home=home).returncode == 0
    assert stemma("show", "stories", "--json", home=home).stdout == b""


def test_what_would_withhold_too_much_is_refused(stemma: Run) -> None:
    """A wrong number and an address that fits everything are usage faults."""
    assert stemma("withhold", "article", "one").returncode == 2
    assert stemma("withhold", "address", "https://").returncode == 2


def _files_that_hold(home: Path, word: bytes) -> list[str]:
    return sorted(path.name for path in home.iterdir() if word in path.read_bytes())


def test_erase_takes_it_out_of_every_file(
    stemma: Run, make_lines: Callable[..., Path], tmp_path: Path
) -> None:
    """One command, and no file of the home holds a word of what is withheld, nor does a copy that is restored; what it says is
    how many articles went. Called again it says that nothing is left."""
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    path = make_lines([article_line("a"), article_line("b", ORCHARD, title="Frost", outlet="Varde Post")])
    assert stemma("read", str(path)).returncode == 0
    assert stemma("backup", str(copy)).returncode == 0
    assert stemma("withhold", "outlet", "Ellsay Courier").returncode == 0
    assert _files_that_hold(home, b"gamble with lives")
    done = stemma("erase")
    assert done.stdout == b"erased: outlet Ellsay Courier: 1 articles\n", done.stderr
    assert _files_that_hold(home, b"gamble with lives") == []
    assert b"Frost" in stemma("show", "stories", "--json").stdout
    assert b"Nothing" in stemma("erase").stdout
    assert stemma("restore", str(copy)).returncode == 0
    assert b"arbour" not in stemma("show", "stories", "--json").stdout
    assert stemma("erase").returncode == 0
    assert _files_that_hold(home, b"gamble with lives") == []
