"""What one revision of an article changed against the one before: in substance, or only in its wording.

Substance are names, figures, quotations, negation, the headline, and sentences that came or went; typing, punctuation,
order of paragraphs and single reworded words are not. A correction, retraction or clarification is recognised by the
words that announce it, never guessed from the change. Knows no store and decides nothing about showing or keeping.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from stemma.text.align import find_differences, pair_sentences
from stemma.text.lang import find_languages, language_words
from stemma.text.numbers import find_quantities
from stemma.text.quotation import find_quoted
from stemma.text.sentences import find_paragraphs, find_sentences
from stemma.types import (
    Announcement,
    AnnouncementKind,
    Article,
    RevisionChange,
    RevisionJudgement,
    RevisionKind,
    Span,
)


def judge_revision(before: Article, after: Article) -> RevisionJudgement:
    """What `after`, a later reading of the same address, changed against `before`.

    Spans are into the text of the side that they are named for. Sentences are paired by their words (Dice, .5), so that a
    moved paragraph is no change; inside a pair only the differing words are looked at.
    """
    language = after.language or before.language
    old, new = _sentences(before.text, language), _sentences(after.text, language)
    notes = find_announcements(after, language=language)
    known = {
        _plain(before.text[n.span.start : n.span.end]) for n in find_announcements(before, language=language)
    }
    announced = tuple(n for n in notes if _plain(after.text[n.span.start : n.span.end]) not in known)
    changes = (
        [RevisionChange(kind="title", before=None, after=None)] if _is_other_title(before, after) else []
    )
    changes += _compare(before, after, old, new, notes, language)
    return RevisionJudgement(
        substantive=bool(changes or announced), changes=tuple(changes), announced=announced
    )


def find_announcements(article: Article, *, language: str | None) -> tuple[Announcement, ...]:
    """Paragraphs in which the page says that it was corrected, clarified or taken back, in order.

    A label counts at the start of a paragraph ("Correction:"), a phrase in which a page speaks of itself anywhere in it.
    """
    found = []
    for start, end in find_paragraphs(article.text):
        words = article.text[start:end].casefold().replace("’", "'")
        kind = next((k for k in _ANNOUNCED if _announces(words, k, language)), None)
        if kind is not None:
            found.append(Announcement(kind=kind, span=Span(article=article.id, start=start, end=end)))
    return tuple(found)


# ---------------------------------------------------------------- helpers

# A note that takes a report back may also speak of a correction, never the other way round.
_ANNOUNCED: tuple[AnnouncementKind, ...] = ("retraction", "correction", "clarification")
_ALIKE = 0.5
_TYPO = 80
_FEWEST_WORDS = 3
_FEWEST_QUOTED = 2
_WORD = re.compile(
    r"n[’']t\b|[nN][’'](?=\w)|\d+(?:[.,:]\d+)*|[^\W\d_]+?(?=n[’']t\b)|[^\W\d_]+(?:[’'-][^\W\d_]+)*"
)
_QUOTED_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A place in a text with its words: (folded, as written)."""

    start: int
    end: int
    words: tuple[str, ...]
    written: tuple[str, ...]


def _sentences(text: str, language: str | None) -> list[_Sentence]:
    found = []
    for start, end in find_sentences(text, language):
        written = tuple(_WORD.findall(text[start:end]))
        if written:
            words = tuple(w.casefold().replace("’", "'") for w in written)
            found.append(_Sentence(start, end, words, written))
    return found


def _plain(text: str) -> str:
    return " ".join(_QUOTED_WORD.findall(text.casefold()))


def _is_other_title(before: Article, after: Article) -> bool:
    """Whether words of the headline changed; both must have one."""
    if not before.title or not after.title:
        return False
    old, new = _plain(before.title), _plain(after.title)
    if old == new:
        return False
    left, right = old.split(), new.split()
    changed = (
        list((Counter(left) - Counter(right)).elements()),
        list((Counter(right) - Counter(left)).elements()),
    )
    return not _is_typo(*changed)


def _compare(
    before: Article,
    after: Article,
    old: Sequence[_Sentence],
    new: Sequence[_Sentence],
    notes: Sequence[Announcement],
    language: str | None,
) -> Iterator[RevisionChange]:
    numbers: dict[str, int] = {}
    left = [[numbers.setdefault(w, len(numbers)) for w in s.words] for s in old]
    right = [[numbers.setdefault(w, len(numbers)) for w in s.words] for s in new]
    pairs = pair_sentences(left, right, least=_ALIKE)
    paired_old = {i for pair in pairs for i in pair.left}
    paired_new = {j for pair in pairs for j in pair.right}
    for pair in pairs:
        one, other = [old[i] for i in pair.left], [new[j] for j in pair.right]
        here = Span(article=before.id, start=one[0].start, end=one[-1].end)
        there = Span(article=after.id, start=other[0].start, end=other[-1].end)
        for kind in _kinds_of_pair(before.text, after.text, one, other, language):
            yield RevisionChange(kind=kind, before=here, after=there)
    for j, sentence in enumerate(new):
        noted = any(n.span.start <= sentence.start < n.span.end for n in notes)
        if j not in paired_new and not noted and len(sentence.words) >= _FEWEST_WORDS:
            span = Span(article=after.id, start=sentence.start, end=sentence.end)
            yield RevisionChange(kind="added", before=None, after=span)
    for i, sentence in enumerate(old):
        if i not in paired_old and len(sentence.words) >= _FEWEST_WORDS:
            span = Span(article=before.id, start=sentence.start, end=sentence.end)
            yield RevisionChange(kind="removed", before=span, after=None)


