"""The members of candidate stories laid end to end, with the places of an article's words in them, and sums by member.

Only arithmetic for `measures` and `local`: what is summed is theirs to say. All sums of one article are made in a few passes,
since a call of numpy on a few thousand numbers costs more than the numbers do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import LEAD, ROLE_BITS
from stemma.stories.memory import Floats, Memory
from stemma.stories.runs import find_starts

Places = npt.NDArray[np.intp]
ROLES = 256


@dataclass(frozen=True, slots=True, eq=False)
class Bundle:
    """Words (`ids`, `roles`) of all members in order, and how they meet the article's.

    `cells` number the pair of member and roles; `hits` are places whose word the article holds, `mine` the place of that word
    in the article, `who` the member. `starts` and `sizes` tell which members are of which story. `held_by` counts members (and the
    article) that hold the word of each place; `held_mine` the same for the article's words. `spoken` are the places of lead words.
    """

    rows: list[int]
    sizes: Places
    starts: Places
    story_of: Places
    ids: Places
    roles: Places
    cells: Places
    hits: Places
    mine: Places
    who: Places
    hit_roles: Places
    held_by: Places
    held_mine: Places
    held_too: npt.NDArray[np.bool_]
    spoken: Places

    @property
    def members(self) -> int:
        """How many members of how many stories are laid out here."""
        return len(self.rows)

    def sum_roles(self, weights: Floats, by_role: Floats, places: Places | None = None) -> Floats:
        """For each member the sum over its words of weight times `by_role` (256, columns) -> (members, columns)."""
        cells = self.cells if places is None else self.cells.take(places)
        table = np.bincount(cells, weights=weights, minlength=self.members * ROLES)
        summed: Floats = table.reshape(self.members, ROLES) @ by_role
        return summed

    def sum_hits(self, by_word: Floats, by_role: Floats) -> Floats:
        """For each member the sum over the words that it shares with the article of two factors (members, columns).

        `by_word` is for the article's words (words, columns), `by_role` for the word's roles in the member (256, columns).
        """
        products = by_word.take(self.mine, axis=0)
        products *= by_role.take(self.hit_roles, axis=0)
        summed = np.zeros((self.members, by_word.shape[1]))
        if len(self.who):
            firsts = find_starts(self.who)
            summed[self.who[firsts]] = np.add.reduceat(products, firsts, axis=0)
        return summed

    def best(self, by_member: npt.NDArray[Any]) -> Floats:
        """The greatest value of each story's members."""
        found: Floats = np.maximum.reduceat(by_member, self.starts, axis=0)
        return found

    def total(self, by_member: npt.NDArray[Any]) -> Floats:
        """The sum over each story's members."""
        found: Floats = np.add.reduceat(by_member, self.starts, axis=0)
        return found


def lay_out(words: Places, stories: list[int], memory: Memory) -> Bundle:
    """The kept members of the stories beside an article's words."""
    kept = [memory.kept(s) for s in stories]
    sizes = np.array([len(k) for k in kept])
    rows = [row for k in kept for row in k]
    entries, lengths = memory.entries.gather(rows)
    every = np.arange(len(entries))
    owner = np.arange(len(rows)).repeat(lengths)
    ids = (entries >> ROLE_BITS).astype(np.intp)
    roles = (entries & np.uint32(ROLES - 1)).astype(np.intp)
    marks, places = memory.lexicon.marks, memory.lexicon.places
    marks[words] = np.arange(1, len(words) + 1)
    place = marks.take(ids)
    marks[words] = 0
    held_too = place > 0
    hits = held_too.nonzero()[0]
    mine = place.take(hits).astype(np.intp) - 1
    # Each word is counted at its last place.
    places[ids] = every
    lasts = places.take(ids)
    held_by = np.bincount(lasts, minlength=len(ids)).take(lasts) + held_too
    return Bundle(
        rows=rows,
        sizes=sizes,
        starts=np.cumsum(sizes) - sizes,
        story_of=np.arange(len(stories)).repeat(sizes),
        ids=ids,
        roles=roles,
        cells=owner * ROLES + roles,
        hits=hits,
        mine=mine,
        who=owner.take(hits),
        hit_roles=roles.take(hits),
        held_by=held_by,
        held_mine=1 + np.bincount(mine, minlength=len(words)),
        held_too=held_too,
        spoken=(roles & LEAD).nonzero()[0],
    )


@dataclass(frozen=True, slots=True, eq=False)
class PairsMet:
    """Pairs of neighbouring words that an article shares with members: which of its own, and whose.

    `own` is how many it has, `lengths` how many each member has.
    """

    own: int
    lengths: Places
    mine: Places
    who: Places


def meet_pairs(own: npt.NDArray[np.uint32], rows: list[int], memory: Memory) -> PairsMet:
    """The pairs of the members `rows` that are among the sorted pairs `own`."""
    pairs, lengths = memory.pairs.gather(rows)
    if not len(own):
        return PairsMet(0, lengths, np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))
    at = own.searchsorted(pairs)
    shared = (own.take(at, mode="clip") == pairs).nonzero()[0]
    who = np.cumsum(lengths).searchsorted(shared, side="right")
    return PairsMet(len(own), lengths, at.take(shared), who)
