"""How much of one article's text another has: five-word sequences outside quotation marks, and the runs they form.

Symmetric in nothing: `measure_overlap(child, parent)` says what of the child the parent explains. Knows no dates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from stemma.lineage.reading import SEQUENCE, Flags, Numbers, Reading
from stemma.text.align import Difference, Pair, find_differences, pair_sentences
from stemma.types import Article

STANDING = 2.0
"""Log odds for the text without standing lines where the other has some: on lineage/planted 34 of 690 right edges lead from
a text with such lines to one without, and 11 of 16 that point the wrong way (odds of e to the 2.6). No more than a
clock well apart, for in the world originals have standing lines too."""

CORRECTED = 1.0
"""Log odds for the text that says it was put right where the other does not: whoever wrote it corrects it, and reprints keep
the state that they took. Weak, for a copy may correct itself."""

HEAD = 0.5
"""Log odds for the text whose opening sentence the other lacks, as a standfirst is lost; neutral on lineage/planted."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What of a child's text stands in a parent.

    `shared` of `total` five-word sequences outside quotation marks, `told` of them outside the parent's marks too: what one
    quotes and the other gives without marks is a third's. `covered` marks the child's words in these, `words` counts
    them, `longest` is the longest unbroken run of them.
    """

    shared: int
    told: int
    total: int
    words: int
    longest: int
    covered: Flags

    @property
    def containment(self) -> float:
        """Share of the child's sequences that the parent has, 0 to 1."""
        return self.shared / self.total if self.total else 0.0

    @property
    def share(self) -> float:
        """The same without what the parent has in quotation marks or furniture."""
        return self.told / self.total if self.total else 0.0


def measure_overlap(child: Reading, parent: Reading) -> Overlap:
    """What of the child's text the parent has."""
    held, places = child.told, child.told_places
    total = len(held)
    covered = np.zeros(len(child.forms), dtype=np.bool_)
    shared = holds(parent.known, held)
    held, places = held[shared], places[shared]
    told = places[holds(parent.told, held)]
    if not len(told):
        return Overlap(len(held), 0, total, 0, 0, covered)
    begun = np.zeros(len(child.sequences), dtype=np.bool_)
    begun[told] = True
    for shift in range(min(SEQUENCE, len(child.forms))):
        covered[shift : shift + len(begun)] |= begun
    return Overlap(
        shared=len(held),
        told=len(told),
        total=total,
        words=int(np.count_nonzero(covered)),
        longest=longest_run(covered),
        covered=covered,
    )


def longest_run(flags: Flags) -> int:
    """How many of these stand in a row at most."""
    apart = np.zeros(len(flags) + 2, dtype=np.bool_)
    apart[1:-1] = flags
    edges = np.flatnonzero(apart[1:] != apart[:-1])
    return int((edges[1::2] - edges[::2]).max(initial=0))


def holds(known: Numbers, sequences: Numbers) -> Flags:
    """For each of these word sequences whether it is among the known ones, which are sorted."""
    if not len(known) or not len(sequences):
        return np.zeros(len(sequences), dtype=np.bool_)
    place = known.searchsorted(sequences)
    return np.equal(known.take(place, mode="clip"), sequences)


@dataclass(frozen=True, slots=True)
class Laid:
    """A child laid beside a parent, sentence by sentence.

    `pairs[n]` are sentences that belong together, `differences[n]` where their words differ, in places of the readings'
    words. `added` are sentences of the child without a partner, `dropped` those of the parent. `cost` says how much
    has to be done to make the child from the parent: less is likelier; `effort` is the same without the headline.
    """

    child: Reading
    parent: Reading
    pairs: tuple[Pair, ...]
    differences: tuple[tuple[Difference, ...], ...]
    added: tuple[int, ...]
    dropped: tuple[int, ...]
    effort: float

    @property
    def cost(self) -> float:
        """What making the child from the parent costs."""
        return self.effort + (1.0 if _retitled(self.child.article, self.parent.article) else 0.0)


