"""The application: addresses to pages. Reads through a `Reader`, renders, answers; keeps nothing between requests.

Endpoints are plain functions that Starlette runs in its threads. Text from outside reaches a page only through Jinja2's
escaping; there is no other way in. `private` is whether nobody but this machine can read along: only then are
full texts shown.
"""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.errors import NotFoundError, StoreBusyError, StoreError, UsageError
from stemma.serve.article_page import build_article_page
from stemma.serve.feeds import Feed, build_front_feed, build_search_feed, write_atom, write_json
from stemma.serve.links import link_search, link_story, parse_mark, parse_row
from stemma.serve.reader import Reader
from stemma.serve.reply import load_static, make_redirect, make_reply
from stemma.serve.story_page import build_story_page
from stemma.serve.templating import Pages

FRONT_STORIES = 30
SEARCH_HITS = 25
FEED_ENTRIES = 50
LAST_PAGE = 400
LONGEST_SEARCH = 300
"""Characters of a search; what is longer is cut and the page says so."""


def create_app(reader: Reader, *, private: bool) -> Starlette:
    """The portal over `reader`. With `private` false, of each text only short excerpts are shown."""
    portal = _Portal(reader, private=private)
    routes = [
        Route("/", portal.show_front),
        Route("/story/{story}", portal.show_story),
        Route("/article/{article}", portal.show_article),
        Route("/search", portal.show_search),
        Route("/disagreements", portal.show_disagreements),
        Route("/about", portal.show_about),
        Route("/feed.atom", portal.send_atom),
        Route("/feed.json", portal.send_json),
        Route("/healthz", portal.say_alive),
        Route("/readyz", portal.say_ready),
        Route("/robots.txt", portal.send_robots),
        Route("/static/{name}", portal.send_static),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)],
        exception_handlers={
            HTTPException: portal.show_refusal,
            NotFoundError: portal.show_missing,
            StoreError: portal.show_unready,
            Exception: portal.show_fault,
        },
    )
    # Starlette's own redirect for a closing slash would be built from the Host header.
    app.router.redirect_slashes = False
    return app


