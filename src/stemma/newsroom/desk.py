"""The newsroom at work: a batch of read pages through all stages, its effects in one transaction.

Holds what the stages remember (`RepeatedLines`, `LineageIndex`, `OpenStories`), which after a restart is built again from the store.
One writer at a time (`store.engine.hold_writing`). Decides through the stages; the store does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stemma.acquire.addresses import canon
from stemma.extract import RepeatedLines, judge_revision
from stemma.facts import find_figures, find_quotes
from stemma.lineage import LineageIndex
from stemma.lineage.index import READINGS
from stemma.newsroom.faults import Fault, attempt
from stemma.newsroom.localities import find_home
from stemma.newsroom.regrouping import decide_regrouping
from stemma.store import Store
from stemma.store.effects import (
    ArticleAdded,
    ArticleRevised,
    Effect,
    PageRead,
    Phased,
)
from stemma.store.load import HeldArticle
from stemma.stories import OpenStories, tell_phase
from stemma.types import Article, ArticleId, Rejected, StoryId

WINDOW = 100_000
"""Articles that the stages remember after a restart, newest first."""
_CHUNK = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """A page that was read: its identity, where it came from, and what extraction made of it.

    `completes` where it takes the place of a feed's excerpt: then another text is no change of the publisher's.
    """

    digest: str
    name: str
    url: str | None
    fetched: datetime | None
    read_at: datetime
    outcome: Article | Rejected
    completes: bool = False


class Newsroom:
    """The conductor of one store."""

    def __init__(self, store: Store, *, readings: int = READINGS) -> None:
        self._store = store
        self._readings = readings
        self._stories = OpenStories()
        self._decisions = self._count_decisions()
        self._restore()

    def take(self, pages: Sequence[ReadPage], beside: Sequence[Effect] = ()) -> tuple[Effect, ...]:
        """Puts a batch through the stages and into the store, all or nothing. Gives the effects.

        `beside` are effects of the same transaction: how far a file was read, which candidates are settled.

        A page on which a stage fails twice is set aside as rejected.
        """
        self.heed()
        if self._store.has_denied():
            pages = [self._leave_out(page) for page in pages]
        failed: set[str] = set()
        while True:
            effects = self._decide_batch(pages, failed)
            if effects is not None:
                break
        effects.extend(beside)
        self._store.apply(effects)
        return tuple(effects)

    def review(self) -> None:
        """After all input was seen: merges, splits and threads, as decisions, into the store."""
        self.heed()
        membership = self._store.load_membership()
        groupings = self._stories.review(membership.pins)
        regrouped = decide_regrouping(groupings, membership)
        if regrouped is not None:
            self._store.apply([regrouped])
        self._tell_phases()

    def heed(self) -> None:
        """What a person has decided since, perhaps in another process, becomes part of what the stages remember; what was
        erased is remembered no longer."""
        before, self._decisions = self._decisions, self._count_decisions()
        if self._decisions[1] != before[1]:
            self._restore()
        elif self._decisions != before:
            for article, story in self._store.load_pins().items():
                if self._placed.get(article, story) != story:
                    self._stories.move(article, story)
                    self._placed[article] = story

    def _count_decisions(self) -> tuple[int, int]:
        return self._store.count_rulings(), self._store.count_erased()

    def _tell_phases(self) -> None:
        """Where stories stand today, by the clock of the last reading: an old pile that is read again stays settled."""
        read_at = self._store.find_last_reading()
        if read_at is None:
            return
        told = {
            span.number: (span.phase, tell_phase(span.first, span.last, read_at.date()))
            for span in self._store.load_spans()
        }
        changed = {number: phase for number, (before, phase) in told.items() if phase != before}
        if changed:
            self._store.apply([Phased(phases=changed)])

    # ------------------------------------------------------------ one batch

    def _leave_out(self, page: ReadPage) -> ReadPage:
        """What is on the deny list is not kept, whichever way it comes again: feed, archive or redirect."""
        article = page.outcome
        if isinstance(article, Rejected):
            return page
        key, _ = _identity(page, article)
        for url in dict.fromkeys((page.url, article.url)):
            if self._store.is_withheld(url, outlet=article.outlet, key=key):
                detail = "withheld: its owner asked to be left out"
                refused = Rejected(
                    id=ArticleId(page.name), stage="newsroom", reason="refused by rights", detail=detail
                )
                return replace(page, outcome=refused)
        return page

    def _decide_batch(self, pages: Sequence[ReadPage], failed: set[str]) -> list[Effect] | None:
        """The effects of a batch; None where a stage failed, with all that was remembered of it forgotten."""
        effects: list[Effect] = []
        self._held = self._find_held(pages)
        self._newest: dict[int, Article] = {}
        for page in pages:
            decided = attempt(lambda page=page: self._decide(page), on=page.name)  # type: ignore[misc]
            if isinstance(decided, Fault):
                if page.digest in failed:
                    pages = [_set_aside(p, decided) if p is page else p for p in pages]
                    self._restore()
                    return self._decide_batch(pages, failed)
                failed.add(page.digest)
                self._restore()
                return None
            effects.extend(decided)
        return effects

    def _decide(self, page: ReadPage) -> list[Effect]:
        """What one page comes to: this is the program, read aloud."""
        if isinstance(page.outcome, Rejected):
            return [_page_read(page, article=None)]
        key, revisable = _identity(page, page.outcome)
        text_digest = _digest(page.outcome)
        held = self._held.get(key)
        if held is not None and held.digest != text_digest and not revisable:
            key = _own_key(page)
            held = self._held.get(key)
        if held is not None and (held.digest == text_digest or _is_older(page, held)):
            return [_page_read(page, article=held.number)]
        number = held.number if held is not None else self._next
        article = replace(page.outcome, id=ArticleId(str(number)), story=None, thread=None)
        self._held[key] = HeldArticle(number=number, digest=text_digest, fetched=page.fetched)
        if held is not None:
            return [self._revise(page, article, number, text_digest), _page_read(page, article=number)]
        article = self._repeated.cut(article)
        self._repeated.note(article)
        quotes, figures = find_quotes(article), find_figures(article)
        self._newest[number] = article
        copies = self._index.add(article)
        kin = [self._placed[copy.parent] for copy in copies if copy.parent in self._placed]
        placement = self._stories.decide(article, kin=kin)
        self._stories.apply(article, placement)
        self._placed[article.id] = placement.story
        self._next += 1
        added = ArticleAdded(
            number=number,
            key=key,
            digest=text_digest,
            article=article,
            fetched=page.fetched,
            read_at=page.read_at,
            placement=placement,
            copies=copies,
            quotes=quotes,
            figures=figures,
            country=_find_country(article),
        )
        return [added, _page_read(page, article=number)]

    def _revise(self, page: ReadPage, article: Article, number: int, digest: str) -> ArticleRevised:
        """Another text of an article that is kept, judged against its newest: of this batch, or from the store."""
        before = self._newest.get(number) or self._store.load_article(number)
        article = self._repeated.cut(article, keep=before.text)
        self._newest[number] = article
        return ArticleRevised(
            number=number,
            digest=digest,
            article=article,
            fetched=page.fetched,
            read_at=page.read_at,
            judgement=None if page.completes else judge_revision(before, article),
            quotes=find_quotes(article),
            figures=find_figures(article),
            country=_find_country(article),
        )

    def _find_held(self, pages: Sequence[ReadPage]) -> dict[str, HeldArticle]:
        """What the store has of this batch, by key."""
        keys = [
            key
            for page in pages
            if isinstance(page.outcome, Article)
            for key in (_identity(page, page.outcome)[0], _own_key(page))
        ]
        return dict(self._store.find_articles(keys))

    def _restore(self) -> None:
        """What the stages remember, built from the store: the same as if it had never been lost."""
        self._decisions = self._count_decisions()
        self._repeated = RepeatedLines()
        self._index = LineageIndex(most=WINDOW, readings=self._readings)
        self._stories = OpenStories()
        self._placed: dict[ArticleId | None, StoryId] = {}
        last = self._store.count_articles()
        self._next = last + 1
        after = max(0, last - WINDOW)
        while placed := self._store.load_placed(after=after, limit=_CHUNK):
            for held in placed:
                self._repeated.note(held.article)
                self._index.remember(held.article)
                self._stories.apply(held.article, held.placement)
                self._placed[held.article.id] = held.placement.story
            after = int(placed[-1].article.id)


def _find_country(article: Article) -> str | None:
    home = find_home(article.url)
    return home.country if home is not None else None


def _page_read(page: ReadPage, *, article: int | None) -> PageRead:
    return PageRead(
        digest=page.digest,
        name=page.name,
        url=page.url,
        fetched=page.fetched,
        read_at=page.read_at,
        article=article,
        rejected=page.outcome if isinstance(page.outcome, Rejected) else None,
    )


def _set_aside(page: ReadPage, fault: Fault) -> ReadPage:
    rejected = Rejected(id=ArticleId(page.name), stage="newsroom", reason="failed", detail=fault.words)
    return replace(page, outcome=rejected)


def _identity(page: ReadPage, article: Article) -> tuple[str, bool]:
    """What makes two pages one article, and whether another text there is a revision of it.

    The address that was fetched, or one that the page claims of itself. A claim makes no revision: anybody could
    overwrite anybody's article by claiming its address.
    """
    fetched = canon(page.url) if page.url else None
    claimed = canon(article.url) if article.url else None
    if fetched:
        same_host = claimed is not None and claimed.split("/")[2] == fetched.split("/")[2]
        return f"url {claimed if same_host else fetched}", True
    return (f"url {claimed}", False) if claimed else (_own_key(page), False)


def _is_older(page: ReadPage, held: HeldArticle) -> bool:
    """Whether the page was fetched before the text that is held: an archive read out of order revises nothing."""
    return page.fetched is not None and held.fetched is not None and page.fetched < held.fetched


def _own_key(page: ReadPage) -> str:
    """The key of a page that has no address to go by."""
    return f"page {page.digest}"


def _digest(article: Article) -> str:
    return hashlib.sha256(f"{article.title}\0{article.text}".encode("utf-8", "replace")).hexdigest()
