"""Answers with their headers: everything that leaves the portal goes through here.

Pages and feeds carry an ETag of their own bytes and are asked for again each time (what is withheld must vanish at
once); static files are named by their content and kept for a year. No cookie, no script but our own files, no other
host; no text can become markup in a script (`require-trusted-types-for`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types stemma"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

ABOUT_STORY = b"x-stemma-story"
"""Header by which a page tells `keeping.py` whose changes concern it; taken off before it is sent."""

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}

_TAG = re.compile(r'(?:W/)?"[^"]*"|\*')


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticFile:
    """A file of the portal's own, in memory; `address` changes with its content."""

    body: bytes
    media_type: str
    address: str


def load_static() -> dict[str, StaticFile]:
    """The files of `static/` by name."""
    found = {}
    for entry in sorted(files("stemma.serve").joinpath("static").iterdir(), key=lambda e: e.name):
        media_type = TYPES.get(entry.name[entry.name.rfind(".") :])
        if media_type is not None:
            body = entry.read_bytes()
            address = f"/static/{entry.name}?v={_digest(body)}"
            found[entry.name] = StaticFile(body=body, media_type=media_type, address=address)
    style = load_style()
    found["style.css"] = StaticFile(
        body=style, media_type=TYPES[".css"], address=f"/static/style.css?v={_digest(style)}"
    )
    return found


def load_style() -> bytes:
    """The one style sheet: the files of `style/` in the order of their names."""
    entries = sorted(files("stemma.serve").joinpath("style").iterdir(), key=lambda e: e.name)
    return b"\n".join(entry.read_bytes() for entry in entries if entry.name.endswith(".css"))


def make_reply(
    request: Request,
    body: str | bytes,
    *,
    status: int = 200,
    media_type: str = "text/html; charset=utf-8",
    lasting: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer with its headers; 304 without a body where the reader's copy is the same."""
    # Half a character (a lone surrogate) cannot be written as UTF-8; it is shown as "?".
    content = body.encode("utf-8", "replace") if isinstance(body, str) else body
    tag = f'W/"{_digest(content)}"'
    all_headers = {
        **HEADERS,
        "ETag": tag,
        "Cache-Control": "public, max-age=31536000, immutable" if lasting else "no-cache",
        "Content-Type": media_type,
        **({} if lasting else {"Vary": "Accept-Language"}),
        **(headers or {}),
    }
    if status == 200 and has_tag(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=all_headers)
    return Response(content, status_code=status, headers=all_headers)


def make_redirect(address: str) -> Response:
    """A lasting redirect to a page of our own; the address is relative to the host."""
    return Response(status_code=308, headers={**HEADERS, "Location": address, "Cache-Control": "no-cache"})


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=9).hexdigest()


def has_tag(wanted: str, tag: str) -> bool:
    """Whether the tag is among those of `If-None-Match`, by weak comparison (RFC 9110, 8.8.3.2)."""
    return any(t == "*" or t.removeprefix("W/") == tag.removeprefix("W/") for t in _TAG.findall(wanted))
