"""Articles seen so far, and which of them a new article was taken from.

`LineageIndex.add` finds the few earlier articles that share sampled word sequences with the new one, measures each, and
names the direct parents. It keeps articles and their sketches in memory and nothing else; it decides nothing about
stories.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import xxhash

from stemma.lineage.clocks import weigh_late_arrival, weigh_order
from stemma.lineage.compare import weigh_texts
from stemma.lineage.edges import DECIDED_AT_ONCE, make_edge, make_origin
from stemma.lineage.parents import Candidate, choose_parents, judge_candidate
from stemma.lineage.postings import Keys, Postings
from stemma.lineage.reading import Reading, read_article, set_apart
from stemma.types import Article, Copy

_LONGEST_LIST = 64
_CANDIDATES = 16
READINGS = 1024
"""Readings kept for comparing, about 32 KB each; an older article is packed, and read again when it is a candidate."""

_HITS_LEAST, _HITS_RARE = 3, 6.0
_HITS_ENOUGH, _HITS_SHARE = 8, 0.08
"""Sampled sequences in common from which on an article is looked at: three, or two rare ones; and then eight, or a twelfth of
the new one's, or a sixth of its own. On lineage/planted no right edge is lost by the latter, on stories/mix one of 229."""

_SHIFT, _LOW = np.int64(32), np.int64(0xFFFFFFFF)

_REPEATED = 3
"""A sentence seen in so many unrelated articles of one outlet is its furniture."""


_UNSURE = 2.0
_STEMMED, _UNSTEMMED = 1.2, 0.4
_HALF = 0.5
"""Log odds for a parent that is itself taken from an earlier text, and against one that is not, where the rest leaves it open:
an original that comes late comes shortly after its first copies (lineage/planted: of twelve right edges in doubt
ten have such a parent, of sixteen that point the wrong way three)."""


