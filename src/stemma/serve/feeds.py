"""Every list as a feed: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1.

Takes rows and hits, gives bytes. Identifiers are stable: made of the row id alone, so that a retitled story stays the
same entry. Short words only, never a full text. Links are absolute where the portal has a public address (`base`), and
otherwise relative to the feed's own.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from stemma.serve.links import link_article, link_place, link_story
from stemma.serve.marking import cut_short
from stemma.serve.messages import count_things, t
from stemma.serve.story_page import name_article
from stemma.serve.words import describe_published, join_words
from stemma.store.listings import PersonView, SearchHit
from stemma.store.views import ArticleRow, PublishedView, StoryRow

ATOM = "http://www.w3.org/2005/Atom"
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}
_NAMESPACE = uuid.UUID("5e7b6a0c-3f0e-5f5b-9f43-0d3c8c1f7a52")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# What XML 1.0 cannot carry (section 2.2), escaped or not.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; `address` is relative to the host."""

    ident: str
    address: str
    title: str
    summary: str
    updated: datetime
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed before it is written; `page` is the page that it follows."""

    title: str
    page: str
    entries: tuple[Entry, ...]


def build_stories_feed(title: str, rows: Sequence[StoryRow], *, page: str) -> Feed:
    """Stories: the front page, the latest, a section, a thread."""
    entries = tuple(
        Entry(
            ident=_name(f"story {row.story}"),
            address=link_story(row.story),
            title=row.title,
            summary=_summarise(row),
            updated=row.first_seen,
            language=row.languages[0] if len(row.languages) == 1 else None,
        )
        for row in rows
    )
    return Feed(title=f"Stemma: {title}", page=page, entries=entries)


def build_articles_feed(title: str, rows: Sequence[ArticleRow], *, page: str) -> Feed:
    """Articles: an outlet's newest, the coverage of a story."""
    entries = tuple(
        Entry(
            ident=_name(f"article {row.article}"),
            address=link_article(row.article),
            title=row.title or t("Without a title"),
            summary=f"{cut_short(row.excerpt)} ({name_article(row)}; {describe_published(row.published)})",
            updated=row.first_seen,
            language=row.language,
        )
        for row in rows
    )
    return Feed(title=f"Stemma: {title}", page=page, entries=entries)


def build_person_feed(view: PersonView, *, page: str) -> Feed:
    """What somebody said; each quotation is an entry of its own."""
    entries = tuple(
        Entry(
            ident=_name(f"quote {place.article} {place.start} {place.end}"),
            address=link_place(place),
            title=cut_short(place.words, words=16, characters=110),
            summary=f"{cut_short(place.words)} ({name_article(saying.article)}; {describe_published(saying.article.published)})",
            updated=_find_moment(saying.article.published, saying.article.first_seen),
            language=saying.article.language,
        )
        for saying in view.sayings
        for place in (saying.quote.place,)
    )
    return Feed(title=f"Stemma: {view.name}", page=page, entries=entries)


def build_search_feed(words: str, hits: Sequence[SearchHit], *, page: str) -> Feed:
    """A search as a feed. Hits carry a day at most, so that is what their entries are dated by."""
    entries = tuple(
        Entry(
            ident=_name(f"{hit.kind} {hit.id}"),
            address=link_story(hit.id) if hit.kind == "story" else link_article(hit.id),
            title=hit.title or t("Without a title"),
            summary=cut_short(hit.snippet.replace("\ue000", "").replace("\ue001", "")),
            updated=_start_of(hit.latest) or _parse_day(hit.published),
            language=hit.language,
        )
        for hit in hits
    )
    return Feed(title=f"Stemma: {words}", page=page, entries=entries)


def write_feed(feed: Feed, kind: str, *, address: str, base: str = "") -> bytes:
    """The feed as `atom`, `rss` or `json`; `address` is its own."""
    return {"atom": _write_atom, "rss": _write_rss, "json": _write_json}[kind](feed, address, base)


def _write_atom(feed: Feed, address: str, base: str) -> bytes:
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(root, "id", _name(f"feed {feed.page}"))
    _add(root, "title", feed.title)
    _add(root, "updated", _find_newest(feed).isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=base + address)
    _add(root, "link", rel="alternate", type="text/html", href=base + feed.page)
    _add(_add(root, "author"), "name", "Stemma")
    for entry in feed.entries:
        node = _add(root, "entry")
        _add(node, "id", entry.ident)
        _add(node, "title", entry.title)
        _add(node, "updated", entry.updated.isoformat())
        _add(node, "link", rel="alternate", type="text/html", href=base + entry.address)
        _add(node, "summary", entry.summary)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write_rss(feed: Feed, address: str, base: str) -> bytes:
    ElementTree.register_namespace("atom", ATOM)
    root = ElementTree.Element("rss", {"version": "2.0"})
    channel = ElementTree.SubElement(root, "channel")
    _add(channel, "title", feed.title, space="")
    _add(channel, "link", base + feed.page, space="")
    _add(channel, "description", feed.title, space="")
    _add(channel, "lastBuildDate", format_datetime(_find_newest(feed).astimezone(UTC)), space="")
    _add(channel, "link", rel="self", type="application/rss+xml", href=base + address)
    for entry in feed.entries:
        node = _add(channel, "item", space="")
        _add(node, "title", entry.title, space="")
        _add(node, "link", base + entry.address, space="")
        _add(node, "description", entry.summary, space="")
        _add(node, "guid", entry.ident, space="", isPermaLink="false")
        _add(node, "pubDate", format_datetime(entry.updated.astimezone(UTC)), space="")
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _write_json(feed: Feed, address: str, base: str) -> bytes:
    items = [
        {
            "id": entry.ident,
            "url": base + entry.address,
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": entry.updated.isoformat(),
        }
        | ({"language": entry.language} if entry.language else {})
        for entry in feed.entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": base + feed.page,
        "feed_url": base + address,
        "items": items,
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _summarise(row: StoryRow) -> str:
    facts = [
        describe_published(row.published),
        count_things(row.newsrooms, "independent newsroom"),
        join_words(row.outlets),
    ]
    if row.disagreements:
        facts.append(count_things(row.disagreements, "disagreement"))
    lead = cut_short(row.lead) if row.lead else ""
    return f"{lead} ({'; '.join(f for f in facts if f)})".strip()


def _add(
    parent: ElementTree.Element, tag: str, text: str | None = None, *, space: str = ATOM, **attributes: str
) -> ElementTree.Element:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    node = ElementTree.SubElement(parent, f"{{{space}}}{tag}" if space else tag, clean)
    node.text = _NOT_XML.sub("", text) if text is not None else None
    return node


def _name(thing: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, thing)}"


def _find_newest(feed: Feed) -> datetime:
    return max((entry.updated for entry in feed.entries), default=_EPOCH)


def _find_moment(published: PublishedView, seen: datetime) -> datetime:
    return _start_of(published.latest) or seen


def _start_of(day: date | None) -> datetime | None:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _parse_day(published: str | None) -> datetime:
    try:
        return datetime.fromisoformat((published or "")[:10]).replace(tzinfo=UTC)
    except ValueError:
        return _EPOCH
