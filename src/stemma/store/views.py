"""What the store gives to readers: the portal's pages and `stemma show --json` are made of these and nothing else.

Numbers are row ids, small and sequential. Every statement carries its place: `PlaceView` holds the words too, so that
no reader needs the whole text to show a citation. What is withheld never gets this far (`store/deny.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A place in one article's text, with its words."""

    article: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedView:
    """The interval of publication; `stated` where one day is certain enough; `clues` are (basis, words, from, to)."""

    stated: str | None
    earliest: date | None
    latest: date | None
    basis: tuple[str, ...]
    clues: tuple[tuple[str, str, date | None, date | None], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One line of the front page. `newsrooms` counts independent ones: reprints are one voice.

    `phase` is "breaking", "developing" or "settled" as of the last review, None where no day is certain.
    """

    story: int
    title: str
    articles: tuple[int, ...]
    outlets: tuple[str, ...]
    newsrooms: int
    first_seen: datetime
    thread: int | None
    published: PublishedView
    disagreements: int
    lead: str | None
    languages: tuple[str, ...]
    phase: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedView:
    """Words in a sentence of ours that no cited span holds, at `start:end` of that sentence."""

    start: int
    end: int
    kind: str
    article: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """A cited sentence."""

    text: str
    citations: tuple[PlaceView, ...]
    added: tuple[AddedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineView:
    date: str
    precision: str
    sentences: tuple[SentenceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What a copy changed; `child` or `parent` is None on a side where there is nothing."""

    kind: str
    detail: str | None
    child: PlaceView | None
    parent: PlaceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyView:
    """One lineage edge between articles (numbers), or to an `origin` that was never read."""

    child: int
    parent: int | None
    origin: str | None
    kind: str
    direction: str
    containment: float
    confidence: float
    evidence: tuple[str, ...]
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    place: PlaceView
    pieces: tuple[PlaceView, ...]
    kind: str
    speaker: str | None
    speaker_place: PlaceView | None
    cue: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    place: PlaceView
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    qualifier: str
    where: str | None
    as_of: str | None
    said_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedValueView:
    """A value of a comparison; `before` and `after` are the words of its line around it, cut short."""

    place: PlaceView
    low: float | None
    high: float | None
    before: str = ""
    after: str = ""


DIFFERING = ("contradiction", "revision")
"""Relations of which a page says that the reports differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonView:
    about: str
    relation: str
    values: tuple[ComparedValueView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageView:
    url: str | None
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One line of a story's coverage. `why` says what ties the article to its story."""

    article: int
    title: str | None
    outlet: str | None
    agency: str | None
    url: str | None
    source_url: str | None
    language: str | None
    genre: str
    published: PublishedView
    first_seen: datetime
    words: int
    excerpt: str
    why: tuple[str, ...]
    name: str | None = None
    """What the page was called where it was read: a file's name, an archive's address."""
    images: tuple[ImageView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """A document that several independent newsrooms link; `places` are the words that lead there, one of each."""

    address: str
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestedView:
    """A name or a place of a story; `places` is where it first stands with each independent newsroom that bears it out."""

    name: str
    newsrooms: int
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """Everything that a story page shows."""

    story: int
    title: str
    title_from: int | None
    brief: tuple[SentenceView, ...]
    articles: tuple[ArticleRow, ...]
    outlets: tuple[str, ...]
    newsrooms: int
    first_seen: datetime
    published: PublishedView
    copies: tuple[CopyView, ...]
    quotes: tuple[QuoteView, ...]
    figures: tuple[FigureView, ...]
    comparisons: tuple[ComparisonView, ...]
    thread: int | None
    timeline: tuple[TimelineView, ...]
    related: tuple[StoryRow, ...]
    """Other stories of the same thread."""
    linked: tuple[str, ...] = ()
    """What ties it to them."""
    elsewhere: tuple[ArticleRow, ...] = ()
    """Articles of other stories that the timeline cites."""
    voices: tuple[tuple[int, ...], ...] = ()
    """The articles of each independent newsroom; those in none are opinion, press release, sponsored or satire."""
    phase: str | None = None
    documents: tuple[DocumentView, ...] = ()
    """What several of them link, those that most link first."""
    names: tuple[AttestedView, ...] = ()
    """Whom and what the story is about, those that most newsrooms name first."""
    place: AttestedView | None = None
    """Where it happened, as far as newsrooms agree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlancedArticle:
    """An article as far as a front page needs it; `published` is without its evidence."""

    article: int
    outlet: str | None
    agency: str | None
    section: str | None
    language: str | None
    published: PublishedView


@dataclass(frozen=True, slots=True, kw_only=True)
class GlancedCopy:
    """One lineage edge without what it changed."""

    child: int
    parent: int | None
    origin: str | None
    kind: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceView:
    """What a front page says of a story beside its row: who took from whom, where reports differ, who is quoted.

    `comparisons` are those in which reports differ, `figures` what they compare; `quotes` are direct ones under a name, of
    the first articles alone.
    """

    story: int
    articles: tuple[GlancedArticle, ...]
    copies: tuple[GlancedCopy, ...]
    comparisons: tuple[ComparisonView, ...]
    figures: tuple[FigureView, ...]
    quotes: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedView:
    """Another story that the page carried, set apart from the article."""

    title: str | None
    outlet: str | None
    url: str | None
    age: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionChangeView:
    """What a revision changed: the words `before` in the earlier text, `after` in the later."""

    kind: str
    before: PlaceView | None
    after: PlaceView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """A later text of an article, against the one before it.

    `substantive` is None where that was not judged: the page took the place of a feed's excerpt, or an older Stemma
    read it. `announced` are (kind, words): corrections, clarifications and retractions that the page itself tells of.
    """

    number: int
    read_at: datetime | None
    title: str | None
    title_before: str | None
    substantive: bool | None
    kinds: tuple[str, ...]
    changes: tuple[RevisionChangeView, ...]
    announced: tuple[tuple[str, PlaceView], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldView:
    """When an article was published by its story; `witnesses` are (article, why, the dated article's words, from, to)."""

    earliest: date | None
    latest: date | None
    witnesses: tuple[tuple[int, str, str | None, date | None, date | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """Everything that an article page shows. `found` are (field, where it came from)."""

    article: int
    key: str
    revision: int
    title: str | None
    text: str
    url: str | None
    source_url: str | None
    outlet: str | None
    agency: str | None
    byline: tuple[str, ...]
    dateline: str | None
    section: str | None
    genre: str
    language: str | None
    published: PublishedView
    first_seen: datetime
    images: tuple[ImageView, ...]
    embedded: tuple[EmbeddedView, ...]
    found: tuple[tuple[str, str], ...]
    story: int | None
    story_title: str | None
    quotes: tuple[QuoteView, ...]
    figures: tuple[FigureView, ...]
    parents: tuple[CopyView, ...]
    children: tuple[CopyView, ...]
    others: tuple[ArticleRow, ...]
    """The articles named in `parents`, `children` and `told`, for their titles and outlets."""
    revisions: tuple[RevisionView, ...] = ()
    """Later texts, the newest first; none where there is one text alone."""
    name: str | None = None
    told: ToldView | None = None
    """Only where the page itself gives no day."""
