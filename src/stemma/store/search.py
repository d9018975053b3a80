"""Search by words: SQLite's FTS5 here, one function for each engine later.

Words are joined by "and"; "…" is a phrase, `-word` leaves out, OR between two words takes either, `word*` begins so;
`outlet:`, `from:`, `lang:`, `said:`, `after:`, `before:` narrow it. Scripts without spaces are indexed
sign by sign. What a search costs does not grow with the number of articles that hold the words: those whose title holds
them and the newest are weighed, the rest follow, the newest first (`weighing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select, text

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.heads import find_heads
from stemma.store.listings import SearchHit
from stemma.store.narrowing import Fields, find_newest_fitting, keep_fitting, read_fields
from stemma.store.query import Asked, is_joined, parse_query
from stemma.store.rows import find_page_names, read_off_lines
from stemma.store.weighing import weigh

WEIGHED = 30
"""Newest articles whose texts are weighed, and as many whose titles hold the words: each costs a tenth of a millisecond."""
TITLED = 300
"""Newest articles holding the words whose titles are looked at. FTS5, asked for words in titles, goes through every article
that says one of them elsewhere: 20 ms for a word that is in nearly all of a million texts and in few titles."""
PHRASED = 80
"""The same where a phrase is looked for."""
LOOKED_AT = 1_000
"""Newest articles holding the words that are looked at for their fields; more where a later page asks for them."""
SORTED = 300
"""Newest articles holding the words that are sorted by day."""
ENOUGH = 60
_STEPS = (150, 150, 300, 400)
"""Where fields narrow: articles holding the words are found and looked at step by step, until so many fit."""
MOST_HEADS = 10
"""Stories that stand before the articles found, those of the best ones."""
_SPARE = 30
"""Articles looked up beyond those asked for, since some may be withheld."""
_ABOVE_ALL = 2**31
_MATCHING = text(
    "SELECT rowid FROM searched_words WHERE searched_words MATCH :asked AND rowid > :above AND rowid < :below "
    "ORDER BY rowid DESC LIMIT :most"
)
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
    known: dict[int, Any] = {}
    numbers = _find(connection, asked, known, upto=limit + offset, newest=newest)[offset : offset + limit]
    known.update((row.id, row) for row in _find_hits(connection, [n for n in numbers if n not in known]))
    rows = [known[number] for number in numbers if number in known]
    names = find_page_names(connection, [row.id for row in rows if not row.outlet])
    words_to_mark = asked.words
    heads = find_heads(connection, list(dict.fromkeys(row.story for row in rows))[:MOST_HEADS])
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
                snippet=cut_snippet(row.text, words_to_mark),
                story=row.story,
                outlet=row.outlet,
                earliest=row.earliest,
                latest=row.latest,
                language=row.language,
                name=names.get(row.id),
            )
            for row in rows
        ),
    )


# ---------------------------------------------------------------- which articles, in which order


def _find(
    connection: Connection, asked: Asked, known: dict[int, Any], *, upto: int, newest: bool
) -> list[int]:
    """Visible articles, `upto` of them where there are so many. What was read of them on the way is put into `known`."""
    fields = read_fields(connection, asked)
    if asked.expression is None:
        return find_newest_fitting(connection, fields, most=upto)
    if fields:
        found = _find_fitting(connection, asked, fields, enough=max(ENOUGH, upto))
    else:
        found = _match(connection, asked.expression, most=_count_looked_at(asked, upto, newest=newest))
    if newest:
        return _sort_by_day(connection, found)[:upto]
    if len(found) > WEIGHED:
        # Words of the title count most: such articles are weighed though others are newer.
        titled = _find_titled(connection, asked, found[:TITLED])[:WEIGHED]
        found = list(dict.fromkeys([*titled, *found]))
        ahead = len(titled) + WEIGHED
    else:
        ahead = len(found)
    known.update((row.id, row) for row in _find_hits(connection, found[:ahead]))
    ranked = weigh(known.values(), asked.groups)
    rest = found[ahead : ahead + max(0, upto - len(ranked)) + _SPARE]
    return [*ranked, *_find_visible(connection, rest)] if len(ranked) < upto else ranked


def _count_looked_at(asked: Asked, upto: int, *, newest: bool) -> int:
    """A phrase is seldom where its words are, and each that holds it costs a search through hundreds that do not."""
    if newest:
        return max(SORTED, upto + _SPARE)
    phrase = any(" " in term.word for group in asked.groups for term in group)
    return max(PHRASED if phrase else TITLED, upto + _SPARE)


def _find_titled(connection: Connection, asked: Asked, numbers: Sequence[int]) -> list[int]:
    """Those of the articles, visible or not, that have all the words in their titles."""
    patterns = [_compile(tuple(term.word for term in group)) for group in asked.groups]
    rows = connection.execute(_titles(), {"numbers": list(numbers)})
    titles = {row.article: row.title for row in rows if row.title}
    return [
        number
        for number in numbers
        if number in titles and all(p is not None and p.search(titles[number]) for p in patterns)
    ]


def _find_fitting(connection: Connection, asked: Asked, fields: Fields, *, enough: int) -> list[int]:
    """Articles that hold the words and fit the fields, newest first, `enough` where there are so many among those looked
    at: the newest that hold the words, and where few of these fit, the newest that fit."""
    kept: list[int] = []
    below = _ABOVE_ALL
    for step in (*_STEPS, enough if enough > LOOKED_AT else 0):
        some = _match(connection, asked.expression or "", most=step, below=below) if step else []
        kept += keep_fitting(connection, fields, some)
        if len(kept) >= enough or len(some) < step:
            return kept
        below = some[-1] if some else below
    others = find_newest_fitting(connection, fields, most=LOOKED_AT)
    if others:
        holding = _match(
            connection,
            asked.expression or "",
            most=3 * LOOKED_AT,
            above=min(others) - 1,
            below=max(others) + 1,
        )
        fitting = set(others)
        kept += [number for number in holding if number in fitting]
    return list(dict.fromkeys(kept))


def _match(
    connection: Connection, expression: str, *, most: int, above: int = 0, below: int = _ABOVE_ALL
) -> list[int]:
    """The newest `most` articles that hold the words, visible or not, between two numbers."""
    values = {"asked": expression, "most": most, "above": above, "below": below}
    return list(connection.execute(_MATCHING, values).scalars())


def _find_visible(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those that are visible, in the given order."""
    if not numbers:
        return []
    seen = set(connection.execute(_seen(), {"numbers": list(numbers)}).scalars())
    return [number for number in numbers if number in seen]


