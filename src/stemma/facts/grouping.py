"""Which claims of different articles speak of one quantity, and which make the sum of another.

Takes the claims of a story's members, gives groups with one claim an article. How the values of a group relate is for
`relating`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from stemma.facts.claims import Claim, comparing_words, count_shared
from stemma.text.tokens import stem_words

_SHARED = 2
"""Words of their sentences that two figures without a state must share to speak of one thing (our own cases)."""

_LEAD = 6
"""Sentences in which the parts and the sum of a story's own numbers stand."""

_NEAR = 5
"""Words of their sentences and those beside them that two counts of the same noun must share."""

_CHANCE = 20
"""Up to here two numbers are often the same by chance."""

_ALIKE = (frozenset(["shot", "injured", "hospitalized"]),)
"""States that may be one: those who were shot and lived are wounded; only equal values are set side by side."""

Bucket = tuple[str | None, str | None]


def find_groups(claims: list[list[Claim]]) -> list[list[Claim]]:
    """Claims of one quantity, one an article: the first that is neither a part nor of an earlier event."""
    groups: list[list[Claim]] = []
    buckets: dict[Bucket, list[int]] = {}
    local: set[int] = set()
    left: dict[tuple[Bucket, float], list[Claim]] = {}
    for member in claims:
        joined: set[int] = set()
        own: dict[Bucket, list[Claim]] = {}
        usable = [c for c in member if not (c.subset or c.background or c.value is None)]
        equal = _join_equal(usable, groups, buckets, joined) | _join_place(
            usable, groups, buckets, joined, local
        )
        for claim in usable:
            bucket = _bucket(claim)
            near = buckets.setdefault(bucket, [])
            if id(claim) in equal:
                own.setdefault(bucket, []).append(claim)
                continue
            at = next(
                (
                    n
                    for n in near
                    if n not in joined
                    and any(_same_kind(g, claim) for g in groups[n])
                    and (n not in local or any(_is_place(g, claim) for g in groups[n]))
                ),
                None,
            )
            mine = own.setdefault(bucket, [])
            if at is not None:
                groups[at].append(claim)
                joined.add(at)
            elif not any(_same_kind(c, claim) for c in mine):
                groups.append([claim])
                near.append(len(groups) - 1)
                joined.add(len(groups) - 1)
            else:
                left.setdefault((bucket, claim.value or 0.0), []).append(claim)
            mine.append(claim)
    return [g for g in groups if len(g) > 1] + [
        same
        for (_, value), same in left.items()
        if value > _CHANCE and len({c.member for c in same}) == len(same) > 1
    ]


def _join_equal(
    usable: list[Claim], groups: list[list[Claim]], buckets: dict[Bucket, list[int]], joined: set[int]
) -> set[int]:
    """Counts of things that give a number of another article's group go there first; their ids.

    Not of people hurt or killed: an article that tells the new toll often tells the old one too.
    """
    found: set[int] = set()
    for claim in (c for c in usable if c.state is None):
        for n in buckets.get(_bucket(claim), ()):
            if n not in joined and any(g.value == claim.value and _same_kind(g, claim) for g in groups[n]):
                groups[n].append(claim)
                joined.add(n)
                found.add(id(claim))
                break
    return found


def _join_place(
    usable: list[Claim],
    groups: list[list[Claim]],
    buckets: dict[Bucket, list[int]],
    joined: set[int],
    local: set[int],
) -> set[int]:
    """Of an article that counts a place apart from the whole, the place's count goes to the group of that place; their ids.

    Such groups are `local` from then on: the whole of another article is not theirs.
    """
    found: set[int] = set()
    for part, _ in _list_parts(usable):
        for n in buckets.get(_bucket(part), ()):
            if n not in joined and any(_is_place(g, part) and _same_kind(g, part) for g in groups[n]):
                groups[n].append(part)
                joined.add(n)
                local.add(n)
                found.add(id(part))
                break
    return found


def find_wholes(claims: list[list[Claim]]) -> list[list[Claim]]:
    """A place's count in one article, and the whole in another that counts this place apart: two scopes of one thing."""
    found: list[list[Claim]] = []
    for member in claims:
        for part, whole in _list_parts(
            [c for c in member if not (c.subset or c.background or c.value is None)]
        ):
            for other in claims:
                mine = [
                    c
                    for c in other
                    if c.member != part.member and _is_place(c, part) and _same_kind(c, whole)
                ]
                if mine and (mine[0].value or 0) < (whole.value or 0) and not mine[0].background:
                    found.append([mine[0], whole])
                    break
    return found


def _list_parts(usable: list[Claim]) -> list[tuple[Claim, Claim]]:
    """ "23 people in the province, 14 of them in Tolvik": the place's count and the whole, of one sentence and state."""
    return [
        (part, whole)
        for whole, part in combinations(usable, 2)
        if whole.sentence == part.sentence
        and whole.state is not None
        and whole.state == part.state
        and part.here
        and part.here != whole.here
        and 0 < (part.value or 0) < (whole.value or 0)
    ]


def _is_place(a: Claim, b: Claim) -> bool:
    return bool(a.here) and a.here == b.here


