"""What a user typed into a search field, understood: groups of words, what must not be there, and fields.

Reads nothing but the words. Nothing that a user types is FTS5 syntax: every word is quoted. What cannot be understood
as a field is a word like any other, so that no search is ever a fault.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from stemma.store.spelling import SIGNS, space_out

FIELDS = ("outlet", "from", "lang", "said", "after", "before")
_PART = re.compile(rf'(-?)(?:({"|".join(FIELDS)}):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
_WORD = re.compile(r"[^\W_]")
_DAY = re.compile(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?\Z", re.ASCII)
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z", re.ASCII)
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]+\Z")
# Particles that Arabic joins to the word: the article, and, with, for, so, as (Ryding 2005, 7.1 and 15.3).
_CLITICS = ("ال", "و", "وال", "ب", "بال", "ل", "لل", "ف", "فال", "كال")
_MOST_PARTS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing to look for as an FTS5 expression, and the word of it to mark in what is shown."""

    expression: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A search: one term of each group must be there, none of `unwanted`; fields narrow it, all of them."""

    groups: tuple[tuple[Term, ...], ...] = ()
    unwanted: tuple[Term, ...] = ()
    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether a field says something."""
        return bool(
            self.outlets or self.sources or self.speakers or self.languages or self.after or self.before
        )

    @property
    def expression(self) -> str | None:
        """All words as one FTS5 expression; None where only fields were asked for."""
        if not self.groups:
            return None
        wanted = " AND ".join(_either(group) for group in self.groups)
        return f"({wanted}) NOT {_either(self.unwanted)}" if self.unwanted else wanted

    @property
    def words(self) -> tuple[str, ...]:
        """The words to mark in what is shown."""
        return tuple(term.word for group in self.groups for term in group)


@dataclass(slots=True)
class _Reading:
    groups: list[list[Term]] = field(default_factory=list)
    unwanted: list[Term] = field(default_factory=list)
    outlets: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    after: date | None = None
    before: date | None = None


def parse_query(words: str) -> Asked | None:
    """The search; None where there is nothing to look for in it."""
    reading = _Reading()
    either = False
    for minus, name, phrase, word in _PART.findall(words.replace("\0", " "))[:_MOST_PARTS]:
        if word == "OR" and not name and reading.groups:
            either = True
            continue
        if name and not minus and _take_field(reading, name.lower(), phrase or word.strip('"')):
            continue
        part = phrase or f"{name}{':' if name else ''}{word}".strip('"')
        terms = _find_terms(part, exact=bool(phrase))
        if not terms:
            continue
        if minus:
            reading.unwanted += terms
        elif either:
            reading.groups[-1] += terms
        else:
            reading.groups += [[term] for term in terms]
        either = False
    asked = Asked(
        groups=tuple(map(tuple, reading.groups)),
        unwanted=tuple(reading.unwanted),
        outlets=tuple(reading.outlets),
        sources=tuple(reading.sources),
        speakers=tuple(reading.speakers),
        languages=tuple(reading.languages),
        after=reading.after,
        before=reading.before,
    )
    return asked if asked.groups or asked.narrowed else None


def is_joined(word: str) -> bool:
    """Whether the word may stand inside a longer run of letters: signs, and Arabic with its particles."""
    return bool(SIGNS.search(word) or _ARABIC.match(word))


def _take_field(reading: _Reading, name: str, value: str) -> bool:
    """Whether the value can be one of the field's."""
    value = value.strip()
    if name in ("after", "before"):
        day = _parse_day(value)
        if day is not None:
            setattr(reading, name, day)
        return day is not None
    if name == "lang":
        tag = value.lower().partition("-")[0]
        if _LANGUAGE.match(tag):
            reading.languages.append(tag)
            return True
        return False
    if not _WORD.search(value):
        return False
    {"outlet": reading.outlets, "from": reading.sources, "said": reading.speakers}[name].append(value)
    return True


def _parse_day(value: str) -> date | None:
    """The first day of a year, a month or a day: "2031", "2031-05", "2031-05-13"."""
    m = _DAY.match(value)
    if m is None:
        return None
    try:
        return date(int(m[1]), int(m[2] or 1), int(m[3] or 1))
    except ValueError:
        return None


def _find_terms(part: str, *, exact: bool) -> list[Term]:
    """A word or phrase; where it mixes scripts, one term for each."""
    terms = [Term(expression=_quote(space_out(run)), word=run) for run in SIGNS.findall(part)]
    rest = " ".join(SIGNS.sub(" ", part).split())
    if _WORD.search(rest):
        terms.append(Term(expression=_expand(rest, exact=exact), word=rest))
    return terms


def _expand(word: str, *, exact: bool) -> str:
    """A word with its star, an Arabic word with the particles that may be joined to it, else the word as it stands."""
    if exact:
        return _quote(word)
    if word.endswith("*") and len(word.rstrip("*")) > 1:
        return f"{_quote(word.rstrip('*'))}*"
    if _ARABIC.match(word):
        stem = word[2:] if word.startswith("ال") and len(word) > 4 else word
        return f"({' OR '.join(_quote(form) for form in (stem, *(c + stem for c in _CLITICS)))})"
    return _quote(word)


def _either(terms: Sequence[Term]) -> str:
    return f"({' OR '.join(term.expression for term in terms)})"


def _quote(words: str) -> str:
    return '"' + words.replace('"', '""') + '"'
