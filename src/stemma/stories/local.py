"""Agreement of an article with the members of its candidate stories, words weighed anew among these alone.

What all candidates say (the war, the place, the president) loses its weight here; what parts two kindred events is
left. The same figures as in `closeup`, for one article against many. Gives figures, no decision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import COUNT, COUNT_WEIGHT, LEAD, NAME, NUMBER, TIME, TITLE, Words
from stemma.stories.memory import Floats

Places = npt.NDArray[np.intp]

DAMP = 1.5
"""Added to the length of a bag, so that a bag of one word does not make a full agreement."""
_BAGS = ("body", "title", "lead", "names", "figures", "pairs")
LOCAL_RISING = (
    tuple(f"local_{bag}" for bag in _BAGS)
    + tuple(f"local_{bag}_mean" for bag in _BAGS)
    + ("local_title_least", "local_lead_least", "local_names_least", "local_lead_least_mean")
)
LOCAL_FALLING = ("local_names_apart",)
LOCAL_FREE = ("local_size",)


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Members of candidate stories laid end to end: their entries, whose they are, and where the article's words are.

    `hits` are places in `entries` whose word the article holds, `mine` the place of that word in the article.
    `starts` and `sizes` tell which members are of which story. `held_by` counts members (and the article) that hold
    the word of each entry; `held_mine` the same for the article's words.
    """

    entries: Words
    owner: Places
    hits: Places
    mine: Places
    starts: Places
    sizes: Places
    held_by: npt.NDArray[np.uint16]
    held_mine: npt.NDArray[np.uint16]


def measure_locally(
    bundle: Bundle,
    own: Words,
    *,
    rarity: Floats,
    own_rarity: Floats,
    pairs: list[Words],
    own_pairs: Words,
) -> dict[str, Floats]:
    """Columns `LOCAL_RISING`, `LOCAL_FALLING`, `LOCAL_FREE`, one value a story; rarities are of all articles seen."""
    members = int(bundle.sizes.sum())
    table = np.log((members + 2.0) / np.maximum(1.0, np.arange(members + 2)))
    weight = np.minimum(rarity, table[bundle.held_by])
    own_weight = np.minimum(own_rarity, table[bundle.held_mine])
    theirs, ours = _weigh(bundle.entries, weight), _weigh(own, own_weight)
    who = bundle.owner[bundle.hits]
    out: dict[str, Floats] = {}

    def best(name: str, by_member: Floats) -> None:
        out[f"local_{name}"] = np.maximum.reduceat(by_member, bundle.starts)

    def mean(name: str, by_member: Floats) -> None:
        out[f"local_{name}_mean"] = np.add.reduceat(by_member, bundle.starts) / bundle.sizes

    for bag in theirs:
        x, y = theirs[bag], ours[bag]
        size = np.sqrt(np.bincount(bundle.owner, weights=x * x, minlength=members)) + DAMP
        dots = np.bincount(who, weights=x[bundle.hits] * y[bundle.mine], minlength=members)
        cosine = np.sqrt(dots / size / (float(np.sqrt((y * y).sum())) + DAMP))
        best(bag, cosine)
        mean(bag, cosine)

    cosine = _pair_cosine(pairs, own_pairs, members)
    best("pairs", cosine)
    mean("pairs", cosine)

    their_lead, own_lead = (bundle.entries & LEAD) > 0, (own & LEAD) > 0
    for name, flag in (("title", TITLE), ("lead", LEAD), ("names", NAME)):
        marked = their_lead & ((bundle.entries & flag) > 0)
        own_marked = own_lead & ((own & flag) > 0)
        there = _share(own_weight * own_marked, bundle.mine, who, members)
        total = np.bincount(bundle.owner, weights=weight * marked, minlength=members)
        back = np.bincount(who, weights=(weight * marked)[bundle.hits], minlength=members) / np.maximum(
            total, 1e-9
        )
        back[total < 1e-9] = 0.5
        least = np.minimum(there, back)
        best(f"{name}_least", least)
        if name == "lead":
            mean("lead_least", least)
        if name == "names":
            out["local_names_apart"] = np.minimum.reduceat(1 - np.maximum(there, back), bundle.starts)
    out["local_size"] = np.full(len(bundle.sizes), np.log(members + 1.0))
    return out


def _weigh(entries: Words, weight: Floats) -> dict[str, Floats]:
    count = COUNT_WEIGHT[entries & COUNT]
    title = (entries & TITLE) > 0
    return {
        "body": np.where(count > 0, count + 2.0 * title, 0.0) * weight,
        "title": title * weight,
        "lead": ((entries & LEAD) > 0) * weight,
        "names": ((entries & NAME) > 0) * count * weight,
        "figures": ((entries & (NUMBER | TIME)) > 0) * weight,
    }


def _share(marked: Floats, mine: Places, who: Places, members: int) -> Floats:
    total = float(marked.sum())
    if total < 1e-9:
        return np.full(members, 0.5)
    share: Floats = np.bincount(who, weights=marked[mine], minlength=members) / total
    return share


def _pair_cosine(pairs: list[Words], own: Words, members: int) -> Floats:
    """Pairs that few of the members share; nearly all others are theirs alone, and are taken to be."""
    lengths = np.array([len(p) for p in pairs], dtype=np.float64)
    alone = float(np.log(members + 2.0))
    if not len(own):
        return np.zeros(members)
    every = np.concatenate(pairs)
    at = np.minimum(np.searchsorted(own, every), len(own) - 1)
    shared = own[at] == every
    owner = np.repeat(np.arange(members), lengths.astype(np.intp))[shared]
    held = 1 + np.bincount(at[shared], minlength=len(own))
    weight = np.log((members + 2.0) / held)
    dots = np.bincount(owner, weights=np.square(weight)[at[shared]], minlength=members)
    own_size = float(np.sqrt((weight * weight).sum())) + DAMP
    cosine: Floats = np.sqrt(np.minimum(1.0, dots / (np.sqrt(lengths) * alone + DAMP) / own_size))
    return cosine
