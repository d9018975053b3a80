"""What a front page says of a story beside its row: edges, differences and quotations of several stories at once.

Read without the texts of the articles, but for those that a comparison or a quotation cites; each kind of thing is one
statement for all of the stories.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.parts import differences_of, quote_views
from stemma.store.rows import Texts, find_texts, read_off_lines
from stemma.store.views import (
    GlancedArticle,
    GlancedCopy,
    GlanceView,
    PublishedView,
    QuoteView,
)

_QUOTED = 6
"""First articles of each story whose quotations are looked at."""


def find_glances(connection: Connection, stories: Sequence[int]) -> Mapping[int, GlanceView]:
    """See `Store.find_glances`."""
    held = find_glanced_articles(connection, stories)
    copies = find_glanced_copies(connection, held)
    texts = find_texts(connection, {a.article for articles in held.values() for a in articles[:_QUOTED]})
    quotes = _find_quotes(connection, texts)
    differences = differences_of(connection, list(held), texts)
    glances = {}
    for story, articles in held.items():
        comparisons, figures = differences.get(story, ((), ()))
        glances[story] = GlanceView(
            story=story,
            articles=tuple(articles),
            copies=tuple(c for a in articles for c in copies.get(a.article, ())),
            comparisons=comparisons,
            figures=figures,
            quotes=tuple(q for a in articles[:_QUOTED] for q in quotes.get(a.article, ())),
        )
    return glances


def find_glanced_articles(
    connection: Connection, stories: Sequence[int]
) -> Mapping[int, list[GlancedArticle]]:
    """Visible articles by story, in order of arrival."""
    held: dict[int, list[GlancedArticle]] = defaultdict(list)
    for row in connection.execute(_glanced_articles(), {"stories": list(stories)}):
        held[row.story].append(
            GlancedArticle(
                article=row.id,
                outlet=row.outlet,
                agency=row.agency,
                section=row.section,
                language=row.language,
                published=PublishedView(
                    stated=row.stated, earliest=row.earliest, latest=row.latest, basis=()
                ),
            )
        )
    return held


def find_glanced_copies(
    connection: Connection, held: Mapping[int, Sequence[GlancedArticle]]
) -> Mapping[int, list[GlancedCopy]]:
    """Edges by child; a parent that is withheld or in another story is left out."""
    known = {a.article for articles in held.values() for a in articles}
    copies: dict[int, list[GlancedCopy]] = defaultdict(list)
    for row in connection.execute(_glanced_copies(), {"numbers": sorted(known)}):
        if row.parent is None or row.parent in known:
            copies[row.child].append(
                GlancedCopy(
                    child=row.child,
                    parent=row.parent,
                    origin=row.origin,
                    kind=row.kind,
                    direction=row.direction,
                )
            )
    return copies


def _find_quotes(connection: Connection, texts: Texts) -> Mapping[int, list[QuoteView]]:
    quotes: dict[int, list[QuoteView]] = defaultdict(list)
    found = connection.execute(_direct_quotes(), {"numbers": sorted(texts)}).mappings()
    for view in quote_views(found, texts):
        quotes[view.place.article].append(view)
    return quotes


# ---------------------------------------------------------------- statements, each built once


@cache
def _glanced_articles() -> Select[Any]:
    visible, revision, member = visible_articles(), schema.revision, schema.member
    return (
        select(
            member.c.story,
            visible.c.id,
            visible.c.outlet,
            revision.c.agency,
            revision.c.section,
            revision.c.language,
            revision.c.stated,
            revision.c.earliest,
            revision.c.latest,
        )
        .select_from(member)
        .join(visible, visible.c.id == member.c.article)
        .join(revision, read_off_lines(visible))
        .where(among(member.c.story, "stories"))
        .order_by(visible.c.id)
    )


@cache
def _glanced_copies() -> Select[Any]:
    copy = schema.copy
    return (
        select(copy.c.child, copy.c.parent, copy.c.origin, copy.c.kind, copy.c.direction)
        .where(among(copy.c.child))
        .order_by(copy.c.child, copy.c.id)
    )


@cache
def _direct_quotes() -> Select[Any]:
    quote = schema.quote
    return (
        select(quote)
        .where(among(quote.c.article), quote.c.kind == "direct", quote.c.speaker.is_not(None))
        .order_by(quote.c.article, quote.c.start)
    )
