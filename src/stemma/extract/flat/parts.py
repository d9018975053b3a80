"""What the lines of a flattened page are that are not the article: headline, bylines, credits, pictures, the outlet.

Each answer comes with the number of its line (from 1), so that a reader can check it. The lines of the article were
chosen in `choose`; other stories on the page are found in `others`.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stemma.extract.credits import (
    PAPER_NAME,
    Byline,
    find_source_line,
    parse_byline,
    split_photo_line,
)
from stemma.extract.credits.names import load_agencies
from stemma.extract.flat.lines import Line
from stemma.extract.flat.prompts import INSIDE, KINDS, NONE, OPENS
from stemma.text.dates import find_dates
from stemma.types import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A value and the line that it was read from (0 for the first)."""

    value: str
    line: int


def find_title(lines: Sequence[Line], body: Sequence[int], *, url: str | None = None) -> Placed | None:
    """The headline: the line above the text that shares most with the lead, the address, and the page's first line.

    A first line with the site's name after it ("Headline - Outlet") repeats the headline. None where no line above the text
    looks like one.
    """
    if not body or body[0] == 0:
        return None
    first = body[0]
    lead = {term for n in body[:4] for term in _terms(lines[n])}
    slug = _slug_words(url)
    texts = Counter(line.text for line in lines[:first])
    best: tuple[float, int] | None = None
    for n in (
        range(max(0, first - _TITLE_ABOVE), first)
        if first <= _TITLE_ABOVE
        else (0, *range(first - _TITLE_ABOVE, first))
    ):
        line = lines[n]
        weight = _title_weight(line, lead)
        if weight is None:
            continue
        weight += 0.7 * (texts[line.text] > 1) + 1.5 * _share(slug, line)
        weight += 1.0 * (n > 0 and len(line.words) > 3 and _repeats(lines[0], line))
        # Headlines come before standfirsts, and not far above the text.
        weight -= 0.01 * (n - max(0, first - _TITLE_ABOVE)) + 0.02 * max(0, first - n - 10)
        if best is None or weight > best[0]:
            best = (weight, n)
    if best is None or best[0] < 0.35:
        return None
    text = lines[best[1]].text
    # Of equal lines the first counts: what stands between them (byline, date) belongs to the headline.
    at = next((n for n in range(max(0, first - 40), best[1]) if lines[n].text == text), best[1])
    text = _SECTION.sub("", text) if len(text) > 25 else text
    return Placed(value=_without_site(text) if best[1] == 0 and first > 3 else text, line=at)


def find_bylines(
    lines: Sequence[Line], body: Sequence[int], *, title: Placed | None, language: str | None
) -> tuple[list[Byline], int | None]:
    """The bylines beside the text, and the line of the first: between headline and text, or in the lines right after it."""
    if not body:
        return [], None
    start = title.line + 1 if title else max(0, body[0] - 6)
    inside = set(body)
    before = [n for n in range(min(start, body[0]), body[0]) if n >= body[0] - 15]
    after = [n for n in range(body[-1] + 1, min(len(lines), body[-1] + 4)) if n not in inside]
    for group in (before, after):
        found, at = [], None
        for n in group:
            text = lines[n].text
            byline = parse_byline(text, language) or parse_byline(_without_dates(text, language), language)
            # A label alone on its line ("By") takes the next line with it.
            if byline is None and n and n - 1 in group and len(lines[n - 1].words) <= 2:
                byline = parse_byline(f"{lines[n - 1].text} {text}", language)
            if byline and len(lines[n].words) < 25:
                found.append(byline)
                at = n if at is None else at
        if found:
            return found, at
    return [], None


def find_images(lines: Sequence[Line], body: Sequence[int], *, language: str | None) -> list[Image]:
    """Captions and credits of pictures among the lines from the headline to just after the text."""
    inside = set(body)
    low, high = (max(0, body[0] - 8), min(len(lines), body[-1] + 5)) if body else (0, 0)
    images: list[Image] = []
    for n in range(low, high):
        if n in inside:
            continue
        photo = split_photo_line(lines[n].text, language)
        if photo is None:
            continue
        caption = photo.caption
        if caption is None and n and n - 1 not in inside and _is_caption(lines[n - 1]):
            caption = lines[n - 1].text
        image = Image(url=None, caption=caption, credit=photo.credit)
        if image not in images:
            images.append(image)
    return images


