"""Sentences with their places, never across a paragraph.

The cutting is sentencex's (Wikimedia; data for some 250 languages in the wheel, Punkt-like rules); here its pieces are
trimmed of white space, so that `text[start:end]` is exactly the sentence.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sentencex import segment

from stemma.text.lang import load_language

_ORDINAL_END = re.compile(r"(?<!\d)\d{1,2}\.$")
_FIRST_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"[^\n]+")
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
"""sentencex 1.0 panics on some initials after a space of several bytes ("Smith\u00a0J."); a plain one is as long."""


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines with words, trimmed; blank lines and single line ends both part paragraphs."""
    return [span for m in _PARAGRAPH.finditer(text) if (span := _trim(text, m.start(), m.end()))]


def find_sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """`(start, end)` of each sentence in order; English rules where the language is not known.

    What was cut behind the ordinal of a date ("am 12. | Juli") is joined again.
    """
    found: list[tuple[int, int]] = []
    for first, last in find_paragraphs(text):
        pieces = _cut(text[first:last], language or "en")
        if len(pieces) == 1:
            found.append((first, last))
        else:
            found += [(first + start, first + end) for start, end in pieces]
    return found


@lru_cache(maxsize=2048)
def _cut(paragraph: str, language: str) -> tuple[tuple[int, int], ...]:
    """The sentences of one paragraph: each stage asks for those of an article, and some read it only in part."""
    plain = paragraph if paragraph.isascii() else _WIDE_SPACE.sub(" ", paragraph)
    pieces = segment(language, plain)
    if len(pieces) == 1:
        return ((0, len(paragraph)),)
    months = _month_words(language)
    found: list[tuple[int, int]] = []
    at = 0
    for piece in pieces:  # end to end they are the whole paragraph
        span = _trim(paragraph, at, at + len(piece))
        at += len(piece)
        if span is None:
            continue
        if months and found and _inside_date(paragraph, found[-1][1], span[0], months):
            found[-1] = (found[-1][0], span[1])
        else:
            found.append(span)
    return tuple(found)


def _inside_date(text: str, end: int, start: int, months: frozenset[str]) -> bool:
    if not _ORDINAL_END.search(text, max(0, end - 4), end):
        return False
    word = _FIRST_WORD.match(text, start)
    return word is not None and word[0].lower().rstrip("s") in months


@lru_cache(maxsize=64)
def _month_words(language: str) -> frozenset[str]:
    """Names of months, without a final s, so that a genitive is known too; English writes no ordinal stop."""
    if language == "en":
        return frozenset()
    months = load_language(language).get("dates", {}).get("months", ())
    return frozenset(name.rstrip("s") for names in months for name in names)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
