"""Characters that nobody sees: soft hyphens, marks of direction, joiners where nothing is joined.

Between letters of Arabic and Indic scripts a joiner or non-joiner is spelling ("می‌شود") and stays; in any other place it is
what an editor or a copying program left behind.
"""

from __future__ import annotations

import re

_SPELLING = "\u0600-\u08ff\u0900-\u0dff"
UNSEEN = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08]"
    f"|(?<![{_SPELLING}])[\u200c\u200d]|[\u200c\u200d](?![{_SPELLING}])"
)
"""What is taken out of texts, headlines, names and words of links, so that they compare."""
