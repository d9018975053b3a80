"""A page that is kept for many readers shows nothing that was withheld since."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.store.test_store import TEXT, _added

from stemma.serve import create_app
from stemma.serve.preparing import prepare
from stemma.store import open_store

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
PAGES = ("/", "/latest", "/story/1", "/article/2", "/search?q=dam", "/outlets", "/feed.atom")


@pytest.mark.parametrize(
    ("kind", "value"), [("article", "2"), ("outlet", "Outlet 2"), ("address", "https://two.example/")]
)
def test_what_is_withheld_is_gone_with_the_next_request(tmp_path: Path, kind: str, value: str) -> None:
    """Pages are asked for until they come from what is kept; then another connection withholds an article, and the very
    next answers hold nothing of it; when it is allowed again, they do."""
    store, desk = open_store(tmp_path / "a.db"), open_store(tmp_path / "a.db")
    desk.apply([_added(1), _added(2, url="https://two.example/x", outlet="Outlet 2"), _added(3, story="s-2")])
    client = TestClient(create_app(store, private=True), base_url="http://127.0.0.1")
    before = {page: client.get(page) for page in PAGES for _ in range(2)}
    shown = {
        page: "/article/2" in answer.text or "Outlet 2" in answer.text for page, answer in before.items()
    }
    assert shown["/story/1"]
    assert shown["/article/2"]
    assert desk.deny(kind, value, reason="asked for", since=NOW)  # type: ignore[arg-type]
    for page in PAGES:
        after = client.get(page, headers={"If-None-Match": before[page].headers["etag"]})
        assert "/article/2" not in after.text, page
        assert "Outlet 2" not in after.text, page
        assert after.status_code == (
            404 if page == "/article/2" else 200 if shown[page] else after.status_code
        ), page
    assert desk.allow(kind, value)  # type: ignore[arg-type]
    assert TEXT[:20] in client.get("/article/2").text


def test_first_pages_are_written_before_anybody_asks(tmp_path: Path) -> None:
    """What is prepared is what a reader then gets, without the store being read for it again."""
    store = open_store(tmp_path / "a.db")
    store.apply([_added(1), _added(2)])
    read = []

    class Watched:
        def __getattr__(self, name: str) -> object:
            read.append(name)
            return getattr(store, name)

    app = create_app(Watched(), private=True)  # type: ignore[arg-type]
    with TestClient(app, base_url="http://127.0.0.1") as client:
        client.portal.call(prepare, app, store)
        read.clear()
        assert client.get("/story/1").status_code == 200
        assert client.get("/").status_code == 200
        assert set(read) <= {"get_version"}
