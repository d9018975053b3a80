"""Rows to nouns, for the newsroom and its stages. Ids of articles are their numbers, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, Table, bindparam, func, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.effects import Bookmark
from stemma.types import (
    Article,
    ArticleId,
    DateClue,
    Embedded,
    Figure,
    Found,
    Image,
    Placement,
    Published,
    Quote,
    Reference,
    Span,
    StoryId,
    ThreadId,
)

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldArticle:
    """An article that is kept: the digest of its newest text, and when that was fetched, if known."""

    number: int
    digest: str
    fetched: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedArticle:
    """An article and the live decision that was made for it."""

    article: Article
    placement: Placement


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was found in one article."""

    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Story of each article, thread of each story with what links it there, which stories were merged away, and which
    article a person put where."""

    stories: Mapping[int, StoryId]
    threads: Mapping[StoryId, ThreadId]
    merged: frozenset[StoryId]
    links: Mapping[StoryId, tuple[str, ...]] = field(default_factory=dict)
    pins: Mapping[ArticleId, StoryId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySpan:
    """First and last certain day of a story's articles, and its phase as it stands in the store."""

    number: int
    phase: str | None
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Outlet of every article, by story, and how many stories were merged away."""

    outlets: Mapping[StoryId, Sequence[str | None]]
    merged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldStory:
    """A story's key and its articles, in order of arrival, withheld ones among them."""

    number: int
    key: StoryId
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stale:
    """`lone` are threads of one article at most."""

    stories: tuple[int, ...]
    threads: tuple[int, ...]
    lone: tuple[int, ...]


def find_pages(connection: Connection, digests: Sequence[str]) -> frozenset[str]:
    """See `Store.find_pages`."""
    found: set[str] = set()
    for at in range(0, len(digests), _CHUNK):
        query = select(schema.page.c.digest).where(schema.page.c.digest.in_(digests[at : at + _CHUNK]))
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def find_articles(connection: Connection, keys: Sequence[str]) -> dict[str, HeldArticle]:
    """See `Store.find_articles`."""
    article, revision = schema.article, schema.revision
    found: dict[str, HeldArticle] = {}
    for at in range(0, len(keys), _CHUNK):
        query = (
            select(article.c.key, article.c.id, revision.c.digest, revision.c.fetched)
            .join(revision, (revision.c.article == article.c.id) & (revision.c.number == article.c.revision))
            .where(article.c.key.in_(keys[at : at + _CHUNK]))
        )
        for row in connection.execute(query):
            found[row.key] = HeldArticle(
                number=row.id,
                digest=row.digest,
                fetched=datetime.fromisoformat(row.fetched) if row.fetched else None,
            )
    return found


def load_article(connection: Connection, number: int) -> Article:
    """See `Store.load_article`."""
    article = schema.article
    query = select(*_article_columns(article)).join(schema.revision, _newest(article))
    return _article(connection.execute(query.where(article.c.id == number)).one())


def find_bookmark(connection: Connection, path: str) -> Bookmark | None:
    """See `Store.find_bookmark`."""
    row = connection.execute(select(schema.bookmark).where(schema.bookmark.c.path == path)).one_or_none()
    if row is None:
        return None
    return Bookmark(path=path, signature=row.signature, position=row.position, complete=row.complete)


def count_articles(connection: Connection) -> int:
    """See `Store.count_articles`."""
    return connection.execute(select(func.max(schema.article.c.id))).scalar_one() or 0


def load_placed(connection: Connection, *, after: int, limit: int) -> tuple[PlacedArticle, ...]:
    """See `Store.load_placed`. Withheld articles stay part of what the stages remember, so that nothing else moves."""
    rows = connection.execute(_placed(), {"after": after, "limit": limit}).all()
    return tuple(
        PlacedArticle(
            article=_article(row),
            placement=Placement(
                article=ArticleId(str(row.id)),
                story=StoryId(row.placed),
                opened=row.opened,
                score=row.score,
                evidence=tuple(row.why),
            ),
        )
        for row in rows
    )


