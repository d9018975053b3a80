"""The day of publication as an interval with evidence: clues in, `Published` out.

Machine clues (JSON-LD, meta tags, feed, `<time>`, address), visible date lines and the text's own words are joined;
wrong is worse than unknown. The clock of an archive is an upper bound and nothing else. Days stay as the page writes
them, in its own offset. Finding the clues in HTML is not done here, finding dates in words is `stemma.text.dates`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from stemma.text.dates import (
    EARLIEST_YEAR,
    HAS_YEAR,
    LATEST_YEAR,
    DateMention,
    find_dates,
    keep_weekday_lines,
    make_date,
)
from stemma.types import DateBasis, DateClue, Published


def parse_machine_date(value: str, *, basis: DateBasis, modified: bool = False) -> DateClue | None:
    """A date as programs write it: ISO 8601, RFC 5322, `20220310`, seconds since 1970, or a date in words.

    The day is the one written, never shifted to another offset. With `modified` the clue is an upper bound only: a
    page is published on or before the day of its last change. None where no day can be read.
    """
    day = _read_machine_day(value.strip()[:80])
    if day is None:
        return None
    return DateClue(basis=basis, words=value.strip()[:80], earliest=None if modified else day, latest=day)


def find_url_date(url: str) -> DateClue | None:
    """The day (`/2022/03/10/`, `2022-03-10`, `20220310`) or month (`/2022/03/`) in the path of an address."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    for pattern in _URL_DAYS:
        for m in pattern.finditer(path):
            day = make_date(int(m[1]), int(m[2]), int(m[3]))
            if day and _plausible(day):
                return DateClue(basis="url", words=m[0].strip("/"), earliest=day, latest=day)
    for m in _URL_DAY_FIRST.finditer(path):
        day = make_date(int(m[3]), int(m[2]), int(m[1]))
        if day and _plausible(day) and (day.day > _MONTHS or day.day == day.month):
            return DateClue(basis="url", words=m[0], earliest=day, latest=day)
    for m in _URL_MONTH.finditer(path):
        first = make_date(int(m[1]), int(m[2]), 1)
        if first and _plausible(first):
            return DateClue(basis="url", words=m[0].strip("/"), earliest=first, latest=_month_end(first))
    return None


def resolve_published(
    clues: Sequence[DateClue], *, text: str, language: str | None, fetched: datetime | None
) -> Published:
    """Joins the clues, strongest first within one basis, with the words of `text`, and the clock of the archive.

    `stated` is set only where a machine clue or a supported visible line gives one day that nothing contradicts.
    Otherwise the bounds: the latest past day that the text names, the last change, `fetched`.
    """
    # The words of the text judge a shown day that no machine gives, and bound a page without a day; no other page pays for
    # reading them.
    given = {c.latest for c in clues if c.basis != "visible" and c.latest and _usable(c, fetched)}
    judged = any(c.basis == "visible" and c.latest not in given for c in clues)
    machine = any(
        c.earliest and c.earliest == c.latest and c.basis != "visible" and _usable(c, fetched) for c in clues
    )
    lower = find_text_bounds(text, language=language) if judged or not machine else []
    known = [c for c in clues if _usable(c, fetched) and not _contradicted(c, lower, clues)]
    upper = [c for c in known if c.earliest is None and c.latest is not None]
    ranked = sorted((c for c in known if c.earliest is not None), key=lambda c: _RANK[c.basis])
    days = [c for c in ranked if c.earliest == c.latest]
    ranges = [c for c in ranked if c.earliest != c.latest]
    if days:
        best = _decide_day(days, upper)
        older = next((c for c in days if c.basis == "url"), None)
        if best is not None and older is not None and _is_moved(best, older):
            return _disputed(best, older, fetched)
        if best is not None:
            return _stated(best, (best, *(c for c in ranked if c is not best and _covers(c, best))))
        return _disputed(days[0], next(c for c in days if c.basis == "visible"), fetched)
    return _bounded([*ranges, *upper, *lower], fetched)


def find_text_bounds(text: str, *, language: str | None) -> list[DateClue]:
    """A lower bound that the article's sentences give: the latest day that they tell of as past.

    Only sentences with a word of the past count ("was", "since") and none of the future: announcements name days to come
    without any sign (6 of 506 pages of `extract/date` were dated too late by them). A month counts from its first day, a year
    alone is background ("annexed in 2014") and bounds only by its beginning. Days without a year bound nothing: they may
    be of the year before, unless their weekday says of which ("on Monday, July 21").
    """
    best: tuple[date, str] | None = None
    # Lines without a year hold no such day, and are most of a text.
    dated = "\n".join(_dated_lines(text))
    for mention in find_dates(dated, language):
        day = _first_day(mention) if mention.past and not mention.future else None
        if day and (best is None or day > best[0]):
            best = (day, mention.words)
    if best is None:
        return []
    bounds = [DateClue(basis="text", words=best[1], earliest=best[0], latest=None)]
    later = _find_weekday_bound(text, language, best[0])
    return [*bounds, later] if later else bounds


# ---------------------------------------------------------------- parsing

