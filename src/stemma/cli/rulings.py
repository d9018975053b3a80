"""What `merge` and `split` share: finding the story that is meant, and putting a person's decision into effect."""

from __future__ import annotations

import sys

from stemma.config import Settings
from stemma.errors import NotFoundError, StoreBusyError, UsageError
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.families import load_families
from stemma.store import Store
from stemma.store.effects import Ruled
from stemma.store.engine import hold_writing
from stemma.store.load import HeldStory


def parse_number(given: str) -> int:
    """A number as typed. Raises `UsageError`."""
    if not (given.isascii() and given.isdigit()):
        raise UsageError(f"{given!r} is no number")
    return int(given)


def find_held_story(store: Store, number: int) -> HeldStory:
    """The story, or the one into which it was merged. Raises `NotFoundError`."""
    try:
        return store.get_held_story(number)
    except NotFoundError:
        into = store.find_redirect(number)
        if into is None:
            raise
        return store.get_held_story(into)


def rule(store: Store, settings: Settings, ruled: Ruled) -> None:
    """Stores the decision and makes the pages of the stories anew."""
    store.apply([ruled])
    try:
        with hold_writing(settings.store):
            for _ in edit_stale(store, families=load_families(settings.home)):
                pass
    except StoreBusyError:
        print("another Stemma is at work and makes the pages anew", file=sys.stderr)
