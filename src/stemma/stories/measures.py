"""How an article and each of a few open stories agree: one row of figures a story, no decision.

The figures, their model and their ablation are described in `docs/explanation/stories.md`. All similarities are
between 0 and 1. The best agreement over a story's kept members counts, so that an impure story does not draw more in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import LEAD, NAME, TITLE, Bag
from stemma.stories.bundle import ROLES, Bundle, PairsMet, Places, lay_out, meet_pairs
from stemma.stories.local import LOCAL_FALLING, LOCAL_FREE, LOCAL_RISING, measure_locally
from stemma.stories.memory import (
    BODY_VIEW,
    LEAD_VIEW,
    NAMES_VIEW,
    TIME_VIEW,
    TITLE_VIEW,
    VIEW_WEIGHTS,
    VIEWS,
    Floats,
    Memory,
    number_entries,
    view_weights,
)
from stemma.stories.runs import find_starts
from stemma.stories.vocabulary import NUMBER

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

_COLUMN = {name: at for at, name in enumerate(MEASURES)}
_EVERY = np.arange(ROLES)
_IN_TITLE, _IN_LEAD, _NUMBERED = ((_EVERY & flag) > 0 for flag in (TITLE, LEAD, NUMBER))
_LEAD_NAME = (_EVERY & (LEAD | NAME)) == LEAD | NAME
_SPOKEN: Floats = np.stack([_IN_TITLE, _IN_LEAD, _LEAD_NAME], axis=1).astype(np.float64)
"""By roles: of the title, of the lead, a name in the lead."""
_ONE = np.ones(ROLES)
_MET: Floats = np.concatenate(
    [VIEW_WEIGHTS, np.stack([VIEW_WEIGHTS[:, 0], VIEW_WEIGHTS[:, 0], _ONE, _ONE, _ONE, _NUMBERED], axis=1), _SPOKEN], axis=1
)  # fmt: skip
"""By roles that a shared word has in the member: what `_Agreement.meet` sums, in its order."""
_TEMPLATE = np.array([BODY_VIEW, VIEWS, VIEWS + 1])
"""Of these sums the body's: whole, of words that many stories hold, of telling words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The article's own side of every comparison; `words` are the memory's numbers for its words, `views` unit columns."""

    bag: Bag
    words: Places
    rarity: Floats
    telling: Floats
    held: npt.NDArray[np.uint32]
    views: Floats


def ask(bag: Bag, memory: Memory) -> Asked:
    """Weighs the article's words by what was seen so far; unit vectors for each view."""
    words = memory.find_words(bag)
    rarity = memory.rarity(words)
    views = view_weights(number_entries(words, bag), rarity)
    sizes = np.sqrt(np.square(views).sum(axis=0))
    held = memory.lexicon.stories.take(words)
    return Asked(bag, words, rarity, memory.weigh_held(held, rarity), held, views / np.maximum(sizes, 1e-9))


def measure(asked: Asked, stories: list[int], memory: Memory, moment: float | None) -> Floats:
    """One row for each story, columns as in `MEASURES`."""
    bundle = lay_out(asked.words, stories, memory)
    rarity = memory.rarity(bundle.ids)
    met = meet_pairs(asked.bag.pairs, bundle.rows, memory)
    out = np.empty((len(stories), len(MEASURES)))
    _Agreement(asked, memory, bundle, rarity, out).fill(stories, moment, met)
    local = measure_locally(bundle, asked.bag.entries, rarity=rarity, own_rarity=asked.rarity, pairs=met)
    for name, values in local.items():
        out[:, _COLUMN[name]] = values
    return np.round(out, 6)


