"""How articles of one neighbourhood agree across languages: names by their sound, places and ideas, numbers, dates.

Words of two languages do not meet; what both spell alike or what the table of ideas knows does. Each thing weighs the less the
more of the neighbourhood hold it. Gives figures for pairs, no decision.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from math import log, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import LEAD, NAME, ROLE_BITS
from stemma.stories.memory import Floats, Memory
from stemma.stories.vocabulary import NUMBER, TIME, word_key
from stemma.text.ideas import find_idea, load_ideas
from stemma.text.names import sound_name

Table = npt.NDArray[np.float64]
Pairs = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]

BRIDGE_RISING = (
    "names_known", "names_least", "names_met", "names_both", "places_met", "ideas_known", "ideas_least", "ideas_met", "figures_met",
    "near", "near_week",
)  # fmt: skip
BRIDGE_FALLING = ("places_apart", "figures_apart", "names_apart")
BRIDGE_FREE = ("undated", "log_group", "short")
BRIDGE_MEASURES = BRIDGE_RISING + BRIDGE_FALLING + BRIDGE_FREE
"""Names of the columns, in order: figures that mean the same between two languages."""

_NOUNS_RAISED = frozenset({"de", "lb"})
_READ, _COMMON, _NEAR = 3, 60, 0.12
"""Members of a story that are read to find kindred stories of other languages, most stories that share a telling thing, and the agreement
from which two stories are looked at together."""


def compare_tongues(rows: list[int], memory: Memory, pairs: Pairs, known: dict[str, Floats]) -> Floats:
    """One row a pair of places in `rows`, columns as in `BRIDGE_MEASURES`; `known` has the figures on time and length."""
    one, other = pairs
    out = dict(known)

    def count(held: Table) -> Floats:
        """How many each pair has at least, on either side."""
        sizes = held.sum(axis=1)
        least: Floats = np.minimum(sizes[one], sizes[other])
        return least

    held, led = _lay_names(rows, memory)
    met, out["names_known"], out["names_least"] = _share(led, held, pairs)
    out["names_met"] = np.log1p(met)
    out["names_both"] = np.log1p(met) * out["names_least"]
    out["names_apart"] = (met == 0) * (count(led) >= 2)
    ideas = _lay_out([memory.ideas[row] >> ROLE_BITS for row in rows], len(_find_places()))
    for kind, some in (("places", ideas[:, _find_places()]), ("ideas", ideas[:, ~_find_places()])):
        met, out[f"{kind}_known"], out[f"{kind}_least"] = _share(some, some, pairs)
        out[f"{kind}_met"] = np.log1p(met)
        out[f"{kind}_apart"] = (met == 0) * (count(some) >= 1)
    figures = _lay_figures(rows, memory)
    met, _, _ = _share(figures, figures, pairs)
    out["figures_met"] = np.log1p(met)
    out["figures_apart"] = (met == 0) * (count(figures) >= 2)
    return np.round(np.stack([out[name] for name in BRIDGE_MEASURES], axis=1), 6)


def find_bridges(memory: Memory) -> dict[tuple[int, int], float]:
    """Pairs of stories of two languages that share lead names and ideas, and how well they agree (cosine)."""
    tongues = [_tell_tongue(memory, story) for story in range(len(memory.story_ids))]
    if len({tongue for tongue in tongues if tongue}) < 2:
        return {}
    held: list[dict[str, int]] = []
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for story, tongue in enumerate(tongues):
        things: dict[str, int] = {}
        for row in memory.kept(story)[:_READ] if tongue else ():
            entries = memory.entries[row]
            for word in (entries[(entries & (NAME | LEAD)) == NAME | LEAD] >> ROLE_BITS).tolist():
                spelled = memory.lexicon.find_spelling(word)
                if spelled and not find_idea(spelled, _tell_language(tongue)):
                    things[sound_name(spelled)] = 1
            things |= dict.fromkeys(map(str, (memory.ideas[row] >> ROLE_BITS).tolist()), 1)
        held.append(things)
        for thing in things:
            holders[thing].append(story)
    count = len(tongues)
    weight = {thing: log((count + 1) / len(some)) for thing, some in holders.items()}
    sizes = [sqrt(sum(weight[thing] ** 2 for thing in things)) or 1.0 for things in held]
    agree: defaultdict[tuple[int, int], float] = defaultdict(float)
    for thing, some in holders.items():
        if len(some) <= _COMMON:
            for k, one in enumerate(some):
                for other in some[k + 1 :]:
                    if tongues[one] != tongues[other]:
                        agree[one, other] += weight[thing] ** 2 / sizes[one] / sizes[other]
    return {pair: near for pair, near in agree.items() if near >= _NEAR}


def _tell_tongue(memory: Memory, story: int) -> int:
    members = memory.kept(story)
    return int(memory.tongues[members[0]]) if members else 0


def _share(mine: Table, theirs: Table, pairs: Pairs) -> tuple[Floats, Floats, Floats]:
    """For each pair: weight of what one marks and the other holds, and its share of all that is marked, best and worst side."""
    weighed = mine * np.log((len(mine) + 1) / np.maximum(1.0, theirs.sum(axis=0)))
    part = weighed @ theirs.T
    totals = weighed.sum(axis=1)
    share = np.where(totals[:, None] < 1e-9, 0.5, part / np.maximum(totals, 1e-9)[:, None])
    one, other = pairs
    there, back = share[one, other], share[other, one]
    return np.maximum(part[one, other], part[other, one]), np.maximum(there, back), np.minimum(there, back)


def _lay_out(held: list[npt.NDArray[Any]], width: int) -> Table:
    """A table with 1 where an article holds a thing."""
    table = np.zeros((len(held), width))
    for at, things in enumerate(held):
        table[at, things] = 1.0
    return table


def _lay_names(rows: list[int], memory: Memory) -> tuple[Table, Table]:
    """The sounds of the names that each article holds anywhere, and of those that its lead names."""
    sounds: dict[str, int] = {}
    by_word: dict[int, int] = {}
    led, held = [], []
    for row in rows:
        entries, language = memory.entries[row], _tell_language(int(memory.tongues[row]))
        words = (entries[(entries & (NAME | LEAD)) == NAME | LEAD] >> ROLE_BITS).tolist()
        # Where every noun is written like a name, the words of all days are none.
        least = memory.common if language in _NOUNS_RAISED else 0
        for word in words:
            spelled = memory.lexicon.find_spelling(word) if word >= least and word not in by_word else None
            if spelled and not find_idea(spelled, language):
                by_word[word] = sounds.setdefault(sound_name(spelled), len(sounds))
        led.append(np.array([by_word[word] for word in words if word in by_word], dtype=np.intp))
    for row in rows:
        words = (memory.entries[row] >> ROLE_BITS).tolist()
        held.append(np.array([by_word[word] for word in words if word in by_word], dtype=np.intp))
    return _lay_out(held, len(sounds)), _lay_out(led, len(sounds))


def _lay_figures(rows: list[int], memory: Memory) -> Table:
    """Numbers and days that each article holds; those up to twelve stand in any two texts and are left out."""
    small = memory.lexicon.find(_find_small())
    found = []
    for row in rows:
        entries = memory.entries[row]
        words = entries[(entries & (NUMBER | TIME)) > 0] >> ROLE_BITS
        found.append(words[~np.isin(words, small)])
    distinct, places = np.unique(np.concatenate(found), return_inverse=True)
    return _lay_out(np.split(places, np.cumsum([len(words) for words in found])[:-1]), len(distinct))


@lru_cache(maxsize=1)
def _find_small() -> npt.NDArray[np.uint32]:
    return np.array([word_key(str(number), "") for number in range(13)], dtype=np.uint32)


@lru_cache(maxsize=1)
def _find_places() -> npt.NDArray[np.bool_]:
    """By the number of an idea, whether it is a place."""
    return np.array([False, *(name.startswith("@") for name in load_ideas())])


def _tell_language(tongue: int) -> str:
    return chr(tongue >> 8) + chr(tongue & 255) if tongue else ""