def find_source(lines: Sequence[Line], body: Sequence[int], *, language: str | None) -> Placed | None:
    """An address in or beside the line in which the page points to its primary source."""
    for n in range(body[-1] + 1, min(len(lines), body[-1] + 12)) if body else ():
        if find_source_line(lines[n].text, language) or lines[n].prompts[KINDS.index("source")] >= OPENS:
            for k in (n, n + 1):
                m = _ADDRESS.search(lines[k].text) if k < len(lines) else None
                if m:
                    return Placed(value=m[0].rstrip(".,;)"), line=k)
    return None


def find_outlet(lines: Sequence[Line], body: Sequence[int]) -> Placed | None:
    """The outlet where the page names itself: in a notice of its own ("… is a news portal", "© …", "download … app").

    A site name in one of the first lines counts where a notice repeats it.
    """
    if body and body[0] > 0 and _is_own_name(lines):
        return Placed(value=lines[0].text, line=0)
    inside = set(body)
    for n, line in enumerate(lines):
        if n in inside or len(line.text) > 600:
            continue
        for pattern in _OWN_NOTICES:
            m = pattern.search(line.text)
            name = m["name"].strip(" .") if m else ""
            if 2 <= len(name) <= 40 and not _is_other_name(name):
                return Placed(value=name, line=n)
    for n in range(body[-1] + 1, min(len(lines), body[-1] + 4)) if body else ():
        if (
            len(lines[n].words) <= 8
            and (m := PAPER_NAME.match(lines[n].text))
            and not parse_byline(lines[n].text)
        ):
            return Placed(value=m[0], line=n)
    return None


# ---------------------------------------------------------------- helpers

_LEGAL = KINDS.index("legal")
_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_SITE = re.compile(r"\s+[|–—·»-]\s+[^|–—·»]{2,40}$")
# "Business|The headline": a link to the section stands in the same line without a blank.
_SECTION = re.compile(r"^[A-ZÀ-Ý][\w&' -]{2,20}\|(?=\S)")
_TITLE_ABOVE = 40
_NAME = r"(?P<name>[A-Z0-9][\w.&'’]*(?: (?:[A-Z][\w.&'’]*|of|the|and|&)){0,3})"
_OWN_NOTICES = (
    re.compile(rf"(?<![\w-]){_NAME} is an? (?:\w+ ){{0,4}}(?:aggregator|news (?:portal|site|website|outlet|agency|platform)|newspaper|magazine)"),
    re.compile(rf"(?:[Dd]ownload|[Gg]et|[Ii]nstall|[Tt]ry)(?: the| our)? {_NAME} (?:app|App|AI)\b"),
    re.compile(rf"\bwhat {_NAME} AI\b"),
    re.compile(rf"(?:©|[Cc]opyright)(?: ©)?,?\s*(?:\d{{4}}(?:\s?[-–]\s?\d{{4}})?)?,?\s+(?:[Bb]y )?{_NAME}(?=[.,|]| All| -|$)"),
)  # fmt: skip
_NO_NAME = frozenset(
    ["the", "all", "our", "this", "your", "it", "he", "she", "associated", "latest", "breaking", "more", "related", "top", "android", "ios", "apple", "google"]
)  # fmt: skip
_COMPANY = re.compile(r"\b(?:Inc|Ltd|LLC|Corp|Company|Co|PLC|plc|GmbH|AG|SE|Media Group|Holdings?)$")


def _is_other_name(name: str) -> bool:
    """Whether a name in a notice is no outlet's: a menu's word, an agency or a picture's owner, the company behind."""
    return (
        name.lower().split()[0] in _NO_NAME
        or _COMPANY.search(name) is not None
        or load_agencies().pattern.search(name) is not None
        or name in _PICTURE_OWNERS
    )


_PICTURE_OWNERS = frozenset(
    ["EPA", "EFE", "Getty", "Getty Images", "Shutterstock", "Alamy", "PA", "PA Media", "Rex"]
)


def _is_own_name(lines: Sequence[Line]) -> bool:
    """Whether the page's first line is the site's name: up to four words with capitals that end like a paper's name, or that
    a legal notice or an address of the page repeats."""
    first = lines[0]
    words = first.text.split()
    named = [w for w in (w.lower() for w in words) if w != "the"]
    if (
        not named
        or named[0] in _NO_NAME
        or not 1 <= len(words) <= 4
        or not 5 <= len(first.text) <= 40
        or max(first.prompts) >= INSIDE
    ):
        return False
    if not all(w[0].isupper() or w in ("of", "the", "and") for w in words) or any(
        c.isdigit() for c in first.text
    ):
        return False
    if len(words) > 1 and PAPER_NAME.fullmatch(first.text):
        return True
    name = "".join(first.words).removeprefix("the")
    addresses = (f"@{name}.", f"www.{name}.", f"//{name}.")
    return len(name) >= 5 and any(
        (line.prompts[_LEGAL] >= INSIDE and len(words) > 1 and first.text in line.text[:60])
        or any(a in line.text.lower() for a in addresses)
        for line in lines[1:]
    )


