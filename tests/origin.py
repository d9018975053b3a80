"""A server on this machine that plays outlets: each path answers what a test says; every request is written down."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    """One request as it came in; times by the origin's clock, monotonic seconds unless a test gave another."""

    path: str
    headers: dict[str, str]
    at: float
    ended: float = 0.0


@dataclass
class Reply:
    """What a path answers. `drip` sends the body one byte a second; `hang_up` closes the connection without an answer."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drip: bool = False
    hang_up: bool = False


Play = Reply | Callable[[Asked], Reply]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *args: object) -> None:
        """A client that hangs up is part of the play."""


class Origin:
    """Paths to replies; anything else is 404."""

    def __init__(
        self, host: str, *, clock: Callable[[], float] = time.monotonic, tls: ssl.SSLContext | None = None
    ) -> None:
        self.plays: dict[str, Play] = {}
        self.asked: list[Asked] = []
        self._clock = clock
        self._server = _Server((host, 0), self._handler())
        self.host, self.port = host, self._server.server_address[1]
        self.url = f"http{'s' if tls else ''}://{host}:{self.port}"
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def paths(self) -> list[str]:
        """The paths asked for so far, in order."""
        return [a.path for a in self.asked]

    def play_outlet(self, name: str, articles: dict[str, tuple[str, str]], *, feed: str = "/feed") -> None:
        """A home page, a feed and pages: path to (title, text)."""
        self.plays["/"] = Reply(
            f'<html><head><title>{name}</title><link rel="alternate" type="application/rss+xml" href="{feed}">'
            f"</head><body><p>Welcome to {name}</p></body></html>",
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        self.plays[feed] = Reply(
            rss(name, [(f"{self.url}{path}", title, text) for path, (title, text) in articles.items()]),
            headers={"Content-Type": "application/rss+xml"},
        )
        for path, (title, text) in articles.items():
            self.plays[path] = page(name, title, text)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        origin = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                asked = Asked(self.path, {k.lower(): v for k, v in self.headers.items()}, origin._clock())
                origin.asked.append(asked)
                play = origin.plays.get(self.path) or origin.plays.get(
                    self.path.partition("?")[0], Reply("no", 404)
                )
                reply = play(asked) if callable(play) else play
                if reply.hang_up:
                    self.close_connection = True
                    return
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                try:
                    self.send_response(reply.status)
                    headers = {"Content-Length": str(len(body)), **reply.headers}
                    for name, value in headers.items():
                        self.send_header(name, value)
                    self.end_headers()
                    if reply.drip:
                        for byte in body:
                            self.wfile.write(bytes([byte]))
                            self.wfile.flush()
                            time.sleep(1)
                    else:
                        self.wfile.write(body)
                except OSError:
                    self.close_connection = True
                asked.ended = origin._clock()

            def log_message(self, *args: object) -> None:
                pass

        return Handler


@contextmanager
def open_origin(host: str = "127.0.0.1", *, tls: ssl.SSLContext | None = None) -> Iterator[Origin]:
    """An origin for the length of a test."""
    origin = Origin(host, tls=tls)
    try:
        yield origin
    finally:
        origin.stop()


def page(outlet: str, title: str, text: str) -> Reply:
    """An article as outlets write them."""
    paragraphs = "".join(f"<p>{p}</p>" for p in text.split("\n\n"))
    return Reply(
        f'<html lang="en"><head><title>{title}</title><meta property="og:site_name" content="{outlet}">'
        '<meta property="article:published_time" content="2026-03-03T09:00:00+01:00"></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>",
        headers={"Content-Type": "text/html; charset=utf-8"},
    )


def rss(
    title: str, items: list[tuple[str, str, str]], *, date: str = "Tue, 03 Mar 2026 09:00:00 +0100"
) -> str:
    """An RSS feed of (address, title, summary)."""
    listed = "".join(
        f"<item><title>{t}</title><link>{a}</link><guid>{a}</guid><pubDate>{date}</pubDate>"
        f"<description>{s.replace('&', '&amp;')[:300]}</description></item>"
        for a, t, s in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{listed}</channel></rss>'
