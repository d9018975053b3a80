"""How two or more values for one thing relate: the closed list of relations, and the evidence that each asks for.

Pure rules over claims. The weakest finding is none: a contradiction is only said where two speak of the same thing at
the same time and neither scope, definition, rounding nor the passing of time explains the difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from stemma.facts.claims import Claim, comparing_words
from stemma.types import Relation

_DAY = 24.0
_LEAD = 4
"""Sentences of an article in which a story's own numbers stand; further down, background is told."""

_NEAR = 5
"""Words around them that two counts far down in their articles must share to be set against each other."""

_GROWTH = 20.0
"""Times that a number may grow or shrink and still be one that was revised."""

_ROUND = 0.06
"""Largest share by which a rounded value may differ (invented cases and compare/groups: 1,187 and 1,200)."""


def find_relation(claims: Sequence[Claim], *, language: str) -> Relation | None:
    """The relation of claims of one key from different articles, in order of publication; None where it is not clear."""
    values = [c.value for c in claims]
    if any(v is None for v in values):
        return None
    numbers = [v for v in values if v is not None]
    if len(set(numbers)) == 1:
        return "agree" if all(_compatible(a, b) for a in claims for b in claims) else None
    if _replaces(claims):
        return "revision"
    if _differ_in_definition(claims, language):
        return "different definition"
    if _is_rounding(claims):
        return "rounding"
    if _differ_in_scope(claims):
        return "different scope"
    if _is_revision(claims, language):
        return "revision"
    if _contradict(claims):
        return "contradiction"
    return None


def _compatible(a: Claim, b: Claim) -> bool:
    """The same number; "at least 11" and "11" are one, "at most 11" and "more than 11" are not."""
    return {a.figure.qualifier, b.figure.qualifier} not in (
        {"up to", "more than"},
        {"fewer than", "at least"},
    )


def _replaces(claims: Sequence[Claim]) -> bool:
    """Whether one of two numbers is, by its own article, what replaces the other."""
    values = {c.value for c in claims}
    return len(values) == 2 and any(
        c.replaces in values - {c.value} for c in claims if c.replaces is not None
    )


def _is_rounding(claims: Sequence[Claim]) -> bool:
    """Every value is the most exact one, rounded: fewer figures, and near it."""
    exact = max(claims, key=lambda c: (count_figures(c.value), -c.order))
    most = exact.value
    if not most:
        return False
    others = [c for c in claims if c.value != most]
    return all(
        c.value is not None
        and count_figures(c.value) < count_figures(most)
        and (c.value >= 10 or c.figure.unit is not None)
        and (_is_near(c, most) or _is_bound(c, most))
        for c in others
    )


def _is_near(claim: Claim, most: float) -> bool:
    value = claim.value or 0.0
    return abs(value - most) / abs(most) <= _limit(claim) and round(most, _places(value)) == value


def _is_bound(claim: Claim, most: float) -> bool:
    """ "more than 4,000" of 4,312: rounded down, and said so."""
    if claim.figure.qualifier not in ("more than", "at least") or claim.value is None:
        return False
    step = 10.0 ** -_places(claim.value)
    return step >= 10 and claim.value <= most < claim.value + step and most <= 1.2 * claim.value


def _limit(claim: Claim) -> float:
    return 2 * _ROUND if claim.figure.unit is not None else _ROUND


def _places(value: float) -> int:
    """The decimal place to which a value is rounded: 1,200 to hundreds is -2."""
    if value != int(value):
        return len(str(value).split(".")[1])
    digits = str(int(abs(value)))
    return -(len(digits) - len(digits.rstrip("0")))


def count_figures(value: float | None) -> int:
    """Significant figures: 1,187 has four, 1,200 two."""
    if value is None or value == 0:
        return 0
    digits = f"{abs(value):.6f}".rstrip("0").rstrip(".")
    return len(digits.replace(".", "").strip("0")) if "." in digits else len(digits.rstrip("0"))


def _differ_in_scope(claims: Sequence[Claim]) -> bool:
    """One speaks of the whole, the other of a part, and the whole is larger."""
    wide = [c for c in claims if c.scope == "wide"]
    rest = [c for c in claims if c.scope != "wide"]
    if not wide or not rest:
        return False
    if all(c.newer and c.scope == "" and _is_later(c, w) for c in rest for w in wide):
        return False  # "seven are still missing", days after the count of the whole
    return min(c.value or 0 for c in wide) > 1.2 * max(c.value or 0 for c in rest)


