"""read, show and search against a store of their own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from tests.conftest import HARBOUR, ORCHARD, article_line

Run = Callable[..., subprocess.CompletedProcess[bytes]]
MakeLines = Callable[..., Path]


def test_read_show_search(stemma: Run, make_lines: MakeLines) -> None:
    """What was read can be listed, shown whole, and found by its words; a second reading adds nothing."""
    path = make_lines(
        [article_line("a"), article_line("b", ORCHARD, title="Frost takes the apples", outlet="Varde Post")]
    )
    first = stemma("read", str(path), "--json")
    assert first.returncode == 0, first.stderr
    stories = [json.loads(line) for line in first.stdout.splitlines()]
    assert {"story", "title", "articles", "outlets", "newsrooms", "first_seen", "thread"} <= stories[0].keys()
    assert len(stories) == 2
    assert b"2 new articles" in first.stderr
    second = stemma("read", str(path))
    assert b"0 new articles" in second.stderr
    again = [json.loads(line) for line in stemma("show", "stories", "--json").stdout.splitlines()]
    assert again == stories
    story = json.loads(stemma("show", "story", str(stories[0]["story"]), "--json").stdout)
    article = json.loads(stemma("show", "article", str(story["articles"][0]["article"]), "--json").stdout)
    for sentence in story["brief"]:
        for citation in sentence["citations"]:
            assert article["text"][citation["start"] : citation["end"]] == citation["words"]
    hits = [json.loads(line) for line in stemma("search", "apple blossom", "--json").stdout.splitlines()]
    assert {"kind", "id", "title", "published", "snippet"} <= hits[0].keys()
    assert {hit["kind"] for hit in hits} == {"story", "article"}


def test_a_story_as_text_says_who_copied_and_what_was_changed(stemma: Run, make_lines: MakeLines) -> None:
    """The text of a story names the copy, its source, each change with both wordings, and quotations by speaker."""
    changed = HARBOUR.replace("gamble with lives", "play games with lives").replace("14,000", "17,000")
    early = article_line("a", outlet="Ellsay Herald", published="2025-03-04T08:00:00+00:00")
    late = article_line("b", changed, outlet="Port Mirror", published="2025-03-04T15:00:00+00:00")
    story = json.loads(stemma("read", str(make_lines([early, late])), "--json").stdout.splitlines()[0])
    shown = stemma("show", "story", str(story["story"])).stdout.decode()
    assert "2 articles, 2 named outlets, 1 independent newsroom, settled\n" in shown
    assert "Port Mirror derives from Ellsay Herald (edited, " in shown
    assert 'quote reworded: "We will not gamble with lives," -> "We will not play games with lives,"' in shown
    assert 'figure changed: "14,000" -> "17,000"' in shown
    assert "\n  Ines Okarro\n    “We will not gamble with lives,” [Ellsay Herald]\n" in shown


def test_what_is_not_there_is_said(stemma: Run) -> None:
    """An unknown number, a wrong number and an empty store are answered in words."""
    assert stemma("show", "story", "7").returncode == 2
    assert stemma("show", "article", "x").returncode == 2
    assert stemma("show", "story", "99999999999999999999").returncode == 2
    assert b"No stories yet" in stemma("show", "stories").stdout
    assert stemma("show", "stories", "--json").stdout == b""


def test_rejected_pages_can_be_looked_up(stemma: Run, tmp_path: Path) -> None:
    """What could not be used is counted at the end of a reading and listed with its reason; the rest is read."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "empty.html").write_bytes(b"")
    (folder / "broken.warc.gz").write_bytes(b"\x1f\x8b\x08 this is no gzip")
    (folder / "good.txt").write_text("Harbour bridge closed\n\n" + HARBOUR, encoding="utf-8")
    done = stemma("read", str(folder))
    assert done.returncode == 1
    assert b"1 new articles" in done.stderr
    rows = [json.loads(line) for line in stemma("show", "rejected", "--json").stdout.splitlines()]
    assert {row["name"].partition("#")[0] for row in rows} == {"empty.html", "broken.warc.gz"}


def test_a_newer_store_is_left_alone(stemma: Run, tmp_path: Path) -> None:
    """A store that a newer Stemma made is refused in words, and not touched."""
    import sqlite3

    home = tmp_path / "home"
    stemma("show", "stories", home=home)
    with sqlite3.connect(home / "stemma.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    done = stemma("show", "stories", home=home)
    assert done.returncode == 3
    assert b"newer Stemma" in done.stderr


def test_two_writers_are_one_too_many(stemma: Run, make_lines: MakeLines, tmp_path: Path) -> None:
    """A second reading into the same store says so at once and changes nothing."""
    from stemma.store.engine import hold_writing

    path = make_lines([article_line("a")])
    home = tmp_path / "home"
    with hold_writing(home / "stemma.db"):
        done = stemma("read", str(path), home=home)
    assert done.returncode == 3
    assert b"another Stemma is writing" in done.stderr
