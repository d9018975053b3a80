"""Search by words: SQLite's FTS5 here, one function for each engine later.

Words are joined by "and"; "…" is a phrase, `-word` leaves out, OR between two words takes either. Nothing that a user
types is FTS5 syntax: every word is quoted.
"""

from __future__ import annotations

import re

from sqlalchemy import Connection, literal_column, select, text

from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.read import story_rows
from stemma.store.views import SearchHit

_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"\w", re.UNICODE)
_MOST_WORDS = 32


def search(connection: Connection, words: str, *, limit: int, offset: int) -> tuple[SearchHit, ...]:
    """See `Store.search`. Stories of the articles found come first."""
    asked = parse_query(words)
    if asked is None:
        return ()
    visible, revision, member = visible_articles(), schema.revision, schema.member
    hits = text(
        "SELECT rowid AS number, rank, snippet(searched_words, 1, :open, :close, '…', 24) AS snippet "
        "FROM searched_words WHERE searched_words MATCH :asked ORDER BY rank, rowid LIMIT :most"
    ).bindparams(asked=asked, open="\ue000", close="\ue001", most=limit + offset)
    found = hits.columns(
        literal_column("number"), literal_column("rank"), literal_column("snippet")
    ).subquery("hits")
    query = (
        select(
            visible.c.id,
            visible.c.outlet,
            revision.c.title,
            revision.c.stated,
            member.c.story,
            literal_column("hits.snippet").label("snippet"),
        )
        .select_from(found)
        .join(visible, visible.c.id == literal_column("hits.number"))
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .join(member, member.c.article == visible.c.id)
        .order_by(literal_column("hits.rank"), visible.c.id)
        .offset(offset)
    )
    rows = connection.execute(query).all()
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
            )
            for story in stories
        ),
        *(
            SearchHit(
                kind="article",
                id=row.id,
                title=row.title,
                published=row.stated,
                snippet=row.snippet,
                story=row.story,
                outlet=row.outlet,
            )
            for row in rows
        ),
    )


def parse_query(words: str) -> str | None:
    """What the user typed as an FTS5 expression; None where no word to look for is in it."""
    wanted: list[str] = []
    unwanted: list[str] = []
    either = False
    for minus, phrase, word in _PART.findall(words.replace("\0", " "))[:_MOST_WORDS]:
        if word == "OR" and wanted:
            either = True
            continue
        part = phrase or word.strip('"')
        if not _WORD.search(part):
            continue
        quoted = '"' + part.replace('"', '""') + '"'
        if minus:
            unwanted.append(quoted)
        elif either:
            wanted[-1] = f"({wanted[-1]} OR {quoted})"
        else:
            wanted.append(quoted)
        either = False
    if not wanted:
        return None
    expression = " AND ".join(wanted)
    return f"({expression}) NOT ({' OR '.join(unwanted)})" if unwanted else expression
