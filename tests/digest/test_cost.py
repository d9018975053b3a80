"""The measuring script of this stage still runs, and a brief stays cheap beside cutting the text into words."""

from __future__ import annotations

import runpy
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "bench" / "speed" / "digest.py"


def test_a_brief_costs_some_times_cutting_the_text_into_words() -> None:
    """Seven times when it was measured; 30 leaves room for a busy machine, not for a square in the number of articles."""
    cost = runpy.run_path(str(SCRIPT))["measure"](60)
    assert cost.brief < 30 * cost.words
    assert cost.timeline < 60 * cost.words
