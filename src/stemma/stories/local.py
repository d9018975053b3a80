"""Agreement of an article with the members of its candidate stories, words weighed anew among these alone.

What all candidates say (the war, the place, the president) loses its weight here; what parts two kindred events is
left. The same figures as in `closeup`, for one article against many. Gives figures, no decision.
"""

from __future__ import annotations

import numpy as np

from stemma.stories.bags import COUNT, COUNT_WEIGHT, LEAD, NAME, TITLE, Words
from stemma.stories.bundle import ROLES, Bundle, PairsMet
from stemma.stories.memory import Floats
from stemma.stories.vocabulary import NUMBER, TIME

DAMP = 1.5
"""Added to the length of a bag, so that a bag of one word does not make a full agreement."""
_BAGS = ("body", "title", "lead", "names", "figures", "pairs")
_LEAST = ("title", "lead", "names")
LOCAL_RISING = (
    tuple(f"local_{bag}" for bag in _BAGS)
    + tuple(f"local_{bag}_mean" for bag in _BAGS)
    + ("local_title_least", "local_lead_least", "local_names_least", "local_lead_least_mean")
)
LOCAL_FALLING = ("local_names_apart",)
LOCAL_FREE = ("local_size",)

_EVERY = np.arange(ROLES)
_OFTEN = COUNT_WEIGHT[_EVERY & COUNT]
_IN_TITLE, _IN_LEAD, _IS_NAME, _IS_FIGURE = (
    (_EVERY & flags) > 0 for flags in (TITLE, LEAD, NAME, NUMBER | TIME)
)
_WEIGHTS: Floats = np.stack(
    [
        np.where(_OFTEN > 0, _OFTEN + 2.0 * _IN_TITLE, 0.0),
        _IN_TITLE * 1.0,
        _IN_LEAD * 1.0,
        _IS_NAME * _OFTEN,
        _IS_FIGURE * 1.0,
    ],
    axis=1,
)
"""By roles: the weight of a word in each of `_BAGS` but the pairs, times its rarity among the members."""
_SQUARES = np.square(_WEIGHTS)
_LEADING: Floats = np.stack([_IN_LEAD & _IN_TITLE, _IN_LEAD, _IN_LEAD & _IS_NAME], axis=1).astype(np.float64)
"""By roles: words of the title, of the lead, names of the lead."""
_MET: Floats = np.concatenate([_WEIGHTS, np.ones((ROLES, 3)), _LEADING], axis=1)


def measure_locally(
    bundle: Bundle,
    own: Words,
    *,
    rarity: Floats,
    own_rarity: Floats,
    pairs: PairsMet,
) -> dict[str, Floats]:
    """Columns `LOCAL_RISING`, `LOCAL_FALLING`, `LOCAL_FREE`, one value a story; rarities are of all articles seen."""
    members = bundle.members
    table = np.log((members + 2.0) / np.maximum(1.0, np.arange(members + 2)))
    weight = np.minimum(rarity, table.take(bundle.held_by))
    own_weight = np.minimum(own_rarity, table.take(bundle.held_mine))[:, None]
    own_roles = own & np.uint32(ROLES - 1)
    own_bags = _WEIGHTS.take(own_roles, axis=0) * own_weight
    own_leading = _LEADING.take(own_roles, axis=0) * own_weight

    # A shared word weighs the same on both sides.
    by_word = np.concatenate([own_bags * own_weight, own_leading, own_weight.repeat(3, axis=1)], axis=1)
    met = bundle.sum_hits(by_word, _MET)
    sizes = np.sqrt(bundle.sum_roles(np.square(weight), _SQUARES)) + DAMP
    own_sizes = np.sqrt(np.square(own_bags).sum(axis=0)) + DAMP
    cosines = np.sqrt(met[:, :5] / sizes / own_sizes)
    cosines = np.concatenate([cosines, _pair_cosine(pairs, members)[:, None]], axis=1)

    spoken = bundle.spoken
    there, back = (
        np.where(totals < 1e-9, 0.5, part / np.maximum(totals, 1e-9))
        for part, totals in (
            (met[:, 5:8], own_leading.sum(axis=0)),
            (met[:, 8:], bundle.sum_roles(weight.take(spoken), _LEADING, spoken)),
        )
    )
    least = np.minimum(there, back)
    best = bundle.best(np.concatenate([cosines, least], axis=1))
    mean = bundle.total(np.concatenate([cosines, least[:, 1:2]], axis=1)) / bundle.sizes[:, None]
    out = {f"local_{bag}": best[:, at] for at, bag in enumerate(_BAGS)}
    out |= {f"local_{bag}_mean": mean[:, at] for at, bag in enumerate(_BAGS)}
    out |= {f"local_{name}_least": best[:, len(_BAGS) + at] for at, name in enumerate(_LEAST)}
    out["local_lead_least_mean"] = mean[:, len(_BAGS)]
    out["local_names_apart"] = np.minimum.reduceat(1 - np.maximum(there[:, 2], back[:, 2]), bundle.starts)
    out["local_size"] = np.full(len(bundle.sizes), np.log(members + 1.0))
    return out


def _pair_cosine(pairs: PairsMet, members: int) -> Floats:
    """Pairs that few of the members share; nearly all others are theirs alone, and are taken to be."""
    if not pairs.own:
        return np.zeros(members)
    alone = float(np.log(members + 2.0))
    weight = np.log((members + 2.0) / (1 + np.bincount(pairs.mine, minlength=pairs.own)))
    squares = np.square(weight)
    dots = np.bincount(pairs.who, weights=squares.take(pairs.mine), minlength=members)
    own_size = float(np.sqrt(squares.sum())) + DAMP
    cosine: Floats = np.sqrt(np.minimum(1.0, dots / (np.sqrt(pairs.lengths) * alone + DAMP) / own_size))
    return cosine