def load_membership(connection: Connection) -> Membership:
    """See `Store.load_membership`."""
    story, thread, member = schema.story, schema.thread, schema.member
    members = connection.execute(
        select(member.c.article, story.c.key)
        .join(story, story.c.id == member.c.story)
        .order_by(member.c.article)
    )
    threads = connection.execute(
        select(story.c.key, story.c.linked, thread.c.key.label("thread")).join(
            thread, thread.c.id == story.c.thread
        )
    ).all()
    merged = connection.execute(select(story.c.key).where(story.c.merged_into.is_not(None)))
    return Membership(
        stories={row.article: StoryId(row.key) for row in members},
        threads={StoryId(row.key): ThreadId(row.thread) for row in threads},
        merged=frozenset(StoryId(key) for key in merged.scalars()),
        links={StoryId(row.key): tuple(row.linked) for row in threads if row.linked},
        pins=load_pins(connection),
    )


def load_pins(connection: Connection) -> dict[ArticleId, StoryId]:
    """See `Store.load_pins`."""
    story, pin = schema.story, schema.pin
    pins = connection.execute(select(pin.c.article, story.c.key).join(story, story.c.id == pin.c.story))
    return {ArticleId(str(row.article)): StoryId(row.key) for row in pins}


def find_stale(connection: Connection) -> Stale:
    """See `Store.find_stale`."""
    story, thread = schema.story, schema.thread
    stories = select(story.c.id).where(story.c.stale, story.c.merged_into.is_(None)).order_by(story.c.id)
    sizes = (
        select(thread.c.id, func.sum(story.c.size).label("size"))
        .outerjoin(story, story.c.thread == thread.c.id)
        .where(thread.c.stale)
        .group_by(thread.c.id)
        .order_by(thread.c.id)
    )
    threads = connection.execute(sizes).all()
    return Stale(
        stories=tuple(connection.execute(stories).scalars()),
        threads=tuple(row.id for row in threads if (row.size or 0) > 1),
        lone=tuple(row.id for row in threads if (row.size or 0) <= 1),
    )


def load_members(connection: Connection, stories: Sequence[int]) -> dict[int, list[Article]]:
    """See `Store.load_members`."""
    members: dict[int, list[Article]] = {story: [] for story in stories}
    for row in connection.execute(_of_stories(), {"numbers": list(stories)}).all():
        members[row.story].append(_article(row))
    return members


def load_thread(connection: Connection, thread: int) -> tuple[Article, ...]:
    """See `Store.load_thread`."""
    return tuple(map(_article, connection.execute(_of_thread(), {"thread": thread}).all()))


def load_facts(connection: Connection, articles: Sequence[ArticleId]) -> dict[ArticleId, Facts]:
    """See `Store.load_facts`."""
    quotes: dict[ArticleId, list[Quote]] = {article: [] for article in articles}
    figures: dict[ArticleId, list[Figure]] = {article: [] for article in articles}
    numbers = {"numbers": list(map(int, articles))}
    for row in connection.execute(_facts(schema.quote), numbers).all():
        quote = _quote(row)
        quotes[quote.span.article].append(quote)
    for row in connection.execute(_facts(schema.figure), numbers).all():
        figure = _figure(row)
        figures[figure.span.article].append(figure)
    return {a: Facts(quotes=tuple(quotes[a]), figures=tuple(figures[a])) for a in quotes}


# ---------------------------------------------------------------- rows


