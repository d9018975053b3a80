"""Files to pages, with positions from which reading goes on; archives with damage in them."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from stemma.acquire.files import FileToRead, kind_of
from stemma.acquire.intake import MAX_PAGE, Intake
from stemma.acquire.pages import iterate_pages
from stemma.types import Page, Rejected


def _file(path: Path) -> FileToRead:
    return FileToRead(path=path, kind=kind_of(path), name=path.name)


def _archive(
    path: Path, bodies: list[bytes], *, gzip: bool = True, media: str = "text/html; charset=utf-8"
) -> None:
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for n, body in enumerate(bodies):
            headers = StatusAndHeaders("200 OK", [("Content-Type", media)], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://outlet{n}.example/story",
                "response",
                payload=io.BytesIO(body),
                http_headers=headers,
                warc_headers_dict={"WARC-Date": "2026-03-01T10:00:00Z"},
            )
            writer.write_record(record)


def _pages(intakes: list[Intake]) -> list[Page]:
    return [i.item for i in intakes if isinstance(i.item, Page)]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_archive_gives_its_pages_and_where_each_ends(tmp_path: Path, name: str) -> None:
    """Each response is a page with its address and the archive's clock; from any position the rest follows."""
    path = tmp_path / name
    _archive(path, [b"<p>one</p>", b"<p>two</p>", b"<p>three</p>"], gzip=name.endswith("gz"))
    intakes = list(iterate_pages(_file(path)))
    pages = _pages(intakes)
    assert [p.body for p in pages] == [b"<p>one</p>", b"<p>two</p>", b"<p>three</p>"]
    assert pages[1].url == "https://outlet1.example/story"
    assert pages[0].fetched is not None
    assert pages[0].fetched.isoformat() == "2026-03-01T10:00:00+00:00"
    assert pages[0].charset == "utf-8"
    rest = list(iterate_pages(_file(path), start=intakes[0].position))
    assert [p.id for p in _pages(rest)] == [p.id for p in pages[1:]]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_damage_in_an_archive_costs_one_record(tmp_path: Path, name: str) -> None:
    """A damaged member is counted as rejected, and the records after it are read."""
    path = tmp_path / name
    _archive(
        path, [b"<p>" + os.urandom(400).hex().encode() + b"</p>" for _ in range(4)], gzip=name.endswith("gz")
    )
    ids = [p.id for p in _pages(list(iterate_pages(_file(path))))]
    hurt = int(ids[1].rpartition("#")[2])
    data = bytearray(path.read_bytes())
    data[hurt : hurt + 60] = bytes(60)
    path.write_bytes(data)
    intakes = list(iterate_pages(_file(path)))
    assert [i for i in ids if i in {p.id for p in _pages(intakes)}] == [ids[0], ids[2], ids[3]]
    assert any(isinstance(i.item, Rejected) and i.item.reason == "broken archive record" for i in intakes)


def test_damage_within_a_member_costs_that_member(tmp_path: Path) -> None:
    """A member whose beginning is sound and whose middle is not hides none of those behind it."""
    path = tmp_path / "crawl.warc.gz"
    _archive(path, [b"<p>" + os.urandom(20_000).hex().encode() + b"</p>" for _ in range(4)])
    ids = [p.id for p in _pages(list(iterate_pages(_file(path))))]
    middle = (int(ids[1].rpartition("#")[2]) + int(ids[2].rpartition("#")[2])) // 2
    data = bytearray(path.read_bytes())
    data[middle : middle + 40] = bytes(40)
    path.write_bytes(data)
    intakes = list(iterate_pages(_file(path)))
    assert [p.id for p in _pages(intakes)] == [ids[0], ids[2], ids[3]]
    assert len(intakes) == 4