def lay_beside(child: Reading, parent: Reading) -> Laid:
    """The child laid beside the parent, and what making the one from the other costs.

    A sentence is added by writing it, but dropped in one stroke with its neighbours; words are changed one by one, a headline at once. With
    these costs the true parent comes before its siblings for .96 of the choices of lineage/planted; costs fitted by
    random search reach the same on families left out.
    """
    keys = ([s.key for s in child.sentences], [s.key for s in parent.sentences])
    pairs = pair_sentences(child.lines, parent.lines, keys=keys)
    differences = tuple([() if pair.same else _differences(child, parent, pair) for pair in pairs])
    added, dropped = _alone(pairs, len(child.lines), len(parent.lines))
    cost = sum([_exchange(child, parent, found) for found in differences if found])
    cost += sum(3.0 + 0.3 * size for size in _blocks(added, child))
    cost += sum(0.05 + 0.001 * size for size in _blocks(dropped, parent))
    order = [pair.right[0] for pair in pairs]
    cost += sum(1.0 for before, after in pairwise(order) if after < before)
    return Laid(child, parent, tuple(pairs), differences, added, dropped, cost)


def _alone(pairs: Sequence[Pair], ours: int, theirs: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Sentences of both sides that are in no pair."""
    if len(pairs) == ours == theirs:
        return (), ()
    partnered = {i for pair in pairs for i in pair.left}
    used = {j for pair in pairs for j in pair.right}
    return (
        tuple([i for i in range(ours) if i not in partnered]),
        tuple([j for j in range(theirs) if j not in used]),
    )


class LaidSoFar:
    """Readings laid beside each other, each two texts once: of two hundred reprints most have the same words."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._readings: dict[int, tuple[Reading, int]] = {}
        self._laid: dict[tuple[int, int], Laid] = {}

    def lay(self, child: Reading, parent: Reading) -> Laid:
        """As `lay_beside`."""
        texts = (self._number(child), self._number(parent))
        laid = self._laid.get(texts)
        if laid is None:
            laid = self._laid[texts] = lay_beside(child, parent)
        if laid.child is child and laid.parent is parent:
            return laid
        return replace(laid, child=child, parent=parent)

    def _number(self, reading: Reading) -> int:
        """One number for all readings with these words in these sentences."""
        known = self._readings.get(id(reading))
        if known is None:
            places = tuple([(s.first, s.last) for s in reading.sentences])
            number = self._numbers.setdefault((reading.numbers, places), len(self._numbers))
            # The reading is kept, so that no other has its id.
            known = self._readings[id(reading)] = (reading, number)
        return known[1]


def _exchange(child: Reading, parent: Reading, found: tuple[Difference, ...]) -> float:
    """What the differences inside one pair cost; words moved within it as they stand are one change, not two."""
    gone = [parent.numbers[d.right_first : d.right_last] for d in found if d.left_last == d.left_first]
    cost = 0.0
    for d in found:
        words = child.numbers[d.left_first : d.left_last]
        if d.right_last == d.right_first and words in gone:
            gone.remove(words)
            cost -= 0.3 * min(8, len(words))
            continue
        cost += 1.0 + 0.3 * min(8, max(len(words), d.right_last - d.right_first))
    return cost


def keep_sentences(laid: Laid, *, child: Set[int]) -> Laid:
    """The same, with these sentences of the child alone; what of the parent has no partner then is not spoken of."""
    kept = [n for n, pair in enumerate(laid.pairs) if child >= set(pair.left)]
    return replace(
        laid,
        pairs=tuple(laid.pairs[n] for n in kept),
        differences=tuple(laid.differences[n] for n in kept),
        added=(),
        dropped=(),
    )


def leave_out(laid: Laid, *, child: Set[int]) -> Laid:
    """The same without these sentences of the child, which another source explains."""
    return replace(laid, added=tuple(i for i in laid.added if i not in child))


def count_changes(laid: Laid) -> float:
    """How many changes made the child: differing places, added and dropped blocks, a new order or headline.

    An added block of more than forty words counts for three: copies trim, they seldom write (see `weigh_texts`).
    """
    changed = float(sum(len(found) for found in laid.differences)) + len(_blocks(laid.dropped, laid.parent))
    changed += sum(3.0 if size > 40 else 1.0 for size in _blocks(laid.added, laid.child))
    order = [pair.right[0] for pair in laid.pairs]
    changed += 1.0 if order != sorted(order) else 0.0
    return changed + (1.0 if _retitled(laid.child.article, laid.parent.article) else 0.0)


def _retitled(child: Article, parent: Article) -> bool:
    return bool(child.title and parent.title and child.title != parent.title)


def weigh_texts(laid: Laid) -> float:
    """Log odds from the texts alone that the parent was there first.

    Copies drop much and add little: on lineage/planted none adds more than forty words of its own and a quarter drop
    more. A name exchanged in one place and left in others was exchanged by the copy. A paper that enlarges an agency's
    flash does the contrary of the first, so that the most is two, which a good clock outweighs.
    """
    added = sum(len(laid.child.lines[i]) for i in laid.added)
    dropped = sum(len(laid.parent.lines[j]) for j in laid.dropped)
    size = 2.0 * max(-1.0, min(1.0, (max(0, dropped - 30) - max(0, added - 30)) / 40.0))
    size += HEAD * ((0 in laid.dropped) - (0 in laid.added))
    lines = STANDING * (laid.child.standing - laid.parent.standing)
    lines += CORRECTED * (laid.parent.corrected - laid.child.corrected)
    return size + lines + max(-2.0, min(2.0, _weigh_names(laid)))


def _weigh_names(laid: Laid) -> float:
    """Names that differ: 1.5 for each that the child has right elsewhere, the contrary for the parent."""
    odds = 0.0
    ours = theirs = None
    for differences in laid.differences:
        for d in differences:
            if d.left_last == d.left_first or d.right_last == d.right_first:
                continue
            new = _capitals(laid.child, d.left_first, d.left_last)
            old = _capitals(laid.parent, d.right_first, d.right_last)
            if not new or not old:
                continue
            if ours is None or theirs is None:
                ours, theirs = Counter(laid.child.words), Counter(laid.parent.words)
            kept = any(ours[word] for word in old - new)
            used = any(theirs[word] for word in new - old)
            odds += 1.5 * (kept - used)
    return odds


def _capitals(reading: Reading, first: int, last: int) -> set[str]:
    text = reading.article.text
    return {reading.words[n] for n in range(first, last) if text[reading.begins[n]].isupper()}


def _differences(child: Reading, parent: Reading, pair: Pair) -> tuple[Difference, ...]:
    left = [n for i in pair.left for n in range(child.sentences[i].first, child.sentences[i].last)]
    right = [n for j in pair.right for n in range(parent.sentences[j].first, parent.sentences[j].last)]
    found = find_differences([child.numbers[n] for n in left], [parent.numbers[n] for n in right])
    # One past the last word of a side, so that an empty piece at its end has a place too.
    left.append(left[-1] + 1)
    right.append(right[-1] + 1)
    return tuple(
        Difference(
            left[d.left_first],
            left[d.left_last - 1] + 1 if d.left_last > d.left_first else left[d.left_first],
            right[d.right_first],
            right[d.right_last - 1] + 1 if d.right_last > d.right_first else right[d.right_first],
        )
        for d in found
    )


def _blocks(sentences: tuple[int, ...], reading: Reading) -> list[int]:
    """Words of each run of neighbouring sentences."""
    sizes: list[int] = []
    before = -2
    for i in sentences:
        size = len(reading.lines[i])
        if i == before + 1:
            sizes[-1] += size
        else:
            sizes.append(size)
        before = i
    return sizes
