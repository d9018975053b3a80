"""Paragraphs that were cut into rows of one width, as mail, old text files and pages made of a PDF have them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_ENDS = tuple('.!?:”"。！？」』…؟।۔')
"""Ends of paragraphs, in scripts without capitals too."""


def is_wrapped(rows: Sequence[str]) -> bool:
    """Whether paragraphs were cut into rows of one width, as mail and old text files are."""
    lengths = [len(r) for r in rows if r.strip()]
    width = max(lengths, default=0)
    if not 40 <= width <= 100 or len(lengths) < 8:
        return False
    full = sum(1 for n in lengths if n > 0.8 * width)
    inner = [
        b.lstrip()
        for a, b in pairwise(rows)
        if len(a) > 0.8 * width and b.strip() and not a.rstrip().endswith(_ENDS)
    ]
    # Headlines of a list can be of one length; each of them begins anew.
    anew = sum(b[0].isupper() for b in inner)
    return full > 0.5 * len(lengths) and len(inner) > 0.4 * len(lengths) and anew < 0.7 * len(inner)


def unwrap(rows: Sequence[str]) -> list[str]:
    """Paragraphs again: a row is joined to the one before it where that is as long as most are. Empty rows stay."""
    joined: list[str] = []
    width = max(len(r) for r in rows)
    for row in rows:
        if (
            joined
            and joined[-1].strip()
            and row.strip()
            and len(joined[-1].rsplit("\n", 1)[-1]) > 0.7 * width
        ):
            joined[-1] = f"{joined[-1]}\n{row}"
        else:
            joined.append(row)
    return [" ".join(r.split("\n")) for r in joined]
