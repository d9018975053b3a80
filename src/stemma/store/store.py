"""The store as its users see it: one transaction to apply effects, and reading for stages and for readers.

Holds an engine and nothing else; safe to use from several threads. What it does is in the modules beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from sqlalchemy import Connection, Engine

from stemma.store import (
    browse,
    changed,
    erasing,
    front,
    glance,
    grouping,
    load,
    people,
    read,
    reports,
    rows,
    search,
    sources,
    tallies,
    write,
)
from stemma.store import deny as withholding
from stemma.store.applying import apply_effects
from stemma.store.connections import Connections, mapped
from stemma.store.deny import DeniedEntry, DeniedKind
from stemma.store.effects import Bookmark, Effect
from stemma.store.eraser import Eraser
from stemma.store.followed import Candidate, NewCandidate, NewSource, Source, SourceView
from stemma.store.listings import (
    ArrivalView,
    ChangedView,
    OutletRow,
    OutletView,
    PersonRow,
    PersonView,
    RejectedView,
    ReportView,
    SearchHit,
    StoreCounts,
    ThreadView,
)
from stemma.store.version import read_version
from stemma.store.views import (
    ArticleView,
    GlanceView,
    StoryRow,
    StoryView,
)
from stemma.types import Article, ArticleId, StoryId


class Store(Connections):
    """One store. `get_` raises `NotFoundError`, `find_` gives None or nothing."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        # One connection asks for the version and does nothing else: the number compares within a connection alone.
        self._watch: Connection | None = None
        self._watching = Lock()

    def close(self) -> None:
        """Lets go of the file."""
        with self._watching:
            if self._watch is not None:
                self._watch.close()
                self._watch = None
        self._engine.dispose()

    # ------------------------------------------------------------ the newsroom writes

    def apply(self, effects: Sequence[Effect]) -> None:
        """All effects in order in one durable transaction, or none of them."""
        with self._writing() as connection:
            apply_effects(connection, effects)

    def deny(self, kind: DeniedKind, value: str, *, reason: str, since: datetime) -> bool:
        """Withholds an article, an outlet or all addresses that begin so; stories concerned are edited anew."""
        with self._writing() as connection:
            write.mark_concerned_stale(connection, kind, value)
            with self._recounting(connection, kind, value):
                return withholding.deny(connection, kind, value, reason=reason, since=since)

    def allow(self, kind: DeniedKind, value: str) -> bool:
        """Takes an entry of the deny list back."""
        with self._writing() as connection:
            with self._recounting(connection, kind, value):
                gone = withholding.allow(connection, kind, value)
            erasing.release_erased(connection, kind, value)
            write.mark_concerned_stale(connection, kind, value)
            return gone

    def count_concerned(self, kind: DeniedKind, value: str) -> int:
        """How many articles are kept that an entry of the deny list concerns, or would."""
        with self._reading() as connection:
            return write.count_concerned(connection, kind, value)

    def mark_all_stale(self) -> None:
        """Every story of several articles is to be edited anew: after a change of what all of them are counted by."""
        with self._writing() as connection:
            write.mark_all_stale(connection)

    def mark_withheld_stale(self) -> None:
        """Stories of all articles that are withheld are to be edited anew: after a restore."""
        with self._writing() as connection:
            for entry in withholding.load_denied(connection):
                write.mark_concerned_stale(connection, entry.kind, entry.value)
            tallies.recount(connection)
            changed.touch_all(connection)

    @staticmethod
    @contextmanager
    def _recounting(connection: Connection, kind: DeniedKind, value: str) -> Iterator[None]:
        """What is counted of the articles that an entry concerns is right again afterwards."""
        concerned = write.find_concerned_articles(connection, kind, value)
        stories = changed.find_stories_of(connection, concerned)
        seen = tallies.count_stories(connection, stories)
        tallies.count_in(connection, concerned, by=-1)
        yield
        tallies.count_in(connection, concerned, by=1)
        tallies.add_stories(connection, tallies.count_stories(connection, stories) - seen)
        changed.touch_all(connection)

    @property
    def eraser(self) -> Eraser:
        """What takes the content of the deny list out of the file."""
        return Eraser(self._engine)

    # ------------------------------------------------------------ the newsroom reads

    def load_denied(self, *, unerased: bool = False) -> tuple[DeniedEntry, ...]:
        """The deny list, or those entries of it whose content was not erased yet."""
        with self._reading() as connection:
            return withholding.load_denied(connection, unerased=unerased)

    def count_erased(self) -> int:
        """How many entries of the deny list were erased."""
        with self._reading() as connection:
            return erasing.count_erased(connection)

    def find_pages(self, digests: Sequence[str]) -> frozenset[str]:
        """Those of the digests that were read before."""
        with self._reading() as connection:
            return load.find_pages(connection, digests)

    def find_articles(self, keys: Sequence[str]) -> Mapping[str, load.HeldArticle]:
        """What is held under each key: number and digest of the newest text."""
        with self._reading() as connection:
            return load.find_articles(connection, keys)

    def load_article(self, number: int) -> Article:
        """The newest revision of an article that is kept, withheld or not: to judge the next one against it."""
        with self._reading() as connection:
            return load.load_article(connection, number)

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

    def load_pins(self) -> Mapping[ArticleId, StoryId]:
        """The story of each article on which a person has decided."""
        with self._reading() as connection:
            return load.load_pins(connection)

    def get_held_story(self, story: int) -> load.HeldStory:
        """A story's key and articles."""
        with self._reading() as connection:
            return grouping.get_held_story(connection, story)

    def load_spans(self) -> tuple[load.StorySpan, ...]:
        """Stories with a certain day: the first and the last one of their articles."""
        with self._reading() as connection:
            return grouping.load_spans(connection)

    def find_last_reading(self) -> datetime | None:
        """When the newest article was read, by our own clock."""
        with self._reading() as connection:
            return grouping.find_last_reading(connection)

    def load_coverage(self) -> load.Coverage:
        """Outlets by story, withheld articles among them, and how many stories were merged away."""
        with self._reading() as connection:
            return grouping.load_coverage(connection)

    def count_rulings(self) -> int:
        """How many decisions on grouping a person has made."""
        with self._reading() as connection:
            return grouping.count_rulings(connection)

    def find_stale(self) -> load.Stale:
        """Stories and threads whose page is older than their articles."""
        with self._reading() as connection:
            return load.find_stale(connection)

    def load_members(self, stories: Sequence[int]) -> Mapping[int, Sequence[Article]]:
        """The articles of each story, in order of arrival, without what is withheld."""
        with self._reading() as connection:
            return load.load_members(connection, stories)

    def load_facts(self, articles: Sequence[ArticleId]) -> Mapping[ArticleId, load.Facts]:
        """The quotations and figures of each article, in order of place."""
        with self._reading() as connection:
            return load.load_facts(connection, articles)

    def load_thread(self, thread: int) -> tuple[Article, ...]:
        """The articles of all stories of a thread, in order of arrival, without what is withheld."""
        with self._reading() as connection:
            return load.load_thread(connection, thread)

    # ------------------------------------------------------------ following

    def add_source(self, new: NewSource, *, interval: int) -> tuple[int, bool]:
        """Follows an address from now on: its number, and False where that was so already. `interval` in seconds."""
        with self._writing() as connection:
            return sources.add_source(connection, new, interval=interval)

    def remove_source(self, number: int) -> bool:
        """Follows a source no longer; its articles stay. False where there is none of that number."""
        with self._writing() as connection:
            return sources.remove_source(connection, number)

    def find_due_sources(
        self, *, now: datetime, busy: Collection[str], limit: int, failing: bool = False
    ) -> tuple[Source, ...]:
        """Sources whose visit is due, one a host, none of a busy host; those whose last visit failed are asked for apart."""
        with self._reading() as connection:
            return sources.find_due_sources(connection, now=now, busy=busy, limit=limit, failing=failing)

    def lease_candidates(
        self, *, now: datetime, until: datetime, busy: Collection[str], limit: int
    ) -> tuple[Candidate, ...]:
        """Candidates to fetch, one a host, none of a busy host; not given out again before `until`."""
        with self._reading() as connection:
            if not sources.count_due(connection, now=now):
                return ()
        with self._writing() as connection:
            return sources.lease_candidates(connection, now=now, until=until, busy=busy, limit=limit)

    def release_leases(self, *, now: datetime) -> int:
        """Makes what was under way when the program ended due again; gives how many."""
        with self._writing() as connection:
            return sources.release_leases(connection, now=now)

    def find_signatures(self, keys: Sequence[str]) -> Mapping[str, str]:
        """Signatures of the candidates with those keys that are known."""
        with self._reading() as connection:
            return sources.find_signatures(connection, keys)

    def count_due(self, *, now: datetime) -> int:
        """Candidates that wait to be fetched."""
        with self._reading() as connection:
            return sources.count_due(connection, now=now)

    def load_sources(self) -> tuple[Source, ...]:
        """All that is followed."""
        with self._reading() as connection:
            return sources.load_sources(connection)

    def view_sources(self) -> tuple[SourceView, ...]:
        """All that is followed, with its health."""
        with self._reading() as connection:
            return sources.view_sources(connection)

    def count_recent(self, *, since: datetime) -> Mapping[int, int]:
        """New articles of each source since a moment."""
        with self._reading() as connection:
            return sources.count_recent(connection, since=since)

    def is_withheld(self, url: str | None, *, outlet: str | None = None, key: str | None = None) -> bool:
        """Whether nothing of an address, an outlet or the article of a key shall be kept."""
        with self._reading() as connection:
            return sources.is_withheld(connection, url=url, outlet=outlet, key=key)

    def has_denied(self) -> bool:
        """Whether anything is on the deny list: where nothing is, nobody need ask for one address after another."""
        with self._reading() as connection:
            return withholding.has_denied(connection)

    def leave_out_withheld(
        self, entries: Sequence[NewCandidate], *, outlet: str | None
    ) -> tuple[NewCandidate, ...]:
        """The entries without those of which nothing shall be kept."""
        with self._reading() as connection:
            return sources.leave_out_withheld(connection, entries, outlet=outlet)

    # ------------------------------------------------------------ readers read

    def find_front(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories as a front page has them: by independent newsrooms, halved with age."""
        with self._reading() as connection:
            return front.find_front(connection, limit=limit, offset=offset)

    def find_stories(self, *, limit: int, offset: int = 0) -> tuple[StoryRow, ...]:
        """Stories, most important first: independent newsrooms, then articles, then the later one."""
        with self._reading() as connection:
            return rows.find_stories(connection, limit=limit, offset=offset)

    def get_story(self, story: int) -> StoryView:
        """Everything that a story page shows."""
        with self._reading() as connection:
            return read.get_story(connection, story)

    def find_glances(self, stories: Sequence[int]) -> Mapping[int, GlanceView]:
        """By story what a front page says of it beside its row."""
        with self._reading() as connection:
            return glance.find_glances(connection, stories)

    def find_redirect(self, story: int) -> int | None:
        """The story into which this one was merged."""
        with self._reading() as connection:
            return read.find_redirect(connection, story)

    def get_article(self, article: int) -> ArticleView:
        """Everything that an article page shows."""
        with self._reading() as connection:
            return read.get_article(connection, article)

    def find_latest(
        self,
        *,
        limit: int,
        offset: int = 0,
        language: str | None = None,
        section: str | None = None,
        country: str | None = None,
    ) -> tuple[StoryRow, ...]:
        """Stories by the day of their newest article, the newest first; of one language, section or country."""
        with self._reading() as connection:
            return rows.find_latest(
                connection, limit=limit, offset=offset, language=language, section=section, country=country
            )

    def find_countries(self) -> tuple[tuple[str, int], ...]:
        """Countries (ISO 3166) with the number of articles of outlets at home there, most first."""
        with self._reading() as connection:
            return browse.find_countries(connection)

    def find_languages(self) -> tuple[tuple[str, int], ...]:
        """Languages with the number of their articles, most first."""
        with self._reading() as connection:
            return browse.find_languages(connection)

    def find_sections(self, *, limit: int) -> tuple[tuple[str, int], ...]:
        """Sections that the newest articles name, most first."""
        with self._reading() as connection:
            return browse.find_sections(connection, limit=limit)

    def find_places(self, *, limit: int) -> tuple[tuple[str, int], ...]:
        """Places from which the newest articles report, by their datelines, most first."""
        with self._reading() as connection:
            return browse.find_places(connection, limit=limit)

    def find_outlets(self, *, limit: int, offset: int = 0) -> tuple[OutletRow, ...]:
        """Outlets by the number of their articles."""
        with self._reading() as connection:
            return browse.find_outlets(connection, limit=limit, offset=offset)

    def get_outlet(self, outlet: str) -> OutletView:
        """An outlet by its name: what it is first with, what it takes from others."""
        with self._reading() as connection:
            return browse.get_outlet(connection, outlet)

    def find_people(self, *, limit: int, offset: int = 0) -> tuple[PersonRow, ...]:
        """Persons and organisations that are quoted under a name, the most quoted first."""
        with self._reading() as connection:
            return people.find_people(connection, limit=limit, offset=offset)

    def get_person(self, key: str, *, limit: int, offset: int = 0) -> PersonView:
        """What a person or organisation said, the newest first. `key` is the folded name."""
        with self._reading() as connection:
            return people.get_person(connection, key, limit=limit, offset=offset)

    def get_thread(self, thread: int) -> ThreadView:
        """The stories of one subject with their timeline."""
        with self._reading() as connection:
            return browse.get_thread(connection, thread)

    def find_arrivals(self, *, after: int, limit: int) -> tuple[ArrivalView, ...]:
        """Articles that came after the one of that number, in order."""
        with self._reading() as connection:
            return browse.find_arrivals(connection, after=after, limit=limit)

    def search(
        self, words: str, *, limit: int, offset: int = 0, newest: bool = False
    ) -> tuple[SearchHit, ...]:
        """Stories and articles that hold all the words, best first or newest first."""
        with self._reading() as connection:
            return search.search(connection, words, limit=limit, offset=offset, newest=newest)

    # ------------------------------------------------------------ what readers report

    def add_report(self, *, story: int, words: str, reply_to: str | None, sent: datetime) -> int:
        """Keeps what a reader says is wrong. Raises `NotFoundError`, and `StoreFullError` where too many wait."""
        with self._writing() as connection:
            return reports.add_report(connection, story=story, words=words, reply_to=reply_to, sent=sent)

    def find_reports(self, *, limit: int) -> tuple[ReportView, ...]:
        """What readers say is wrong, the newest first."""
        with self._reading() as connection:
            return reports.find_reports(connection, limit=limit)

    def settle_report(self, number: int) -> bool:
        """Takes a report away. False where there is none of that number."""
        with self._writing() as connection:
            return reports.settle_report(connection, number)

    # ------------------------------------------------------------ what changed

    def get_version(self) -> int:
        """A number that is another one after every change of the store, by whatever process."""
        with self._watching, mapped():
            if self._watch is None:
                self._watch = self._engine.connect()
            return read_version(self._watch)

    def find_changed(self, *, since: int) -> ChangedView:
        """Which stories changed after a moment that an earlier call gave (0: ever), and whether the deny list did."""
        with self._reading() as connection:
            return changed.find_changed(connection, since=since)

    def count(self) -> StoreCounts:
        """How much is kept."""
        with self._reading() as connection:
            return read.count(connection)

    def find_rejected(self, *, limit: int, offset: int = 0) -> tuple[RejectedView, ...]:
        """What could not be used, newest first."""
        with self._reading() as connection:
            return read.find_rejected(connection, limit=limit, offset=offset)
