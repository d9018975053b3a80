"""Statements that several articles give: the same words quoted, or one affirmed here and denied there.

Takes articles with their quotations, gives `Comparison`s whose values have no numbers. A quotation agrees where a long
run of its words is the same; a contradiction is a verb in the perfect of one subject, plain in one article and negated
in another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.facts.reading import Reading, read_text
from stemma.facts.speakers import Speakers
from stemma.facts.speech import SpeechWords, speech_words
from stemma.text.names import fold_name
from stemma.text.tokens import split_words, stem_words
from stemma.text.wording import group_same
from stemma.types import Article, ComparedValue, Comparison, Quote, Span


@dataclass(frozen=True, slots=True)
class _Assertion:
    """One subject and verb in the perfect, plain or negated."""

    subject: str
    verb: str
    denied: bool
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A perfect at the word `at` of a text: the stem of its verb, whether it is negated, and where it ends."""

    at: int
    verb: str
    denied: bool
    end: int


def compare_statements(
    members: Sequence[tuple[Article, tuple[Quote, ...]]], clauses: Sequence[Sequence[Clause]]
) -> list[Comparison]:
    """Agreements over quotations, then contradictions over assertions, in order of first mention.

    `clauses` are those of `find_clauses`, for each member.
    """
    return [*_same_quotations(members), *_denials(members, clauses)]


def group_quotations(members: Sequence[tuple[Article, tuple[Quote, ...]]]) -> list[list[tuple[int, Quote]]]:
    """Direct quotations of different members that have a long run of words in common, as (member, quote)."""
    quoted = [
        (n, quote, split_words(article.text[quote.span.start : quote.span.end]))
        for n, (article, quotes) in enumerate(members)
        for quote in quotes
        if quote.kind == "direct"
    ]
    groups = group_same([(n, words) for n, _, words in quoted])
    return [[quoted[k][:2] for k in group] for group in groups]


def _same_quotations(members: Sequence[tuple[Article, tuple[Quote, ...]]]) -> list[Comparison]:
    found: list[Comparison] = []
    for same in group_quotations(members):
        speaker = same[0][1].speaker
        values = tuple(ComparedValue(span=q.span, low=None, high=None) for _, q in same)
        about = f"statement of {speaker}" if speaker else "statement"
        found.append(Comparison(about=about, relation="agree", values=values))
    return found


def _denials(
    members: Sequence[tuple[Article, tuple[Quote, ...]]], clauses: Sequence[Sequence[Clause]]
) -> list[Comparison]:
    found: list[Comparison] = []
    told: dict[tuple[str, str], list[_Assertion]] = {}
    for assertion in _assertions(members, clauses):
        told.setdefault((assertion.subject, assertion.verb), []).append(assertion)
    for (subject, verb), same in told.items():
        if len({a.denied for a in same}) < 2 or len({a.span.article for a in same}) < 2:
            continue
        per_article: dict[str, _Assertion] = {}
        for a in same:
            per_article.setdefault(a.span.article, a)
        if len({a.denied for a in per_article.values()}) == 2:
            values = tuple(ComparedValue(span=a.span, low=None, high=None) for a in per_article.values())
            found.append(Comparison(about=f"{subject} {verb}", relation="contradiction", values=values))
    return found


def _assertions(
    members: Sequence[tuple[Article, tuple[Quote, ...]]], clauses: Sequence[Sequence[Clause]]
) -> Iterator[_Assertion]:
    """ "X has resigned", "she had not resigned", of verbs that some article denies and some affirms.

    A denial is seldom, so that the speakers of few articles have to be looked for.
    """
    kinds = {(clause.verb, clause.denied) for found in clauses for clause in found}
    open_ = {verb for verb, denied in kinds if denied and (verb, False) in kinds}
    for (article, quotes), found in zip(members, clauses, strict=True):
        if not any(clause.verb in open_ for clause in found):
            continue
        reading = read_text(article.text, article.language or "en")
        words = speech_words(reading.language)
        speakers = Speakers(reading, words)
        # All of them: what a later "the company" means depends on who was spoken of before.
        for clause in found:
            subject = _subject(reading, clause.at, quotes, speakers, words)
            if subject is None or clause.verb not in open_ or _doubted(reading, subject[1], words):
                continue
            span = Span(article=article.id, start=subject[1], end=clause.end)
            yield _Assertion(subject[0], clause.verb, clause.denied, span)


def find_clauses(article: Article) -> list[Clause]:
    """Verbs in the perfect, whoever their subject is."""
    reading = read_text(article.text, article.language or "en")
    words, lower = speech_words(reading.language), reading.lower
    if words.perfect.isdisjoint(reading.vocabulary):
        return []
    found: list[Clause] = []
    for at, word in enumerate(lower):
        if word not in words.perfect or at == 0 or at + 2 >= len(lower):
            continue
        verb_at = at + 1
        denied = False
        while verb_at < len(lower) - 1 and (
            lower[verb_at] in words.negations or lower[verb_at] in words.already
        ):
            denied = denied or lower[verb_at] in words.negations
            verb_at += 1
        verb = lower[verb_at]
        if not verb.isalpha() or len(verb) < 4 or verb in words.stop:
            continue
        stem = stem_words([verb], reading.language)[0]
        found.append(Clause(at=at, verb=stem, denied=denied, end=reading.ends[verb_at]))
    return found


def _subject(
    reading: Reading, at: int, quotes: tuple[Quote, ...], speakers: Speakers, words: SpeechWords
) -> tuple[str, int] | None:
    """The name folded, and where its words begin; of a pronoun the speaker of the quotation that it stands in."""
    before = reading.lower[at - 1]
    if before in words.he or before in words.she or before in words.it:
        start = reading.starts[at - 1]
        quote = next((q for q in quotes if q.span.start <= start < q.span.end and q.speaker), None)
        name = quote.speaker if quote else None
        return (fold_name(name.split()[-1]), start) if name else None
    first = at
    while (
        first > 0
        and at - first < 6
        and (reading.words[first - 1][0].isupper() and reading.words[first - 1][0].isalpha())
    ):
        first -= 1
    if first == at:
        return None
    name = speakers.resolve((reading.starts[first], reading.ends[at - 1]))
    return (fold_name(name.split()[-1]), reading.starts[first]) if name else None


def _doubted(reading: Reading, start: int, words: SpeechWords) -> bool:
    """Whether "if" or "whether" opens the clause."""
    at = reading.token_at(start)
    return at > 0 and reading.lower[at - 1] in ("if", "whether")
