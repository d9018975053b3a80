"""The front page and searches as feeds: Atom (RFC 4287) and JSON Feed 1.1.

Takes rows and hits, gives bytes. Identifiers are stable: made of the row id alone, so that a retitled story stays the
same entry. Links are relative to the feed's own address; short words only, never a full text.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree

from stemma.serve.links import link_article, link_story
from stemma.serve.marking import cut_short
from stemma.serve.words import count_things, describe_published, join_words
from stemma.store.views import SearchHit, StoryRow

ATOM = "http://www.w3.org/2005/Atom"
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
    """A feed before it is written; `page` is the page that it follows, `address` its own."""

    title: str
    page: str
    address: str
    entries: tuple[Entry, ...]


def build_front_feed(rows: Sequence[StoryRow], *, address: str) -> Feed:
    """The front page as a feed."""
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
    return Feed(title="Stemma: stories", page="/", address=address, entries=entries)


def build_search_feed(words: str, hits: Sequence[SearchHit], *, page: str, address: str) -> Feed:
    """A search as a feed. Hits carry a day at most, so that is what their entries are dated by."""
    entries = tuple(
        Entry(
            ident=_name(f"{hit.kind} {hit.id}"),
            address=link_story(hit.id) if hit.kind == "story" else link_article(hit.id),
            title=hit.title or "Without a title",
            summary=cut_short(hit.snippet.replace("\ue000", "").replace("\ue001", "")),
            updated=_parse_day(hit.published),
        )
        for hit in hits
    )
    return Feed(title=f"Stemma: {words}", page=page, address=address, entries=entries)


def write_atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    _add(root, "id", _name(f"feed {feed.address}"))
    _add(root, "title", feed.title)
    _add(root, "updated", max((e.updated for e in feed.entries), default=_EPOCH).isoformat())
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(_add(root, "author"), "name", "Stemma")
    for entry in feed.entries:
        node = _add(root, "entry")
        _add(node, "id", entry.ident)
        _add(node, "title", entry.title)
        _add(node, "updated", entry.updated.isoformat())
        _add(node, "link", rel="alternate", type="text/html", href=entry.address)
        _add(node, "summary", entry.summary)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def write_json(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    items = [
        {
            "id": entry.ident,
            "url": entry.address,
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
        "home_page_url": feed.page,
        "feed_url": feed.address,
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
    parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    node = ElementTree.SubElement(parent, f"{{{ATOM}}}{tag}", clean)
    node.text = _NOT_XML.sub("", text) if text is not None else None
    return node


def _name(thing: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, thing)}"


def _parse_day(published: str | None) -> datetime:
    try:
        return datetime.fromisoformat((published or "")[:10]).replace(tzinfo=UTC)
    except ValueError:
        return _EPOCH
