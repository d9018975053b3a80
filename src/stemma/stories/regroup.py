"""The second look, after all input was seen: neighbourhoods of stories, and who belongs together inside each.

A neighbourhood is made of stories with common heavy words, coarse on purpose; a small store is one neighbourhood.
Inside it articles are joined by average link over the likelihood of each pair. Reads the memory, changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from math import nan

import numpy as np
import numpy.typing as npt

from stemma.stories.bridge import BRIDGE_MEASURES, find_bridges
from stemma.stories.closeup import Closeup, compare_all
from stemma.stories.memory import CLOSED_AFTER, Floats, Memory, view_weights
from stemma.stories.model import JoinModel

SMALL_STORE = 40
LARGEST = 250
"""Articles of a neighbourhood; also bounds the work (pairs) and the memory (60 MB) of a look."""
UNDATED_CAUTION = 0.6
"""Taken from the log-odds of two languages where a date is missing: names and country alone also fit the minister's next subject."""
_WORDS = 25
_COMMON = 60
_NEAR = 0.08
_DAYS = 14.0


def find_neighbourhoods(memory: Memory) -> list[list[int]]:
    """Lists of article rows, ascending; every row is in exactly one."""
    total = len(memory.article_ids)
    if total <= SMALL_STORE:
        return [list(range(total))] if total else []
    heavy, at = _heavy_words(memory)
    stories = len(memory.story_ids)
    by_word: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for story in range(stories):
        for key, weight in zip(heavy[story], at[story], strict=True):
            by_word[key].append((story, weight))
    agree: defaultdict[int, float] = defaultdict(float)
    for key in sorted(by_word):
        holders = by_word[key]
        if 1 < len(holders) <= _COMMON:
            for k, (one, x) in enumerate(holders):
                for other, y in holders[k + 1 :]:
                    agree[one * stories + other] += x * y
    agree.update({one * stories + other: near for (one, other), near in find_bridges(memory).items()})
    first, last = memory.first, memory.last
    leader = list(range(stories))
    size = [len(m) for m in memory.members]

    def find(x: int) -> int:
        while leader[x] != x:
            leader[x] = leader[leader[x]]
            x = leader[x]
        return x

    for pair, near in sorted(agree.items(), key=lambda p: (-round(p[1], 6), p[0])):
        if near < _NEAR:
            break
        one, other = divmod(pair, stories)
        if max(first[one] - last[other], first[other] - last[one]) > _DAYS:
            continue
        one, other = find(one), find(other)
        if one != other and size[one] + size[other] <= LARGEST:
            one, other = min(one, other), max(one, other)
            leader[other] = one
            size[one] += size[other]
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for story in range(stories):
        groups[find(story)] += memory.members[story]
    return [sorted(groups[g]) for g in sorted(groups)]


def split_neighbourhood(
    rows: list[int], memory: Memory, model: JoinModel, bridge: JoinModel, need: float
) -> list[list[int]]:
    """Stories inside one neighbourhood: average link over pair likelihoods, as long as it is at least `need`.

    Articles whose dates are further apart than a story stays open are never joined, by whatever undated ones lie between.
    """
    if len(rows) == 1 or len(rows) > LARGEST:
        by_story: defaultdict[int, list[int]] = defaultdict(list)
        for row in rows:
            by_story[int(memory.story_of[row])].append(row)
        return [by_story[s] for s in sorted(by_story)]
    closeup = compare_all(rows, memory)
    odds = np.concatenate(
        [model.judge(closeup.figures[k : k + 4096]) for k in range(0, len(closeup.one), 4096)]
    )
    foreign = np.flatnonzero(closeup.foreign)
    for k in range(0, len(foreign), 4096):
        at = foreign[k : k + 4096]
        undated = closeup.bridge[at, BRIDGE_MEASURES.index("undated")]
        odds[at] = bridge.judge(closeup.bridge[at]) - UNDATED_CAUTION * undated
    likely = np.zeros((len(rows), len(rows)))
    likely[closeup.one, closeup.other] = 1 / (1 + np.exp(-odds))
    spans = tell_spans(rows, memory, closeup)
    return [[rows[k] for k in group] for group in link_average(likely + likely.T, need, spans=spans)]


