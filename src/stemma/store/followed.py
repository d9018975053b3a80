"""Nouns of following as the store keeps them, and what the newsroom asks the store to do with them.

Plain values like those of `effects.py`. The tables behind them are `schema.source` and `schema.candidate`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

SourceKind = Literal["feed", "sitemap", "page", "site"]
SourceState = Literal["new", "ok", "waiting", "failing", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """How it stands with a source: everything that a visit may change. Seconds for `interval`, articles an hour for
    `rate`; `problem` is in the user's words."""

    url: str
    kind: SourceKind
    title: str | None
    state: SourceState
    problem: str | None
    next_visit: datetime
    interval: int
    rate: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    failures: int = 0
    failing_since: datetime | None = None
    last_visit: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    moved_to: str | None = None
    moved_seen: int = 0
    visits: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A followed source. `host` is the unit of politeness, `host:port`."""

    number: int
    host: str
    status: SourceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSource:
    """A source to be followed from now on."""

    url: str
    kind: SourceKind
    host: str
    title: str | None
    added: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCandidate:
    """An article that a source has: where it stands, and what the source itself says of it.

    `key` is its identity over all sources; another `signature` under a known key means that it was changed.
    """

    key: str
    url: str | None
    host: str
    signature: str
    title: str | None
    text: str | None
    author: str | None
    origin: str | None
    language: str | None
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An article to be fetched. `outlet` is the title of the source that named it; `stood_in` whether the feed's own text
    stands for it so far."""

    number: int
    source: int
    tries: int
    outlet: str | None
    stood_in: bool
    entry: NewCandidate


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One line of `stemma sources`."""

    source: int
    title: str | None
    url: str
    kind: str
    state: str
    last_success: datetime | None
    next_visit: datetime | None
    articles: int
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceVisited:
    """What a visit changed of a source."""

    number: int
    host: str
    status: SourceStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidatesFound:
    """What a source has. A known key is left as it is, unless its signature is another and it was fetched: then it is
    fetched again, `most_changes` times at the most."""

    source: int
    due: datetime
    entries: tuple[NewCandidate, ...]
    most_changes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateSettled:
    """A candidate was fetched, or not. `due` is when to try again, None for never. The article is found by the digest of
    the page that it became; `stood_in` is whether that is the feed's own text."""

    number: int
    outcome: str
    stood_in: bool
    digest: str | None
    due: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPaused:
    """Nothing is asked of a host before `until`."""

    host: str
    until: datetime


FollowingEffect = SourceVisited | CandidatesFound | CandidateSettled | HostPaused
