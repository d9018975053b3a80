"""The dateline at the very start of a text ("KYIV (AFP) —"): its place, and the agency that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.extract.credits.names import find_agency_name, initials_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place at the very start of a text ("KYIV (AFP) —"); the article's own words begin at `end`."""

    place: str
    agency: str | None
    end: int


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of `text`: a place in capitals, or with an agency in brackets, before a dash or colon."""
    m = _DATELINE.match(text[:160]) if _STOP.search(text, 0, 160) else None
    if not m:
        return None
    place, inside = m["place"].strip(" ,"), (m["agency"] or "").strip("()[] ")
    agency = find_agency_name(inside) or initials_of(inside) if inside else None
    if inside and not agency and not re.search(r"\d", inside):
        return None
    letters = [w for w in re.split(r"[\s,/.-]+", place) if w and w[0].isalpha()]
    if not letters or len(letters) > 6:
        return None
    capital = letters[0].isupper() and len(letters[0]) > 2
    if not capital and not agency:
        return None
    return Dateline(place=place, agency=agency, end=m.end())


_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\n()–—:\d]{1,50}?)(?:,? (?:[^\W\d_]+\.? \d{1,2}|\d{1,2}\.? [^\W\d_]+\.?))?\s*(?P<agency>[(\[][^()\[\]\n]{2,40}[)\]])?\s*(?:[–—]|:(?= )|--?(?=\s)|\.\s?[–—-])\s*"
)
# What a dateline ends with, one cheap look before it is read.
_STOP = re.compile(r"[–—:]|-[-\s]|\.\s?-")
