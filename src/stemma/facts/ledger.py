"""The ledger of quotations: one statement followed over the outlets that print it.

Takes the facts of a story's members, gives each statement that several print with its variants, who printed it first,
the wording that independent reports share, and which variant stands alone. Wording only: a translation is not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stemma.facts.claims import find_moment
from stemma.facts.comparing import ArticleFacts
from stemma.facts.statements import group_quotations
from stemma.text.names import fold_name
from stemma.text.tokens import find_words
from stemma.text.wording import find_longest_run
from stemma.types import ArticleId, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One printing of a statement. `source` is the article it was copied from; `alone` that no independent report has
    just these words; `speaker` whom this article gives it to."""

    span: Span
    outlet: str | None
    speaker: str | None
    source: ArticleId | None
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One statement over several articles. `first` printed it first, None where the times do not tell; `shared` is the
    longest wording that two independent reports have in common, None where none is independent."""

    speaker: str | None
    variants: tuple[Variant, ...]
    first: ArticleId | None
    shared: Span | None
    other_speakers: bool


def follow_statements(
    members: Sequence[ArticleFacts], *, parents: Mapping[ArticleId, ArticleId]
) -> tuple[Followed, ...]:
    """Statements that at least two members print, in order of first mention; `parents` maps a copy to its source."""
    followed: list[Followed] = []
    for group in group_quotations([(m.article, m.quotes) for m in members]):
        words = {n: _words(members[n], quote.span) for n, quote in group}
        own = [n for n, _ in group if parents.get(members[n].article.id) is None]
        moments = [(find_moment(members[n].article), n) for n, _ in group]
        known = sorted((m, n) for m, n in moments if m is not None)
        tied = len(known) > 1 and known[0][0] == known[1][0]
        speakers = [q.speaker for _, q in group if q.speaker]
        variants = tuple(
            Variant(
                span=quote.span,
                outlet=members[n].article.outlet,
                speaker=quote.speaker,
                source=parents.get(members[n].article.id),
                alone=not any(words[n] == words[m] for m in own if m != n),
            )
            for n, quote in group
        )
        followed.append(
            Followed(
                speaker=max(speakers, key=lambda s: (speakers.count(s), len(s)), default=None),
                variants=variants,
                first=members[known[0][1]].article.id if len(known) == len(group) and not tied else None,
                shared=_shared([(members[n], quote.span) for n, quote in group if n in own]),
                other_speakers=len({fold_name(s.split()[-1]) for s in speakers}) > 1,
            )
        )
    return tuple(followed)


def _words(member: ArticleFacts, span: Span) -> tuple[str, ...]:
    return tuple(w for w, _, _ in find_words(member.article.text[span.start : span.end]))


def _shared(printed: Sequence[tuple[ArticleFacts, Span]]) -> Span | None:
    """The longest run of words that two of the printings have, as a place in the first that has it."""
    best: tuple[int, Span] | None = None
    for (a, at), (b, bt) in combinations(printed, 2):
        left = find_words(a.article.text[at.start : at.end])
        right = [w for w, _, _ in find_words(b.article.text[bt.start : bt.end])]
        first, length = find_longest_run([w for w, _, _ in left], right)
        if length and (best is None or length > best[0]):
            start, end = left[first][1], left[first + length - 1][2]
            best = length, Span(article=a.article.id, start=at.start + start, end=at.start + end)
    return best[1] if best else None
