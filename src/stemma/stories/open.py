"""One pass over articles in order of arrival: which story each belongs to, and why.

`decide` changes nothing that can be seen; `apply` remembers. What is done with a placement is the caller's. Stories
are found by posting lists over rare words, measured, and judged by a small trained model; the best one takes the
article if it is likely enough.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

from stemma.stories.bags import Bag, make_bag
from stemma.stories.bridge import BRIDGE_MEASURES
from stemma.stories.clock import find_moment, find_sighting
from stemma.stories.closeup import PAIR_MEASURES
from stemma.stories.evidence import tell_evidence, tell_link, tell_membership
from stemma.stories.measures import MEASURES, Asked, ask, measure
from stemma.stories.memory import CLOSED_AFTER, Floats, Memory
from stemma.stories.model import JoinModel, load_model
from stemma.stories.pins import hold_pins
from stemma.stories.regroup import SMALL_STORE, find_neighbourhoods, split_neighbourhood
from stemma.stories.runs import find_starts
from stemma.stories.threads import link_stories
from stemma.types import Article, ArticleId, Grouping, Placement, StoryId, ThreadId

NEED, NEED_UNDATED = -0.3, -0.7
"""Log-odds from which an article joins, cross-fitted (`bench/train/stories_join.py --cv`): mix .914 at 0, .920 at -.3; of undated streams only
ecbplus is at hand: .873 at -.9, .891 at -.7."""
YOUNG_STORE, NEED_YOUNG = 100, 0.0
"""Articles below which a store cannot tell template from anchor: there it takes the more cautious step."""
PAIR_NEED, PAIR_NEED_SMALL = 0.42, 0.5
"""Mean likelihood of pairs from which the second look joins (`bench/train/stories_pairs.py --cv`: flat from .35 to .5);
in a small store, where words cannot be weighed well, it must be more likely than not."""
CANDIDATES = 10
_ASKED_WORDS, _WORD_BITS = 40, 6
_MOST_ROWS, _ROWS = 300, 1500
"""Newest articles looked at for each word, and after which no further word is asked for, heaviest words first."""
_KIN = 2.5


class OpenStories:
    """All stories that an arriving article may join."""

    def __init__(self, *, model: JoinModel | None = None) -> None:
        self._model = model or load_model("join", MEASURES)
        self._memory = Memory()
        self._last: tuple[Article, Bag] | None = None
        self._row_of: dict[ArticleId, int] | None = None

    def decide(self, article: Article, *, kin: Collection[StoryId] = ()) -> Placement:
        """The story that the article belongs to; `kin` are the stories of articles that it copies."""
        bag, moment = self._bag(article), self._moment(article)
        asked = ask(bag, self._memory)
        stories = self.find_candidates(asked, moment, kin)
        if not stories:
            return Placement(article=article.id, story=StoryId(f"s-{article.id}"), opened=True, score=0.0)
        judged = self._model.judge(measure(asked, stories, self._memory, moment))
        ids = [self._memory.story_ids[s] for s in stories]
        judged = judged + np.array([_KIN if i in kin else 0.0 for i in ids])
        best = int(np.argmax(judged))
        score = float(judged[best])
        if score < self._need(moment):
            return Placement(
                article=article.id, story=StoryId(f"s-{article.id}"), opened=True, score=round(score, 4)
            )
        return Placement(
            article=article.id,
            story=ids[best],
            opened=False,
            score=round(score, 4),
            evidence=tell_evidence(asked, self._memory, stories[best]),
        )

    def apply(self, article: Article, placement: Placement) -> None:
        """Remembers the article in the story of its placement."""
        moment = self._moment(article)
        # The clock hears every date, also one that is not believed: after a pause of months all are far off at first.
        stated = find_moment(article)
        aging = stated if stated is not None else find_sighting(article)
        self._memory.remember(article.id, self._bag(article), moment, aging, placement.story)

    def move(self, article: ArticleId, story: StoryId) -> None:
        """Puts an article that is remembered into another story: a person's word. Raises KeyError for one that is not."""
        if self._row_of is None or len(self._row_of) != len(self._memory.article_ids):
            self._row_of = {ident: row for row, ident in enumerate(self._memory.article_ids)}
        self._memory.move(self._row_of[article], story)

    def review(self, pins: Mapping[ArticleId, StoryId] | None = None) -> tuple[Grouping, ...]:
        """Where every article stands after all input was seen: merges and splits applied, threads linked.

        One for each article held, in order of arrival. Of merged stories the oldest id survives; the part of a split
        story that holds its first article keeps the id. `pins` are a person's word on articles: it holds. Changes nothing.
        """
        memory, model = self._memory, load_model("pair", PAIR_MEASURES)
        bridge = load_model("bridge", BRIDGE_MEASURES)
        small = len(memory.article_ids) <= SMALL_STORE
        need = PAIR_NEED_SMALL if small else PAIR_NEED
        grouped = [
            group
            for hood in find_neighbourhoods(memory)
            for group in split_neighbourhood(hood, memory, model, bridge, need)
        ]
        named = sorted(self._name(grouped, pins or {}))
        stories, ids = [rows for rows, _ in named], [story for _, story in named]
        found: dict[int, Grouping] = {}
        for thread in link_stories(stories, memory):
            name = ThreadId(f"t-{memory.article_ids[stories[thread[0]][0]]}")
            for at in thread:
                linked = tell_link([stories[other] for other in thread], stories[at], memory)
                for row in stories[at]:
                    found[row] = Grouping(
                        article=memory.article_ids[row],
                        story=ids[at],
                        thread=name,
                        evidence=tell_membership(row, stories[at], memory),
                        linked=linked,
                    )
        return tuple(found[row] for row in range(len(memory.article_ids)))

    def _name(
        self, grouped: list[list[int]], pins: Mapping[ArticleId, StoryId]
    ) -> list[tuple[list[int], StoryId]]:
        """The groups of a review with their ids, pinned articles where they are pinned."""
        memory = self._memory
        pinned = {row: pins[i] for row, i in enumerate(memory.article_ids) if i in pins} if pins else {}
        held, others = hold_pins(grouped, pinned, lambda row: memory.story_ids[memory.story_of[row]])
        founders = {members[0]: story for story, members in enumerate(memory.members) if members}
        taken = {story for _, story in held}
        for rows in others:
            founded = (memory.story_ids[founders[row]] for row in rows if row in founders)
            story = next((i for i in founded if i not in taken), None)
            held.append((rows, story or StoryId(f"s-{memory.article_ids[rows[0]]}")))
        return held

    def find_candidates(self, asked: Asked, moment: float | None, kin: Collection[StoryId]) -> list[int]:
        """Rows of the open stories that share the heaviest words, best first; kin of the article among them."""
        memory = self._memory
        weights: Floats = asked.views[:, 0] * asked.telling
        order = np.argsort(-weights, kind="stable")[:_ASKED_WORDS]
        words, rows = memory.postings.find(asked.words[order], most=_MOST_ROWS, budget=_ROWS)
        wanted = [memory.story_row[k] for k in sorted(kin) if k in memory.story_row]
        if not len(rows):
            return wanted
        unique, totals = _add_up(rows, words, weights[order])
        stories = memory.story_of[unique]
        fit = memory.is_open[stories]
        if moment is not None:
            last, first = memory.last[stories], memory.first[stories]
            fit &= ~((moment - last > CLOSED_AFTER) | (first - moment > CLOSED_AFTER))
        totals, stories = totals[fit], stories[fit]
        if len(totals) > CANDIDATES * 12:
            top = np.sort(np.argpartition(-totals, CANDIDATES * 12)[: CANDIDATES * 12])
            totals, stories = totals[top], stories[top]
        best: dict[int, None] = {}
        for at in np.argsort(-totals, kind="stable").tolist():
            best[int(stories[at])] = None
            if len(best) == CANDIDATES:
                break
        return list(best | dict.fromkeys(wanted))

    def _need(self, moment: float | None) -> float:
        if moment is None:
            return NEED_UNDATED
        return NEED if self._memory.seen >= YOUNG_STORE else NEED_YOUNG

    def _moment(self, article: Article) -> float | None:
        """The day of publication, unless it is far from all that the stream says."""
        moment = find_moment(article)
        return moment if moment is None or self._memory.clock.believes(moment) else None

    def _bag(self, article: Article) -> Bag:
        # Only to spare `apply` the work that `decide` has just done; never read by a decision.
        if self._last is None or self._last[0] is not article:
            self._last = (article, make_bag(article))
        return self._last[1]


def _add_up(
    rows: npt.NDArray[np.intp], words: npt.NDArray[np.intp], weights: Floats
) -> tuple[npt.NDArray[np.intp], Floats]:
    """The distinct rows, ascending, and the sum of the weights of the words by which each was found."""
    # Row and word as one number: numbers are sorted in a fourth of the time of places.
    pairs = rows << _WORD_BITS | words
    pairs.sort()
    ordered = pairs >> _WORD_BITS
    firsts = find_starts(ordered)
    gains = weights.take(pairs & (1 << _WORD_BITS) - 1)
    return ordered.take(firsts), np.add.reduceat(gains, firsts)
