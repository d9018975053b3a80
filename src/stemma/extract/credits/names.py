"""Names of agencies and papers as data and patterns; what else the readers of credit lines share.

The names are in `agencies.toml`; a paper that no list knows is told by its last word ("… Times").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from stemma.text.lang import find_languages


@dataclass(frozen=True, slots=True)
class _Agencies:
    """Names by their spellings; `pattern` finds agencies and papers, `wires` agencies alone."""

    short: dict[str, str]
    long: dict[str, str]
    pattern: re.Pattern[str]
    wires: re.Pattern[str]
    marks: frozenset[str]
    """The longest word of each name, case-folded."""


@lru_cache(maxsize=1)
def load_agencies() -> _Agencies:
    table = tomllib.loads((files("stemma.extract") / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    short = {s: a["name"] for a in table for s in a["short"]}
    long = {s: a["name"] for a in table for s in a["long"]}
    wires = [a for a in table if not a.get("paper")]
    return _Agencies(
        short=short,
        long=long,
        pattern=_spellings(table),
        wires=_spellings(wires),
        marks=frozenset(max(_runs(s), key=len) for s in (*short, *long)),
    )


@lru_cache(maxsize=1 << 9)
def may_name(line: str) -> bool:
    """Whether a line holds the longest word of an agency's or a paper's name: a cheap look before the patterns."""
    return not load_agencies().marks.isdisjoint(_runs(line))


def _runs(line: str) -> list[str]:
    """Words as the patterns compare them: case-folded, the dotless Turkish i as any other."""
    return _RUN.findall(line.casefold().replace("ı", "i"))


_RUN = re.compile(r"[^\W_]+")


def _spellings(table: Sequence[dict[str, Any]]) -> re.Pattern[str]:
    exact, loose = (
        "|".join(re.escape(s) for s in sorted({s for a in table for s in a[key]}, key=lambda s: (-len(s), s)))
        for key in ("short", "long")
    )
    return re.compile(rf"(?<![^\W_])(?:(?P<long>(?i:(?:the )?(?:{loose})))|(?P<short>{exact}))(?![^\W_])")


def agency_of(m: re.Match[str]) -> str:
    table = load_agencies()
    if m["short"]:
        return table.short[m["short"]]
    key = m["long"].lower()
    return table.long.get(key) or table.long[key.removeprefix("the ")]


def find_agency_name(words: str) -> str | None:
    """The agency that `words` name and nothing much beside it ("AP", "dpa/lby", "Reuters - John")."""
    m = load_agencies().wires.search(words) if may_name(words) else None
    if not m or m.start() > 12:
        return None
    return agency_of(m)


def initials_of(words: str) -> str | None:
    """An agency that is in no list, by how agencies sign: capitals ("ABC"), or small letters alone ("abc"), three to six."""
    return words if _INITIALS.fullmatch(words) else None


_INITIALS = re.compile(r"[A-Z]{2,6}|[a-z]{3,5}")


_LAST_WORDS = (
    "Post", "Times", "Journal", "Tribune", "Herald", "News", "Guardian", "Chronicle", "Star", "Sun", "Globe", "Mail",
    "Telegraph", "Register", "Gazette", "Today", "TODAY", "Review", "Monitor", "Standard", "Observer", "Independent",
    "Mirror", "Bee", "Inquirer", "Examiner", "Sentinel", "Dispatch", "Courier", "Zeitung", "Welle", "Network", "Magazine",
    "Daily", "Record", "Republic", "Age", "Reporter", "Insider", "Beast", "Express", "Leader", "Nation", "Free Press",
)  # fmt: skip
_PAPER = (
    r"(?:The |Le |La |El |Die |Der |Das )?[A-Z][\w.&'’-]*(?: (?:of |de |la )?[A-Z][\w.&'’-]*){0,3} "
    rf"(?:{'|'.join(_LAST_WORDS)})"
)


PAPER_NAME = re.compile(_PAPER)
"""A newspaper's name by its last word ("… Times", "… Post")."""


PAPER_END = re.compile(rf"(?:^|[,|/•·-]\s*)({_PAPER})(?: \([A-Z]{{2,4}}\))?$")


def find_paper(line: str) -> re.Match[str] | None:
    """The paper whose name ends a line, alone or behind a comma, a bar or a stroke; its name is the first group."""
    return PAPER_END.search(line) if line.endswith(_PAPER_ENDS) else None


_PAPER_ENDS = (*_LAST_WORDS, ")")


def drop_article(name: str) -> str:
    return name.removeprefix("The ").strip()


def codes_of(language: str | None) -> tuple[str, ...]:
    """The language's own words and English ones, which pages of every language use; all where it is not known."""
    return tuple(dict.fromkeys((language, "en"))) if language else find_languages()
