"""What the newsroom asks the store to do, as values. Applied in order, all or none (`Store.apply`).

Numbers are row ids that the newsroom has given out; they are the ids of the nouns inside as well, as text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from stemma.store.followed import FollowingEffect
from stemma.types import (
    Article,
    Attested,
    Brief,
    Comparison,
    Copy,
    Figure,
    LinkedDocument,
    Placement,
    Quote,
    Rejected,
    RevisionJudgement,
    StoryId,
    ThreadId,
    TimelineEntry,
    ToldDate,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRead:
    """A page was read: it became `article`, or was rejected. Read again, it changes nothing."""

    digest: str
    name: str
    url: str | None
    fetched: datetime | None
    read_at: datetime
    article: int | None
    rejected: Rejected | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAdded:
    """A new article with what was found in it and where it was put; `country` is where its outlet is at home."""

    number: int
    key: str
    digest: str
    article: Article
    fetched: datetime | None
    read_at: datetime
    placement: Placement
    copies: tuple[Copy, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRevised:
    """The same address has another text: what was derived from the old one goes.

    `judgement` is what it changed, None where the publisher changed nothing: the page in place of a feed's excerpt.
    """

    number: int
    digest: str
    article: Article
    fetched: datetime | None
    read_at: datetime
    judgement: RevisionJudgement | None
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookmark:
    """How far a file was read. `signature` tells whether it is still the same file."""

    path: str
    signature: str
    position: int
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrouped:
    """Where articles belong after a review: only what differs from the store.

    `merged` maps a story that has no members left to the one that took them. `why` says for articles that were moved
    what ties them to their story, `links` for stories what ties them to their thread.
    """

    moved: Mapping[int, StoryId]
    merged: Mapping[StoryId, StoryId]
    threads: Mapping[StoryId, ThreadId]
    why: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[StoryId, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled:
    """A person's decision on grouping, which no review undoes: each article of `pins` is of that story.

    `merged` as in `Regrouped`; a later ruling on an article replaces an earlier one.
    """

    kind: Literal["merge", "split"]
    reason: str
    made_at: datetime
    pins: Mapping[int, StoryId]
    merged: Mapping[StoryId, StoryId]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEdited:
    """What is derived from a story's members together.

    Copies are those among its members; None leaves them as they were judged when the articles came. `voices` are its
    independent newsrooms, each as its articles, `documents` what several of them link, `weight` and `day` what it counts on
    the front page and its last certain day as an ordinal, `told` intervals for members without a day of their own, `names`
    and `place` of whom and of where they tell.
    """

    number: int
    copies: tuple[Copy, ...] | None
    comparisons: tuple[Comparison, ...]
    brief: Brief
    voices: tuple[tuple[int, ...], ...]
    documents: tuple[LinkedDocument, ...] = ()
    names: tuple[Attested, ...] = ()
    place: Attested | None = None
    weight: float | None = None
    day: int | None = None
    told: tuple[ToldDate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phased:
    """Where stories stand, by number: breaking, developing, settled, or not known."""

    phases: Mapping[int, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadEdited:
    """The timeline of a thread."""

    number: int
    entries: tuple[TimelineEntry, ...]


Effect = (
    PageRead
    | ArticleAdded
    | ArticleRevised
    | Bookmark
    | Regrouped
    | Ruled
    | Phased
    | StoryEdited
    | ThreadEdited
    | FollowingEffect
)
