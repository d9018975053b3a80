"""The pages that list: front, latest, languages, sections, outlets, people, threads, search, disagreements.

Each reads a page's worth and one more, to know whether there is a next page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from stemma.errors import NotFoundError, UsageError
from stemma.serve.glance import build_card, find_saying
from stemma.serve.links import (
    find_language,
    link_country,
    link_language,
    link_outlet,
    link_person,
    link_section,
    link_thread,
    turn_page,
)
from stemma.serve.messages import t
from stemma.serve.positions import build_positions
from stemma.serve.quotations import find_words, group_sayings
from stemma.serve.reader import Reader
from stemma.serve.story_page import StoryPage, build_story_page, drop_repeats, name_article
from stemma.serve.words import name_country, name_language
from stemma.serve.writing import Writer, get_row, parse_name, parse_page
from stemma.store.listings import SearchHit
from stemma.store.views import (
    ArticleRow,
    GlanceView,
    StoryRow,
    StoryView,
)

FRONT_STORIES = 30
GLANCED = 12
"""Stories of the front page that say who was first and where their reports differ."""
FRONT_DIFFER, FRONT_PER_STORY, FRONT_SAYINGS = 3, 2, 3
SEARCH_HITS = 25
NAMES = 100
SAYINGS = 40
LONGEST_SEARCH = 300
"""Characters of a search; what is longer is cut and the page says so."""


class Lists:
    """The endpoints of lists, over one reader."""

    def __init__(self, reader: Reader, writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def show_front(self, request: Request) -> Response:
        page = parse_page(request)
        rows = self._reader.find_front(limit=FRONT_STORIES + 1, offset=(page - 1) * FRONT_STORIES)
        sections = self._reader.find_sections(limit=12) if page == 1 else ()
        countries = self._reader.find_countries()[:12] if page == 1 else ()
        places = self._reader.find_places(limit=12) if page == 1 and countries else ()
        shown = rows[:FRONT_STORIES]
        views = self._reader.find_glances([row.story for row in shown[:GLANCED]]) if page == 1 else {}
        return self._writer.show(
            request,
            "front.html",
            lambda: {
                "rows": shown,
                "page": page,
                "more": len(rows) > FRONT_STORIES,
                "sections": sections if len(sections) > 1 else (),
                "countries": countries,
                "places": places,
                "newest": max((row.first_seen for row in shown), default=None),
                **_build_beside(shown, views),
            },
        )

    def show_latest(self, request: Request) -> Response:
        page = parse_page(request)
        language = find_language(request.query_params.get("language"))
        rows = self._reader.find_latest(
            limit=FRONT_STORIES + 1, offset=(page - 1) * FRONT_STORIES, language=language
        )
        languages = self._reader.find_languages()
        address = link_language(language) if language else "/latest"
        return self._writer.show(
            request,
            "list.html",
            lambda: {
                "heading": f"{t('Latest')}: {name_language(language)}" if language else t("Latest"),
                "note": t("By the day of publication of the newest article, as far as it is certain; undated stories last."),
                "feed": address,
                "languages": languages[:40] if len(languages) > 1 or language else (),
                "chosen": language,
                "at": "latest",
                **_turn(address, page, rows),
            },
        )  # fmt: skip

    def show_section(self, request: Request) -> Response:
        page, name = parse_page(request), parse_name(request)
        rows = self._reader.find_latest(
            limit=FRONT_STORIES + 1, offset=(page - 1) * FRONT_STORIES, section=name
        )
        if not rows and page == 1:
            raise NotFoundError("no such section")
        return self._writer.show(
            request,
            "list.html",
            lambda: {
                "heading": name,
                "note": t("Stories with an article that its outlet put into this section, the newest first."),
                "feed": link_section(name),
                "languages": (),
                "chosen": None,
                "at": "section",
                **_turn(link_section(name), page, rows),
            },
        )

    def show_country(self, request: Request) -> Response:
        page, code = parse_page(request), parse_name(request, "code", longest=2).upper()
        rows = self._reader.find_latest(
            limit=FRONT_STORIES + 1, offset=(page - 1) * FRONT_STORIES, country=code
        )
        if not rows and page == 1:
            raise NotFoundError("no outlet of that country")
        return self._writer.show(
            request,
            "list.html",
            lambda: {
                "heading": name_country(code),
                "note": t("Stories that an outlet of this country tells, the newest first."),
                "feed": link_country(code),
                "languages": (),
                "chosen": None,
                "at": "section",
                **_turn(link_country(code), page, rows),
            },
        )

    def show_mine(self, request: Request) -> Response:
        languages = self._reader.find_languages()
        return self._writer.show(request, "mine.html", lambda: {"languages": languages[:60]})

    def show_outlets(self, request: Request) -> Response:
        page = parse_page(request)
        rows = self._reader.find_outlets(limit=NAMES + 1, offset=(page - 1) * NAMES)
        return self._writer.show(request, "outlets.html", lambda: _turn("/outlets", page, rows, size=NAMES))

    def show_outlet(self, request: Request) -> Response:
        view = self._reader.get_outlet(parse_name(request))
        return self._writer.show(
            request,
            "outlet.html",
            lambda: {
                "view": replace(view, latest=tuple(sorted(view.latest, key=_newness, reverse=True))),
                "feed": link_outlet(view.outlet),
            },
        )

    def show_people(self, request: Request) -> Response:
        page = parse_page(request)
        rows = self._reader.find_people(limit=NAMES + 1, offset=(page - 1) * NAMES)
        return self._writer.show(request, "people.html", lambda: _turn("/people", page, rows, size=NAMES))

    def show_person(self, request: Request) -> Response:
        page, key = parse_page(request), request.path_params["person"][:200]
        view = self._reader.get_person(key, limit=SAYINGS + 1, offset=(page - 1) * SAYINGS)
        address = link_person(view.key)
        return self._writer.show(
            request,
            "person.html",
            lambda: {
                "view": view,
                "said": group_sayings(view.sayings[:SAYINGS]),
                "find_words": find_words,
                "feed": address,
                **_turn(address, page, view.sayings, size=SAYINGS),
            },
        )

    def show_thread(self, request: Request) -> Response:
        view = self._reader.get_thread(get_row(request, "thread"))
        return self._writer.show(
            request,
            "thread.html",
            lambda: {
                "view": view,
                "timeline": drop_repeats(view.timeline),
                "parties": build_positions(
                    view.stated, {row.article: find_language(row.language) for row in view.articles}
                ),
                "feed": link_thread(view.thread),
                "names": {row.article: name_article(row) for row in view.articles},
                "tongue": {row.article: find_language(row.language) for row in view.articles},
            },
        )

    def show_search(self, request: Request) -> Response:
        asked = request.query_params.get("q", "").strip()
        words, page = asked[:LONGEST_SEARCH], parse_page(request)
        newest = request.query_params.get("sort") == "new"
        problem: str | None = None
        hits: tuple[SearchHit, ...] = ()
        status = 200
        try:
            if words:
                hits = self._reader.search(
                    words, limit=SEARCH_HITS + 1, offset=(page - 1) * SEARCH_HITS, newest=newest
                )
        except NotFoundError:
            hits = ()
        except UsageError as fault:
            problem, status = str(fault), 400
        stories = [hit for hit in hits if hit.kind == "story"]
        articles = [hit for hit in hits if hit.kind != "story"]
        cut = words != asked
        return self._writer.show(
            request,
            "search.html",
            lambda: {
                "words": words,
                "stories": stories if page == 1 else (),
                "articles": articles[:SEARCH_HITS],
                "first": (page - 1) * SEARCH_HITS + 1,
                "page": page,
                "newest": newest,
                "more": len(articles) > SEARCH_HITS,
                "problem": problem
                or (t("Only the first {n} characters were searched for.", n=LONGEST_SEARCH) if cut else None),
            },
            status=status,
        )

    def show_disagreements(self, request: Request) -> Response:
        views = find_disputed(self._reader)
        return self._writer.show(
            request,
            "disagreements.html",
            lambda: {"stories": tuple(p for p in map(build_story_page, views) if _is_disputed(p))},
        )

    def show_sources(self, request: Request) -> Response:
        sources = self._reader.view_sources()
        return self._writer.show(request, "sources.html", lambda: {"sources": sources})

    def show_sections(self, request: Request) -> Response:
        sections, languages = self._reader.find_sections(limit=60), self._reader.find_languages()
        places, countries = self._reader.find_places(limit=60), self._reader.find_countries()
        return self._writer.show(
            request,
            "sections.html",
            lambda: {
                "sections": sections,
                "languages": languages[:40],
                "places": places,
                "countries": countries,
            },
        )

    def show_feeds(self, request: Request) -> Response:
        languages, sections = self._reader.find_languages(), self._reader.find_sections(limit=12)
        return self._writer.show(
            request,
            "feeds.html",
            lambda: {
                "named": [
                    (t("Front page"), "/feed"),
                    (t("Latest"), "/latest"),
                    (t("Disagreements"), "/disagreements"),
                    *(
                        (f"{t('Latest')}: {name_language(tag)}", link_language(tag))
                        for tag, _ in languages[:12]
                    ),
                    *((name, link_section(name)) for name, _ in sections),
                ]
            },
        )


def find_disputed(reader: Reader) -> list[StoryView]:
    """The most important stories on which reports differ."""
    found = []
    for row in [r for r in reader.find_stories(limit=FRONT_STORIES * 4) if r.disagreements][:FRONT_STORIES]:
        try:
            found.append(reader.get_story(row.story))
        except NotFoundError:
            continue
    return found


def _build_beside(rows: Sequence[StoryRow], views: Mapping[int, GlanceView]) -> dict[str, object]:
    """What stands on and beside the cards of the front page: of the most important stories, the strongest of each."""
    cards = {story: build_card(view) for story, view in views.items()}
    titles = {row.story: row.title for row in rows}
    differ = [
        (story, titles[story], sheet)
        for story in titles
        if story in cards
        for sheet in [s for s in cards[story].differ if s.scale][:FRONT_PER_STORY]
    ]
    sayings = [find_saying(views[story], titles[story]) for story in titles if story in views]
    return {
        "cards": cards,
        "differ": differ[:FRONT_DIFFER],
        "sayings": [said for said in sayings if said is not None][:FRONT_SAYINGS],
    }


def _newness(row: ArticleRow) -> tuple[str, int]:
    day = row.published.latest or row.published.earliest
    return day.isoformat() if day else "", row.article


def _is_disputed(page: StoryPage) -> bool:
    return bool(page.disputed)


def _turn(
    address: str, page: int, rows: tuple[object, ...], *, size: int = FRONT_STORIES
) -> dict[str, object]:
    """The rows of this page and the addresses of those beside it."""
    return {
        "rows": rows[:size],
        "page": page,
        "previous": turn_page(address, page - 1) if page > 1 else None,
        "next": turn_page(address, page + 1) if len(rows) > size else None,
    }
