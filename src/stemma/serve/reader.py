"""What the portal asks of a store: six plain calls, each answered from one consistent state.

Calls are synchronous and come from several threads at once. Row ids are positive integers below 2**63. What is
withheld is not found. The store implements this; nothing of it is implemented here.
"""

from __future__ import annotations

from typing import Protocol

from stemma.store.views import ArticleView, SearchHit, StoreCounts, StoryRow, StoryView


class Reader(Protocol):
    """The reading side of a store. `get_` raises `stemma.errors.NotFoundError`, `find_` gives none or many."""

    def find_stories(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories, most important first."""
        ...

    def get_story(self, story: int) -> StoryView:
        """One story with everything that its page shows."""
        ...

    def find_redirect(self, story: int) -> int | None:
        """The story that `story` was merged into, None where it was not."""
        ...

    def get_article(self, article: int) -> ArticleView:
        """One article with everything that its page shows."""
        ...

    def search(self, words: str, *, limit: int, offset: int = 0) -> tuple[SearchHit, ...]:
        """Stories and articles that hold the words, best first. `UsageError` where the words cannot be read."""
        ...

    def count(self) -> StoreCounts:
        """How much is kept."""
        ...
