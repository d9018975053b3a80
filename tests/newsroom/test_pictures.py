"""Pictures for readers: through the gate, within bounds, and nothing of what came but its pixels."""

from __future__ import annotations

import ipaddress
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from tests.origin import Origin, Reply, open_origin

from stemma.newsroom import pictures as pictures_module
from stemma.newsroom.pictures import Pictures

HERE = (ipaddress.ip_network("127.0.0.0/8"),)


def draw(kind: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


@pytest.fixture
def origin() -> Iterator[Origin]:
    """An outlet on this machine."""
    with open_origin() as server:
        yield server


def test_picture_is_painted_anew(origin: Origin) -> None:
    """What readers get is a JPEG of ours, smaller, without the metadata that came; the outlet is asked once."""
    exif = Image.Exif()
    exif[0x010E] = "SECRET PLACE"
    origin.plays["/p.png"] = Reply(draw("PNG", (3000, 1500)), headers={"Content-Type": "image/png"})
    origin.plays["/p.jpg"] = Reply(draw("JPEG", exif=exif) + b"<script>alert(1)</script>")
    pictures = Pictures(agent="Test/1", allow=HERE)
    made = pictures.find(f"{origin.url}/p.png")
    assert made is not None
    with Image.open(BytesIO(made)) as seen:
        assert (seen.format, seen.size) == ("JPEG", (1280, 640))
    plain = pictures.find(f"{origin.url}/p.jpg")
    assert plain is not None
    assert b"SECRET" not in plain
    assert b"script" not in plain
    assert pictures.find(f"{origin.url}/p.png") == made
    assert [asked.path for asked in origin.asked].count("/p.png") == 1


def make_bomb() -> bytes:
    """A PNG of 60,000 by 60,000 points in some bytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff\xe0 not a picture",
        draw("TIFF"),
        make_bomb(),
    ],
)
def test_what_is_no_picture_is_not_passed_on(origin: Origin, body: bytes) -> None:
    """Vector drawings, pages, broken files, other formats and bombs give nothing; nothing of them is asked for again soon."""
    origin.plays["/x"] = Reply(body, headers={"Content-Type": "image/png"})
    pictures = Pictures(agent="Test/1", allow=HERE)
    assert pictures.find(f"{origin.url}/x") is None
    assert pictures.find(f"{origin.url}/x") is None
    assert [asked.path for asked in origin.asked].count("/x") == 1


def test_gate_and_robots_hold(origin: Origin) -> None:
    """No picture comes from an address of this machine's own network, none that robots.txt keeps from us, none too large."""
    origin.plays["/p.png"] = Reply(draw("PNG"))
    assert Pictures(agent="Test/1").find(f"{origin.url}/p.png") is None
    assert origin.asked == []
    origin.plays["/robots.txt"] = Reply(
        "User-agent: *\nDisallow: /p.png\n", headers={"Content-Type": "text/plain"}
    )
    assert Pictures(agent="Test/1", allow=HERE).find(f"{origin.url}/p.png") is None
    assert "/p.png" not in [asked.path for asked in origin.asked]


def test_what_is_kept_is_bounded(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the oldest picture is forgotten, and asked for anew."""
    monkeypatch.setattr(pictures_module, "KEPT_BYTES", 2_000)
    for name in "abc":
        origin.plays[f"/{name}"] = Reply(draw("PNG"))
    pictures = Pictures(agent="Test/1", allow=HERE)
    for name in "abca":
        assert pictures.find(f"{origin.url}/{name}")
    assert [asked.path for asked in origin.asked].count("/a") == 2