@dataclass(frozen=True, slots=True)
class _Agreement:
    asked: Asked
    memory: Memory
    bundle: Bundle
    rarity: Floats
    out: Floats

    def put(self, name: str, values: Floats | float) -> None:
        """Fills the column of that name, one value a story."""
        self.out[:, _COLUMN[name]] = values

    def fill(self, stories: list[int], moment: float | None, pairs: PairsMet) -> None:
        """Every column but the local ones."""
        asked, memory, bundle = self.asked, self.memory, self.bundle
        roles = asked.bag.entries & np.uint32(ROLES - 1)
        told = asked.telling
        title_told, lead_told, name_told = (told[:, None] * _SPOKEN.take(roles, axis=0)).T
        scale = np.square(
            np.log((memory.open_count + 21) / (asked.held + 1.0)) / np.log(memory.open_count + 21.0)
        )
        own = asked.views[:, BODY_VIEW] * scale
        own_size = max(float(np.sqrt(np.square(own).sum())), 1e-9)

        # Sums over the shared words, by member.
        weighed = asked.views * asked.rarity[:, None]
        weighed[:, TIME_VIEW] = asked.views[:, TIME_VIEW]
        hold = asked.held > max(3.0, 0.02 * memory.open_count)
        body = weighed[:, BODY_VIEW]
        by_word = np.array([
            *weighed.T, body * hold, own * asked.rarity / own_size, title_told, lead_told, name_told, np.ones(len(told)), told, told, told,
        ]).T  # fmt: skip
        met = bundle.sum_hits(by_word, _MET)
        norms = np.maximum(memory.norms[bundle.rows], 1e-9)
        story_norms = np.maximum(memory.story_norms[stories], 1e-9)

        # Cosines to the kept members and to their sum.
        by_member = met[:, :VIEWS] / norms
        cosines = np.minimum(1.0, bundle.total(by_member) / story_norms)
        self.put("body_member", np.minimum(1.0, bundle.best(by_member[:, BODY_VIEW])))
        for name, view in (
            ("body", BODY_VIEW), ("title", TITLE_VIEW), ("lead", LEAD_VIEW), ("names", NAMES_VIEW), ("time_words", TIME_VIEW)
        ):  # fmt: skip
            self.put(name, cosines[:, view])

        # How much of the body agreement template words make.
        dots = met.take(_TEMPLATE, axis=1) / norms[:, :1]
        whole, held_part, telling_part = bundle.total(dots).T
        template = held_part / np.maximum(whole, 1e-9)
        self.put("template", template)
        self.put("names_untold", cosines[:, NAMES_VIEW] * (1 - template))
        self.put("body_telling", np.minimum(1.0, telling_part / story_norms[:, BODY_VIEW]))

        # Whose title, lead and lead names the other tells.
        own_totals = np.array([title_told.sum(), lead_told.sum(), name_told.sum()])
        there = met[:, VIEWS + 2 : VIEWS + 5] / np.maximum(own_totals, 1e-9)
        spoken = bundle.spoken
        their_told = memory.telling(bundle.ids.take(spoken), self.rarity.take(spoken))
        totals = bundle.sum_roles(their_told, _SPOKEN, spoken)
        back = met[:, VIEWS + 6 :] / np.maximum(totals, 1e-9)
        both = np.concatenate([there, back, there[:, :1] * back[:, :1]], axis=1)
        title_in, lead_in, names_in, title_back, lead_back, names_back, title_both = bundle.best(both).T
        self.put("title_in_member", title_in)
        self.put("member_title_in", title_back)
        self.put("lead_in_member", lead_in)
        self.put("member_lead_in", lead_back)
        self.put("title_both", title_both)
        self.put("title_telling", title_in * template)
        self.put("title_missing_telling", (1 - title_in) * template)
        self.put("lead_names_in_member", names_in)
        self.put("member_lead_names_in", names_back)
        apart = np.where(totals[:, 2] > 0, np.minimum(1 - there[:, 2], 1 - back[:, 2]), 0.5)
        self.put("names_apart", np.minimum.reduceat(apart, bundle.starts) if own_totals[2] > 0 else 0.5)

        self._share_words(title_told, lead_told, name_told, roles)
        top_back = self._top_name_back(spoken, their_told)
        self.put("top_name_back", top_back)
        self.put("top_names_apart", (1 - self.out[:, _COLUMN["top_name"]]) * (1 - top_back))
        self._compare_numbers(met[:, VIEWS + 5], int(np.count_nonzero(roles & NUMBER)))
        self._compare_pairs(pairs)
        self._compare_times(stories, moment)

        size = np.array([memory.members.size(s) for s in stories], dtype=np.float64)
        self.put("one_in_size", 1 / size)
        self.put("log_size", np.log1p(size))
        crowd = np.sort(cosines[:, BODY_VIEW])[-5] if len(stories) > 4 else 0.0
        self.put("crowd", crowd)
        self.put("above_crowd", cosines[:, BODY_VIEW] - crowd)
        self.put("log_words", np.log1p(asked.bag.length))

    def _share_words(
        self, title_told: Floats, lead_told: Floats, name_told: Floats, roles: npt.NDArray[np.uint32]
    ) -> None:
        """What share of a story's members holds each word of the article."""
        bundle, told, words = self.bundle, self.asked.telling, len(self.asked.words)
        count = len(bundle.sizes)
        held = np.bincount(bundle.story_of.take(bundle.who) * words + bundle.mine, minlength=count * words)
        share = held.reshape(count, words) / bundle.sizes[:, None]
        titled = (np.minimum(1.0, 3 * share) * title_told).sum(axis=1)
        self.put("title_in_story", titled / max(float(title_told.sum()), 1e-9))
        ranked = np.argsort(-title_told, kind="stable")
        for name, rank in (("first_word", 0), ("second_word", 1)):
            known = rank < words and title_told[ranked[rank]] > 0
            self.put(name, np.minimum(1.0, 2 * share[:, ranked[rank]]) if known else 0.5)
        top = int(np.argmax(name_told))
        self.put("top_name", np.minimum(1.0, 2 * share[:, top]) if name_told[top] > 0 else 0.5)
        # The same where a word weighs less the more of the candidates hold it.
        present = share > 0
        rivals = np.log((count + 2) / (1 + present.sum(axis=0)))
        for name, own in (("lead_own", lead_told), ("names_own", told * ((roles & NAME) > 0))):
            own_told = own * rivals
            self.put(name, (present * own_told).sum(axis=1) / max(float(own_told.sum()), 1e-9))

    def _compare_numbers(self, shared: Floats, numbers: int) -> None:
        bundle = self.bundle
        theirs = self.memory.numbers[bundle.rows]
        fewer = np.minimum(theirs, numbers)
        part = np.where(fewer > 0, shared / np.maximum(fewer, 1), 0.0) * np.where(fewer < 3, 0.7, 1.0)
        best, most, comparable = bundle.best(np.array([part, shared, theirs >= 3]).T).T
        comparable = comparable * (numbers >= 3)
        self.put("numbers", best)
        self.put("numbers_apart", comparable * (most == 0))
        self.put("numbers_firm", best * (comparable > 0))

    def _compare_times(self, stories: list[int], moment: float | None) -> None:
        """Months that the texts themselves name with their years, and days since the story's first and last article."""
        memory, bundle = self.memory, self.bundle
        if self.asked.bag.latest:
            months = memory.latest[bundle.rows]
            near = np.where(np.abs(months - self.asked.bag.latest) <= 1, 1.0, 0.0)
            near[months == 0] = 0.5
            self.put("months_near", bundle.best(near))
        else:
            self.put("months_near", 0.5)
        last, first = memory.last[stories], memory.first[stories]
        known = ~np.isnan(last) & (moment is not None)
        when = moment if moment is not None else 0.0
        gap = np.where(known, np.maximum(0.0, np.maximum(when - last, first - when)), 0.0)
        age = np.where(known, np.abs(when - first), 0.0)
        self.put("since_last", np.where(known, np.exp(-gap), 0.5))
        self.put("since_first", np.where(known, np.exp(-age / 3), 0.5))
        self.put("undated", (~known) * 1.0)

    def _top_name_back(self, spoken: Places, told: Floats) -> Floats:
        """Whether the article holds the most telling lead name of a member: the share of such members, doubled."""
        bundle = self.bundle
        named = _LEAD_NAME.take(bundle.roles.take(spoken)).nonzero()[0]
        values = np.full(bundle.members, 0.5)
        if len(named):
            places = spoken.take(named)
            whose = bundle.cells.take(places) // ROLES
            # Of names that tell as much the key decides: neither place in the text nor order of arrival.
            ties = self.memory.lexicon.keys.take(bundle.ids.take(places))
            order = np.lexsort((ties, -told.take(named), whose))
            whose = whose.take(order)
            firsts = find_starts(whose)
            values[whose[firsts]] = bundle.held_too.take(places.take(order.take(firsts)))
        doubled: Floats = np.minimum(1.0, 2 * bundle.total(values) / bundle.sizes)
        return doubled

    def _compare_pairs(self, pairs: PairsMet) -> None:
        """Pairs of neighbouring words in title and lead, against both lists and against the shorter one."""
        asked, lengths = self.asked, pairs.lengths
        told = asked.telling.take(asked.bag.pair_words).mean(axis=0) / np.log(self.memory.open_count + 21.0)
        shared = np.bincount(pairs.who, weights=told.take(pairs.mine), minlength=len(lengths))
        both = shared / np.sqrt((pairs.own + 3.0) * (lengths + 3.0))
        either = shared / (np.minimum(lengths, pairs.own) + 3.0)
        best = self.bundle.best(np.array([both, either]).T)
        self.put("pairs", best[:, 0])
        self.put("pairs_either", best[:, 1])
