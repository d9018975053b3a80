"""The phrases by which a page says that it is no article: an error, a challenge, a wall before the text.

They are the `[outcomes]` tables of all languages together, since such pages are often in another language than the site.
What a found phrase means for a page, `html.outcome` and `flat.outcome` decide.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from stemma.text.lang import find_languages, language_words

OutcomeKind = Literal["error", "challenge", "paywall"]


def find_phrase(kind: OutcomeKind, text: str) -> str | None:
    """The first phrase of a kind in a text of folded case."""
    found = _phrases(kind).search(text) if text else None
    return found.group().strip() if found else None


@lru_cache(maxsize=8)
def _phrases(kind: OutcomeKind) -> re.Pattern[str]:
    words = sorted(
        {w for c in find_languages() for w in language_words(c, "outcomes", kind)}, key=lambda w: (-len(w), w)
    )
    return re.compile("|".join(rf"(?<!\w){re.escape(w)}(?!\w)" for w in words) or r"(?!)")
