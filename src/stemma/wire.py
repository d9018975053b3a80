"""The JSON Lines forms of the stage commands: lines to nouns and nouns to lines.

Only shapes are known here, no file and no stage. A line that cannot be used comes back as `Rejected`.
Every number and key is fixed by the command reference (`docs/reference/commands.md`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, cast, get_args

from stemma.types import (
    Article,
    ArticleId,
    Brief,
    CitedSentence,
    Comparison,
    Copy,
    DateBasis,
    Embedded,
    Figure,
    Genre,
    Grouping,
    Image,
    Page,
    Placement,
    Published,
    Quote,
    Reference,
    Rejected,
    Span,
    StoryId,
    ThreadId,
    TimelineEntry,
)

Line = dict[str, Any]

MAX_LINE = 20_000_000
"""Characters of one line; a longer one is rejected before it is parsed."""

_UNICODE_LINE_END = re.compile("[\\x85\\u2028\\u2029]")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_BASES = frozenset(get_args(DateBasis))
_GENRES = frozenset(get_args(Genre))


def dump_line(line: Mapping[str, Any]) -> str:
    """One line without its newline: keys in given order, UTF-8 kept, same bytes on every machine.

    The three line ends of Unicode are escaped: many readers cut lines there.
    """
    dumped = json.dumps(line, ensure_ascii=False, separators=(", ", ": "), allow_nan=False)
    return _UNICODE_LINE_END.sub(lambda m: f"\\u{ord(m.group()):04x}", dumped)


def parse_line(raw: str | bytes | None, *, number: int) -> Line | Rejected:
    """One JSON object, or `Rejected` with the line's number as its id where it has none.

    None stands for a line that was too long to be read.
    """
    nameless = ArticleId(f"line {number}")
    if raw is None or len(raw) > MAX_LINE:
        return _broken(nameless, f"line {number} is longer than {MAX_LINE:,} characters", reason="too large")
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        line = json.loads(text)
    except (ValueError, RecursionError) as fault:
        return _broken(nameless, f"line {number} is not JSON: {str(fault)[:120]}")
    if not isinstance(line, dict):
        return _broken(nameless, f"line {number} is not a JSON object")
    if not isinstance(line.get("id"), str) or not line["id"]:
        return _broken(nameless, f"line {number} has no id")
    if "\\u" in text and _has_surrogate(line):
        return _broken(ArticleId(f"line {number}"), f"line {number} holds half a character (lone surrogate)")
    return cast(Line, line)


def parse_rejected(line: Mapping[str, Any]) -> bool:
    """Whether the line is a rejection from an earlier stage, to be passed on unchanged."""
    return line.get("outcome") == "rejected"


def parse_article(line: Mapping[str, Any]) -> Article | Rejected:
    """An article line. Unknown keys are ignored; a missing `text` is empty as long as there is a title."""
    ident = ArticleId(line["id"])
    wrong = [k for k in _TEXT_KEYS if not isinstance(line.get(k), str | None)]
    if wrong:
        return _broken(ident, f"{', '.join(wrong)} must be text or null")
    text, title = line.get("text") or "", line.get("title") or None
    if not text.strip() and not (title and title.strip()):
        return Rejected(id=ident, stage="read", reason="too short", detail="neither title nor text")
    byline = line.get("byline")
    names = [byline] if isinstance(byline, str) else byline if isinstance(byline, list) else []
    genre = line.get("genre")
    return Article(
        id=ident,
        text=text,
        title=title,
        url=line.get("url") or None,
        source_url=line.get("source_url") or None,
        outlet=line.get("outlet") or None,
        agency=line.get("agency") or None,
        byline=tuple(n for n in names if isinstance(n, str) and n),
        dateline=line.get("dateline") or None,
        section=line.get("section") or None,
        genre=cast(Genre, genre) if genre in _GENRES else "news",
        language=line.get("language") or None,
        published=parse_published(line),
        first_seen=parse_moment(line.get("first_seen")),
        images=tuple(_image(x) for x in _objects(line.get("images"))),
        embedded=tuple(_embedded(x) for x in _objects(line.get("embedded"))),
        links=tuple(r for x in _objects(line.get("links")) if (r := _reference(x, len(text))) is not None),
        story=StoryId(line["story"]) if line.get("story") else None,
        thread=ThreadId(line["thread"]) if line.get("thread") else None,
    )


def parse_published(line: Mapping[str, Any]) -> Published:
    """The interval of an article line; a `published` that is no ISO 8601 day counts as missing."""
    stated = line.get("published")
    day = parse_day(stated)
    basis = line.get("published_basis")
    kinds = tuple(cast(DateBasis, b) for b in basis if b in _BASES) if isinstance(basis, list) else ()
    if day is not None:
        return Published(stated=stated, earliest=day, latest=day, basis=kinds)
    first, last = parse_day(line.get("published_earliest")), parse_day(line.get("published_latest"))
    if first and last and first > last:
        first = last = None
    return Published(earliest=first, latest=last, basis=kinds)


def parse_day(value: object) -> date | None:
    """The first ten characters as a day, as written, never shifted."""
    found = _DAY.match(value) if isinstance(value, str) else None
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def parse_moment(value: object) -> datetime | None:
    """An ISO 8601 time as an aware time (UTC where it has no offset), None where it is none."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_page(line: Mapping[str, Any]) -> Page | Rejected:
    """A page line: `{"id", "url"?, "html" or "text", "fetched"?}`."""
    ident = ArticleId(line["id"])
    for kind in ("html", "text"):
        body = line.get(kind)
        if isinstance(body, str):
            url, outlet, feed = line.get("url"), line.get("outlet"), line.get("feed_date")
            return Page(
                id=ident,
                kind="html" if kind == "html" else "text",
                body=body.encode("utf-8", "replace"),
                url=url if isinstance(url, str) and url else None,
                fetched=parse_moment(line.get("fetched")),
                charset="utf-8",
                feed_date=feed if isinstance(feed, str) else None,
                outlet=outlet if isinstance(outlet, str) and outlet else None,
            )
    return _broken(ident, "neither html nor text")


