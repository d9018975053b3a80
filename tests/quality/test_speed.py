"""The measuring scripts run: a benchmark that nobody starts rots. No time is tested."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


def test_the_whole_pipeline_can_be_measured() -> None:
    """A few generated pages go through every stage and the store, and each part has its share."""
    pipeline = _load(ROOT / "bench" / "speed" / "pipeline.py")
    cost = pipeline.measure(pipeline.generate_pages(4))
    assert cost.pages == 4
    assert {"extract", "find_quotes", "find_figures", "edit", "stories and store"} <= cost.stages.keys()
    assert cost.ours > 0
    assert cost.trafilatura > 0
