"""Puts the parts of a flattened page together as an `Article`."""

from __future__ import annotations

from stemma.extract.credits import find_agency, find_dateline, parse_byline
from stemma.extract.dates import find_url_date, resolve_published
from stemma.extract.flat.choose import choose_lines
from stemma.extract.flat.lines import split_lines
from stemma.extract.html.language import detect_language
from stemma.types import Article, Page, Rejected

MIN_WORDS = 25
"""An article's text has more words than this; the shortest gold text of `extract/flat` has 27."""


def extract_flat(text: str, page: Page) -> Article | Rejected:
    """The article of a flattened page, `Rejected` where there is none ("not a text", "too short")."""
    lines = split_lines(text)
    body = choose_lines(lines)
    paragraphs = [lines[n].text for n in body]
    if sum(len(lines[n].words) for n in body) < MIN_WORDS:
        return Rejected(
            id=page.id, stage="extract", reason="too short", detail="no run of lines reads like an article"
        )
    head = [line.text for line in lines[: body[0]]]
    language = detect_language("\n".join(paragraphs), declared=None)
    clues = [c for c in (find_url_date(page.url or ""),) if c]
    agency = find_agency(head=head, text="\n".join(paragraphs), tail=[x.text for x in lines[body[-1] + 1 :]])
    dateline = find_dateline(paragraphs[0])
    if dateline:
        paragraphs[0] = paragraphs[0][dateline.end :]
    article_text = "\n\n".join(paragraphs)
    bylines = [b for line in head if (b := parse_byline(line, language)) and b.names]
    return Article(
        id=page.id,
        url=page.url,
        text=article_text,
        title=head[-1] if head else None,
        outlet=page.outlet,
        agency=agency.name if agency else None,
        dateline=dateline.place if dateline else None,
        byline=bylines[0].names if bylines else (),
        language=language,
        published=resolve_published(clues, text=article_text, language=language, fetched=page.fetched),
    )
