"""Puts the parts of a flattened page together as an `Article`, each with the line that it was read from."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.extract.credits import (
    cut_author_note,
    cut_editors,
    find_agency,
    find_dateline,
    find_eastern_byline,
    find_genre,
    is_wired,
)
from stemma.extract.dates import find_url_date, resolve_published
from stemma.extract.flat.choose import choose_lines
from stemma.extract.flat.lines import Line, split_lines
from stemma.extract.flat.others import find_embedded
from stemma.extract.flat.outcome import find_flat_fault
from stemma.extract.flat.parts import (
    Placed,
    find_bylines,
    find_images,
    find_outlet,
    find_source,
    find_title,
)
from stemma.extract.html.language import detect_language
from stemma.extract.visible import DateLine, find_visible_dates
from stemma.text.dates import DateMention, find_dates
from stemma.types import Article, DateClue, Found, Page, Rejected


def extract_flat(text: str, page: Page) -> Article | Rejected:
    """The article of a flattened page, `Rejected` where no lines read like one, or the page says that it is none.

    `text` are the characters of `page.body`; the address, outlet and fetching time of `page` are evidence only.
    """
    lines = split_lines(text)
    body, tail = choose_lines(lines)
    fault = find_flat_fault(lines, body)
    if fault is not None:
        return Rejected(id=page.id, stage="extract", reason=fault[0], detail=fault[1])
    paragraphs = [lines[n].text for n in body]
    language = detect_language("\n".join(paragraphs)[:1000], declared=None)
    title = find_title(lines, body, url=page.url)
    bylines, byline_at = find_bylines(lines, body, title=title, language=language)
    outlet = Placed(value=page.outlet, line=-1) if page.outlet else find_outlet(lines, body)
    inside = set(body)
    # Captions above the lead may have been taken for text: the head reaches into the first lines.
    start = max(0, min(title.line + 1, body[0]) if title else 0, body[0] - 40 if title else body[0] - 12)
    head = [lines[n].text for n in range(start, body[min(4, len(body) - 1)]) if n not in inside]
    after = [lines[n].text for n in range(body[0], min(len(lines), body[-1] + 25)) if n not in inside]
    # A dateline among captions or between the entries of a ticker may not have been taken for text.
    wired = [t for n in range(body[0], body[-1]) if n not in inside and is_wired(t := lines[n].text)]
    agency = find_agency(
        head=[*head, *wired], text="\n".join(paragraphs), tail=after, outlet=outlet.value if outlet else None
    )
    dateline = find_dateline(paragraphs[0])
    if dateline:
        paragraphs[0] = paragraphs[0][dateline.end :]
    article_text = "\n\n".join(paragraphs)
    byline = tuple(dict.fromkeys(name for b in bylines for name in b.names))
    if not byline and (byline := find_eastern_byline(lines=[*head[-6:], *after[:2]], text=article_text)):
        byline_at = body[0]
    article_text = cut_author_note(cut_editors(article_text), byline)
    source = find_source(lines, body, language=language)
    clues = _find_clues(lines, body, title=title, page=page, language=language)
    found = [Found(name="text", where=f"lines {body[0] + 1} to {body[-1] + 1}")]
    for name, placed in (("title", title), ("outlet", outlet), ("source_url", source)):
        if placed:
            found.append(Found(name=name, where=f"line {placed.line + 1}" if placed.line >= 0 else "given"))
    if byline_at is not None:
        found.append(Found(name="byline", where=f"line {byline_at + 1}"))
    if agency:
        found.append(Found(name="agency", where=agency.where))
    return Article(
        id=page.id,
        url=page.url,
        text=article_text,
        title=title.value if title else None,
        source_url=source.value if source else None,
        outlet=outlet.value if outlet else None,
        agency=agency.name if agency else None,
        byline=byline,
        dateline=dateline.place if dateline else None,
        genre=find_genre(
            title=title.value if title else None,
            labels=[lines[n].text for n in range(_label_start(body, title), body[0])],
            url=page.url,
            text=article_text,
            language=language,
        ),
        language=language,
        published=resolve_published(clues, text=article_text, language=language, fetched=page.fetched),
        first_seen=page.fetched,
        images=tuple(find_images(lines, body, language=language)),
        embedded=tuple(find_embedded(lines, body, tail=tail, language=language)),
        found=tuple(found),
    )


def _label_start(body: Sequence[int], title: Placed | None) -> int:
    """Where labels of the article may begin: a kicker stands right above the headline, a menu further up."""
    return max(0, body[0] - 6, title.line - 2 if title and title.line < body[0] else 0)


# ---------------------------------------------------------------- dates

_ABOVE, _BELOW = 12, 6


def _find_clues(
    lines: Sequence[Line], body: Sequence[int], *, title: Placed | None, page: Page, language: str | None
) -> list[DateClue]:
    """Date clues of a flattened page: its address, and date lines near the text that something supports."""
    clues = [c for c in (find_url_date(page.url or ""),) if c]
    inside = set(body)
    low = max(0, (min(title.line, body[0]) if title else body[0]) - 4, body[0] - 3 * _ABOVE)
    high = min(len(lines), body[-1] + 1 + _BELOW)
    near = [n for n in range(low, high) if n not in inside]
    shown = [DateLine(text=lines[n].text, heading=title is not None and n == title.line) for n in near]
    # The first line stands for the text's place, and may open with its day; what others say of days is for the bounds.
    place = next((k for k, n in enumerate(near) if n > body[0]), len(near))
    shown.insert(place, DateLine(text=lines[body[0]].text, body=True))
    for clue in find_visible_dates(shown, language=language):
        at = next((n for n in near if lines[n].text[:80] == clue.words), None)
        if at is None or _is_supported(
            clue, at, lines, title=title, clues=clues, body=body, language=language
        ):
            clues.append(clue)
    return clues


def _is_supported(
    clue: DateClue,
    at: int,
    lines: Sequence[Line],
    *,
    title: Placed | None,
    clues: Sequence[DateClue],
    body: Sequence[int],
    language: str | None,
) -> bool:
    """Whether more than its place speaks for a date line: crawlers print their own day above the headline.

    A line between headline and text, or behind the text, is supported by that place. One above needs a clock or a label
    beside the date, an address of that day, or words of the text that name that day or one of the week before it.
    """
    if title is not None and at > title.line:
        return True
    day = clue.latest
    words = [m for m in find_dates(lines[at].text, language) if m.kind == "day"]
    if words and len(lines[at].text) - (words[0].end - words[0].start) >= 4:
        return True
    if any(c.latest == day for c in clues):
        return True
    mentions: list[DateMention] = [m for n in body for m in find_dates(lines[n].text, language)]
    return any(
        m.month is not None
        and m.day is not None
        and day is not None
        and m.year in (None, day.year)
        and 0 <= (day - day.replace(month=m.month, day=min(m.day, 28))).days <= 7
        for m in mentions
    )
