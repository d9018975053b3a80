"""What the portal asks of a store: plain calls, each answered from one consistent state.

Calls are synchronous and come from several threads at once. Row ids are positive integers below 2**63. What is
withheld is not found. The store implements this; nothing of it is implemented here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from stemma.store.followed import SourceView
from stemma.store.listings import (
    ArrivalView,
    ChangedView,
    OutletRow,
    OutletView,
    PersonRow,
    PersonView,
    SearchHit,
    StoreCounts,
    ThreadView,
)
from stemma.store.views import (
    ArticleView,
    GlanceView,
    StoryRow,
    StoryView,
)


class Reader(Protocol):
    """The reading side of a store. `get_` raises `stemma.errors.NotFoundError`, `find_` gives none or many."""

    def find_stories(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories, most important first."""
        ...

    def find_front(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories as a front page has them: by independent newsrooms and how long ago they reported."""
        ...

    def get_story(self, story: int) -> StoryView:
        """One story with everything that its page shows."""
        ...

    def find_glances(self, stories: Sequence[int]) -> Mapping[int, GlanceView]:
        """By story what a front page says of it beside its row; a story that is not found is left out."""
        ...

    def find_redirect(self, story: int) -> int | None:
        """The story that `story` was merged into, None where it was not."""
        ...

    def get_article(self, article: int) -> ArticleView:
        """One article with everything that its page shows."""
        ...

    def find_latest(
        self,
        *,
        limit: int,
        offset: int = 0,
        language: str | None = None,
        section: str | None = None,
        country: str | None = None,
    ) -> tuple[StoryRow, ...]:
        """Stories by the day of their newest article."""
        ...

    def find_languages(self) -> tuple[tuple[str, int], ...]:
        """Languages with the number of their articles."""
        ...

    def find_countries(self) -> tuple[tuple[str, int], ...]:
        """Countries by ISO 3166 with the number of articles of their outlets."""
        ...

    def find_sections(self, *, limit: int) -> tuple[tuple[str, int], ...]:
        """Sections that the newest articles name, most first."""
        ...

    def find_places(self, *, limit: int) -> tuple[tuple[str, int], ...]:
        """Places from which the newest articles report, by their datelines, most first."""
        ...

    def view_sources(self) -> tuple[SourceView, ...]:
        """What is followed, with how it fares."""
        ...

    def find_outlets(self, *, limit: int, offset: int = 0) -> tuple[OutletRow, ...]:
        """Outlets by the number of their articles."""
        ...

    def get_outlet(self, outlet: str) -> OutletView:
        """An outlet by its name."""
        ...

    def find_people(self, *, limit: int, offset: int = 0) -> tuple[PersonRow, ...]:
        """Persons and organisations, the most quoted first."""
        ...

    def get_person(self, key: str, *, limit: int, offset: int = 0) -> PersonView:
        """What somebody said, the newest first."""
        ...

    def get_thread(self, thread: int) -> ThreadView:
        """Stories of one subject with their timeline."""
        ...

    def search(
        self, words: str, *, limit: int, offset: int = 0, newest: bool = False
    ) -> tuple[SearchHit, ...]:
        """Up to `limit` articles that hold the words, best or newest first, behind the stories that they are in.

        Raises `UsageError` where the words cannot be read.
        """
        ...

    def count_articles(self) -> int:
        """The highest article number given out."""
        ...

    def find_arrivals(self, *, after: int, limit: int) -> tuple[ArrivalView, ...]:
        """Articles that came after the one of that number, in order."""
        ...

    def get_version(self) -> int:
        """A number that is another one after every change."""
        ...

    def find_changed(self, *, since: int) -> ChangedView:
        """Which stories changed after a moment that an earlier call gave (0: ever), and whether the deny list did."""
        ...

    def add_report(self, *, story: int, words: str, reply_to: str | None, sent: datetime) -> int:
        """Keeps what a reader says is wrong; the one thing that the portal writes. Raises `NotFoundError`,
        `StoreFullError`."""
        ...

    def count(self) -> StoreCounts:
        """How much is kept."""
        ...
