"""Following what a real web server gives: nginx, with conditional requests, gzip, kept connections and TLS."""

from __future__ import annotations

import asyncio
import gzip
import ipaddress
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.origin import rss

from stemma.acquire.answers import Answer, Fetched
from stemma.acquire.fetch import Fetcher

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin:/opt/homebrew/bin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
_CONFIGURATION = """
{user} worker_processes 1; pid {folder}/pid; error_log {folder}/error; daemon off;
events {{ worker_connections 64; }}
http {{
  access_log {folder}/access;
  log_format connections '$connection $connection_requests $status $body_bytes_sent $request_uri';
  access_log {folder}/connections connections;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  gzip on; gzip_types application/rss+xml; gzip_min_length 100;
  types {{ application/rss+xml xml; text/html html; text/plain txt; }}
  limit_req_zone $binary_remote_addr zone=one:1m rate=1r/m; limit_req_status 429;
  server {{
    listen 127.0.0.1:{port}; root {folder}/www; keepalive_timeout 30;
    location /limited/ {{ limit_req zone=one; }}
    location /old.xml {{ return 301 /feed.xml; }}
    location /gone.xml {{ return 410; }}
    location /packed/ {{ gzip_static off; default_type application/gzip; }}
  }}
}}
"""


class Server:
    """nginx over a folder."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        (folder / "www").mkdir()
        (folder / "nginx.conf").write_text(
            _CONFIGURATION.format(folder=folder, port=port, user="user root;" if os.geteuid() == 0 else "")
        )
        self._process = subprocess.Popen([NGINX or "", "-p", str(folder), "-c", str(folder / "nginx.conf")])
        until = time.monotonic() + 20
        while not (folder / "pid").exists() or not self._answers(port):
            assert time.monotonic() < until, "nginx did not start"
            time.sleep(0.05)

    def put(self, path: str, body: bytes) -> None:
        place = self.folder / "www" / path
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(body)

    def lines(self, last: str) -> list[list[str]]:
        """What was asked, up to the address `last`: connection, its requests so far, status, bytes sent, address.

        nginx notes a request when it is through with it, which may be after the answer has arrived.
        """
        until = time.monotonic() + 10
        while True:
            noted = [line.split() for line in (self.folder / "connections").read_text().splitlines()]
            if any(line[4:] == [last] for line in noted) or time.monotonic() > until:
                return noted
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    @staticmethod
    def _answers(port: int) -> bool:
        with socket.socket() as tried:
            return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    yield made
    made.stop()


def get(*requests: tuple[str, Answer | None]) -> list[Fetched]:
    """One fetch after the other, each conditional on an earlier answer where one is given."""

    async def run() -> list[Fetched]:
        network = ipaddress.ip_network("127.0.0.0/8")
        async with Fetcher(agent="Stemma/test", allow=[network], pause=0.05) as fetcher:
            return [
                await fetcher.fetch(
                    address,
                    etag=before.etag if before else None,
                    last_modified=before.last_modified if before else None,
                )
                for address, before in requests
            ]

    return asyncio.run(run())


def answered(fetched: Fetched) -> Answer:
    assert isinstance(fetched, Answer), fetched
    return fetched


def test_what_did_not_change_is_not_sent_again(server: Server) -> None:
    """The ETag and date that nginx gives are what it takes back: 304 without a body; another file is sent whole."""
    feed = rss(
        "Nginx Courier", [(f"{server.url}/a/{n}", f"Title {n}", "words " * 9) for n in range(30)]
    ).encode()
    server.put("feed.xml", feed)
    (first,) = map(answered, get((f"{server.url}/feed.xml", None)))
    assert first.body == feed
    assert first.etag
    assert first.last_modified
    (again,) = map(answered, get((f"{server.url}/feed.xml", first)))
    assert (again.status, again.body) == (304, b"")
    time.sleep(1.1)  # nginx makes its ETag of seconds and size
    server.put("feed.xml", feed + b"<!-- more -->")
    (changed,) = map(answered, get((f"{server.url}/feed.xml", first)))
    assert (changed.status, changed.body) == (200, feed + b"<!-- more -->")


def test_gzip_on_the_way_is_undone_and_a_gzip_file_is_not(server: Server) -> None:
    """nginx packs the feed and sends a tenth of it; a file that is gzip itself comes as it is."""
    feed = rss(
        "Nginx Courier", [(f"{server.url}/a/{n}", f"Title {n}", "words " * 9) for n in range(200)]
    ).encode()
    server.put("feed.xml", feed)
    server.put("packed/sitemap.xml.gz", gzip.compress(b"<urlset/>"))
    plain, packed = map(
        answered, get((f"{server.url}/feed.xml", None), (f"{server.url}/packed/sitemap.xml.gz", None))
    )
    assert plain.body == feed
    assert gzip.decompress(packed.body) == b"<urlset/>"
    (sent,) = [int(line[3]) for line in server.lines("/feed.xml") if line[4] == "/feed.xml"]
    assert sent < len(feed) / 5


def test_one_connection_carries_what_is_asked_of_a_host(server: Server) -> None:
    """robots.txt and three pages come over one connection, one after the other."""
    for n in range(3):
        server.put(f"page{n}.html", b"<p>hello")
    get(*((f"{server.url}/page{n}.html", None) for n in range(3)))
    asked = [line for line in server.lines("/page2.html") if line[4] != "-"]
    assert [line[4] for line in asked] == ["/robots.txt", "/page0.html", "/page1.html", "/page2.html"]
    assert len({line[0] for line in asked}) == 1


def test_limits_moves_and_goodbyes_of_a_real_server(server: Server) -> None:
    """429 by nginx's own limit, 301 and 410 arrive as what they are."""
    server.put("feed.xml", b"<rss/>")
    server.put("limited/feed.xml", b"<rss/>")
    limited = f"{server.url}/limited/feed.xml"
    first, second, moved, gone = map(
        answered,
        get(
            (limited, None),
            (limited, None),
            (f"{server.url}/old.xml", None),
            (f"{server.url}/gone.xml", None),
        ),
    )
    assert (first.status, second.status, gone.status) == (200, 429, 410)
    assert moved.moved_to == f"{server.url}/feed.xml"
