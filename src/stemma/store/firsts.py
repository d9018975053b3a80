"""Which report was certainly the first: said only where the days and the lineage leave nobody else.

Pure; the one rule for a story's page, its card on the front page and the page of an outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from stemma.store.views import PublishedView


class Reported(Protocol):
    """An article as far as the order of reports needs it."""

    @property
    def article(self) -> int: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> PublishedView: ...


class Derived(Protocol):
    """A lineage edge."""

    @property
    def child(self) -> int: ...
    @property
    def parent(self) -> int | None: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def direction(self) -> str: ...


def find_first(articles: Sequence[Reported], copies: Iterable[Derived]) -> int | None:
    """The article that was first, None where that is not certain or no other outlet reports.

    It was first where every other one is certainly of a later day or was made from it.
    """
    if len({a.outlet for a in articles}) < 2:
        return None
    heirs = _find_heirs([a.article for a in articles], copies)
    for candidate in articles:
        last = candidate.published.latest
        if last is None:
            continue
        rest = [a for a in articles if a is not candidate and a.article not in heirs[candidate.article]]
        if all(a.published.earliest is not None and last < a.published.earliest for a in rest):
            return candidate.article
    return None


def _find_heirs(articles: Iterable[int], copies: Iterable[Derived]) -> Mapping[int, set[int]]:
    """By article all that were made from it, directly or not."""
    children: dict[int, set[int]] = {article: set() for article in articles}
    for copied in copies:
        if copied.direction == "decided" and copied.parent in children and copied.child in children:
            children[copied.parent].add(copied.child)
    heirs: dict[int, set[int]] = {}
    for article in children:
        found: set[int] = set()
        waiting = list(children[article])
        while waiting:
            child = waiting.pop()
            if child not in found:
                found.add(child)
                waiting += children[child]
        heirs[article] = found - {article}
    return heirs
