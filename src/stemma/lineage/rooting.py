"""Which text of a family is the oldest, and in which order the others came.

The origin lies in the middle of its family: what a copy changed sets it apart from all others, so the text from which
the fewest changes lead to the rest is the likeliest root (singular readings, as editors of manuscripts reason). To this
come the clocks, each of which may be wrong by itself: a root with one wrong clock costs one error, however many
copies it has. Knows numbers only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

Edge = tuple[int, int]

CLOCK_WRONG, CLOCK_ALONE = 1.3, 1.35
"""Log odds that a clock is wrong which makes others older than the root: one in twenty where there are two texts (2.4
with the second), less where many copies were dated and one of them is wrong by chance."""

CHANGE = 5.0
"""What each change costs that sets the root apart from the rest of its family, on average over the rest."""

LONELY, LONELY_MOST = 1.3, 8.0
"""Cost of a root dated long before all others, in each of up to four copies, per e-fold of the waiting time: copies follow
within hours, so a text a day older than all its kin is dated wrong."""

TEXTS = 0.7
UNDATED = 0.25
PASTED = 2.0
SLIPPED = 1.5
"""Cost of a root that holds text of another family: it was made from both. All of these by search on
lineage/planted-shuffled, checked on families left out."""

STANDING = 1.0
"""Cost of a root that carries its outlet's standing lines. With it and its like in `compare` the root is right for .86 instead of
.79 of the copies in lineage/planted-shuffled, and gains as much in each of four random halves of its families."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a family's members.

    `changes(a, b)` is how many changes lead from a to b, `clock(a, b)` the log odds that a came before b by dates and
    declared sources, `texts(a, b)` the same from their texts. `hours` are the times of those with a clock of their own,
    slipped years (`slipped`) put right; `undated` have no date, `pasted` hold text of another family.
    """

    changes: Callable[[int, int], float]
    clock: Callable[[int, int], float]
    texts: Callable[[int, int], float]
    hours: Mapping[int, float]
    slipped: Set[int]
    undated: Set[int]
    pasted: Set[int]
    standing: Set[int]


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


def weigh_roots(family: Sequence[int], evidence: Evidence) -> dict[int, float]:
    """Log likelihood of each member to be the root, up to a constant."""
    total = {a: sum(min(8.0, evidence.changes(a, b)) for b in family if b != a) for a in family}
    least = min(total.values())
    found = {}
    others = len(family) - 1
    for a in family:
        clocks = [evidence.clock(b, a) for b in family if b != a]
        against = sum(max(0.0, odds) for odds in clocks)
        likely = -CHANGE * (total[a] - least) / others
        likely -= min(against, CLOCK_WRONG + CLOCK_ALONE / others + 0.06 * against)
        likely -= max(0.0, max(clocks) - 3.0)  # declared as somebody's copy
        likely -= _lonely(a, evidence.hours)
        likely += TEXTS * sum(evidence.texts(a, b) for b in family if b != a) / others
        likely -= UNDATED * math.log(len(family)) * (a in evidence.undated)
        likely -= PASTED * (a in evidence.pasted) + SLIPPED * (a in evidence.slipped)
        likely -= STANDING * (a in evidence.standing)
        found[a] = likely
    return found


def _lonely(member: int, hours: Mapping[int, float]) -> float:
    rest = sorted(time for other, time in hours.items() if other != member)
    if member not in hours or len(rest) < 2 or hours[member] >= rest[0]:
        return 0.0
    span = max(4.0, rest[-1] - rest[0])
    waiting = math.log((rest[0] - hours[member] + span) / span)
    return min(LONELY_MOST, LONELY * min(len(rest) - 1, 4) * waiting)
