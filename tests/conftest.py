"""What many tests need: invented articles, a fresh store, the command as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from stemma.store import Store, open_store

ROOT = Path(__file__).resolve().parents[1]

HARBOUR = (
    "The harbour bridge of Port Ellsay was closed on Tuesday after inspectors found cracks in two of its cables. "
    "Mayor Ines Okarro said the closure would last at least six weeks. “We will not gamble with lives,” Okarro said. "
    "About 14,000 vehicles cross the bridge every day, the city's transport office said.\n\n"
    "Engineers discovered the damage during a routine survey on Monday night. The bridge was built in 1961 and was "
    "last repaired nine years ago. Ferries will run every ten minutes from Wednesday."
)
ORCHARD = (
    "A late frost destroyed most of the apple blossom in the Varde valley, growers said on Friday. The cooperative "
    "of Lower Varde expects to lose 70 percent of its harvest. “We have not seen this since my father's time,” said "
    "Tomas Hellgrin, who farms 40 hectares near the river.\n\n"
    "The regional government promised loans. Temperatures fell to minus six degrees in the night to Thursday."
)


_LONG_FIRST = ("tests/quality", "tests/live", "tests/browser", "tests/cli", "tests/newsroom", "tests/samples")
"""Folders whose tests take seconds each, in the order in which they are begun: short ones then fill the gaps at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long tests before short ones, so that no worker is left alone with a long one."""

    def rank(item: pytest.Item) -> int:
        folder = item.path.relative_to(ROOT).parent.as_posix()
        return _LONG_FIRST.index(folder) if folder in _LONG_FIRST else len(_LONG_FIRST)

    items.sort(key=rank)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a file of its own."""
    made = open_store(tmp_path / "stemma.db")
    yield made
    made.close()


@pytest.fixture
def make_lines(tmp_path: Path) -> Callable[[list[dict[str, Any]]], Path]:
    """Writes JSON Lines to a file and gives its path."""

    def make(lines: list[dict[str, Any]], name: str = "pages.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return path

    return make


@pytest.fixture
def stemma(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The command `stemma` with a home of its own."""

    def run(
        *arguments: str, stdin: bytes = b"", home: Path | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "STEMMA_HOME": str(home or tmp_path / "home")}
        return subprocess.run(
            [sys.executable, "-m", "stemma", *arguments],
            input=stdin,
            capture_output=True,
            env=environment,
            timeout=120,
            check=False,
        )

    return run


def article_line(ident: str, text: str = HARBOUR, **fields: Any) -> dict[str, Any]:
    """A line that `stemma extract` could have given."""
    return {
        "id": ident,
        "outcome": "article",
        "title": "Harbour bridge closed",
        "outlet": "Ellsay Courier",
        "language": "en",
        "text": text,
        **fields,
    }
