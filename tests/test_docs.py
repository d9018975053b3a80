"""The documentation is true: commands, settings, rejections and links."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from stemma.cli.main import COMMANDS
from stemma.types import Reason

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")


def test_every_command_has_a_heading() -> None:
    """The reference has a section for each command, and none for a command that is not there."""
    assert set(re.findall(r"^## stemma (\w+)$", REFERENCE, re.M)) == set(COMMANDS)


def test_every_reason_is_explained() -> None:
    """Each reason for a rejection stands in the reference's table."""
    for reason in get_args(Reason):
        assert f"| `{reason}` |" in REFERENCE


def test_every_setting_is_explained() -> None:
    """Each setting that is read has a row in the reference's table, with its name in the file where it may stand there."""
    source = (ROOT / "src" / "stemma" / "config.py").read_text(encoding="utf-8")
    for name in set(re.findall(r'env\.get\("(STEMMA_\w+)"\)', source)) - {"STEMMA_HOME"}:
        assert f"| `{name}` (`{name.removeprefix('STEMMA_').lower()}`) |" in REFERENCE
    assert "| `STEMMA_HOME` |" in REFERENCE


def test_links_between_documents_lead_somewhere() -> None:
    """No document links a file that is not there."""
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
