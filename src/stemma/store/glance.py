"""What a front page says of a story beside its row: edges, comparisons and quotations of several stories at once.

Read without the texts of the articles, but for those that a comparison or a quotation cites.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.parts import comparisons_of, figures_of_article, quote_views
from stemma.store.rows import Texts, find_texts
from stemma.store.views import (
    ComparisonView,
    FigureView,
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
    quoted = {a.article for articles in held.values() for a in articles[:_QUOTED]}
    texts = find_texts(connection, quoted)
    quotes = _find_quotes(connection, texts)
    glances = {}
    for story, articles in held.items():
        comparisons = comparisons_of(connection, story, texts)
        glances[story] = GlanceView(
            story=story,
            articles=tuple(articles),
            copies=tuple(c for a in articles for c in copies.get(a.article, ())),
            comparisons=comparisons,
            figures=_find_compared_figures(connection, comparisons, texts),
            quotes=tuple(q for a in articles[:_QUOTED] for q in quotes.get(a.article, ())),
        )
    return glances


def find_glanced_articles(
    connection: Connection, stories: Sequence[int]
) -> Mapping[int, list[GlancedArticle]]:
    """Visible articles by story, in order of arrival."""
    visible, revision, member = visible_articles(), schema.revision, schema.member
    query = (
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
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(member.c.story.in_(stories))
        .order_by(visible.c.id)
    )
    held: dict[int, list[GlancedArticle]] = defaultdict(list)
    for row in connection.execute(query):
        published = PublishedView(stated=row.stated, earliest=row.earliest, latest=row.latest, basis=())
        held[row.story].append(
            GlancedArticle(
                article=row.id,
                outlet=row.outlet,
                agency=row.agency,
                section=row.section,
                language=row.language,
                published=published,
            )
        )
    return held


def find_glanced_copies(
    connection: Connection, held: Mapping[int, Sequence[GlancedArticle]]
) -> Mapping[int, list[GlancedCopy]]:
    """Edges by child; a parent that is withheld or in another story is left out."""
    known = {a.article for articles in held.values() for a in articles}
    copy = schema.copy
    query = select(copy).where(copy.c.child.in_(sorted(known))).order_by(copy.c.child, copy.c.id)
    copies: dict[int, list[GlancedCopy]] = defaultdict(list)
    for row in connection.execute(query):
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


def _find_compared_figures(
    connection: Connection, comparisons: Sequence[ComparisonView], texts: Texts
) -> tuple[FigureView, ...]:
    """Figures of the compared articles: a compared value has its unit and its qualifier from there."""
    compared = {v.place.article for comparison in comparisons for v in comparison.values}
    known = {**texts, **find_texts(connection, compared - texts.keys())}
    return tuple(f for article in sorted(compared) for f in figures_of_article(connection, article, known))


def _find_quotes(connection: Connection, texts: Texts) -> Mapping[int, list[QuoteView]]:
    quote = schema.quote
    query = (
        select(quote)
        .where(quote.c.article.in_(sorted(texts)), quote.c.kind == "direct", quote.c.speaker.is_not(None))
        .order_by(quote.c.article, quote.c.start)
    )
    quotes: dict[int, list[QuoteView]] = defaultdict(list)
    for view in quote_views(connection.execute(query).mappings(), texts):
        quotes[view.place.article].append(view)
    return quotes
