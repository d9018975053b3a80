"""A reader says what is wrong in a story: the form, and the one thing that the portal writes.

Works without scripts. A report is taken from a form of ours alone: what another site sends is refused by what the browser
says of the request (`Sec-Fetch-Site`, `Origin`), and by a token that only our own form has. How many are taken in an hour
is bounded; who sent one is not kept.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.errors import NotFoundError, StoreBusyError, StoreFullError
from stemma.serve.links import parse_row
from stemma.serve.messages import t
from stemma.serve.reader import Reader
from stemma.serve.writing import Writer

LONGEST_WORDS, LONGEST_ADDRESS, LONGEST_BODY = 4_000, 200, 40_000
"""Characters of a report and of an address to answer to; bytes of a form, which writes a letter in up to nine."""
SHORTEST_WORDS = 5
HOUR = 3600.0
MOST_AN_HOUR, MOST_OF_ONE = 60, 6
"""Reports taken in an hour, of all and of one address."""
TOKEN_HOURS = 24
_FIELDS = 10


class Reporting:
    """The form and its answer, over one reader."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer
        self._secret = secrets.token_bytes(32)
        self._taken: deque[tuple[float, str]] = deque()

    def make_routes(self) -> list[Route]:
        """The form, and where it is sent to."""
        return [Route("/report", self.show_form), Route("/report", self.take, methods=["POST"])]

    def show_form(self, request: Request) -> Response:
        """An empty form for the story of the address."""
        story = self._find_story(request.query_params.get("story", ""))
        return self._show(request, story)

    async def take(self, request: Request) -> Response:
        """Keeps the report, or says why not with the words still in the form."""
        try:
            form = parse_qs((await _read(request)).decode("utf-8", "replace"), max_num_fields=_FIELDS)
        except ValueError:  # more fields than any form of ours has
            raise HTTPException(400) from None
        sent = {name: values[0].replace("\x00", "").strip() for name, values in form.items()}
        return await run_in_threadpool(self._take, request, sent)

    def _take(self, request: Request, sent: Mapping[str, str]) -> Response:
        story = self._find_story(sent.get("story", ""))
        words, reply_to = sent.get("words", "")[:LONGEST_WORDS], sent.get("reply_to", "")[:LONGEST_ADDRESS]

        def refuse(problem: str, status: int) -> Response:
            return self._show(request, story, words=words, reply_to=reply_to, problem=problem, status=status)

        if _is_foreign(request) or not self._knows(sent.get("token", ""), story):
            return refuse("This form is too old or was not ours. Please send it again.", 403)
        if len(words) < SHORTEST_WORDS:
            return refuse("Please say what is wrong.", 400)
        if not self._allows(request.client.host if request.client else ""):
            return refuse("Too many reports just now. Please try again later.", 429)
        try:
            self._reader.add_report(
                story=story,
                words=words,
                reply_to=reply_to or None,
                sent=datetime.now(UTC).replace(microsecond=0),
            )
        except (StoreFullError, StoreBusyError):
            return refuse("Too many reports just now. Please try again later.", 503)
        return self._show(request, story, done=True)

    def _find_story(self, number: str) -> int:
        story = parse_row(number)
        if story is None:
            raise NotFoundError("no story of that number")
        return self._reader.get_story(story).story

    def _show(
        self,
        request: Request,
        story: int,
        *,
        words: str = "",
        reply_to: str = "",
        problem: str | None = None,
        done: bool = False,
        status: int = 200,
    ) -> Response:
        title = self._reader.get_story(story).title
        return self._writer.show(
            request,
            "report.html",
            lambda: {
                "story": story,
                "title": title,
                "token": self._make_token(story, int(time.time() // 3600)),
                "words": words,
                "reply_to": reply_to,
                "longest": LONGEST_WORDS,
                "problem": t(problem) if problem else None,
                "done": done,
            },
            status=status,
            headers={"Cache-Control": "no-store"},
        )

    def _make_token(self, story: int, hour: int) -> str:
        return f"{hour}.{hmac.digest(self._secret, f'{story} {hour}'.encode(), 'sha256').hex()}"

    def _knows(self, token: str, story: int) -> bool:
        hour = token.partition(".")[0]
        if not (hour.isascii() and hour.isdigit() and len(hour) < 12):
            return False
        age = int(time.time() // 3600) - int(hour)
        return 0 <= age <= TOKEN_HOURS and hmac.compare_digest(
            token.encode(), self._make_token(story, int(hour)).encode()
        )

    def _allows(self, sender: str) -> bool:
        """Whether one more is taken now; behind a proxy of this machine's own all senders are one, and only all are counted."""
        now = time.monotonic()
        while self._taken and self._taken[0][0] < now - HOUR:
            self._taken.popleft()
        near = sender.startswith("127.") or sender in ("::1", "")
        own = 0 if near else sum(one == sender for _, one in self._taken)
        if len(self._taken) >= MOST_AN_HOUR or own >= MOST_OF_ONE:
            return False
        self._taken.append((now, sender))
        return True


async def _read(request: Request) -> bytes:
    """The form's bytes, cut where it is longer than any of ours."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            break
    return bytes(body[:LONGEST_BODY])


def _is_foreign(request: Request) -> bool:
    """Whether the browser says that another site sent it (Fetch Metadata; RFC 6454). A browser that says nothing is believed."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.headers.get("host", "")
