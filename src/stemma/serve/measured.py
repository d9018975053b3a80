"""The figures that the page on method shows, read off docs/quality.md: the newest that were measured, never typed twice.

A built package carries that page with it; where there is none, there are no figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

SHOWN = (
    ("extract/html", "extract", "text_recall", "of an article’s words are kept"),
    ("extract/html", "extract", "text_precision", "of the words kept are the article’s own"),
    ("extract/date", "extract", "date_precision", "of the days of publication that are given are right"),
    ("stories/mix", "stories --final", "b3_precision", "of a story’s articles belong together"),
    ("stories/mix", "stories --final", "b3_recall", "of an event’s articles are found for its story"),
    ("lineage/planted", "lineage", "edge_precision", "of the copies named are copies of that text"),
    ("lineage/planted", "lineage", "altering_recall", "of the changes that copies made are found"),
    (
        "quotes/polnear",
        "quotes",
        "direct_overlap_f1",
        "of direct quotations are found with their bounds (F1)",
    ),
    (
        "quotes/polnear",
        "quotes",
        "speaker_name_accuracy",
        "of quotations have their speaker under the right name",
    ),
    ("figures/casualties", "figures", "value_f1", "of numbers of dead and injured are read right (F1)"),
    ("brief/neus", "brief", "supported_sentences", "of the sentences of a brief stand in their cited source"),
)
"""(set, command, figure in docs/quality.md, what it says)."""

_HEADING = re.compile(r"^## All stages, (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_ROW = re.compile(r"^\| (\S+) \| `([^`]+)` \| ([^|]+) \|", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One figure in hundredths, and what it says of which set of texts."""

    percent: float
    says: str
    texts: str


@cache
def find_measured() -> tuple[str | None, tuple[Measured, ...]]:
    """The day of the measurement and the figures, those of `SHOWN` that the page has."""
    return parse_measured(_read_page())


def parse_measured(page: str) -> tuple[str | None, tuple[Measured, ...]]:
    """As `find_measured`, from the text of the page."""
    heading = _HEADING.search(page)
    found: dict[tuple[str, str, str], float] = {}
    for texts, command, figures in _ROW.findall(page):
        for name, value in re.findall(r"(\w+) (\d\.\d+)", figures):
            found.setdefault((texts, command, name), float(value))
    shown = tuple(
        Measured(percent=round(found[texts, command, name] * 100, 1), says=says, texts=texts)
        for texts, command, name, says in SHOWN
        if (texts, command, name) in found
    )
    return (heading[1] if heading else None), shown


def _read_page() -> str:
    carried = files("stemma.serve").joinpath("quality.md")
    if carried.is_file():
        return carried.read_text(encoding="utf-8")
    beside = Path(__file__).parents[3] / "docs" / "quality.md"
    return beside.read_text(encoding="utf-8") if beside.is_file() else ""
