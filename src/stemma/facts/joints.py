"""The fitted weights of attribution, as data: which patterns to keep, where a content ends, which marked words are said.

All are logistic models over named traits, fitted by `bench/train/facts_attribution.py` and kept in `attribution.json`,
where the parts of a trait stand in one string with bars between.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

Trait = tuple[str | int, ...]
"""A template's name and what it holds: ("jn", "and", "Name")."""

BIAS: Trait = ("bias",)
THRESHOLD: Trait = ("threshold",)
MARKED_THRESHOLD: Trait = ("threshold", "marked")
"""What a pattern must weigh to be kept; the second where it holds marked words."""


@lru_cache(maxsize=32)
def load_weights(language: str, part: str) -> Mapping[Trait, float]:
    """Trait to weight with `BIAS`; of `part` "keep" (with `THRESHOLD`), "ends" or "runs".

    A language without weights of its own has those of the patterns alone.
    """
    data: dict[str, dict[str, dict[str, float]]] = json.loads(
        files("stemma.facts").joinpath("attribution.json").read_text(encoding="utf-8")
    )
    stored = (data.get(language) or data["patterns"]).get(part, {})
    return {_parse(trait): weight for trait, weight in stored.items()}


def write_trait(trait: Trait) -> str:
    """The trait as its key in the file."""
    return "|".join(map(str, trait))


def weigh_traits(weights: Mapping[Trait, float], traits: Sequence[Trait]) -> float:
    """Log odds of what the traits speak for: the bias and the sum of their weights."""
    return weights.get(BIAS, 0.0) + weigh_more(weights, traits)


def weigh_more(weights: Mapping[Trait, float], traits: Sequence[Trait]) -> float:
    """The sum of the traits' weights alone."""
    get = weights.get
    return sum([get(trait, 0.0) for trait in traits])


def _parse(key: str) -> Trait:
    return tuple(int(part) if part.isdigit() else part for part in key.split("|"))
