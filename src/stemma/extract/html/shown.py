"""The dates that a web page shows to readers, from its blocks: the bridge from `outline` to `stemma.extract.visible`.

A block's hint are the names of its element, of the inline elements in it and of the two elements above.
"""

from __future__ import annotations

from collections.abc import Collection

from stemma.extract.html.outline import Outline
from stemma.extract.visible import DateLine, find_visible_dates
from stemma.text.dates import HAS_YEAR
from stemma.text.lang import load_language
from stemma.types import DateClue


def find_shown_dates(
    outline: Outline, places: range, chosen: Collection[int], *, title: str | None, language: str | None
) -> list[DateClue]:
    """Clues from the date lines among the blocks at `places`; those at `chosen` are the article's, `title` its headline."""
    dated = {at for at in places if HAS_YEAR.search(outline.texts[at], 0, _LONGEST_DATED)}
    if not dated:
        return []
    lines: list[DateLine] = []
    inside = frozenset(chosen)
    for place in places:
        block = outline.texts[place]
        heading = outline.tags[outline.holders[place]] == "h1"
        has_year = place in dated
        # Names of elements are asked for beside a date only.
        hint = _hint(outline, place) if has_year else ""
        for row in block.split("\n") if "\n" in block else (block,):
            text = row.strip()
            if text:
                body = place in inside and len(text) > _PARAGRAPH
                lines.append(
                    DateLine(
                        text=text, hint=hint, heading=heading or text == title, body=body, dated=has_year
                    )
                )
    known = language if language and load_language(language.partition("-")[0]).get("dates") else None
    return find_visible_dates(lines, language=known)


def _hint(outline: Outline, place: int) -> str:
    holder = outline.holders[place]
    names = [outline.tags[holder], outline.hints[holder], outline.inline_hints[place]]
    for _ in range(2):
        holder = outline.parents[holder]
        if holder < 0:
            break
        names.append(outline.hints[holder])
    return " ".join(names)


_LONGEST_DATED = 600
_PARAGRAPH = 80
"""Characters from which a chosen block is a paragraph; shorter ones may be a byline that was kept."""
