"""What is kept of written pages: which changes make which page old, and who is given an old one."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.store.test_store import _added

from stemma.serve import create_app, keeping
from stemma.store import open_store


class Watched:
    """A store that notes what is asked of it, and whose lists can be slow."""

    def __init__(self, store: Any) -> None:
        self.store = store
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.gate.set()

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        if name == "find_front":
            self.gate.wait(5)
        return getattr(self.store, name)


def open_portal(tmp_path: Path) -> tuple[Any, Watched, TestClient]:
    """Two stories; a writer on a connection of its own; a client."""
    desk, watched = open_store(tmp_path / "a.db"), Watched(open_store(tmp_path / "a.db"))
    desk.apply([_added(1), _added(2, story="s-2")])
    return desk, watched, TestClient(create_app(watched, private=True), base_url="http://127.0.0.1")  # type: ignore[arg-type]


def test_a_story_is_kept_while_others_change(tmp_path: Path) -> None:
    """An article that joins another story leaves a story's page and its articles as they were; one of its own does not."""
    desk, watched, client = open_portal(tmp_path)
    before = [client.get(page).text for page in ("/story/1", "/article/1")]
    desk.apply([_added(3, story="s-2")])
    watched.asked.clear()
    assert [client.get(page).text for page in ("/story/1", "/article/1")] == before
    assert "get_story" not in watched.asked
    assert "get_article" not in watched.asked
    assert "/article/3" in client.get("/story/2").text
    desk.apply([_added(4)])
    assert "/article/4" in client.get("/story/1", headers={"Cache-Control": "no-cache"}).text
    assert "get_story" in watched.asked


def test_an_old_page_is_given_while_the_new_one_is_written(tmp_path: Path) -> None:
    """While the new front page is not done, readers have the old one at once; a reload waits for the new; later ones have it."""
    desk, watched, client = open_portal(tmp_path)
    with client:
        old = client.get("/").text
        watched.gate.clear()
        desk.apply([_added(3, story="s-3")])
        started = time.monotonic()
        assert client.get("/").text == old
        assert time.monotonic() - started < 2
        threading.Timer(0.3, watched.gate.set).start()
        new = client.get("/", headers={"Cache-Control": "max-age=0"}).text
        assert "/story/3" in new
        assert client.get("/").text == new


def test_no_page_is_old_for_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the moment is over in which an old page may be given, readers wait for the new one."""
    monkeypatch.setattr(keeping, "OLDEST", -1.0)
    desk, watched, client = open_portal(tmp_path)
    with client:
        client.get("/")
        watched.gate.clear()
        desk.apply([_added(3, story="s-3")])
        threading.Timer(0.3, watched.gate.set).start()
        assert "/story/3" in client.get("/").text


def test_withheld_while_the_new_page_is_written(tmp_path: Path) -> None:
    """An old page that a reader waits on is not given when its article is withheld before the new one is there."""
    desk, _watched, client = open_portal(tmp_path)
    with client:
        client.get("/")
        desk.deny("article", "2", reason="asked for", since=_added(1).read_at)
        assert "/story/2" not in client.get("/").text


def test_names_of_stories_do_not_leave_the_portal(tmp_path: Path) -> None:
    """The header by which pages say whose they are is taken off, with and without a copy at the reader."""
    _, _, client = open_portal(tmp_path)
    for _ in range(2):
        assert "x-stemma-story" not in client.get("/story/1").headers
