"""Which files are read, in which order, under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.acquire.files import list_files
from stemma.errors import UsageError


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def test_folder_is_read_in_sorted_order_with_paths_below_it(tmp_path: Path) -> None:
    """Files of a folder come sorted, named by their path below it; other kinds are counted and hidden ones are not."""
    _touch(tmp_path, "b.html", "a/z.txt", "a/b.WARC.GZ", "notes.md", ".hidden.html")
    listing = list_files([str(tmp_path)])
    assert [f.name for f in listing.files] == ["b.html", "a/b.WARC.GZ", "a/z.txt"]
    assert [f.kind for f in listing.files] == ["html", "archive", "text"]
    assert listing.skipped == 1


def test_equal_names_are_told_apart_by_the_argument(tmp_path: Path) -> None:
    """Where two ids would be equal, the argument as typed stands before both."""
    _touch(tmp_path, "one/x.html", "two/x.html", "two/y.html")
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    assert [f.name for f in list_files([one, two]).files] == [f"{one}/x.html", f"{two}/x.html", "y.html"]


def test_a_file_is_named_by_its_own_name(tmp_path: Path) -> None:
    """An argument that is a file gets its name as id, and is read even where its ending is not known."""
    _touch(tmp_path, "deep/page.htm", "deep/odd.pdf")
    listing = list_files([str(tmp_path / "deep/page.htm"), str(tmp_path / "deep/odd.pdf")])
    assert [(f.name, f.kind) for f in listing.files] == [("page.htm", "html"), ("odd.pdf", "unknown")]


def test_a_path_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    """A wrong path is the user's mistake, named before anything is read."""
    with pytest.raises(UsageError, match="no such file"):
        list_files([str(tmp_path / "gone.html")])
