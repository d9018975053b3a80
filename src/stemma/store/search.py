"""Search by words: SQLite's FTS5 here, one function for each engine later.

Words are joined by "and"; "…" is a phrase, `-word` leaves out, OR between two words takes either, `word*` begins so;
`outlet:`, `from:`, `lang:`, `said:`, `after:`, `before:` narrow it. Scripts without spaces are indexed
sign by sign. What a search costs does not grow with the number of articles that hold the words: those whose title holds
them and the newest are weighed, the rest follow, the newest first (`weighing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, or_, select, text

from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.heads import find_heads
from stemma.store.query import Asked, is_joined, parse_query
from stemma.store.rows import page_name
from stemma.store.tallies import find_names_with, find_speakers
from stemma.store.views import SearchHit
from stemma.store.weighing import weigh

WEIGHED = 60
"""Newest articles whose texts are weighed, and as many whose titles hold the words."""
TITLED = 50_000
"""Newest articles among whose titles the words are looked for: two common words are seldom in one title, and all would
be gone through."""
LOOKED_AT = 1_000
"""Newest articles holding the words that are sorted by day, or looked at for their fields; more where a later page asks
for them."""
ENOUGH = 60
_STEPS = (250, 750, 1_000_000)
"""Where fields narrow: articles holding the words are looked at step by step, until so many fit."""
_SPARE = 50
"""Articles looked up beyond those asked for, since some may be withheld."""
_SNIPPET = 220
_SIGN_SNIPPET = 90
"""Characters of a snippet; signs of Chinese or Thai say more each."""


def search(
    connection: Connection, words: str, *, limit: int, offset: int, newest: bool = False
) -> tuple[SearchHit, ...]:
    """See `Store.search`. Stories of the articles found come first."""
    asked = parse_query(words)
    if asked is None:
        return ()
    numbers = _find(connection, asked, upto=limit + offset, newest=newest)[offset : offset + limit]
    rows = _find_hits(connection, numbers)
    heads = find_heads(connection, list(dict.fromkeys(row.story for row in rows)))
    return (
        *(
            SearchHit(
                kind="story",
                id=head.story,
                title=head.title,
                published=head.published.stated,
                snippet=head.lead or "",
                story=head.story,
                earliest=head.published.earliest,
                latest=head.published.latest,
                language=head.language,
            )
            for head in heads
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


# ---------------------------------------------------------------- which articles, in which order


def _find(connection: Connection, asked: Asked, *, upto: int, newest: bool) -> list[int]:
    """Visible articles, `upto` of them where there are so many."""
    visible, revision = visible_articles(), schema.revision
    conditions = list(_narrow(connection, asked, visible, revision))
    if asked.expression is None:
        return list(connection.execute(_fitting(asked, conditions).limit(upto)).scalars())
    most = LOOKED_AT if newest or conditions else WEIGHED + _SPARE
    found = _match(connection, asked.expression, most=max(most, upto + _SPARE))
    if conditions:
        found = _keep_fitting(connection, asked, conditions, found, enough=max(ENOUGH, upto))
    if newest:
        return _sort_by_day(connection, found)[:upto]
    if len(found) > WEIGHED:
        # Words of the title count most: such articles are weighed though others are newer.
        titled = _match(connection, asked.titled, most=WEIGHED, above=found[0] - TITLED)
        if conditions:
            held = set(found)
            titled = [number for number in titled if number in held]
        found = list(dict.fromkeys([*titled, *found]))
        ahead = len(titled) + WEIGHED
    else:
        ahead = len(found)
    ranked = weigh(connection, found[:ahead], asked.groups)
    rest = found[ahead : ahead + max(0, upto - len(ranked)) + _SPARE]
    return [*ranked, *_find_visible(connection, rest)] if len(ranked) < upto else ranked


def _keep_fitting(
    connection: Connection, asked: Asked, conditions: Sequence[Any], found: Sequence[int], *, enough: int
) -> list[int]:
    """Those of the articles, newest first, that fit the fields; where the words are common and the fields are not,
    the newest that fit the fields are asked whether they hold the words."""
    kept: list[int] = []
    at = 0
    for step in _STEPS:
        some = found[at : at + step]
        at += step
        if some:
            query = _fitting(asked, conditions).where(visible_articles().c.id.in_(some))
            fitting = set(connection.execute(query).scalars())
            kept += [number for number in some if number in fitting]
        if len(kept) >= enough:
            return kept
    if len(found) < LOOKED_AT:
        return kept
    others = connection.execute(_fitting(asked, conditions).limit(LOOKED_AT)).scalars().all()
    kept += _match(connection, asked.expression or "", most=LOOKED_AT, among=others)
    return list(dict.fromkeys(kept))


def _fitting(asked: Asked, conditions: Sequence[Any]) -> Select[Any]:
    """The articles that fit the fields, the newest first: by day where days are asked for, which an index knows."""
    visible, revision = visible_articles(), schema.revision
    query = (
        select(visible.c.id)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(*conditions)
    )
    if asked.after is not None or asked.before is not None:
        return query.order_by(revision.c.earliest.desc(), revision.c.article.desc())
    return query.order_by(visible.c.id.desc())


def _match(
    connection: Connection, expression: str, *, most: int, above: int = 0, among: Sequence[int] | None = None
) -> list[int]:
    """The newest `most` articles that hold the words, visible or not; of those `among` and `above` a number alone."""
    if among is not None and not among:
        return []
    statement = "SELECT rowid FROM searched_words WHERE searched_words MATCH :asked AND rowid > :above"
    if among is not None:
        statement += " AND rowid IN :among"
    query = text(f"{statement} ORDER BY rowid DESC LIMIT :most")
    values: dict[str, Any] = {"asked": expression, "most": most, "above": above}
    if among is not None:
        query = query.bindparams(bindparam("among", expanding=True))
        values["among"] = list(among)
    return list(connection.execute(query, values).scalars())


def _find_visible(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those that are visible, in the given order."""
    if not numbers:
        return []
    visible = visible_articles()
    seen = set(connection.execute(select(visible.c.id).where(visible.c.id.in_(numbers))).scalars())
    return [number for number in numbers if number in seen]


def _sort_by_day(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those that are visible by day, the newest first."""
    visible, revision = visible_articles(), schema.revision
    query = (
        select(visible.c.id)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(visible.c.id.in_(numbers))
        .order_by(revision.c.earliest.desc(), visible.c.id.desc())
    )
    return list(connection.execute(query).scalars())


def _find_hits(connection: Connection, numbers: Sequence[int]) -> list[Any]:
    """What is shown of the articles, in the given order."""
    visible, revision, member = visible_articles(), schema.revision, schema.member
    query = (
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
        .where(visible.c.id.in_(numbers))
    )
    rows = {row.id: row for row in connection.execute(query)} if numbers else {}
    return [rows[number] for number in numbers if number in rows]


def _narrow(connection: Connection, asked: Asked, visible: Any, revision: Any) -> Iterable[Any]:
    """The fields as conditions; names are found first, so that an index answers and not the texts."""
    for value in asked.outlets:
        yield visible.c.outlet.in_(find_names_with(connection, "outlet", value))
    for value in asked.sources:
        yield or_(
            visible.c.outlet.in_(find_names_with(connection, "outlet", value)),
            revision.c.agency.in_(find_names_with(connection, "agency", value)),
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


# ---------------------------------------------------------------- what is shown


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
