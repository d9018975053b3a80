"""How each two articles of one neighbourhood agree, with the weight of words counted anew among them alone.

What all neighbours say (the war, the place, the president) loses its weight; what parts them is left. A word weighs
the smaller of its rarity in the stream and its rarity in the neighbourhood. Gives figures for pairs, no decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import COUNT, COUNT_WEIGHT, LEAD, NAME, ROLE_BITS, TITLE
from stemma.stories.bridge import BRIDGE_MEASURES, compare_tongues
from stemma.stories.memory import CLOSED_AFTER, Floats, Memory
from stemma.stories.vocabulary import NUMBER, TIME

RISING = (
    "body", "title", "lead", "names", "figures", "pairs", "body_wide", "lead_wide", "title_told", "title_told_least",
    "lead_told", "lead_told_least", "names_told_least", "near", "near_week",
    "months_near",
)  # fmt: skip
FALLING = ("names_apart",)
FREE = ("undated", "log_group", "short")
PAIR_MEASURES = RISING + FALLING + FREE
"""Names of the columns, in order."""
_REPRINT = 0.85
"""Share of all words of two articles that both hold, from which the later one is a reprint."""
_DAMP = 1.5
"""Added to both norms, so that a bag of one word does not make a full agreement."""


@dataclass(frozen=True, slots=True, eq=False)
class Closeup:
    """Pairs (i < j) of a neighbourhood and their figures, one row a pair.

    Columns of `figures` as in `PAIR_MEASURES`, of `bridge` as in `BRIDGE_MEASURES`, without rows where all articles are of
    one language; `foreign` marks pairs of two languages. `reprints` are the articles that repeat a much older one word for word: their date says nothing of the event.
    """

    one: npt.NDArray[np.intp]
    other: npt.NDArray[np.intp]
    figures: Floats
    bridge: Floats
    foreign: npt.NDArray[np.bool_]
    reprints: npt.NDArray[np.intp]


def compare_all(rows: list[int], memory: Memory, *, bridged: bool = False) -> Closeup:
    """All pairs of the articles `rows`; `bridged` asks for the figures across languages also where there is only one."""
    n = len(rows)
    parts = [memory.entries[row] for row in rows]
    entries = np.concatenate(parts)
    owner = np.repeat(np.arange(n), [len(p) for p in parts])
    keys, column, held = np.unique(entries >> ROLE_BITS, return_inverse=True, return_counts=True)
    wide = memory.rarity(keys)
    weight = np.minimum(wide, np.log((n + 1) / held))
    count = COUNT_WEIGHT[entries & COUNT]
    in_title, in_lead = (entries & TITLE) > 0, (entries & LEAD) > 0
    is_name, is_figure = (entries & NAME) > 0, (entries & (NUMBER | TIME)) > 0
    w = weight[column]

    shared = held > 1
    dense = np.cumsum(shared) - 1
    width = int(shared.sum())
    inside = shared[column]
    cell = (owner[inside], dense[column[inside]])

    def spread(values: Floats) -> Floats:
        table = np.zeros((n, width))
        table[cell] = values[inside]
        return table

    def cosine(values: Floats, *, damp: float = _DAMP) -> Floats:
        sizes = np.sqrt(np.bincount(owner, weights=values * values, minlength=n)) + damp
        table = spread(values)
        whole: Floats = table @ table.T / sizes[:, None] / sizes
        return whole

    one, other = np.triu_indices(n, 1)
    present = spread(np.ones(len(entries)))

    def told(mask: npt.NDArray[np.bool_], weights: Floats) -> tuple[Floats, Floats]:
        """Share of the marked words' weight that the other article holds: best and worst side."""
        values = weights * mask
        totals = np.bincount(owner, weights=values, minlength=n)
        part = spread(values) @ present.T / np.maximum(totals, 1e-9)[:, None]
        part[totals < 1e-9] = 0.5
        there, back = part[one, other], part[other, one]
        return np.maximum(there, back), np.minimum(there, back)

    out: dict[str, Floats] = {}
    body = np.where(count > 0, count + 2.0 * in_title, 0.0)
    wide_w = wide[column]
    for name, values, damp in (
        ("body", body * w, _DAMP), ("title", in_title * w, _DAMP), ("lead", in_lead * w, _DAMP),
        ("names", is_name * count * w, _DAMP), ("figures", is_figure * w, _DAMP),
        ("body_wide", body * wide_w, 0.0), ("lead_wide", in_lead * wide_w, 0.0),
    ):  # fmt: skip
        out[name] = np.sqrt(np.maximum(0.0, cosine(values, damp=damp + 1e-9)[one, other]))
    out["title_told"], out["title_told_least"] = told(in_title, w)
    out["lead_told"], out["lead_told_least"] = told(in_lead, w)
    best, out["names_told_least"] = told(is_name & in_lead, w)
    out["names_apart"] = 1 - best
    out["pairs"] = _pair_cosine(rows, memory)[one, other]
    moments, months = memory.moments[rows], memory.latest[rows]
    reprints = _find_reprints(rows, memory, moments, one, other, out["body_wide"])
    moments[reprints] = nan
    gap = np.abs(moments[one] - moments[other])
    known = ~np.isnan(gap)
    gap = np.where(known, gap, 0.0)
    out["near"] = np.where(known, np.exp(-gap), 0.5)
    out["near_week"] = np.where(known, np.exp(-gap / 7), 0.5)
    out["undated"] = (~known) * 1.0
    both = (months[one] > 0) & (months[other] > 0)
    out["months_near"] = np.where(both, np.abs(months[one] - months[other]) <= 1, 0.5)
    story = memory.story_of[rows]
    out["same_story"] = (story[one] == story[other]) * 1.0
    out["log_group"] = np.full(len(one), np.log(n))
    lengths = np.log1p(memory.lengths[rows])
    out["short"] = np.minimum(lengths[one], lengths[other])
    tongues = memory.tongues[rows]
    foreign = (tongues[one] != tongues[other]) & (tongues[one] > 0) & (tongues[other] > 0)
    figures = np.round(np.stack([out[name] for name in PAIR_MEASURES], axis=1), 6)
    bridge: Floats = np.zeros((0, len(BRIDGE_MEASURES)))
    if bridged or foreign.any():
        bridge = compare_tongues(rows, memory, (one, other), out)
    return Closeup(one, other, figures, bridge, foreign, reprints)


