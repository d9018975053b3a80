"""Dates as they stand in a text: full days, days without a year, months, years, weekdays, "two weeks ago", "yesterday".

Only what is written is found and parsed, with its place; nothing is resolved against a day of publication here
(`stemma.extract.dates` does that), and no clock is read. Words of the languages come from the `[dates]` tables.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from stemma.text.lang import find_languages, load_language

MentionKind = Literal["day", "month", "year", "month-day", "weekday", "ago", "relative"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """One date expression: `text[start:end] == words`.

    `day`, `month`, `year` hold what is written. `weekday` is 0 for Monday; it may accompany a day. `back` are the
    fewest and the most days before now that "ago" and "relative" mention (negative = ahead). `future` says that words
    beside it ("will", "until", "due") speak of something to come, `past` that a word of its sentence ("was", "since") tells of
    what was, which neither is certain in a sentence without such words. `ambiguous` says that day and month of a number
    date could be exchanged.
    """

    start: int
    end: int
    words: str
    kind: MentionKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    back: tuple[int, int] | None = None
    future: bool = False
    past: bool = False
    ambiguous: bool = False

    @property
    def date(self) -> date | None:
        """The day, where year, month and day are written."""
        return make_date(self.year, self.month, self.day)


EARLIEST_YEAR, LATEST_YEAR = 1990, 2099
"""Years that a publication on the web can have; older ones are history, later ones are not dates."""


def make_date(year: int | None, month: int | None, day: int | None) -> date | None:
    """A day, or None where a part is missing or no calendar has it."""
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


HAS_YEAR = re.compile(r"[\d和成國国](?:\d{3}|[-/.]\s?\d\d?[-/.]\s?\d\d|\s?(?:\d{1,3}|元)\s?年\s?\d\d?\s?月)")
"""Found in every text with a mention of kind `day`, `month` or `year`: one cheap look before `find_dates`."""
MOST_MENTIONS = 400
"""Mentions that are read of one text; an article has some ten."""


def keep_weekday_lines(text: str, language: str | None = None) -> str:
    """The lines in which a weekday and a number stand: all that can hold a day with its weekday, and little of a text."""
    named = _weekday_pattern(language or "")
    return "\n".join(line for line in text.split("\n") if _DIGIT.search(line) and named.search(line))


@lru_cache(maxsize=64)
def _weekday_pattern(language: str) -> re.Pattern[str]:
    names = sorted(_lexicon(language).weekdays, key=lambda w: (-len(w), w))
    return re.compile(
        rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, names)) or '(?!)'})(?![^\W\d_])", re.IGNORECASE
    )


def find_dates(text: str, language: str | None = None) -> list[DateMention]:
    """All date expressions in order of place; words of every language with a file where the language is not known.

    `language` may name a region ("en-GB"): outside the United States the day stands before the month in numbers too.
    """
    lexicon = _lexicon(language or "")
    if not _DIGIT.search(text) and lexicon.named.isdisjoint([w.lower() for w in _TOKEN.findall(text)]):
        return []  # most sentences
    tokens = [(m[0].lower(), *m.span()) for m in _TOKEN.finditer(text)]
    if lexicon.pairs:
        tokens = _join_pairs(tokens, lexicon.pairs)
    found = [_with_weekday(text, m, lexicon) for m in _find_numeric(text, lexicon)[:MOST_MENTIONS]]
    taken = [(m.start, m.end) for m in found]
    for at, (word, _start, _end) in enumerate(tokens):
        if word not in lexicon.named and not (len(word) == 4 and word.isdigit()):
            continue
        mention: DateMention | None = None
        if word in lexicon.months:
            mention = _read_month(text, tokens, at, lexicon)
        elif word in lexicon.weekdays:
            mention = _read_weekday(text, tokens, at, lexicon)
        elif word in lexicon.relative:
            shift = lexicon.relative[word]
            mention = _mention(text, tokens, at, at, kind="relative", back=(-shift, -shift))
        elif word in lexicon.units:
            mention = _read_ago(text, tokens, at, lexicon)
        elif at and EARLIEST_YEAR - 200 <= int(word) <= LATEST_YEAR:
            mention = _read_year(text, tokens, at, lexicon)
        if mention and not any(mention.start < e and s < mention.end for s, e in taken):
            taken.append((mention.start, mention.end))
            found.append(mention)
            if len(found) >= MOST_MENTIONS:
                break
    return sorted((_with_tense(text, m, lexicon) for m in found), key=lambda m: (m.start, m.end))


# ---------------------------------------------------------------- words of the languages


@dataclass(frozen=True, slots=True)
class _Lexicon:
    months: dict[str, int]
    weekdays: dict[str, int]
    relative: dict[str, int]
    units: dict[str, int]
    numbers: dict[str, int]
    ago: frozenset[str]
    before_number: tuple[str, ...]
    joiners: frozenset[str]
    named: frozenset[str]
    """The words at which a mention is looked for: months, weekdays, relative days and units."""
    pairs: dict[str, frozenset[str]]
    """The second words of months that have two, by the first ("tháng 1", "كانون الثاني")."""
    future: frozenset[str]
    until: frozenset[str]
    past: frozenset[str]
    day_first: bool


@lru_cache(maxsize=64)
def _lexicon(language: str) -> _Lexicon:
    code, _, region = language.partition("-")
    tables = [load_language(code).get("dates")] if code else []
    known = [t for t in tables if t]
    if not known:
        known = [t for code in find_languages() if (t := load_language(code).get("dates"))]
    # English last, so that of two readings of one word ("mar", "may") the English one stands where nothing is known.
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for table in known:
        months.update({w: n for n, words in enumerate(table.get("months", ()), 1) for w in words})
        weekdays.update({w: n for n, words in enumerate(table.get("weekdays", ())) for w in words})
    relative = {
        w: shift
        for table in known
        for key, shift in (("today", 0), ("yesterday", -1), ("tomorrow", 1))
        for w in table.get(key, ())
    }
    units = {w: n for t in known for n, words in enumerate(t.get("units", ())) for w in words}
    pairs: dict[str, frozenset[str]] = {}
    for name in months:
        first, _, second = name.partition(" ")
        if second:
            pairs[first] = pairs.get(first, frozenset()) | {second}
    return _Lexicon(
        months=months,
        weekdays={w: n for w, n in weekdays.items() if w not in months},
        relative=relative,
        units=units,
        pairs=pairs,
        named=frozenset({*(n.split(" ")[0] for n in months), *months, *weekdays, *relative, *units}),
        numbers={w: n for t in known for n, w in enumerate(t.get("numbers", ()), 1)}
        | {w: 1 for t in known for w in t.get("number_one", ())},
        ago=_union(known, "ago"),
        before_number=tuple(sorted(_union(known, "before_number"))),
        joiners=_union(known, "joiners"),
        future=_union(known, "future"),
        until=_union(known, "until"),
        past=_union(known, "past"),
        day_first=all(t.get("day_first", True) for t in known) or region.upper() in _DAY_FIRST_REGIONS,
    )


_DAY_FIRST_REGIONS = frozenset({"GB", "IE", "AU", "NZ", "IN", "ZA", "NG", "KE", "SG", "MY", "PK", "HK"})
"""Where English is written with the day before the month (CLDR's short dates)."""


def _union(tables: list[Any], key: str) -> frozenset[str]:
    return frozenset(w for t in tables for w in t.get(key, ()))


# ---------------------------------------------------------------- reading

# Vowel signs of Indic scripts and marks of Arabic are part of a word and no letters.
_MARKS = (
    "\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
)
_TOKEN = re.compile(rf"\d+|[^\W\d_]+(?:[{_MARKS}]+[^\W\d_]*)*(?:['’][^\W\d_]+)*")
_DIGIT = re.compile(r"\d")
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f,.'’ºª°/\-–]{0,3}")
# "2031. 11. 1." is how Korean offices write it.
_ISO = re.compile(r"(?<![\d.])(\d{4})([-/.])(?:(?<=\.)\s)?(\d{1,2})\2(?:(?<=\.)\s)?(\d{1,2})(?!\d|[-/.]\d)")
# "28.09.1912:44" is a year of two digits with a clock behind it.
_DMY = re.compile(
    r"(?<![\d.,/-])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{2}(?=[0-2]\d:\d\d(?!\d))|(?:\d{4}|\d{2})(?![\d%]|[-/.,]\d))"
)
_CJK = re.compile(
    r"(?:(令和|平成|民國|民国)\s?(\d{1,3}|元)|(\d{4}))\s?[年년]\s?(\d{1,2})\s?[月월]\s?(?:(\d{1,2})\s?[日일])?"
)
# The year before the first of an era: Japan's offices count by reigns, Taiwan's from 1912.
_ERAS = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
# Longest word forms of "ago" in days: minutes and hours, day, week, month, year.
_UNIT_DAYS = ((0, 1), (1, 1), (7, 7), (30, 31), (365, 366))

_Token = tuple[str, int, int]


def _find_numeric(text: str, lexicon: _Lexicon) -> list[DateMention]:
    found = []
    for m in _CJK.finditer(text):
        year = _ERAS[m[1]] + (1 if m[2] == "元" else int(m[2])) if m[1] else int(m[3])
        month, day = int(m[4]), int(m[5]) if m[5] else None
        if make_date(year, month, day or 1):
            kind: MentionKind = "day" if day else "month"
            found.append(_numeric(text, m, kind=kind, year=year, month=month, day=day))
    for m in _ISO.finditer(text):
        year, month, day = int(m[1]), int(m[3]), int(m[4])
        if make_date(year, month, day):
            found.append(_numeric(text, m, kind="day", year=year, month=month, day=day))
    for m in _DMY.finditer(text):
        first, second, year = int(m[1]), int(m[3]), int(m[4])
        if len(m[4]) == 2:
            year += 2000
        # Points part day, month, year everywhere; a stroke does so except in the United States.
        day, month = (first, second) if m[2] != "/" or lexicon.day_first else (second, first)
        either = m[2] != "." and first <= 12 and second <= 12 and first != second and not lexicon.day_first
        if month > 12:
            day, month = month, day
        if make_date(year, month, day):
            found.append(_numeric(text, m, kind="day", year=year, month=month, day=day, ambiguous=either))
    return found


def _with_weekday(text: str, mention: DateMention, lexicon: _Lexicon) -> DateMention:
    """A weekday right before a date in numbers belongs to it: `Mittwoch, 26.02.2020`."""
    m = _LAST_WORD.search(text, max(0, mention.start - 16), mention.start)
    weekday = lexicon.weekdays.get(m[1].lower()) if m else None
    if m is None or weekday is None:
        return mention
    return replace(mention, start=m.start(1), words=text[m.start(1) : mention.end], weekday=weekday)


_LAST_WORD = re.compile(r"([^\W\d_]+)[.,]?\s*(?:den |the |le )?$")


def _numeric(
    text: str,
    m: re.Match[str],
    *,
    kind: MentionKind,
    year: int,
    month: int,
    day: int | None,
    ambiguous: bool = False,
) -> DateMention:
    return DateMention(
        start=m.start(),
        end=m.end(),
        words=text[m.start() : m.end()],
        kind=kind,
        year=year,
        month=month,
        day=day,
        ambiguous=ambiguous,
    )


def _join_pairs(tokens: list[_Token], pairs: dict[str, frozenset[str]]) -> list[_Token]:
    """The tokens with the two words of a month as one."""
    joined: list[_Token] = []
    for word, start, end in tokens:
        first = joined[-1] if joined else None
        if first and word in pairs.get(first[0], ()) and start == first[2] + 1:
            joined[-1] = (f"{first[0]} {word}", first[1], end)
        else:
            joined.append((word, start, end))
    return joined


def _read_month(text: str, tokens: list[_Token], at: int, lexicon: _Lexicon) -> DateMention | None:
    """`5 March 2022`, `March 5th, 2022`, `5. März`, `March 2022`, `the 5th of March`: around the month at `at`."""
    month = lexicon.months[tokens[at][0]]
    first = last = at
    day = year = None
    left = _step(text, tokens, at, -1, lexicon)
    if left is not None and _is_day(tokens[left][0]):
        day, first = int(tokens[left][0]), left
    right = _step(text, tokens, at, 1, lexicon)
    if right is not None and lexicon.months.get(tokens[right][0]) == month:
        right = _step(text, tokens, right, 1, lexicon)  # two names of one month ("كانون الثاني/يناير")
    if right is not None and tokens[right][0].isdigit():
        word = tokens[right][0]
        if day is None and _is_day(word) and not _is_clock(text, tokens[right][2]):
            day, last = int(word), right
            after = _step(text, tokens, right, 1, lexicon)
            if after is not None and _is_year(tokens[after][0]):
                year, last = int(tokens[after][0]), after
        elif _is_year(word):
            year, last = int(word), right
    if year is None and day is not None and left is not None and _is_year(tokens[left][0]):
        year, first = int(tokens[left][0]), left  # "2031. október 22.", "2031 m. kovo 31 d."
    if day is None and year is None:
        return None
    if not text[tokens[at][1]].isupper() and year is None and not lexicon.day_first:
        return None  # "may 5" is no date in English
    if day is not None and not make_date(year or 2000, month, day):
        return None
    weekday = None
    before = _step(text, tokens, first, -1, lexicon)
    if before is not None and tokens[before][0] in lexicon.weekdays:
        weekday, first = lexicon.weekdays[tokens[before][0]], before
    kind: MentionKind = "month" if day is None else "month-day" if year is None else "day"
    return _mention(text, tokens, first, last, kind=kind, year=year, month=month, day=day, weekday=weekday)


def _read_weekday(text: str, tokens: list[_Token], at: int, lexicon: _Lexicon) -> DateMention | None:
    word, start, _ = tokens[at]
    if len(word) < 5 or (text[start].islower() and not lexicon.day_first):
        return None  # "sun", "mon", "so" are words of their own
    after = _step(text, tokens, at, 1, lexicon)
    if after is not None and (tokens[after][0] in lexicon.months or _is_day(tokens[after][0])):
        beyond = _step(text, tokens, after, 1, lexicon)
        if tokens[after][0] in lexicon.months or (beyond is not None and tokens[beyond][0] in lexicon.months):
            return None  # belongs to the date that follows
    return _mention(text, tokens, at, at, kind="weekday", weekday=lexicon.weekdays[word])


def _read_ago(text: str, tokens: list[_Token], at: int, lexicon: _Lexicon) -> DateMention | None:
    """`two weeks ago`, `vor drei Tagen`, `il y a deux ans`, `hace una semana`, `24 minutes ago`."""
    if not at:
        return None
    number = tokens[at - 1][0]
    count = int(number) if number.isdigit() and len(number) < 4 else lexicon.numbers.get(number)
    if count is None or not _GAP.fullmatch(text, tokens[at - 1][2], tokens[at][1]):
        return None
    first, last = at - 1, at
    lead = text[max(0, tokens[first][1] - 12) : tokens[first][1]].lower().rstrip()
    if at + 1 < len(tokens) and tokens[at + 1][0] in lexicon.ago:
        last = at + 1
    elif not any(
        lead.endswith(b) and not lead[: len(lead) - len(b)][-1:].isalpha() for b in lexicon.before_number
    ):
        return None
    low, high = _UNIT_DAYS[lexicon.units[tokens[at][0]]]
    # "two weeks ago" is said from ten days on to eighteen, "three days ago" is meant exactly.
    slack = 0 if high <= 1 else high // 2
    exact = lexicon.units[tokens[at][0]] == 0
    back = (0, max(1, count // 24 + 1)) if exact else (max(0, low * count - slack), high * count + slack)
    return _mention(text, tokens, first, last, kind="ago", back=back)


def _read_year(text: str, tokens: list[_Token], at: int, lexicon: _Lexicon) -> DateMention | None:
    """A bare year counts only after a word that makes it one: "in 2014", "since 2022"."""
    if tokens[at - 1][0] not in _BEFORE_YEAR or not _GAP.fullmatch(text, tokens[at - 1][2], tokens[at][1]):
        return None
    return _mention(text, tokens, at, at, kind="year", year=int(tokens[at][0]))


_BEFORE_YEAR = frozenset(
    ["in", "since", "im", "jahr", "seit", "en", "depuis", "desde", "nel", "dal", "em", "sinds", "by", "of"]
)


def _mention(
    text: str, tokens: list[_Token], first: int, last: int, *, kind: MentionKind, **parts: Any
) -> DateMention:
    start, end = tokens[first][1], tokens[last][2]
    return DateMention(start=start, end=end, words=text[start:end], kind=kind, **parts)


def _step(text: str, tokens: list[_Token], at: int, way: int, lexicon: _Lexicon) -> int | None:
    """The neighbouring token across blanks and one joiner ("of", "de", "th"), on the same line."""
    for _ in range(3):
        to = at + way
        if not 0 <= to < len(tokens):
            return None
        low, high = (tokens[to][2], tokens[at][1]) if way < 0 else (tokens[at][2], tokens[to][1])
        if not _GAP.fullmatch(text, low, high):
            return None
        if tokens[to][0] not in lexicon.joiners:
            return to
        at = to
    return None


def _is_day(word: str) -> bool:
    return len(word) <= 2 and word.isdigit() and 1 <= int(word) <= 31


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit() and EARLIEST_YEAR - 200 <= int(word) <= LATEST_YEAR


def _is_clock(text: str, end: int) -> bool:
    return text[end : end + 1] == ":" and text[end + 1 : end + 2].isdigit()


def _with_tense(text: str, mention: DateMention, lexicon: _Lexicon) -> DateMention:
    """Marks what may be of days to come ("until" before it, "will" in the sentence) and what is told as past ("was")."""
    before = _SENTENCE_END.split(text[max(0, mention.start - 160) : mention.start])[-1].lower()
    after = _SENTENCE_END.split(text[mention.end : mention.end + 100])[0].lower()
    lead = _TOKEN.findall(before)
    if lead and lead[-1] in lexicon.until:
        return replace(mention, future=True)
    words = [*lead, *_TOKEN.findall(after)]
    if len(words) >= 3 and any(w in lexicon.future for w in words):
        return replace(mention, future=True)
    if any(w in lexicon.past for w in words):
        return replace(mention, past=True)
    return mention


_SENTENCE_END = re.compile(r"[.!?]\s+(?=[\"'“„«(\[]?[^\W\d_a-zà-ÿ])|[\n;]|[。！？]")
