"""Rows to views, for readers. Only visible articles are ever selected; what cites a withheld one is left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, distinct, func, select

from stemma.errors import NotFoundError
from stemma.store import schema
from stemma.store.deny import visible_articles
from stemma.store.revisions import find_revisions
from stemma.store.rows import (
    Fields,
    Texts,
    article_row,
    current_articles,
    find_texts,
    full_members,
    full_rows,
    outlets_of,
    published_view,
    related_stories,
    seen_at,
    story_published,
    story_title,
)
from stemma.store.views import (
    AddedView,
    ArticleView,
    ChangeView,
    ComparedValueView,
    ComparisonView,
    CopyView,
    EmbeddedView,
    FigureView,
    ImageView,
    PlaceView,
    QuoteView,
    RejectedView,
    SentenceView,
    StoreCounts,
    StoryView,
    TimelineView,
)

LARGEST = 2**31 - 1
_AROUND = 120
"""Characters of a sentence shown on each side of a compared value."""
# A stop and a space behind a letter, a line's end, or a full stop of Han and kana: for showing, not for counting.
_STOP = re.compile(r"(?<=\w\w)[.!?][”»“\"')]*\s+|\n+|[。！？]")


def get_story(connection: Connection, number: int) -> StoryView:
    """See `Store.get_story`."""
    story = schema.story
    row = _one(connection, select(story).where(story.c.id == checked(number, "story")))
    held = full_members(connection, [number]).get(number) if row is not None else None
    if row is None or not held or row["merged_into"] is not None:
        raise NotFoundError(f"there is no story {number}")
    articles = [m["id"] for m in held]
    texts = {m["id"]: m["text"] for m in held}
    thread = row["thread"]
    return StoryView(
        story=number,
        title=story_title(row, held),
        title_from=row["title_from"] if row["title_from"] in texts else None,
        brief=_sentences(connection, schema.sentence.c.story, [number]).get(number, ()),
        articles=tuple(article_row(m) for m in held),
        outlets=outlets_of(held),
        newsrooms=min(row["newsrooms"], len(held)),
        first_seen=min(seen_at(m) for m in held),
        published=story_published(held),
        copies=_copies(connection, schema.copy.c.child.in_(articles)),
        quotes=tuple(find_quotes(connection, articles, texts)),
        figures=tuple(_figures(connection, articles, texts)),
        comparisons=_comparisons(connection, [number]).get(number, ()),
        thread=thread,
        timeline=find_timeline(connection, thread) if thread else (),
        related=related_stories(connection, number, thread) if thread else (),
    )


def find_redirect(connection: Connection, number: int) -> int | None:
    """See `Store.find_redirect`."""
    story, seen = schema.story, {number}
    at: int | None = number if 0 < number <= LARGEST else None
    while at is not None:
        row = connection.execute(select(story.c.merged_into).where(story.c.id == at)).one_or_none()
        if row is None or row.merged_into is None or row.merged_into in seen:
            break
        at = row.merged_into
        seen.add(row.merged_into)
    return at if at != number else None


def get_article(connection: Connection, number: int) -> ArticleView:
    """See `Store.get_article`."""
    visible = visible_articles()
    row = _one(connection, current_articles(visible).where(visible.c.id == checked(number, "article")))
    if row is None:
        raise NotFoundError(f"there is no article {number}")
    texts = {number: row["text"]}
    parents = _copies(connection, schema.copy.c.child == number)
    children = _copies(connection, schema.copy.c.parent == number)
    others = {c.parent for c in parents if c.parent} | {c.child for c in children}
    member, story = schema.member, schema.story
    in_story = _one(
        connection,
        select(story).join(member, member.c.story == story.c.id).where(member.c.article == number),
    )
    held = full_members(connection, [in_story["id"]])[in_story["id"]] if in_story is not None else []
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
        story_title=story_title(in_story, held) if in_story is not None else None,
        quotes=tuple(find_quotes(connection, [number], texts)),
        figures=tuple(_figures(connection, [number], texts)),
        parents=parents,
        children=children,
        others=tuple(article_row(r) for r in full_rows(connection, others)),
    )


def count(connection: Connection) -> StoreCounts:
    """See `Store.count`."""
    visible, page, member, story = visible_articles(), schema.page, schema.member, schema.story
    articles, outlets = connection.execute(
        select(func.count(), func.count(distinct(visible.c.outlet))).select_from(visible)
    ).one()
    stories = connection.execute(
        select(func.count(distinct(member.c.story)))
        .select_from(member)
        .join(visible, visible.c.id == member.c.article)
        .join(story, story.c.id == member.c.story)
        .where(story.c.merged_into.is_(None))
    ).scalar_one()
    reasons = connection.execute(
        select(page.c.reason, func.count().label("pages"))
        .where(page.c.reason.is_not(None))
        .group_by(page.c.reason)
        .order_by(func.count().desc(), page.c.reason)
    )
    return StoreCounts(
        articles=articles,
        stories=stories,
        outlets=outlets,
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


# ---------------------------------------------------------------- facts


def find_quotes(connection: Connection, articles: Sequence[int], texts: Texts) -> Iterable[QuoteView]:
    """Quotations of the articles, in the order of their texts."""
    table = schema.quote
    query = select(table).where(table.c.article.in_(articles)).order_by(table.c.article, table.c.start)
    return quote_views(connection.execute(query).mappings(), texts)


def quote_views(rows: Iterable[Fields], texts: Texts) -> Iterable[QuoteView]:
    """Quotations whose article is among the texts."""
    for row in rows:
        number = row["article"]
        place = _place(number, row["start"], row["end"], texts)
        if place is None:
            continue
        pieces = (_place(number, start, end, texts) for start, end in row["pieces"])
        yield QuoteView(
            place=place,
            pieces=tuple(piece for piece in pieces if piece is not None),
            kind=row["kind"],
            speaker=row["speaker"],
            speaker_place=_place(number, row["speaker_start"], row["speaker_end"], texts),
            cue=row["cue"],
        )


def _figures(connection: Connection, articles: Sequence[int], texts: Texts) -> Iterable[FigureView]:
    table = schema.figure
    query = select(table).where(table.c.article.in_(articles)).order_by(table.c.article, table.c.start)
    for row in connection.execute(query).mappings():
        place = _place(row["article"], row["start"], row["end"], texts)
        if place is not None:
            yield FigureView(
                place=place,
                low=row["low"],
                high=row["high"],
                unit=row["unit"],
                of=row["of"],
                qualifier=row["qualifier"],
                where=row["place"],
                as_of=row["as_of"],
                said_by=row["said_by"],
            )


def _comparisons(connection: Connection, stories: Sequence[int]) -> dict[int, tuple[ComparisonView, ...]]:
    """Comparisons by story; one whose values are withheld but for one is left out."""
    table, part = schema.comparison, schema.compared_value
    values: dict[int, list[Fields]] = defaultdict(list)
    owned = select(table.c.id).where(table.c.story.in_(stories))
    query = select(part).where(part.c.comparison.in_(owned)).order_by(part.c.id)
    for row in connection.execute(query).mappings():
        values[row["comparison"]].append(row)
    texts = find_texts(connection, {row["article"] for rows in values.values() for row in rows})
    grouped: dict[int, list[ComparisonView]] = defaultdict(list)
    query = select(table).where(table.c.story.in_(stories)).order_by(table.c.id)
    for row in connection.execute(query).mappings():
        shown = [
            _compared(place, value, texts[place.article])
            for value in values[row["id"]]
            if (place := _place(value["article"], value["start"], value["end"], texts)) is not None
        ]
        if len(shown) > 1:
            grouped[row["story"]].append(
                ComparisonView(about=row["about"], relation=row["relation"], values=tuple(shown))
            )
    return {story: tuple(found) for story, found in grouped.items()}


def _compared(place: PlaceView, value: Fields, text: str) -> ComparedValueView:
    before, after = _around(text, place.start, place.end)
    return ComparedValueView(place=place, low=value["low"], high=value["high"], before=before, after=after)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words of the sentence before and behind a place, at most `_AROUND` characters of each."""
    head, tail = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    ends = [m.end() for m in _STOP.finditer(head)]
    if ends:
        head = head[ends[-1] :]
    elif start > _AROUND:
        head = f"…{head[head.find(' ') :]}" if " " in head else f"…{head}"
    stop = _STOP.search(tail)
    if stop:
        tail = tail[: stop.end()].rstrip()
    elif end + _AROUND < len(text):
        tail = f"{tail[: tail.rfind(' ')]} …" if " " in tail else f"{tail}…"
    return head, tail


