"""Marked words without regard to who says them: are they said at all, or a name, a title, a paper, a heading?

Papers put in quotation marks what was said, and also works, outlets, nicknames and their own headings. Takes places in
a reading, gives verdicts; `quotes` decides with them what becomes a statement.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise

from stemma.facts.reading import Reading
from stemma.facts.speech import SpeechWords
from stemma.facts.units import Attribution, Unit

_STATEMENT_WORDS = 5
"""Marked words with no cue are taken as a statement from this length (PolNeAR dev, chosen between 3 and 8)."""

_HEADING = 5
"""Spaces in a heading that stands in marks."""

_BEHIND = frozenset({"inverted", "postposed", "beside"})
_WORK = 6
"""Patterns whose cue stands behind the marks, and the most spaces in the title of a work."""


def is_said(reading: Reading, unit: Unit, run: tuple[int, int], words: SpeechWords) -> bool:
    """In a language without weights: whether marked words are a statement, by length, place and capitals."""
    inner = reading.text[run[0] + 1 : run[1] - 1]
    whole = run[0] == unit.start and run[1] >= unit.end - 1
    introduced = _introduced(reading, run, words)
    if introduced and not is_name(reading.text, *run, words):
        whole = True
    if not whole and len(inner.split()) < _STATEMENT_WORDS:
        return False
    if inner[-1:].isalnum() and is_title(inner, words):
        return False
    if not whole and inner[:1].isupper() and inner[-1:].isalnum() and len(inner.split()) <= _STATEMENT_WORDS:
        return False  # a title
    plain = not any(c in inner for c in ".,!?…") and not inner[:1].isupper()
    return whole or not plain or words.marked_apart


def is_name(text: str, start: int, end: int, words: SpeechWords) -> bool:
    """Whether marks hold a name or title rather than somebody's words: few words that begin with a capital."""
    inner = text[start + 1 : end - 1].strip()
    count = len(inner.split())
    if inner[:1].islower() or inner[:1] in "…[":
        return False
    if inner[-1:] in ".!?":
        return count < 2
    return count < 4 or is_title(inner, words)


def is_title(inner: str, words: SpeechWords) -> bool:
    """ "Legend in the Coal Fields": every word that is not small is capitalised."""
    large = [w for w in inner.split() if w.lower() not in words.stop and w[0].isalpha() and len(w) > 3]
    return all(w[0].isupper() for w in large)


def is_publication(reading: Reading, run: tuple[int, int], words: SpeechWords) -> bool:
    """ "der Wochenzeitung „Der Hafen“", "laut „hafen.example.org“": a paper's or programme's name, and no words of anybody."""
    if not words.publications or reading.text[run[1] - 2] in ".!?":
        return False
    before = reading.lower[max(0, bisect_left(reading.starts, run[0]) - 1)]
    return before.endswith(words.publications) or (
        before in words.heads and " " not in reading.text[slice(*run)]
    )


def is_heading(text: str, run: tuple[int, int], words: SpeechWords) -> bool:
    """Marked words that make a paragraph alone, few and all with capitals: a heading."""
    inner = text[run[0] + 1 : run[1] - 1]
    if inner.count(" ") > _HEADING or inner.count(" ") < 1:
        return False
    before, behind = text[max(0, run[0] - 1) : run[0]], text[run[1] : run[1] + 2]
    return (
        before in ("", "\n") and behind[:1] in ("", "\n", ".") and is_title(inner.strip("“”\"'.!? "), words)
    )


def names_only(reading: Reading, unit: Unit, found: Attribution, words: SpeechWords) -> bool:
    """ "leaders it calls “neo-Nazis”": a verb of naming, no person as its subject, and only few words in marks."""
    if found.cue is None or found.speaker is None or not unit.runs:
        return False
    cue = reading.text[found.cue[0] : found.cue[1]].lower().split()
    if not any(w in words.naming for w in cue):
        return False
    start, end = found.pieces[0][0], found.pieces[-1][1]
    inside = [run for run in unit.runs if start <= run[0] and run[1] <= end]
    told = reading.text[found.speaker[0] : found.speaker[1]].lower()
    nobody = (
        told in words.it
        or told in words.they
        or (told.split()[0] in words.determiners and not _holds_name(reading.text, found.speaker))
        or told in words.capitals
    )
    object_words = reading.text[start : inside[0][0]].lower().split() if inside else []
    if found.traits[0] == "object" and not words.articles.issuperset(object_words):
        return False  # "calling it “absurd”": what the candidate finds
    return nobody and bool(inside) and all(reading.text.count(" ", *run) <= 3 for run in inside)


def is_work(reading: Reading, unit: Unit, found: Attribution, words: SpeechWords) -> bool:
    """ "In his book, “Legend in the Coal Fields,” Torvik says": a work within the sentence, and not what he says."""
    if found.traits[0] not in _BEHIND or found.pieces[0] not in unit.runs or len(found.pieces) > 1:
        return False
    start, end = found.pieces[0]
    inner = reading.text[start:end].strip("\"'“”‘’,. ")
    opening = reading.sentences[reading.sentence_at(start)][0]
    before = reading.text[opening:start].rstrip(", ")
    return (
        before[-1:].isalpha()
        and inner[-1:].isalnum()
        and inner[:1].isupper()
        and inner.count(" ") <= _WORK
        and is_title(inner, words)
    )


def is_called(reading: Reading, run: tuple[int, int], words: SpeechWords) -> bool:
    """ "what the Kremlin calls a “special operation”": few words put in marks behind a verb of naming."""
    if reading.text.count(" ", *run) > 3:
        return False
    first = bisect_left(reading.starts, run[0])
    return any(w in words.naming for w in reading.lower[max(0, first - 3) : first])


# ---------------------------------------------------------------- helpers


def _introduced(reading: Reading, run: tuple[int, int], words: SpeechWords) -> bool:
    """ "chanted slogans such as “…”", "with the words “…”": a word right before that says that these are words."""
    if not words.introducing:
        return False
    first = bisect_left(reading.starts, run[0])
    return any(w in words.introducing for w in reading.lower[max(0, first - 5) : first])


def _holds_name(text: str, place: tuple[int, int]) -> bool:
    """Whether two capitalised words stand side by side ("her counterpart, Jon Falk")."""
    return any(a[0].isupper() and b[0].isupper() for a, b in pairwise(text[place[0] : place[1]].split()[1:]))
