"""Pages from rows: a story, an article, the counts. Only visible articles are ever selected (`deny.py`).

What pages are made of is in `parts.py`; lines of lists are in `rows.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.listings import RejectedView, StoreCounts
from stemma.store.parts import (
    attested_of,
    brief_of,
    comparisons_of,
    copies_by,
    copies_of_story,
    documents_of,
    figures_of_article,
    figures_of_story,
    quotes_of_article,
    quotes_of_story,
    timeline_of,
)
from stemma.store.revisions import find_revisions
from stemma.store.rows import (
    Fields,
    article_row,
    current_articles,
    full_members,
    full_rows,
    name_story,
    outlets_of,
    published_view,
    related_stories,
    seen_at,
    short_members,
    story_published,
    story_title,
)
from stemma.store.tallies import ALL, count_names, find_number
from stemma.store.views import (
    ArticleView,
    EmbeddedView,
    ImageView,
    StoryView,
    ToldView,
)

LARGEST = 2**31 - 1


def get_story(connection: Connection, number: int) -> StoryView:
    """See `Store.get_story`."""
    row = _find(connection, _story(), number=checked(number, "story"))
    held = full_members(connection, number) if row is not None and row["merged_into"] is None else []
    if row is None or not held:
        raise NotFoundError(f"there is no story {number}")
    texts = {m["id"]: m["text"] for m in held}
    thread = row["thread"]
    timeline = timeline_of(connection, thread) if thread else ()
    cited = {c.article for entry in timeline for sentence in entry.sentences for c in sentence.citations}
    return StoryView(
        story=number,
        title=story_title(row, held),
        title_from=row["title_from"] if row["title_from"] in texts else None,
        brief=brief_of(connection, number, texts),
        articles=tuple(article_row(m) for m in held),
        outlets=outlets_of(held),
        newsrooms=min(row["newsrooms"], len(held)),
        first_seen=min(seen_at(m) for m in held),
        published=story_published(held),
        copies=copies_of_story(connection, number, texts),
        quotes=quotes_of_story(connection, number, texts),
        figures=figures_of_story(connection, number, texts),
        comparisons=comparisons_of(connection, number, texts),
        thread=thread,
        timeline=timeline,
        elsewhere=tuple(article_row(r) for r in full_rows(connection, cited - texts.keys())),
        related=related_stories(connection, number, thread) if thread else (),
        linked=tuple(row["linked"] or ()) if thread else (),
        voices=_voices(row["voices"] or (), texts),
        phase=row["phase"],
        documents=documents_of(connection, row["documents"], row["voices"], texts)
        if row["documents"]
        else (),
        names=attested_of(row["names"] or (), row["voices"], texts),
        place=next(iter(attested_of([row["place"]] if row["place"] else (), row["voices"], texts)), None),
    )


def _voices(stored: Sequence[Sequence[int]], texts: Mapping[int, str]) -> tuple[tuple[int, ...], ...]:
    """Each newsroom's articles, without those that are withheld or have left the story."""
    shown = (tuple(number for number in voice if number in texts) for voice in stored)
    return tuple(voice for voice in shown if voice)


def find_redirect(connection: Connection, number: int) -> int | None:
    """See `Store.find_redirect`."""
    seen = {number}
    at: int | None = number if 0 < number <= LARGEST else None
    while at is not None:
        row = _find(connection, _story(), number=at)
        if row is None or row["merged_into"] is None or row["merged_into"] in seen:
            break
        at = row["merged_into"]
        seen.add(row["merged_into"])
    return at if at != number else None


