"""Lines that name authors ("By Ann Example, Associated Press"): people, and the agency or paper beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stemma.extract.credits.names import (
    agency_of,
    codes_of,
    drop_article,
    find_agency_name,
    find_paper,
    load_agencies,
    may_name,
)
from stemma.text.lang import language_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """People named by a line as authors, and the agency or paper that it names beside them."""

    names: tuple[str, ...]
    agency: str | None


def parse_byline(line: str, language: str | None = None) -> Byline | None:
    """A line that names authors: "By Ann Example and Bo Sample", "Edited by …", "Ann Example, Associated Press".

    None where the line is anything else. Roles and addresses are left out; names in capitals are given as printed.
    """
    bare = " ".join(line.split())
    if not bare or len(bare) > 200:
        return None
    labelled = marked = False
    if m := byline_label(language).match(bare):
        bare, labelled, marked = bare[m.end() :].strip(" :–—-"), True, m[0].rstrip()[-1:] in (":", "：")
    bare, agency = _split_agency(bare)
    if agency and not bare:
        return Byline(names=(), agency=agency)
    names = find_names(bare, language)
    if labelled and not names and (when := _WHEN.search(bare)):
        names = find_names(bare[: when.start()], language)
    if marked and not names:
        names = _find_caseless(bare, language)
    if names and (labelled or agency):
        return Byline(names=names, agency=agency)
    return None


def cut_byline(text: str, language: str | None) -> tuple[str, tuple[str, ...]]:
    """The text without a line before its first paragraph that only says who wrote it, and when; and those people."""
    line, _, rest = text.partition("\n\n")
    if not rest or len(line) > _LONGEST or line[-1] in _ENDS or not byline_label(language).match(line):
        return text, ()
    byline = parse_byline(line, language)
    return (rest, byline.names) if byline and byline.names else (text, ())


def is_person(name: str) -> bool:
    """Whether words look like a person's name: two to four capitalised words, particles allowed, no menu word."""
    words = name.split()
    if not 2 <= len(words) <= 5 or len(name) > 60:
        return False
    strong = [w for w in words if w.lower() not in _PARTICLES]
    if len(strong) < 2 and not (len(words) >= 2 and strong):
        return False
    return all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in strong) and not any(
        w.lower().strip(".") in _NOT_A_NAME for w in strong
    )


def _split_agency(bare: str) -> tuple[str, str | None]:
    """Cuts agency or paper and what follows it from a byline: `Ann Example, Associated Press` → names, agency.

    Before it stands nothing or people, after it nothing, a role or a date; in any other line the name is only mentioned.
    """
    for m in load_agencies().pattern.finditer(bare) if may_name(bare) else ():
        before, rest = bare[: m.start()].strip(" ,|/-–—("), bare[m.end() :].strip(" ,.()|•·–—-/")
        if before and not find_names(before, None, strict=True):
            break
        is_wire = bool(load_agencies().wires.fullmatch(m[0]))
        if not before and (bare[0] in "—–-" or not (is_wire or _DATE_AFTER.search(rest))):
            break  # a signature under an embedded post, or a site's own name on a line of its own
        if not rest or _DATE_AFTER.search(rest) or _is_role(rest):
            return before, agency_of(m)
        if by := byline_label("en").match(rest):
            return rest[by.end() :].split(" - ")[0].strip(), agency_of(m)
    if bare.endswith(_GLUED) and (glued := _GLUED_NAME.search(bare)):
        return bare[: glued.start()].strip(), find_agency_name(glued[1])
    if paper := find_paper(bare):
        before = bare[: paper.start()].strip(" ,|/-–—")
        if before and find_names(before, None):
            return before, drop_article(paper[1])
    return bare, None


_LONGEST, _ENDS = 90, ".!?…:"
_GLUED = ("Associated Press", "Reuters")
_GLUED_NAME = re.compile(r"(?<=[a-z])(Associated Press|Reuters)$")


def _is_role(words: str) -> bool:
    listed = [w.lower().strip(",.") for w in words.split()]
    known = _role_words()
    return len(listed) <= 6 and sum(w in known for w in listed) * 2 >= len(listed)


