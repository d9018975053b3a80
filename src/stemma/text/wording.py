"""Which sayings have the same words: a long run of words in common, whatever stands around it.

Works on lists of words and knows neither speakers nor articles. A translation is not seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from stemma.text.tokens import shingle

_LEAST_WORDS = 5
_SAME = 0.7
"""Share of the shorter saying's words that both must have in one run (our own cases)."""


def group_same(said: Sequence[tuple[int, list[str]]]) -> list[list[int]]:
    """Indexes of sayings, given as (owner, words), that have a long run in common; one an owner, each in one group."""
    groups: list[list[int]] = []
    taken: set[int] = set()
    holders: dict[tuple[str, ...], list[int]] = {}
    runs = [set(shingle(words, _LEAST_WORDS)) for _, words in said]
    for k, theirs in enumerate(runs):
        for run in theirs:
            holders.setdefault(run, []).append(k)
    for k, (owner, words) in enumerate(said):
        if k in taken or len(words) < _LEAST_WORDS:
            continue
        same, owners = [k], {owner}
        for m in sorted({m for run in runs[k] for m in holders[run] if m > k}):
            other, more = said[m]
            if other in owners or len(more) < _LEAST_WORDS or m in taken:
                continue
            if find_longest_run(words, more)[1] >= max(_LEAST_WORDS, _SAME * min(len(words), len(more))):
                same.append(m)
                owners.add(other)
        if len(same) > 1:
            taken.update(same)
            groups.append(same)
    return groups


def find_longest_run(a: Sequence[str], b: Sequence[str]) -> tuple[int, int]:
    """Where in `a` the longest run of words begins that both have, and how many words it has."""
    best = (0, 0)
    row = [0] * (len(b) + 1)
    for k, word in enumerate(a):
        diagonal = 0
        for j, other in enumerate(b, 1):
            diagonal, row[j] = row[j], diagonal + 1 if word == other else 0
            if row[j] > best[1]:
                best = (k - row[j] + 1, row[j])
    return best
