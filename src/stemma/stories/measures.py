"""How an article and each of a few open stories agree: one row of figures a story, no decision.

The figures, their model and their ablation are described in `docs/explanation/stories.md`. All similarities are
between 0 and 1. The best agreement over a story's kept members counts, so that an impure story does not draw more in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import LEAD, NAME, NUMBER, ROLE_BITS, TITLE, Bag
from stemma.stories.local import LOCAL_FALLING, LOCAL_FREE, LOCAL_RISING, Bundle, measure_locally
from stemma.stories.memory import Floats, Memory, view_weights

RISING = (
    "body", "body_member", "title", "title_in_member", "member_title_in", "title_in_story", "names", "names_untold",
    "first_word", "second_word", "numbers", "numbers_firm", "time_words", "lead", "since_last", "since_first",
    "above_crowd", "lead_in_member", "member_lead_in", "title_telling", "title_both", "body_telling", "pairs",
    "pairs_either", "lead_names_in_member", "member_lead_names_in", "top_name", "top_name_back", "months_near",
    "lead_own", "names_own", *LOCAL_RISING,
)  # fmt: skip
"""Figures of which more never speaks against joining."""
FALLING = ("numbers_apart", "crowd", "names_apart", "top_names_apart", *LOCAL_FALLING)
"""Figures of which more never speaks for joining."""
FREE = ("undated", "one_in_size", "log_size", "template", "log_words", "title_missing_telling", *LOCAL_FREE)
MEASURES = RISING + FALLING + FREE
"""Names of the columns, in order."""

_SCRATCH_BITS = 20
_SCRATCH = np.uint32((1 << _SCRATCH_BITS) - 1)
"""The scratch tables stay in the processor's cache; two of an article's words share a cell in under one article of a
hundred, and then one of them is not found."""
_BODY, _TITLE, _LEAD, _NAMES, _TIME = range(5)


@dataclass(frozen=True, slots=True)
class Asked:
    """The article's own side of every comparison."""

    bag: Bag
    keys: npt.NDArray[np.uint32]
    rarity: Floats
    telling: Floats
    held: npt.NDArray[np.uint32]
    views: Floats


def ask(bag: Bag, memory: Memory) -> Asked:
    """Weighs the article's words by what was seen so far; unit vectors for each view."""
    keys = bag.entries >> ROLE_BITS
    rarity = memory.rarity(keys)
    views = view_weights(bag.entries, rarity)
    sizes = np.sqrt((views * views).sum(axis=1, keepdims=True))
    held = memory.sf[keys]
    return Asked(bag, keys, rarity, memory.weigh_held(held, rarity), held, views / np.maximum(sizes, 1e-9))