def tell_spans(rows: list[int], memory: Memory, closeup: Closeup) -> Floats:
    """For each article: first and last day of what it reports, and the days between which it can have been published.

    (n, 4); endless where nothing is known: (inf, -inf) for an undated article, which has no day of its own.
    """
    moments, bounds = memory.moments[rows], memory.bounds[rows]
    moments[closeup.reprints] = nan
    bounds[closeup.reprints] = nan
    undated = np.isnan(moments)
    return np.stack(
        [
            np.where(undated, np.inf, moments),
            np.where(undated, -np.inf, moments),
            np.where(np.isnan(bounds[:, 0]) | ~undated, -np.inf, bounds[:, 0]),
            np.where(np.isnan(bounds[:, 1]) | ~undated, np.inf, bounds[:, 1]),
        ],
        axis=1,
    )


def link_average(likely: Floats, need: float, *, spans: Floats | None = None) -> list[list[int]]:
    """Groups by average link (UPGMA; Sokal and Michener 1958), merging while the best mean is at least `need`.

    With `spans` (as `tell_spans` gives them) groups are not merged between whose days more than `CLOSED_AFTER` lies.
    """
    n = len(likely)
    groups: list[list[int]] = [[k] for k in range(n)]
    mean = likely.copy()
    np.fill_diagonal(mean, -1.0)
    free, held = mean.copy(), None if spans is None else spans.copy()
    if held is not None:
        for k in range(n):
            free[k, _are_apart(held, k)] = -1.0
    while n > 1:
        best = int(np.argmax(free))
        one, other = divmod(best, len(mean))
        if free[one, other] < need:
            break
        one, other = min(one, other), max(one, other)
        a, b = len(groups[one]), len(groups[other])
        merged = np.round((a * mean[one] + b * mean[other]) / (a + b), 9)
        merged[[one, other]] = -1.0
        groups[one] += groups[other]
        groups[other] = []
        mean[one], mean[:, one] = merged, merged
        mean[other], mean[:, other] = -1.0, -1.0
        if held is not None:
            held[one] = _widen(held[one], held[other])
            merged = np.where(_are_apart(held, one), -1.0, merged)
        free[one], free[:, one] = merged, merged
        free[other], free[:, other] = -1.0, -1.0
    return [sorted(g) for g in groups if g]


def _widen(one: Floats, other: Floats) -> Floats:
    """First and last day of both; the latest of the earliest days, the earliest of the latest."""
    widened: Floats = np.array(
        [min(one[0], other[0]), max(one[1], other[1]), max(one[2], other[2]), min(one[3], other[3])]
    )
    return widened


def _are_apart(spans: Floats, at: int) -> npt.NDArray[np.bool_]:
    """Which groups cannot be of one event with the group `at`, by their days."""
    first, last, lower, upper = (spans[:, k] for k in range(4))
    gap = np.maximum(first - last[at], first[at] - last)
    apart: npt.NDArray[np.bool_] = np.isfinite(gap) & (gap > CLOSED_AFTER)
    end, start = np.maximum(last, last[at]), np.minimum(first, first[at])
    apart |= np.isfinite(end) & (np.maximum(lower, lower[at]) > end + CLOSED_AFTER)
    apart |= np.isfinite(start) & (np.minimum(upper, upper[at]) < start - CLOSED_AFTER)
    return apart


def _heavy_words(memory: Memory) -> tuple[list[list[int]], list[list[float]]]:
    words, weights = [], []
    for story in range(len(memory.story_ids)):
        kept = memory.kept(story)
        entries = np.concatenate([memory.entries[row] for row in kept])
        keys, place = np.unique(entries >> 8, return_inverse=True)
        rarity = memory.rarity(keys)
        total = np.bincount(place, weights=view_weights(entries, rarity[place])[:, 0], minlength=len(keys))
        size = max(float(np.sqrt((total * total).sum())), 1e-9)
        top = np.argsort(-total, kind="stable")[:_WORDS]
        words.append(keys[top].tolist())
        weights.append((total[top] / size).tolist())
    return words, weights
