"""What is remembered of articles and stories: bags, membership, counts of words; nothing is decided here.

Rows are numbers in order of arrival. Everything changes in `remember` and `age` alone, so that a replay of stored
placements ends in the same state, bit by bit.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from math import isfinite, isnan, nan
from typing import Any

import numpy as np
import numpy.typing as npt

from stemma.stories.arena import Arena, Groups
from stemma.stories.bags import COUNT, COUNT_WEIGHT, LEAD, NAME, ROLE_BITS, TITLE, Bag, Words
from stemma.stories.clock import Clock, Waiting
from stemma.stories.index import Postings
from stemma.stories.lexicon import Ids, Lexicon
from stemma.stories.vocabulary import NUMBER, TIME
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
BODY_VIEW, TITLE_VIEW, LEAD_VIEW, NAMES_VIEW, TIME_VIEW = range(VIEWS)
_REPEATED, _REPEATED_PAIRS = 0.8, 40
"""Share of the word pairs of title and lead from which an article is a copy, and fewest pairs that can tell."""
PRIOR = 1000
"""Articles that the counts of `background.npz` stand for: an empty store knows what common words are."""


_ROLES = np.arange(256)
_OFTEN = COUNT_WEIGHT[_ROLES & COUNT]
VIEW_WEIGHTS: Floats = np.stack(
    [
        np.where(_OFTEN > 0, _OFTEN + 2.0 * ((_ROLES & TITLE) > 0), 0.0),
        (_ROLES & TITLE) > 0,
        (_ROLES & LEAD) > 0,
        ((_ROLES & NAME) > 0) * _OFTEN,
        (_ROLES & TIME) > 0,
    ],
    axis=1,
).astype(np.float64)
"""By the roles of a word: its weight in body, title, lead, names (times its rarity), and among the time words."""


class Memory:
    """Articles and stories by row, with the statistics of their words."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.seen = 0
        self.open_count = 0
        self.lexicon = Lexicon()
        keys, counts = _load_background()
        words = self.lexicon.find(keys)
        self.lexicon.learn(keys, words)
        self.lexicon.articles[words] = counts
        self.common = len(words)
        self._logs = np.log(np.arange(1.0, 4096.0))
        self._found: tuple[Bag, int, Ids] | None = None
        self.article_ids: list[ArticleId] = []
        self.entries = Arena()
        self.pairs = Arena()
        self.ideas = Arena()
        self.story_of = np.full(1024, -1, dtype=np.int32)
        self.alive = np.zeros(1024, dtype=np.bool_)
        self.norms = np.zeros((1024, VIEWS), dtype=np.float32)
        self.lengths = np.zeros(1024, dtype=np.int32)
        self.numbers = np.zeros(1024, dtype=np.int32)
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
        self._ages = Waiting()

    # ------------------------------------------------------------ reading

    def kept(self, story: int) -> list[int]:
        """Rows of the members that stand for a story."""
        return self.members.ends(story, KEPT_FIRST, KEPT_LAST)

    def find_words(self, bag: Bag) -> Ids:
        """The lexicon's numbers for the words of a bag."""
        # Only to spare `remember` the look-up that was just made to decide.
        if self._found is None or self._found[0] is not bag or self._found[1] != len(self.lexicon):
            self._found = (bag, len(self.lexicon), self.lexicon.find(bag.entries >> ROLE_BITS))
        return self._found[2]

    def rarity(self, words: npt.NDArray[Any]) -> Floats:
        """ln of inverse share of articles that hold each word."""
        known: Floats = self._log(self.seen + PRIOR + 1) - self._logs.take(self.lexicon.articles.take(words))
        return known

    def telling(self, words: npt.NDArray[Any], rarity: Floats) -> Floats:
        """Story-frequency weight: what many open stories hold tells nothing, however rare in articles."""
        return self.weigh_held(self.lexicon.stories.take(words), rarity)

    def weigh_held(self, held: npt.NDArray[np.uint32], rarity: Floats) -> Floats:
        """The same for words of which it is known how many open stories hold them."""
        told = self._log(self.open_count + 20) - self._logs.take(held)
        weight: Floats = np.maximum(0.05, np.minimum(rarity + 0.5, told))
        return weight

    def _log(self, count: int) -> float:
        """ln(count + 1)."""
        return float(self._logs[count])

    # ------------------------------------------------------------ changing

    def remember(
        self, ident: ArticleId, bag: Bag, moment: float | None, aging: float | None, story: StoryId
    ) -> None:
        """Adds an article to a story, opening the story if there is none of that id."""
        words = self.find_words(bag)
        self.lexicon.learn(bag.entries >> ROLE_BITS, words)
        entries = number_entries(words, bag)
        if not self._is_repeated(bag, story):
            self.seen += 1
            self.lexicon.articles[words] += 1
        row = len(self.article_ids)
        self._grow(row)
        self.article_ids.append(ident)
        self.entries.append(entries)
        self.pairs.append(bag.pairs)
        self.ideas.append(bag.ideas)
        for place in np.flatnonzero((entries & (NAME | LEAD)) == NAME | LEAD).tolist():
            self.lexicon.spell(int(words[place]), bag.spelled[place])
        self.lengths[row] = bag.length
        self.numbers[row] = np.count_nonzero(entries & NUMBER)
        self.latest[row] = bag.latest
        self.bounds[row] = bag.bounds
        self.tongues[row] = bag.tongue
        self.moments[row] = nan if moment is None else moment
        views = view_weights(entries, self.rarity(words))
        self.norms[row] = np.sqrt(np.square(views).sum(axis=0))
        at = self.story_row.get(story)
        if at is None:
            at = self._open_story(story)
        elif not self.is_open[at]:
            self._reopen(at)
        self.story_of[row] = at
        self.alive[row] = True
        self.members.add(at, row)
        self._count_words(at, words)
        self._sum_up(at)
        if moment is not None:
            self.first[at] = moment if isnan(self.first[at]) else min(self.first[at], moment)
            self.last[at] = moment if isnan(self.last[at]) else max(self.last[at], moment)
        order = np.argsort(-views[:, 0], kind="stable")[:POSTED]
        self.postings.add(row, words[order])
        self.clock.hear(aging)
        heard = max(self.clock.now, self.clock.now if aging is None else min(aging, self.clock.now + 1.0))
        if not isnan(heard):
            if isnan(self.heard[at]):
                self._ages.add(heard, at)
            self.heard[at] = heard
        self.age()
        self.postings.settle(self.alive)

    def move(self, row: int, story: StoryId) -> None:
        """Puts an article that is remembered into another story, which is opened if there is none of that id."""
        before, at = int(self.story_of[row]), self.story_row.get(story)
        if at is None:
            at = self._open_story(story)
        if at == before:
            return
        for changed, change in ((before, self.members.remove), (at, self.members.insert)):
            members = self.members[changed]
            if self.is_open[changed] and members:
                self._count_story(changed, -1)
            change(changed, row)
            self.story_words.pop(changed, None)
            members = self.members[changed]
            if len(members) > FEW:
                self.story_words[changed] = np.unique(self._words_of(changed, members))
            if self.is_open[changed] and members:
                self._count_story(changed, 1)
            dated = self.moments[members]
            dated = dated[~np.isnan(dated)]
            self.first[changed], self.last[changed] = (dated.min(), dated.max()) if len(dated) else (nan, nan)
            if members:
                self._sum_up(changed)
        self.story_of[row] = at
        if not self.members[before] and self.is_open[before]:
            self.is_open[before] = False
            self.open_count -= 1
        self.alive[row] = self.is_open[at]
        if self.is_open[at] and isnan(self.heard[at]) and not isnan(self.heard[before]):
            self.heard[at] = self.heard[before]
            self._ages.add(float(self.heard[at]), at)

    def age(self) -> None:
        """Closes the stories that nothing was added to for long, by the stream's own time."""
        limit = self.clock.now - CLOSED_AFTER - self.clock.spread
        for story in self._ages.pop_before(limit) if isfinite(limit) else ():
            if self.heard[story] < limit:
                self._close(story)
            else:
                self._ages.add(float(self.heard[story]), story)

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
        pairs, lengths = self.pairs.gather(self.kept(at))
        held = bag.pairs.take(bag.pairs.searchsorted(pairs), mode="clip") == pairs
        shared = np.bincount(np.arange(len(lengths)).repeat(lengths), weights=held)
        return float(shared.max(initial=0.0)) >= _REPEATED * len(bag.pairs)

    def _count_words(self, story: int, words: Ids) -> None:
        held = self.lexicon.stories
        if self.members.size(story) == 1:
            held[words] += 1
            return
        known, marks = self._words_of(story, self.members[story][:-1]), self.lexicon.marks
        marks[known] = 1
        fresh = words[marks.take(words) == 0]
        marks[known] = 0
        held[fresh] += 1
        if self.members.size(story) > FEW:
            self.story_words[story] = np.concatenate([known, fresh.astype(np.uint32)])

    def _words_of(self, story: int, members: list[int]) -> Words:
        """The words of a story; some more than once."""
        words = self.story_words.get(story)
        return self.entries.gather(members)[0] >> ROLE_BITS if words is None else words

    def _count_story(self, story: int, by: int) -> None:
        """Counts each word of a story once."""
        words = np.unique(self._words_of(story, self.members[story]))
        self.lexicon.stories[words] += np.uint32(by & 0xFFFFFFFF)  # by modular arithmetic also of less than 0

    def _close(self, story: int) -> None:
        self.is_open[story] = False
        self.heard[story] = nan
        self.open_count -= 1
        self._count_story(story, -1)
        self.alive[self.members[story]] = False

    def _reopen(self, story: int) -> None:
        self.is_open[story] = True
        self.open_count += 1
        self._count_story(story, 1)
        self.alive[self.members[story]] = True

    def _sum_up(self, story: int) -> None:
        kept = self.kept(story)
        if len(kept) == 1:
            self.story_norms[story] = self.norms[kept[0]] > 0
            return
        entries, lengths = self.entries.gather(kept)
        words = (entries >> ROLE_BITS).astype(np.intp)
        sizes = 1 / np.maximum(self.norms[kept], 1e-9)
        views = view_weights(entries, self.rarity(words)) * sizes.repeat(lengths, axis=0)
        # The last place of each word stands for it.
        places = self.lexicon.places
        places[words] = np.arange(len(words))
        place = places.take(words)
        for view in range(VIEWS):
            total = np.bincount(place, weights=views[:, view])
            self.story_norms[story, view] = np.sqrt(np.square(total).sum())

    def _grow(self, row: int) -> None:
        if self.seen + PRIOR + 64 >= len(self._logs):
            self._logs = np.log(np.arange(1.0, 2.0 * len(self._logs)))
        if row >= len(self.alive):
            self.story_of, self.alive = _longer(self.story_of), _longer(self.alive)
            self.norms, self.lengths = _longer(self.norms), _longer(self.lengths)
            self.numbers = _longer(self.numbers)
            self.latest, self.moments = _longer(self.latest), _longer(self.moments)
            self.bounds, self.tongues = _longer(self.bounds), _longer(self.tongues)


@lru_cache(maxsize=1)
def _load_background() -> tuple[Words, npt.NDArray[np.uint16]]:
    """Words and in how many of `PRIOR` articles they stand (`bench/train/stories_background.py`)."""
    with as_file(files(__package__) / "background.npz") as path, np.load(path) as data:
        return data["keys"], data["counts"]


def number_entries(words: Ids, bag: Bag) -> Words:
    """The entries of a bag with the lexicon's numbers in place of the words' own."""
    return words.astype(np.uint32) << ROLE_BITS | bag.entries & np.uint32(255)


def view_weights(entries: Words, rarity: Floats) -> Floats:
    """Weights of entries as body, title, lead, names and time words, not normalised: (n, 5)."""
    views = VIEW_WEIGHTS.take(entries & np.uint32(255), axis=0)
    views[:, :TIME_VIEW] *= rarity[:, None]
    return views


def _longer(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Twice the length, zeros behind; what is not written yet takes no memory."""
    longer = np.zeros((2 * len(array), *array.shape[1:]), dtype=array.dtype)
    longer[: len(array)] = array
    return longer
