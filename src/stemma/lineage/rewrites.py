"""Rewrites among articles that no shared word sequences explain.

Few pairs are looked at: all of them in a story, in a whole file those that share several rare stems. Gives edges for
articles that have no parent yet; the earlier text by clocks is the parent, and without clocks the direction is open.
"""

from __future__ import annotations

from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from stemma.lineage.clocks import weigh_order
from stemma.lineage.compare import measure_overlap
from stemma.lineage.credit import find_origin
from stemma.lineage.edges import make_rewrite
from stemma.lineage.parents import is_revision
from stemma.lineage.reading import Reading
from stemma.lineage.retelling import Retelling, Telling, align_retelling, measure_retelling, read_telling
from stemma.lineage.rewritten import count_cut
from stemma.types import Copy

STORY = 40
"""Up to so many articles every pair is looked at."""

_KEPT = 64
"""Tellings kept, each several times its text; one of a whole file that is asked for again is read again."""

_RARE = 5.0
_HELD_BY = 40
_LEAST_SHARED = 6
_TRIED = 6

_EXPLAINED = 0.2
"""Containment from which on the pair was the matter of shared sequences."""

_COPIED = 0.5
"""Log odds for the text that others copied: of two wordings the one that stands in several texts is the older."""

_CUT, _CUT_MOST = 1.0, 2.0
"""Log odds for the text whose quotations are longer where the other has a piece of each."""

_RETOLD, _STRICT_Z = 0.4, 4.5
"""Share of the child's sentences that retell the other's, below which the order of details must be beyond doubt: a report on
a statement follows it in a few sentences. The least of 35 rewrites in tests/cases has .6."""

_NEARER = 0.7
"""Log odds for the text that carries an agency's credit: it stands nearer to the common source than its retelling."""


def find_rewrites(
    readings: Sequence[Reading], judged: Sequence[Sequence[Copy]], order: Mapping[int, int]
) -> Iterator[tuple[int, Copy]]:
    """For articles without a parent: the number of the child, and its edge to the text that it retells best."""
    free = {n for n, copies in enumerate(judged) if not any(copy.parent is not None for copy in copies)}
    tellings = _Tellings(readings)
    numbers = {reading.article.id: n for n, reading in enumerate(readings)}
    copied = {numbers[c.parent] for copies in judged for c in copies if c.parent is not None}
    best: dict[int, tuple[float, int, Retelling, float]] = {}
    for one, other in _pairs(tellings, free):
        measured = measure_retelling(tellings[one], tellings[other])
        if measured is None or is_revision(readings[one], readings[other]):
            continue
        if _explained(readings[one], readings[other]):
            continue
        odds = _odds(readings[one], readings[other])
        odds += _COPIED * ((one in copied) - (other in copied))
        later = order[one] > order[other] if odds == 0 else odds < 0
        parent, child = (other, one) if later else (one, other)
        if child not in free:
            continue
        found = align_retelling(measured, tellings[child], tellings[parent])
        if found is None:
            continue
        if found.z < _STRICT_Z and len(found.pairs) < _RETOLD * len(readings[child].sentences):
            continue
        # Of a family of copies the root is named: it is free of parents itself.
        score = found.overlap + 0.05 * (parent in free)
        if child not in best or score > best[child][0]:
            best[child] = (score, parent, found, abs(odds))
    for child, (_, parent, found, odds) in sorted(best.items()):
        reasons = weigh_order(readings[parent].article, readings[child].article).reasons
        others = [readings[n] for n in _neighbours(tellings, child) if n not in (child, parent)]
        yield (
            child,
            make_rewrite(readings[child], readings[parent], found, odds=odds, reasons=reasons, others=others),
        )


class _Tellings:
    """The tellings of readings, the latest asked for kept: all of a story's, of a whole file what bounded memory holds."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self._readings = readings
        self._kept: OrderedDict[int, Telling] = OrderedDict()

    def __len__(self) -> int:
        return len(self._readings)

    def __getitem__(self, number: int) -> Telling:
        found = self._kept.get(number)
        if found is not None:
            self._kept.move_to_end(number)
            return found
        found = self._kept[number] = read_telling(self._readings[number])
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


def _pairs(tellings: _Tellings, free: set[int]) -> Iterator[tuple[int, int]]:
    count = len(tellings)
    if count <= STORY:
        for one in range(count):
            for other in range(one + 1, count):
                if one in free or other in free:
                    yield one, other
        return
    spreads, rare = _rare(tellings, free)
    seen: set[tuple[int, int]] = set()
    for number in sorted(free):
        shared: Counter[int] = Counter()
        for stem in spreads[number]:
            shared.update(n for n in rare.get(stem, ()) if n != number)
        ranked = sorted((n for n in shared if shared[n] >= _LEAST_SHARED), key=lambda n: (-shared[n], n))
        for other in ranked[:_TRIED]:
            pair = (min(number, other), max(number, other))
            if pair not in seen:
                seen.add(pair)
                yield pair


def _neighbours(tellings: _Tellings, number: int) -> list[int]:
    """Texts that may speak of the same matter: all of a story, in a whole file none are told apart cheaply."""
    return list(range(len(tellings))) if len(tellings) <= STORY else []


def _rare(tellings: _Tellings, free: set[int]) -> tuple[dict[int, tuple[str, ...]], dict[str, list[int]]]:
    """The stems of each free text, and which texts have a stem that is rare and in some of them."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    spreads: dict[int, tuple[str, ...]] = {}
    for number in range(len(tellings)):
        telling = tellings[number]
        if number in free:
            spreads[number] = tuple(telling.spread)
        for stem, rare in telling.rare.items():
            if rare >= _RARE:
                held[stem].append(number)
    return spreads, {stem: numbers for stem, numbers in held.items() if 2 <= len(numbers) <= _HELD_BY}


def _explained(one: Reading, other: Reading) -> bool:
    return (
        measure_overlap(one, other).containment >= _EXPLAINED
        or measure_overlap(other, one).containment >= _EXPLAINED
    )


def _odds(one: Reading, other: Reading) -> float:
    first, second = one.article, other.article
    odds = weigh_order(first, second).odds
    cut = count_cut(other, one) - count_cut(one, other)
    odds += max(-_CUT_MOST, min(_CUT_MOST, _CUT * cut))
    return odds + _NEARER * ((find_origin(one) is not None) - (find_origin(other) is not None))