def _article(row: Row[Any]) -> Article:
    return Article(
        id=ArticleId(str(row.id)),
        text=row.text,
        title=row.title,
        url=row.url,
        source_url=row.source_url,
        outlet=row.outlet,
        agency=row.agency,
        byline=tuple(row.byline),
        dateline=row.dateline,
        section=row.section,
        genre=row.genre,
        language=row.language,
        published=Published(
            stated=row.stated,
            earliest=row.earliest,
            latest=row.latest,
            basis=tuple(row.basis),
            clues=tuple(
                DateClue(basis=basis, words=words, earliest=parse_date(first), latest=parse_date(last))
                for basis, words, first, last in row.clues
            ),
        ),
        first_seen=datetime.fromisoformat(row.first_seen) if row.first_seen else None,
        images=tuple(Image(url=u, caption=c, credit=k) for u, c, k in row.images),
        embedded=tuple(Embedded(title=t, outlet=o, url=u, age=a, text=x) for t, o, u, a, x in row.embedded),
        links=tuple(Reference(url=u, start=start, end=end) for u, start, end in row.links or ()),
        found=tuple(Found(name=name, where=where) for name, where in row.found),
    )


def parse_date(value: str | None) -> date | None:
    """A stored day."""
    return date.fromisoformat(value) if value else None


def _quote(row: Row[Any]) -> Quote:
    article = ArticleId(str(row.article))
    return Quote(
        span=Span(article=article, start=row.start, end=row.end),
        pieces=tuple([Span(article=article, start=s, end=e) for s, e in row.pieces]),
        kind=row.kind,
        speaker=row.speaker,
        speaker_span=_optional_span(article, row.speaker_start, row.speaker_end),
        cue=row.cue,
        cue_span=_optional_span(article, row.cue_start, row.cue_end),
    )


def _figure(row: Row[Any]) -> Figure:
    return Figure(
        span=Span(article=ArticleId(str(row.article)), start=row.start, end=row.end),
        low=row.low,
        high=row.high,
        unit=row.unit,
        of=row.of,
        qualifier=row.qualifier,
        place=row.place,
        as_of=row.as_of,
        said_by=row.said_by,
    )


def _optional_span(article: ArticleId, start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(article=article, start=start, end=end)


# ---------------------------------------------------------------- statements, each built once

_OF_ARTICLE = ("id", "url", "outlet", "first_seen")
_OF_REVISION = (
    *("title", "text", "source_url", "agency", "byline", "dateline", "section", "genre", "language"),
    *("stated", "earliest", "latest", "basis", "clues", "images", "embedded", "links", "found"),
)


def _article_columns(articles: FromClause) -> list[ColumnElement[Any]]:
    """What an article is made of."""
    return [
        *(articles.c[name] for name in _OF_ARTICLE),
        *(schema.revision.c[name] for name in _OF_REVISION),
    ]


def _newest(articles: FromClause) -> ColumnElement[bool]:
    revision = schema.revision
    return (revision.c.article == articles.c.id) & (revision.c.number == articles.c.revision)


@cache
def _placed() -> Select[Any]:
    article, revision, member = schema.article, schema.revision, schema.member
    return (
        select(*_article_columns(article), member.c.placed, member.c.opened, member.c.score, member.c.why)
        .join(revision, (revision.c.article == article.c.id) & (revision.c.number == 1))
        .join(member, member.c.article == article.c.id)
        .where(article.c.id > bindparam("after"))
        .order_by(article.c.id)
        .limit(bindparam("limit"))
    )


@cache
def _of_stories() -> Select[Any]:
    visible, member = visible_articles(), schema.member
    return (
        select(*_article_columns(visible), member.c.story)
        .join(member, member.c.article == visible.c.id)
        .join(schema.revision, _newest(visible))
        .where(among(member.c.story))
        .order_by(visible.c.id)
    )


@cache
def _of_thread() -> Select[Any]:
    visible, member, story = visible_articles(), schema.member, schema.story
    return (
        select(*_article_columns(visible))
        .join(member, member.c.article == visible.c.id)
        .join(story, story.c.id == member.c.story)
        .join(schema.revision, _newest(visible))
        .where(story.c.thread == bindparam("thread"))
        .order_by(visible.c.id)
    )


@cache
def _facts(table: Table) -> Select[Any]:
    return select(table).where(among(table.c.article)).order_by(table.c.id)
