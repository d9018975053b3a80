"""Two texts laid side by side: which sentences belong together, and which words differ inside a pair.

Works on sequences of whole numbers (one number a word), knows no language and no article. Order of the sentences does
not matter for pairing, so that a copy that moved its paragraphs is still laid beside its source. What a difference
means is for the caller to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

Words = Sequence[int]
Key = int | tuple[int, ...]

_MATRIX = 4_000_000
"""Words of one sentence times words of the other beyond which no least edits are sought: nobody's sentence."""

_ALL_PAIRS = 60_000
"""Sentences times sentences up to which all are compared; beyond, those that share a word which few others have."""

_FEW = 6


class Pair(NamedTuple):
    """Sentences that say the same: indices into the one and the other text; `same` if word for word.

    One side has several sentences where one was split or several were joined.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    same: bool


class Difference(NamedTuple):
    """Words `left_first:left_last` stand where the other text has `right_first:right_last`; either may be empty."""

    left_first: int
    left_last: int
    right_first: int
    right_last: int


def pair_sentences(
    left: Sequence[Words],
    right: Sequence[Words],
    *,
    least: float = 0.4,
    keys: tuple[Sequence[Key], Sequence[Key]] | None = None,
) -> list[Pair]:
    """The sentences of `left` with their partners in `right`, in the order of `left`.

    Equal sentences are paired first, those in sequence before others; then the most alike by the Dice coefficient of
    their distinct words, down to `least` (0 to 1); then sentences left over beside a pair that holds most of their
    words are joined to it. `keys` are a number for each sentence of both, equal where the words are, if the caller has them.
    """
    ours, theirs = keys or ([tuple(words) for words in left], [tuple(words) for words in right])
    if ours == theirs and len(set(ours)) == len(ours):
        return [Pair((i,), (i,), True) for i in range(len(left))]
    pairs = _pair_equal(ours, theirs)
    taken = set(pairs.values())
    open_left = [i for i in range(len(left)) if i not in pairs]
    open_right = [j for j in range(len(right)) if j not in taken]
    joined: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    if open_left and open_right:
        alike = _pair_alike(left, right, open_left, open_right, pairs, least=least)
        rest_left = [i for i in open_left if i not in alike]
        taken = set(alike.values())
        rest_right = [j for j in open_right if j not in taken]
        joined = _join_neighbours(left, right, alike, rest_left, rest_right)
    found = [Pair((i,), (j,), True) for i, j in pairs.items()]
    if not joined:
        return found
    found.extend(Pair(i, j, False) for i, j in joined.values())
    return sorted(found)


def find_differences(left: Words, right: Words) -> list[Difference]:
    """Where two word sequences differ, by least edits (Levenshtein over words), neighbours joined."""
    if len(left) * len(right) > _MATRIX:
        return _between_ends(left, right)
    found: list[Difference] = []
    for op in Levenshtein.opcodes(left, right):
        if op.tag == "equal":
            continue
        last = found[-1] if found else None
        if last and last.left_last == op.src_start and last.right_last == op.dest_start:
            found[-1] = Difference(last.left_first, op.src_end, last.right_first, op.dest_end)
        else:
            found.append(Difference(op.src_start, op.src_end, op.dest_start, op.dest_end))
    return found


def _between_ends(left: Words, right: Words) -> list[Difference]:
    """All that stands between the equal beginnings and the equal ends, as one difference."""
    most = min(len(left), len(right))
    first = next((n for n in range(most) if left[n] != right[n]), most)
    last = next((n for n in range(most - first) if left[-1 - n] != right[-1 - n]), most - first)
    if first == len(left) == len(right):
        return []
    return [Difference(first, len(left) - last, first, len(right) - last)]


def _pair_equal(left: Sequence[Key], right: Sequence[Key]) -> dict[int, int]:
    where: dict[Key, list[int]] = {}
    for j, key in enumerate(right):
        where.setdefault(key, []).append(j)
    pairs: dict[int, int] = {}
    expected = 0
    for i, key in enumerate(left):
        held = where.get(key)
        if not held:
            continue
        j = expected if len(held) > 1 and expected in held else held[0]
        held.remove(j)
        pairs[i] = j
        expected = j + 1
    return pairs


def _pair_alike(
    left: Sequence[Words],
    right: Sequence[Words],
    open_left: list[int],
    open_right: list[int],
    pairs: dict[int, int],
    *,
    least: float,
) -> dict[int, int]:
    bags = [(j, frozenset(right[j])) for j in open_right]
    holders = _holders(bags) if len(open_left) * len(bags) > _ALL_PAIRS else None
    scored = []
    for i in open_left:
        bag = frozenset(left[i])
        expected = pairs.get(i - 1, -2) + 1
        size = len(bag)
        for j, other in bags if holders is None else _sharing(bag, holders, bags):
            common = len(bag & other)
            if 2 * common >= least * (size + len(other)):
                # Of equally good partners the one that continues the text wins.
                scored.append(
                    (-2 * common / (size + len(other)), abs(j - expected) if expected >= 0 else 0, i, j)
                )
    scored.sort()
    alike: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in scored:
        if i not in alike and j not in taken:
            alike[i] = j
            taken.add(j)
    return alike


def _holders(bags: list[tuple[int, frozenset[int]]]) -> dict[int, list[int]]:
    held: dict[int, list[int]] = {}
    for n, (_, bag) in enumerate(bags):
        for word in bag:
            held.setdefault(word, []).append(n)
    return {word: numbers for word, numbers in held.items() if len(numbers) <= _FEW}


def _sharing(
    bag: frozenset[int], holders: dict[int, list[int]], bags: list[tuple[int, frozenset[int]]]
) -> list[tuple[int, frozenset[int]]]:
    return [bags[n] for n in sorted({n for word in bag for n in holders.get(word, ())})]


def _join_neighbours(
    left: Sequence[Words],
    right: Sequence[Words],
    alike: dict[int, int],
    rest_left: list[int],
    rest_right: list[int],
) -> dict[int, tuple[tuple[int, ...], tuple[int, ...]]]:
    """Sentences that were split or joined: the leftover's words stand mostly in the neighbour's partner."""
    groups: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {i: ((i,), (j,)) for i, j in alike.items()}
    by_right = {j: i for i, j in alike.items()}
    for j in rest_right:
        for beside in (j - 1, j + 1):
            i = by_right.get(beside)
            if i is not None and _mostly_in(right[j], left[i], right[beside]):
                groups[i] = (groups[i][0], tuple(sorted((*groups[i][1], j))))
                by_right[j] = i
                break
    by_left = {i: i for i in alike}
    for k in rest_left:
        for beside in (k - 1, k + 1):
            i = by_left.get(beside)
            if i is not None and _mostly_in(left[k], right[alike[i]], left[beside]):
                groups[i] = (tuple(sorted((*groups[i][0], k))), groups[i][1])
                by_left[k] = i
                break
    return groups


def _mostly_in(part: Words, whole: Words, beside: Words) -> bool:
    """At least half of the part's words that the sentence beside it has not stand in the whole."""
    own = frozenset(part) - frozenset(beside)
    return len(own) >= 2 and 2 * len(own & frozenset(whole)) >= len(own)
