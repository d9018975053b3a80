"""Whether a flattened page is an article at all: error pages, challenges, walls before the text, and lists are not.

Little text *and* words that say so make an outcome, as on web pages (`html.outcome`); a list is a page of headlines with
hardly a sentence among them. Thresholds are those of the HTML path.
"""

from __future__ import annotations

from collections.abc import Sequence

from stemma.extract.flat.lines import Line
from stemma.extract.outcomes import find_phrase
from stemma.types import Reason

FEWEST_WORDS = 12
"""Words of text below which nothing can be said of a page."""


def find_flat_fault(lines: Sequence[Line], body: Sequence[int]) -> tuple[Reason, str] | None:
    """Reason and detail why the page is no article, None where it is one. `body` are the places of the chosen lines."""
    if not lines:
        return "too short", "the page has no words"
    letters = sum(map(str.isalpha, "".join(lines[n].text for n in body)))
    if letters < _SHORT:
        first = body[0] if body else len(lines)
        above = [*lines[:_HEAD], *lines[max(_HEAD, first - _ABOVE) : first + 1]]
        head = " | ".join(line.text for line in above).casefold()
        whole = " ".join(line.text for line in lines[:_LOOKED_AT]).casefold()
        size = sum(len(line.text) for line in lines)
        if letters < _STUB and (words := find_phrase("error", head)):
            return "error page", f"its first lines say {words!r}"
        if letters < _STUB and (words := find_phrase("challenge", head if size > _SHORT else whole)):
            return "consent or challenge page", f"it says {words!r} instead of an article"
        if _letters_before_wall(lines, body) < _WALLED and (words := find_phrase("paywall", whole)):
            return "paywall stub", f"{letters} letters of text, then {words!r}"
    if _is_list(lines, body):
        return "list page", "headlines of other pages and no text of its own"
    if sum(len(lines[n].words) for n in body) < FEWEST_WORDS:
        return "too short", "no run of lines reads like an article"
    return None


# ---------------------------------------------------------------- helpers

_SHORT, _STUB, _WALLED = 1_500, 400, 240
_HEAD, _ABOVE, _LOOKED_AT = 4, 6, 400
_FEWEST_HEADLINES, _LONGEST_HEADLINE, _FEWEST_TOLD = 12, 18, 20
_END = tuple('.!?。！？।؟:"”’»')


def _letters_before_wall(lines: Sequence[Line], body: Sequence[int]) -> int:
    count = 0
    for n in body:
        if find_phrase("paywall", lines[n].text.casefold()):
            break
        count += sum(map(str.isalpha, lines[n].text))
    return count


def _is_list(lines: Sequence[Line], body: Sequence[int]) -> bool:
    """Many lines as long as a headline, each with other words, and hardly one of the chosen lines beside another long one."""
    headlines = [
        line for line in lines if 4 <= len(line.words) <= _LONGEST_HEADLINE and not line.text.endswith(_END)
    ]
    if len(headlines) < _FEWEST_HEADLINES:
        return False
    told = [
        n for n in range(len(lines)) if len(lines[n].words) >= _FEWEST_TOLD and lines[n].text.endswith(_END)
    ]
    beside = sum(n + 1 in set(told) for n in told)
    words = sum(len(lines[n].words) for n in body)
    return beside == 0 and words < sum(len(line.words) for line in headlines) / 2
