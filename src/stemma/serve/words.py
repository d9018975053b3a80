"""Dates, numbers and the closed lists of the store in plain words of the reader's language.

Only strings come out, never HTML. What is not known is said so ("undated"), an interval is said as one. Used by the
pages and feeds.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from babel import Locale

from stemma.serve.messages import count_things, format_count, spoken, t
from stemma.store.views import PublishedView

__all__ = ["count_things"]

COPY_KINDS = {
    "verbatim": "word for word",
    "excerpt": "excerpt",
    "edited": "edited copy",
    "rewrite": "rewritten",
}

CHANGES = {
    ("quote", "reworded"): "quotation reworded inside its marks",
    ("quote", "cut"): "quotation cut short",
    ("quote", "other speaker"): "quotation given to another speaker",
    ("quote", "invented"): "quotation that the other text does not have",
    ("quote", "lost"): "quotation left out",
    ("quote", "gained"): "quotation added",
    ("figure", "changed"): "figure changed",
    ("figure", "rounded"): "figure rounded",
    ("figure", "converted"): "figure converted",
    ("figure", "lost"): "figure left out",
    ("figure", "gained"): "figure added",
    ("name", "changed"): "name changed",
    ("name", "lost"): "name left out",
    ("name", "gained"): "name added",
    ("hedge", "lost"): "caution lost",
    ("hedge", "gained"): "caution added",
    ("hedge", "changed"): "caution changed",
    ("title", "changed"): "title changed",
    ("added", None): "added",
    ("dropped", None): "left out",
}

RELATIONS = {
    "contradiction": ("Contradiction", "The reports differ, and nothing in them says why."),
    "revision": ("Revision", "Later reports give a newer count."),
    "different scope": ("Different scope", "The reports count for different places, times or groups."),
    "different definition": ("Different definition", "The reports count different things under one name."),
    "parts and sum": ("Parts and sum", "One report gives the parts of what another gives as a whole."),
    "rounding": ("Rounding", "The same value, rounded differently."),
    "agree": ("Agreement", "The reports give the same."),
}
"""Relations in the order in which a page shows them: what a reader must know first."""

PHASES = {
    "breaking": "Breaking",
    "developing": "Developing",
    "settled": "Settled",
}
"""How far along a story is."""

REASONS = {
    "names": "Names in common: {words}",
    "words": "Words in common: {words}",
    "figures": "Figures in common: {words}",
    "days": "Days in common: {words}",
    "person": "Put here by a person: {words}",
}
"""What ties an article to its story, and a story to its thread, by the word that the store has before it."""

GENRES = {
    "opinion": "opinion",
    "analysis": "analysis",
    "live": "live report",
    "press release": "press release",
    "sponsored": "paid for",
    "satire": "satire",
    "fact check": "fact check",
    "other": "other kind",
}
"""Kinds of articles that are no plain news."""

SIZES = {1e9: "{n} billion", 1e6: "{n} million"}
"""Sizes that are said in words, the largest first."""

STATES = {
    "new": "not visited yet",
    "ok": "well",
    "waiting": "asked to wait",
    "failing": "failing",
    "stopped": "given up",
}
"""How a followed source fares."""

ADDITIONS = {
    "outlet": "the name of the outlet",
    "date": "the date, which follows from the article’s day",
    "ellipsis": "words left out",
}

DATE_BASES = {
    "json-ld": "the page’s structured data",
    "meta": "the page’s meta tags",
    "time": "a time element of the page",
    "feed": "the outlet’s feed",
    "url": "the address of the page",
    "visible": "a date printed on the page",
    "text": "the article’s own words",
    "archive": "the clock of the archive or the fetch",
}

WITNESSES = {
    "its source": "the article that it was taken from",
    "its copy": "a copy that was taken from it",
    "its words in a copy": "the same words in a dated copy",
    "its words in another report": "the same words in another report",
}

REVISED = {
    "title": "Headline changed",
    "name": "Name changed",
    "figure": "Figure changed",
    "quotation": "Quotation changed",
    "negation": "Negation changed",
    "added": "Sentence added",
    "removed": "Sentence left out",
}

ANNOUNCED = {
    "correction": "The page announces a correction",
    "retraction": "The page takes the report back",
    "clarification": "The page announces a clarification",
}

FIELDS = {
    "title": "Title",
    "byline": "By",
    "outlet": "Outlet",
    "agency": "Agency",
    "dateline": "Dateline",
    "section": "Section",
    "genre": "Kind",
    "published": "Published",
    "language": "Language",
    "text": "Text",
    "url": "Address",
    "source_url": "Primary source",
    "images": "Pictures",
    "embedded": "Other stories",
}

LANGUAGES = {
    "ar": "Arabic", "bg": "Bulgarian", "ca": "Catalan", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fr": "French",
    "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch", "no": "Norwegian",
    "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian",
    "sr": "Serbian", "sv": "Swedish", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese",
    "zh": "Chinese",
}  # fmt: skip

OWN_NAMES = {
    "ar": "العربية", "bg": "български", "ca": "català", "cs": "čeština", "da": "dansk", "de": "Deutsch", "el": "ελληνικά",
    "en": "English", "es": "español", "et": "eesti", "fa": "فارسی", "fi": "suomi", "fr": "français",
    "he": "עברית", "hi": "हिन्दी", "hr": "hrvatski", "hu": "magyar", "id": "Indonesia", "it": "italiano",
    "ja": "日本語", "ko": "한국어", "lt": "lietuvių", "lv": "latviešu", "nl": "Nederlands", "no": "norsk",
    "pl": "polski", "pt": "português", "ro": "română", "ru": "русский", "sk": "slovenčina", "sl": "slovenščina",
    "sr": "српски", "sv": "svenska", "th": "ไทย", "tr": "Türkçe", "uk": "українська", "vi": "Tiếng Việt",
    "zh": "中文",
}  # fmt: skip

# fmt: off
_ARTICLES = {
    "a", "an", "the", "der", "die", "das", "den", "dem", "des", "ein", "eine", "einer", "le", "la", "les", "un", "une",
    "el", "los", "las", "una",
}
# fmt: on
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?\Z")
_CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?\Z")


def describe_published(published: PublishedView) -> str:
    """The interval of publication: "10 March 2022", "between 9 and 10 March 2022", "undated"."""
    first, last = published.earliest, published.latest
    if first and last:
        return _describe_interval(first, last)
    if first:
        return t("on or after {day}", day=describe_day(first))
    if last:
        return t("on or before {day}", day=describe_day(last))
    return t("undated")


def describe_span(published: PublishedView) -> str:
    """From a story's first day to its last: "9 to 11 March 2022"."""
    first, last = published.earliest, published.latest
    if first is None or last is None or first == last:
        return describe_published(published)
    return t("{low} to {high}", low=_shorten(first, last), high=describe_day(last))


