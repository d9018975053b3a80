"""Search by words: SQLite's FTS5 here, one function for each engine later.

Words are joined by "and"; "…" is a phrase, `-word` leaves out, OR between two words takes either, `word*` begins so;
`outlet:`, `from:`, `lang:`, `said:`, `after:`, `before:` narrow it. Scripts without spaces are indexed
sign by sign. Of more than `CANDIDATES` articles the newest are ranked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Float, Integer, and_, column, or_, select, text

from stemma.store import schema
from stemma.store.browse import find_agencies_like, find_outlets_like
from stemma.store.deny import visible_articles
from stemma.store.people import find_speakers
from stemma.store.query import Asked, is_joined, parse_query
from stemma.store.rows import page_name, story_rows
from stemma.store.views import SearchHit

CANDIDATES = 2_000
"""bench/speed/portal.py: ranking all 300,000 articles that hold a common word takes half a second, 2,000 take 10 ms."""
_SNIPPET = 220
_SIGN_SNIPPET = 90
"""Characters of a snippet; signs of Chinese or Thai say more each."""
_NARROWED = 20_000
"""Newest articles holding the words that are gone through where fields narrow a search."""


def search(
    connection: Connection, words: str, *, limit: int, offset: int, newest: bool = False
) -> tuple[SearchHit, ...]:
    """See `Store.search`. Stories of the articles found come first."""
    asked = parse_query(words)
    if asked is None:
        return ()
    visible, revision, member = visible_articles(), schema.revision, schema.member
    query: Any = (
        select(
            visible.c.id,
            visible.c.outlet,
            revision.c.title,
            revision.c.text,
            revision.c.stated,
            revision.c.earliest,
            revision.c.latest,
            revision.c.language,
            member.c.story,
            page_name(visible),
        )
        .select_from(visible)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .join(member, member.c.article == visible.c.id)
    )
    for condition in _narrow(connection, asked, visible, revision):
        query = query.where(condition)
    if asked.expression is not None:
        most = _NARROWED if asked.narrowed else max(CANDIDATES, 2 * (limit + offset))
        found = _match(asked.expression, most=most)
        query = query.join(found, found.c.number == visible.c.id)
        by_weight: tuple[Any, ...] = (found.c.weight, visible.c.id.desc())
    else:
        by_weight = (visible.c.id.desc(),)
    by_day = (revision.c.earliest.desc(), visible.c.id.desc())
    order = by_day if newest and asked.groups else by_weight
    rows = connection.execute(query.order_by(*order).limit(limit).offset(offset)).all()
    stories = story_rows(connection, list(dict.fromkeys(row.story for row in rows)))
    return (
        *(
            SearchHit(
                kind="story",
                id=story.story,
                title=story.title,
                published=story.published.stated,
                snippet=story.lead or "",
                story=story.story,
                earliest=story.published.earliest,
                latest=story.published.latest,
                language=story.languages[0] if len(story.languages) == 1 else None,
            )
            for story in stories
        ),
        *(
            SearchHit(
                kind="article",
                id=row.id,
                title=row.title,
                published=row.stated,
                snippet=cut_snippet(row.text, asked.words),
                story=row.story,
                outlet=row.outlet,
                earliest=row.earliest,
                latest=row.latest,
                language=row.language,
                name=row.name,
            )
            for row in rows
        ),
    )


def cut_snippet(text: str, words: Iterable[str]) -> str:
    """The place of the text that holds the first of the words, found words marked; its opening where none is there."""
    patterns = [_bound(word) for word in words if word.strip("*")]
    if not patterns:
        return _join(text[: _SNIPPET + 1])
    pattern = re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE)
    first = pattern.search(text)
    if first is None:
        return _join(text[: _SNIPPET + 1])
    size = (
        _SIGN_SNIPPET
        if not text[first.start() : first.end()].isascii() and " " not in text[:200]
        else _SNIPPET
    )
    start = max(0, first.start() - size // 3)
    if start and " " in text[start : first.start()]:
        start = text.index(" ", start) + 1
    end = min(len(text), start + size)
    if end < len(text) and " " in text[first.end() : end]:
        end = text.rindex(" ", first.end(), end)
    cut = pattern.sub(lambda m: f"\ue000{m[0]}\ue001", re.sub("[\ue000\ue001]", "", text[start:end]))
    return f"{'…' if start else ''}{_join(cut, most=None)}{'…' if end < len(text) else ''}"


def _bound(word: str) -> str:
    """A whole word or, with a star, the beginning of one; where words are written together, anywhere."""
    plain = re.escape(word.rstrip("*"))
    if is_joined(word):
        return plain
    return rf"(?<!\w){plain}" if word.endswith("*") else rf"(?<!\w){plain}(?!\w)"


def _join(text: str, *, most: int | None = _SNIPPET) -> str:
    line = " ".join(text.split())
    return line if most is None or len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


def _match(expression: str, *, most: int) -> Any:
    """The newest `most` articles that hold the words, with their weights (bm25, the smaller the better)."""
    found = text(
        "SELECT rowid AS number, rank AS weight FROM searched_words WHERE searched_words MATCH :asked "
        "ORDER BY rowid DESC LIMIT :most"
    ).bindparams(asked=expression, most=most)
    return found.columns(column("number", Integer), column("weight", Float)).subquery("found")


def _narrow(connection: Connection, asked: Asked, visible: Any, revision: Any) -> Iterable[Any]:
    """The fields as conditions; names are found first, so that an index answers and not the texts."""
    for value in asked.outlets:
        yield visible.c.outlet.in_(find_outlets_like(connection, value))
    for value in asked.sources:
        yield or_(
            visible.c.outlet.in_(find_outlets_like(connection, value)),
            revision.c.agency.in_(find_agencies_like(connection, value)),
        )
    for value in asked.speakers:
        quote = schema.quote
        said = select(quote.c.article).where(quote.c.speaker.in_(find_speakers(connection, value)))
        yield visible.c.id.in_(said)
    if asked.languages:
        yield or_(
            *(
                or_(revision.c.language == tag, revision.c.language.startswith(f"{tag}-", autoescape=True))
                for tag in asked.languages
            )
        )
    if asked.after is not None:
        yield revision.c.earliest >= asked.after
    if asked.before is not None:
        yield and_(revision.c.latest.is_not(None), revision.c.latest < asked.before)
