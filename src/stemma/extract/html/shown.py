"""The dates that a web page shows to readers, from its blocks: the bridge from `outline` to `stemma.extract.visible`.

A block's hint are the names of its element, of the inline elements in it and of the two elements above.
"""

from __future__ import annotations

from collections.abc import Collection

from stemma.extract.html.outline import Outline
from stemma.extract.visible import DateLine, find_visible_dates
from stemma.text.lang import load_language
from stemma.types import DateClue


def find_shown_dates(
    outline: Outline, chosen: Collection[int], *, title: str | None, language: str | None
) -> list[DateClue]:
    """Clues from the date lines of a page. `chosen` are the places of the article's blocks, `title` its headline."""
    lines: list[DateLine] = []
    inside = frozenset(chosen)
    for place, block in enumerate(outline.blocks):
        element = outline.elements[block.element]
        names = [element.tag, element.hint, block.inline_hint]
        parent = element.parent
        for _ in range(2):
            if parent < 0:
                break
            names.append(outline.elements[parent].hint)
            parent = outline.elements[parent].parent
        hint = " ".join(names)
        heading = element.tag == "h1"
        for row in block.text.split("\n"):
            text = row.strip()
            if text:
                lines.append(
                    DateLine(
                        text=text,
                        hint=hint,
                        heading=heading or text == title,
                        body=place in inside and len(text) > _PARAGRAPH,
                    )
                )
    known = language if language and load_language(language.partition("-")[0]).get("dates") else None
    return find_visible_dates(lines, language=known)


_PARAGRAPH = 80
"""Characters from which a chosen block is a paragraph; shorter ones may be a byline that was kept."""
