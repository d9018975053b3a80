"""What a story page shows, in its order: made from one `StoryView`, for the template to write down.

Says of each article what its text derives from and of each copy what it changed; quotations, comparisons and the lineage
tree have modules of their own. Decides nothing about the news.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from stemma.serve.comparing import Sheet, build_sheets
from stemma.serve.differ import Part, find_differences
from stemma.serve.ledger import Followed, build_ledger
from stemma.serve.links import Link, find_language, find_link
from stemma.serve.marking import cut_short
from stemma.serve.messages import t
from stemma.serve.positions import Party, build_positions
from stemma.serve.quotations import Speaker, build_speakers, merge_names
from stemma.serve.tree import Tree, build_tree
from stemma.serve.words import COPY_KINDS, describe_change
from stemma.store.firsts import find_first
from stemma.store.views import (
    DIFFERING,
    ArticleRow,
    ArticleView,
    ChangeView,
    CopyView,
    ImageView,
    PlaceView,
    StoryView,
    TimelineView,
)

MOST_ROWS = 200
MOST_COPIES = 10
MOST_VOICES = 40
MOST_PICTURES = 12
"""What one page shows of a very large story; it says how much it leaves out, and article pages have the rest."""

_NOT_LETTERS = re.compile(r"[\W_]+")
_WEIGHT = {
    kind: i for i, kind in enumerate(("quote", "figure", "name", "hedge", "title", "added", "dropped"))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageRow:
    """An article of the story; `origin` says what its text derives from, `source` is that article where it was read."""

    row: ArticleRow
    name: str
    language: str | None
    origin: str
    source: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One change with the words of both sides; a side without words is empty."""

    what: str
    kind: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]
    before_place: PlaceView | None
    after_place: PlaceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopySheet:
    """One lineage edge; `changes` that alter what is said, apart from sentences `moved` in or out."""

    copied: CopyView
    kind: str
    parent: str
    child: str
    changes: tuple[Changed, ...]
    moved: tuple[Changed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A primary source: what an article names as such, or several newsrooms link; `link` where it can be linked.

    `places` are the words that lead there, one of each newsroom; `common` where there are several.
    """

    link: Link | None
    words: str
    places: tuple[PlaceView, ...] = ()

    @property
    def common(self) -> bool:
        """Whether several newsrooms link it."""
        return bool(self.places)

    @property
    def shown(self) -> str:
        """The address as far as a reader needs it: without scheme and parameters."""
        bare = self.words.partition("://")[2].removeprefix("www.").partition("?")[0].rstrip("/")
        return cut_short(bare, words=8, characters=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Everything that the template needs beside the view itself."""

    view: StoryView
    names: Mapping[int, str]
    languages: Mapping[int, str | None]
    coverage: tuple[CoverageRow, ...]
    sheets: tuple[Sheet, ...]
    copies: tuple[CopySheet, ...]
    speakers: tuple[Speaker, ...]
    parties: tuple[Party, ...]
    """Who demands, offers, refuses, denies or alleges what."""
    ledger: tuple[Followed, ...]
    """Quotations that several outlets print: who was first, what is shared, who stands alone."""
    tree: Tree | None
    first: CoverageRow | None
    """The report that was certainly before every other."""
    taken: tuple[CoverageRow, ...]
    """Articles whose text is certainly somebody else's."""
    documents: tuple[Document, ...]
    """The primary sources: first what several newsrooms link, then what single articles name."""

    @property
    def common(self) -> tuple[Document, ...]:
        """Documents that several newsrooms link."""
        return tuple(d for d in self.documents if d.common)

    @property
    def cited_names(self) -> Mapping[int, str]:
        """What to call the articles that the timeline cites: those of other stories too."""
        return {**self.names, **{row.article: name_article(row) for row in self.view.elsewhere}}

    @property
    def cited_languages(self) -> Mapping[int, str | None]:
        """Their languages."""
        return {**self.languages, **{row.article: find_language(row.language) for row in self.view.elsewhere}}

    @property
    def voices(self) -> tuple[tuple[int, ...], ...]:
        """The articles of each independent newsroom, the first of an outlet alone; the largest first."""
        shown = (
            tuple({self.names[a]: a for a in reversed(voice)}.values())[::-1] for voice in self.view.voices
        )
        return tuple(sorted(shown, key=lambda voice: -len(voice)))[:MOST_VOICES]

    @property
    def pictures(self) -> tuple[tuple[ArticleRow, int, ImageView], ...]:
        """Pictures with a caption or a credit, each address once, as (article, its number there, picture)."""
        found: dict[str, tuple[ArticleRow, int, ImageView]] = {}
        for row in self.view.articles:
            for number, image in enumerate(row.images, 1):
                if image.caption or image.credit:
                    found.setdefault(image.url or f"{row.article} {number}", (row, number, image))
        return tuple(found.values())[:MOST_PICTURES]

    @property
    def uncounted(self) -> tuple[ArticleRow, ...]:
        """Articles that are no newsroom's report: opinion, press releases and the like."""
        counted = {article for voice in self.view.voices for article in voice}
        return tuple(row for row in self.view.articles if row.article not in counted) if counted else ()

    @property
    def disputed(self) -> tuple[Sheet, ...]:
        """Comparisons in which the reports do not simply agree."""
        return tuple(s for s in self.sheets if s.relation != "agree")

    @property
    def differing(self) -> tuple[Sheet, ...]:
        """Those in which they contradict or revise each other: parts of a sum, and other places or groups, explain the rest."""
        return tuple(s for s in self.sheets if s.relation in DIFFERING)

    @property
    def agreed(self) -> tuple[Sheet, ...]:
        """Comparisons in which they do, but for bare small numbers."""
        return tuple(s for s in self.sheets if s.relation == "agree" and not s.minor)

    @property
    def minor(self) -> tuple[Sheet, ...]:
        """Agreements on bare small numbers: true and seldom worth a reader's time."""
        return tuple(s for s in self.sheets if s.relation == "agree" and s.minor)

    def count_changes(self, article: int) -> int:
        """What the article's text changed of what it was made from, sentences moved in or out aside."""
        return sum(
            c.kind not in ("added", "dropped")
            for copied in self.view.copies
            if copied.child == article
            for c in copied.changes
        )

    @property
    def copies_left(self) -> int:
        """Edges between articles that have no sheet here."""
        return sum(c.parent is not None for c in self.view.copies) - len(self.copies)

    @property
    def timeline(self) -> tuple[TimelineView, ...]:
        """The timeline, each sentence at its first date alone: one that stands twice says nothing the second time."""
        return drop_repeats(self.view.timeline)

    @property
    def quoted(self) -> tuple[Speaker, ...]:
        """Speakers with words in quotation marks."""
        return tuple(s for s in self.speakers if s.said)

    @property
    def reported(self) -> tuple[Speaker, ...]:
        """Speakers with statements in the outlets' words alone."""
        return tuple(s for s in self.speakers if not s.said)

    @property
    def title_language(self) -> str | None:
        """The language of the article that the title was taken from."""
        return self.languages.get(self.view.title_from) if self.view.title_from is not None else None


def build_story_page(view: StoryView) -> StoryPage:
    """The page of one story."""
    names = {row.article: name_article(row) for row in view.articles}
    languages = {row.article: find_language(row.language) for row in view.articles}
    coverage = tuple(build_coverage(view.articles, view.copies, names))
    first = find_first(view.articles, view.copies)
    derived = {c.child for c in view.copies if c.direction == "decided"}
    read = [c for c in view.copies if c.parent is not None]
    merged = merge_names([q.speaker for q in view.quotes if q.speaker])
    return StoryPage(
        view=view,
        names=names,
        languages=languages,
        coverage=coverage[:MOST_ROWS],
        first=next((item for item in coverage if item.row.article == first), None),
        taken=tuple(item for item in coverage if item.row.article in derived),
        documents=tuple(_find_documents(view)),
        sheets=tuple(
            build_sheets(
                view,
                order=[row.article for row in _sort_by_time(view.articles, view.copies)],
                names=names,
                languages=languages,
            )
        ),
        copies=tuple(build_copy_sheets(read, names, {row.article: row.title for row in view.articles})),
        speakers=tuple(build_speakers(view.quotes, view.copies, languages, merged)),
        parties=build_positions(view.quotes, languages, merged),
        ledger=build_ledger(view, merged),
        tree=build_tree(view.articles, view.copies, names),
    )


def _find_documents(view: StoryView) -> Iterable[Document]:
    """What several newsrooms link, and what the articles name as their primary source, each once; another article of the
    story is no document."""
    own = {row.url for row in view.articles if row.url}
    for document in view.documents:
        own.add(document.address)
        yield Document(
            link=find_link(document.address), words=document.address, places=_in_order(document.places, view)
        )
    for address in dict.fromkeys(row.source_url for row in view.articles if row.source_url):
        if address not in own:
            yield Document(link=find_link(address), words=address)


def _in_order(places: Sequence[PlaceView], view: StoryView) -> tuple[PlaceView, ...]:
    order = {row.article: at for at, row in enumerate(view.articles)}
    return tuple(sorted(places, key=lambda place: order.get(place.article, len(order))))


def drop_repeats(timeline: Sequence[TimelineView]) -> tuple[TimelineView, ...]:
    """The entries without sentences that an earlier one has; an entry that is left empty is left out."""
    seen: set[str] = set()
    kept = []
    for entry in timeline:
        fresh = []
        for sentence in entry.sentences:
            key = _NOT_LETTERS.sub(" ", sentence.text.casefold()).strip()
            # A sentence that an earlier day has whole, or in more words, is not told again.
            if not any(key in told for told in seen):
                fresh.append(sentence)
                seen.add(key)
        if fresh:
            kept.append(replace(entry, sentences=tuple(fresh)))
    return tuple(kept)


def name_article(row: ArticleRow | ArticleView) -> str:
    """What to call an article in a line: its outlet, else the host of its address, its page's name, its number."""
    if row.outlet and row.outlet.strip():
        return cut_short(row.outlet, words=8, characters=60)
    link = find_link(row.url)
    if link:
        return link.host
    # A name without the folders that it lay in: what a reader can find again among the pages that were read.
    name = (row.name or "").replace("\\", "/").rstrip("/").rpartition("/")[2]
    return cut_short(name, words=8, characters=60) if name.strip() else f"{t('Article')} {row.article}"


def build_coverage(
    rows: Sequence[ArticleRow], copies: Sequence[CopyView], names: Mapping[int, str]
) -> Iterable[CoverageRow]:
    """Articles by time of publication, those without one by when they were first seen."""
    above: dict[int, CopyView] = {}
    for copied in sorted(copies, key=lambda c: c.confidence):
        above[copied.child] = copied
    for row in _sort_by_time(rows, copies):
        derived = above.get(row.article)
        yield CoverageRow(
            row=row,
            name=names[row.article],
            language=find_language(row.language),
            origin=_describe_origin(row, derived),
            source=derived.parent if derived and derived.parent in names else None,
        )


def build_copy_sheets(
    copies: Sequence[CopyView], names: Mapping[int, str], titles: Mapping[int, str | None]
) -> Iterable[CopySheet]:
    """The `MOST_COPIES` edges that changed most of what is said, those first."""

    def count_changes(copied: CopyView) -> int:
        return sum(c.kind not in ("added", "dropped") for c in copied.changes)

    ranked = sorted(copies, key=lambda c: (-count_changes(c), c.child, c.parent or 0))
    for copied in ranked[:MOST_COPIES]:
        yield build_copy_sheet(copied, names, titles)


def build_copy_sheet(
    copied: CopyView, names: Mapping[int, str], titles: Mapping[int, str | None]
) -> CopySheet:
    """One edge with its changes: those of meaning first, in the order of the copy's text."""
    changes = sorted(
        copied.changes,
        key=lambda c: (
            _WEIGHT.get(c.kind, 9),
            c.child.start if c.child else c.parent.start if c.parent else 0,
        ),
    )
    sheets = [_build_change(c, copied, titles) for c in changes]
    return CopySheet(
        copied=copied,
        kind=t(COPY_KINDS.get(copied.kind, copied.kind)),
        parent=names.get(copied.parent or 0) or copied.origin or t("a text that was not read here"),
        child=names.get(copied.child, f"{t('Article')} {copied.child}"),
        changes=tuple(s for s in sheets if s.kind not in ("added", "dropped")),
        moved=tuple(s for s in sheets if s.kind in ("added", "dropped")),
    )


def _build_change(change: ChangeView, copied: CopyView, titles: Mapping[int, str | None]) -> Changed:
    before = change.parent.words if change.parent else ""
    after = change.child.words if change.child else ""
    if change.kind == "title":
        before, after = titles.get(copied.parent or 0) or "", titles.get(copied.child) or ""
    left, right = find_differences(cut_short(before), cut_short(after))
    return Changed(
        what=describe_change(change.kind, change.detail),
        kind=change.kind,
        before=left,
        after=right,
        before_place=change.parent,
        after_place=change.child,
    )


def _describe_origin(row: ArticleRow, copied: CopyView | None) -> str:
    """What is known of where the words come from; a source that was read is named by the link beside it."""
    if copied is None:
        return (
            t("from {source}, as the page says", source=row.agency)
            if row.agency
            else t("no earlier text found")
        )
    kind = t(COPY_KINDS.get(copied.kind, copied.kind))
    if copied.direction != "decided":
        return t("{kind}: one text, which came first is not known", kind=kind)
    if copied.parent is not None:
        return t("{kind}, from", kind=kind)
    return t("text of {source}, which was not read here", source=copied.origin or t("elsewhere"))


def _sort_by_time(rows: Sequence[ArticleRow], copies: Sequence[CopyView]) -> list[ArticleRow]:
    """By day; of one day first the texts that others were made from, since most pages state no clock.

    A text whose own day is open ("on or after 1 May") stands no earlier than the one that it was made from.
    """
    days = {row.article: _find_days(row) for row in rows}
    above = {c.child: c.parent for c in copies if c.parent in days and c.direction == "decided"}
    order = {row.article: _follow_up(row.article, days, above) for row in rows}
    return sorted(rows, key=lambda r: (order[r.article], r.article in above, _find_clock(r), r.article))


def _follow_up(
    article: int, days: Mapping[int, tuple[date, date]], above: Mapping[int, int | None]
) -> tuple[date, date]:
    first, last = days[article]
    met = {article}
    parent = above.get(article)
    while first < last and parent is not None and parent not in met:
        met.add(parent)
        first = max(first, min(days[parent][0], last))
        parent = above.get(parent)
    return first, last


def _find_days(row: ArticleRow) -> tuple[date, date]:
    day = row.published.earliest or row.published.latest or row.first_seen.date()
    if row.published.earliest and not row.published.latest:
        return day, max(day, row.first_seen.date())
    return day, row.published.latest or day


def _find_clock(row: ArticleRow) -> str:
    return row.published.stated or row.first_seen.isoformat()