def _kinds_of_pair(
    before: str, after: str, one: Sequence[_Sentence], other: Sequence[_Sentence], language: str | None
) -> Iterator[RevisionKind]:
    """What differs in substance between sentences that belong together."""
    old, new = [w for s in one for w in s.words], [w for s in other for w in s.words]
    old_text, new_text = (
        before[one[0].start : one[-1].end],
        after[other[0].start : other[-1].end],
    )
    # Quotation marks may move although the words stay: somebody's words become the paper's own.
    if old == new and _quoted(old_text) == _quoted(new_text):
        return
    if _names_differ(one, other, language):
        yield "name"
    if _figures(old_text, language) != _figures(new_text, language):
        yield "figure"
    if _quoted(old_text) != _quoted(new_text):
        yield "quotation"
    negations = _negations(language)
    if sum(w in negations for w in old) != sum(w in negations for w in new):
        yield "negation"
    yield from _long_changes(old, new)


def _long_changes(old: Sequence[str], new: Sequence[str]) -> Iterator[RevisionKind]:
    """Whole clauses that came or went inside a sentence."""
    numbers: dict[str, int] = {}
    left, right = ([numbers.setdefault(w, len(numbers)) for w in words] for words in (old, new))
    gained = lost = 0
    for d in find_differences(left, right):
        more = (d.right_last - d.right_first) - (d.left_last - d.left_first)
        gained, lost = max(gained, more), max(lost, -more)
    if gained >= _CLAUSE:
        yield "added"
    if lost >= _CLAUSE:
        yield "removed"


_CLAUSE = 5
"""Words more on one side from which an insertion is text of its own and no rewording."""


def _names_differ(one: Sequence[_Sentence], other: Sequence[_Sentence], language: str | None) -> bool:
    """Whether words with capitals inside the sentences differ, more than by a slip of typing."""
    old, new = _capitals(one, language), _capitals(other, language)
    here = {w for s in one for w in s.words}
    there = {w for s in other for w in s.words}
    # A word that only lost or got its capital, or stands first now, is the same word.
    lost = sorted(w for w in old - new if w not in there)
    gained = sorted(w for w in new - old if w not in here)
    return bool(lost or gained)


def _capitals(sentences: Sequence[_Sentence], language: str | None) -> set[str]:
    """Folded words that are written as names. German capitalises all nouns: there only words beside another such word count."""
    found: set[str] = set()
    for sentence in sentences:
        marks = [w[0].isupper() for w in sentence.written]
        for at, (word, capital) in enumerate(zip(sentence.words, marks, strict=True)):
            beside = (at > 1 and marks[at - 1]) or (at + 1 < len(marks) and marks[at + 1])
            if capital and (beside if language == "de" or at == 0 else True):
                found.add(word.removesuffix("'s"))
    return found


def _figures(text: str, language: str | None) -> Counter[tuple[float | None, float | None, str | None]]:
    """Quantities and bare numbers, digits or words; "a" and "one" say nothing here."""
    found: Counter[tuple[float | None, float | None, str | None]] = Counter()
    covered = []
    for q in find_quantities(text, language):
        covered.append((q.start, q.end))
        if not (q.in_words and q.low == q.high == 1):
            found[q.low, q.high, q.unit] += 1
    for m in _NUMBER.finditer(text):
        if not any(start <= m.start() < end for start, end in covered):
            value = float(re.sub(r"\D", "", m[0]))
            found[value, value, None] += 1
    return found


_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


def _quoted(text: str) -> list[str]:
    runs = (_plain(text[start:end]) for start, end in find_quoted(text))
    return sorted(run for run in runs if run.count(" ") + 1 >= _FEWEST_QUOTED)


def _is_typo(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether words were only mistyped: as many of them, each like its partner, no numbers."""
    if len(old) != len(new) or any(c.isdigit() for w in (*old, *new) for c in w):
        return False
    return all(len(a) > 2 and fuzz.ratio(a, b) >= _TYPO for a, b in zip(old, new, strict=True))


def _codes(language: str | None) -> tuple[str, ...]:
    return (language,) if language in find_languages() else find_languages()


@lru_cache(maxsize=64)
def _negations(language: str | None) -> frozenset[str]:
    words = {w for code in _codes(language) for w in language_words(code, "prompts", "negation")}
    return frozenset(words)


@lru_cache(maxsize=64)
def _patterns(kind: str, language: str | None) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(labels at the start of a paragraph, phrases anywhere in it); those of all languages where this one has none."""
    own = language in find_languages() and language_words(language, "prompts", kind)
    codes = dict.fromkeys((language, "en") if own else find_languages())
    listed = []
    for key in (f"{kind}_label", kind):
        words = {w for code in codes for w in language_words(code, "prompts", key)}
        listed.append("|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w))) or "(?!)")
    return (
        re.compile(rf"\W{{0,3}}(?:{listed[0]})(?:\s*[:–—|]|\s+-\s|\s*\(|\s*$)"),
        re.compile(rf"(?<!\w)(?:{listed[1]})(?!\w)"),
    )


def _announces(words: str, kind: str, language: str | None) -> bool:
    label, phrase = _patterns(kind, language)
    return bool(label.match(words) or phrase.search(words))
