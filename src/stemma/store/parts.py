"""What pages of stories and articles are made of: quotations, figures, comparisons, copies, cited sentences as views.

Each list is one statement for a whole story, built once: building a statement costs more than running it. Words are
cut out of texts that the caller has read already (`texts`); what speaks of an article that is not among them is
withheld, or is looked up once more where it may stand in another story.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, select

from stemma.store import schema
from stemma.store.among import among
from stemma.store.deny import load_denied
from stemma.store.rows import Fields, Texts, find_texts
from stemma.store.views import (
    DIFFERING,
    AddedView,
    AttestedView,
    ChangeView,
    ComparedValueView,
    ComparisonView,
    CopyView,
    DocumentView,
    FigureView,
    PlaceView,
    QuoteView,
    SentenceView,
    TimelineView,
)

_AROUND = 120
"""Characters of a sentence shown on each side of a compared value."""
# A stop and a space behind a letter, a line's end, or a full stop of Han and kana: for showing, not for counting.
_STOP = re.compile(r"(?<=\w\w)[.!?][”»“\"')]*\s+|\n+|[。！？]")


# ---------------------------------------------------------------- quotations and figures


def quotes_of_story(connection: Connection, story: int, texts: Texts) -> tuple[QuoteView, ...]:
    """Quotations of all articles of the story, in the order of their texts."""
    return tuple(quote_views(connection.execute(_of_story(schema.quote), {"owner": story}).mappings(), texts))


def quotes_of_article(connection: Connection, article: int, texts: Texts) -> tuple[QuoteView, ...]:
    """Quotations of one article, in the order of its text."""
    return tuple(
        quote_views(connection.execute(_of_article(schema.quote), {"owner": article}).mappings(), texts)
    )


def figures_of_story(connection: Connection, story: int, texts: Texts) -> tuple[FigureView, ...]:
    """Figures of all articles of the story, in the order of their texts."""
    return tuple(_figure_views(connection.execute(_of_story(schema.figure), {"owner": story}), texts))


def figures_of_article(connection: Connection, article: int, texts: Texts) -> tuple[FigureView, ...]:
    """Figures of one article, in the order of its text."""
    return tuple(_figure_views(connection.execute(_of_article(schema.figure), {"owner": article}), texts))


def documents_of(
    connection: Connection, stored: Iterable[Sequence[Any]], voices: Sequence[Sequence[int]], texts: Texts
) -> tuple[DocumentView, ...]:
    """What several newsrooms link; of one that is withheld the link does not count, and a withheld address is no document."""
    withheld = tuple(entry.value for entry in load_denied(connection) if entry.kind == "address")
    voice_of = {article: number for number, voice in enumerate(voices or ()) for article in voice}
    found = []
    for address, places in stored:
        shown = [
            place
            for at in places
            if (place := _place(at[0], at[1], at[2], texts)) is not None and place.words
        ]
        linking = {voice_of[place.article] for place in shown if place.article in voice_of}
        if len(linking) > 1 and not address.startswith(withheld):
            found.append(DocumentView(address=address, places=tuple(shown)))
    return tuple(found)


def attested_of(
    stored: Iterable[Sequence[Any]], voices: Sequence[Sequence[int]], texts: Texts
) -> tuple[AttestedView, ...]:
    """Names or places as far as what is shown bears them out: by two newsrooms, or by the only one."""
    shown = [{number for number in voice if number in texts} for voice in voices or ()]
    voice_of = {article: number for number, voice in enumerate(shown) for article in voice}
    found = []
    for name, spans in stored:
        places = [place for at in spans if (place := _place(at[0], at[1], at[2], texts)) and place.words]
        newsrooms = len({voice_of[p.article] for p in places if p.article in voice_of})
        if newsrooms >= min(2, len([voice for voice in shown if voice])) and newsrooms:
            found.append(AttestedView(name=name, newsrooms=newsrooms, places=tuple(places)))
    return tuple(found)


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


def _figure_views(rows: Iterable[Any], texts: Texts) -> Iterable[FigureView]:
    for row in rows:
        place = _place(row.article, row.start, row.end, texts)
        if place is not None:
            yield FigureView(
                place=place,
                low=row.low,
                high=row.high,
                unit=row.unit,
                of=row.of,
                qualifier=row.qualifier,
                where=row.place,
                as_of=row.as_of,
                said_by=row.said_by,
            )


@cache
def _of_story(table: Any) -> Select[Any]:
    member = schema.member
    return (
        select(table)
        .join(member, member.c.article == table.c.article)
        .where(member.c.story == bindparam("owner"))
        .order_by(table.c.article, table.c.start)
    )


@cache
def _of_article(table: Any) -> Select[Any]:
    return select(table).where(table.c.article == bindparam("owner")).order_by(table.c.start)


# ---------------------------------------------------------------- comparisons


def comparisons_of(connection: Connection, story: int, texts: Texts) -> tuple[ComparisonView, ...]:
    """Comparisons of a story; one whose values are withheld but for one is left out."""
    rows = connection.execute(_compared(differing=False), {"stories": [story]}).all()
    return _comparisons(rows, _with_others(connection, texts, (row.article for row in rows)))


def differences_of(
    connection: Connection, stories: Sequence[int], texts: Texts
) -> Mapping[int, tuple[tuple[ComparisonView, ...], tuple[FigureView, ...]]]:
    """By story the comparisons in which reports differ, and the figures that they compare."""
    rows = connection.execute(_compared(differing=True), {"stories": list(stories)}).all()
    if not rows:
        return {}
    texts = _with_others(connection, texts, (row.article for row in rows))
    figures: dict[int, list[Any]] = defaultdict(list)
    for row in connection.execute(_compared_figures(), {"stories": list(stories)}):
        figures[row.story].append(row)
    by_story: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        by_story[row.story].append(row)
    return {
        story: (_comparisons(some, texts), tuple(_figure_views(figures[story], texts)))
        for story, some in by_story.items()
    }


def _comparisons(rows: Iterable[Any], texts: Texts) -> tuple[ComparisonView, ...]:
    held: dict[int, tuple[str, str, list[ComparedValueView]]] = {}
    for row in rows:
        values = held.setdefault(row.id, (row.about, row.relation, []))[2]
        place = _place(row.article, row.start, row.end, texts)
        if place is not None:
            before, after = _around(texts[place.article], place.start, place.end)
            values.append(
                ComparedValueView(place=place, low=row.low, high=row.high, before=before, after=after)
            )
    return tuple(
        ComparisonView(about=about, relation=relation, values=tuple(values))
        for about, relation, values in held.values()
        if len(values) > 1
    )


@cache
def _compared(*, differing: bool) -> Select[Any]:
    """The values of all comparisons of stories, or of those alone in which reports differ."""
    table, part = schema.comparison, schema.compared_value
    query = (
        select(
            table.c.story,
            table.c.id,
            table.c.about,
            table.c.relation,
            part.c.article,
            part.c.start,
            part.c.end,
            part.c.low,
            part.c.high,
        )
        .join(part, part.c.comparison == table.c.id)
        .where(among(table.c.story, "stories"))
        .order_by(table.c.id, part.c.id)
    )
    return query.where(table.c.relation.in_(DIFFERING)) if differing else query


@cache
def _compared_figures() -> Select[Any]:
    """The figures at the places of the values: those have their unit and their qualifier from there."""
    table, part, figure = schema.comparison, schema.compared_value, schema.figure
    same = (
        (figure.c.article == part.c.article) & (figure.c.start == part.c.start) & (figure.c.end == part.c.end)
    )
    return (
        select(table.c.story, *(c for c in figure.c if c.name != "id"))
        .distinct()
        .join(part, part.c.comparison == table.c.id)
        .join(figure, same)
        .where(among(table.c.story, "stories"), table.c.relation.in_(DIFFERING))
        .order_by(figure.c.article, figure.c.start)
    )


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


# ---------------------------------------------------------------- copies


def copies_of_story(connection: Connection, story: int, texts: Texts) -> tuple[CopyView, ...]:
    """Edges whose child is an article of the story."""
    return _copies(connection, "story", story, texts)


def copies_by(connection: Connection, side: str, article: int, texts: Texts) -> tuple[CopyView, ...]:
    """Edges of which the article is the `side`, "child" or "parent"."""
    return _copies(connection, side, article, texts)


def _copies(connection: Connection, side: str, owner: int, texts: Texts) -> tuple[CopyView, ...]:
    """Edges between visible articles, with the words that changed."""
    edges, changed = _edges(side)
    rows = connection.execute(edges, {"owner": owner}).all()
    if not rows:
        return ()
    texts = _with_others(connection, texts, (n for r in rows for n in (r.child, r.parent) if n))
    changes: dict[int, list[ChangeView]] = defaultdict(list)
    for c in connection.execute(changed, {"owner": owner}):
        view = ChangeView(
            kind=c.kind,
            detail=c.detail,
            child=_place(c.of_child, c.child_start, c.child_end, texts),
            parent=_place(c.of_parent, c.parent_start, c.parent_end, texts),
        )
        changes[c.copy].append(view)
    return tuple(
        CopyView(
            child=row.child,
            parent=row.parent,
            origin=row.origin,
            kind=row.kind,
            direction=row.direction,
            containment=row.containment,
            confidence=row.confidence,
            evidence=tuple(row.evidence),
            changes=tuple(changes[row.id]),
        )
        for row in rows
        if row.child in texts and (row.parent is None or row.parent in texts)
    )


@cache
def _edges(side: str) -> tuple[Select[Any], Select[Any]]:
    """The edges of one owner in order, and their changes."""
    copy, change, member = schema.copy, schema.change, schema.member
    owner: BindParameter[int] = bindparam("owner")
    where: ColumnElement[bool]
    if side == "story":
        where = copy.c.child.in_(select(member.c.article).where(member.c.story == owner))
    else:
        where = copy.c[side] == owner
    edges = select(copy).where(where).order_by(copy.c.child, copy.c.id)
    changes = (
        select(change, copy.c.child.label("of_child"), copy.c.parent.label("of_parent"))
        .join(copy, copy.c.id == change.c.copy)
        .where(where)
        .order_by(change.c.id)
    )
    return edges, changes


# ---------------------------------------------------------------- sentences


def brief_of(connection: Connection, story: int, texts: Texts) -> tuple[SentenceView, ...]:
    """The sentences of a story's brief; one that cites a withheld article is withheld itself."""
    rows = connection.execute(_cited(), {"story": story}).all()
    texts = _with_others(connection, texts, (row.article for row in rows if row.article))
    return _sentences(rows, texts).get(story, ())


