"""What is remembered of articles and stories: bags, membership, counts of words; nothing is decided here.

Rows are numbers in order of arrival. Everything changes in `remember` and `age` alone, so that a replay of stored
placements ends in the same state, bit by bit.
"""

from __future__ import annotations

import heapq
from functools import lru_cache
from importlib.resources import as_file, files
from math import isfinite, isnan, nan
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.arena import Arena, Groups
from stemma.stories.bags import COUNT, COUNT_WEIGHT, LEAD, NAME, ROLE_BITS, TIME, TITLE, Bag, Words
from stemma.stories.clock import Clock
from stemma.stories.counts import Counts
from stemma.stories.index import Postings
from stemma.types import ArticleId, StoryId

Floats = npt.NDArray[np.floating[Any]]
Ints = npt.NDArray[np.int64]

CLOSED_AFTER = 14.0
"""Days without a new article after which a story takes no more. On gva pair F1 is .652 with 7 days, .676 with 14, .700 with
21; on lookalike the same company's reports join in .888, .872, .855 (cross-fitted)."""
KEPT_FIRST, KEPT_LAST = 2, 5
"""Members of a story that an arriving article is compared with: how it began and where it stands."""
FEW = 8
"""Members up to which the words of a story are gathered from them when they are asked for, and not kept: a store's most
stories are small, and the words would be a fifth of its memory."""
POSTED = 30
"""Heaviest words under which an article can be found."""
VIEWS = 5
_STORY = (1 << 32) - 1
_REPEATED, _REPEATED_PAIRS = 0.8, 40
"""Share of the word pairs of title and lead from which an article is a copy, and fewest pairs that can tell."""
PRIOR = 1000
"""Articles that the counts of `background.npz` stand for: an empty store knows what common words are."""


