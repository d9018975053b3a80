"""Sentences with their places, never across a paragraph.

The cutting is sentencex's (Wikimedia; data for some 250 languages in the wheel, Punkt-like rules); here its pieces are
trimmed of white space, so that `text[start:end]` is exactly the sentence.
"""

from __future__ import annotations

import re

from sentencex import get_sentence_boundaries

_PARAGRAPH = re.compile(r"[^\n]+")
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
"""sentencex 1.0 panics on some initials after a space of several bytes ("Smith\u00a0J."); a plain one is as long."""


def find_paragraphs(text: str) -> list[tuple[int, int]]:
    """Lines with words, trimmed; blank lines and single line ends both part paragraphs."""
    return [span for m in _PARAGRAPH.finditer(text) if (span := _trim(text, m.start(), m.end()))]


def find_sentences(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """`(start, end)` of each sentence in order; English rules where the language is not known."""
    plain = text if text.isascii() else _WIDE_SPACE.sub(" ", text)
    return [
        span
        for start, end in find_paragraphs(text)
        for piece in get_sentence_boundaries(language or "en", plain[start:end])
        if (span := _trim(text, start + piece["start_index"], start + piece["end_index"]))
    ]


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
