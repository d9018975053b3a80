"""The nouns: what goes from stage to stage, frozen, each with its evidence.

One type for each moment of a thing's life: `Page` is what came from outside, `Article` is what is ours, `Copy`,
`Quote`, `Figure`, `Comparison`, `Brief` are what stages found, `Rejected` is what could not be used and why.
No logic lives here, and nothing beyond the standard library is imported.

Offsets are code points into `Article.text`, half open. Days are `datetime.date`; clock times are aware.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, NewType

ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)
ThreadId = NewType("ThreadId", str)

# ---------------------------------------------------------------- what came from outside


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes as received, nothing interpreted.

    `kind` says what the bytes are meant to be: a web page or a page that someone flattened to text. `fetched` is the
    archive's or fetcher's clock: an upper bound on publication and never a publication date. `charset` is what the
    transport declared. `feed_date` is what a feed said of this entry.
    """

    id: ArticleId
    kind: Literal["html", "text"]
    body: bytes
    url: str | None = None
    fetched: datetime | None = None
    charset: str | None = None
    feed_date: str | None = None
    outlet: str | None = None


Reason = Literal[
    "not a text",
    "too short",
    "too large",
    "too deep",
    "too slow",
    "unreadable charset",
    "unreadable file",
    "broken line",
    "broken archive record",
    "repeated id",
    "paywall stub",
    "consent or challenge page",
    "error page",
    "list page",
    "refused by rights",
    "failed",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Bad input as a value: counted, stored, shown. `detail` is one sentence in the user's words."""

    id: ArticleId
    stage: str
    reason: Reason
    detail: str


# ---------------------------------------------------------------- an article

DateBasis = Literal["json-ld", "meta", "time", "feed", "url", "visible", "text", "archive"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateClue:
    """One piece of evidence on the day of publication: where it stood, its words, the interval it allows."""

    basis: DateBasis
    words: str
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The day of publication as an interval (inclusive; None = unbounded) with its evidence.

    `stated` is set only where one day is certain enough: ISO 8601 as the page gives it, in the page's own offset;
    its first ten characters are the day that the page means, and equal `earliest` and `latest`.
    """

    stated: str | None = None
    earliest: date | None = None
    latest: date | None = None
    basis: tuple[DateBasis, ...] = ()
    clues: tuple[DateClue, ...] = ()

    @property
    def day(self) -> date | None:
        """The day, where one is certain enough."""
        return self.earliest if self.stated is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture that the page shows with the article; its caption and credit are never part of the text."""

    url: str | None
    caption: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A link in an article's text that leads away from its site; it stands on the words `text[start:end]`."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """Another story that the page carried: a teaser, a related article. Never part of the article."""

    title: str | None
    outlet: str | None
    url: str | None
    text: str
    age: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where one field of an article came from: `title` from `json-ld headline`, `byline` from `line 3`."""

    name: str
    where: str


Genre = Literal[
    "news", "opinion", "analysis", "live", "press release", "sponsored", "satire", "fact check", "other"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Clean text of one publication, one revision.

    `text` is paragraphs joined by a blank line, nothing but the article's own words. `agency` is the agency or other
    paper from which the text was taken, None if its own. `source_url` is the primary source that the page declares.
    `first_seen` is when somebody first fetched it, where that is known. `story` and `thread` are set only where the
    caller gave them.
    """

    id: ArticleId
    text: str
    title: str | None = None
    url: str | None = None
    source_url: str | None = None
    outlet: str | None = None
    agency: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    section: str | None = None
    genre: Genre = "news"
    language: str | None = None
    published: Published = field(default_factory=Published)
    first_seen: datetime | None = None
    images: tuple[Image, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    links: tuple[Reference, ...] = ()
    found: tuple[Found, ...] = ()
    story: StoryId | None = None
    thread: ThreadId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """A place in the text of one article (one revision): `article.text[start:end]`."""

    article: ArticleId
    start: int
    end: int


# ---------------------------------------------------------------- revisions

RevisionKind = Literal["name", "figure", "quotation", "negation", "title", "added", "removed"]
AnnouncementKind = Literal["correction", "retraction", "clarification"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionChange:
    """One changed place: `before` in the earlier revision, `after` in the later; None where there is nothing.

    A headline has no spans.
    """

    kind: RevisionKind
    before: Span | None
    after: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """The words, new in the later revision, that announce a change of substance."""

    kind: AnnouncementKind
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionJudgement:
    """What a revision changed; `substantive` where there is any change of substance, or one is announced."""

    substantive: bool
    changes: tuple[RevisionChange, ...]
    announced: tuple[Announcement, ...]

    @property
    def kinds(self) -> tuple[RevisionKind, ...]:
        """The kinds of `changes`, each once, in the order of their first."""
        return tuple(dict.fromkeys(change.kind for change in self.changes))


# ---------------------------------------------------------------- lineage

CopyKind = Literal["verbatim", "excerpt", "edited", "rewrite"]
ChangeKind = Literal["quote", "figure", "name", "hedge", "title", "added", "dropped"]
ChangeDetail = Literal[
    "reworded", "cut", "other speaker", "invented", "changed", "rounded", "converted", "lost", "gained"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a copy changed; a side on which there is nothing is None. Titles have no spans."""

    kind: ChangeKind
    detail: ChangeDetail | None
    child: Span | None
    parent: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One lineage edge: `child` derives from `parent`, or from `origin` where the common source was never read.

    `containment` is the share of the child's five-word sequences, outside quotation marks, that the parent has.
    `evidence` says in words why: shared runs, credit line, clocks.
    """

    child: ArticleId
    parent: ArticleId | None
    origin: str | None
    kind: CopyKind
    direction: Literal["decided", "undetermined"]
    containment: float
    confidence: float
    changes: tuple[Change, ...] = ()
    evidence: tuple[str, ...] = ()


# ---------------------------------------------------------------- stories


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedDocument:
    """A document outside of a story's outlets that independent newsrooms link: `places` is a link of each of them."""

    address: str
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """A name or a place of a story: `newsrooms` independent ones bear it out, `places` is where it first stands with each of them."""

    name: str
    newsrooms: int
    places: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """The decision for one article: into which story, and why (words, names, numbers shared)."""

    article: ArticleId
    story: StoryId
    opened: bool
    score: float
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """Where an article stands after all input was seen: its story and the thread that the story belongs to.

    `evidence` says what ties it to its story, `linked` what ties the story to the others of its thread.
    """

    article: ArticleId
    story: StoryId
    thread: ThreadId
    evidence: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


# ---------------------------------------------------------------- dating

WitnessKind = Literal["its source", "its copy", "its words in a copy", "its words in another report"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateWitness:
    """What a dated article of the story says of the day of an undated one: `why`, the undated one's `words`, the interval allowed."""

    article: ArticleId
    why: WitnessKind
    words: str | None
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDate:
    """The interval (inclusive; None = unbounded) in which an article without a day of its own was published, by its story.

    Shown beside `Published`, never part of it: no evidence for anything else.
    """

    article: ArticleId
    earliest: date | None
    latest: date | None
    witnesses: tuple[DateWitness, ...]


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation or reported statement, from its first to its last character; `pieces` where a cue interrupts it.

    `speaker_span` are the words beside it that name the speaker (may be "he"); `speaker` is the fullest name that
    the text gives, None where the text does not say.
    """

    span: Span
    pieces: tuple[Span, ...]
    kind: Literal["direct", "indirect", "mixed"]
    speaker: str | None
    speaker_span: Span | None
    cue: str | None
    cue_span: Span | None


Qualifier = Literal["exact", "at least", "about", "up to", "more than", "fewer than", "between"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One mention of a quantity: `low` and `high` (None = open), what it counts, and who says it as of when.

    `unit` is kg, %, USD; None for things counted. `of` is the thing with its state ("soldiers killed").
    """

    span: Span
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    qualifier: Qualifier
    place: str | None = None
    as_of: str | None = None
    said_by: str | None = None


Relation = Literal[
    "agree",
    "contradiction",
    "revision",
    "different scope",
    "different definition",
    "rounding",
    "parts and sum",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedValue:
    """One article's value for a compared quantity; `low` and `high` are None for statements."""

    span: Span
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A quantity or statement that several articles of one story give, and how their values relate."""

    about: str
    relation: Relation
    values: tuple[ComparedValue, ...]


# ---------------------------------------------------------------- digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """Words in a cited sentence that its cited spans do not hold, at `start:end` of the sentence."""

    start: int
    end: int
    kind: Literal["outlet", "date", "ellipsis"]
    article: ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedSentence:
    """A sentence and the spans that carry every name, number and quotation in it."""

    text: str
    citations: tuple[Span, ...]
    added: tuple[Added, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What happened, in cited sentences. `title` is an article's headline: chosen, not invented."""

    title: str | None
    title_from: ArticleId | None
    sentences: tuple[CitedSentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """What a thread's articles say of one day, month or year."""

    date: str
    precision: Literal["day", "month", "year"]
    sentences: tuple[CitedSentence, ...]
