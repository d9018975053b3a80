"""The pages of stories and threads as they were made: copies, comparisons, cited sentences take the place of the old."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import JSON, Delete, Update, bindparam, delete, select, update

from stemma.store import schema
from stemma.store.articles import add_copies
from stemma.store.effects import StoryEdited, ThreadEdited
from stemma.store.gathering import Rows
from stemma.types import Attested, CitedSentence, Span, ToldDate


def gather_story(effect: StoryEdited, rows: Rows) -> None:
    """What is derived from a story's members together."""
    number = effect.number
    rows.replace("story", number)
    if effect.copies is not None:
        rows.before(_copies_within(), {"number": number})
        add_copies(rows, effect.copies)
    rows.before(_old_comparisons(), {"number": number})
    rows.before(_old_sentences(), {"number": number})
    rows.before(_untold(), {"number": number})
    for told in effect.told:
        rows.after(_tell(), {"number": int(told.article), "words": _told(told)})
    for comparison in effect.comparisons:
        owner = rows.give_number(schema.comparison)
        row = {"id": owner, "story": number, "about": comparison.about, "relation": comparison.relation}
        rows.add(schema.comparison, [row])
        rows.add(
            schema.compared_value,
            (
                {"comparison": owner, **_place(value.span), "low": value.low, "high": value.high}
                for value in comparison.values
            ),
        )
    _add_sentences(rows, effect.brief.sentences, story=number)
    source = int(effect.brief.title_from) if effect.brief.title_from else None
    values: dict[str, Any] = {
        "number": number,
        "count": len(effect.voices),
        "voices": effect.voices,
        "documents": [
            [d.address, [[int(s.article), s.start, s.end] for s in d.places]] for d in effect.documents
        ]
        or None,
        "names": [_attested(name) for name in effect.names] or None,
        "place": _attested(effect.place) if effect.place else None,
        "weight": effect.weight,
        "day": effect.day,
        "source": source,
    }
    if effect.brief.title:
        rows.after(_edited_and_titled(), {**values, "chosen": effect.brief.title})
    else:
        rows.after(_edited(), values)


def _attested(found: Attested) -> list[Any]:
    return [found.name, [[int(span.article), span.start, span.end] for span in found.places]]


def gather_thread(effect: ThreadEdited, rows: Rows) -> None:
    """The timeline of a thread."""
    rows.replace("thread", effect.number)
    rows.before(_old_entries(), {"number": effect.number})
    for entry in effect.entries:
        owner = rows.give_number(schema.entry)
        row = {"id": owner, "thread": effect.number, "date": entry.date, "precision": entry.precision}
        rows.add(schema.entry, [row])
        _add_sentences(rows, entry.sentences, entry=owner)
    rows.after(_thread_edited(), {"number": effect.number})


def _add_sentences(
    rows: Rows, sentences: Sequence[CitedSentence], *, story: int | None = None, entry: int | None = None
) -> None:
    for sentence in sentences:
        number = rows.give_number(schema.sentence)
        added = [[a.start, a.end, a.kind, int(a.article)] for a in sentence.added]
        row = {"id": number, "story": story, "entry": entry, "text": sentence.text, "added": added}
        rows.add(schema.sentence, [row])
        rows.add(schema.citation, ({"sentence": number, **_place(span)} for span in sentence.citations))


def _told(told: ToldDate) -> dict[str, Any]:
    def iso(day: date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "earliest": iso(told.earliest),
        "latest": iso(told.latest),
        "witnesses": [
            [int(w.article), w.why, w.words, iso(w.earliest), iso(w.latest)] for w in told.witnesses
        ],
    }


def _place(span: Span) -> dict[str, int]:
    return {"article": int(span.article), "start": span.start, "end": span.end}


# ---------------------------------------------------------------- statements, each built once


@cache
def _copies_within() -> Delete:
    """Copies of which both ends are articles of the story, or whose source was never read."""
    copy, member = schema.copy, schema.member
    members = select(member.c.article).where(member.c.story == bindparam("number"))
    within = copy.c.child.in_(members) & (copy.c.parent.is_(None) | copy.c.parent.in_(members))
    return delete(copy).where(within)


@cache
def _untold() -> Update:
    member = schema.member
    return update(member).where(member.c.story == bindparam("number")).values(told=None)


@cache
def _tell() -> Update:
    member = schema.member
    return (
        update(member)
        .where(member.c.article == bindparam("number"))
        .values(told=bindparam("words", type_=JSON))
    )


@cache
def _old_comparisons() -> Delete:
    return delete(schema.comparison).where(schema.comparison.c.story == bindparam("number"))


@cache
def _old_sentences() -> Delete:
    return delete(schema.sentence).where(schema.sentence.c.story == bindparam("number"))


@cache
def _old_entries() -> Delete:
    return delete(schema.entry).where(schema.entry.c.thread == bindparam("number"))


@cache
def _edited() -> Update:
    story = schema.story
    values = {
        "newsrooms": bindparam("count"),
        "voices": bindparam("voices", type_=JSON),
        "documents": bindparam("documents", type_=JSON(none_as_null=True)),
        "names": bindparam("names", type_=JSON(none_as_null=True)),
        "place": bindparam("place", type_=JSON(none_as_null=True)),
        "weight": bindparam("weight"),
        "day": bindparam("day"),
        "stale": False,
        "title_from": bindparam("source"),
    }
    return update(story).where(story.c.id == bindparam("number")).values(values)


@cache
def _edited_and_titled() -> Update:
    return _edited().values(title=bindparam("chosen"))


@cache
def _thread_edited() -> Update:
    return update(schema.thread).where(schema.thread.c.id == bindparam("number")).values(stale=False)