class _Portal:
    """The endpoints, over one reader."""

    def __init__(self, reader: Reader, *, private: bool) -> None:
        self._reader = reader
        self._private = private
        self._static = load_static()
        self._pages = Pages(private=private, style=self._static["style.css"], icon=self._static["icon.svg"])

    def show_front(self, request: Request) -> Response:
        page = _parse_page(request)
        rows = self._reader.find_stories(limit=FRONT_STORIES + 1, offset=(page - 1) * FRONT_STORIES)
        return self._show(
            request, "front.html", rows=rows[:FRONT_STORIES], page=page, more=len(rows) > FRONT_STORIES
        )

    def show_story(self, request: Request) -> Response:
        story = _get_row(request, "story")
        try:
            view = self._reader.get_story(story)
        except NotFoundError:
            merged = self._reader.find_redirect(story)
            if merged is None or merged == story:
                raise
            return make_redirect(link_story(merged))
        return self._show(request, "story.html", page=build_story_page(view))

    def show_article(self, request: Request) -> Response:
        view = self._reader.get_article(_get_row(request, "article"))
        story = None
        if view.story is not None and not self._private:
            try:
                story = self._reader.get_story(view.story)
            except NotFoundError:
                story = None
        mark = parse_mark(request.query_params.get("mark"))
        page = build_article_page(view, mark=mark, story=story, private=self._private)
        return self._show(request, "article.html", page=page)

    def show_search(self, request: Request) -> Response:
        asked = request.query_params.get("q", "").strip()
        words, page = asked[:LONGEST_SEARCH], _parse_page(request)
        problem = f"Only the first {LONGEST_SEARCH} characters were searched for." if words != asked else None
        status = 200
        try:
            hits = (
                self._reader.search(words, limit=SEARCH_HITS + 1, offset=(page - 1) * SEARCH_HITS)
                if words
                else ()
            )
        except NotFoundError:
            hits = ()
        except UsageError as fault:
            hits, problem, status = (), str(fault), 400
        more = len(hits) > SEARCH_HITS
        return self._show(
            request,
            "search.html",
            status=status,
            words=words,
            hits=hits[:SEARCH_HITS],
            page=page,
            more=more,
            problem=problem,
        )

    def show_disagreements(self, request: Request) -> Response:
        rows = self._reader.find_stories(limit=FRONT_STORIES * 4)
        found = []
        for row in [r for r in rows if r.disagreements][:FRONT_STORIES]:
            try:
                page = build_story_page(self._reader.get_story(row.story))
            except NotFoundError:
                continue
            if page.disputed:
                found.append(page)
        return self._show(request, "disagreements.html", stories=tuple(found))

    def show_about(self, request: Request) -> Response:
        return self._show(request, "about.html", counts=self._reader.count())

    def send_atom(self, request: Request) -> Response:
        feed = self._build_feed(request, "/feed.atom")
        return make_reply(request, write_atom(feed), media_type="application/atom+xml; charset=utf-8")

    def send_json(self, request: Request) -> Response:
        feed = self._build_feed(request, "/feed.json")
        return make_reply(request, write_json(feed), media_type="application/feed+json; charset=utf-8")

    def say_alive(self, request: Request) -> Response:
        return make_reply(request, "alive\n", media_type="text/plain; charset=utf-8")

    def say_ready(self, request: Request) -> Response:
        self._reader.count()
        return make_reply(request, "ready\n", media_type="text/plain; charset=utf-8")

    def send_robots(self, request: Request) -> Response:
        # Copies of other people's articles are not for search engines; the stories are.
        rules = "User-agent: *\nDisallow: /article/\nDisallow: /search\n"
        return make_reply(request, rules, media_type="text/plain; charset=utf-8")

    def send_static(self, request: Request) -> Response:
        found = self._static.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        named = request.url.query and found.address.endswith(f"?{request.url.query}")
        return make_reply(request, found.body, media_type=found.media_type, lasting=bool(named))

    def show_refusal(self, request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 400
        if status == 404:
            return self.show_missing(request, fault)
        headers = fault.headers if isinstance(fault, HTTPException) else None
        return self._show(
            request,
            "error.html",
            status=status,
            headers=dict(headers or {}),
            heading="That cannot be done here",
            words="This address can be read and nothing else.",
        )

    def show_missing(self, request: Request, _fault: Exception) -> Response:
        return self._show(
            request,
            "error.html",
            status=404,
            heading="There is no such page",
            words="It may have been withheld or never existed. Addresses of stories that were joined still lead on.",
        )

    def show_unready(self, request: Request, fault: Exception) -> Response:
        words = (
            "The store is busy."
            if isinstance(fault, StoreBusyError)
            else "The store cannot be read just now."
        )
        return self._show(
            request,
            "error.html",
            status=503,
            headers={"Retry-After": "5"},
            heading="Not ready",
            words=f"{words} Please try again in a moment.",
        )

    def show_fault(self, request: Request, _fault: Exception) -> Response:
        return self._show(
            request,
            "error.html",
            status=500,
            heading="Something went wrong here",
            words="The fault is on our side, and it has been written down. Other pages may still work.",
        )

    def _build_feed(self, request: Request, path: str) -> Feed:
        words = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
        if not words:
            return build_front_feed(self._reader.find_stories(limit=FEED_ENTRIES), address=path)
        page = link_search(words)
        try:
            hits = self._reader.search(words, limit=FEED_ENTRIES)
        except UsageError as fault:
            raise HTTPException(404) from fault
        return build_search_feed(words, hits, page=page, address=page.replace("/search", path, 1))

    def _show(
        self,
        request: Request,
        template: str,
        *,
        status: int = 200,
        headers: dict[str, str] | None = None,
        **values: object,
    ) -> Response:
        return make_reply(request, self._pages.render(template, values), status=status, headers=headers)


def _get_row(request: Request, name: str) -> int:
    row = parse_row(request.path_params[name])
    if row is None:
        raise NotFoundError(f"no {name} of that number")
    return row


def _parse_page(request: Request) -> int:
    page = parse_row(request.query_params.get("page", "1"))
    return min(page or 1, LAST_PAGE)