def test_an_archive_without_records(tmp_path: Path) -> None:
    """An empty file gives nothing; a file of noise is one rejection."""
    empty, noise = tmp_path / "empty.warc.gz", tmp_path / "noise.warc"
    empty.write_bytes(b"")
    noise.write_bytes(bytes(range(256)) * 40)
    assert list(iterate_pages(_file(empty))) == []
    (lost,) = iterate_pages(_file(noise))
    assert isinstance(lost.item, Rejected)
    assert lost.item.reason == "broken archive record"


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.warc"])
def test_a_cut_off_archive_gives_what_is_whole(tmp_path: Path, name: str) -> None:
    """The record in which the file ends is counted as lost, and no half page is taken for a page."""
    path = tmp_path / name
    _archive(
        path, [b"<p>" + os.urandom(400).hex().encode() + b"</p>" for _ in range(3)], gzip=name.endswith("gz")
    )
    path.write_bytes(path.read_bytes()[:-300])
    items = [i.item for i in iterate_pages(_file(path))]
    assert [type(i) for i in items] == [Page, Page, Rejected]


def test_pictures_and_redirects_are_no_pages(tmp_path: Path) -> None:
    """Only answers with a page in them are pages."""
    path = tmp_path / "crawl.warc.gz"
    _archive(path, [b"\x89PNG"], media="image/png")
    assert list(iterate_pages(_file(path))) == []


def test_lines_go_on_from_a_position_with_their_own_numbers(tmp_path: Path) -> None:
    """A broken line has the same name whether reading stopped before it or not."""
    path = tmp_path / "pages.jsonl"
    path.write_text('{"id": "a", "text": "x"}\nnot json\n\n{"id": "b", "html": "<p>y</p>"}\n[1]\n')
    all_at_once = list(iterate_pages(_file(path)))
    resumed = list(iterate_pages(_file(path), start=all_at_once[0].position))
    assert [i.item.id for i in all_at_once] == ["a", "line 2", "b", "line 5"]
    assert resumed == all_at_once[1:]


def test_one_endless_line_costs_itself(tmp_path: Path) -> None:
    """A line of 90 MB is rejected as too large without being parsed, and the line after it is read."""
    path = tmp_path / "pages.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"id": "big", "text": "' + b"x" * 90_000_000 + b'"}\n{"id": "b", "text": "y"}\n')
    first, second = iterate_pages(_file(path))
    assert isinstance(first.item, Rejected)
    assert first.item.reason == "too large"
    assert isinstance(second.item, Page)


def test_what_cannot_be_read_is_a_rejection(tmp_path: Path) -> None:
    """A huge file, a file that is a folder by now, and one of an unknown kind are values, not faults."""
    large = tmp_path / "large.html"
    with large.open("wb") as stream:
        stream.truncate(MAX_PAGE + 1)
    odd = tmp_path / "odd.pdf"
    odd.write_bytes(b"%PDF")
    folder = tmp_path / "folder.html"
    folder.mkdir()
    reasons = []
    for path in (large, odd, folder):
        (intake,) = iterate_pages(_file(path))
        assert isinstance(intake.item, Rejected)
        reasons.append(intake.item.reason)
    assert reasons == ["too large", "not a text", "unreadable file"]


def test_a_record_that_promises_too_much_and_one_of_a_file(tmp_path: Path) -> None:
    """A record of a file of the crawler's machine is passed over, one that promises ten gigabytes costs itself alone and is
    counted; the sound ones beside them are read."""
    path = tmp_path / "crawl.warc"
    _archive(path, [b"<p>one</p>", b"<p>two</p>", b"<p>three</p>"], gzip=False)
    records = path.read_bytes().split(b"WARC/1.0\r\n")
    records[2] = records[2].replace(b"https://outlet0.example/story", b"file:///etc/passwd")
    records[3] = re.sub(rb"(?m)^Content-Length: \d+", b"Content-Length: 10000000000", records[3], count=1)
    path.write_bytes(b"WARC/1.0\r\n".join(records))
    intakes = list(iterate_pages(_file(path)))
    assert [p.body for p in _pages(intakes)] == [b"<p>three</p>"]
    assert sum(isinstance(i.item, Rejected) for i in intakes) == 1
    assert "root:" not in repr(intakes)
