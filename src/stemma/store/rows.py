"""Lines of stories and articles: what lists, searches and pages are made of. Only visible articles are ever selected.

A line of a story is made without the texts of its articles: a front page of thirty stories may stand on a thousand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import JSON, Connection, Select, and_, bindparam, exists, func, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import visible_articles
from stemma.store.load import parse_date
from stemma.store.views import DIFFERING, ArticleRow, ImageView, PublishedView, StoryRow

_EXCERPT = 300
"""Characters of the excerpt in a story's coverage."""
_BATCH = 100
"""Articles that are looked at first on the way to the next stories by day, then twice as many."""
_ROW_COLUMNS = (
    "title",
    "text",
    "source_url",
    "agency",
    "genre",
    "language",
    "stated",
    "earliest",
    "latest",
    "basis",
    "clues",
    "images",
)
"""What a line of coverage needs of a revision."""
_UNDATED = PublishedView(stated=None, earliest=None, latest=None, basis=())

_OF_REVISION = {"id", "article", "number", "fetched", "read_at", "substantive", "changes", "announced"}
"""Columns of a revision that say nothing of the article: asked for where its revisions are shown."""

Texts = Mapping[int, str]
Fields = Mapping[Any, Any]
"""A row by the names of its columns."""


def find_stories(connection: Connection, *, limit: int, offset: int) -> tuple[StoryRow, ...]:
    """See `Store.find_stories`."""
    story, member, visible = schema.story, schema.member, visible_articles()
    # Asked for each story in the order of the index: a million articles are not gone through for thirty stories.
    shown = exists().where(and_(member.c.story == story.c.id, visible.c.id == member.c.article))
    query = (
        select(story.c.id)
        .where(story.c.merged_into.is_(None), shown)
        .order_by(story.c.newsrooms.desc(), story.c.size.desc(), story.c.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return story_rows(connection, list(connection.execute(query).scalars()))


def find_latest(
    connection: Connection,
    *,
    limit: int,
    offset: int,
    language: str | None,
    section: str | None,
    country: str | None,
) -> tuple[StoryRow, ...]:
    """See `Store.find_latest`."""
    wanted: list[int] = []
    seen: set[int] = set()
    for story in _find_by_day(connection, language=language, section=section, country=country):
        if story not in seen:
            seen.add(story)
            if len(seen) > offset:
                wanted.append(story)
            if len(wanted) == limit:
                break
    return story_rows(connection, wanted)


def story_rows(connection: Connection, numbers: Sequence[int]) -> tuple[StoryRow, ...]:
    """Rows of the stories in the given order; those without a visible article are left out."""
    if not numbers:
        return ()
    found = connection.execute(_rows_of_stories(), {"stories": list(numbers)}).mappings()
    stories = {row["id"]: row for row in found}
    members = short_members(connection, numbers)
    leads = find_leads(connection, numbers)
    disagreements = _count_disagreements(connection, numbers)
    rows = []
    for number in numbers:
        held = members.get(number)
        if number not in stories or not held:
            continue
        row = stories[number]
        rows.append(
            StoryRow(
                story=number,
                title=name_story(connection, row, [m["id"] for m in held]),
                articles=tuple(m["id"] for m in held),
                outlets=outlets_of(held),
                newsrooms=min(row["newsrooms"], len(held)),
                first_seen=min(map(seen_at, held)),
                thread=row["thread"],
                published=story_published(held),
                disagreements=disagreements.get(number, 0),
                lead=leads.get(number),
                languages=tuple(dict.fromkeys(m["language"] for m in held if m["language"])),
                phase=row["phase"],
            )
        )
    return tuple(rows)


def related_stories(connection: Connection, number: int, thread: int) -> tuple[StoryRow, ...]:
    """Other stories of the thread, the newest first."""
    story = schema.story
    query = (
        select(story.c.id)
        .where(story.c.thread == thread, story.c.id != number, story.c.merged_into.is_(None))
        .order_by(story.c.id.desc())
        .limit(20)
    )
    return story_rows(connection, list(connection.execute(query).scalars()))


# ---------------------------------------------------------------- articles


def current_articles(visible: Any) -> Select[Any]:
    """Visible articles with their newest revision and the name of the page that they were first read from."""
    revision = schema.revision
    newest = (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision)
    columns = (c for c in revision.c if c.name not in _OF_REVISION)
    return select(visible, *columns, page_name(visible)).join(revision, newest)


def read_off_lines(visible: Any) -> Any:
    """The newest revision, as a condition that has `ix_revision_line` chosen: equal numbers, said so that no index can
    have them, since SQLite without statistics would rather take the unique one and read the page of the text."""
    revision = schema.revision
    return (revision.c.article == visible.c.id) & (revision.c.number - visible.c.revision == 0)


def page_name(visible: Any) -> Any:
    """The name of the page that an article was first read from, as a column."""
    page = schema.page
    named = select(page.c.name).where(page.c.article == visible.c.id).order_by(page.c.id).limit(1)
    return named.correlate(visible).scalar_subquery().label("name")


def find_page_names(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The names of the pages that articles were first read from."""
    if not numbers:
        return {}
    return {row.article: row.name for row in connection.execute(_page_names(), {"numbers": list(numbers)})}


def full_members(connection: Connection, story: int) -> list[Fields]:
    """Visible articles of a story with their texts, in order of arrival."""
    return list(connection.execute(_full_members(), {"story": story}).mappings())


def full_rows(connection: Connection, numbers: Iterable[int]) -> list[Fields]:
    """Visible articles with their texts, by number; without what ties them to a story."""
    query = _full_rows()
    return [{**row, "why": ()} for row in connection.execute(query, {"numbers": sorted(numbers)}).mappings()]


def article_row(row: Fields) -> ArticleRow:
    """A row with its text as a line of coverage."""
    text = " ".join(row["text"][: 2 * _EXCERPT].split())
    return ArticleRow(
        article=row["id"],
        title=row["title"],
        outlet=row["outlet"],
        agency=row["agency"],
        url=row["url"],
        source_url=row["source_url"],
        language=row["language"],
        genre=row["genre"],
        published=published_view(row),
        first_seen=seen_at(row),
        words=len(row["text"].split()),
        excerpt=text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …",
        why=tuple(row["why"]),
        name=row["name"],
        images=tuple(ImageView(url=u, caption=c, credit=k) for u, c, k in row["images"]),
    )


def find_texts(connection: Connection, articles: Iterable[int]) -> Texts:
    """The newest texts of those articles that are visible."""
    return {row.id: row.text for row in connection.execute(_texts(), {"numbers": sorted(articles)})}


# ---------------------------------------------------------------- small


def seen_at(row: Fields) -> datetime:
    """When somebody first had it."""
    return datetime.fromisoformat(row["first_seen"] or row["read_at"])


def published_view(row: Fields) -> PublishedView:
    """The interval of publication with its clues."""
    return PublishedView(
        stated=row["stated"],
        earliest=row["earliest"],
        latest=row["latest"],
        basis=tuple(row["basis"]),
        clues=tuple((b, w, parse_date(e), parse_date(x)) for b, w, e, x in row["clues"]),
    )


def story_published(held: Sequence[Fields]) -> PublishedView:
    """From the first certain day of its articles to the last; undated where none has one."""
    days: list[date] = sorted(row["earliest"] for row in held if row["stated"] and row["earliest"])
    if not days:
        return _UNDATED
    stated = days[0].isoformat() if days[0] == days[-1] else None
    return PublishedView(stated=stated, earliest=days[0], latest=days[-1], basis=())


def outlets_of(held: Iterable[Fields]) -> tuple[str, ...]:
    """The outlets that are named, each once."""
    return tuple(dict.fromkeys(row["outlet"] for row in held if row["outlet"]))


def story_title(story: Fields, held: Sequence[Fields]) -> str:
    """The chosen headline, or a member's where the chosen one is withheld."""
    if story["title_from"] is None or any(row["id"] == story["title_from"] for row in held):
        chosen: str = story["title"]
        if story["title_from"] is not None:
            return chosen
    for row in held:
        if row["title"]:
            first: str = row["title"]
            return first
    return next((" ".join(row["text"].split()[:12]) + " …" for row in held), "Untitled")


def name_story(connection: Connection, story: Fields, held: Sequence[int]) -> str:
    """As `story_title`, where the texts of the members are not at hand."""
    if story["title_from"] in held:
        chosen: str = story["title"]
        return chosen
    return story_title(story, connection.execute(_titles(), {"numbers": list(held)}).mappings().all())


def _find_by_day(
    connection: Connection, *, language: str | None, section: str | None, country: str | None
) -> Iterator[int]:
    """Stories in the order of their articles' days, the newest first, undated last; a story comes once for each."""
    visible, revision, member, story = visible_articles(), schema.revision, schema.member, schema.story
    query = (
        select(member.c.story)
        .select_from(revision)
        .join(visible, (visible.c.id == revision.c.article) & (visible.c.revision == revision.c.number))
        .join(member, member.c.article == visible.c.id)
        .join(story, story.c.id == member.c.story)
        .where(story.c.merged_into.is_(None))
        .order_by(revision.c.earliest.desc(), revision.c.article.desc())
    )
    if language is not None:
        query = query.where(revision.c.language == language)
    if section is not None:
        query = query.where(revision.c.section == section)
    if country is not None:
        query = query.where(revision.c.country == country)
    offset, size = 0, _BATCH
    while batch := connection.execute(query.offset(offset).limit(size)).scalars().all():
        yield from batch
        offset, size = offset + size, 2 * size


def short_members(connection: Connection, stories: Sequence[int]) -> dict[int, list[Fields]]:
    """Visible articles by story in order of arrival, with what a line needs and `ix_revision_line` has: no text is read."""
    grouped: dict[int, list[Fields]] = defaultdict(list)
    for row in connection.execute(_short_members(), {"stories": list(stories)}).mappings():
        grouped[row["story"]].append(row)
    return grouped


def find_leads(connection: Connection, stories: Sequence[int]) -> dict[int, str]:
    """The first sentence of each brief whose cited articles are all visible."""
    return {row.story: row.text for row in connection.execute(_leads(), {"stories": list(stories)})}


def _count_disagreements(connection: Connection, stories: Sequence[int]) -> dict[int, int]:
    """Contradictions and revisions by story, of which at least two sides are visible."""
    found = connection.execute(_disagreements(), {"stories": list(stories)})
    return {row.story: row.points for row in found}


# ---------------------------------------------------------------- statements, each built once


@cache
def _rows_of_stories() -> Select[Any]:
    story = schema.story
    columns = (
        story.c.id,
        story.c.title,
        story.c.title_from,
        story.c.newsrooms,
        story.c.thread,
        story.c.phase,
    )
    return select(*columns).where(among(story.c.id, "stories"))


@cache
def _full_members() -> Select[Any]:
    visible, revision, member = visible_articles(), schema.revision, schema.member
    newest = (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision)
    why = func.coalesce(member.c.moved_why, member.c.why, type_=JSON).label("why")
    return (
        select(visible, *(revision.c[name] for name in _ROW_COLUMNS), page_name(visible), why)
        .select_from(member)
        .join(visible, visible.c.id == member.c.article)
        .join(revision, newest)
        .where(member.c.story == bindparam("story"))
        .order_by(visible.c.id)
    )


@cache
def _full_rows() -> Select[Any]:
    visible, revision = visible_articles(), schema.revision
    newest = (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision)
    return (
        select(visible, *(revision.c[name] for name in _ROW_COLUMNS), page_name(visible))
        .join(revision, newest)
        .where(among(visible.c.id))
        .order_by(visible.c.id)
    )


@cache
def _texts() -> Select[Any]:
    visible, revision = visible_articles(), schema.revision
    return (
        select(visible.c.id, revision.c.text)
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(among(visible.c.id))
    )


@cache
def _short_members() -> Select[Any]:
    visible, revision, member = visible_articles(), schema.revision, schema.member
    return (
        select(
            visible.c.id,
            visible.c.outlet,
            visible.c.first_seen,
            visible.c.read_at,
            revision.c.language,
            revision.c.stated,
            revision.c.earliest,
            member.c.story,
        )
        .select_from(member)
        .join(visible, visible.c.id == member.c.article)
        .join(revision, read_off_lines(visible))
        .where(among(member.c.story, "stories"))
        .order_by(visible.c.id)
    )


@cache
def _leads() -> Select[Any]:
    """Sentences are tried in their order, and none behind the first that is whole."""
    story, sentence, citation = schema.story, schema.sentence, schema.citation
    tried, visible = sentence.alias("tried"), visible_articles()
    cited = select(citation.c.id).where(citation.c.sentence == tried.c.id)
    seen = select(visible.c.id).where(visible.c.id == citation.c.article).correlate(citation).exists()
    first = (
        select(tried.c.id)
        .where(
            tried.c.story == story.c.id,
            cited.correlate(tried).exists(),
            ~cited.where(~seen).correlate(tried).exists(),
        )
        .order_by(tried.c.id)
        .limit(1)
        .correlate(story)
        .scalar_subquery()
    )
    return (
        select(sentence.c.story, sentence.c.text)
        .select_from(story)
        .join(sentence, sentence.c.id == first)
        .where(among(story.c.id, "stories"))
    )


@cache
def _page_names() -> Select[Any]:
    page = schema.page
    return select(page.c.article, page.c.name).where(among(page.c.article)).order_by(page.c.id.desc())


@cache
def _titles() -> Select[Any]:
    """As much of articles as a story's title is made of."""
    visible, revision = visible_articles(), schema.revision
    return (
        select(visible.c.id, revision.c.title, func.substr(revision.c.text, 1, 2_000).label("text"))
        .join(revision, (revision.c.article == visible.c.id) & (revision.c.number == visible.c.revision))
        .where(among(visible.c.id))
        .order_by(visible.c.id)
    )


@cache
def _disagreements() -> Select[Any]:
    table, part, visible = schema.comparison, schema.compared_value, visible_articles()
    sides = (
        select(table.c.story)
        .join(part, part.c.comparison == table.c.id)
        .join(visible, visible.c.id == part.c.article)
        .where(
            among(table.c.story, "stories"),
            table.c.relation.in_(DIFFERING),
        )
        .group_by(table.c.id, table.c.story)
        .having(func.count() > 1)
        .subquery()
    )
    return select(sides.c.story, func.count().label("points")).group_by(sides.c.story)
