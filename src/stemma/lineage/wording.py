"""Small questions on wording that `changes` asks: is it a bad scan, one name, one headline, words that only moved.

Knows single words and runs of them; what a difference means is for `changes` to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from rapidfuzz.fuzz import ratio

from stemma.lineage.compare import Laid
from stemma.text.lang import load_language
from stemma.text.names import fold_name

_Key = TypeVar("_Key", int, str)

_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""The comma of "50,000"."""

_DAMAGED, _SURELY_DAMAGED = 4, 8
_ALIKE = 65.0
MISREAD = re.compile("â€|Ã[\\u0080-\\u00bf]|Â[\\u0080-\\u00bf]|â[\\u0080-\\u009f]|\\ufffd")
"""UTF-8 read as Windows-1252 or Latin-1, and what could not be read at all."""


def is_damaged(laid: Laid, *, surely: bool = True) -> bool:
    """Whether the one text is a bad scan of the other: many words differ, most of them by a few letters.

    What differs then was changed by a machine's eye; no single figure or name can be told from it. If not `surely`, four such
    words are enough, beside sentences that belong together.
    """
    child, parent = laid.child.words, laid.parent.words
    alike = single = 0
    for differences in laid.differences:
        for d in differences:
            if d.left_last - d.left_first == 1 == d.right_last - d.right_first:
                single += 1
                alike += ratio(child[d.left_first], parent[d.right_first]) >= _ALIKE
    return alike >= (_SURELY_DAMAGED if surely else _DAMAGED) and 10 * alike >= 6 * single


def spend(budget: Counter[_Key], key: _Key) -> bool:
    """Takes one of the key from the budget, if there is one."""
    if budget[key] > 0:
        budget[key] -= 1
        return True
    return False


def runs_of(indices: tuple[int, ...]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for i in indices:
        if runs and runs[-1][1] == i - 1:
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return runs


def same_name(ours: list[str], theirs: list[str]) -> bool:
    """One spelling, a shorter form, or initials of the other."""
    one, other = [fold_name(w) for w in ours], [fold_name(w) for w in theirs]
    if set(one) <= set(other) or set(other) <= set(one):
        return True
    short, long = sorted((ours, theirs), key=len)
    letters = "".join(short).replace(".", "")
    if len(long) >= 2 and letters == "".join(w[0] for w in long if w):
        return True
    a, b = sorted(("".join(one), "".join(other)), key=len)
    return len(a) >= 4 and b.startswith(a) and len(b) - len(a) <= 3


def same_wording(ours: Sequence[str], theirs: Sequence[str], language: str) -> bool:
    """Whether the words are the same but for contractions written out and ways of spelling: "isn't", "honour"."""
    return bool(ours and theirs) and _spelled(ours, language) == _spelled(theirs, language)


@lru_cache(maxsize=64)
def _dated_words(language: str) -> dict[str, str]:
    """Short names of months and weekdays with the long ones: "Oct." is "October"."""
    dates = load_language(language).get("dates", {})
    lists = [
        names for key in ("months", "weekdays") for names in dates.get(key, ()) if not isinstance(names, str)
    ]
    return {short: names[0] for names in lists for short in names[1:]}


def _spelled(words: Sequence[str], language: str) -> str:
    """The words written out and together, in one of the ways of spelling."""
    table = load_language(language).get("lineage", {})
    endings: dict[str, str] = table.get("contractions", {})
    months = _dated_words(language)
    parts: list[str] = []
    for word in words:
        plain = _GROUPED.sub("", word.replace("’", "'"))
        plain = months.get(plain, plain)
        for short, long in endings.items():
            if plain.endswith(short):
                plain = plain[: -len(short)] + long
                break
        parts.append(plain)
    joined = "".join("".join(parts).split())
    for one, other in table.get("spellings", ()):
        joined = joined.replace(one, other)
    return joined


def plain_title(title: str) -> str:
    """A headline without case and punctuation."""
    return " ".join("".join(c if c.isalnum() else " " for c in title.casefold()).split())
