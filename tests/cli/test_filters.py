"""The stage commands as a shell sees them: lines in, lines out, order, rejections, exit status."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import HARBOUR, ORCHARD, article_line

from stemma.cli.main import COMMANDS, run

Run = Callable[..., subprocess.CompletedProcess[bytes]]
MakeLines = Callable[..., Path]
FILTERS = ["stories", "lineage", "quotes", "figures", "compare", "brief", "timeline"]


def _lines(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().splitlines()]


@pytest.mark.parametrize("command", FILTERS)
def test_bad_lines_are_answered_and_the_rest_goes_on(
    command: str, stemma: Run, make_lines: MakeLines
) -> None:
    """Broken, empty and repeated lines are rejected in their place, a rejection is passed on, the exit status is 1."""
    path = make_lines([article_line("a"), article_line("b", ORCHARD)])
    broken = path.read_bytes() + b'nonsense\n{"id": "c"}\n{"id": "a", "text": "again"}\n'
    passed_on = b'{"id":"z" ,"outcome":"rejected","reason":"too short","detail":"x","more":1}'
    done = stemma(command, "-", stdin=broken + passed_on + b"\n")
    assert done.returncode == 1, done.stderr
    rejected = [line for line in _lines(done.stdout) if line.get("outcome") == "rejected"]
    assert [(r["id"], r["reason"]) for r in rejected] == [
        ("line 3", "broken line"),
        ("c", "too short"),
        ("a", "repeated id"),
        ("z", "too short"),
    ]
    assert passed_on in done.stdout.splitlines()


@pytest.mark.parametrize("command", [*FILTERS, "stories --final", "lineage --final"])
def test_same_bytes_on_every_run(command: str, stemma: Run, make_lines: MakeLines) -> None:
    """The same input gives the same bytes, whatever the seed of the interpreter's hashes."""
    path = make_lines(
        [
            article_line("a"),
            article_line("b", HARBOUR.replace("six", "nine")),
            article_line("c", ORCHARD, title="Frost"),
        ]
    )
    first, second = stemma(*command.split(), str(path)), stemma(*command.split(), str(path))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout


@pytest.mark.parametrize("command", FILTERS)
def test_empty_input_gives_nothing(command: str, stemma: Run) -> None:
    """No line in, no line out, and all is well."""
    done = stemma(command, stdin=b"")
    assert (done.returncode, done.stdout) == (0, b""), done.stderr


def test_given_groups_are_returned_unchanged(stemma: Run, make_lines: MakeLines) -> None:
    """Where lines carry a story or thread, it is taken as given."""
    path = make_lines(
        [article_line("a", story="S1", thread="T1"), article_line("b", ORCHARD, story="S2", thread="T1")]
    )
    assert [line["story"] for line in _lines(stemma("brief", str(path)).stdout)] == ["S1", "S2"]
    assert {line["thread"] for line in _lines(stemma("timeline", str(path)).stdout)} <= {"T1"}


def test_extract_gives_input_for_every_other_command(stemma: Run, tmp_path: Path) -> None:
    """A page through extract and each other command leaves none of them with a rejection."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.txt").write_text("Harbour bridge closed\n\n" + HARBOUR, encoding="utf-8")
    (tmp_path / "in" / "other.md").write_text("not read")
    extracted = stemma("extract", str(tmp_path / "in"))
    assert extracted.returncode == 0, extracted.stderr
    (line,) = _lines(extracted.stdout)
    assert line["id"] == "page.txt"
    assert "cracks in two of its cables" in line["text"]
    for command in FILTERS:
        done = stemma(command, stdin=extracted.stdout)
        assert done.returncode == 0, (command, done.stderr)


def test_extract_names_what_it_cannot_use(stemma: Run, tmp_path: Path) -> None:
    """Empty, binary and unreadable pages are rejected by name; the one good page is there."""
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "noise.html").write_bytes(bytes(range(256)) * 64)
    (tmp_path / "page.txt").write_text("Harbour bridge closed\n\n" + HARBOUR, encoding="utf-8")
    done = stemma("extract", str(tmp_path))
    lines = {line["id"]: line for line in _lines(done.stdout)}
    assert done.returncode == 1
    assert lines["page.txt"]["outcome"] == "article"
    assert all(lines[n]["outcome"] == "rejected" and lines[n]["reason"] for n in ("empty.html", "noise.html"))


def test_usage_faults_are_said_in_words(stemma: Run) -> None:
    """A wrong path, a wrong command and a wrong option end with status 2 and without a trace."""
    for arguments in (
        ["extract", "/no/such/file.html"],
        ["nonsense"],
        ["stories", "--nonsense"],
        ["quotes", "/no/such"],
    ):
        done = stemma(*arguments)
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr


def test_version_and_help(stemma: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Every command has help, and the help of all names every command."""
    assert stemma("--version").stdout.startswith(b"stemma ")
    overview = stemma("--help").stdout.decode()
    for command in COMMANDS:
        assert f"  {command} " in overview
        with pytest.raises(SystemExit) as ended:
            run([command, "--help"])
        assert ended.value.code == 0
        assert f"usage: stemma {command}" in capsys.readouterr().out