class Memory:
    """Articles and stories by row, with the statistics of their words."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.seen = 0
        self.open_count = 0
        self.df = Counts()
        self.df.add(*_load_background())
        self.sf = Counts()
        self.article_ids: list[ArticleId] = []
        self.spelling: dict[int, str] = {}
        self.entries = Arena()
        self.pairs = Arena()
        self.story_of = np.full(1024, -1, dtype=np.int32)
        self.alive = np.zeros(1024, dtype=np.bool_)
        self.norms = np.zeros((1024, VIEWS), dtype=np.float32)
        self.lengths = np.zeros(1024, dtype=np.int32)
        self.latest = np.zeros(1024, dtype=np.int32)
        self.moments = np.full(1024, nan)
        self.bounds = np.full((1024, 2), nan)
        self.tongues = np.zeros(1024, dtype=np.uint16)
        self.story_ids: list[StoryId] = []
        self.story_row: dict[StoryId, int] = {}
        self.members = Groups()
        self.story_words: dict[int, Words] = {}
        self.first = np.full(1024, nan)
        self.last = np.full(1024, nan)
        self.heard = np.full(1024, nan)
        self.story_norms = np.zeros((1024, VIEWS), dtype=np.float32)
        self.is_open = np.zeros(1024, dtype=np.bool_)
        self.postings = Postings()
        self._ages: list[int] = []

    # ------------------------------------------------------------ reading

    def kept(self, story: int) -> list[int]:
        """Rows of the members that stand for a story."""
        return self.members.ends(story, KEPT_FIRST, KEPT_LAST)

    def rarity(self, keys: npt.NDArray[np.uint32]) -> Floats:
        """ln of inverse share of articles that hold each word."""
        known: Floats = np.log((self.seen + PRIOR + 2) / (self.df[keys] + 1.0))
        return known

    def telling(self, keys: npt.NDArray[np.uint32], rarity: Floats) -> Floats:
        """Story-frequency weight: what many open stories hold tells nothing, however rare in articles."""
        return self.weigh_held(self.sf[keys], rarity)

    def weigh_held(self, held: npt.NDArray[np.uint32], rarity: Floats) -> Floats:
        """The same for words of which it is known how many open stories hold them."""
        told = np.log((self.open_count + 21) / (held + 1.0))
        weight: Floats = np.maximum(0.05, np.minimum(rarity + 0.5, told))
        return weight

    # ------------------------------------------------------------ changing

    def remember(
        self, ident: ArticleId, bag: Bag, moment: float | None, aging: float | None, story: StoryId
    ) -> None:
        """Adds an article to a story, opening the story if there is none of that id."""
        keys = bag.entries >> ROLE_BITS
        if not self._is_repeated(bag, story):
            self.seen += 1
            self.df.add(keys, 1)
        row = len(self.article_ids)
        self._grow(row)
        self.article_ids.append(ident)
        self.entries.append(bag.entries)
        self.pairs.append(bag.pairs)
        named = np.flatnonzero((bag.entries & (NAME | LEAD)) == NAME | LEAD)
        for key, place in zip(keys[named].tolist(), named.tolist(), strict=True):
            self.spelling.setdefault(key, bag.spelled[place])
        self.lengths[row] = bag.length
        self.latest[row] = bag.latest
        self.bounds[row] = bag.bounds
        self.tongues[row] = bag.tongue
        self.moments[row] = nan if moment is None else moment
        rarity = self.rarity(keys)
        views = view_weights(bag.entries, rarity)
        self.norms[row] = np.sqrt((views * views).sum(axis=1))
        at = self.story_row.get(story)
        if at is None:
            at = self._open_story(story)
        elif not self.is_open[at]:
            self._reopen(at)
        self.story_of[row] = at
        self.alive[row] = True
        self.members.add(at, row)
        self._count_words(at, keys)
        self._sum_up(at)
        if moment is not None:
            self.first[at] = moment if isnan(self.first[at]) else min(self.first[at], moment)
            self.last[at] = moment if isnan(self.last[at]) else max(self.last[at], moment)
        order = np.argsort(-views[0], kind="stable")[:POSTED]
        self.postings.add(row, keys[order])
        self.clock.hear(aging)
        heard = max(self.clock.now, self.clock.now if aging is None else min(aging, self.clock.now + 1.0))
        if not isnan(heard):
            if isnan(self.heard[at]):
                heapq.heappush(self._ages, _due(heard, at))
            self.heard[at] = heard
        self.age()
        self.postings.settle(self.alive)

    def age(self) -> None:
        """Closes the stories that nothing was added to for long, by the stream's own time."""
        limit = self.clock.now - CLOSED_AFTER - self.clock.spread
        later: list[int] = []
        while isfinite(limit) and self._ages and self._ages[0] < _due(limit, 0):
            story = heapq.heappop(self._ages) & _STORY
            if self.heard[story] < limit:
                self._close(story)
            else:
                later.append(_due(float(self.heard[story]), story))
        for due in later:
            heapq.heappush(self._ages, due)

    # ------------------------------------------------------------ helpers

    def _open_story(self, story: StoryId) -> int:
        at = len(self.story_ids)
        self.story_ids.append(story)
        self.story_row[story] = at
        self.members.open()
        if at >= len(self.heard):
            self.first, self.last, self.heard = _longer(self.first), _longer(self.last), _longer(self.heard)
            self.story_norms = _longer(self.story_norms)
            self.is_open = _longer(self.is_open)
        self.first[at] = self.last[at] = self.heard[at] = nan
        self.is_open[at] = True
        self.open_count += 1
        return at

    def _is_repeated(self, bag: Bag, story: StoryId) -> bool:
        """Whether the story has the article already: a thousand copies must not make their words common."""
        at = self.story_row.get(story)
        if at is None or len(bag.pairs) < _REPEATED_PAIRS:
            return False
        most = 0
        for row in self.kept(at):
            pairs = self.pairs[row]
            held = np.minimum(np.searchsorted(bag.pairs, pairs), len(bag.pairs) - 1)
            most = max(most, int((bag.pairs[held] == pairs).sum()))
        return most >= _REPEATED * len(bag.pairs)

    def _count_words(self, story: int, keys: Words) -> None:
        if self.members.size(story) == 1:
            self.sf.add(keys, 1)
            return
        known = self._words_of(story, self.members[story][:-1])
        place = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        fresh = keys[known[place] != keys] if len(known) else keys
        self.sf.add(fresh, 1)
        if self.members.size(story) > FEW:
            self.story_words[story] = np.sort(np.concatenate([known, fresh]))

    def _words_of(self, story: int, members: list[int]) -> Words:
        """The words of a story, sorted; some more than once."""
        words = self.story_words.get(story)
        if words is None:
            words = np.sort(np.concatenate([self.entries[row] for row in members])) >> ROLE_BITS
        return words

    def _close(self, story: int) -> None:
        self.is_open[story] = False
        self.heard[story] = nan
        self.open_count -= 1
        self.sf.add(self._words_of(story, self.members[story]), -1)
        self.alive[self.members[story]] = False

    def _reopen(self, story: int) -> None:
        self.is_open[story] = True
        self.open_count += 1
        self.sf.add(self._words_of(story, self.members[story]), 1)
        for row in self.members[story]:
            self.alive[row] = True

    def _sum_up(self, story: int) -> None:
        kept = self.kept(story)
        if len(kept) == 1:
            self.story_norms[story] = self.norms[kept[0]] > 0
            return
        entries = np.concatenate([self.entries[row] for row in kept])
        owner = np.repeat(np.arange(len(kept)), [len(self.entries[row]) for row in kept])
        keys, place = np.unique(entries >> ROLE_BITS, return_inverse=True)
        views = view_weights(entries, self.rarity(keys)[place]) / np.maximum(
            self.norms[kept].T[:, owner], 1e-9
        )
        for view in range(VIEWS):
            total = np.bincount(place, weights=views[view], minlength=len(keys))
            self.story_norms[story, view] = np.sqrt((total * total).sum())

    def _grow(self, row: int) -> None:
        if row >= len(self.alive):
            self.story_of, self.alive = _longer(self.story_of), _longer(self.alive)
            self.norms, self.lengths = _longer(self.norms), _longer(self.lengths)
            self.latest, self.moments = _longer(self.latest), _longer(self.moments)
            self.bounds, self.tongues = _longer(self.bounds), _longer(self.tongues)


@lru_cache(maxsize=1)
def _load_background() -> tuple[Words, npt.NDArray[np.uint16]]:
    """Words and in how many of `PRIOR` articles they stand (`bench/train/stories_background.py`)."""
    with as_file(files(__package__) / "background.npz") as path, np.load(path) as data:
        return data["keys"], data["counts"]


def view_weights(entries: Words, rarity: Floats) -> Floats:
    """Weights of entries as body, title, lead, names and time words, not normalised: (5, n)."""
    count = COUNT_WEIGHT[entries & COUNT]
    in_title = (entries & TITLE) > 0
    return np.stack(
        [
            np.where(count > 0, count + 2.0 * in_title, 0.0) * rarity,
            in_title * rarity,
            ((entries & LEAD) > 0) * rarity,
            ((entries & NAME) > 0) * count * rarity,
            ((entries & TIME) > 0) * 1.0,
        ]
    )


def _due(day: float, story: int) -> int:
    """The minute of a day and a story as one number, so that a heap of many costs little."""
    return int(day * 1440) << 32 | story


def _longer(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Twice the length, zeros behind."""
    return np.concatenate([array, np.zeros_like(array)])
