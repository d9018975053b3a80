"""Lists of stories by day, and what they read for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from tests.store.test_store import _added

from stemma.store import open_store


@pytest.mark.parametrize("field", [None, "language", "country", "section"])
def test_a_list_by_day_reads_no_text(tmp_path: Path, field: str | None) -> None:
    """Whose newest revision is of which day is read off an index alone, for all articles and for those of a language, a
    country or a section: the table's pages hold the texts."""
    store = open_store(tmp_path / "a.db")
    store.apply([_added(number, story=f"s-{number}") for number in range(1, 300)])
    asked: list[tuple[str, Any]] = []
    event.listen(
        store._engine, "before_cursor_execute", lambda *call: asked.append((call[2], call[3])), named=False
    )
    store.find_latest(limit=200, **({field: "en"} if field else {}))  # type: ignore[arg-type]
    by_day = [(statement, values) for statement, values in asked if "revision.earliest DESC" in statement]
    assert by_day
    index = f"COVERING INDEX ix_revision_{field or 'earliest'}"
    with store._engine.connect() as connection:
        for statement, values in by_day:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            assert any(index in row[3] for row in plan), statement


def test_stories_by_day_come_in_parts_and_each_once(tmp_path: Path) -> None:
    """However many articles are looked at at a time, the list goes on to the last story and names none twice."""
    store = open_store(tmp_path / "a.db")
    store.apply([_added(number, story=f"s-{number % 260}") for number in range(1, 700)])
    found = [row.story for row in store.find_latest(limit=1000)]
    assert len(found) == len(set(found)) == 260
    assert [row.story for row in store.find_latest(limit=50, offset=190)] == found[190:240]
