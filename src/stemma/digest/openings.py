"""What stands before the report in its first sentences: a dateline, a credit, the headline once more.

"KYIV, July 21 (AP) — ", "(CBS News) ", "By Jo Doe ORLAND (Wire) -- ": such words are no part of the sentence that
follows. Only the place where the sentence begins is given; nothing is changed. Goes to `candidates`.
"""

from __future__ import annotations

import re

from stemma.text.dates import find_dates
from stemma.text.lang import language_words
from stemma.text.tokens import find_words, split_words

_UPPER = "A-ZÀ-ÖØ-Þ"
_DASH = r"(?:[-–—_]{1,2}|\.\s?[-–—])"
_DATELINE = re.compile(
    rf"(?=[{_UPPER}(])[^\n!?;:\"“«„]{{2,70}}?(?:\s{_DASH}|\.-|—|--|\s:|\s\s)\s*(?=[\"“«„'‘\[{_UPPER}\d])"
)
_CREDIT_DASH = re.compile(
    rf"\([{_UPPER}][\w ./&-]{{1,24}}\)\.?\s*(?:[-–—_]{{1,2}}|:)\s*(?=[\"“«„{_UPPER}\d])"
)
_PLACE_CREDIT = re.compile(
    rf"[{_UPPER}][\w ,/.'’-]{{1,40}}\s\((?:[{_UPPER}][\w ./&-]{{1,24}}|[a-z]{{2,5}})\)\.?\s*(?:[-–—_]{{1,2}}|:)\s*(?=[\"“«„{_UPPER}\d])"
)
_CREDIT = re.compile(rf"\([{_UPPER}][\w ./&-]{{1,24}}\)\s+(?=[\"“«„{_UPPER}])")
_LABEL = re.compile(rf"[{_UPPER}]{{3,}}(?:[ /][{_UPPER}]{{2,}})*:\s+(?=[\"“«„{_UPPER}])")
_BARE_PLACE = re.compile(rf"[{_UPPER}]{{4,}}(?: [{_UPPER}]{{4,}})?\s+([{_UPPER}][a-zß-öø-ÿ]*)\s")
_CAPITALS = re.compile(rf"(?:[{_UPPER}][{_UPPER}.'’-]+)(?=[\s,./(:–—-])")
_WORDS = re.compile(r"[^\W_]+")
_CLOCK_AFTER = re.compile(r"[\s,|–-]*\d{1,2}[:.] ?\d\d(?: ?[ap]\. ?m\.| ?[AaPp][Mm])?(?: \(?[A-Z]{2,4}\)?)?")
_WORD_AFTER = re.compile(r"\s+[\"“«„]?[^\W_a-zß-öø-ÿ]")

SHORTEST_TITLE = 4
"""Words of a headline that is recognised in front of a sentence."""

STAMP_REACH = 70
"""Characters of a first sentence in which a time stamp is looked for."""

CREDIT_REACH = 300
"""Characters of a sentence in which a credit with a dash is looked for."""


def find_lead_in(
    sentence: str, title: str | None, *, first: bool, language: str | None = None
) -> tuple[int, bool]:
    """`(length, is_dateline)` of what stands before the report proper; `(0, False)` where nothing does.

    `first` says that the sentence opens its text: a bare credit or the headline is only looked for there.
    """
    match = _PLACE_CREDIT.match(sentence) or _CREDIT_DASH.search(sentence, 0, CREDIT_REACH)
    if match:
        return match.end(), True
    match = _DATELINE.match(sentence)
    if match and _is_place(match.group()):
        return match.end(), True
    if (match := _BARE_PLACE.match(sentence)) and match[1].lower() in language_words(
        language, "words", "stop"
    ):
        return match.start(1), True  # "MANBURG At least twelve"
    if first and (match := _CREDIT.match(sentence) or _LABEL.match(sentence)):
        return match.end(), False
    if not first:
        return 0, False
    end = _repeated_title(sentence, title) if title else 0
    return end + _stamp(sentence[end:], language), False


def _is_place(head: str) -> bool:
    """A dateline opens with a place in capitals and holds names and numbers only: "NEW YORK, March 3"."""
    match = _CAPITALS.match(head)
    return bool(match and len(match.group()) > 2) and all(
        w[0].isupper() or w[0].isdigit() or len(w) < 4 for w in _WORDS.findall(head)
    )


def _repeated_title(sentence: str, title: str) -> int:
    """Length of the headline that was glued to the sentence, 0 where it was not."""
    begins = split_words(title)[:SHORTEST_TITLE]
    if split_words(sentence[: len(title) + 40])[: len(begins)] != begins:
        return 0
    wanted = [w for w, _, _ in find_words(title)]
    have = find_words(sentence[: len(title) + 40])
    size = len(wanted)
    if size < SHORTEST_TITLE or [w for w, _, _ in have[:size]] != wanted:
        return 0
    end = have[size - 1][2]
    return end if _WORD_AFTER.match(sentence, end) else 0


def _stamp(sentence: str, language: str | None) -> int:
    """Length of a time stamp that was glued to the sentence: "Published: Tuesday, Dec. 20, 2005 12:00 a.m. MST "."""
    head = sentence[:STAMP_REACH]
    if not any(c.isdigit() for c in head):
        return 0
    mention = next((m for m in find_dates(head, language) if m.kind == "day"), None)
    if mention is None:
        return 0
    before = [w for w, _, _ in find_words(head[: mention.start])]
    stamps = language_words(language, "dates", "published") | language_words(language, "dates", "modified")
    if before and not (len(before[0]) > 3 and before[0] in stamps):
        return 0
    clock = _CLOCK_AFTER.match(sentence, mention.end)
    end = clock.end() if clock else mention.end
    return end if _WORD_AFTER.match(sentence, end) else 0
