"""Brings together what several articles of one story give: each quantity or statement, and how the values relate.

Takes the facts of a story's members, gives `Comparison`s. A copy has no voice of its own beside its source. Where it
cannot be shown that two values speak of the same thing, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from stemma.facts.claims import Claim, find_moment, list_claims
from stemma.facts.grouping import find_groups, find_sums, find_wholes
from stemma.facts.relating import count_figures, find_relation
from stemma.facts.statements import Clause, compare_statements, find_clauses
from stemma.types import Article, ArticleId, ComparedValue, Comparison, Figure, Quote, Relation

_SLIGHT = 11
"""Counts below are in every report of anything (read by eye over stories/mix)."""

_NOBODY: Mapping[ArticleId, ArticleId] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """One member of a story with what was found in it."""

    article: Article
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]


def compare_story(
    members: Sequence[ArticleFacts], *, parents: Mapping[ArticleId, ArticleId] = _NOBODY
) -> tuple[Comparison, ...]:
    """Comparisons over the members of one story, in order of first mention; one value an article.

    `parents` maps a copy to its source: reprints of one report are one voice.
    """
    present = {m.article.id for m in members}
    voices = [
        m
        for m in members
        if parents.get(m.article.id) not in present or parents.get(m.article.id) == m.article.id
    ]
    if len(voices) < 2:
        return ()
    claims, clauses = _read_voices(voices)
    language = voices[0].article.language or "en"
    found: list[Comparison] = []
    used: set[int] = set()
    for group in find_sums(claims):
        found.extend(_compare(group, "parts and sum"))
    for group in find_groups(claims):
        fresh = [c for c in group if id(c) not in used]
        found.extend(_judge(fresh, language))
        used.update(id(c) for c in fresh)
    for group in find_wholes(claims):
        found.extend(_compare(sorted(group, key=lambda c: (c.order, c.member)), "different scope"))
    found.extend(compare_statements([(v.article, v.quotes) for v in voices], clauses))
    return tuple(_without_covered(found))


def _read_voices(voices: Sequence[ArticleFacts]) -> tuple[list[list[Claim]], list[list[Clause]]]:
    """The claims and the clauses of each; each text is read once."""
    moments = [find_moment(v.article) for v in voices]
    known = [m for m in moments if m is not None]
    first = min(known) if known else None
    order = sorted(
        range(len(voices)),
        key=lambda n: (moments[n] is None, moments[n] or datetime.min.replace(tzinfo=UTC), n),
    )
    place = {n: k for k, n in enumerate(order)}
    claims, clauses = [], []
    for n, (voice, moment) in enumerate(zip(voices, moments, strict=True)):
        since = (moment - first).total_seconds() / 3600 if moment is not None and first is not None else None
        claims.append(list_claims(voice.article, voice.figures, member=n, order=place[n], hours=since))
        clauses.append(find_clauses(voice.article))
    return claims, clauses


def _judge(group: list[Claim], language: str) -> list[Comparison]:
    """The relation of a group; where it has none as a whole, of those that agree and of each pair that is clear."""
    if len(group) < 2:
        return []
    ordered = sorted(group, key=lambda c: (c.order, c.member))
    relation = find_relation(ordered, language=language)
    shared = {c.value for c in ordered if sum(c.value == d.value for d in ordered) > 1}
    exact = max((c.value or 0.0 for c in ordered), key=count_figures)
    if (
        relation == "rounding" and exact in shared
    ):  # those that have the exact number agree; one of them was rounded
        same = [c for c in ordered if c.value == exact]
        return [
            *_compare(same, "agree"),
            *_compare([same[0], *(c for c in ordered if c not in same)], relation),
        ]
    split = relation == "different scope" and len({c.value for c in ordered}) > 2
    if relation is not None and not split and (relation in ("agree", "revision", "rounding") or not shared):
        return _compare(ordered, relation)
    found: list[Comparison] = []
    by_value: dict[float, list[Claim]] = {}
    for claim in ordered:
        if claim.value is not None:
            by_value.setdefault(claim.value, []).append(claim)
    for same in by_value.values():
        if len(same) > 1:
            found.extend(_compare(same, "agree"))
    firsts = sorted((same[0] for same in by_value.values()), key=lambda c: c.order)
    if len(firsts) == 2:  # of more values that no one relation explains, nothing is said
        pair = find_relation(firsts, language=language)
        if pair is not None:
            found.extend(_compare(firsts, pair))
    elif len(firsts) > 2:  # a first count of a part, and then the whole as it changed
        for start in range(1, len(ordered) - 1):
            if find_relation(ordered[start:], language=language) == "revision":
                found.extend(_compare(ordered[start:], "revision"))
                if find_relation([ordered[0], ordered[start]], language=language) == "different scope":
                    found.extend(_compare([ordered[0], ordered[start]], "different scope"))
                break
    return found


def _compare(claims: Sequence[Claim], relation: Relation) -> list[Comparison]:
    """One comparison, or none where no article has a name for what is compared or small numbers merely agree."""
    # The fullest name; of equally full ones not that of a count of one: "people killed", not "casualty killed".
    about = max(claims, key=lambda c: (c.label.count(" "), c.figure.low != 1)).label
    if not about or (relation == "agree" and all(_is_slight(c) for c in claims)):
        return []
    values = tuple(ComparedValue(span=c.figure.span, low=c.figure.low, high=c.figure.high) for c in claims)
    return [Comparison(about=about, relation=relation, values=values)]


def _is_slight(claim: Claim) -> bool:
    """A small count with no state: that two reports have it says nothing."""
    return claim.state is None and claim.figure.unit is None and (claim.value or 0.0) < _SLIGHT


def _without_covered(found: list[Comparison]) -> list[Comparison]:
    """No comparison beside one that explains the same values as parts and sum."""
    sums = [{v.span for v in c.values} for c in found if c.relation == "parts and sum"]
    kept: list[Comparison] = []
    for comparison in found:
        spans = {v.span for v in comparison.values}
        explained = comparison.relation not in ("parts and sum", "agree") and any(
            len(spans & s) > 1 for s in sums
        )
        if not explained and comparison not in kept:
            kept.append(comparison)
    return kept