def _copies(connection: Connection, where: Any) -> tuple[CopyView, ...]:
    """Edges between visible articles, with the words that changed."""
    copy, change = schema.copy, schema.change
    rows = list(connection.execute(select(copy).where(where).order_by(copy.c.child, copy.c.id)).mappings())
    changes: dict[int, list[Fields]] = defaultdict(list)
    query = select(change).where(change.c.copy.in_([r["id"] for r in rows])).order_by(change.c.id)
    for row in connection.execute(query).mappings():
        changes[row["copy"]].append(row)
    texts = find_texts(connection, {n for r in rows for n in (r["child"], r["parent"]) if n})
    return tuple(
        CopyView(
            child=row["child"],
            parent=row["parent"],
            origin=row["origin"],
            kind=row["kind"],
            direction=row["direction"],
            containment=row["containment"],
            confidence=row["confidence"],
            evidence=tuple(row["evidence"]),
            changes=tuple(
                ChangeView(
                    kind=c["kind"],
                    detail=c["detail"],
                    child=_place(row["child"], c["child_start"], c["child_end"], texts),
                    parent=_place(row["parent"], c["parent_start"], c["parent_end"], texts),
                )
                for c in changes[row["id"]]
            ),
        )
        for row in rows
        if row["child"] in texts and (row["parent"] is None or row["parent"] in texts)
    )