def timeline_of(connection: Connection, thread: int) -> tuple[TimelineView, ...]:
    """The timeline of a thread, by date."""
    rows = connection.execute(_dated(), {"thread": thread}).all()
    if not rows:
        return ()
    sentences = _sentences(rows, find_texts(connection, {row.article for row in rows if row.article}))
    days = {row.owner: (row.date, row.precision) for row in rows}
    return tuple(
        TimelineView(date=day, precision=precision, sentences=sentences[entry])
        for entry, (day, precision) in days.items()
        if entry in sentences
    )


def _sentences(rows: Sequence[Any], texts: Texts) -> dict[int, tuple[SentenceView, ...]]:
    """Sentences by owner, those alone whose citations are all visible."""
    cited: dict[int, tuple[Any, list[PlaceView | None]]] = {}
    for row in rows:
        places = cited.setdefault(row.id, (row, []))[1]
        if row.article is not None:
            places.append(_place(row.article, row.start, row.end, texts))
    grouped: dict[int, list[SentenceView]] = defaultdict(list)
    for row, places in cited.values():
        sound = tuple(place for place in places if place is not None)
        if sound and len(sound) == len(places):
            added = tuple(AddedView(start=s, end=e, kind=k, article=a) for s, e, k, a in row.added)
            grouped[row.owner].append(SentenceView(text=row.text, citations=sound, added=added))
    return {number: tuple(found) for number, found in grouped.items()}


