"""Which text of a family is the oldest, and in which order the others came.

The origin lies in the middle of its family: what a copy changed sets it apart from all others, so the text from which
the fewest changes lead to the rest is the likeliest root (singular readings, as editors of manuscripts reason). To this
come the clocks, each of which may be wrong by itself: a root with one wrong clock costs one error, however many
copies it has. Knows numbers only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

Edge = tuple[int, int]

CLOCK_WRONG = 3.0
"""What it costs, in log odds, that one clock is wrong (one in twenty on lineage/planted)."""

CHANGE = 2.5
"""What it costs, in log odds, that all others undid a change of the root."""


def join_families(distances: Mapping[Edge, float]) -> list[list[int]]:
    """Groups of kin, each ascending. Two groups that only one text links stay apart: it was made from both."""
    group: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    linked: dict[int, set[int]] = {}
    for a, b in distances:
        linked.setdefault(a, set()).add(b)
        linked.setdefault(b, set()).add(a)
    for (a, b), _ in sorted(distances.items(), key=lambda item: (item[1], item[0])):
        one, other = group.setdefault(a, a), group.setdefault(b, b)
        members.setdefault(one, {one})
        members.setdefault(other, {other})
        if one == other:
            continue
        if len(members[one]) > 1 and len(members[other]) > 1:
            past_a = any(linked[x] & members[other] for x in members[one] - {a})
            past_b = any(linked[x] & members[one] for x in members[other] - {b})
            if not past_a or not past_b:
                continue
        keep, drop = sorted((one, other))
        for node in members[drop]:
            group[node] = keep
        members[keep] |= members.pop(drop)
    return [sorted(members[key]) for key in sorted(members) if len(members[key]) > 1]


def weigh_roots(
    family: Sequence[int],
    changes: Callable[[int, int], float],
    clock: Callable[[int, int], float],
    undated: Iterable[int],
) -> dict[int, float]:
    """Log likelihood of each member to be the root, up to a constant.

    `changes(a, b)` is how many changes lead from a to b, `clock(a, b)` the log odds that a came before b by dates and
    declared sources; `undated` are those of which no date is known.
    """
    total = {a: sum(min(8.0, changes(a, b)) for b in family if b != a) for a in family}
    least = min(total.values())
    unknown = frozenset(undated)
    found = {}
    for a in family:
        apart = (total[a] - least) / max(1, len(family) - 1)
        against = sum(max(0.0, clock(b, a)) for b in family if b != a)
        declared = max(0.0, max(clock(b, a) for b in family if b != a) - CLOCK_WRONG)
        found[a] = -CHANGE * apart - min(CLOCK_WRONG, against) - declared
        if a in unknown:
            found[a] -= math.log(len(family)) / 2
    return found