_RANK: dict[DateBasis, int] = {
    "json-ld": 0,
    "meta": 1,
    "feed": 2,
    "time": 3,
    "url": 4,
    "visible": 5,
    "text": 6,
    "archive": 7,
}
_ISO = re.compile(
    r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_URL_DAYS = (
    re.compile(r"(?<!\d)((?:19|20)\d{2})[/_.-](\d{1,2})[/_.-](\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)"),
)
_URL_DAY_FIRST = re.compile(r"(?<![\d-])(\d{1,2})-(\d{1,2})-(20\d{2})(?![\d-])")
_MONTHS = 12
"""Up to this number, day and month of an address could be exchanged."""
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(0?[1-9]|1[0-2])(?=/|$)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")


def _read_machine_day(value: str) -> date | None:
    if m := _ISO.match(value):
        day = make_date(int(m[1]), int(m[2]), int(m[3]))
        return day if day and _plausible(day) else None
    if _EPOCH.fullmatch(value):
        day = datetime.fromtimestamp(int(value[:10]), UTC).date()
        return day if _plausible(day) else None
    if "," in value[:5] or ":" in value:
        try:
            day = parsedate_to_datetime(value).date()
        except (ValueError, TypeError, IndexError):
            day = None
        if day and _plausible(day):
            return day
    days = {m.date for m in find_dates(value) if m.kind == "day" and not m.ambiguous}
    day = days.pop() if len(days) == 1 else None
    return day if day and _plausible(day) else None


def _plausible(day: date) -> bool:
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def _month_end(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _dated_lines(text: str) -> Iterator[str]:
    at = 0
    while m := HAS_YEAR.search(text, at):
        start, end = text.rfind("\n", 0, m.start()) + 1, text.find("\n", m.start())
        line = text[start : end if end >= 0 else len(text)]
        if HAS_YEAR.search(line):
            yield line
        if end < 0:
            return
        at = end + 1


def _find_weekday_bound(text: str, language: str | None, known: date) -> DateClue | None:
    """The latest past day without a year whose year its weekday tells, given a day before which the text was not written.

    Days are named without a year for a year at most. So the day is not before `known` less a year, and the first
    year in which it falls on that weekday is the earliest that can be meant: the text is not older than that.
    """
    best: tuple[date, str] | None = None
    for mention in find_dates(keep_weekday_lines(text, language), language):
        if mention.kind != "month-day" or mention.weekday is None or not mention.past or mention.future:
            continue
        years = range(known.year - 1, known.year + _WEEKDAYS_RETURN)
        days = (make_date(year, mention.month, mention.day) for year in years)
        first = next(
            (d for d in days if d and d.weekday() == mention.weekday and (known - d).days <= _YEAR), None
        )
        if first and first > known and (best is None or first > best[0]):
            best = (first, mention.words)
    return DateClue(basis="text", words=best[1], earliest=best[0], latest=None) if best else None


_YEAR = 366
_WEEKDAYS_RETURN = 12
"""A day of the year falls on the same weekday again after at most eleven years (28 February apart)."""


def _first_day(mention: DateMention) -> date | None:
    if mention.kind == "day":
        return None if mention.ambiguous else mention.date
    if mention.kind == "month":
        return make_date(mention.year, mention.month, 1)
    if mention.kind == "year":
        return make_date(mention.year, 1, 1)
    return None


# ---------------------------------------------------------------- joining

_PUBLISHED_LABEL = re.compile(r"publi|veröffentlicht|erschienen|posted|gepostet|publicad|pubblicat|geplaatst")


def _usable(clue: DateClue, fetched: datetime | None) -> bool:
    """A page cannot have been published after it was fetched; one day of grace for other time zones."""
    if clue.basis == "archive":
        return False
    limit = fetched.date() + timedelta(days=1) if fetched else None
    return limit is None or clue.earliest is None or clue.earliest <= limit


def _decide_day(days: Sequence[DateClue], upper: Sequence[DateClue]) -> DateClue | None:
    """The clue that says the day that the page means, None where it says two.

    Where a machine's day in UTC and another one are neighbours, the machine wrote another time zone than the reader sees
    (`extract/date`: the day shown is right in 12 of 14 such pages, the address in 4 of 4), unless the page shows the machine's
    day too. A machine's day with an offset of its own is the publisher's: a neighbour shown beside it is a later version,
    unless a second claim of the machine says so. Where the page shows the day of its last change, or a day far from the
    machine's, the page contradicts itself, unless the machine's word is as explicit as JSON-LD. A shown day before that of a
    meta tag is the older, original one; one after it is a clock in the header, or, where it says "published", a dispute.
    """
    best = days[0]
    shown = next((c for c in days if c.basis == "visible"), None)
    if not _is_local(best) and not (shown and _apart(best, shown) == 0):
        for other in ([shown] if shown else []) + [c for c in days if c.basis == "url" or _is_local(c)]:
            if _apart(best, other) == 1:
                return other if _same_moment(best, other) else best
        for change in upper:
            if change.latest and best.earliest and (best.earliest - change.latest).days == 1:
                return replace(change, earliest=change.latest)
    if shown is None or _apart(best, shown) == 0:
        return best
    if _apart(best, shown) == 1:
        seconded = any(c.basis in ("json-ld", "meta") and _apart(c, shown) == 0 for c in days)
        return shown if _same_moment(best, shown) and (seconded or not _is_local(best)) else best
    if any(c.latest == shown.latest for c in upper):
        return None
    if best.basis == "json-ld":
        # A meta tag and the page itself against JSON-LD alone: two of three.
        claimed = [c for c in days if c.basis == "meta"]
        if claimed and all(_apart(c, shown) == 0 for c in claimed):
            return claimed[0]
    if best.basis in ("json-ld", "url", "feed"):
        return best
    if best.basis == "meta":
        if best.earliest and shown.earliest and shown.earliest < best.earliest:
            return shown
        return None if _PUBLISHED_LABEL.search(shown.words.lower()) else best
    return shown if _PUBLISHED_LABEL.search(shown.words.lower()) else None


def _contradicted(clue: DateClue, lower: Sequence[DateClue], clues: Sequence[DateClue]) -> bool:
    """Whether a line that only readers see dates the text before days that the text tells of, and no later change explains it."""
    if clue.basis != "visible" or clue.latest is None:
        return False
    later = [
        c.earliest for c in lower if c.earliest is not None and c.earliest > clue.latest + timedelta(days=1)
    ]
    changes = [c.latest for c in clues if c.earliest is None and c.latest is not None]
    return any(not any(change >= day for change in changes) for day in later)


def _is_moved(best: DateClue, address: DateClue) -> bool:
    """Whether the address has a day so long before that of the machine that the page was dated anew."""
    assert best.earliest is not None
    assert address.earliest is not None
    return (best.earliest - address.earliest).days > _DATED_ANEW


_DATED_ANEW = 60
"""Days; an address is that of a draft up to a month before (`extract/html`: 28)."""


def _apart(a: DateClue, b: DateClue) -> int:
    assert a.earliest is not None
    assert b.earliest is not None
    return abs((a.earliest - b.earliest).days)


def _is_local(clue: DateClue) -> bool:
    """Whether a machine's time has an offset other than UTC: then its day is the publisher's own."""
    m = _ISO.match(clue.words)
    return bool(m and m[7] and m[7] not in ("Z", "+00:00", "+0000", "-00:00"))


def _same_moment(machine: DateClue, other: DateClue) -> bool:
    """Whether a time in UTC can be of the neighbouring day on somebody's clock: offsets go from -12 to +14 hours."""
    m = _ISO.match(machine.words)
    if not m or not m[4] or machine.earliest is None or other.earliest is None:
        return True
    return int(m[4]) < 12 if other.earliest < machine.earliest else int(m[4]) >= 10


def _disputed(best: DateClue, shown: DateClue, fetched: datetime | None) -> Published:
    """Both days as the ends of an interval: the page gives two and does not say which."""
    low, high = sorted(d for d in (best.earliest, shown.earliest) if d)
    if fetched:
        high = min(high, max(fetched.date(), low))
    return Published(earliest=low, latest=high, basis=_bases((best, shown)), clues=(best, shown))


def _covers(clue: DateClue, best: DateClue) -> bool:
    assert best.earliest is not None
    low, high = clue.earliest or date.min, clue.latest or date.max
    return low <= best.earliest <= high


def _stated(best: DateClue, agreeing: tuple[DateClue, ...]) -> Published:
    return Published(
        stated=_iso_words(best),
        earliest=best.earliest,
        latest=best.latest,
        basis=_bases(agreeing),
        clues=agreeing,
    )


def _bounded(clues: Sequence[DateClue], fetched: datetime | None) -> Published:
    """The intersection of all intervals; one that would empty it is left out, the weaker first."""
    low: date | None = None
    high = fetched.date() if fetched else None
    used: list[DateClue] = []
    if fetched:
        used.append(DateClue(basis="archive", words=fetched.isoformat(), earliest=None, latest=high))
    for clue in clues:
        new_low = max((d for d in (low, clue.earliest) if d), default=None)
        new_high = min((d for d in (high, clue.latest) if d), default=None)
        if new_low and new_high and new_low > new_high:
            continue
        if (new_low, new_high) != (low, high):
            used.append(clue)
        low, high = new_low, new_high
    return Published(earliest=low, latest=high, basis=_bases(used), clues=tuple(used))


def _bases(clues: Sequence[DateClue]) -> tuple[DateBasis, ...]:
    return tuple(sorted({c.basis for c in clues}, key=_RANK.__getitem__))


def _iso_words(clue: DateClue) -> str:
    """The page's own time where it writes one, as ISO 8601; else the day alone."""
    assert clue.earliest is not None
    day = clue.earliest.isoformat()
    m = _ISO.match(clue.words)
    if not m or not m[4] or int(m[4]) > 23 or int(m[5]) > 59 or int(m[6] or 0) > 59:
        return day
    offset = m[7] or ""
    if offset not in ("", "Z") and ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    return f"{day}T{m[4]}:{m[5]}:{m[6] or '00'}{offset}"
