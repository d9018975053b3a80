"""Other stories that a flattened page carries: teasers and related articles, with title, outlet and age where given.

They are looked for behind the article's text: whole paragraphs with a headline line above them, and the openings that
`choose` cut off as a tail. Prompts, comments and legal notices are no stories.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.extract.flat.choose import common_words, is_furniture, tail_signs
from stemma.extract.flat.lines import Line
from stemma.extract.flat.prompts import INSIDE, KINDS, OPENS
from stemma.text.dates import find_dates
from stemma.types import Embedded

FEWEST_WORDS = 15
"""Words that a paragraph of another story has at least."""


def find_embedded(
    lines: Sequence[Line], body: Sequence[int], *, tail: Sequence[int], language: str | None
) -> list[Embedded]:
    """Other stories in the order of the page. `tail` are lines that were taken for the article and then cut off."""
    if not body:
        return []
    cut = set(tail)
    head = common_words(lines, body)
    found: list[Embedded] = []
    free = body[-1] + 1
    comments = related = False
    for n in range(body[-1] + 1, len(lines)):
        line = lines[n]
        strengths = line.prompts
        if strengths[_COMMENTS] >= OPENS:
            comments = True
        if strengths[_RELATED] >= OPENS and len(line.words) < 8:
            comments, related, free = False, True, n + 1
            continue
        # Under a heading like "More from …" a headline and one short sentence are a story too.
        if len(line.words) < FEWEST_WORDS and not (
            related and len(line.words) >= _FEWEST_LISTED and line.text[-1] in ".…"
        ):
            continue
        if is_furniture(line) or _is_notice(line, strengths):
            free = n + 1
            continue
        above = _above(lines, free, n, language)
        if n in cut or (
            not comments
            and (above["title"] or (len(line.words) >= FEWEST_WORDS and tail_signs(line, head) >= 2))
        ):
            found.append(
                Embedded(
                    title=above["title"], outlet=above["outlet"], url=None, text=line.text, age=above["age"]
                )
            )
        free = n + 1
    return found


# ---------------------------------------------------------------- helpers

_COMMENTS, _RELATED = KINDS.index("comments"), KINDS.index("related")
_NOTICES = tuple(KINDS.index(kind) for kind in ("comments", "social", "subscribe", "legal"))
_HIGHEST = 8
_FEWEST_LISTED = 4
_GLUED = re.compile(r"^(?:time|schedule|clock|watch_later|access_time)\s*(?=\d)")


def _is_notice(line: Line, strengths: Sequence[int]) -> bool:
    kinds = sum(strengths[k] >= INSIDE for k in _NOTICES)
    return any(strengths[k] >= OPENS for k in _NOTICES) or (kinds >= 1 and len(line.words) < 60)


def _above(lines: Sequence[Line], free: int, at: int, language: str | None) -> dict[str, str | None]:
    """Title, outlet and age from the short lines right above a paragraph."""
    short = [lines[n] for n in range(max(free, at - _HIGHEST), at)]
    title = outlet = age = None
    for line in reversed(short):
        strengths = line.prompts
        bare = _GLUED.sub("", line.text)
        if age is None and len(line.words) <= 6 and any(m.kind == "ago" for m in find_dates(bare, language)):
            age = bare
        elif (
            title is None
            and 4 <= len(line.words) < 30
            and max(strengths) < OPENS
            and line.text[-1] not in ".:"
        ):
            title = line.text
        elif (
            outlet is None
            and 1 <= len(line.words) <= 4
            and max(strengths) < OPENS
            and all(p[0].isupper() or p in ("of", "the", "and") for p in line.text.split())
        ) or (outlet is None and line.mark == "*" and len(line.words) <= 4):
            outlet = line.text
    return {"title": title, "outlet": outlet if title else None, "age": age}
