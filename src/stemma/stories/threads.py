"""Which stories belong to one long affair: the same principal names, and events of the same kind, at any distance.

A story is stood for by what most of its members say. Stories link by names that are rare in the stream and by words
beside them; a thread grows by average link, so that one well-known name does not chain everything. Each link has its
reason. Reads the memory, changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import COUNT, COUNT_WEIGHT, LEAD, NAME, ROLE_BITS
from stemma.stories.memory import Floats, Memory
from stemma.stories.regroup import link_average
from stemma.stories.vocabulary import NUMBER, TIME

ALIKE = 0.27
"""Mean of the agreements of names and of words from which two stories are of one affair. Of 100,000 pairs of unrelated
articles (mix, timelines) some 60 reach it, and nearly all of these are of one affair when read."""
ALIKE_WORDS = 0.12
"""Least agreement of the words beside the names: the same people at something else are no thread."""
NAMES_SHARED = 3
FOREIGN_NAMES, FOREIGN_ALIKE = 5, 0.4
"""The same between stories of two languages, by names alone. Set strict by judgement: no set of two languages measures it."""
_READ = 8
_NAMES, _WORDS = 14, 40
_COMMON = 80
_LARGEST = 400


@dataclass(frozen=True, slots=True, eq=False)
class Gist:
    """A story's principal names and its kind of event, as weighted words of unit length."""

    names: dict[int, float]
    words: dict[int, float]


def tell_gist(rows: list[int], memory: Memory) -> Gist:
    """Names and words that many members hold, the rarer and the earlier in the text the heavier."""
    rows = rows[:_READ]
    entries = np.concatenate([memory.entries[row] for row in rows])
    keys, place = np.unique(entries >> ROLE_BITS, return_inverse=True)
    rarity = np.minimum(memory.rarity(keys), 5.0)
    weight = COUNT_WEIGHT[entries & COUNT] * (1.0 + ((entries & LEAD) > 0))
    is_name = (entries & NAME) > 0
    is_word = ~is_name & ((entries & (NUMBER | TIME)) == 0)
    names: Floats = np.multiply(np.bincount(place, weights=weight * is_name, minlength=len(keys)), rarity)
    words: Floats = np.multiply(np.bincount(place, weights=weight * is_word, minlength=len(keys)), rarity)
    return Gist(_top(keys, names, _NAMES), _top(keys, np.where(names == 0, words, 0.0), _WORDS))


def link_stories(stories: list[list[int]], memory: Memory) -> list[list[int]]:
    """Groups of story numbers (places in `stories`), each one thread; ascending."""
    gists = [tell_gist(rows, memory) for rows in stories]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for at, gist in enumerate(gists):
        for key in gist.names:
            holders[key].append(at)
    counts: defaultdict[tuple[int, int], int] = defaultdict(int)
    for key in sorted(holders):
        if len(holders[key]) <= _COMMON:
            for k, one in enumerate(holders[key]):
                for other in holders[key][k + 1 :]:
                    counts[one, other] += 1
    tongues = [{int(memory.tongues[row]) for row in rows[:_READ]} for rows in stories]
    links = {
        (one, other): score
        for (one, other), shared in sorted(counts.items())
        if (score := _link(gists[one], gists[other], shared, foreign=tongues[one] != tongues[other]))
    }
    return _grow(len(stories), links)


def agree(one: Gist, other: Gist) -> float:
    """Mean of two cosines: of the principal names, and of the words for what happened."""
    return round((_dot(one.names, other.names) + _dot(one.words, other.words)) / 2, 6)


def _link(one: Gist, other: Gist, shared: int, *, foreign: bool) -> float:
    """How firmly two stories belong to one affair; 0: not at all. Words of two languages do not meet."""
    names, score = _dot(one.names, other.names), agree(one, other)
    if shared >= NAMES_SHARED and score >= ALIKE and _dot(one.words, other.words) >= ALIKE_WORDS:
        return score
    return round(names, 6) if foreign and shared >= FOREIGN_NAMES and names >= FOREIGN_ALIKE else 0.0


def _dot(one: dict[int, float], other: dict[int, float]) -> float:
    return sum(x * other.get(key, 0.0) for key, x in one.items())


def _grow(count: int, links: dict[tuple[int, int], float]) -> list[list[int]]:
    leader = list(range(count))
    size = [1] * count

    def find(x: int) -> int:
        while leader[x] != x:
            leader[x] = leader[leader[x]]
            x = leader[x]
        return x

    for one, other in sorted(links, key=lambda p: (-links[p], p)):
        a, b = sorted((find(one), find(other)))
        if a != b and size[a] + size[b] <= _LARGEST:
            leader[b] = a
            size[a] += size[b]
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for at in range(count):
        parts[find(at)].append(at)
    threads: list[list[int]] = []
    for part in parts.values():
        place = {at: k for k, at in enumerate(part)}
        near = np.zeros((len(part), len(part)))
        for (one, other), score in links.items():
            if one in place and other in place:
                near[place[one], place[other]] = near[place[other], place[one]] = score
        threads += [[part[k] for k in group] for group in link_average(near, ALIKE / 2)]
    return sorted(threads)


def _top(keys: npt.NDArray[np.uint32], weights: Floats, most: int) -> dict[int, float]:
    order = np.argsort(-weights, kind="stable")[:most]
    size = float(np.sqrt((weights[order] ** 2).sum())) or 1.0
    return {int(keys[k]): float(weights[k]) / size for k in order.tolist() if weights[k] > 0}
