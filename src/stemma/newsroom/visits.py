"""What follows from a visit to a source: its new status, decided from the old one and from what came back. Pure.

No clock, no socket, no table: `now` is handed in, effects are applied elsewhere. The rules are those of the how-to on
following; each has its row in the table of tests.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stemma.acquire.answers import Answer, Failure, Fetched, parse_retry_after
from stemma.store.followed import SourceStatus

SOONEST = 10 * 60
LATEST = 12 * 3600
FIRST = 30 * 60
"""Seconds between visits: at least, at most, and before a source's habit is known."""
LONGEST_PATIENCE = timedelta(days=14)
"""How long a source may fail without a break before it is no longer visited."""
_SILENT = {"page": timedelta(days=7)}
_SILENT_ELSE = timedelta(days=30)
"""How long a source that had news may have none before it is said: of a page that is watched sooner, since its list may be
built otherwise now and hold links all the same."""
_LONGEST_BACKOFF = 24 * 3600
_HOST_PAUSE = 3600
"""Seconds for which a host that answered 429 without a time is left alone."""
_MEMORY = 0.7
"""Share of the old rate in the new one: some five visits make a habit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What was in a document that was read: how many new articles, how long it asks to be left alone (seconds), its
    title and the digest of its bytes. `problem` where it could not be used."""

    new: int = 0
    pause: int | None = None
    title: str | None = None
    digest: str | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The new status, and how many seconds the whole host is to be left alone, if any."""

    status: SourceStatus
    host_pause: float | None = None


def decide_visit(
    status: SourceStatus, fetched: Fetched, contents: Contents | None, *, number: int, now: datetime
) -> Decision:
    """The status after a visit. `contents` is None where nothing was read (304, the same bytes, any failure)."""
    visited = replace(status, last_visit=now, visits=status.visits + 1)
    if isinstance(fetched, Failure):
        return _decide_failure(visited, fetched, number, now)
    code = fetched.status
    if code == 304 or 200 <= code < 300:
        if contents is not None and contents.problem is not None:
            return Decision(status=_fail(visited, contents.problem, number, now))
        return Decision(status=_succeed(visited, fetched, contents, number, now))
    if code == 429:
        wait = parse_retry_after(fetched.retry_after, now=now) or _HOST_PAUSE
        waiting = replace(
            visited, state="waiting", problem="the host asked to be left alone for a while (status 429)"
        )
        return Decision(status=_at(waiting, wait, number, now), host_pause=wait)
    if code == 410:
        return Decision(status=_stop(visited, "it is gone for good (status 410)"))
    if code == 451:
        return Decision(status=_stop(visited, "it is withheld for legal reasons (status 451)"))
    failed = _fail(visited, explain_status(code), number, now)
    asked = parse_retry_after(fetched.retry_after, now=now)
    if asked is not None and failed.state != "stopped":
        failed = replace(failed, next_visit=max(failed.next_visit, now + timedelta(seconds=asked)))
    return Decision(status=failed)


def stop_withheld(status: SourceStatus) -> SourceStatus:
    """A source on the deny list is not visited: whoever asked to be left out is asked for nothing."""
    return _stop(status, "it is withheld: its owner asked to be left out")


def explain_status(code: int) -> str:
    """An HTTP status in the user's words."""
    known = {
        401: "it asks for a password (status 401)",
        403: "the site does not let us read it (status 403)",
        404: "there is nothing at this address (status 404)",
        410: "it is gone for good (status 410)",
        451: "it is withheld for legal reasons (status 451)",
        429: "the host asked to be left alone for a while (status 429)",
    }
    if code in known:
        return known[code]
    if code >= 500:
        return f"the site has trouble of its own (status {code})"
    return f"the site answered with status {code}"


# ---------------------------------------------------------------- success


