"""Brings the pages of stories and threads up to what their articles say now: whatever is marked stale is made anew.

What is made is decided in `editing.py`; here it is loaded and applied, some stories in one transaction. Stopped at any
point, it goes on where it was: what is not done is still marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from stemma.facts import ArticleFacts
from stemma.newsroom.editing import date_articles, edit_story
from stemma.newsroom.faults import Fault, attempt
from stemma.store import Store
from stemma.store.effects import Effect, StoryEdited, ThreadEdited
from stemma.store.load import Member
from stemma.types import Brief

_AT_ONCE = 16
"""Stories in one transaction: a durable one costs about as much as one story."""


def edit_stale(store: Store) -> Iterator[int]:
    """Makes the pages of all stories and threads that changed; gives how many are left after each step."""
    stale = store.find_stale()
    # One article has no development to lay out; its own dates stand in its text.
    store.apply([ThreadEdited(number=number, entries=()) for number in stale.lone])
    left = len(stale.stories) + len(stale.threads)
    for at in range(0, len(stale.stories), _AT_ONCE):
        some = stale.stories[at : at + _AT_ONCE]
        members = store.load_members(some)
        store.apply(_sound(_attempt(partial(_edit_story, n, members[n]), f"story {n}") for n in some))
        left -= len(some)
        yield left
    for at in range(0, len(stale.threads), _AT_ONCE):
        some = stale.threads[at : at + _AT_ONCE]
        store.apply(_sound(_attempt(partial(_edit_thread, store, n), f"thread {n}") for n in some))
        left -= len(some)
        yield left


def _attempt(make: Callable[[], Effect], on: str) -> Effect | None:
    made = attempt(make, on=on)
    return None if isinstance(made, Fault) else made


def _sound(effects: Iterable[Effect | None]) -> list[Effect]:
    return [effect for effect in effects if effect is not None]


def _edit_story(number: int, held: Sequence[Member]) -> Effect:
    members = [ArticleFacts(article=m.article, quotes=m.quotes, figures=m.figures) for m in held]
    if not members:
        nothing = Brief(title=None, title_from=None, sentences=())
        return StoryEdited(number=number, copies=(), comparisons=(), brief=nothing, newsrooms=0)
    edited = edit_story(members)
    return StoryEdited(
        number=number,
        copies=edited.copies,
        comparisons=edited.comparisons,
        brief=edited.brief,
        newsrooms=edited.newsrooms,
    )


def _edit_thread(store: Store, number: int) -> Effect:
    articles = store.load_thread(number)
    return ThreadEdited(number=number, entries=date_articles(articles) if articles else ())