def _find_reprints(
    rows: list[int],
    memory: Memory,
    moments: Floats,
    one: npt.NDArray[np.intp],
    other: npt.NDArray[np.intp],
    likeness: Floats,
) -> npt.NDArray[np.intp]:
    """Places of dated articles whose words are those of one that is older by more than stories stay open."""
    gap = moments[other] - moments[one]
    found = set()
    for at in np.flatnonzero((np.abs(gap) > CLOSED_AFTER) & (likeness > _REPRINT)).tolist():
        i, j = int(one[at]), int(other[at])
        mine, theirs = memory.entries[rows[i]] >> ROLE_BITS, memory.entries[rows[j]] >> ROLE_BITS
        shared = len(np.intersect1d(mine, theirs))
        if shared >= _REPRINT * (len(mine) + len(theirs) - shared):
            found.add(j if gap[at] > 0 else i)
    return np.array(sorted(found), dtype=np.intp)


def _pair_cosine(rows: list[int], memory: Memory) -> Floats:
    n = len(rows)
    parts = [memory.pairs[row] for row in rows]
    pairs = np.concatenate(parts)
    owner = np.repeat(np.arange(n), [len(p) for p in parts])
    _, column, held = np.unique(pairs, return_inverse=True, return_counts=True)
    weight = np.log((n + 1) / held)[column] if len(pairs) else np.zeros(0)
    sizes = np.sqrt(np.bincount(owner, weights=weight * weight, minlength=n)) + _DAMP
    shared = held > 1
    table = np.zeros((n, int(shared.sum())))
    inside = shared[column]
    table[owner[inside], (np.cumsum(shared) - 1)[column[inside]]] = weight[inside]
    cosine: Floats = np.sqrt(np.maximum(0.0, table @ table.T / sizes[:, None] / sizes))
    return cosine