def get_article(connection: Connection, number: int) -> ArticleView:
    """See `Store.get_article`."""
    row = _find(connection, _article(), number=checked(number, "article"))
    if row is None:
        raise NotFoundError(f"there is no article {number}")
    texts = {number: row["text"]}
    parents = copies_by(connection, "child", number, texts)
    children = copies_by(connection, "parent", number, texts)
    others = {c.parent for c in parents if c.parent} | {c.child for c in children}
    in_story = _find(connection, _story_of(), number=number)
    told = _told_view(in_story["told"]) if in_story is not None and in_story["told"] else None
    others |= {witness for witness, *_ in told.witnesses} if told else set()
    rows = full_rows(connection, others) if others else ()
    if told and not {w for w, *_ in told.witnesses} <= {r["id"] for r in rows}:
        told = None  # a witness is withheld: what it carried goes with it
    held = short_members(connection, [in_story["id"]])[in_story["id"]] if in_story is not None else []
    return ArticleView(
        article=number,
        key=row["key"],
        revision=row["revision"],
        title=row["title"],
        text=row["text"],
        url=row["url"],
        source_url=row["source_url"],
        outlet=row["outlet"],
        agency=row["agency"],
        byline=tuple(row["byline"]),
        dateline=row["dateline"],
        section=row["section"],
        genre=row["genre"],
        language=row["language"],
        published=published_view(row),
        first_seen=seen_at(row),
        images=tuple(ImageView(url=u, caption=c, credit=k) for u, c, k in row["images"]),
        embedded=tuple(
            EmbeddedView(title=t, outlet=o, url=u, age=a, text=x) for t, o, u, a, x in row["embedded"]
        ),
        found=tuple((name, where) for name, where in row["found"]),
        revisions=find_revisions(connection, number) if row["revision"] > 1 else (),
        name=row["name"],
        story=in_story["id"] if in_story is not None else None,
        story_title=name_story(connection, in_story, [m["id"] for m in held])
        if in_story is not None
        else None,
        quotes=quotes_of_article(connection, number, texts),
        figures=figures_of_article(connection, number, texts),
        parents=parents,
        children=children,
        others=tuple(article_row(r) for r in rows),
        told=told,
    )


def count(connection: Connection) -> StoreCounts:
    """See `Store.count`."""
    page = schema.page
    reasons = connection.execute(
        select(page.c.reason, func.count().label("pages"))
        .where(page.c.reason.is_not(None))
        .group_by(page.c.reason)
        .order_by(func.count().desc(), page.c.reason)
    )
    return StoreCounts(
        articles=find_number(connection, "article", ALL),
        stories=find_number(connection, "story", ALL),
        outlets=count_names(connection, "outlet"),
        rejected=tuple((row.reason, row.pages) for row in reasons),
    )


def find_rejected(connection: Connection, *, limit: int, offset: int) -> tuple[RejectedView, ...]:
    """See `Store.find_rejected`."""
    page = schema.page
    query = (
        select(page).where(page.c.reason.is_not(None)).order_by(page.c.id.desc()).limit(limit).offset(offset)
    )
    return tuple(
        RejectedView(
            name=row.name,
            url=row.url,
            reason=row.reason,
            detail=row.detail or "",
            read_at=datetime.fromisoformat(row.read_at),
        )
        for row in connection.execute(query)
    )


def checked(number: int, what: str) -> int:
    """The number where it can be one. Raises `NotFoundError`."""
    if not 0 < number <= LARGEST:
        raise NotFoundError(f"there is no {what} {number}")
    return number


@cache
def _story() -> Select[Any]:
    return select(schema.story).where(schema.story.c.id == bindparam("number"))


def _told_view(stored: Mapping[str, Any]) -> ToldView:
    def day(iso: str | None) -> date | None:
        return date.fromisoformat(iso) if iso else None

    return ToldView(
        earliest=day(stored["earliest"]),
        latest=day(stored["latest"]),
        witnesses=tuple((a, why, words, day(e), day(k)) for a, why, words, e, k in stored["witnesses"]),
    )


@cache
def _story_of() -> Select[Any]:
    member, story = schema.member, schema.story
    return (
        select(story, member.c.told)
        .join(member, member.c.story == story.c.id)
        .where(member.c.article == bindparam("number"))
    )


@cache
def _article() -> Select[Any]:
    visible = visible_articles()
    return current_articles(visible).where(visible.c.id == bindparam("number"))


def _find(connection: Connection, query: Select[Any], *, number: int) -> Fields | None:
    row: Fields | None = connection.execute(query, {"number": number}).mappings().one_or_none()
    return row
