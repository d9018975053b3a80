"""Puts the parts of a web page together as an `Article`, or says why it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from stemma.extract.credits import (
    cut_author_note,
    cut_byline,
    cut_editors,
    cut_signature,
    find_agency,
    find_dateline,
    find_eastern_byline,
    find_genre,
    find_source_line,
    is_signature,
    parse_byline,
)
from stemma.extract.dates import resolve_published
from stemma.extract.html.body import Body, choose_body
from stemma.extract.html.claims import Claims, absolute, read_claims
from stemma.extract.html.clues import find_clues
from stemma.extract.html.fallback import read_again
from stemma.extract.html.features import Known
from stemma.extract.html.fields import Fields, read_fields
from stemma.extract.html.language import detect_language
from stemma.extract.html.limits import find_excess, is_light
from stemma.extract.html.linked import find_links
from stemma.extract.html.outcome import find_fault
from stemma.extract.html.outline import DEEPEST, MOST_TEXT, Outline, read_outline
from stemma.extract.html.pictures import find_images
from stemma.extract.html.scorer import load_scorer
from stemma.extract.html.shown import find_shown_dates
from stemma.extract.html.state import find_entries_text, find_state_text, plain_paragraphs
from stemma.extract.html.teasers import find_embedded
from stemma.extract.page import reject
from stemma.extract.visible import opens_with_label
from stemma.types import Article, DateClue, Found, Page, Rejected

TRUSTED = 0.5
"""`Body.sure` from which the scorer is believed. By site on `extract/html`, mean of two fits: 2 % of pages lie below, and text F1 is
.963; .963 from .7 (6 % of pages, each at the cost of three others), .965 from .8 (9 %), .962 with the scorer alone, .950 with trafilatura alone."""


def extract_html(html: bytes, page: Page) -> Article | Rejected:
    """The article of a web page. `html` is `page.body` as UTF-8."""
    excess = find_excess(html)
    if excess:
        return reject(page, *excess)
    tree = LexborHTMLParser(html)
    outline = read_outline(tree)
    if len(outline) < _FEWEST_BLOCKS and tree.css_first("noscript p") is not None:
        # A page that shows its text to readers without a program only.
        tree.unwrap_tags(["noscript"])
        outline = read_outline(tree)
    if not outline.shallow:
        return reject(page, "too deep", f"more than {DEEPEST:,} elements inside each other")
    if not outline.complete:
        return reject(page, "too large", f"more than {MOST_TEXT:,} characters of text")
    claims = read_claims(tree, url=page.url)
    fields = read_fields(tree, claims, url=page.url, outlet=page.outlet)
    known = Known(title=fields.title, description=fields.description, body=fields.body)
    probabilities = load_scorer().score(outline, known)
    body = choose_body(outline, probabilities, title=fields.title, live=fields.genre == "live")
    text, where = _complete(body, fields, html, tree, outline)
    fault = find_fault(outline, claims, article=fields.article, title=fields.title, text=text, own=body.text)
    if fault:
        return reject(page, *fault)
    language = detect_language(text, declared=claims.language)
    clues = find_clues(claims, fields.article, url=page.url or fields.url, feed_date=page.feed_date)
    clues += _shown(outline, body, claims, clues, page, title=fields.title, language=language)
    published = resolve_published(clues, text=text, language=language, fetched=page.fetched)
    head, tail = _around(outline, body)
    agency = find_agency(head=[*fields.credited, *head], text=text, tail=tail, outlet=fields.outlet)
    text, place = _without_dateline(text)
    text = cut_signature(text, agency.name if agency else None)
    found = [*fields.found, Found(name="text", where=where)]
    text, signed = cut_byline(text, language)
    byline = fields.byline or signed or _read_byline([*head, *tail[:_TAIL]], language)
    if not byline:
        byline = find_eastern_byline(lines=[*head, *tail[:_TAIL]], text=text)
        text, byline = _take_signature(text, outline, body, byline)
        byline = byline or _read_byline(_below_standfirst(outline, body), language) or _find_labelled(outline)
    if byline and not fields.byline:
        found.append(Found(name="byline", where="line beside the text"))
    text = cut_author_note(cut_editors(text), byline)
    if agency:
        found.append(Found(name="agency", where=agency.where))
    labels = [*([fields.section] if fields.section else []), *head]
    return Article(
        id=page.id,
        text=text,
        title=fields.title,
        url=fields.url,
        source_url=fields.source_url or _find_source(outline, body, base=claims.base, language=language),
        outlet=fields.outlet,
        agency=agency.name if agency else None,
        byline=byline,
        dateline=place,
        section=fields.section,
        genre=fields.genre
        or find_genre(title=fields.title, labels=labels, url=page.url, text=text, language=language),
        language=language,
        published=published,
        first_seen=page.fetched,
        images=find_images(claims, language=language),
        embedded=find_embedded(outline, body.places, base=page.url or fields.url, others=body.others),
        links=find_links(outline.anchors, text, base=claims.base, own=(page.url, fields.url)),
        found=tuple(found),
    )


# ---------------------------------------------------------------- helpers

_AROUND = 6
_FEWEST_BLOCKS = 12
_DATES_BEFORE = 40
_LONGEST_CREDIT = 160
_STANDFIRST = 2
_FEWEST_SIGNED = 4
_TAIL = 2
_BETWEEN = re.compile(r"\s*[|\n]\s*")
_EMPTY = 200
_LIGHT_DEPTH = 150


def _complete(
    body: Body, fields: Fields, html: bytes, tree: LexborHTMLParser, outline: Outline
) -> tuple[str, str]:
    """The text of the blocks; where that is next to nothing or unsure, the page's own data or a second opinion."""
    if fields.body and len(body.text) < _EMPTY and len(body.text) * 3 < len(fields.body):
        return plain_paragraphs(fields.body), "json-ld articleBody"
    if len(body.text) < _EMPTY and (entries := find_entries_text(fields.article)):
        return entries, "json-ld liveBlogUpdate"
    if len(body.text) < _EMPTY and (stated := find_state_text(tree, title=fields.title)):
        return stated, "embedded state"
    if body.sure >= TRUSTED and len(body.text) >= _EMPTY:
        return body.text, "blocks"
    deepest = max(outline.depths, default=0)
    light = deepest <= _LIGHT_DEPTH and is_light(html)
    again = read_again(html, outline, body.places, title=fields.title) if light else ""
    return (
        (again, "trafilatura")
        if len(again) >= _EMPTY or len(again) > len(body.text)
        else (body.text, "blocks")
    )


