"""Sentences of an article that could be shown alone: cut out, freed of datelines, judged for how they read.

A candidate is always one run of the article's text. Furniture is left out. Captions, headings, cut-off pieces and
halves of quotations stay as evidence of what the article speaks of, with standing 0: they are never shown. What reads
less well alone ("But he ...") is kept with a lower standing. Goes to `choice`, which weighs candidates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from stemma.digest.openings import find_lead_in
from stemma.text.lang import language_words
from stemma.text.quotation import find_quoted
from stemma.text.sentences import find_sentences
from stemma.text.tokens import split_words, stem_words
from stemma.types import Article

SHORTEST, LONGEST = 6, 60
"""Words of a sentence that may be shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`article.text[start:end]`; `order` counts the sentences from where the report begins; `standing` is 0 to 1.

    `text` is the run with its white space made single; `words` are lower-case, `stems` those of its content words.
    """

    article: int
    start: int
    end: int
    order: int
    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    standing: float


def find_candidates(article: Article, *, index: int, language: str | None, reach: int) -> list[Candidate]:
    """Sentences within the first `reach` characters of the article; `index` is the article's place in its story."""
    whole = article.text
    text = whole if len(whole) <= reach else whole[:reach]
    found: list[Candidate] = []
    order = 0
    page = _Page(text, index, language)
    for number, (start, end) in enumerate(find_sentences(text, language)):
        if end == len(text) < len(whole):
            break  # cut by the reach, not by a stop
        lead_in, is_dateline = find_lead_in(
            text[start:end], article.title, first=number == 0, language=language
        )
        if number > DATELINE_WITHIN:
            lead_in = 0
        elif is_dateline:
            # What stands before a dateline is caption or summary, not report.
            found = [replace(c, standing=0.0) for c in found]
            order = 0
        start = _skip_bullet(text, start + lead_in, end)
        if made := page.judge(start, end, order):
            found.append(made)
            order += 1
    return found


HEADLINE = 10
"""Words at the start of an article that are mostly capitalised where a headline has no stop behind it."""

DATELINE_WITHIN = 8
"""Sentences among which a dateline is looked for."""


# ---------------------------------------------------------------- helpers

_ENDS = re.compile(r"[.!?…。।؟][\"'”’»“)\]]*$")
_LOWER = re.compile(r"^[\"“«„'‘(\[]*[a-zß-öø-ÿ]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|[|►▶•#]\s|\{|\}|\\u|pic\.twitter")
_SHOUTING = re.compile(r"\b[A-ZÀ-Þ]{4,}(?:[ ,]+[A-ZÀ-Þ]{2,})+\b")
_CLOCK = re.compile(r".{0,30}?\b\d{1,2}: ?\d\d\b")
_CLOCK_WITHIN = 33
_NAME_OR_NUMBER = re.compile(r"[A-ZÀ-Þ\d]")
_BROKEN_NUMBER = re.compile(r"(?<!\d)\d\.\s+\d")
_QUOTATION_MARK = re.compile('[“”„«»"]')
_CAPTION_DATE = re.compile(r"\d{1,2}, (?:19|20)\d\d\.$")
_ORDINAL_END = re.compile(r"(?<!\d)\d{1,2}\.$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_DEFINITE = re.compile(r"(?:The|Der|Die|Das|Le|La|Les|El|Los|Las)\s+[a-zß-öø-ÿ]")


def _skip_bullet(text: str, start: int, end: int) -> int:
    while start < end and (text[start].isspace() or text[start] in "*•·►▶|"):
        start += 1
    return start


class _Page:
    """The text of one article, and what need not be looked for in its sentences since the whole has none of it."""

    def __init__(self, text: str, index: int, language: str | None) -> None:
        self._text, self._index, self._language = text, index, language
        low = text.lower()
        self._furniture = [phrase for phrase in _furniture(language or "") if phrase in low]
        self._addressed = _ADDRESS.search(text) is not None
        self._shouting = _SHOUTING.search(text) is not None
        self._stop = language_words(language, "words", "stop")

    def judge(self, start: int, end: int, order: int) -> Candidate | None:
        """None for furniture; standing 0 for what tells something but cannot be shown."""
        raw = self._text[start:end]
        words = split_words(raw)
        if not words or (self._addressed and _ADDRESS.search(raw)):
            return None
        if self._furniture:
            lowered = raw.lower()
            if any(phrase in lowered for phrase in self._furniture):
                return None
        stop = self._stop
        content = [w for w in words if w not in stop]
        outside = _outside(raw, find_quoted(raw))
        shown = (
            SHORTEST <= len(words) <= LONGEST
            and len(content) >= 3
            and bool(_ENDS.search(raw))
            and not _LOWER.match(raw)
            and raw.count("(") == raw.count(")")
            and raw.count("[") == raw.count("]")
            and _whole_quotation(raw, outside)
            and not _BROKEN_NUMBER.match(self._text, end - 2)
            and not _BROKEN_NUMBER.search(self._text, max(0, start - 4), start + 1)
        )
        return Candidate(
            article=self._index,
            start=start,
            end=end,
            order=order,
            text=" ".join(raw.split()),
            words=tuple(words),
            stems=tuple(stem_words(content, self._language)),
            standing=self._weigh(raw, outside, words, order) if shown else 0.0,
        )

    def _weigh(self, raw: str, outside: str, words: Sequence[str], order: int) -> float:
        """How well a sentence reads without its neighbours; the factors were set by reading briefs, not by a figure."""
        language = self._language
        standing = 1.0
        if words[0] in language_words(language, "digest", "dangling"):
            standing *= 0.4
        elif not language_words(language, "digest", "connective").isdisjoint(
            words[:2] if order else words[:1]
        ):
            standing *= 0.6
        elif order and _DEFINITE.match(raw):
            standing *= 0.85  # "The man", "The source": somebody named before
        spoken = words if outside == raw else split_words(outside)
        if not language_words(language, "digest", "first_person").isdisjoint(spoken):
            standing *= 0.5
        if raw.rstrip("\"'”’»“)]").endswith(("?", "!")):
            standing *= 0.4
        if (
            (self._shouting and _SHOUTING.search(raw))
            or (":" in raw[:_CLOCK_WITHIN] and _CLOCK.match(raw))
            or _CAPTION_DATE.search(raw, max(0, len(raw) - 10))
        ):
            standing *= 0.5
        if order == 0 and sum(w[0].isupper() for w in raw.split()[:HEADLINE]) >= 0.8 * HEADLINE:
            standing *= 0.5  # a headline ran into the sentence
        if len(words) < 12 and not _NAME_OR_NUMBER.search(raw, 1):
            standing *= 0.6  # "A daily summary of reports."
        return standing


@lru_cache(maxsize=64)
def _furniture(language: str) -> tuple[str, ...]:
    """What pages say of themselves ("read more"); one expression of them all is ten times slower than one by one."""
    return tuple(sorted(language_words(language, "digest", "furniture")))


def _whole_quotation(raw: str, outside: str) -> bool:
    """No half of a quotation: every mark that opens closes, and words stand outside the marks."""
    return len(outside) > 0.25 * len(raw) and not _QUOTATION_MARK.search(outside)


def _outside(raw: str, quoted: Sequence[tuple[int, int]]) -> str:
    for start, end in reversed(quoted):
        raw = raw[:start] + raw[end:]
    return raw
