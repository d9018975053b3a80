"""The store as its users see it: one transaction to apply effects, and reading for stages and for readers.

Holds an engine and nothing else; safe to use from several threads. What it does is in the modules beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError

from stemma.errors import StoreBusyError, StoreError
from stemma.store import deny as withholding
from stemma.store import load, read, search, write
from stemma.store.deny import DeniedKind
from stemma.store.effects import Bookmark, Effect
from stemma.store.views import ArticleView, RejectedView, SearchHit, StoreCounts, StoryRow, StoryView
from stemma.types import Article


class Store:
    """One store. `get_` raises `NotFoundError`, `find_` gives None or nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    # ------------------------------------------------------------ the newsroom writes

    def apply(self, effects: Sequence[Effect]) -> None:
        """All effects in order in one durable transaction, or none of them."""
        with self._writing() as connection:
            for effect in effects:
                write.apply_effect(connection, effect)

    def deny(self, kind: DeniedKind, value: str, *, reason: str, since: datetime) -> bool:
        """Withholds an article, an outlet or all addresses that begin so; stories concerned are edited anew."""
        with self._writing() as connection:
            write.mark_concerned_stale(connection, kind, value)
            return withholding.deny(connection, kind, value, reason=reason, since=since)

    def allow(self, kind: DeniedKind, value: str) -> bool:
        """Takes an entry of the deny list back."""
        with self._writing() as connection:
            gone = withholding.allow(connection, kind, value)
            write.mark_concerned_stale(connection, kind, value)
            return gone

    # ------------------------------------------------------------ the newsroom reads

    def find_pages(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of the digests that were read before."""
        with self._reading() as connection:
            return load.find_pages(connection, digests)

    def find_article(self, key: str) -> load.HeldArticle | None:
        """What is held under a key: number and digest of the newest text."""
        with self._reading() as connection:
            return load.find_article(connection, key)

    def find_bookmark(self, path: str) -> Bookmark | None:
        """How far a file was read."""
        with self._reading() as connection:
            return load.find_bookmark(connection, path)

    def count_articles(self) -> int:
        """The highest article number given out."""
        with self._reading() as connection:
            return load.count_articles(connection)

    def load_placed(self, *, after: int, limit: int) -> tuple[load.PlacedArticle, ...]:
        """Articles above a number with their live placements, in order of arrival."""
        with self._reading() as connection:
            return load.load_placed(connection, after=after, limit=limit)

    def load_membership(self) -> load.Membership:
        """Which article is in which story, and which story in which thread."""
        with self._reading() as connection:
            return load.load_membership(connection)

    def find_stale(self) -> load.Stale:
        """Stories and threads whose page is older than their articles."""
        with self._reading() as connection:
            return load.find_stale(connection)

    def load_members(self, story: int) -> tuple[load.Member, ...]:
        """The articles of a story with their facts, in order of arrival, without what is withheld."""
        with self._reading() as connection:
            return load.load_members(connection, story)

    def load_thread(self, thread: int) -> tuple[Article, ...]:
        """The articles of all stories of a thread, in order of arrival, without what is withheld."""
        with self._reading() as connection:
            return load.load_thread(connection, thread)

    # ------------------------------------------------------------ readers read

    def find_stories(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories, most important first: independent newsrooms, then articles, then the later one."""
        with self._reading() as connection:
            return read.find_stories(connection, limit=limit, offset=offset)

    def get_story(self, story: int) -> StoryView:
        """Everything that a story page shows."""
        with self._reading() as connection:
            return read.get_story(connection, story)

    def find_redirect(self, story: int) -> int | None:
        """The story into which this one was merged."""
        with self._reading() as connection:
            return read.find_redirect(connection, story)

    def get_article(self, article: int) -> ArticleView:
        """Everything that an article page shows."""
        with self._reading() as connection:
            return read.get_article(connection, article)

    def search(self, words: str, *, limit: int, offset: int = 0) -> tuple[SearchHit, ...]:
        """Stories and articles that hold all the words."""
        with self._reading() as connection:
            return search.search(connection, words, limit=limit, offset=offset)

    def count(self) -> StoreCounts:
        """How much is kept."""
        with self._reading() as connection:
            return read.count(connection)

    def find_rejected(self, *, limit: int, offset: int = 0) -> tuple[RejectedView, ...]:
        """What could not be used, newest first."""
        with self._reading() as connection:
            return read.find_rejected(connection, limit=limit, offset=offset)

    # ------------------------------------------------------------ connections

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _mapped(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _mapped(), self._engine.connect() as connection:
            writing = connection.execution_options(stemma_writes=True)
            with writing.begin():
                yield writing


@contextmanager
def _mapped() -> Iterator[None]:
    """The database's exceptions as ours."""
    try:
        yield
    except OperationalError as fault:
        if "locked" in str(fault.orig) or "busy" in str(fault.orig):
            raise StoreBusyError("the store is busy; try again in a moment") from fault
        raise StoreError(f"the store cannot be used: {fault.orig}") from fault
    except DatabaseError as fault:
        raise StoreError(f"the store cannot be used: {fault.orig}") from fault
