"""Sentences of an article that could be shown alone: cut out, cleaned of datelines, judged for how they read.

A candidate is always one run of the article's text. Captions, headings, furniture, cut-off pieces and halves of
quotations are left out; what reads less well alone ("But he ...") is kept with a lower `standing`.
Goes to `choice`, which weighs candidates against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.text.lang import language_words
from stemma.text.quotation import find_quoted
from stemma.text.sentences import find_sentences
from stemma.text.tokens import find_words, stem_words
from stemma.types import Article

SHORTEST, LONGEST = 6, 60
"""Words of a sentence that may be shown."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`article.text[start:end]`; `order` counts the article's sentences from 0; `standing` is 1 where it reads alone.

    `words` are lower-case, `stems` the stems of its content words in order, without stop words.
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
    text = article.text
    cut = text if len(text) <= reach else text[:reach]
    found: list[Candidate] = []
    body = find_body(cut)
    order = 0
    for start, end in find_sentences(cut, language):
        if end <= body or (end == len(cut) < len(text)):
            continue
        start = max(start, body)
        start, end = _trim(cut, start, end)
        order += 1
        if start < end and (made := _judge(cut, start, end, order - 1, index, language)):
            found.append(made)
    return found


def find_body(text: str) -> int:
    """Where the report begins behind a dateline ("KYIV, July 21 (AP) — "); 0 where there is none."""
    match = _DATELINE.match(text)
    if match and _is_dateline(match.group()):
        return match.end()
    inner = _CREDIT_DASH.search(text, 0, _DATELINE_REACH)
    return inner.end() if inner else 0


# ---------------------------------------------------------------- helpers

_DATELINE_REACH = 400
_DATELINE = re.compile(
    r"[ \t\n]*(?=[A-Z\u00c0-\u00de(])[^\n.!?:;\"“«„]{2,60}?(?:[.!?] ?)?(?:\s?[-–—]{1,2}|\.-|:)\s+(?=[\"“«„'‘\[\w])"
)
_CREDIT_DASH = re.compile(r"\([A-Z][\w ./&-]{1,24}\)\s*[-–—]{1,2}\s+(?=[\"“«„A-Z\u00c0-\u00de])")
_CAPITALS = re.compile(r"^[ \t\n]*[A-Z\u00c0-\u00de]{3,}")
_BRACKETS = re.compile(r"\([A-Z][^()]{1,40}\)\s*[-–—:.]{1,2}-?\s+$")
_ENDS = re.compile(r"[.!?…。।؟][\"'”’»“)\]]*$")
_SPACE = re.compile(r"\s+")
_LOWER = re.compile(r"^[\"“«„'‘(\[]*[a-zß-öø-ÿ]")
_ADDRESS = re.compile(r"https?://|www\.|\S@\S|[|►▶•#]{1}\s|\{|\}|\\u|pic\.twitter")


def _is_dateline(head: str) -> bool:
    return bool(_CAPITALS.match(head) or _BRACKETS.search(head))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start].isspace() or text[start] in "*•·►▶|"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _judge(text: str, start: int, end: int, order: int, index: int, language: str | None) -> Candidate | None:
    raw = text[start:end]
    if not _ENDS.search(raw) or _LOWER.match(raw) or _ADDRESS.search(raw):
        return None
    words = [w for w, _, _ in find_words(raw)]
    if not SHORTEST <= len(words) <= LONGEST or not _whole_quotation(raw):
        return None
    lowered = _SPACE.sub(" ", raw.lower())
    if any(p in lowered for p in sorted(language_words(language, "digest", "furniture"))):
        return None
    stop = language_words(language, "words", "stop")
    content = [w for w in words if w not in stop]
    if len(content) < 3:
        return None
    return Candidate(
        article=index,
        start=start,
        end=end,
        order=order,
        text=_SPACE.sub(" ", raw),
        words=tuple(words),
        stems=tuple(stem_words(content, language)),
        standing=_standing(raw, words, language),
    )


def _whole_quotation(raw: str) -> bool:
    """No half of a quotation: every mark that opens closes, and words stand outside the marks."""
    quoted = find_quoted(raw)
    inside = sum(end - start for start, end in quoted)
    rest = raw
    for start, end in reversed(quoted):
        rest = rest[:start] + rest[end:]
    return inside < 0.75 * len(raw) and not any(mark in rest for mark in '“”„«»"')


def _standing(raw: str, words: Sequence[str], language: str | None) -> float:
    standing = 1.0
    if words[0] in language_words(language, "digest", "dangling"):
        standing *= 0.45
    elif words[0] in language_words(language, "digest", "connective"):
        standing *= 0.6
    outside = raw
    for start, end in reversed(find_quoted(raw)):
        outside = outside[:start] + outside[end:]
    if not language_words(language, "digest", "first_person").isdisjoint(outside.lower().split()):
        standing *= 0.5
    if raw.rstrip("\"'”’»“)]").endswith(("?", "!")):
        standing *= 0.4
    return standing
