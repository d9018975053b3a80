"""Brings the pages of stories and threads up to what their articles say now: whatever is marked stale is made anew.

What is made is decided in `editing.py`; here it is loaded and applied, some stories in one transaction. Stopped at any
point, it goes on where it was: what is not done is still marked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from stemma.facts import ArticleFacts
from stemma.newsroom.editing import date_articles, edit_story
from stemma.newsroom.families import Families
from stemma.newsroom.faults import Fault, attempt
from stemma.newsroom.weighing import find_last_day, weigh_story
from stemma.store import Store
from stemma.store.effects import Effect, StoryEdited, ThreadEdited
from stemma.store.load import Facts
from stemma.types import Brief

_AT_ONCE = 16
"""Stories in one transaction: a durable one costs about as much as one story."""
_LONGEST_STEP = 1.0
"""Seconds after which a step ends early: a story of four hundred articles takes ten, and whoever stops waits for a step."""


def edit_stale(store: Store, *, families: Families | None = None) -> Iterator[int]:
    """Makes the pages of all stories and threads that changed; gives how many are left after each step.

    `families` say which outlets have one owner; without them each stands for itself.
    """
    stale = store.find_stale()
    # One article has no development to lay out; its own dates stand in its text.
    store.apply([ThreadEdited(number=number, entries=()) for number in stale.lone])
    left = len(stale.stories) + len(stale.threads)
    for at in range(0, len(stale.stories), _AT_ONCE):
        some = stale.stories[at : at + _AT_ONCE]
        members = _load_members(store, some)
        work = [(partial(_edit_story, n, members[n], families), f"story {n}") for n in some]
        for done in _apply_in_steps(store, work):
            left -= done
            yield left
    for at in range(0, len(stale.threads), _AT_ONCE):
        some = stale.threads[at : at + _AT_ONCE]
        for done in _apply_in_steps(store, [(partial(_edit_thread, store, n), f"thread {n}") for n in some]):
            left -= done
            yield left


def _apply_in_steps(store: Store, work: Sequence[tuple[Callable[[], Effect], str]]) -> Iterator[int]:
    """Makes and applies; gives after each step how many it did."""
    effects: list[Effect] = []
    done, began = 0, time.monotonic()
    for number, (make, on) in enumerate(work, 1):
        made = attempt(make, on=on)
        if not isinstance(made, Fault):
            effects.append(made)
        done += 1
        if number == len(work) or time.monotonic() - began > _LONGEST_STEP:
            store.apply(effects)
            yield done
            effects, done, began = [], 0, time.monotonic()


def _load_members(store: Store, stories: Sequence[int]) -> Mapping[int, Sequence[ArticleFacts]]:
    """The articles of each story with their facts; an article that stands alone is compared with none."""
    members = store.load_members(stories)
    several = [article.id for held in members.values() if len(held) > 1 for article in held]
    facts, nothing = store.load_facts(several) if several else {}, Facts(quotes=(), figures=())
    return {
        story: [
            ArticleFacts(article=article, quotes=found.quotes, figures=found.figures)
            for article in held
            for found in (facts.get(article.id, nothing),)
        ]
        for story, held in members.items()
    }


def _edit_story(number: int, members: Sequence[ArticleFacts], families: Families | None) -> Effect:
    if not members:
        nothing = Brief(title=None, title_from=None, sentences=())
        return StoryEdited(number=number, copies=(), comparisons=(), brief=nothing, voices=())
    edited = edit_story(members, families=families)
    articles = [member.article for member in members]
    return StoryEdited(
        number=number,
        copies=edited.copies,
        comparisons=edited.comparisons,
        brief=edited.brief,
        voices=tuple(tuple(int(article) for article in voice) for voice in edited.voices),
        documents=edited.documents,
        weight=weigh_story(articles, newsrooms=len(edited.voices)),
        day=find_last_day(articles),
        told=edited.told,
        names=edited.names,
        place=edited.place,
    )


def _edit_thread(store: Store, number: int) -> Effect:
    articles = store.load_thread(number)
    return ThreadEdited(number=number, entries=date_articles(articles) if articles else ())
