"""Lists beside the front page: outlets, threads, languages, sections, and what came last. Only visible articles count.

An outlet is judged by its newest articles, and the page says by how many; names are read off their indexes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.firsts import find_first
from stemma.store.glance import find_glanced_articles, find_glanced_copies
from stemma.store.listings import (
    ArrivalView,
    OutletRow,
    OutletView,
    ThreadView,
)
from stemma.store.parts import quotes_of_story, timeline_of
from stemma.store.read import checked
from stemma.store.rows import article_row, full_members, full_rows, story_rows
from stemma.store.tallies import find_number, find_ranked
from stemma.store.views import QuoteView, StoryRow
from stemma.text.stances import find_stance

JUDGED = 500
"""Newest articles by which an outlet is judged."""
_SHOWN = 20
_MOST_STORIES = 200
_STATED_STORIES = 12
"""Newest stories of a thread whose statements are shown: each costs the texts of its articles."""

_LANGUAGES = 300
_SECTION_ARTICLES = 1_000
"""Newest articles among which sections are counted."""


def find_outlets(connection: Connection, *, limit: int, offset: int) -> tuple[OutletRow, ...]:
    """See `Store.find_outlets`."""
    ranked = find_ranked(connection, "outlet", limit=limit, offset=offset)
    return tuple(OutletRow(outlet=name, articles=number) for name, number in ranked)


def get_outlet(connection: Connection, outlet: str) -> OutletView:
    """See `Store.get_outlet`."""
    visible, revision, member = visible_articles(), schema.revision, schema.member
    articles = find_number(connection, "outlet", outlet)
    if not articles:
        raise NotFoundError(f"there is no outlet {outlet}")
    newest = list(
        connection.execute(
            select(visible.c.id, member.c.story, revision.c.language, revision.c.country)
            .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
            .join(member, member.c.article == visible.c.id)
            .where(visible.c.outlet == outlet)
            .order_by(visible.c.id.desc())
            .limit(JUDGED)
        )
    )
    numbers = [row.id for row in newest]
    first, shared = _find_first(connection, outlet, list(dict.fromkeys(row.story for row in newest)))
    languages = Counter(row.language for row in newest if row.language)
    countries = Counter(row.country for row in newest if row.country)
    shown = full_rows(connection, numbers[:_SHOWN])
    return OutletView(
        outlet=outlet,
        articles=articles,
        judged=len(numbers),
        languages=tuple(name for name, _ in languages.most_common(6)),
        shared=shared,
        first=first,
        takes_from=_count_sources(connection, outlet, numbers),
        taken_by=_count_takers(connection, outlet, numbers),
        latest=tuple(article_row(row) for row in reversed(shown)),
        country=countries.most_common(1)[0][0] if countries else None,
    )


def get_thread(connection: Connection, number: int) -> ThreadView:
    """See `Store.get_thread`."""
    story = schema.story
    numbers = list(
        connection.execute(
            select(story.c.id)
            .where(story.c.thread == checked(number, "thread"), story.c.merged_into.is_(None))
            .order_by(story.c.id.desc())
            .limit(_MOST_STORIES + 1)
        ).scalars()
    )
    stories = sorted(story_rows(connection, numbers[:_MOST_STORIES]), key=_day_of, reverse=True)
    if not stories:
        raise NotFoundError(f"there is no thread {number}")
    left_out = connection.execute(
        select(func.count()).select_from(story).where(story.c.thread == number, story.c.merged_into.is_(None))
    ).scalar_one() - len(numbers[:_MOST_STORIES])
    timeline = timeline_of(connection, number)
    stated = _find_stated(connection, numbers[:_STATED_STORIES])
    cited = {c.article for entry in timeline for sentence in entry.sentences for c in sentence.citations}
    cited.update(quote.place.article for quote in stated)
    # The story most independent newsrooms tell names the thread: it is the one that readers know it by.
    known = max(stories, key=lambda row: (row.newsrooms, len(row.articles), -row.story))
    return ThreadView(
        thread=number,
        title=known.title,
        stories=tuple(stories),
        left_out=left_out,
        timeline=timeline,
        articles=tuple(article_row(row) for row in full_rows(connection, cited)),
        stated=stated,
    )


def _find_stated(connection: Connection, stories: list[int]) -> tuple[QuoteView, ...]:
    """Statements under a name whose cue says what they do, of the newest stories, in the order of their articles."""
    found: list[QuoteView] = []
    for number in sorted(stories):
        held = full_members(connection, number)
        languages = {row["id"]: row["language"] for row in held}
        for quote in quotes_of_story(connection, number, {row["id"]: row["text"] for row in held}):
            language = languages.get(quote.place.article)
            if quote.speaker and find_stance(language, quote.cue, quote.place.words):
                found.append(quote)
    return tuple(found)


def find_languages(connection: Connection) -> tuple[tuple[str, int], ...]:
    """See `Store.find_languages`."""
    return tuple(find_ranked(connection, "language", limit=_LANGUAGES, offset=0))


def find_countries(connection: Connection) -> tuple[tuple[str, int], ...]:
    """See `Store.find_countries`."""
    return tuple(find_ranked(connection, "country", limit=_LANGUAGES, offset=0))


def find_sections(connection: Connection, *, limit: int) -> tuple[tuple[str, int], ...]:
    """See `Store.find_sections`."""
    visible, revision = visible_articles(), schema.revision
    query = (
        select(revision.c.section)
        .join(visible, (visible.c.id == revision.c.article) & (visible.c.revision == revision.c.number))
        .order_by(visible.c.id.desc())
        .limit(_SECTION_ARTICLES)
    )
    counted = Counter(name for name in connection.execute(query).scalars() if name)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit])


def find_places(connection: Connection, *, limit: int) -> tuple[tuple[str, int], ...]:
    """See `Store.find_places`. "TOLVIK, Lindmark" and "Tolvik" are one place."""
    visible, revision = visible_articles(), schema.revision
    query = (
        select(revision.c.dateline)
        .join(visible, (visible.c.id == revision.c.article) & (visible.c.revision == revision.c.number))
        .order_by(visible.c.id.desc())
        .limit(_SECTION_ARTICLES)
    )
    counted: Counter[str] = Counter()
    for dateline in connection.execute(query).scalars():
        name = (dateline or "").partition(",")[0].strip()
        if name:
            counted[name.title() if name.isupper() else name] += 1
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:limit])


def find_arrivals(connection: Connection, *, after: int, limit: int) -> tuple[ArrivalView, ...]:
    """See `Store.find_arrivals`."""
    visible, member, story = visible_articles(), schema.member, schema.story
    earlier = (
        select(func.min(member.c.article))
        .where(member.c.story == story.c.id)
        .correlate(story)
        .scalar_subquery()
    )
    query = (
        select(visible.c.id, story.c.id.label("story"), story.c.title, earlier.label("opened"))
        .join(member, member.c.article == visible.c.id)
        .join(story, story.c.id == member.c.story)
        .where(visible.c.id > after)
        .order_by(visible.c.id)
        .limit(limit)
    )
    return tuple(
        ArrivalView(article=row.id, story=row.story, title=row.title, opened=row.opened == row.id)
        for row in connection.execute(query)
    )


def _find_first(
    connection: Connection, outlet: str, stories: Sequence[int]
) -> tuple[tuple[StoryRow, ...], int]:
    """The newest stories that this outlet certainly was first with, and how many it shares with others."""
    held = find_glanced_articles(connection, stories)
    shared = {story: articles for story, articles in held.items() if len({a.outlet for a in articles}) > 1}
    # An outlet none of whose days is certain cannot have been first: its story's copies need not be read.
    dated = {
        story: articles
        for story, articles in shared.items()
        if any(a.outlet == outlet and a.published.latest is not None for a in articles)
    }
    copies = find_glanced_copies(connection, dated)
    first = []
    for story in stories:
        articles = dated.get(story, ())
        found = find_first(articles, [c for a in articles for c in copies.get(a.article, ())])
        if any(a.article == found and a.outlet == outlet for a in articles):
            first.append(story)
    return story_rows(connection, first[:_SHOWN]), len(shared)


def _count_sources(
    connection: Connection, outlet: str, articles: Sequence[int]
) -> tuple[tuple[str, int], ...]:
    copy, visible = schema.copy, visible_articles()
    query = (
        select(func.coalesce(visible.c.outlet, copy.c.origin).label("source"), func.count().label("copies"))
        .select_from(copy)
        .outerjoin(visible, visible.c.id == copy.c.parent)
        .where(copy.c.child.in_(articles), copy.c.direction == "decided")
        .group_by("source")
    )
    return _rank(connection, query, outlet)


def _count_takers(
    connection: Connection, outlet: str, articles: Sequence[int]
) -> tuple[tuple[str, int], ...]:
    copy, visible = schema.copy, visible_articles()
    query = (
        select(visible.c.outlet.label("source"), func.count().label("copies"))
        .select_from(copy)
        .join(visible, visible.c.id == copy.c.child)
        .where(copy.c.parent.in_(articles), copy.c.direction == "decided")
        .group_by(visible.c.outlet)
    )
    return _rank(connection, query, outlet)


def _rank(connection: Connection, query: Any, outlet: str) -> tuple[tuple[str, int], ...]:
    counted = [(r.source, r.copies) for r in connection.execute(query) if r.source and r.source != outlet]
    return tuple(sorted(counted, key=lambda item: (-item[1], item[0]))[:_SHOWN])


def _day_of(row: StoryRow) -> tuple[date, int]:
    return row.published.latest or row.published.earliest or row.first_seen.date(), row.story
