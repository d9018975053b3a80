"""Visible date lines: which date that a page shows to readers is its day of publication, as clues.

Works on lines of text with what is known of them (names of elements on web pages, nothing on flattened ones). A date
is believed for where it stands (beside the headline), how it is labelled ("Published", "date") and that it stands
alone; dates of comments, teasers, events and the page's own clock are not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from stemma.text.dates import EARLIEST_YEAR, HAS_YEAR, DateMention, find_dates
from stemma.text.lang import find_languages, language_words
from stemma.types import DateClue


class DateLine(NamedTuple):
    """A line of a page: `hint` are the names of its elements (empty on flattened pages), `heading` the headline itself,
    `body` a paragraph of the article; one that is not `dated` is known to hold no year."""

    text: str
    hint: str = ""
    heading: bool = False
    body: bool = False
    dated: bool = True


BELIEVED = 3.0
"""Weight from which a line counts; set on `extract/date`."""


def find_visible_dates(lines: Sequence[DateLine], *, language: str | None = None) -> list[DateClue]:
    """The publication day that the page shows, and where it shows one the day of its last change (an upper bound).

    Empty where no date is believed or two different ones are equally good.
    """
    candidates = _candidates(lines, language)
    clues = []
    for modified in (False, True):
        ranked = sorted((c for c in candidates if c.modified is modified), key=lambda c: (-c.weight, c.line))
        if not ranked or ranked[0].weight < BELIEVED:
            continue
        best = ranked[0]
        rival = next((c for c in ranked if c.day != best.day), None)
        # Two dates side by side are those of publication and of the last change.
        side_by_side = rival and abs(rival.line - best.line) <= 1 and not modified
        if rival and side_by_side and rival.weight >= best.weight - 0.5:
            best = min(best, rival, key=lambda c: c.day)
        elif rival and rival.weight >= best.weight - 0.5:
            continue
        clues.append(
            DateClue(
                basis="visible",
                words=lines[best.line].text[:80],
                earliest=None if modified else best.day,
                latest=best.day,
            )
        )
    return clues


def opens_with_label(line: str) -> bool:
    """Whether a date line opens with the word for publication ("Erschienen am: …"), in any of the languages."""
    return _PUBLISHED_LABEL.match(line.lstrip("([|•·- ").lower()) is not None


# ---------------------------------------------------------------- weighing

_LONGEST = 220
_MOST_DATES = 200
_GOOD_HINT = re.compile(
    r"date|datum|publi|posted|timestamp|submitted|pub-?time|(?<![a-z])time|fecha|erstellt", re.IGNORECASE
)
_FAIR_HINT = re.compile(
    r"meta|byline|info|author|autor|kicker|dachzeile|subline|entry-(?:header|footer)|details|tagline|headline|post-head",
    re.IGNORECASE,
)
_BAD_HINT = re.compile(
    r"comment|kommentar|leserbrief|footer|sidebar|related|raleted|widget|copyright|event|calendar|kalender|carousel|slider|"
    r"promo|ticker|weather|modal|banner|reply|disqus|topbar|caption|figure|imginline|gallery|(?:^|[\s_-])(?:nav|menu|archives?|recent|latest|teasers?|"
    r"aside|user|forum)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SLIDES = re.compile(r"carousel|slide", re.IGNORECASE)
SITE_HEAD = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|top|wrap|igation)?|top-?bar|masthead|mod_datetime|current-?date|today|clock)(?=$|[\s_-])",
    re.I,
)
"""Names of the head of a site, where a date is its clock."""
# "6 comments" beside a date says nothing against it, the names of a comment list do.
_COUNTED = re.compile(r"entry-comment|post-info-comments|comments?-(?:link|count|number)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Candidate:
    line: int
    day: date
    weight: float
    modified: bool


def _candidates(lines: Sequence[DateLine], language: str | None) -> list[_Candidate]:
    headings = [n for n, line in enumerate(lines) if line.heading]
    bodies = [n for n, line in enumerate(lines) if line.body]
    dated: list[tuple[int, DateMention]] = []
    for n, line in enumerate(lines):
        if n in bodies[:2] and (opening := _find_opening(line.text, language)):
            dated.append((n, opening))
        if not line.dated or len(line.text) > _LONGEST or not HAS_YEAR.search(line.text):
            continue
        dated.extend(
            (n, m)
            for m in find_dates(line.text, language)
            if m.kind == "day" and m.date and m.date.year >= EARLIEST_YEAR and not m.ambiguous
        )
        if len(dated) >= _MOST_DATES:
            break
    alike = Counter(lines[n].hint for n, _ in dated if lines[n].hint)
    of_kind: dict[str, set[date | None]] = {}
    for n, mention in dated:
        if lines[n].hint:
            of_kind.setdefault(lines[n].hint, set()).add(mention.date)
    days = Counter(mention.date for _, mention in dated)
    found = []
    for n, mention in dated:
        assert mention.date is not None
        near = _near(n, headings, bodies)
        if n in bodies[:2] and mention.start <= _BEFORE_OPENING and len(lines[n].text) > _OPENING:
            found.append(_Candidate(n, mention.date, BELIEVED, False))
            continue
        weight = _weigh(lines[n], mention, language, near=near) + near
        clock = (
            mention.weekday is not None
            and (not headings or n < headings[-1])
            and (not _GOOD_HINT.search(lines[n].hint) or SITE_HEAD.search(lines[n].hint))
            and (mention.end - mention.start) > 0.6 * len(lines[n].text)
        )
        if alike[lines[n].hint] >= 4:
            weight -= 1.5
        elif bodies and n > bodies[-1] and len(of_kind.get(lines[n].hint, ())) > 1:
            weight -= 3  # cards behind the text, each with its own day
        if clock:
            weight -= 5 if SITE_HEAD.search(lines[n].hint) else 2
        elif len(days) == 1 and not _BAD_HINT.search(_COUNTED.sub("", lines[n].hint)):
            weight += 2
        elif len(days) <= 3 and days[mention.date] > 1:
            weight += 0.5
        if _is_labelled(lines[n], mention):
            weight = max(weight, BELIEVED)
        found.append(_Candidate(n, mention.date, weight, _is_modified(lines[n].text, mention, language)))
    return found


def _is_labelled(line: DateLine, mention: DateMention) -> bool:
    """Whether a short line opens with the word for publication and holds little but its day, wherever it stands."""
    return (
        opens_with_label(line.text)
        and mention.start <= _LONGEST_LABEL
        and len(line.text) <= _LABELLED
        and not line.body
        and not _OF_OTHERS.search(line.hint)
    )


_PUBLISHED_LABEL = re.compile(
    r"(?:first |date |data |datum |fecha |zuletzt |online )?(?:de |di |der )?"
    r"(?:publi|veröffentlicht|erschienen|posted|gepostet|pubblicat|geplaatst|gepubliceerd|publicerad|opublikowan|yayın|опубликован|размещен|"
    r"发布|發布|发表|發表|掲載|公開|投稿|게시|입력|등록|승인|نشر|تاريخ النشر|प्रकाशित)"
)
_LONGEST_LABEL, _LABELLED = 30, 60
_OF_OTHERS = re.compile(
    r"comment|kommentar|sidebar|related|widget|teaser|recent|latest|card|promo|ticker|carousel|slide",
    re.IGNORECASE,
)


def _find_opening(text: str, language: str | None) -> DateMention | None:
    """The day with which a text opens: "27.1.2022 - The council …", as others begin with the place."""
    if not HAS_YEAR.search(text, 0, _OPENING):
        return None
    found = [
        m for m in find_dates(text[:_OPENING], language) if m.kind == "day" and m.date and not m.ambiguous
    ]
    if found and found[0].start <= _BEFORE_OPENING and _DASH.match(text, found[0].end):
        return found[0]
    return None


_OPENING, _BEFORE_OPENING = 60, 3
_DASH = re.compile(r"\)?(?:\s?(?:[–—:|]|-\s)|\. (?=[^\W\d_]))")


def _weigh(line: DateLine, mention: DateMention, language: str | None, *, near: float) -> float:
    before = line.text[: mention.start].lower()
    share = (mention.end - mention.start) / max(1, len(line.text))
    weight = 1.5 if share > 0.5 else 0.5 if share > 0.25 else 0.0
    if _has(before[-30:], language, "published") or _has(before[-40:], language, "modified"):
        weight += 1.5
    if _CLOCK.match(line.text, mention.end):
        weight += 0.5
    if _has(line.text.lower(), language, "not_published"):
        weight -= 3
    if _GOOD_HINT.search(line.hint):
        weight += 2
    elif _FAIR_HINT.search(line.hint):
        weight += 1
    if _BAD_HINT.search(_COUNTED.sub("", line.hint)):
        weight -= 1 if near >= 2 and not _SLIDES.search(line.hint) else 2
    if line.heading:
        weight += 0.5
    if mention.future:
        weight -= 1
    if line.body:
        weight -= 2 if len(line.text) > 80 else 0.5
    return weight


_CLOCK = re.compile(r"[\s,.|–-]{1,4}(?:um |at |à )?\d{1,2}[:.h]\d\d")


def _near(n: int, headings: Sequence[int], bodies: Sequence[int]) -> float:
    """How close a line stands to the nearest headline above or below it, and to the text."""
    weight = 0.0
    above = max((h for h in headings if h < n), default=None)
    below = min((h for h in headings if h > n), default=None)
    if above is not None and n - above <= 8:
        weight += 3 - 0.2 * (n - above)
    elif below is not None and below - n <= 4:
        weight += 2
    if bodies:
        if not headings and 0 < bodies[0] - n <= 12:
            weight += 1
        if 0 < bodies[0] - n <= 6 or 0 < n - bodies[-1] <= 3:
            weight += 1
        elif n > bodies[-1] + 10:
            weight -= 1
    return weight


def _is_modified(text: str, mention: DateMention, language: str | None) -> bool:
    """Whether the last label before a date says that the page was changed then; small words ("on") are no labels."""
    before = text[max(0, mention.start - 40) : mention.start].lower()
    places = {
        key: max((m.end() for m in pattern.finditer(before) if len(m[0]) > 3), default=-1)
        for key in ("modified", "published")
        if (pattern := _pattern(language, key))
    }
    return places.get("modified", -1) > places.get("published", -1)


def _has(words: str, language: str | None, key: str) -> bool:
    pattern = _pattern(language, key)
    return bool(pattern and pattern.search(words))


@lru_cache(maxsize=64)
def _pattern(language: str | None, key: str) -> re.Pattern[str] | None:
    codes = dict.fromkeys((language.partition("-")[0], "en")) if language else find_languages()
    words = {w for code in codes for w in language_words(code, "dates", key)}
    if not words:
        return None
    listed = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
