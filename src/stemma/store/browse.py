"""Lists beside the front page: outlets, threads, languages, sections, and what came last. Only visible articles count.

An outlet is judged by its newest articles, and the page says by how many; names are read off their indexes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.among import among
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
from stemma.store.rows import article_row, full_members, full_rows, read_off_lines, story_rows
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
    articles = find_number(connection, "outlet", outlet)
    if not articles:
        raise NotFoundError(f"there is no outlet {outlet}")
    newest = connection.execute(_newest_of(), {"outlet": outlet}).all()
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
        takes_from=_rank(connection, _sources(), outlet, numbers),
        taken_by=_rank(connection, _takers(), outlet, numbers),
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
    asked = {"stories": list(stories), "outlet": outlet}
    shared = set(connection.execute(_shared(), asked).scalars())
    # Most stories are out at the first report of another outlet that is neither later nor made from anything.
    possible = set(connection.execute(_possibly_first(), {**asked, "stories": sorted(shared)}).scalars())
    waiting = [story for story in stories if story in possible]
    first: list[int] = []
    for at in range(0, len(waiting), _SHOWN):
        held = find_glanced_articles(connection, waiting[at : at + _SHOWN])
        copies = find_glanced_copies(connection, held)
        for story in waiting[at : at + _SHOWN]:
            articles = held.get(story, ())
            found = find_first(articles, [c for a in articles for c in copies.get(a.article, ())])
            if any(a.article == found and a.outlet == outlet for a in articles):
                first.append(story)
        if len(first) >= _SHOWN:
            break
    return story_rows(connection, first[:_SHOWN]), len(shared)


def _rank(
    connection: Connection, query: Select[Any], outlet: str, articles: Sequence[int]
) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(query, {"numbers": list(articles)})
    counted = [(row.source, row.copies) for row in rows if row.source and row.source != outlet]
    return tuple(sorted(counted, key=lambda item: (-item[1], item[0]))[:_SHOWN])


def _day_of(row: StoryRow) -> tuple[date, int]:
    return row.published.latest or row.published.earliest or row.first_seen.date(), row.story


# ---------------------------------------------------------------- statements, each built once


@cache
def _newest_of() -> Select[Any]:
    """The newest articles of an outlet."""
    visible, revision, member = visible_articles(), schema.revision, schema.member
    return (
        select(visible.c.id, member.c.story, revision.c.language, revision.c.country)
        .join(revision, read_off_lines(visible))
        .join(member, member.c.article == visible.c.id)
        .where(visible.c.outlet == bindparam("outlet"))
        .order_by(visible.c.id.desc())
        .limit(JUDGED)
    )


@cache
def _shared() -> Select[Any]:
    """Those of the stories that another outlet tells too; a page that names none counts as another."""
    story, member, visible = schema.story, schema.member, visible_articles()
    other = select(visible.c.id).where(
        member.c.story == story.c.id,
        visible.c.id == member.c.article,
        visible.c.outlet.is_distinct_from(bindparam("outlet")),
    )
    return select(story.c.id).where(among(story.c.id, "stories"), other.correlate(story).exists())


@cache
def _possibly_first() -> Select[Any]:
    """Those of the stories with an article of the outlet before which none is that was not made from another: all that
    `find_first` can give to it, and more."""
    member, visible, revision = schema.member, visible_articles(), schema.revision
    other, others, of_other = member.alias("other"), visible.alias("others"), revision.alias("of_other")
    # Bound to what is joined last, so that days, which an index has, are compared first.
    made = select(schema.copy.c.id).where(
        schema.copy.c.child == of_other.c.article, schema.copy.c.direction == "decided"
    )
    before = (
        select(other.c.article)
        .join(others, others.c.id == other.c.article)
        .join(
            of_other,
            (of_other.c.article == others.c.id) & (of_other.c.number - others.c.revision == 0),
        )
        .where(
            other.c.story == member.c.story,
            other.c.article != member.c.article,
            or_(of_other.c.earliest.is_(None), of_other.c.earliest <= revision.c.latest),
            ~made.correlate(of_other).exists(),
        )
    )
    return (
        select(member.c.story)
        .join(visible, visible.c.id == member.c.article)
        .join(revision, read_off_lines(visible))
        .where(
            among(member.c.story, "stories"),
            visible.c.outlet == bindparam("outlet"),
            revision.c.latest.is_not(None),
            ~before.correlate(member, revision).exists(),
        )
    )


@cache
def _sources() -> Select[Any]:
    """Whose texts the articles were made from, with how many."""
    copy, visible = schema.copy, visible_articles()
    columns: tuple[Any, ...] = (
        func.coalesce(visible.c.outlet, copy.c.origin).label("source"),
        func.count().label("copies"),
    )
    return (
        select(*columns)
        .select_from(copy)
        .outerjoin(visible, visible.c.id == copy.c.parent)
        .where(among(copy.c.child), copy.c.direction == "decided")
        .group_by("source")
    )


@cache
def _takers() -> Select[Any]:
    """Who made texts from the articles, with how many."""
    copy, visible = schema.copy, visible_articles()
    columns: tuple[Any, ...] = (visible.c.outlet.label("source"), func.count().label("copies"))
    return (
        select(*columns)
        .select_from(copy)
        .join(visible, visible.c.id == copy.c.child)
        .where(among(copy.c.parent), copy.c.direction == "decided")
        .group_by(visible.c.outlet)
    )
