"""Reads files into the store: skips what was read before, goes on where it stopped, tells how far it is.

Everything between two acknowledged batches can be lost and is read again; nothing acknowledged is ever lost or
repeated. Where next: `Newsroom.review` and `Newsroom.edit` make the pages of the stories.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from stemma.acquire.files import FileToRead, Listing
from stemma.acquire.intake import Intake, digest_page
from stemma.acquire.pages import iterate_pages
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.extraction import ExtractionPool, Item
from stemma.store import Store
from stemma.store.effects import ArticleAdded, ArticleRevised, Bookmark
from stemma.types import Article, Page, Rejected

BATCH = 32
"""Articles acknowledged together: a durable transaction costs about as much as the stages of one article."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """How far a reading is, in pages; `passed` of `size` in bytes of its files. Changed as it goes."""

    files: int
    size: int = 0
    passed: int = 0
    files_done: int = 0
    added: int = 0
    revised: int = 0
    known: int = 0
    skipped: int = 0
    stopped: bool = False
    rejected: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """One thing under way, with the identity of its page and how far its file is after it."""

    digest: str
    name: str
    url: str | None
    fetched: datetime | None
    bookmark: Bookmark | None
    passed: int
    file_done: bool = False


def read_files(
    listing: Listing,
    *,
    store: Store,
    newsroom: Newsroom,
    jobs: int | None = None,
    batch: int = BATCH,
    should_stop: Callable[[], bool] = lambda: False,
    on_progress: Callable[[Reading], None] = lambda reading: None,
) -> Reading:
    """Reads all files of the listing; ends early, with all acknowledged, where `should_stop` says so."""
    size = sum(map(_size, listing.files))
    reading = Reading(files=len(listing.files), size=size, skipped=listing.skipped)
    with ExtractionPool(jobs=jobs) as pool:
        pages: list[ReadPage] = []
        bookmarks: dict[str, Bookmark] = {}
        for work, outcome in pool.extract(_find_work(listing.files, store, reading)):
            if work.bookmark is not None:
                bookmarks[work.bookmark.path] = work.bookmark
            reading.files_done += work.file_done
            reading.passed = work.passed
            if isinstance(outcome, Article | Rejected):
                pages.append(_read_page(work, outcome))
            if len(pages) >= batch:
                _acknowledge(newsroom, pages, bookmarks, reading)
                on_progress(reading)
                if should_stop():
                    reading.stopped = True
                    return reading
        _acknowledge(newsroom, pages, bookmarks, reading)
        on_progress(reading)
    reading.stopped = should_stop()
    return reading


def _acknowledge(
    newsroom: Newsroom, pages: list[ReadPage], bookmarks: dict[str, Bookmark], reading: Reading
) -> None:
    if not pages and not bookmarks:
        return
    effects = newsroom.take(_once(pages), list(bookmarks.values()))
    reading.added += sum(isinstance(e, ArticleAdded) for e in effects)
    reading.revised += sum(isinstance(e, ArticleRevised) for e in effects)
    reading.rejected.update(page.outcome.reason for page in pages if isinstance(page.outcome, Rejected))
    pages.clear()
    bookmarks.clear()


def _once(pages: Sequence[ReadPage]) -> list[ReadPage]:
    """The same bytes twice in one batch are one page."""
    return list({page.digest: page for page in reversed(pages)}.values())[::-1]


def _find_work(files: Sequence[FileToRead], store: Store, reading: Reading) -> Iterator[tuple[_Work, Item]]:
    passed = 0
    for file in files:
        before, passed = passed, passed + _size(file)
        path = str(file.path.absolute())
        signature = _signature(file)
        many = file.kind in ("lines", "archive")
        held = store.find_bookmark(path) if many else None
        start = 0
        if held is not None and held.signature == signature:
            if held.complete:
                reading.known += 1
                reading.files_done += 1
                continue
            start = held.position
        for intake in iterate_pages(file, start=start):
            bookmark = Bookmark(path=path, signature=signature, position=intake.position, complete=False)
            work = _work(file, intake, bookmark if many else None, before + (intake.position if many else 0))
            if store.find_pages([work.digest]):
                reading.known += 1
                continue
            yield work, intake.item
        done = Bookmark(path=path, signature=signature, position=0, complete=True) if many else None
        yield (
            _Work(
                digest="",
                name=file.name,
                url=None,
                fetched=None,
                bookmark=done,
                passed=passed,
                file_done=True,
            ),
            None,
        )


def _work(file: FileToRead, intake: Intake, bookmark: Bookmark | None, passed: int) -> _Work:
    item = intake.item
    if isinstance(item, Page):
        return _Work(
            digest=digest_page(item),
            name=item.id,
            url=item.url,
            fetched=item.fetched,
            bookmark=bookmark,
            passed=passed,
        )
    identity = f"{file.name}\0{item.id}\0{type(item).__name__}"
    if isinstance(item, Rejected):
        identity += f"\0{item.reason}\0{item.detail}"
        return _Work(
            digest=_hash(identity), name=item.id, url=None, fetched=None, bookmark=bookmark, passed=passed
        )
    identity += f"\0{item.url}\0{item.title}\0{item.text}"
    return _Work(
        digest=_hash(identity),
        name=item.id,
        url=item.url,
        fetched=item.first_seen,
        bookmark=bookmark,
        passed=passed,
    )


def _hash(identity: str) -> str:
    return hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()


def _read_page(work: _Work, outcome: Article | Rejected) -> ReadPage:
    return ReadPage(
        digest=work.digest,
        name=work.name,
        url=work.url,
        fetched=work.fetched,
        read_at=datetime.now(UTC).replace(microsecond=0),
        outcome=outcome,
    )


def _size(file: FileToRead) -> int:
    try:
        return file.path.stat().st_size
    except OSError:
        return 0


def _signature(file: FileToRead) -> str:
    try:
        status = file.path.stat()
    except OSError:
        return "gone"
    return f"{status.st_size} {status.st_mtime_ns}"