def _without_dateline(text: str) -> tuple[str, str | None]:
    """The text without its dateline, and the place that it names; a standfirst may stand before it."""
    start = 0
    for _ in range(_STANDFIRST + 1):
        dateline = find_dateline(text[start : start + _LONGEST_CREDIT])
        if dateline:
            return text[:start] + text[start + dateline.end :], dateline.place
        start = text.find("\n\n", start) + 2
        if start < 2:
            break
    return text, None


def _take_signature(
    text: str, outline: Outline, body: Body, byline: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """The text without the author's name that ends it in emphasis, and that name where nobody else is named."""
    if byline or len(body.places) < _FEWEST_SIGNED:
        return text, byline
    last = body.places[-1]
    words = outline.texts[last]
    whole = outline.strong[last] >= len(words) and outline.tags[outline.holders[last]] in ("p", "div")
    if not whole or not text.endswith(f"\n\n{words}") or not is_signature(words):
        return text, byline
    return text[: -len(words) - 2], (words.strip(" .–—-()"),)


def _find_labelled(outline: Outline) -> tuple[str, ...]:
    """The people of the one line on the page that opens with the word for an author, wherever it stands ("Autorin/Autor …")."""
    labelled = (t for t in outline.texts if len(t) <= _LONGEST_LABELLED and _AUTHOR.match(t))
    found = {byline.names for t in labelled if (byline := parse_byline(t)) and byline.names}
    return found.pop() if len(found) == 1 else ()


_LONGEST_LABELLED = 60
_AUTHOR = re.compile(
    r"(?:autor|author|auteur|autora|autore|autorka|autorin|forfatter|författare|автор|автори|yazar)(?:in|ka|/in|\*in|:in)?"
    r"(?:/\w+)?(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)


def _read_byline(lines: Sequence[str], language: str | None) -> tuple[str, ...]:
    """The people of the first line that labels them as authors ("by …")."""
    for line in lines:
        for piece in dict.fromkeys((line, *_BETWEEN.split(line))):
            byline = parse_byline(piece, language)
            if byline and byline.names:
                return byline.names
    return ()


def _shown(
    outline: Outline,
    body: Body,
    claims: Claims,
    clues: Sequence[DateClue],
    page: Page,
    *,
    title: str | None,
    language: str | None,
) -> list[DateClue]:
    """The date lines around the article, without the page's own clock.

    A line that dates the page after its last change, or on the day of its fetching against what its head says, is a
    clock: a site prints today's date in its header.
    """
    stated = [
        c.earliest for c in clues if c.basis in ("json-ld", "meta") and c.earliest and c.earliest == c.latest
    ]
    changed = [c.latest for c in clues if c.earliest is None and c.latest]
    start = max(0, body.places[0] - _DATES_BEFORE) if body.places else 0
    # The region that the page declares ("en-GB") says in which order day and month are written.
    spoken = (
        claims.language
        if claims.language and language and claims.language[:3] == f"{language}-"
        else language
    )
    stop = min(len(outline), (body.places[-1] + _AROUND) if body.places else len(outline))
    shown = find_shown_dates(outline, range(start, stop), body.places, title=title, language=spoken)
    if not shown and not any(c.earliest and c.earliest == c.latest for c in clues):
        # A page without any other day may say anywhere that it was published then, at the foot of the site too.
        everywhere = find_shown_dates(outline, range(len(outline)), body.places, title=title, language=spoken)
        shown = [c for c in everywhere if opens_with_label(c.words)]
    last = max((*changed, *stated), default=None)
    fetched = page.fetched.date() if page.fetched else None
    return [
        c
        for c in shown
        if not (stated and c.earliest and last)
        or (
            c.earliest - last <= timedelta(days=1)
            and (fetched is None or c.earliest < fetched or c.earliest in stated)
        )
        or min(abs((c.earliest - d).days) for d in stated) <= 1
    ]


def _around(outline: Outline, body: Body) -> tuple[list[str], list[str]]:
    """The short lines just before the text and just after it, where credits stand."""
    if not body.places:
        return [], []
    inside = frozenset(body.places)
    first, last = body.places[0], body.places[-1]
    before = [
        text
        for at, text in enumerate(outline.texts[max(0, first - _AROUND) : first], max(0, first - _AROUND))
        if at not in inside
    ]
    after = outline.texts[last + 1 : last + 1 + _AROUND]
    return [t for t in before if len(t) <= _LONGEST_CREDIT], [t for t in after if len(t) <= _LONGEST_CREDIT]


def _below_standfirst(outline: Outline, body: Body) -> list[str]:
    """The short lines between the first block of the text and the second: a byline may stand below a standfirst."""
    between = outline.texts[body.places[0] + 1 : body.places[1]] if len(body.places) > 1 else []
    return [t for t in between[:_AROUND] if len(t) <= _LONGEST_CREDIT]


def _find_source(outline: Outline, body: Body, *, base: str | None, language: str | None) -> str | None:
    """The address of a link that says that it leads to the original and leaves the site."""
    own = _host(base)
    start = max(0, body.places[0] - _AROUND) if body.places else 0
    stop = min(len(outline), body.places[-1] + 3 * _AROUND) if body.places else len(outline)
    for at in range(start, stop):
        href, text = outline.hrefs[at], outline.texts[at]
        if href is None or len(text) > _LONGEST_CREDIT or not find_source_line(text, language):
            continue
        address = absolute(href, base)
        if address and own and _host(address) != own:
            return address
    return None


def _host(address: str | None) -> str:
    try:
        return (urlsplit(address or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
