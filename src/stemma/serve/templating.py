"""The templates with what they may call: words, links, cuts. Every value is escaped by Jinja2; nothing is marked safe.

Takes a template's name and values, gives the page as a string.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import Environment, PackageLoader, StrictUndefined

from stemma.serve import links, messages, words
from stemma.serve.marking import EXCERPT_CHARACTERS, Piece, cut_short
from stemma.serve.reply import StaticFile
from stemma.serve.story_page import name_article
from stemma.store.listings import SearchHit
from stemma.store.spelling import fold_speaker
from stemma.store.views import PublishedView, SentenceView

# Controls have no place in a page; the marks that turn the direction of text would turn what stands behind them.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


TOLD = (
    "{n} new",
    "This story has changed.",
    "Show",
    "Star this story",
    "Starred",
    "Folded: an outlet of yours that is muted",
    "Folded: a word of yours",
    "Remove",
    "Mute this outlet",
    "Nothing yet.",
    "You are offline: this is the last edition that was kept.",
    "New since your last visit",
    "Follow this story",
    "Followed",
    "A story that you follow has changed:",
    "changed since you read it",
    "Folded: in a language that you do not read",
    "next",
    "previous",
    "open",
    "original",
    "read or unread",
    "star",
    "search",
    "help",
    "Close",
)
"""What the scripts say, written into each page, so that they need no messages of their own."""

_LINKS = (
    "link_story", "link_article", "link_place", "link_search", "link_search_feed", "link_outlet", "link_section",
    "link_language", "link_tongue", "link_person", "link_thread", "link_country", "link_report", "feed_address", "find_link", "find_language",
)  # fmt: skip


class Pages:
    """All pages of one portal."""

    def __init__(
        self,
        *,
        private: bool,
        static: Mapping[str, StaticFile],
        contact: str = "",
        base: str = "",
        pictures: bool = False,
    ) -> None:
        self._environment = Environment(
            loader=PackageLoader("stemma.serve"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            finalize=_write_none,
        )
        self._environment.globals.update(
            private=private,
            pictures=pictures,
            base=base,
            link_contact=lambda story: links.link_contact(contact, story),
            style=static["style.css"].address,
            icon=static["icon.svg"].address,
            early=static["early.js"].address,
            module=static["portal.js"].address,
            told=TOLD,
            t=messages.t,
            spoken=messages.spoken,
            tongues=_list_tongues,
            completeness=messages.completeness,
            count_things=messages.count_things,
            join_words=words.join_words,
            join_values=words.join_values,
            added_words=words.describe_addition,
            describe_state=words.describe_state,
            describe_genre=words.describe_genre,
            describe_reason=words.describe_reason,
            name_country=words.name_country,
            phases=words.PHASES,
            cut_sentence=cut_sentence,
            cut_snippet=cut_snippet,
            hit_published=hit_published,
            name_article=name_article,
            newest=lambda rows: max((row.article for row in rows), default=0),
            fold_speaker=fold_speaker,
            **{name: getattr(links, name) for name in _LINKS},
        )
        self._environment.filters.update(
            # On a public portal no passage of an article is longer than an excerpt, whatever shows it.
            shortened=lambda text: text if private else cut_short(text),
            short=cut_short,
            published=words.describe_published,
            span=words.describe_span,
            clock=words.describe_clock,
            day=words.describe_day,
            short_day=words.describe_short_day,
            moment=words.describe_moment,
            date_text=words.describe_date_text,
            language=words.describe_language,
            own_name=words.name_language,
            count=messages.format_count,
        )

    def render(self, template: str, values: Mapping[str, object]) -> str:
        """The page."""
        # At once: a story page writes five thousand values.
        return _CONTROLS.sub("", self._environment.get_template(template).render(values))


def hit_published(hit: SearchHit) -> PublishedView:
    """The interval of what was found."""
    return PublishedView(stated=hit.published, earliest=hit.earliest, latest=hit.latest, basis=())


def _list_tongues() -> list[messages.Language]:
    return [messages.load_language(tag) for tag in messages.TAGS]


def cut_sentence(sentence: SentenceView) -> tuple[tuple[str, str | None], ...]:
    """The sentence in parts of (words, kind of addition or None)."""
    parts: list[tuple[str, str | None]] = []
    at = 0
    for added in sorted(sentence.added, key=lambda a: (a.start, a.end)):
        if not at <= added.start < added.end <= len(sentence.text):
            continue
        if at < added.start:
            parts.append((sentence.text[at : added.start], None))
        parts.append((sentence.text[added.start : added.end], added.kind))
        at = added.end
    if at < len(sentence.text):
        parts.append((sentence.text[at:], None))
    return tuple(parts)


def cut_snippet(snippet: str) -> tuple[Piece, ...]:
    """A search's snippet with the words found as marked pieces, no longer than an excerpt."""
    pieces = []
    if len(snippet) > EXCERPT_CHARACTERS:
        snippet = f"{snippet[:EXCERPT_CHARACTERS]} …"
    for i, run in enumerate(snippet.split("\ue000")):
        found, closed, rest = run.partition("\ue001")
        if i == 0 or not closed:
            pieces.append(Piece(text=run.replace("\ue001", "")))
            continue
        pieces += [Piece(text=found, marked=True), Piece(text=rest.replace("\ue001", ""))]
    return tuple(p for p in pieces if p.text)


def _write_none(value: object) -> object:
    """What a template writes of a value that there is none of: nothing."""
    return "" if value is None else value