def _sort_by_day(connection: Connection, numbers: Sequence[int]) -> list[int]:
    """Those that are visible by day, the newest first."""
    return list(connection.execute(_by_day(), {"numbers": list(numbers)}).scalars())


def _find_hits(connection: Connection, numbers: Sequence[int]) -> list[Any]:
    """What is shown of the articles, in the given order."""
    if not numbers:
        return []
    rows = {row.id: row for row in connection.execute(_hits(), {"numbers": list(numbers)})}
    return [rows[number] for number in numbers if number in rows]


@cache
def _titles() -> Select[Any]:
    """The title of each text, that of the newest last."""
    revision = schema.revision
    query = select(revision.c.article, revision.c.title).where(among(revision.c.article))
    return query.order_by(revision.c.article, revision.c.number)


@cache
def _seen() -> Select[Any]:
    visible = visible_articles()
    return select(visible.c.id).where(among(visible.c.id))


@cache
def _by_day() -> Select[Any]:
    visible, revision = visible_articles(), schema.revision
    return (
        select(visible.c.id)
        .join(revision, read_off_lines(visible))
        .where(among(visible.c.id))
        .order_by(revision.c.earliest.desc(), visible.c.id.desc())
    )


@cache
def _hits() -> Select[Any]:
    visible, revision, member = visible_articles(), schema.revision, schema.member
    return (
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
        )
        .select_from(visible)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .join(member, member.c.article == visible.c.id)
        .where(among(visible.c.id))
    )


# ---------------------------------------------------------------- what is shown


def cut_snippet(text: str, words: Iterable[str]) -> str:
    """The place of the text that holds the first of the words, found words marked; its opening where none is there."""
    words = tuple(words)
    pattern = _compile(words)
    first = pattern.search(text, _find_nearby(text, words)) if pattern is not None else None
    if pattern is None or first is None:
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


@lru_cache(maxsize=64)
def _compile(words: tuple[str, ...]) -> re.Pattern[str] | None:
    patterns = [_bound(word) for word in words if word.strip("*")]
    return re.compile("|".join(sorted(patterns, key=len, reverse=True)), re.IGNORECASE) if patterns else None


def _find_nearby(text: str, words: Iterable[str]) -> int:
    """A place before which none of the words begins: looking for letters costs a tenth of looking for a pattern."""
    low = text.lower()
    if len(low) != len(text):
        return 0
    places = [low.find(word.strip("*").lower()) for word in words if word.strip("*")]
    return min((place for place in places if place >= 0), default=0)


def _bound(word: str) -> str:
    """A whole word or, with a star, the beginning of one; where words are written together, anywhere."""
    plain = re.escape(word.rstrip("*"))
    if is_joined(word):
        return plain
    return rf"(?<!\w){plain}" if word.endswith("*") else rf"(?<!\w){plain}(?!\w)"


def _join(text: str, *, most: int | None = _SNIPPET) -> str:
    line = " ".join(text.split())
    return line if most is None or len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"