def _succeed(
    status: SourceStatus, answer: Answer, contents: Contents | None, number: int, now: datetime
) -> SourceStatus:
    new = contents.new if contents else 0
    # All that a feed holds at the first visit says nothing of its habit.
    rate = status.rate if status.last_success is None else _next_rate(status, new, now)
    asked = max((contents.pause if contents else None) or 0, answer.max_age or 0)
    # Nothing was read: what the feed asked for when it last was (`ttl`) stands in the interval.
    held = status.interval if contents is None else 0
    interval = int(min(LATEST, max(SOONEST, _interval(rate), min(asked, LATEST), held)))
    last_new = now if new or status.last_new is None else status.last_new
    found = replace(
        status,
        state="ok",
        problem=_tell_silence(status, now - last_new),
        failures=0,
        failing_since=None,
        last_success=now,
        last_new=last_new,
        rate=rate,
        interval=interval,
        etag=answer.etag or (status.etag if answer.status == 304 else None),
        last_modified=answer.last_modified or (status.last_modified if answer.status == 304 else None),
        body_digest=(contents.digest if contents else None) or status.body_digest,
        title=status.title or (contents.title if contents else None),
    )
    return _at(_note_move(found, answer.moved_to), interval, number, now)


def _tell_silence(status: SourceStatus, silent: timedelta) -> str | None:
    """The alarm for a source that answers soundly and has nothing new any more."""
    if silent < _SILENT.get(status.kind, _SILENT_ELSE):
        return None
    if status.kind == "page":
        return f"nothing new for {silent.days} days; look whether the page is built otherwise now"
    return f"nothing new for {silent.days} days; look whether it is still kept up"


def _next_rate(status: SourceStatus, new: int, now: datetime) -> float:
    """Articles an hour, as a moving average over visits."""
    before = status.last_success or now
    hours = max((now - before).total_seconds() / 3600, SOONEST / 3600)
    observed = min(new / hours, 60.0)
    held = 3600 / FIRST if status.rate is None else status.rate
    return round(_MEMORY * held + (1 - _MEMORY) * observed, 6)


def _interval(rate: float | None) -> float:
    """Seconds in which one article is to be expected."""
    if rate is None:
        return FIRST
    return 3600 / rate if rate > 0 else LATEST


def _note_move(status: SourceStatus, moved_to: str | None) -> SourceStatus:
    """A permanent redirect is believed when two visits in a row were sent to the same place."""
    if moved_to is None or moved_to == status.url:
        return replace(status, moved_to=None, moved_seen=0)
    seen = status.moved_seen + 1 if moved_to == status.moved_to else 1
    if seen >= 2:
        return replace(status, url=moved_to, moved_to=None, moved_seen=0)
    return replace(status, moved_to=moved_to, moved_seen=seen)


# ---------------------------------------------------------------- failure


def _decide_failure(status: SourceStatus, failure: Failure, number: int, now: datetime) -> Decision:
    if failure.kind == "host waits":
        waiting = replace(status, state="waiting", problem=failure.words)
        return Decision(status=_at(waiting, failure.wait or _HOST_PAUSE, number, now))
    failed = _fail(status, failure.words, number, now)
    if failure.kind in ("robots", "blocked address", "blocked redirect", "not an address"):
        # These change seldom: once a day is enough to notice.
        return Decision(status=replace(failed, next_visit=now + timedelta(seconds=_LONGEST_BACKOFF)))
    return Decision(status=failed)


def _fail(status: SourceStatus, problem: str, number: int, now: datetime) -> SourceStatus:
    failures = status.failures + 1
    since = status.failing_since or now
    if now - since >= LONGEST_PATIENCE and failures > 3:
        return _stop(
            status, f"{problem}; it has been so for {LONGEST_PATIENCE.days} days, so it is no longer visited"
        )
    failing = replace(status, state="failing", problem=problem, failures=failures, failing_since=since)
    wait = min(_LONGEST_BACKOFF, max(SOONEST, status.interval) * 2 ** min(failures - 1, 8))
    return _at(failing, wait, number, now)


def _stop(status: SourceStatus, problem: str) -> SourceStatus:
    return replace(status, state="stopped", problem=problem)


def _at(status: SourceStatus, seconds: float, number: int, now: datetime) -> SourceStatus:
    """The next visit, up to a tenth later than asked, so that sources do not march in step. Never earlier."""
    share = zlib.crc32(f"{number} {status.visits}".encode()) % 1000 / 10_000
    moment = now + timedelta(seconds=seconds * (1 + share))
    return replace(status, next_visit=moment.replace(microsecond=0) + timedelta(seconds=1))