class LineageIndex:
    """Earlier articles, ready to be recognised in later ones.

    With `most` given only the newest so many are kept: an older one is forgotten with all that was known of it, and the
    index answers as if it had been given the newest ones alone. `readings` is how many are kept ready for comparing: fewer
    cost time and change no answer.
    """

    def __init__(self, *, most: int | None = None, readings: int = READINGS) -> None:
        self._most = most
        self._most_readings = readings
        self._count = 0
        self._oldest = 0
        self._shelf: dict[int, tuple[Article, bytes]] = {}
        self._sketches = Postings()
        self._sizes = array("H")
        self._sentences = Postings()
        self._readings: OrderedDict[int, Reading] = OrderedDict()

    def add(self, article: Article) -> tuple[Copy, ...]:
        """The direct parents of the article among those added before it; then remembers it."""
        reading = read_article(article)
        copies = self._judge(reading)
        self.keep(reading)
        return copies

    def judge(self, article: Article) -> tuple[Copy, ...]:
        """The direct parents of the article among those added; forgets it again."""
        return self._judge(read_article(article))

    def remember(self, article: Article) -> None:
        """Adds without judging: afterwards the index answers as if `add` had been called."""
        self.keep(read_article(article))

    def find_candidates(
        self, reading: Reading, *, but: int | None = None
    ) -> tuple[Reading, list[Candidate], Iterable[Reading]]:
        """The reading without its outlet's furniture, the articles that share enough text, and all that share some.

        `but` is the number of the article itself, where it is in the index already.
        """
        hits, ranked = self._rank(reading.sketch, but)
        reading = self._set_apart(reading)
        judged = (
            judge_candidate(reading, self.reading(number), number, hits[number])
            for number in ranked
            if self._promising(reading, number, hits[number])
        )
        return reading, [candidate for candidate in judged if candidate is not None], _Met(self, ranked)

    def _rank(self, sketch: Keys, but: int | None) -> tuple[dict[int, int], list[int]]:
        """Articles that share enough sampled sequences, those that share the rarest first, and how many each shares."""
        places, numbers = self._sketches.find(sketch, most=_LONGEST_LIST)
        if not len(numbers):
            return {}, []
        # The hits of each article together, in the order in which they are asked for.
        order = numbers.argsort(kind="stable")
        ordered = numbers.take(order)
        edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
        firsts, counts = np.append(0, edges), np.diff(edges, prepend=0, append=len(ordered))
        if int(counts.max()) < _HITS_LEAST - 1:
            return {}, []
        some = ordered.take(firsts)
        known = self._count - self._oldest
        lengths = np.bincount(places, minlength=len(sketch))
        heavy = [0.0, *(math.log((known + 1) / length) for length in range(1, int(lengths.max()) + 1))]
        gains = np.array(heavy).take(lengths.take(places.take(order)))
        weights = np.bincount(np.arange(len(some)).repeat(counts), weights=gains)
        enough = (counts >= _HITS_LEAST) | ((counts == _HITS_LEAST - 1) & (weights > _HITS_RARE))
        if but is not None:
            enough &= some != but
        near = np.flatnonzero(enough)
        if not len(near):
            return {}, []
        near = near[np.lexsort((some[near], -weights[near]))][:_CANDIDATES]
        ranked: list[int] = some[near].tolist()
        return dict(zip(ranked, counts[near].tolist(), strict=True)), ranked

    def _promising(self, reading: Reading, number: int, hits: int) -> bool:
        """Whether so many sampled sequences in common may come to what makes a copy, before the text is looked at.

        An article beyond those kept ready costs a millisecond to look at, and at a hundred thousand most are beyond.
        """
        if hits >= _HITS_ENOUGH or hits >= _HITS_SHARE * len(reading.sketch):
            return True
        return hits >= _HITS_SHARE * 2 * self._sizes[number]

    def keep(self, reading: Reading) -> None:
        """Remembers an article that was read already."""
        number = self._count
        self._sketches.add(reading.sketch.tolist(), number)
        if reading.article.outlet:
            self._sentences.add(_outlet_keys(reading).tolist(), number)
        self._sizes.append(min(len(reading.sketch), 0xFFFF))
        self._count += 1
        self._cache(number, reading)
        if self._most is not None and self._count - self._oldest > self._most:
            self._shelf.pop(self._oldest, None)
            self._readings.pop(self._oldest, None)
            self._oldest += 1
            self._sketches.forget(self._oldest)
            self._sentences.forget(self._oldest)

    def _judge(self, reading: Reading) -> tuple[Copy, ...]:
        reading, candidates, met = self.find_candidates(reading)
        parents = choose_parents(reading, candidates)
        if not parents:
            return make_origin(reading)
        copies = []
        for parent in parents:
            source, article = parent.candidate.reading.article, reading.article
            odds = weigh_late_arrival(source, article)
            if not parent.second:
                odds += weigh_texts(parent.laid)
                if abs(odds) < _UNSURE:
                    odds += _STEMMED if self._derives(parent.candidate.order) else -_UNSTEMMED
            reasons = weigh_order(source, article).reasons or ("came earlier",)
            copies.append(
                make_edge(reading, parent, odds=odds, reasons=reasons, others=met, least=DECIDED_AT_ONCE)
            )
        return tuple(copies)

    def _derives(self, number: int) -> bool:
        """Whether half of the article stands in one that came before it."""
        _, candidates, _ = self.find_candidates(self.reading(number), but=number)
        return any(c.order < number and c.overlap.containment >= _HALF for c in candidates)

    def _set_apart(self, reading: Reading) -> Reading:
        """The reading without sentences that its outlet prints under unrelated articles.

        An article that holds many of the sentences is an earlier state of this one and says nothing.
        """
        if not reading.article.outlet or not reading.sentences:
            return reading
        places, numbers = self._sentences.find(_outlet_keys(reading), most=_LONGEST_LIST)
        if len(numbers) < _REPEATED or np.bincount(places).max() < _REPEATED:
            return reading
        # A sentence that stands twice in an article is held by it once.
        pairs = np.unique(places << _SHIFT | numbers)
        _, inverse, held = np.unique(pairs & _LOW, return_inverse=True, return_counts=True)
        few = max(2, len(reading.sentences) // 5)
        times = np.bincount((pairs >> _SHIFT)[held[inverse] <= few], minlength=len(reading.sentences))
        repeated = {reading.sentences[place].key for place in np.flatnonzero(times >= _REPEATED).tolist()}
        return set_apart(reading, repeated) if repeated else reading

    def reading(self, number: int) -> Reading:
        """The reading of the article before which `number` others were added."""
        reading = self._readings.get(number)
        if reading is None:
            reading = read_article(_unshelve(*self._shelf[number]))
            self._cache(number, reading)
        else:
            self._readings.move_to_end(number)
        return reading

    def _cache(self, number: int, reading: Reading) -> None:
        self._readings[number] = reading
        if len(self._readings) > self._most_readings:
            old, aside = self._readings.popitem(last=False)
            if old not in self._shelf:
                self._shelf[old] = _shelve(aside.article)


@dataclass(frozen=True, slots=True)
class _Met:
    """Articles by their numbers, looked at each time that they are gone through, which is seldom."""

    index: LineageIndex
    numbers: Sequence[int]

    def __iter__(self) -> Iterator[Reading]:
        return map(self.index.reading, self.numbers)


def _shelve(article: Article) -> tuple[Article, bytes]:
    """The article without what comparing never asks, and its text packed: half of it, 40 microseconds."""
    packed = zlib.compress(article.text.encode("utf-8", "surrogatepass"), 1)
    bare = replace(article.published, clues=())
    return replace(article, text="", images=(), embedded=(), found=(), published=bare), packed


def _unshelve(bare: Article, packed: bytes) -> Article:
    return replace(bare, text=zlib.decompress(packed).decode("utf-8", "surrogatepass"))


def _outlet_keys(reading: Reading) -> Keys:
    """A key for each sentence together with its outlet."""
    outlet = np.uint64(
        xxhash.xxh3_64_intdigest((reading.article.outlet or "").casefold().encode("utf-8", "replace"))
    )
    mixed = (reading.keys ^ outlet) * np.uint64(0x9E3779B97F4A7C15)
    return (mixed >> np.uint64(32)).astype(np.uint32)