class Measurer:
    """Measures candidates against one article at a time; holds the scratch table that finds the article's words."""

    def __init__(self) -> None:
        self._place = np.zeros(1 << _SCRATCH_BITS, dtype=np.uint16)
        self._held = np.zeros(1 << _SCRATCH_BITS, dtype=np.uint16)
        self._sums = np.zeros(1 << 12)

    def add_up(self, rows: npt.NDArray[np.int64], gains: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
        """The distinct rows, ascending, and the sum of the gains of each."""
        ordered = np.sort(rows)
        unique = ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]
        if unique[-1] >= len(self._sums):
            self._sums = np.zeros(2 * int(unique[-1]))
        np.add.at(self._sums, rows, gains)
        totals = self._sums[unique]
        self._sums[unique] = 0.0
        return unique, totals

    def measure(self, asked: Asked, stories: list[int], memory: Memory, moment: float | None) -> Floats:
        """One row for each story, columns as in `MEASURES`."""
        kept = [memory.kept(s) for s in stories]
        sizes = np.array([len(k) for k in kept])
        rows = [row for k in kept for row in k]
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        story_of = np.repeat(np.arange(len(stories)), sizes)
        parts = [memory.entries[row] for row in rows]
        lengths = np.array([len(p) for p in parts])
        entries = np.concatenate(parts)
        owner = np.repeat(np.arange(len(rows)), lengths)

        keys = entries >> ROLE_BITS
        place, held_by, held_mine = self._find(asked.keys, keys, len(rows))
        hits = np.flatnonzero(place)
        mine, theirs, who = place[hits].astype(np.intp) - 1, entries[hits], owner[hits]
        rarity = memory.rarity(keys)
        agree = _Agreement(asked, memory, len(stories), rows, story_of, starts, sizes, mine, theirs, who)
        columns = agree.columns(stories, entries, owner, rarity, place > 0, moment)
        columns |= measure_locally(
            Bundle(entries, owner, hits, mine, starts, sizes, held_by, held_mine),
            asked.bag.entries,
            rarity=rarity,
            own_rarity=asked.rarity,
            pairs=[memory.pairs[row] for row in rows],
            own_pairs=asked.bag.pairs,
        )
        return np.round(np.stack([columns[name] for name in MEASURES], axis=1), 6)

    def _find(
        self, own: npt.NDArray[np.uint32], keys: npt.NDArray[np.uint32], members: int
    ) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
        """Place of each key among `own`, counted from 1 (0: not there), and how often each key and each of `own` occurs."""
        cells, own_cells = keys & _SCRATCH, own & _SCRATCH
        self._place[own_cells] = np.arange(1, len(own) + 1)
        place = self._place[cells]
        self._place[own_cells] = 0
        met = np.flatnonzero(place)
        place[met[own[place[met] - 1] != keys[met]]] = 0
        self._held[own_cells] = 1
        np.add.at(
            self._held, cells, np.ones(len(cells), dtype=np.uint16)
        )  # a plain 1 takes the slow path, x 20
        # Two words in one cell may count more often than there are members.
        held_by, held_mine = (np.minimum(self._held[c], members + 1) for c in (cells, own_cells))
        self._held[cells] = 0
        self._held[own_cells] = 0
        return place, held_by, held_mine


