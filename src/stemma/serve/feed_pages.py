"""The addresses of feeds: each list's own address with `.atom`, `.rss` or `.json` behind its path."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.errors import UsageError
from stemma.serve.feeds import (
    TYPES,
    Feed,
    build_articles_feed,
    build_person_feed,
    build_search_feed,
    build_stories_feed,
    write_feed,
)
from stemma.serve.links import (
    find_language,
    link_country,
    link_language,
    link_outlet,
    link_person,
    link_search,
    link_section,
    link_story,
    link_thread,
)
from stemma.serve.lists import LONGEST_SEARCH
from stemma.serve.messages import speak, t
from stemma.serve.reader import Reader
from stemma.serve.reply import make_reply
from stemma.serve.words import name_country, name_language
from stemma.serve.writing import find_language as find_interface
from stemma.serve.writing import get_row, parse_name

FEED_ENTRIES = 50


class FeedPages:
    """The endpoints of feeds, over one reader. `base` stands before each address."""

    def __init__(self, reader: Reader, *, base: str) -> None:
        self._reader = reader
        self._base = base

    def make_routes(self) -> list[Route]:
        """A route for each list and kind."""
        lists: dict[str, Callable[[Request], Feed]] = {
            "/feed": self._front_or_search,
            "/search": self._search,
            "/latest": self._latest,
            "/section": self._section,
            "/country": self._country,
            "/disagreements": self._disagreements,
            "/outlet": self._outlet,
            "/person/{person}": self._person,
            "/thread/{thread}": self._thread,
            "/story/{story}": self._story,
        }
        return [
            Route(f"{path}.{kind}", partial(self._send, build, kind))
            for path, build in lists.items()
            for kind in TYPES
        ]

    def _send(self, build: Callable[[Request], Feed], kind: str, request: Request) -> Response:
        with speak(find_interface(request)):
            feed = build(request)
        query = f"?{request.url.query}" if request.url.query else ""
        address = f"{request.url.path}{query}"
        body = write_feed(feed, kind, address=address, base=self._base)
        return make_reply(request, body, media_type=TYPES[kind])

    def _front_or_search(self, request: Request) -> Feed:
        if request.query_params.get("q", "").strip():
            return self._search(request)
        return build_stories_feed(t("Stories"), self._reader.find_front(limit=FEED_ENTRIES), page="/")

    def _search(self, request: Request) -> Feed:
        words = request.query_params.get("q", "").strip()[:LONGEST_SEARCH]
        if not words:
            return build_search_feed("", (), page="/search")
        try:
            # A feed is followed for what is new: by day, whatever the page's order.
            hits = self._reader.search(words, limit=FEED_ENTRIES, newest=True)
        except UsageError as fault:
            raise HTTPException(404) from fault
        return build_search_feed(words, hits, page=link_search(words))

    def _latest(self, request: Request) -> Feed:
        language = find_language(request.query_params.get("language"))
        rows = self._reader.find_latest(limit=FEED_ENTRIES, language=language)
        title = f"{t('Latest')}: {name_language(language)}" if language else t("Latest")
        return build_stories_feed(title, rows, page=link_language(language) if language else "/latest")

    def _section(self, request: Request) -> Feed:
        name = parse_name(request)
        rows = self._reader.find_latest(limit=FEED_ENTRIES, section=name)
        return build_stories_feed(name, rows, page=link_section(name))

    def _country(self, request: Request) -> Feed:
        code = parse_name(request, "code", longest=2).upper()
        rows = self._reader.find_latest(limit=FEED_ENTRIES, country=code)
        return build_stories_feed(name_country(code), rows, page=link_country(code))

    def _disagreements(self, request: Request) -> Feed:
        rows = [row for row in self._reader.find_stories(limit=4 * FEED_ENTRIES) if row.disagreements]
        return build_stories_feed(t("Where reports disagree"), rows[:FEED_ENTRIES], page="/disagreements")

    def _outlet(self, request: Request) -> Feed:
        view = self._reader.get_outlet(parse_name(request))
        return build_articles_feed(view.outlet, view.latest, page=link_outlet(view.outlet))

    def _person(self, request: Request) -> Feed:
        view = self._reader.get_person(request.path_params["person"][:200], limit=FEED_ENTRIES)
        return build_person_feed(view, page=link_person(view.key))

    def _thread(self, request: Request) -> Feed:
        view = self._reader.get_thread(get_row(request, "thread"))
        return build_stories_feed(view.title, view.stories[:FEED_ENTRIES], page=link_thread(view.thread))

    def _story(self, request: Request) -> Feed:
        view = self._reader.get_story(get_row(request, "story"))
        rows = sorted(view.articles, key=lambda row: -row.article)[:FEED_ENTRIES]
        return build_articles_feed(view.title, rows, page=link_story(view.story))