# ---------------------------------------------------------------- nouns to lines


def rejected_line(rejected: Rejected) -> Line:
    """`{"id", "outcome": "rejected", "reason", "detail"}`."""
    return {
        "id": rejected.id,
        "outcome": "rejected",
        "reason": rejected.reason,
        "detail": rejected.detail,
    }


def article_line(article: Article) -> Line:
    """What `stemma extract` puts out: every key always present."""
    published = article.published
    return {
        "id": article.id,
        "outcome": "article",
        "url": article.url,
        "source_url": article.source_url,
        "title": article.title,
        "byline": list(article.byline),
        "outlet": article.outlet,
        "agency": article.agency,
        "dateline": article.dateline,
        "section": article.section,
        "genre": article.genre,
        "published": published.stated,
        "published_earliest": published.earliest.isoformat() if published.earliest else None,
        "published_latest": published.latest.isoformat() if published.latest else None,
        "published_basis": list(published.basis),
        "first_seen": article.first_seen.isoformat() if article.first_seen else None,
        "language": article.language,
        "text": article.text,
        "images": [{"url": i.url, "caption": i.caption, "credit": i.credit} for i in article.images],
        "embedded": [
            {"title": e.title, "outlet": e.outlet, "url": e.url, "age": e.age, "text": e.text}
            for e in article.embedded
        ],
        "links": [{"url": r.url, "start": r.start, "end": r.end} for r in article.links],
    }


def placement_line(placement: Placement) -> Line:
    return {"id": placement.article, "story": placement.story}


def grouping_line(grouping: Grouping) -> Line:
    return {"id": grouping.article, "story": grouping.story, "thread": grouping.thread}


def copy_line(copy: Copy) -> Line:
    return {
        "child": copy.child,
        "parent": copy.parent,
        "origin": copy.origin,
        "kind": copy.kind,
        "direction": copy.direction,
        "containment": round(copy.containment, 4),
        "confidence": round(copy.confidence, 4),
        "changes": [
            {
                "kind": change.kind,
                "detail": change.detail,
                "child_start": _start(change.child),
                "child_end": _end(change.child),
                "parent_start": _start(change.parent),
                "parent_end": _end(change.parent),
            }
            for change in copy.changes
        ],
    }


