"""One request to one written page: the reader's language is found, the template filled, the reply made.

Also what endpoints read off an address: numbers of rows and of pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from stemma.errors import NotFoundError
from stemma.serve.links import parse_row
from stemma.serve.messages import choose_language, speak
from stemma.serve.reply import make_reply
from stemma.serve.templating import Pages

LAST_PAGE = 400


class Writer:
    """Writes pages in the language of whoever asks."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def show(
        self,
        request: Request,
        template: str,
        build: Callable[[], Mapping[str, object]],
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
    ) -> Response:
        """The page. `build` makes the values, in the language that the page is written in."""
        with speak(find_language(request)) as language:
            here = [(k, v) for k, v in request.query_params.multi_items() if k != "lang"]
            body = self._pages.render(template, {"here": here, **build()})
        return make_reply(
            request, body, status=status, headers={"Content-Language": language.tag, **(headers or {})}
        )


def find_language(request: Request) -> str:
    """The interface for this reader."""
    return choose_language(request.query_params.get("lang"), request.headers.get("accept-language", ""))


def get_row(request: Request, name: str) -> int:
    """The row id in the address. Raises `NotFoundError` where it can be none."""
    row = parse_row(request.path_params[name])
    if row is None:
        raise NotFoundError(f"no {name} of that number")
    return row


def parse_page(request: Request) -> int:
    """`?page=`, from 1 to `LAST_PAGE`."""
    page = parse_row(request.query_params.get("page", "1"))
    return min(page or 1, LAST_PAGE)


def parse_name(request: Request, name: str = "name", *, longest: int = 300) -> str:
    """A name in the query. Raises `NotFoundError` where it is empty or too long."""
    value = request.query_params.get(name, "").strip()
    if not value or len(value) > longest:
        raise NotFoundError(f"no {name}")
    return value