def find_sums(claims: list[list[Claim]]) -> list[list[Claim]]:
    """Parts whose sum another article gives: two numbers of one sentence, or of two articles and two places."""
    usable = [
        [c for c in member if c.value and c.figure.high == c.figure.low and not c.background]
        for member in claims
    ]
    totals: dict[float, list[Claim]] = {}
    for claim in (c for member in usable for c in member):
        totals.setdefault(claim.value or 0.0, []).append(claim)
    pairs = [(a, b) for member in usable for a, b in combinations(member, 2) if a.sentence == b.sentence]
    leads = [
        next((c for c in member if c.state == state and c.sentence <= _LEAD), None)
        for state in sorted({c.state for member in usable for c in member if c.state is not None})
        for member in usable
    ]
    placed = [c for c in leads if c is not None and c.figure.place is not None]
    pairs += [(a, b) for a, b in combinations(placed, 2) if a.state == b.state and a.member != b.member]
    found: list[list[Claim]] = []
    told: set[tuple[str, float | None]] = set()
    for a, b in pairs:
        for total in totals.get((a.value or 0) + (b.value or 0), ()):
            if total.member in (a.member, b.member) or (a.figure.span.article, a.value) in told:
                continue
            if _are_parts(a, b, total):
                group = [a, total] if a.member == b.member else [a, b, total]
                told.update((c.figure.span.article, c.value) for c in group)
                found.append(group)
    return found


def _bucket(claim: Claim) -> Bucket:
    """Unit and state; states that may be one share theirs, so that only few claims are held against each other."""
    alike = next((sorted(s)[0] for s in _ALIKE if claim.state in s), claim.state)
    return claim.figure.unit, alike if claim.figure.unit is None else None


def _same_kind(a: Claim, b: Claim) -> bool:
    """Whether two claims can speak of one quantity: unit, state and thing."""
    if a.figure.unit != b.figure.unit:
        return False
    if a.value == b.value and _is_same_number(a, b):
        return True
    if a.figure.unit is None:
        if a.state != b.state:
            alike = any(a.state in s and b.state in s for s in _ALIKE)
            return alike and a.value == b.value and (a.value or 0) > 1 and "person" in a.things & b.things
        if a.state is not None:
            return a.things == b.things or bool(a.things & b.things)
        if _defined_apart(a, b):
            return count_shared(a, b) >= 1
        if a.duration:
            return a.things == b.things and count_shared(a, b) >= _SHARED + 2
        if a.things == b.things and len(a.near & b.near) >= _NEAR:
            return True
        if a.language != b.language and a.state is None:
            return bool(a.things & b.things - {"person"}) and count_shared(a, b) > _SHARED
        return bool(a.things & b.things) and count_shared(a, b) >= _SHARED + ("person" not in a.things)
    return count_shared(a, b) >= _SHARED


def _is_same_number(a: Claim, b: Claim) -> bool:
    """Whether one number, seldom met by chance, counts one thing under two names ("jobs", "posts"; "Menschen")."""
    value = a.value or 0.0
    if a.duration or b.duration or ("person" in a.things) != ("person" in b.things):
        return False
    if value >= 1_000 and (value % 100 != 0 or a.language != b.language):
        return True
    return value > 20 and value % 10 != 0 and a.language == b.language and count_shared(a, b) >= _SHARED


@lru_cache(maxsize=1)
def _definition_stems() -> tuple[tuple[str, str], ...]:
    pairs = comparing_words("en").get("definition_nouns", ())
    return tuple((stem_words([a], "en")[0], stem_words([b], "en")[0]) for a, b in pairs)


def _defined_apart(a: Claim, b: Claim) -> bool:
    """Whether two things measure one in two ways: tickets sold, visitors counted."""
    for x, y in _definition_stems():
        if (x in a.things and y in b.things) or (y in a.things and x in b.things):
            return True
    return False


_PARTS = {frozenset(["killed", "injured"]): ("shot", "hospitalized")}


def _are_parts(a: Claim, b: Claim, total: Claim) -> bool:
    """Whether two things make the third: named together in it, hurt or killed of all shot, or of two places."""
    if not (a.figure.unit == b.figure.unit == total.figure.unit):
        return False
    if (a.member == b.member and a.sentence != b.sentence) or a.rough or b.rough or total.rough:
        return False
    lead = max(a.sentence, b.sentence, total.sentence) <= _LEAD
    if a.state != b.state:
        parts = _PARTS.get(frozenset([a.state or "", b.state or ""]), ())
        return a.member == b.member and total.state in parts and "person" in total.things and lead
    if a.duration or b.duration:
        return False
    if a.member == b.member and a.things != b.things and (a.state is None or total.state in (None, a.state)):
        return bool(a.things) and bool(b.things) and (a.things | b.things) <= (total.things | total.around)
    if a.things != b.things or not (a.things & total.things) or a.state != total.state or not lead:
        return False
    places = {a.figure.place, b.figure.place}
    if None in places or len(places) < 2:
        return a.member == b.member and len(a.around & total.around) >= _SHARED
    named = [p.lower() in total.words for p in places if p]
    return all(named) or a.member == b.member
