"""What lists show: hits of a search, outlets, people, threads, what came and changed, reports, counts.

Beside `views.py`, which has stories and articles. Made by the store's reading side; the portal and the commands show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from stemma.store.views import ArticleRow, QuoteView, StoryRow, TimelineView


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """`kind` is "story" or "article"; `snippet` marks the words found with U+E000 and U+E001.

    `published` is the stated day; `earliest` and `latest` are the interval, which is known more often.
    """

    kind: str
    id: int
    title: str | None
    published: str | None
    snippet: str
    story: int | None = None
    outlet: str | None = None
    earliest: date | None = None
    latest: date | None = None
    language: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletRow:
    """An outlet and how many of its articles are kept."""

    outlet: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletView:
    """An outlet, judged by its newest `judged` articles of `articles`.

    `shared` are stories that other outlets tell too; in `first` of them its day is certain and before every other's.
    `takes_from` and `taken_by` count decided copies by outlet or origin, most first.
    """

    outlet: str
    articles: int
    judged: int
    languages: tuple[str, ...]
    shared: int
    first: tuple[StoryRow, ...]
    takes_from: tuple[tuple[str, int], ...]
    taken_by: tuple[tuple[str, int], ...]
    latest: tuple[ArticleRow, ...]
    country: str | None = None
    """Where it is at home (ISO 3166), None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person or organisation that is quoted; `key` is the folded name."""

    key: str
    name: str
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SayingView:
    """One quotation with the article that has it."""

    quote: QuoteView
    article: ArticleRow
    story: int | None
    story_title: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """What a person or organisation said, the newest first; `also` are other spellings of the name."""

    key: str
    name: str
    also: tuple[str, ...]
    quotes: int
    sayings: tuple[SayingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadView:
    """Stories of one subject, the newest first, with the timeline; `articles` are those that it cites."""

    thread: int
    title: str
    stories: tuple[StoryRow, ...]
    left_out: int
    timeline: tuple[TimelineView, ...]
    articles: tuple[ArticleRow, ...]
    stated: tuple[QuoteView, ...] = ()
    """Statements of its newest stories whose cue says what they do: demand, offer, refuse, deny, accuse."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedView:
    """What changed since a moment; `at` is the moment now. `stories` is None where any may have.

    `withheld`: the deny list changed, and nothing that was written before may be shown.
    """

    at: int
    withheld: bool
    stories: frozenset[int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalView:
    """An article that came, and its story; `opened` where no earlier article is in it."""

    article: int
    story: int
    title: str
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """What a reader says is wrong in a story; `reply_to` is where an answer may go."""

    report: int
    story: int
    title: str
    words: str
    reply_to: str | None
    sent: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCounts:
    """How much is kept: for the status page and the end of a reading."""

    articles: int
    stories: int
    outlets: int
    rejected: tuple[tuple[str, int], ...]
    """(reason, pages), most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedView:
    """A page that could not be used, and why."""

    name: str
    url: str | None
    reason: str
    detail: str
    read_at: datetime