def quote_line(quote: Quote) -> Line:
    return {
        "id": quote.span.article,
        "start": quote.span.start,
        "end": quote.span.end,
        "pieces": [[piece.start, piece.end] for piece in quote.pieces],
        "kind": quote.kind,
        "speaker": quote.speaker,
        "speaker_start": _start(quote.speaker_span),
        "speaker_end": _end(quote.speaker_span),
        "cue": quote.cue,
        "cue_start": _start(quote.cue_span),
        "cue_end": _end(quote.cue_span),
    }


def figure_line(figure: Figure) -> Line:
    return {
        "id": figure.span.article,
        "start": figure.span.start,
        "end": figure.span.end,
        "low": number(figure.low),
        "high": number(figure.high),
        "unit": figure.unit,
        "of": figure.of,
        "qualifier": figure.qualifier,
        "place": figure.place,
        "as_of": figure.as_of,
        "said_by": figure.said_by,
    }


def comparison_line(story: StoryId, comparison: Comparison) -> Line:
    return {
        "story": story,
        "about": comparison.about,
        "relation": comparison.relation,
        "values": [
            {
                "low": number(v.low),
                "high": number(v.high),
                "id": v.span.article,
                "start": v.span.start,
                "end": v.span.end,
            }
            for v in comparison.values
        ],
    }


def brief_line(story: StoryId, brief: Brief) -> Line:
    return {
        "story": story,
        "title": brief.title,
        "title_from": brief.title_from,
        "sentences": [sentence_line(s) for s in brief.sentences],
    }


def timeline_line(thread: ThreadId, entry: TimelineEntry) -> Line:
    return {
        "thread": thread,
        "date": entry.date,
        "precision": entry.precision,
        "sentences": [sentence_line(s) for s in entry.sentences],
    }


def sentence_line(sentence: CitedSentence) -> Line:
    return {
        "text": sentence.text,
        "citations": [{"id": c.article, "start": c.start, "end": c.end} for c in sentence.citations],
        "added": [{"start": a.start, "end": a.end, "kind": a.kind, "id": a.article} for a in sentence.added],
    }


def number(value: float | None) -> int | float | None:
    """Whole numbers without a decimal point, so that 5 is 5 and not 5.0."""
    if value is not None and value == int(value) and abs(value) < 2**53:
        return int(value)
    return value


# ---------------------------------------------------------------- helpers

_TEXT_KEYS = ("url", "outlet", "agency", "dateline", "language", "title", "text", "story", "thread")


def _broken(ident: ArticleId, detail: str, *, reason: str = "broken line") -> Rejected:
    return Rejected(
        id=ident, stage="read", reason="too large" if reason == "too large" else "broken line", detail=detail
    )


def _has_surrogate(value: object) -> bool:
    if isinstance(value, str):
        return any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return any(_has_surrogate(k) or _has_surrogate(v) for k, v in value.items())
    return isinstance(value, list) and any(_has_surrogate(v) for v in value)


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [x for x in value if isinstance(x, dict)] if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _image(x: Mapping[str, Any]) -> Image:
    return Image(url=_text(x.get("url")), caption=_text(x.get("caption")), credit=_text(x.get("credit")))


def _embedded(x: Mapping[str, Any]) -> Embedded:
    return Embedded(
        title=_text(x.get("title")),
        outlet=_text(x.get("outlet")),
        url=_text(x.get("url")),
        text=_text(x.get("text")) or "",
        age=_text(x.get("age")),
    )


def _reference(x: Mapping[str, Any], length: int) -> Reference | None:
    """A link with a place in the text; None for anything else."""
    url, start, end = _text(x.get("url")), x.get("start"), x.get("end")
    if url is None or type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
        return None
    return Reference(url=url, start=start, end=end)


def _start(span: Span | None) -> int | None:
    return span.start if span else None


def _end(span: Span | None) -> int | None:
    return span.end if span else None
