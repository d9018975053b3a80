"""From a home page to the feeds that it names, and to the links that a list of articles consists of.

Feeds are declared by `<link rel="alternate">`, linked by an anchor, or stand where programs put them. A page without any is
watched itself: links to articles are those that one repeated structure of the page holds. Pure; called in a worker.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.acquire.items import FeedItem, Parsed, Unreadable, clean_link
from stemma.acquire.plain import strip_line

WELL_KNOWN = ("/feed", "/rss.xml", "/rss", "/feed.xml", "/atom.xml", "/index.xml")
"""Where common programs put the feed of a whole site."""
FEWEST_LISTED = 5
"""Links in one structure before a page counts as a list of articles."""
_MOST_TAGS = 150_000
_LONGEST_TAG = 50_000
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONGEST_TAG}}}")
_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_COMMENTS = re.compile(
    r"/comments?(/|$|\.)|[?&](?:feed=comments|withcomments)|\bcomments?\b|kommentare", re.I
)
_FORM = re.compile(r"\b(rss|atom|json|rdf|feed|xml|[12]\.0)\b|[^\w]+", re.I)
_LOOKS_LIKE_FEED = re.compile(r"(^|[/._-])(rss|feed|feeds|atom|rdf)([/._?=-]|\d|$)", re.I)
_NO_ARTICLE = re.compile(
    r"/(tags?|topics?|category|categories|author|authors|page|search|login|signin|subscribe|newsletter|privacy|terms|"
    r"contact|about|imprint|impressum|video|videos|gallery|account|register|help|jobs|shop)(/|$)",
    re.I,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What a home page says of feeds. `declared` before `linked`; without feeds of comments."""

    title: str | None
    declared: tuple[str, ...]
    linked: tuple[str, ...]


def read_home(html: str, *, url: str) -> Home | Unreadable:
    """The feeds that a page names, each form of one feed once."""
    if words := _weigh(html):
        return Unreadable(words=words)
    tree = LexborHTMLParser(html)
    base = _base(tree, url)
    declared: dict[str, str] = {}
    for link in tree.css("link[rel][href]")[:500]:
        attributes = link.attributes
        rel = (attributes.get("rel") or "").lower().split()
        media = (attributes.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" not in rel or media not in _TYPES:
            continue
        address = clean_link(attributes.get("href"), base)
        title = attributes.get("title") or ""
        if address is None or _COMMENTS.search(address) or _COMMENTS.search(title):
            continue
        name = _FORM.sub(" ", title).strip().lower() or _FORM.sub(" ", address).strip().lower()
        declared.setdefault(name, address)
    linked: dict[str, None] = {}
    for anchor in tree.css("a[href]")[:5_000]:
        href = anchor.attributes.get("href") or ""
        if _LOOKS_LIKE_FEED.search(_path_of(href)) and not _COMMENTS.search(href):
            address = clean_link(href, base)
            if address:
                linked.setdefault(address)
    title_node = tree.css_first("title")
    return Home(
        title=strip_line(title_node.text() if title_node else None, limit=200),
        declared=tuple(dict.fromkeys(declared.values()))[:10],
        linked=tuple(a for a in linked if a not in declared.values())[:5],
    )


def read_list(html: str, *, url: str) -> Parsed | Unreadable:
    """The articles that a list page links: same site, in the structure that holds the most words in its links.

    A structure is the names and classes of an anchor and the elements above it. A page in which none holds
    `FEWEST_LISTED` links of several words is no list.
    """
    if words := _weigh(html):
        return Unreadable(words=words)
    tree = LexborHTMLParser(html)
    base = _base(tree, url)
    host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    groups: dict[str, dict[str, str]] = defaultdict(dict)
    for anchor in tree.css("a[href]")[:5_000]:
        words = " ".join((anchor.text() or "").split())
        address = clean_link(anchor.attributes.get("href"), base)
        if address is None or not _is_article(address, host, url):
            continue
        held = groups[_structure(anchor)]
        if len(words) > len(held.get(address, "")):
            held[address] = words
    lists = [
        listed
        for links in groups.values()
        if len(listed := {a: w for a, w in links.items() if len(w.split()) >= 3}) >= FEWEST_LISTED
    ]
    if not lists:
        return Unreadable(words="no list of articles can be found in this page")
    most = max(sum(map(len, listed.values())) for listed in lists)
    chosen: dict[str, str] = {}
    for listed in lists:
        if sum(map(len, listed.values())) * 4 >= most:
            chosen.update({a: w for a, w in listed.items() if a not in chosen})
    title_node = tree.css_first("title")
    items = tuple(FeedItem(url=a, title=strip_line(w)) for a, w in list(chosen.items())[:200])
    return Parsed(
        kind="page", title=strip_line(title_node.text() if title_node else None, limit=200), items=items
    )


def _weigh(html: str) -> str | None:
    """Why a parser shall not see this page."""
    if html.count("<") > _MOST_TAGS:
        return f"the page has more than {_MOST_TAGS:,} elements"
    if _LONG_TAG.search(html):
        return f"one tag of the page has more than {_LONGEST_TAG:,} characters"
    return None


def _path_of(href: str) -> str:
    """Path and query of an address, empty where it is none."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _base(tree: LexborHTMLParser, url: str) -> str:
    node = tree.css_first("base[href]")
    return clean_link(node.attributes.get("href"), url) or url if node else url


def _structure(anchor: LexborNode) -> str:
    parts: list[str] = []
    node: LexborNode | None = anchor
    while node is not None and node.tag not in ("body", "html") and len(parts) < 6:
        classes = sorted((node.attributes.get("class") or "").split())[:2] if len(parts) < 4 else []
        parts.append(f"{node.tag}.{'.'.join(classes)}")
        node = node.parent
    return " ".join(parts)


def _is_article(address: str, host: str, page: str) -> bool:
    parts = urlsplit(address)
    if (parts.hostname or "").lower().removeprefix("www.") != host or address.rstrip("/") == page.rstrip("/"):
        return False
    path = parts.path
    if len(path) < 8 or _NO_ARTICLE.search(path):
        return False
    last = path.rstrip("/").rsplit("/", 1)[-1]
    return (
        bool(re.search(r"\d{3,}", path)) or last.count("-") >= 2 or last.count("_") >= 2 or bool(parts.query)
    )
