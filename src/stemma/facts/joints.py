"""The fitted weights of attribution, as data: which patterns to keep, at which joint of a sentence a content ends.

Both are logistic models over named traits, fitted by `bench/train/facts_attribution.py` and kept in `attribution.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=32)
def load_weights(language: str, part: str) -> Mapping[str, float]:
    """Trait to weight with "bias"; of `part` "keep" (with "threshold") or "ends".

    A language without weights of its own has those of the patterns alone.
    """
    data: dict[str, dict[str, dict[str, float]]] = json.loads(
        files("stemma.facts").joinpath("attribution.json").read_text(encoding="utf-8")
    )
    return (data.get(language) or data["patterns"]).get(part, {})


def weigh_traits(weights: Mapping[str, float], traits: list[str]) -> float:
    """Log odds of what the traits speak for; the sum of their weights."""
    return weights.get("bias", 0.0) + sum([weights.get(trait, 0.0) for trait in traits])
