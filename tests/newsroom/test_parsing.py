"""Documents in a killable process: a costly one costs itself, the next is read."""

from __future__ import annotations

import asyncio
import multiprocessing
import time

import pytest

from stemma.acquire.documents import Document, Job
from stemma.acquire.items import Parsed, Unreadable
from stemma.newsroom import parsing
from stemma.newsroom.parsing import DocumentReader

FEED = Job(
    wanted="feed",
    body=b"<rss version='2.0'><channel><title>T</title></channel></rss>",
    url="http://a.example/",
)


def _read(job: Job) -> Document:
    if job.body == b"stuck":
        time.sleep(60)
    while job.body == b"busy":
        pass
    if job.body == b"hungry":
        return Unreadable(words=str(len(bytearray(2 << 30))))
    if job.body == b"dead":
        raise SystemExit(3)
    return Parsed(kind="feed", title="T")


def test_a_document_that_overruns_is_given_up_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time, memory and the death of the process are each said in words; reading goes on."""
    monkeypatch.setattr(parsing, "make_context", lambda many: multiprocessing.get_context("fork"))
    monkeypatch.setattr(parsing, "read_document", _read)

    async def run() -> list[Document]:
        async with DocumentReader(seconds=1, patience=1.5) as reader:
            bodies = (b"stuck", b"fine", b"hungry", b"dead", b"fine")
            return [await reader.read(Job(wanted="feed", body=b, url="http://a.example/")) for b in bodies]

    stuck, fine, hungry, dead, again = asyncio.run(run())
    assert stuck == Unreadable(words="not read after 1.5 seconds")
    assert isinstance(hungry, Unreadable)
    assert "512 MiB" in hungry.words
    assert isinstance(dead, Unreadable)
    assert isinstance(fine, Parsed)
    assert isinstance(again, Parsed)


def test_a_document_that_computes_for_too_long_is_ended_by_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit is on a core's time and not on the wall's, so that a busy machine loses no honest document."""
    monkeypatch.setattr(parsing, "make_context", lambda many: multiprocessing.get_context("fork"))
    monkeypatch.setattr(parsing, "read_document", _read)

    async def run() -> list[Document]:
        async with DocumentReader(seconds=1) as reader:
            return [
                await reader.read(Job(wanted="feed", body=b, url="http://a.example/"))
                for b in (b"busy", b"fine")
            ]

    busy, fine = asyncio.run(run())
    assert busy == Unreadable(words="not read after 1 seconds of computing")
    assert isinstance(fine, Parsed)