def find_names(words: str, language: str | None, *, strict: bool = False) -> tuple[str, ...]:
    """The names at the start of a list of people; with `strict` nothing where anything in it is no name."""
    names: list[str] = []
    for piece in _SPLIT_PEOPLE.split(words):
        bare = _cut_role(piece.strip(" .:-–—•|"), language)
        if not bare:
            continue
        if not is_person(bare):
            if names and not strict:
                break  # what follows the names is a role or a place
            return ()
        names.append(bare)
    return tuple(names)


def _find_caseless(words: str, language: str | None) -> tuple[str, ...]:
    """The one name behind a label and a colon in a script without capitals ("بقلم: …"): two to four words of it, up to a stroke or a figure."""
    name = _CASELESS_END.split(words, maxsplit=1)[0].strip(" .")
    if not _CASELESS_NAME.fullmatch(name) or any(w in _no_people(language) for w in name.split()):
        return ()
    return (name,)


@lru_cache(maxsize=64)
def _no_people(language: str | None) -> frozenset[str]:
    return frozenset(w for c in codes_of(language) for w in language_words(c, "bylines", "not_people"))


_CASELESS = "[\u0590-\u08ff\u0900-\u0dff\u200c]"
_CASELESS_NAME = re.compile(rf"{_CASELESS}{{2,}}(?:[ '’.-]{_CASELESS}{{2,}}){{1,3}}")
_CASELESS_END = re.compile(r"\s*[,،|/•·–—(]\s*|\s+-\s+|\s*\d")


def _cut_role(piece: str, language: str | None) -> str:
    """`Ann Example Staff Writer` → `Ann Example`."""
    words = piece.split()
    roles = _roles(language)
    for n, word in enumerate(words[2:], 2):
        if word.lower() in roles:
            return " ".join(words[:n])
    return piece


@lru_cache(maxsize=1)
def _role_words() -> frozenset[str]:
    return frozenset(w for phrase in language_words("en", "prompts", "roles") for w in phrase.split())


@lru_cache(maxsize=64)
def _roles(language: str | None) -> frozenset[str]:
    return frozenset(w for c in codes_of(language) for w in language_words(c, "prompts", "roles"))


@lru_cache(maxsize=64)
def byline_label(language: str | None) -> re.Pattern[str]:
    words = {w for c in codes_of(language) for w in language_words(c, "prompts", "byline")}
    labels = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:{labels or '(?!)'})(?:\s*[:：]\s*|\s+)", re.IGNORECASE)


_PARTICLES = frozenset(
    str.split(
        "de da do dos das del della di van von der den dem zu zur la le el al bin ibn ben y e af av ter"
        " ten du des st"
    )
)


_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‑])*")


_NOT_A_NAME = frozenset(
    str.split(
        "home copyright photo photograph credit senior contributing news world politics business sports sport opinion video photos image more read share staff"
        " reporter editor the of in on at for to and with a is was best top latest breaking live menu"
        " search login sign newsletter advertisement facebook twitter whatsapp email print comments"
        " comment related articles article stories story posts post about contact privacy policy terms"
        " january february march april june july august september october november december monday tuesday"
        " wednesday thursday friday saturday sunday updated published today press agency service team desk"
        " inc ltd llc corp"
    )
)


_SPLIT_PEOPLE = re.compile(r"\s*[,;|/&•·]\s*|\s+(?:and|AND|And|und|UND|et|y|e|with|og|och|en|i)\s+")


# "Posted by Ann Example at 6:30 PM", "… on Tuesday, 10 February", "Von Ann Example am 10. Februar": when, behind the names.
_WHEN = re.compile(
    r"\s+(?:(?:at|on|um|am|le|à|el|il|op|den)\s+\d|on\s+[A-Z][a-z]{2,8}\.?,?\s+(?:\d|[A-Z][a-z]{2,8}\.?\s\d))"
)
_DATE_AFTER = re.compile(r"\b(?:19|20)\d\d\b|\d:\d\d")
