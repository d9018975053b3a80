"""A cited sentence from a candidate: its own words, and what may be put in, marked as added.

Two things are put in: the date of a relative day ("on Wednesday (9 March 2022)"), where the article's own day of
publication settles it, and the outlet in front of a sentence whose figure others dispute. Goes to `brief`, `timeline`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from stemma.digest.candidates import Candidate
from stemma.digest.resolve import Dated, find_dated
from stemma.text.lang import language_words, load_language
from stemma.text.quotation import find_quoted
from stemma.text.tokens import split_words
from stemma.types import Added, Article, ArticleId, CitedSentence, Span

NEAR = 2
"""Days before publication within which a relative day is given its date: a weekday further back may as well be one to
come ("is getting ready for Sunday"), and one in another month does not follow at a glance."""

_BEFORE = 48
_NEXT_WORD = re.compile(r" ([^\W\d_]+(?:-[^\W\d_]+)?)")


def word_sentence(
    candidate: Candidate,
    support: Sequence[Candidate],
    articles: Sequence[Article],
    *,
    language: str | None = None,
    dated: set[str] | None = None,
    attributed: bool = False,
) -> CitedSentence:
    """The candidate's words with its own span first, then those that bear it out.

    `dated` holds the relative days that have their date already and gains those put in here; None puts none in.
    `attributed` puts the outlet in front where it is known.
    """
    article = articles[candidate.article]
    text = candidate.text
    added: list[Added] = []
    if dated is not None:
        text, added = _put_in_dates(candidate, article, language, dated)
    if attributed and article.outlet:
        head = f"{article.outlet}: "
        added = [
            Added(start=a.start + len(head), end=a.end + len(head), kind=a.kind, article=a.article)
            for a in added
        ]
        added.insert(0, Added(start=0, end=len(head) - 1, kind="outlet", article=article.id))
        text = head + text
    return CitedSentence(
        text=text,
        citations=tuple(
            Span(article=articles[c.article].id, start=c.start, end=c.end) for c in (candidate, *support)
        ),
        added=tuple(added),
    )


# ---------------------------------------------------------------- helpers


def _put_in_dates(
    candidate: Candidate, article: Article, language: str | None, dated: set[str]
) -> tuple[str, list[Added]]:
    text = candidate.text
    added: list[Added] = []
    if article.published.day is None:
        return text, added
    mentions = find_dated(candidate.text, article.published, language)
    if not all(m.relative for m in mentions):
        return text, added
    quoted = find_quoted(text)
    for found in mentions:
        words = candidate.text[found.start : found.end].lower()
        if words in dated or not _is_sure(candidate, found, article.published.day, quoted, language):
            continue
        dated.add(words)
        note = f" ({_spell(date.fromisoformat(found.date), language)})"
        at = _end_of_day(candidate.text, found.end, language) + len(text) - len(candidate.text)
        text = text[:at] + note + text[at:]
        added.append(_note(at, note, article.id))
    return text, added


def _end_of_day(text: str, end: int, language: str | None) -> int:
    """Behind "night" in "Tuesday night"."""
    following = _NEXT_WORD.match(text, end)
    if following and following[1].lower() in language_words(language, "digest", "parts_of_day"):
        return following.end()
    return end


def _note(at: int, note: str, article: ArticleId) -> Added:
    return Added(start=at + 1, end=at + len(note), kind="date", article=article)


def _is_sure(
    candidate: Candidate,
    found: Dated,
    published: date,
    quoted: Sequence[tuple[int, int]],
    language: str | None,
) -> bool:
    if not found.relative or found.ahead or len(found.date) != 10:
        return False
    if any(start < found.start < end for start, end in quoted):
        return False
    day = date.fromisoformat(found.date)
    if (day.year, day.month) != (published.year, published.month) or not 0 <= (published - day).days <= NEAR:
        return False
    if day == published and candidate.order > 1:
        return False  # "today" far down is often "nowadays"
    if re.match(r"[\s,]*\(?\d|['’]|-", candidate.text[found.end : found.end + 3]):
        return False  # a date follows, or "Wednesday's"
    lead = split_words(candidate.text[max(0, found.start - _BEFORE) : found.start])[-5:]
    return language_words(language, "digest", "unsure").isdisjoint(lead)


def _spell(day: date, language: str | None) -> str:
    """`9 March 2022` in the language's own form; ISO 8601 where it has none."""
    tables = load_language(language or "")
    form = tables.get("digest", {}).get("day")
    months = tables.get("dates", {}).get("months", ())
    if not form or len(months) != 12:
        return day.isoformat()
    name = str(months[day.month - 1][0])
    month = name.capitalize() if language in _CAPITAL_MONTHS else name
    return str(form).format(day=day.day, month=month, year=day.year)


_CAPITAL_MONTHS = frozenset(["en", "de"])
