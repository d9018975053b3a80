"""Short lines that sign a text for its agency: "Fuente: EFE", "mit Material von dpa", "Le Faro avec AFP", "dpa/rc", "EFE / Madrid".

A line that only mentions an agency among other words, and one under a picture, signs nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from stemma.extract.credits.names import agency_of, load_agencies, may_name
from stemma.text.lang import find_languages, language_words


def find_signed(line: str, *, alone: bool = True) -> str | None:
    """The agency that a line signs for; with `alone` false only where a word of crediting stands before it or initials beside it."""
    bare = " ".join(line.split()).strip("()[] .•*")
    if not 2 <= len(bare) <= _LONGEST or not may_name(bare):
        return None
    if _PICTURE.search(bare) or not load_agencies().wires.search(bare):
        return None
    label = _labels().search(bare)
    if label and len(bare[: label.start()].split()) <= _MOST_BEFORE:
        return _first_agency(bare[label.end() :].strip(" :"), labelled=True)
    pieces = _SPLIT.split(bare)
    if len(pieces) == 1 and not alone:
        return None
    return _first_agency(bare, labelled=False)


# ---------------------------------------------------------------- helpers

_LONGEST, _MOST_BEFORE = 70, 4
_PICTURE = re.compile(
    r"photo|foto|getty|imago|alliance|image|picture|bild|archiv|handout|shutterstock|alamy|caption|video|©|@|#",
    re.I,
)
_SPLIT = re.compile(r"\s*[/|,;·•–—]\s*|\s+-\s+|\s+(?:and|und|et|y|e|och|og|en|i)\s+")
_INITIALS = re.compile(r"[^\W\d_]{1,4}")
_PLACE = re.compile(r"[^\W\d_a-z][^\W\d_]{2,20}")
_DOMAIN = re.compile(r"[\w-]+\.[a-z]{2,8}")


def _first_agency(words: str, *, labelled: bool) -> str | None:
    """The first agency of a list in which nothing stands but agencies, initials, and a place or a site."""
    found: str | None = None
    beside = 0
    for piece in _SPLIT.split(words):
        bare = piece.strip("() .")
        m = load_agencies().wires.fullmatch(bare)
        if m:
            found = found or agency_of(m)
        elif _INITIALS.fullmatch(bare) or _PLACE.fullmatch(bare) or (labelled and _DOMAIN.fullmatch(bare)):
            beside += 1
        elif bare:
            return None
    return found if beside <= 2 else None


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    """Words of crediting in all languages: pages sign in another language than they read."""
    words = {w for code in find_languages() for w in language_words(code, "prompts", "credited")}
    listed = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?<!\w)(?:{listed or '(?!)'})(?=[\s:])", re.IGNORECASE)
