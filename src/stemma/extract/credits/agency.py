"""The agency or other paper that a text was taken from, read from the lines around it and from its own words.

Nothing is guessed from style, and what is only cited ("told Reuters") is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stemma.extract.credits.byline import is_person, parse_byline
from stemma.extract.credits.dateline import find_dateline
from stemma.extract.credits.eastern import find_eastern_agency
from stemma.extract.credits.names import PAPER_END, agency_of, drop_article, find_agency_name, load_agencies
from stemma.extract.credits.signed import find_signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The agency or other paper that a text was taken from, and where the page says so."""

    name: str
    where: str


def find_agency(
    *, head: Sequence[str], text: str, tail: Sequence[str], outlet: str | None = None
) -> Credit | None:
    """The agency or paper that the text was taken from, None where the page does not say or it is its own.

    `head` are the lines between title and text, `tail` those after it, `text` the article with its dateline.
    `outlet` is never its own source.
    """
    for credit in _find_credits(head, text, tail):
        if credit and not _same_name(credit.name, outlet):
            return credit
    return None


def _find_credits(head: Sequence[str], text: str, tail: Sequence[str]) -> Iterator[Credit | None]:
    """The most certain first; each is looked for only where those before it were none."""
    yield _agency_of_dateline(text)
    yield _agency_of_head(head)
    yield _agency_of_tail(tail)
    yield _agency_of_last_words(text)
    yield _agency_of_witness(text)
    yield _agency_in_east(head, text)


def _agency_in_east(head: Sequence[str], text: str) -> Credit | None:
    name = find_eastern_agency(lines=head, text=text)
    return Credit(name=name, where="dateline or source line") if name else None


def is_wired(line: str) -> bool:
    """Whether a line opens with a dateline that names an agency ("HELSINKI (AP) — …"), its place in capitals."""
    return _STRICT.match(line) is not None


def cut_signature(text: str, agency: str | None) -> str:
    """The text without a last paragraph that only signs it for its agency ("AFP/xy", "(dpa)")."""
    at = text.rfind("\n\n")
    last = text[at + 2 :].strip(" ()-–—©.") if at >= 0 else ""
    if agency and 0 < len(last) <= 20 and _SIGNATURE.fullmatch(last):
        first = _SIGNATURE_PART.split(last)[0]
        if find_agency_name(first) == agency or first == agency:
            return text[:at]
    return text


def _agency_of_dateline(text: str) -> Credit | None:
    """In one of the first paragraphs, or after a gallery of captions where its place is in capitals, its agency in brackets."""
    paragraphs = text.split("\n")[:_LOOKED_AT]
    for paragraph in paragraphs[:_FIRST]:
        dateline = find_dateline(paragraph)
        if dateline and dateline.agency:
            return Credit(name=dateline.agency, where="dateline")
        m = _LEAD_AGENCY.match(paragraph[:60])
        if m and (name := find_agency_name(m[1])):
            return Credit(name=name, where="dateline")
    for paragraph in paragraphs[_FIRST:]:
        if _STRICT.match(paragraph) and (dateline := find_dateline(paragraph)) and dateline.agency:
            return Credit(name=dateline.agency, where="dateline")
    return None


_FIRST, _LOOKED_AT = 6, 60
_STRICT = re.compile(r"[A-Z][A-Z .,-]{2,40}(?:, [A-Z][a-z.]+ ?\d{0,2} )?\([A-Z][\w /.-]{1,20}\)\s*[—–-]")


_LEAD_AGENCY = re.compile(r"\(?([A-Za-z./-]{2,14}(?: [A-Z][a-z]+)?)\)?\s*[-–—:]\s")


def _agency_of_head(head: Sequence[str]) -> Credit | None:
    before_is_name = False
    for line in head:
        bare = " ".join(line.split()).strip(" •|·,")
        if is_wired(bare) and (dateline := find_dateline(bare)) and dateline.agency:
            return Credit(name=dateline.agency, where="dateline")
        if _PICTURE.search(bare):
            continue
        byline = parse_byline(bare)
        if byline and byline.agency:
            return Credit(name=byline.agency, where="byline")
        if signed := find_signed(bare, alone=False):
            return Credit(name=signed, where="byline")
        if before_is_name and (m := PAPER_END.match(bare)):
            return Credit(name=drop_article(m[1]), where="byline")
        before_is_name = bool(byline) or is_person(bare)
    return None


def _agency_of_tail(tail: Sequence[str]) -> Credit | None:
    for number, line in enumerate(tail):
        bare = " ".join(line.split())
        if number < _SIGNED and (signed := find_signed(bare, alone=number == 0)):
            if bare.casefold() == signed.casefold() and signed in _PICTURED:
                continue  # a picture's owner more often than the text's
            return Credit(name=signed, where="signature")
        if m := _ORIGINALLY.search(bare):
            known = load_agencies().pattern.match(m["name"].strip())
            name = agency_of(known) if known else _site_name(m["name"])
            if name:
                return Credit(name=name, where="original publication")
        if m := _COPYRIGHT.search(bare):
            after = load_agencies().pattern.match(bare, m.end())
            if after:
                return Credit(name=agency_of(after), where="copyright line")
    return None


