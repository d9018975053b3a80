"""Making the pages of stories: in steps that end, so that whoever stops does not wait for all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stemma.newsroom import editor
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.store import Store, open_store
from stemma.types import Article, ArticleId

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TEXTS = (
    "The harbour bridge of Port Ellsay was closed after inspectors found cracks in two of its cables, the mayor said.",
    "A late frost destroyed most of the apple blossom in the Varde valley, growers of the cooperative said on Friday.",
    "The town library of Morkum reopens on Monday after two years of repairs; the reading room was painted green.",
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = open_store(tmp_path / "stemma.db")
    pages = [
        ReadPage(
            digest=str(n), name=str(n), url=f"https://a.example/{n}", fetched=None, read_at=NOW,
            outcome=Article(id=ArticleId(str(n)), text=text, title=text[:40], outlet="A", language="en"),
        )
        for n, text in enumerate(TEXTS)
    ]  # fmt: skip
    Newsroom(made).take(pages)
    return made


def test_a_step_ends_when_it_takes_long(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no time to a step each story is one; whoever stops after the first finds the others still to be made."""
    monkeypatch.setattr(editor, "_LONGEST_STEP", -1.0)
    steps = edit_stale(store)
    assert next(steps) == 2
    assert len(store.find_stale().stories) == 2
    assert list(steps) == [1, 0]
    assert store.find_stale().stories == ()


def test_short_stories_share_a_transaction(store: Store) -> None:
    """Three quick stories are one step."""
    assert list(edit_stale(store)) == [0]
