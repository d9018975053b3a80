"""Brings the pages of stories and threads up to what their articles say now: whatever is marked stale is made anew.

What is made is decided in `editing.py`; here it is loaded and applied, some stories in one transaction. Stopped at any
point, it goes on where it was: what is not done is still marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stemma.facts import ArticleFacts
from stemma.newsroom.editing import date_articles, edit_story
from stemma.newsroom.faults import Fault, attempt
from stemma.store import Store
from stemma.store.effects import Effect, StoryEdited, ThreadEdited
from stemma.types import Brief

_AT_ONCE = 16
"""Stories in one transaction: a durable one costs about as much as one story."""


def edit_stale(store: Store) -> Iterator[int]:
    """Makes the pages of all stories and threads that changed; gives how many are left after each step."""
    stale = store.find_stale()
    # One article has no development to lay out; its own dates stand in its text.
    store.apply([ThreadEdited(number=number, entries=()) for number in stale.lone])
    left = len(stale.stories) + len(stale.threads)
    makers: tuple[tuple[Callable[[Store, int], Effect], tuple[int, ...]], ...] = (
        (_edit_story, stale.stories),
        (_edit_thread, stale.threads),
    )
    for make, numbers in makers:
        for at in range(0, len(numbers), _AT_ONCE):
            some = numbers[at : at + _AT_ONCE]
            store.apply([effect for number in some if (effect := _attempt(make, store, number)) is not None])
            left -= len(some)
            yield left


def _attempt(make: Callable[[Store, int], Effect], store: Store, number: int) -> Effect | None:
    made = attempt(lambda: make(store, number), on=f"{make.__name__.strip('_')} {number}")
    return None if isinstance(made, Fault) else made


def _edit_story(store: Store, number: int) -> Effect:
    members = [
        ArticleFacts(article=m.article, quotes=m.quotes, figures=m.figures)
        for m in store.load_members(number)
    ]
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