def describe_clock(published: PublishedView) -> str | None:
    """The clock time of publication as the page states it, with its own offset; None where it states none."""
    m = _CLOCK.match(published.stated or "")
    if m is None:
        return None
    offset = {"Z": "UTC", "+00:00": "UTC", None: ""}.get(m[2], f"UTC{m[2]}")
    return f"{m[1]} {offset}".rstrip()


def describe_day(day: date) -> str:
    """ "10 March 2022"."""
    language = spoken()
    return language.day.format(day=day.day, month=language.months[day.month - 1], year=day.year)


def describe_short_day(day: date) -> str:
    """A day without its year, for a drawing that has no room for it: "10 March"."""
    language = spoken()
    return language.short_day.format(day=day.day, month=language.months[day.month - 1])


def describe_moment(moment: datetime) -> str:
    """ "10 March 2022, 14:05 UTC" for an aware time in UTC, with the offset for any other."""
    zone = moment.strftime("%z")
    offset = " UTC" if zone in ("", "+0000") else f" UTC{zone[:3]}:{zone[3:5]}"
    return f"{describe_day(moment.date())}{spoken().comma}{moment:%H:%M}{offset}"


def describe_date_text(value: str) -> str:
    """A timeline's date ("2022-03-10", "2022-03", "2022") in words; unchanged where it has another form."""
    m = _DAY.match(value)
    if m is None or not 1 <= int(m[2] or 1) <= 12:
        return value
    if m[3]:
        try:
            return describe_day(date(int(m[1]), int(m[2]), int(m[3])))
        except ValueError:
            return value
    return f"{spoken().months[int(m[2]) - 1]} {m[1]}" if m[2] else m[1]


def describe_number(value: float) -> str:
    """Thousands parted, millions in words, no more digits than are there: "1,250", "3.2 million", "0.000012"."""
    if not math.isfinite(value):
        return "?"
    for size, name in SIZES.items():
        # Only where no digit is lost: 3,210,455 stays as it is.
        part = value / size
        if 1 <= abs(part) < 1_000_000 and round(part, 3) == part:
            return t(name, n=_write_digits(part))
    return _write_digits(value)


