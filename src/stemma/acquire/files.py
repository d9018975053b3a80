"""Paths to a fixed list of files to read: what each is, and the id that its pages get.

Decides by names alone and opens nothing. A folder is walked in sorted order, hidden files and links to folders left
out; files of other kinds in it are counted as skipped. Where next: `acquire/pages.py` opens them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from stemma.errors import UsageError

FileKind = Literal["html", "text", "lines", "archive", "unknown"]

_ENDINGS: tuple[tuple[str, FileKind], ...] = (
    (".warc.wet.gz", "archive"),
    (".warc.wet", "archive"),
    (".wet.gz", "archive"),
    (".wet", "archive"),
    (".warc.gz", "archive"),
    (".warc", "archive"),
    (".jsonl", "lines"),
    (".ndjson", "lines"),
    (".html", "html"),
    (".htm", "html"),
    (".xhtml", "html"),
    (".txt", "text"),
)
KNOWN_ENDINGS = ".html, .htm, .txt, .jsonl, .warc, .warc.gz, .wet.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToRead:
    """One file. `name` is the id of its page, or what stands before the `#` of its records' ids."""

    path: Path
    kind: FileKind
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Files in the order of reading, and how many others were passed over."""

    files: tuple[FileToRead, ...]
    skipped: int


def list_files(arguments: Sequence[str]) -> Listing:
    """The files that the arguments name. Raises `UsageError` where an argument is no file and no folder.

    A file's name is its own; in a folder it is the path below that folder. Where two would be equal, the argument as
    typed stands before both.
    """
    found: list[tuple[str, Path, str, bool]] = []
    skipped = 0
    for argument in arguments:
        path = Path(argument)
        if path.is_dir():
            for below in _walk(path):
                if kind_of(below) == "unknown":
                    skipped += 1
                else:
                    found.append((argument, below, below.relative_to(path).as_posix(), True))
        elif path.exists():
            found.append((argument, path, path.name, False))
        else:
            raise UsageError(f"{argument}: there is no such file or folder")
    names = Counter(name for _, _, name, _ in found)
    files = tuple(
        FileToRead(
            path=path,
            kind=kind_of(path),
            name=name if names[name] == 1 else _longer(argument, name, in_folder=in_folder),
        )
        for argument, path, name, in_folder in found
    )
    return Listing(files=files, skipped=skipped)


def kind_of(path: Path) -> FileKind:
    """What a file is, by the ending of its name."""
    name = path.name.lower()
    for ending, kind in _ENDINGS:
        if name.endswith(ending):
            return kind
    return "unknown"


def _longer(argument: str, name: str, *, in_folder: bool) -> str:
    return f"{argument.rstrip('/')}/{name}" if in_folder else argument


def _walk(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root, name)