@dataclass(frozen=True, slots=True)
class _Agreement:
    asked: Asked
    memory: Memory
    count: int
    rows: list[int]
    story_of: npt.NDArray[np.intp]
    starts: npt.NDArray[np.intp]
    sizes: npt.NDArray[np.intp]
    mine: npt.NDArray[np.intp]
    theirs: npt.NDArray[np.uint32]
    who: npt.NDArray[np.intp]

    def columns(
        self,
        stories: list[int],
        entries: npt.NDArray[np.uint32],
        owner: npt.NDArray[np.intp],
        rarity: Floats,
        held_too: npt.NDArray[np.bool_],
        moment: float | None,
    ) -> dict[str, Floats]:
        asked, memory, mine, who = self.asked, self.memory, self.mine, self.who
        roles = asked.bag.entries
        in_title, in_lead, is_name = (roles & TITLE) > 0, (roles & LEAD) > 0, (roles & NAME) > 0
        told = asked.telling
        out: dict[str, Floats] = {}

        # Cosines to the kept members and to their sum.
        norms = np.maximum(memory.norms[self.rows], 1e-9)
        story_norms = np.maximum(memory.story_norms[stories], 1e-9)
        weights = view_weights(self.theirs, asked.rarity[mine]) / norms[who].T
        cosines = []
        for view in range(5):
            by_member = self._by_member(asked.views[view][mine] * weights[view])
            cosines.append(np.minimum(1.0, np.add.reduceat(by_member, self.starts) / story_norms[:, view]))
            if view == _BODY:
                out["body_member"] = np.minimum(1.0, self._best(by_member))
        body = out["body"] = cosines[_BODY]
        out["title"], out["lead"], out["names"], out["time_words"] = (
            cosines[_TITLE], cosines[_LEAD], cosines[_NAMES], cosines[_TIME]
        )  # fmt: skip

        # How much of the body agreement template words make.
        dots = asked.views[_BODY][mine] * weights[_BODY]
        hold = asked.held > max(3.0, 0.02 * memory.open_count)
        whole = self._by_story(dots)
        template = out["template"] = self._by_story(dots * hold[mine]) / np.maximum(whole, 1e-9)
        out["names_untold"] = out["names"] * (1 - template)
        scale = np.square(
            np.log((memory.open_count + 21) / (asked.held + 1.0)) / np.log(memory.open_count + 21.0)
        )
        own = asked.views[_BODY] * scale
        own_size = max(float(np.sqrt((own * own).sum())), 1e-9)
        out["body_telling"] = np.minimum(
            1.0, self._by_story(own[mine] / own_size * weights[_BODY]) / story_norms[:, _BODY]
        )

        # Whose title and lead the other tells.
        their_told = np.zeros(len(entries))
        spoken = np.flatnonzero(entries & (TITLE | LEAD))
        their_told[spoken] = memory.telling(entries[spoken] >> ROLE_BITS, rarity[spoken])
        mine_in, theirs_in = {}, {}
        their_roles = self.theirs
        hit_told = told[mine]
        for name, own_role, flag in (
            ("title", in_title, TITLE), ("lead", in_lead, LEAD),
        ):  # fmt: skip
            mine_in[name] = self._by_member(hit_told * own_role[mine]) / max(
                float((told * own_role).sum()), 1e-9
            )
            total = np.bincount(owner, weights=their_told * ((entries & flag) > 0), minlength=len(self.rows))
            theirs_in[name] = self._by_member(hit_told * ((their_roles & flag) > 0)) / np.maximum(total, 1e-9)
        out["title_in_member"] = self._best(mine_in["title"])
        out["member_title_in"] = self._best(theirs_in["title"])
        out["lead_in_member"] = self._best(mine_in["lead"])
        out["member_lead_in"] = self._best(theirs_in["lead"])
        out["title_both"] = self._best(mine_in["title"] * theirs_in["title"])
        out["title_telling"] = out["title_in_member"] * template
        out["title_missing_telling"] = (1 - out["title_in_member"]) * template

        # Share of members that hold each word of the article.
        words = len(asked.keys)
        held = np.bincount(self.story_of[who] * words + mine, minlength=self.count * words).reshape(
            self.count, words
        )
        share = held / self.sizes[:, None]
        title_told = told * in_title
        out["title_in_story"] = (np.minimum(1.0, 3 * share) * title_told).sum(axis=1) / max(
            float(title_told.sum()), 1e-9
        )
        ranked = np.argsort(-title_told, kind="stable")
        for name, rank in (("first_word", 0), ("second_word", 1)):
            known = rank < words and title_told[ranked[rank]] > 0
            out[name] = np.minimum(1.0, 2 * share[:, ranked[rank]]) if known else np.full(self.count, 0.5)

        # The same where a word weighs less the more of the candidates hold it.
        rivals = np.log((self.count + 2) / (1 + (held > 0).sum(axis=0)))
        for name, role in (("lead_own", in_lead), ("names_own", is_name)):
            own_told = told * role * rivals
            out[name] = ((held > 0) * own_told).sum(axis=1) / max(float(own_told.sum()), 1e-9)

        # Numbers.
        numbers = int(((roles & NUMBER) > 0).sum())
        theirs_numbers = np.bincount(owner, weights=(entries & NUMBER) > 0, minlength=len(self.rows))
        shared = self._by_member((their_roles & NUMBER) > 0)
        fewer = np.minimum(theirs_numbers, numbers)
        part = np.where(fewer > 0, shared / np.maximum(fewer, 1), 0.0) * np.where(fewer < 3, 0.7, 1.0)
        best = self._best(part)
        comparable = self._best((theirs_numbers >= 3) * 1.0) * (numbers >= 3)
        out["numbers"] = best
        out["numbers_apart"] = comparable * (self._best(shared) == 0)
        out["numbers_firm"] = best * (comparable > 0)

        # Names of the lead: does each side know the other's?
        name_told = told * (is_name & in_lead)
        their_names = ((entries & NAME) > 0) & ((entries & LEAD) > 0)
        their_total = np.bincount(owner, weights=their_told * their_names, minlength=len(self.rows))
        mine_named = self._by_member(name_told[mine]) / max(float(name_told.sum()), 1e-9)
        hit_names = ((their_roles & NAME) > 0) & ((their_roles & LEAD) > 0)
        theirs_named = self._by_member(hit_told * hit_names) / np.maximum(their_total, 1e-9)
        out["lead_names_in_member"] = self._best(mine_named)
        out["member_lead_names_in"] = self._best(theirs_named)
        apart = np.minimum(1 - mine_named, 1 - theirs_named)
        out["names_apart"] = np.where(
            name_told.sum() > 0, np.minimum.reduceat(np.where(their_total > 0, apart, 0.5), self.starts), 0.5
        )
        top = int(np.argmax(name_told))
        has_top = name_told[top] > 0
        out["top_name"] = np.minimum(1.0, 2 * share[:, top]) if has_top else np.full(self.count, 0.5)
        out["top_name_back"] = self._top_name_back(entries, owner, their_told * their_names, held_too)
        out["top_names_apart"] = (1 - out["top_name"]) * (1 - out["top_name_back"])

        # Pairs of neighbouring words.
        out["pairs"], out["pairs_either"] = self._pairs()

        # Months that the texts themselves name, with their years.
        months = memory.latest[self.rows]
        near = np.where(np.abs(months - asked.bag.latest) <= 1, 1.0, 0.0)
        near[months == 0] = 0.5
        out["months_near"] = self._best(near) if asked.bag.latest else np.full(self.count, 0.5)

        # Time, size, rivals.
        dated = moment is not None
        last, first = memory.last[stories], memory.first[stories]
        known = ~np.isnan(last) & dated
        when = moment if moment is not None else 0.0
        gap = np.where(known, np.maximum(0.0, np.maximum(when - last, first - when)), 0.0)
        age = np.where(known, np.abs(when - first), 0.0)
        out["since_last"] = np.where(known, np.exp(-gap), 0.5)
        out["since_first"] = np.where(known, np.exp(-age / 3), 0.5)
        out["undated"] = (~known) * 1.0
        size = np.array([len(memory.members[s]) for s in stories], dtype=np.float64)
        out["one_in_size"], out["log_size"] = 1 / size, np.log1p(size)
        ordered = np.sort(body)[::-1]
        crowd = ordered[4] if self.count > 4 else 0.0
        out["crowd"] = np.full(self.count, crowd)
        out["above_crowd"] = body - crowd
        out["log_words"] = np.full(self.count, np.log1p(asked.bag.length))
        return out

    def _by_member(self, values: npt.NDArray[Any]) -> Floats:
        return np.bincount(self.who, weights=values, minlength=len(self.rows)).astype(np.float64, copy=False)

    def _by_story(self, values: Floats) -> Floats:
        return np.bincount(self.story_of[self.who], weights=values, minlength=self.count).astype(
            np.float64, copy=False
        )

    def _best(self, by_member: Floats) -> Floats:
        best: Floats = np.maximum.reduceat(by_member, self.starts)
        return best

    def _top_name_back(
        self,
        entries: npt.NDArray[np.uint32],
        owner: npt.NDArray[np.intp],
        weights: Floats,
        held_too: npt.NDArray[np.bool_],
    ) -> Floats:
        """Whether the article holds the most telling lead name of a member: the share of such members, doubled."""
        named = np.flatnonzero(weights)
        named = named[np.lexsort((entries[named], -weights[named], owner[named]))]
        whose = owner[named]
        firsts = np.flatnonzero(np.diff(whose, prepend=-1))
        values = np.full(len(self.rows), 0.5)
        values[whose[firsts]] = held_too[named[firsts]]
        by_story = np.bincount(self.story_of, weights=values, minlength=self.count) / self.sizes
        return np.minimum(1.0, 2 * by_story)

    def _pairs(self) -> tuple[Floats, Floats]:
        mine = self.asked.bag.pairs
        if not len(mine):
            return np.zeros(self.count), np.zeros(self.count)
        memory = self.memory
        told = self.asked.telling[self.asked.bag.pair_words].mean(axis=0) / np.log(memory.open_count + 21.0)
        parts = [memory.pairs[row] for row in self.rows]
        lengths = np.array([len(p) for p in parts])
        every = np.concatenate(parts)
        at = np.minimum(np.searchsorted(mine, every), len(mine) - 1)
        owner = np.repeat(np.arange(len(parts)), lengths)
        shared = np.bincount(owner, weights=(mine[at] == every) * told[at], minlength=len(parts))
        both = shared / np.sqrt((len(mine) + 3.0) * (lengths + 3.0))
        either = shared / (np.minimum(lengths, len(mine)) + 3.0)
        return self._best(both), self._best(either)
