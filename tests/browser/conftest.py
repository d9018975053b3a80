"""A real browser, and portals for it to open. Skips where no Chromium is installed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from chromium import CHROMIUM, Browser

PORTAL = Path(__file__).parent.parent / "serve" / "portal.py"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium; skips where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    tab = Browser(tmp_path_factory.mktemp("chromium"))
    yield tab
    tab.close()


@pytest.fixture(scope="session")
def start_portal() -> Iterator[Any]:
    """Starts a portal over the invented edition; gives its address."""
    running: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> str:
        process = subprocess.Popen(
            [sys.executable, str(PORTAL), *arguments], stdout=subprocess.PIPE, text=True
        )
        running.append(process)
        assert process.stdout
        return process.stdout.readline().strip()

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=10)


@pytest.fixture(scope="session")
def portal(start_portal: Any) -> str:
    """The address of a private portal."""
    address: str = start_portal()
    return address
