"""Effects to rows, in order: those that add many rows are gathered and written a table at a time, others one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from stemma.store.articles import gather_article, gather_page, look_up_stories
from stemma.store.changed import find_concerned, touch
from stemma.store.editions import gather_story, gather_thread
from stemma.store.effects import ArticleAdded, Effect, PageRead, StoryEdited, ThreadEdited
from stemma.store.gathering import Rows
from stemma.store.tallies import add_stories, count_in, count_stories
from stemma.store.write import apply_effect

# Effects of one room may be written in any order among one another.
_GATHERED: Mapping[type, tuple[str, Callable[[Any, Rows], None]]] = {
    PageRead: ("pages", gather_page),
    ArticleAdded: ("pages", gather_article),
    StoryEdited: ("stories", gather_story),
    ThreadEdited: ("threads", gather_thread),
}


def apply_effects(connection: Connection, effects: Sequence[Effect]) -> None:
    """All effects, within the caller's transaction. What stands before an effect of another room is written before it."""
    rows, at = Rows(connection), ""
    added: list[int] = []
    stories, threads = find_concerned(connection, effects)
    seen = count_stories(connection, stories)
    for number, effect in enumerate(effects):
        room, gather = _GATHERED.get(type(effect), ("", None))
        if room != at:
            _write(rows, added)
            at = room
            if room == "pages":
                look_up_stories(rows, effects[number:])
        if isinstance(effect, ArticleAdded):
            added.append(effect.number)
        if gather is None:
            apply_effect(effect, connection)
        else:
            gather(effect, rows)
    _write(rows, added)
    then, threads_then = find_concerned(connection, effects)
    add_stories(connection, count_stories(connection, stories | then) - seen)
    touch(connection, stories | then, threads | threads_then)


def _write(rows: Rows, added: list[int]) -> None:
    """What was gathered, and what its new articles count."""
    rows.write()
    if added:
        count_in(rows.connection, added, by=1)
        added.clear()
