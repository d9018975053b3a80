"""Who may import whom, and other walls of the house."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src" / "stemma").rglob("*.py"))


def test_import_layers_hold() -> None:
    """Foundation, stages, store, newsroom, portal and commands import only downwards, and stages never each other."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(lint), "--no-cache"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_one_place_catches_broadly() -> None:
    """`except Exception`, bare `except` and `except BaseException` stand in newsroom/faults.py alone."""
    broad = re.compile(r"except\s*(\(?\s*(Base)?Exception\b|:)")
    places = {path.name for path in SOURCES if broad.search(path.read_text(encoding="utf-8"))}
    assert places == {"faults.py"}


def test_sql_stays_in_the_store() -> None:
    """Nothing outside store/ knows SQLAlchemy, SQLite or a statement."""
    for path in SOURCES:
        if "store" in path.relative_to(ROOT / "src" / "stemma").parts:
            continue
        names = {
            name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        }
        assert not names & {"sqlalchemy", "sqlite3", "alembic"}, path


def test_stages_have_no_clock_and_no_files() -> None:
    """No stage reads a clock, an environment, a random number or a file outside its own package's data."""
    forbidden = re.compile(
        r"\b(datetime\.now|date\.today|utcnow|time\.(time|monotonic|sleep)|os\.environ|random\.|(?<![.\w])(?<!def )open\(|socket\.|subprocess)"
    )
    for stage in ("extract", "lineage", "stories", "facts", "digest", "text"):
        for path in (ROOT / "src" / "stemma" / stage).rglob("*.py"):
            found = forbidden.search(path.read_text(encoding="utf-8"))
            assert not found, f"{path}: {found.group() if found else ''}"


def test_reading_code_sees_only_visible_articles() -> None:
    """In the store's reading modules the article table itself is never named: only the deny list hands articles out."""
    for name in (
        "read.py",
        "parts.py",
        "rows.py",
        "browse.py",
        "people.py",
        "search.py",
        "heads.py",
        "weighing.py",
    ):
        text = (ROOT / "src" / "stemma" / "store" / name).read_text(encoding="utf-8")
        assert not re.search(r"schema\.article\b", text), name


def test_no_foreign_texts_lie_in_the_project() -> None:
    """Data stands in the rooms made for it: no dumps of pages or articles elsewhere, and no file of over 256 kB."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    held = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    dumps = {
        str(path.relative_to(ROOT))
        for path in held
        if path.suffix in {".jsonl", ".gz", ".warc", ".wet", ".html"}
        and path.relative_to(ROOT).parts[0] not in {"samples", "src"}
        and path.relative_to(ROOT).parts[:2] != ("tests", "cases")
    }
    large = {str(path.relative_to(ROOT)) for path in held if path.exists() and path.stat().st_size > 256_000}
    assert not dumps
    assert not large
