"""Who may ask: on a private portal only this machine's own names, so that no page from elsewhere reads along.

A page of another site can have its name resolve to this machine (DNS rebinding) and then read what is private; its
requests carry its own name in `Host`, and are refused here with 421 before anything else happens.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

WORDS = (
    "This portal is private and answers by the names of this machine alone: localhost, 127.0.0.1, [::1].\n"
    "Behind a reverse proxy that serves others, set STEMMA_PUBLIC=1 or STEMMA_PUBLIC_URL.\n"
)


class HostGuard:
    """Refuses requests whose `Host` is neither this machine nor one of `hosts`."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not self._knows(scope):
            body = WORDS.encode()
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"x-content-type-options", b"nosniff"),
                (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
            ]
            await send({"type": "http.response.start", "status": 421, "headers": headers})
            await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
            return
        await self._app(scope, receive, send)

    def _knows(self, scope: Scope) -> bool:
        named = [value.decode("latin-1") for key, value in scope["headers"] if key == b"host"]
        if len(named) != 1:
            return False
        host = parse_host(named[0])
        return host is not None and (is_this_machine(host) or host in self._hosts)


def parse_host(value: str) -> str | None:
    """The name in a `Host` header without its port, in lower case; None where it is none."""
    try:
        parts = urlsplit(f"//{value}")
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    return host.rstrip(".") if host and "@" not in value and "/" not in value else None


def is_this_machine(host: str) -> bool:
    """Whether the name is `localhost` or a loopback address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
