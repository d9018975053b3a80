"""Batches written a table at a time, and entries of the deny list that name part of a host."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.store.test_store import _added

from stemma.errors import NotFoundError
from stemma.store import open_store
from stemma.store.effects import PageRead
from stemma.types import Rejected

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def _rejected(name: str) -> PageRead:
    reason = Rejected(id=None, stage="extract", reason="empty", detail="")  # type: ignore[arg-type]
    return PageRead(
        digest=name, name=name, url=None, fetched=None, read_at=NOW, article=None, rejected=reason
    )


def test_a_story_that_several_articles_of_a_batch_open_is_one_story(tmp_path: Path) -> None:
    """Articles of one batch find the story that an earlier one of them opened, among rejected pages too; its size is
    their number, also when the next batch goes on with it."""
    store = open_store(tmp_path / "a.db")
    store.apply([_added(1), _rejected("x"), _added(2), _added(3, story="s-2"), _rejected("y")])
    store.apply([_added(4), _added(5, story="s-2")])
    assert [row.articles for row in store.find_stories(limit=9)] == [(1, 2, 4), (3, 5)]
    assert store.count().rejected == (("empty", 2),)


@pytest.mark.parametrize("value", ["https://two.exam", "https://two.example", "https://two.example/x"])
def test_an_address_withholds_all_that_begin_so(tmp_path: Path, value: str) -> None:
    """Also an entry that ends within a host's name withholds; another host that is alike stays."""
    store = open_store(tmp_path / "a.db")
    store.apply([_added(1, url="https://two.example/x/1"), _added(2, url="https://twofold.example/x/1")])
    store.deny("address", value, reason="asked for", since=NOW)
    with pytest.raises(NotFoundError):
        store.get_article(1)
    assert store.get_article(2).url == "https://twofold.example/x/1"