@cache
def _cited() -> Select[Any]:
    sentence, citation = schema.sentence, schema.citation
    return (
        select(
            sentence.c.id,
            sentence.c.story.label("owner"),
            sentence.c.text,
            sentence.c.added,
            citation.c.article,
            citation.c.start,
            citation.c.end,
        )
        .outerjoin(citation, citation.c.sentence == sentence.c.id)
        .where(sentence.c.story == bindparam("story"))
        .order_by(sentence.c.id, citation.c.id)
    )


@cache
def _dated() -> Select[Any]:
    sentence, citation, entry = schema.sentence, schema.citation, schema.entry
    return (
        select(
            sentence.c.id,
            entry.c.id.label("owner"),
            entry.c.date,
            entry.c.precision,
            sentence.c.text,
            sentence.c.added,
            citation.c.article,
            citation.c.start,
            citation.c.end,
        )
        .select_from(entry)
        .join(sentence, sentence.c.entry == entry.c.id)
        .outerjoin(citation, citation.c.sentence == sentence.c.id)
        .where(entry.c.thread == bindparam("thread"))
        .order_by(entry.c.date, entry.c.id, sentence.c.id, citation.c.id)
    )


# ---------------------------------------------------------------- small


def _with_others(connection: Connection, texts: Texts, articles: Iterable[int]) -> Mapping[int, str]:
    """The texts, and those of further articles that are visible."""
    others = set(articles) - texts.keys()
    return {**texts, **find_texts(connection, others)} if others else texts


def _place(article: int | None, start: int | None, end: int | None, texts: Texts) -> PlaceView | None:
    if article is None or start is None or end is None or article not in texts:
        return None
    return PlaceView(article=article, start=start, end=end, words=texts[article][start:end])
