"""The application: addresses to pages. Reads through a `Reader`, renders, answers.

Endpoints are plain functions that Starlette runs in its threads. Text from outside reaches a page only through Jinja2's
escaping; there is no other way in. `private` is whether nobody but this machine can read along: only then are
full texts shown, and only then by this machine's own names.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.errors import NotFoundError, StoreBusyError, StoreError
from stemma.newsroom.pictures import Pictures
from stemma.serve.article_page import build_article_page
from stemma.serve.design import build_samples
from stemma.serve.feed_pages import FeedPages
from stemma.serve.guard import HostGuard
from stemma.serve.keeping import PageKeeper
from stemma.serve.links import find_link, link_story, parse_mark
from stemma.serve.lists import Lists
from stemma.serve.live import Live
from stemma.serve.measured import find_measured
from stemma.serve.messages import t
from stemma.serve.preparing import prepare, prepare_first
from stemma.serve.reader import Reader
from stemma.serve.reply import ABOUT_STORY, load_static, make_redirect, make_reply
from stemma.serve.reporting import Reporting
from stemma.serve.story_page import build_story_page
from stemma.serve.templating import Pages
from stemma.serve.writers import PageWriters
from stemma.serve.writing import Writer, get_row


def create_app(
    reader: Reader,
    *,
    private: bool,
    public_url: str | None = None,
    contact: str = "",
    pictures: Pictures | None = None,
    writers: PageWriters | None = None,
    keep: bool = True,
) -> Starlette:
    """The portal over `reader`. With `private` false, of each text only short excerpts are shown.

    `public_url` is the address that readers know it by (scheme and host, without a closing slash): feeds then have
    absolute links, and a private portal answers by its host too. `contact` is where readers can write to. `pictures` fetches
    the pictures of articles; on a public portal none are shown. `writers` write pages beside this process; they are portals
    themselves, which `keep` nothing.
    """
    pictures = pictures if private else None
    static = load_static()
    writer = Writer(
        Pages(
            private=private,
            static=static,
            contact=contact,
            base=public_url or "",
            pictures=pictures is not None,
        )
    )
    lists, live = Lists(reader, writer), Live(reader)
    feeds = FeedPages(reader, base=public_url or "")
    portal = _Portal(reader, writer, private=private, pictures=pictures)
    routes = [
        Route("/", lists.show_front),
        Route("/latest", lists.show_latest),
        Route("/country", lists.show_country),
        Route("/section", lists.show_section),
        Route("/sections", lists.show_sections),
        Route("/sources", lists.show_sources),
        Route("/outlets", lists.show_outlets),
        Route("/outlet", lists.show_outlet),
        Route("/people", lists.show_people),
        Route("/search", lists.show_search),
        Route("/disagreements", lists.show_disagreements),
        *feeds.make_routes(),
        Route("/person/{person}", lists.show_person),
        Route("/thread/{thread}", lists.show_thread),
        Route("/story/{story}", portal.show_story),
        Route("/article/{article}", portal.show_article),
        Route("/picture/{article}/{picture}", portal.send_picture),
        Route("/about", portal.show_about),
        Route("/design", portal.show_design),
        Route("/feeds", lists.show_feeds),
        Route("/mine", lists.show_mine),
        *Reporting(reader, writer).make_routes(),
        Route("/offline", partial(portal.show_plain, "offline.html")),
        Route("/events", live.listen),
        Route("/healthz", portal.say_alive),
        Route("/readyz", portal.say_ready),
        Route("/robots.txt", portal.send_robots),
        Route("/manifest.webmanifest", partial(portal.send_named, "manifest.webmanifest")),
        Route("/sw.js", partial(portal.send_named, "sw.js")),
        Route("/static/{name}", portal.send_static),
    ]
    middleware = [
        *(
            [Middleware(PageKeeper, version=reader.get_version, changed=reader.find_changed, writers=writers)]
            if keep
            else []
        ),
        Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5),
    ]
    if private:
        host = urlsplit(public_url or "").hostname
        middleware.insert(0, Middleware(HostGuard, hosts=[host] if host else []))
    app = Starlette(
        routes=routes,
        middleware=middleware,
        exception_handlers={
            HTTPException: portal.show_refusal,
            NotFoundError: portal.show_missing,
            StoreError: portal.show_unready,
            Exception: portal.show_fault,
        },
    )
    app.state.stop_streams = live.stop
    app.state.writers = writers
    app.state.prepare_first = partial(prepare_first, app)
    app.state.prepare = partial(prepare, app, reader, writers)
    # Starlette's own redirect for a closing slash would be built from the Host header.
    app.router.redirect_slashes = False
    return app


class _Portal:
    """The endpoints that are no list, over one reader."""

    def __init__(
        self, reader: Reader, writer: Writer, *, private: bool, pictures: Pictures | None = None
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._private = private
        self._pictures = pictures
        self._static = load_static()

    def show_story(self, request: Request) -> Response:
        story = get_row(request, "story")
        try:
            view = self._reader.get_story(story)
        except NotFoundError:
            merged = self._reader.find_redirect(story)
            if merged is None or merged == story:
                raise
            return make_redirect(link_story(merged))
        return self._writer.show(
            request,
            "story.html",
            lambda: {"page": build_story_page(view)},
            headers={ABOUT_STORY.decode(): str(story)},
        )

    def show_article(self, request: Request) -> Response:
        view = self._reader.get_article(get_row(request, "article"))
        story = None
        if view.story is not None and not self._private:
            try:
                story = self._reader.get_story(view.story)
            except NotFoundError:
                story = None
        mark = parse_mark(request.query_params.get("mark"))
        return self._writer.show(
            request,
            "article.html",
            lambda: {"page": build_article_page(view, mark=mark, story=story, private=self._private)},
            headers={ABOUT_STORY.decode(): str(view.story)} if view.story is not None else None,
        )

    def send_picture(self, request: Request) -> Response:
        """A picture of an article that is not withheld, painted anew."""
        view, number = self._reader.get_article(get_row(request, "article")), get_row(request, "picture")
        link = find_link(view.images[number - 1].url) if number <= len(view.images) else None
        found = self._pictures.find(link.href) if self._pictures is not None and link is not None else None
        if found is None:
            raise NotFoundError("no such picture")
        return make_reply(request, found, media_type="image/jpeg")

    def show_about(self, request: Request) -> Response:
        counts = self._reader.count()
        return self._writer.show(
            request, "about.html", lambda: {"counts": counts, "measured": find_measured()}
        )

    def show_design(self, request: Request) -> Response:
        return self._writer.show(request, "design.html", build_samples)

    def show_plain(self, template: str, request: Request) -> Response:
        return self._writer.show(request, template, dict)

    def say_alive(self, request: Request) -> Response:
        return make_reply(request, "alive\n", media_type="text/plain; charset=utf-8")

    def say_ready(self, request: Request) -> Response:
        self._reader.count_articles()
        return make_reply(request, "ready\n", media_type="text/plain; charset=utf-8")

    def send_robots(self, request: Request) -> Response:
        # Copies of other people's articles are not for search engines; the stories are.
        rules = "User-agent: *\nDisallow: /article/\nDisallow: /search\nDisallow: /mine\n"
        return make_reply(request, rules, media_type="text/plain; charset=utf-8")

    def send_named(self, name: str, request: Request) -> Response:
        """Files whose address must not change: a service worker may only serve what lies below it."""
        found = self._static[name]
        return make_reply(request, found.body, media_type=found.media_type)

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
        return self._show_error(
            request,
            status=status,
            headers=dict(headers or {}),
            heading="That cannot be done here",
            words="This address can be read and nothing else.",
        )

    def show_missing(self, request: Request, _fault: Exception) -> Response:
        return self._show_error(
            request,
            status=404,
            heading="There is no such page",
            words="It may have been withheld or never existed. Addresses of stories that were joined still lead on.",
        )

    def show_unready(self, request: Request, fault: Exception) -> Response:
        busy = isinstance(fault, StoreBusyError)
        return self._show_error(
            request,
            status=503,
            headers={"Retry-After": "5"},
            heading="Not ready",
            words="The store is busy. Please try again in a moment."
            if busy
            else "The store cannot be read just now. Please try again in a moment.",
        )

    def show_fault(self, request: Request, _fault: Exception) -> Response:
        return self._show_error(
            request,
            status=500,
            heading="Something went wrong here",
            words="The fault is on our side, and it has been written down. Other pages may still work.",
        )

    def _show_error(
        self,
        request: Request,
        *,
        status: int,
        heading: str,
        words: str,
        headers: dict[str, str] | None = None,
    ) -> Response:
        return self._writer.show(
            request,
            "error.html",
            lambda: {"heading": t(heading), "words": t(words)},
            status=status,
            headers=headers,
        )
