"""Characters that nobody sees: soft hyphens, marks of direction, joiners where nothing is joined.

Between letters of Arabic and Indic scripts a joiner or non-joiner is spelling ("می‌شود") and stays; in any other place it is
what an editor or a copying program left behind.
"""

from __future__ import annotations

import re

_SPELLING = "\u0600-\u08ff\u0900-\u0dff"
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_JOINERS = re.compile(f"(?<![{_SPELLING}])[\u200c\u200d]|[\u200c\u200d](?![{_SPELLING}])")


def drop_unseen(text: str) -> str:
    """The text without them, so that texts, headlines, names and words of links compare."""
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub("", text)
    return _UNSEEN.sub("", text)