# ---------------------------------------------------------------- sentences


def _sentences(
    connection: Connection, owner: Any, owners: Sequence[int]
) -> dict[int, tuple[SentenceView, ...]]:
    """Sentences by owner; one that cites a withheld article is withheld itself."""
    sentence, citation = schema.sentence, schema.citation
    rows = list(
        connection.execute(select(sentence).where(owner.in_(owners)).order_by(sentence.c.id)).mappings()
    )
    cited: dict[int, list[Fields]] = defaultdict(list)
    owned = select(sentence.c.id).where(owner.in_(owners))
    query = select(citation).where(citation.c.sentence.in_(owned)).order_by(citation.c.id)
    for row in connection.execute(query).mappings():
        cited[row["sentence"]].append(row)
    texts = find_texts(connection, {row["article"] for rows_ in cited.values() for row in rows_})
    grouped: dict[int, list[SentenceView]] = defaultdict(list)
    for row in rows:
        places = [_place(c["article"], c["start"], c["end"], texts) for c in cited[row["id"]]]
        sound = tuple(place for place in places if place is not None)
        if sound and len(sound) == len(places):
            added = tuple(AddedView(start=s, end=e, kind=k, article=a) for s, e, k, a in row["added"])
            grouped[row[owner.name]].append(SentenceView(text=row["text"], citations=sound, added=added))
    return {number: tuple(found) for number, found in grouped.items()}


def find_timeline(connection: Connection, thread: int) -> tuple[TimelineView, ...]:
    """The timeline of a thread, by date."""
    entry = schema.entry
    rows = list(
        connection.execute(
            select(entry).where(entry.c.thread == thread).order_by(entry.c.date, entry.c.id)
        ).mappings()
    )
    sentences = _sentences(connection, schema.sentence.c.entry, [row["id"] for row in rows])
    return tuple(
        TimelineView(date=row["date"], precision=row["precision"], sentences=sentences[row["id"]])
        for row in rows
        if row["id"] in sentences
    )


# ---------------------------------------------------------------- small


def _place(article: int | None, start: int | None, end: int | None, texts: Texts) -> PlaceView | None:
    if article is None or start is None or end is None or article not in texts:
        return None
    return PlaceView(article=article, start=start, end=end, words=texts[article][start:end])


def _one(connection: Connection, query: Any) -> Fields | None:
    row: Fields | None = connection.execute(query).mappings().one_or_none()
    return row


def checked(number: int, what: str) -> int:
    """The number where it can be one. Raises `NotFoundError`."""
    if not 0 < number <= LARGEST:
        raise NotFoundError(f"there is no {what} {number}")
    return number