def _write_digits(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return format_count(int(value))
    plain = f"{value:,.6f}".rstrip("0").rstrip(".") if 1e-4 < abs(value) < 1e15 else f"{value:.6g}"
    language = spoken()
    return plain.translate({ord(","): language.thousands, ord("."): language.decimal})


def describe_value(
    low: float | None, high: float | None, *, unit: str | None = None, qualifier: str | None = None
) -> str:
    """A quantity with its bounds: "at least 5", "3 to 4 kg", "about 5%"; empty for a statement without a number."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        known = low if low is not None else high
        word = "at least" if high is None else "up to"
        if qualifier in ("at least", "more than", "fewer than", "up to", "about"):
            word = "about" if qualifier == "about" and high is None else qualifier
        text = f"{t(word)} {describe_number(known or 0.0)}"
    elif low == high:
        text = f"{t('about')} {describe_number(low)}" if qualifier == "about" else describe_number(low)
    else:
        text = t("{low} to {high}", low=describe_number(low), high=describe_number(high))
    if not unit:
        return text
    return f"{text}%" if unit == "%" else f"{text} {unit}"


def describe_time(words: str) -> str | None:
    """The time of a figure as its text gives it: "as of Tuesday", but "on Tuesday"; a date in words.

    None for half a phrase ("the night"), which says nothing without its sentence.
    """
    if words.partition(" ")[0].lower() in _ARTICLES:
        return None
    if words[:1].islower():
        return words
    return t("as of {day}", day=describe_date_text(words))


def describe_change(kind: str, detail: str | None) -> str:
    """What a copy changed, in words."""
    known = CHANGES.get((kind, detail))
    return t(known) if known else f"{kind.capitalize()}{f': {detail}' if detail else ''}"


def describe_language(tag: str) -> str:
    """The name of a language: in English on English pages, else its own; the tag where it is not known here."""
    short = tag.lower().partition("-")[0]
    return LANGUAGES.get(short, tag) if spoken().tag == "en" else name_language(tag)


def name_language(tag: str) -> str:
    """What a language calls itself; the tag where that is not known here."""
    return OWN_NAMES.get(tag.lower().partition("-")[0], tag)


def describe_genre(genre: str) -> str:
    """What kind of article it is, in words."""
    return t(GENRES.get(genre, genre))


def describe_state(state: str) -> str:
    """How a source fares, in words."""
    return t(STATES.get(state, state))


def describe_addition(kind: str) -> str:
    """What was put into a sentence, in words."""
    return t(ADDITIONS.get(kind, kind))


def join_values(values: Sequence[str], *, most: int = 4) -> str:
    """Values in the order of the reports, "23, 25, 31"; of more than `most` the first and the last."""
    if len(values) > most:
        return f"{values[0]} … {values[-1]}"
    return spoken().comma.join(values)


def join_words(words: tuple[str, ...] | list[str], *, most: int = 4) -> str:
    """ "A, B and C"; "A, B, C and 5 more" where there are over `most`."""
    if len(words) > most:
        return t(
            "{list} and {n} more",
            list=spoken().comma.join(words[: most - 1]),
            n=format_count(len(words) - most + 1),
        )
    if len(words) < 2:
        return "".join(words)
    return t("{list} and {last}", list=spoken().comma.join(words[:-1]), last=words[-1])


def _describe_interval(first: date, last: date) -> str:
    if first == last:
        return describe_day(first)
    months = spoken().months
    if first.year == last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return t("in {month}", month=first.year)
    same = (first.year, first.month) == (last.year, last.month)
    if same and first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return t("in {month}", month=f"{months[first.month - 1]} {first.year}")
    return t("between {first} and {last}", first=_shorten(first, last), last=describe_day(last))


def _shorten(first: date, last: date) -> str:
    """The first of two days without the month and the year that the second has too: every language here has the day first."""
    if first.year != last.year:
        return describe_day(first)
    return spoken().bare_day.format(day=first.day) if first.month == last.month else describe_short_day(first)


def describe_reason(reason: str) -> str:
    """ "names: tolvik, marrant" in the reader's words, names with capitals; what has no such beginning as it stands."""
    kind, parted, rest = reason.partition(": ")
    if kind == "names":
        rest = ", ".join(name[:1].upper() + name[1:] for name in rest.split(", "))
    return t(REASONS[kind], words=rest) if parted and kind in REASONS else reason


def name_country(code: str) -> str:
    """The country of an ISO 3166 code in the language spoken; the code where it is none."""
    return str(_load_territories(spoken().tag).get(code, code))


@cache
def _load_territories(tag: str) -> Mapping[str, str]:
    return dict(Locale.parse(tag).territories)