def _is_later(claim: Claim, other: Claim) -> bool:
    return claim.hours is not None and other.hours is not None and claim.hours - other.hours >= _DAY / 2


def _differ_in_definition(claims: Sequence[Claim], language: str) -> bool:
    """Words of one set ("confirmed", "suspected"), different ones, stand beside the values."""
    for group in comparing_words(language).get("definitions", ()):
        said = [{w for w in group if w in c.words.split() or w in c.words} for c in claims]
        if all(said) and not set.intersection(*said):
            return True
    return False


def _is_revision(claims: Sequence[Claim], language: str) -> bool:
    """Later is newer knowledge: the toll grows, or the later article says that the number changed."""
    table = comparing_words("en" if not comparing_words(language).get("growing") else language)
    if any(c.special and c.special != claims[0].special for c in claims) and not any(c.newer for c in claims):
        return False
    ordered = sorted(claims, key=lambda c: c.order)
    first, last = ordered[0], ordered[-1]
    if first.hours is None or last.hours is None or last.hours <= first.hours:
        return False
    values = [c.value or 0.0 for c in ordered]
    if min(values) <= 0 or max(values) / min(values) > _GROWTH or any(c.rough for c in ordered):
        return False
    if any(c.sentence > _LEAD for c in ordered) and not last.newer:
        return False
    if any(c.duration or not _may_change(c.figure.unit) for c in ordered):
        return (
            False  # "nine days before", "fell 600 metres": of two things more often than of one that changed
        )
    if first.figure.unit is not None and len(set.intersection(*(set(c.around) for c in ordered))) < 4:
        return False
    rising = all(b >= a for a, b in pairwise(values))
    sinking = all(b <= a for a, b in pairwise(values))
    said = any(c.newer for c in ordered[1:])
    if rising and (said or last.state in table.get("growing", ())):
        return not _counted_by_sides(ordered) or said
    if sinking and last.state in table.get("shrinking", ()):
        return said or last.hours - first.hours >= _DAY / 2
    return sinking and last.falling


def _may_change(unit: str | None) -> bool:
    """Counts, shares and money are revised; lengths, weights and speeds of a story are seldom one and the same."""
    return unit is None or unit == "%" or (len(unit) == 3 and unit.isupper())


def _counted_by_sides(claims: Sequence[Claim]) -> bool:
    """Whether the values come from different named sources within a day: then time does not explain them."""
    speakers = {_source(c) for c in claims}
    hours = [c.hours for c in claims if c.hours is not None]
    return len(speakers) == len(claims) and "" not in speakers and max(hours) - min(hours) < _DAY / 4


def _source(claim: Claim) -> str:
    return (claim.figure.said_by or "").lower().removeprefix("the ")


def _contradict(claims: Sequence[Claim]) -> bool:
    """Different named sources, the same things told about, within a day, and no small difference."""
    hours = [c.hours for c in claims if c.hours is not None]
    if len(hours) == len(claims) and max(hours) - min(hours) > _DAY:
        return False
    values = [c.value or 0.0 for c in claims]
    if min(values) <= 0 or max(values) / min(values) < 1.2:
        return False
    if any(c.background or c.scope == "wide" for c in claims):
        return False
    if len({c.special for c in claims if c.special and "person" in c.things}) > 1:
        return False
    places = {(c.figure.place or "").lower() for c in claims if c.figure.place}
    if len(places) > 1:
        return False
    if max(values) / min(values) > 10 or any(c.rough or c.value != c.figure.low for c in claims):
        return False
    if any(c.figure.high is None for c in claims) or len({c.things for c in claims}) > 1:
        return False
    sources = {_source(c) for c in claims}
    if len(sources) < len(claims) or "" in sources:
        return False
    shared = set.intersection(*(set(c.around) for c in claims))
    beside = set.intersection(*(set(c.near) for c in claims))
    if any(c.sentence > _LEAD for c in claims):
        one = claims[0]
        counted = (
            one.figure.unit is None and one.state is None and "person" not in one.things and not one.duration
        )
        return counted and max(values) / min(values) <= 2 and len(beside) >= _NEAR
    return len(shared) >= (3 if claims[0].figure.unit is None else 4) or len(beside) > _NEAR
