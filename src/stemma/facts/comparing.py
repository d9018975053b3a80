"""Brings together what several articles of one story give: each quantity or statement, and how the values relate.

Takes the facts of a story's members, gives `Comparison`s. A copy has no voice of its own beside its source. Where it
cannot be shown that two values speak of the same thing, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType

from stemma.facts.claims import Claim, comparing_words, list_claims
from stemma.facts.relating import find_relation
from stemma.facts.statements import compare_statements
from stemma.text.tokens import stem_words
from stemma.types import Article, ArticleId, ComparedValue, Comparison, Figure, Quote, Relation

_NOBODY: Mapping[ArticleId, ArticleId] = MappingProxyType({})
_SHARED = 2
"""Words of their sentences that two figures without a state must share to speak of one thing (our own cases)."""


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
    claims = _order_claims(voices)
    language = voices[0].article.language or "en"
    found: list[Comparison] = []
    used: set[int] = set()
    found.extend(_comparison(group, "parts and sum") for group in _find_sums(claims))
    for group in _find_groups(claims):
        fresh = [c for c in group if id(c) not in used]
        found.extend(_judge(fresh, language))
        used.update(id(c) for c in fresh)
    found.extend(compare_statements([(v.article, v.quotes) for v in voices]))
    return tuple(_without_covered(found))


def _order_claims(voices: Sequence[ArticleFacts]) -> list[list[Claim]]:
    moments = [_moment(v.article) for v in voices]
    known = [m for m in moments if m is not None]
    first = min(known) if known else None
    order = sorted(
        range(len(voices)),
        key=lambda n: (moments[n] is None, moments[n] or datetime.min.replace(tzinfo=UTC), n),
    )
    place = {n: k for k, n in enumerate(order)}
    return [
        list_claims(
            voice.article,
            voice.figures,
            member=n,
            order=place[n],
            hours=(moment - first).total_seconds() / 3600
            if moment is not None and first is not None
            else None,
        )
        for n, (voice, moment) in enumerate(zip(voices, moments, strict=True))
    ]


def _moment(article: Article) -> datetime | None:
    """When an article was published, to the minute where its page says so."""
    stated = article.published.stated
    if stated is not None:
        try:
            moment = datetime.fromisoformat(stated)
        except ValueError:
            moment = None
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if article.first_seen is not None:
        return article.first_seen
    day: date | None = article.published.earliest
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _same_kind(a: Claim, b: Claim) -> bool:
    """Whether two claims can speak of one quantity: unit, state and thing."""
    if a.figure.unit != b.figure.unit:
        return False
    if a.figure.unit is None:
        if a.state != b.state:
            alike = any(a.state in s and b.state in s for s in _ALIKE)
            return alike and a.value == b.value and (a.value or 0) > 1 and "person" in a.things & b.things
        if a.state is not None:
            return a.things == b.things or bool(a.things & b.things)
        if _defined_apart(a, b):
            return len(a.around & b.around) >= 1
        return bool(a.things & b.things) and len(a.around & b.around) >= _SHARED + ("person" not in a.things)
    return len(a.around & b.around) >= _SHARED


def _defined_apart(a: Claim, b: Claim) -> bool:
    """Whether two things measure one in two ways: tickets sold, visitors counted."""
    for one, other in comparing_words("en").get("definition_nouns", ()):
        x, y = stem_words([one, other], "en")
        if (x in a.things and y in b.things) or (y in a.things and x in b.things):
            return True
    return False


def _find_groups(claims: list[list[Claim]]) -> list[list[Claim]]:
    """Claims of one quantity, one an article: the first that is neither a part nor of an earlier event."""
    groups: list[list[Claim]] = []
    for member in claims:
        joined: set[int] = set()
        for claim in member:
            if claim.subset or claim.background or claim.value is None:
                continue
            at = next(
                (
                    n
                    for n, group in enumerate(groups)
                    if n not in joined
                    and all(g.member != claim.member for g in group)
                    and any(_same_kind(g, claim) for g in group)
                ),
                None,
            )
            if at is not None:
                groups[at].append(claim)
                joined.add(at)
            elif not any(
                c.member == claim.member and _same_kind(c, claim) for group in groups for c in group
            ):
                groups.append([claim])
                joined.add(len(groups) - 1)
    return [g for g in groups if len(g) > 1]


def _judge(group: list[Claim], language: str) -> list[Comparison]:
    """The relation of a group; where it has none as a whole, of those that agree and of each pair that is clear."""
    if len(group) < 2:
        return []
    ordered = sorted(group, key=lambda c: (c.order, c.member))
    relation = find_relation(ordered, language=language)
    shared = {c.value for c in ordered if sum(c.value == d.value for d in ordered) > 1}
    if relation is not None and (relation in ("agree", "revision", "rounding") or not shared):
        return [_comparison(ordered, relation)]
    found: list[Comparison] = []
    by_value: dict[float, list[Claim]] = {}
    for claim in ordered:
        if claim.value is not None:
            by_value.setdefault(claim.value, []).append(claim)
    found.extend(_comparison(same, "agree") for same in by_value.values() if len(same) > 1)
    firsts = [same[0] for same in by_value.values()]
    for n, a in enumerate(firsts):
        for b in firsts[n + 1 :]:
            pair = find_relation(sorted((a, b), key=lambda c: c.order), language=language)
            if pair is not None and pair != "agree":
                found.append(_comparison([a, b], pair))
    return found


def _find_sums(claims: list[list[Claim]]) -> list[list[Claim]]:
    """Parts whose sum another article gives: of two articles and a third, or of one article and another."""
    found: list[list[Claim]] = []
    flat = [
        c
        for member in claims
        for c in member
        if c.value and c.figure.high == c.figure.low and not c.background
    ]
    for n, a in enumerate(flat):
        for b in flat[n + 1 :]:
            for total in flat:
                if total.member in (a.member, b.member) or (total.value or 0) != (a.value or 0) + (
                    b.value or 0
                ):
                    continue
                told = {(c.figure.span.article, c.value) for g in found for c in g}
                if _are_parts(a, b, total) and (a.figure.span.article, a.value) not in told:
                    found.append([a, total] if a.member == b.member else [a, b, total])
    return found


_ALIKE = (frozenset(["shot", "injured", "hospitalized"]),)
"""States that may be one: those who were shot and lived are wounded; only equal values are set side by side."""

_PARTS = {frozenset(["killed", "injured"]): ("shot", "injured", "hospitalized")}


def _are_parts(a: Claim, b: Claim, total: Claim) -> bool:
    """Whether two things make the third: named together in it, hurt or killed of all shot, or of two places."""
    if not (a.figure.unit == b.figure.unit == total.figure.unit):
        return False
    if a.member == b.member and a.sentence != b.sentence:
        return False
    if a.state != b.state:
        return (
            total.state in _PARTS.get(frozenset([a.state or "", b.state or ""]), ())
            and "person" in total.things
        )
    if a.member == b.member and a.things != b.things:
        return bool(a.things) and bool(b.things) and (a.things | b.things) <= (total.things | total.around)
    if a.things != b.things or not (a.things & total.things) or a.state != total.state:
        return False
    places = {a.figure.place, b.figure.place}
    if None in places or len(places) < 2:
        return a.member == b.member and len(a.around & total.around) >= _SHARED
    named = [p.lower() in total.words for p in places if p]
    return all(named) or a.member == b.member


def _comparison(claims: Sequence[Claim], relation: Relation) -> Comparison:
    about = max((c.figure.of or "" for c in claims), key=len)
    return Comparison(
        about=about,
        relation=relation,
        values=tuple(ComparedValue(span=c.figure.span, low=c.figure.low, high=c.figure.high) for c in claims),
    )


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