def _title_weight(line: Line, lead: set[str]) -> float | None:
    """How much a line looks like a headline, None where it is plainly something else."""
    size = len(line.words) // 2 if _is_spaceless(line) else len(line.words)
    wide = sum(len(w) for w in line.words) >= 8
    if size < 2 or not wide or size > 45 or line.mark in ("*", "-", ">"):
        return None
    if any(s >= OPENS for s in line.prompts) and size < 5:
        return None
    byline = parse_byline(line.text) if size < _LONGEST_NAMES else None
    if byline and (size < 12 or len(byline.names) > 1):
        return None
    if size < 8 and find_dates(line.text):
        return None
    photo = split_photo_line(line.text)
    if photo is not None or _LENT.search(line.text):
        return None
    terms = _terms(line)
    shared = sum(t in lead for t in terms) / max(1, len(terms))
    # One or two words in common with the lead say little: a kicker has them too.
    weight = (
        shared * min(1.0, len(terms) / _TELLING)
        + (0.4 if 4 <= size <= 22 else 0.0)
        + (0.5 if line.mark == "#" else 0.0)
    )
    if line.text[-1] in ".,:;":
        weight -= 0.5
    return weight if shared > 0 or line.mark == "#" or size >= 4 else None


# "…（警視庁提供）": whose picture it is, as papers of East Asia end a caption.
_LENT = re.compile(r"[（(][^（()）]{0,20}(?:提供|撮影|写真|摄影|攝影|사진)[^（()）]{0,6}[)）]$")


def _terms(line: Line) -> list[str]:
    """The beginnings of the longer words of a line; in scripts without spaces its pairs of characters."""
    if _is_spaceless(line):
        return [a + b for a, b in pairwise(line.words)]
    return [w[:6] for w in line.words if len(w) > 3]


def _is_spaceless(line: Line) -> bool:
    return len(line.text.split()) * 4 < len(line.words)


def _repeats(first: Line, line: Line) -> bool:
    """Whether the page's first line says what the line says, perhaps with the site's name beside it."""
    known = set(first.words)
    return sum(w in known for w in line.words) >= 0.8 * len(line.words)


def _without_dates(text: str, language: str | None) -> str:
    """A line without the days and clocks that stand beside a byline ("by Ines Okarro - 12/22/31 11:35 AM ET")."""
    if not any(c.isdigit() for c in text) or len(text) > _LONGEST_BYLINE:
        return text
    for mention in reversed([m for m in find_dates(text, language) if m.kind == "day"]):
        text = f"{text[: mention.start]}|{text[mention.end :]}"
    return _SEPARATORS.sub(" | ", _CLOCK.sub("|", text)).strip(" |,–—-")


_LONGEST_BYLINE, _LONGEST_NAMES, _TELLING = 160, 25, 3
_CLOCK = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\s?(?:[ap]\.?m\.?|Uhr)?(?:\s(?:[A-Z]{2,4}|UTC[+-]\d+)\b)?", re.IGNORECASE
)
_SEPARATORS = re.compile(r"[\s,–—-]*(?:(?:\s|^)(?:am|on|le|um|at)\s*)?\|[|\s,–—-]*")


def _slug_words(url: str | None) -> frozenset[str]:
    """The longer words of the longest part of an address, without signs above the letters."""
    parts = re.split(r"[/?#]", re.sub(r"^[a-z]+://[^/]*", "", url or ""))
    slug = max(parts, key=lambda part: part.count("-") + part.count("_"), default="")
    return frozenset(w for w in re.split(r"[\W_]+", slug.lower()) if len(w) > 3 and w.isalpha())


def _share(slug: frozenset[str], line: Line) -> float:
    if len(slug) < 2:
        return 0.0
    words = {_plain(w) for w in line.words}
    return sum(w in words for w in slug) / len(slug)


def _plain(word: str) -> str:
    """Signs above letters taken off, as addresses do."""
    if word.isascii():
        return word
    folded = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def _without_site(text: str) -> str:
    """A page's title without the name of the site behind its last dash or bar."""
    bare = _SITE.sub("", text)
    return bare if len(bare) >= 15 else text


def _is_caption(line: Line) -> bool:
    """A sentence above a picture's credit that is no prompt."""
    return 5 <= len(line.words) <= 60 and max(line.prompts) in (NONE, INSIDE)
