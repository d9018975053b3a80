"""What is followed and what is to be fetched: one table of sources, one of candidates, each with the time it is due.

The whole memory of following: after a crash it goes on from these rows. Which row is due when is decided by the newsroom.
Every function works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Text,
    and_,
    case,
    cast,
    delete,
    distinct,
    func,
    insert,
    or_,
    select,
    update,
)

from stemma.store import schema
from stemma.store.deny import has_denied
from stemma.store.followed import (
    Candidate,
    CandidateSettled,
    CandidatesFound,
    HostPaused,
    NewCandidate,
    NewSource,
    Source,
    SourceStatus,
    SourceView,
    SourceVisited,
)
from stemma.store.write import register_effect

_CHUNK = 400


@register_effect
def _(effect: SourceVisited, connection: Connection) -> None:
    table = schema.source
    values = {**_status_values(effect.status), "host": effect.host}
    taken = select(table.c.id).where(table.c.url == effect.status.url, table.c.id != effect.number)
    if connection.execute(taken).first() is not None:
        # It moved to where another source already is.
        values.pop("url")
        values |= {
            "state": "stopped",
            "problem": f"it moved to {effect.status.url}, which is followed already",
        }
    connection.execute(update(table).where(table.c.id == effect.number).values(values))


@register_effect
def _(effect: CandidatesFound, connection: Connection) -> None:
    table = schema.candidate
    known = find_signatures(connection, [entry.key for entry in effect.entries])
    due = effect.due.isoformat()
    seen: set[str] = set()
    rows = []
    for entry in effect.entries:
        if entry.key in seen:
            continue
        seen.add(entry.key)
        values: dict[str, Any] = {
            "url": entry.url,
            "host": entry.host,
            "signature": entry.signature,
            "title": entry.title,
            "text": entry.text,
            "author": entry.author,
            "origin": entry.origin,
            "language": entry.language,
            "date": entry.date,
            "due": due,
            "tries": 0,
        }
        if entry.key not in known:
            rows.append({**values, "key": entry.key, "source": effect.source, "found": due, "changes": 0})
        elif known[entry.key] != entry.signature:
            connection.execute(
                update(table)
                .where(
                    table.c.key == entry.key,
                    table.c.source == effect.source,
                    table.c.due.is_(None),
                    table.c.changes < effect.most_changes,
                )
                .values({**values, "changes": table.c.changes + 1})
            )
    if rows:
        connection.execute(insert(table), rows)


@register_effect
def _(effect: CandidateSettled, connection: Connection) -> None:
    table, page = schema.candidate, schema.page
    article = select(page.c.article).where(page.c.digest == effect.digest).scalar_subquery()
    values: dict[str, Any] = {
        "due": effect.due.isoformat() if effect.due else None,
        "outcome": effect.outcome,
        "stood_in": effect.stood_in,
        "leased": False,
        "article": func.coalesce(article, table.c.article),
    }
    if effect.due is None:
        # What was needed of it is in the article now, and what was withheld is kept nowhere.
        values |= {"text": None, "title": None, "author": None}
    connection.execute(update(table).where(table.c.id == effect.number).values(values))


@register_effect
def _(effect: HostPaused, connection: Connection) -> None:
    until = effect.until.isoformat()
    source, candidate = schema.source, schema.candidate
    connection.execute(
        update(source)
        .where(source.c.host == effect.host, source.c.next_visit < until)
        .values(next_visit=until)
    )
    connection.execute(
        update(candidate)
        .where(candidate.c.host == effect.host, candidate.c.due < until, candidate.c.leased.is_(False))
        .values(due=until)
    )


# ---------------------------------------------------------------- what the follower asks for


def add_source(connection: Connection, new: NewSource, *, interval: int) -> tuple[int, bool]:
    """The number of a source, and whether it is new. One that was stopped is taken up again."""
    table = schema.source
    row = connection.execute(select(table.c.id, table.c.state).where(table.c.url == new.url)).one_or_none()
    moment = new.added.isoformat()
    if row is not None:
        if row.state == "stopped":
            again = {
                "state": "new",
                "problem": None,
                "failures": 0,
                "failing_since": None,
                "next_visit": moment,
            }
            connection.execute(update(table).where(table.c.id == row.id).values(again))
        return int(row.id), row.state == "stopped"
    made = connection.execute(
        insert(table).values(
            url=new.url,
            kind=new.kind,
            host=new.host,
            title=new.title,
            state="new",
            next_visit=moment,
            interval=interval,
            failures=0,
            moved_seen=0,
            visits=0,
            added=moment,
        )
    )
    key = made.inserted_primary_key
    if key is None:
        raise TypeError("the database gave no row id")
    return int(key[0]), True


def remove_source(connection: Connection, number: int) -> bool:
    """Takes a source and what is still to be fetched of it away; articles stay. False where there is none."""
    gone = connection.execute(delete(schema.source).where(schema.source.c.id == number))
    return gone.rowcount > 0


def find_due_sources(
    connection: Connection, *, now: datetime, busy: Collection[str], limit: int, failing: bool
) -> tuple[Source, ...]:
    """The longest due source of each host that is not busy: of those whose last visit failed, or of all others."""
    table = schema.source
    state = table.c.state == "failing" if failing else table.c.state.not_in(("stopped", "failing"))
    first = (
        select(func.min(table.c.next_visit).label("due"), table.c.id)
        .where(table.c.next_visit <= now.isoformat(), state, table.c.host.not_in(list(busy)))
        .group_by(table.c.host)
        .order_by("due", table.c.id)
        .limit(limit)
    )
    numbers = [row.id for row in connection.execute(first)]
    rows = connection.execute(
        select(table).where(table.c.id.in_(numbers)).order_by(table.c.next_visit, table.c.id)
    )
    return tuple(_source(row) for row in rows)


def lease_candidates(
    connection: Connection, *, now: datetime, until: datetime, busy: Collection[str], limit: int
) -> tuple[Candidate, ...]:
    """The longest due candidate of each host that is not busy; nobody else gets it before `until`."""
    table, source = schema.candidate, schema.source
    first = (
        select(func.min(table.c.id).label("id"))
        .where(table.c.due <= now.isoformat(), table.c.host.not_in(list(busy)))
        .group_by(table.c.host)
        .order_by("id")
        .limit(limit)
    )
    numbers = [row.id for row in connection.execute(first)]
    if not numbers:
        return ()
    rows = connection.execute(
        select(table, source.c.title.label("outlet"))
        .join(source, source.c.id == table.c.source)
        .where(table.c.id.in_(numbers))
        .order_by(table.c.id)
    ).all()
    connection.execute(
        update(table)
        .where(table.c.id.in_(numbers))
        .values(due=until.isoformat(), leased=True, tries=table.c.tries + 1)
    )
    return tuple(_candidate(row) for row in rows)


def release_leases(connection: Connection, *, now: datetime) -> int:
    """After a start: what was under way when the program ended is due again."""
    table = schema.candidate
    freed = connection.execute(
        update(table)
        .where(table.c.leased.is_(True))
        .values(
            leased=False, due=now.isoformat(), tries=case((table.c.tries > 0, table.c.tries - 1), else_=0)
        )
    )
    return freed.rowcount


def find_signatures(connection: Connection, keys: Sequence[str]) -> Mapping[str, str]:
    """The signatures of those keys that are known."""
    table = schema.candidate
    found: dict[str, str] = {}
    for at in range(0, len(keys), _CHUNK):
        rows = connection.execute(
            select(table.c.key, table.c.signature).where(table.c.key.in_(keys[at : at + _CHUNK]))
        )
        found.update({row.key: row.signature for row in rows})
    return found


def count_due(connection: Connection, *, now: datetime) -> int:
    """Candidates that wait to be fetched now."""
    table = schema.candidate
    return connection.execute(
        select(func.count()).select_from(table).where(table.c.due <= now.isoformat())
    ).scalar_one()


def load_sources(connection: Connection) -> tuple[Source, ...]:
    """All that is followed, in the order in which it came."""
    return tuple(
        _source(row) for row in connection.execute(select(schema.source).order_by(schema.source.c.id))
    )


def view_sources(connection: Connection) -> tuple[SourceView, ...]:
    """All that is followed with its health."""
    source, candidate = schema.source, schema.candidate
    counts = (
        select(candidate.c.source, func.count(distinct(candidate.c.article)).label("articles"))
        .where(candidate.c.article.is_not(None))
        .group_by(candidate.c.source)
        .subquery()
    )
    rows = connection.execute(
        select(source, func.coalesce(counts.c.articles, 0).label("articles"))
        .outerjoin(counts, counts.c.source == source.c.id)
        .order_by(source.c.id)
    )
    return tuple(
        SourceView(
            source=row.id,
            title=row.title,
            url=row.url,
            kind=row.kind,
            state=row.state,
            last_success=_moment(row.last_success),
            next_visit=None if row.state == "stopped" else _moment(row.next_visit),
            articles=row.articles,
            problem=row.problem,
        )
        for row in rows
    )


def count_recent(connection: Connection, *, since: datetime) -> Mapping[int, int]:
    """Articles of each source that were found since then."""
    table = schema.candidate
    rows = connection.execute(
        select(table.c.source, func.count(distinct(table.c.article)).label("articles"))
        .where(table.c.article.is_not(None), table.c.found >= since.isoformat())
        .group_by(table.c.source)
    )
    return {row.source: row.articles for row in rows}


def is_withheld(
    connection: Connection, *, url: str | None, outlet: str | None = None, key: str | None = None
) -> bool:
    """Whether something is on the deny list, by its address, outlet or article key, so that nothing of it shall be kept."""
    denied, article = schema.denied, schema.article
    if not has_denied(connection):
        return False
    entries = []
    if url is not None:
        begins = func.substr(url, 1, func.length(denied.c.value)) == denied.c.value
        entries.append(and_(denied.c.kind == "address", begins))
    if outlet is not None:
        entries.append(and_(denied.c.kind == "outlet", denied.c.value == outlet))
    same = [
        c
        for c in (article.c.url == url if url else None, article.c.key == key if key else None)
        if c is not None
    ]
    if same:
        numbers = select(cast(article.c.id, Text)).where(or_(*same))
        entries.append(and_(denied.c.kind == "article", denied.c.value.in_(numbers)))
    if not entries:
        return False
    return connection.execute(select(denied.c.id).where(or_(*entries)).limit(1)).first() is not None


def leave_out_withheld(
    connection: Connection, entries: Sequence[NewCandidate], *, outlet: str | None
) -> tuple[NewCandidate, ...]:
    """The entries without those of which nothing shall be kept. `outlet` is whose they are where they do not say so."""
    if not has_denied(connection):
        return tuple(entries)
    return tuple(e for e in entries if not is_withheld(connection, url=e.url, outlet=e.origin or outlet))


# ---------------------------------------------------------------- rows


_MOMENTS = ("next_visit", "failing_since", "last_visit", "last_success", "last_new")


def _status_values(status: SourceStatus) -> dict[str, Any]:
    values = {field.name: getattr(status, field.name) for field in fields(status)}
    for name in _MOMENTS:
        values[name] = values[name].isoformat() if values[name] else None
    return values


def _source(row: Row[Any]) -> Source:
    given = dict(row._mapping)
    values = {f.name: given[f.name] for f in fields(SourceStatus)}
    for name in _MOMENTS:
        values[name] = _moment(values[name])
    return Source(number=row.id, host=row.host, status=SourceStatus(**values))


def _candidate(row: Row[Any]) -> Candidate:
    entry = NewCandidate(**{f.name: row._mapping[f.name] for f in fields(NewCandidate)})
    return Candidate(
        number=row.id,
        source=row.source,
        tries=row.tries,
        outlet=row.outlet,
        stood_in=row.stood_in,
        entry=entry,
    )


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