def _agency_of_last_words(text: str) -> Credit | None:
    """`(AFP)`, `- dpa`, `© AFP` as the last words of the text."""
    last = text[text.rfind("\n\n") + 2 :] if "\n\n" in text else ""
    if len(last) <= _LAST_LINE and last and (credit := _agency_of_tail([last])):
        return credit
    if m := _END_CODE.search(text[-24:]):
        signed = load_agencies().wires.fullmatch(m[1])
        if signed and signed["short"]:
            return Credit(name=agency_of(signed), where="end of the text")
    m = _END_CREDIT.search(text[-80:])
    words = next((g for g in m.groups() if g), "") if m else ""
    found = load_agencies().wires.match(words.strip())
    if found and len(words) - found.end() < 20:
        return Credit(name=agency_of(found), where="end of the text")
    return None


def _agency_of_witness(text: str) -> Credit | None:
    """An agency's own reporter as a witness ("an AFP reporter saw"): only the agency itself writes so."""
    if not any(word in text for word in _WITNESSES):
        return None
    if m := _UNLISTED_WITNESS.search(text):
        found = load_agencies().pattern.fullmatch(m[1])
        return Credit(name=agency_of(found) if found else m[1], where="its own reporter in the text")
    for witness in _WITNESS.finditer(text):
        start = max(0, witness.start() - _LONGEST_NAME)
        for m in load_agencies().wires.finditer(text, start, witness.start()):
            before = text[max(0, m.start() - 8) : m.start()].lower()
            if m.end() == witness.start() and before.endswith(_ARTICLES):
                return Credit(name=agency_of(m), where="its own reporter in the text")
    return None


_UNLISTED_WITNESS = re.compile(
    r"\b(?:[Aa]n?|[Tt]wo) ([A-Z]{3,5}) (?:reporters?|journalists?|correspondents?|photographers?) (?:saw|heard|witnessed)\b"
)


_WITNESSES = (" reporter", " journalist", " correspondent", " photographer", " team", " video journalist")
_LONGEST_NAME = 60


_ARTICLES = (" an ", " a ", " two ", " the ", "\nan ", "\na ", " to ")


_WITNESS = re.compile(
    r" (?:reporters?|journalists?|correspondents?|photographers?|teams?|video journalists?)"
    r"(?: (?:at|on|in) the (?:scene|site|city|area|ground))? (?:saw|said|reported|heard|witnessed|on the|at the|in )"
)


_PICTURE = re.compile(r"(?i:photo|getty|image|picture|file -|caption)|©")


def _site_name(words: str) -> str | None:
    """A paper's name after "originally published": as written, or from its domain."""
    words = words.strip(" :").removeprefix("the ").removeprefix("The ")
    words = re.split(r"\s(?:on|at|in|under|and|here|with|by)\s", words)[0]
    return words if words[:1].isupper() and len(words.split()) <= 4 else None


def _same_name(name: str, outlet: str | None) -> bool:
    a, b = (re.sub(r"\W|^the ", "", x.lower()) for x in (name, outlet or ""))
    return bool(b) and (a == b or (len(a) > 4 and a in b))


_ORIGINALLY = re.compile(
    r"(?i:(?:originally|first) (?:published|appeared)(?: (?:by|in|on|at))|republished from|zuerst (?:erschienen )?(?:in|bei|auf)|"
    r"publié (?:initialement|à l['’]origine) (?:par|dans|sur)|publicado originalmente (?:en|por))\s+(?P<name>[^.,;|(]{2,50})"
)


_COPYRIGHT = re.compile(r"(?:(?:©|\(c\)|copyright)\s*)+(?:\d{4})?\s*(?:©|by)?\s*", re.IGNORECASE)
_SIGNED, _LAST_LINE = 3, 80
_PICTURED = frozenset({"AP", "AFP", "Reuters", "EPA"})
# "… the text. EFE": a code alone behind the last full stop.
_END_CODE = re.compile(r"[.!?»”\"]\s+([A-Za-z]{2,6})\.?$")


_END_CREDIT = re.compile(
    r"(?:\(([^()]{2,40})\)|[-–—]\s?([^\s()][^()–—-]{1,30}(?:-\w+)?)|©\s?(.{2,30}))\.?\s*$"
)


_SIGNATURE = re.compile(r"[A-Za-z]{2,12}(?:[/ -]{1,3}[A-Za-z]{1,4}){0,3}")


_SIGNATURE_PART = re.compile(r"[/ -]+")
