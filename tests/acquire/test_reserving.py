"""Rights reserved for a whole site: `/.well-known/tdmrep.json`."""

from __future__ import annotations

import asyncio
import ipaddress
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.origin import Reply, open_origin

from stemma.acquire.answers import Answer, Failure
from stemma.acquire.fetch import Fetcher
from stemma.acquire.reserving import decide_reservations, parse_reservations

SITE = "https://a.example"


@pytest.mark.parametrize(
    ("rules", "path", "reserved"),
    [
        ([{"location": "/", "tdm-reservation": 1}], "/news/1", True),
        ([{"location": "/*", "tdm-reservation": 1}], "/news/1", True),
        ([{"location": "/", "tdm-reservation": "1"}], "/news/1", True),
        ([{"location": "/", "tdm-reservation": 0}], "/news/1", False),
        ([{"location": "/archive/", "tdm-reservation": 1}], "/news/1", False),
        (
            [{"location": "/", "tdm-reservation": 1}, {"location": "/free/", "tdm-reservation": 0}],
            "/free/1",
            False,
        ),
        ([{"location": "/*.pdf$", "tdm-reservation": 1}], "/a.pdf", True),
        ([{"location": "/*.pdf$", "tdm-reservation": 1}], "/a.pdf.html", False),
        ([{"location": "/"}], "/news/1", False),
        ([{"location": "https://b.example/", "tdm-reservation": 1}], "/news/1", False),
        ([{"location": "/\nDisallow: /", "tdm-reservation": 0}], "/news/1", False),
        ({"location": "/", "tdm-reservation": 1}, "/news/1", False),
        ([None, 7, "x", {"location": 7}], "/news/1", False),
    ],
)
def test_locations_are_matched_as_in_robots_files(rules: object, path: str, reserved: bool) -> None:
    """The longest location that fits decides; what is no rule is passed over."""
    found = parse_reservations(json.dumps(rules).encode()).check(SITE + path)
    assert found == ("tdmrep.json" if reserved else None)


def test_where_there_is_no_file_nothing_is_reserved() -> None:
    """404 is kept for a day, trouble of the server for a quarter of an hour."""
    missing = decide_reservations(Answer(status=404, url=SITE))
    trouble = decide_reservations(Answer(status=503, url=SITE))
    away = decide_reservations(Failure(kind="timeout", words="w"))
    assert [r.check(SITE + "/x") for r in (missing, trouble, away)] == [None] * 3
    assert missing.keep > trouble.keep == away.keep


@given(st.binary(max_size=300))
def test_no_bytes_raise(body: bytes) -> None:
    """Whatever stands there, there is an answer."""
    parse_reservations(body).check(SITE + "/x")


def test_the_file_is_asked_for_once_a_day() -> None:
    """Three addresses of one site cost one request for it, after robots.txt."""
    with open_origin() as origin:
        origin.plays["/.well-known/tdmrep.json"] = Reply('[{"location": "/closed/", "tdm-reservation": 1}]')

        async def run() -> list[str | None]:
            network = ipaddress.ip_network("127.0.0.0/8")
            async with Fetcher(agent="Stemma/test", allow=[network], pause=0) as fetcher:
                paths = ("/closed/1", "/closed/2", "/open/1")
                return [await fetcher.find_reservation(origin.url + path) for path in paths]

        assert asyncio.run(run()) == ["tdmrep.json", "tdmrep.json", None]
        assert origin.paths() == ["/robots.txt", "/.well-known/tdmrep.json"]
