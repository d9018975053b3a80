"""Evidence on the day of publication that a web page carries, as clues; which of them holds is for `extract.dates`.

Machine claims (JSON-LD, `meta`, `<time>`), the feed's word, the address, and date lines beside the headline. The
page's own clock (a date in the head of the site) is told from a date line by where it stands.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from stemma.extract.dates import find_url_date, parse_machine_date
from stemma.extract.html.byline import ARTICLE_TYPES
from stemma.extract.html.claims import Claims, JsonObject, types_of, values_of
from stemma.extract.visible import SITE_HEAD
from stemma.types import DateBasis, DateClue


def find_clues(
    claims: Claims,
    article: JsonObject | None,
    *,
    url: str | None,
    feed_date: str | None,
) -> list[DateClue]:
    """All clues but those of the text's own words, the more trustworthy first."""
    clues: list[DateClue] = []

    def add(value: object, basis: DateBasis, *, modified: bool = False) -> None:
        if isinstance(value, str) and value.strip():
            clue = parse_machine_date(value, basis=basis, modified=modified)
            if clue is not None and clue not in clues:
                clues.append(clue)

    things = [article] if article else []
    things += [o for o in claims.objects if o is not article and any(t in _DATED for t in types_of(o))]
    for thing in things[:3]:
        for value in values_of(thing, "datePublished"):
            add(value, "json-ld")
        if any(c.basis == "json-ld" for c in clues):
            break
    for thing in things[:1]:
        for value in values_of(thing, "dateModified"):
            add(value, "json-ld", modified=True)
    for names, modified in ((_PUBLISHED_META, False), (_MODIFIED_META, True)):
        for name in names:
            for value in claims.meta.get(name, ())[:1]:
                add(value, "meta", modified=modified)
        named = _PUBLISHED_NAME if not modified else _MODIFIED_NAME
        if not any(c.basis == "meta" and (c.earliest is None) == modified for c in clues):
            for name in claims.meta:
                if named.search(name):
                    add(claims.meta[name][0], "meta", modified=modified)
    if feed_date:
        add(feed_date, "feed")
    for value, modified in _times(claims):
        add(value, "time", modified=modified)
    address = find_url_date(url) if url else None
    if address is not None:
        clues.append(address)
    return clues


# ---------------------------------------------------------------- helpers

_DATED = ARTICLE_TYPES | {"WebPage", "ItemPage", "VideoObject"}
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "date.published", "publishdate", "publish-date", "publish_date", "pubdate", "published_time", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "article_date_original", "originalpublicationdate",
    "ptime", "rnews:datepublished", "date", "pub_date", "displaydate", "dat", "created", "article.created",
)  # fmt: skip
_MODIFIED_META = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod", "dcterms.modified",
    "dc.date.modified", "article:modified", "revised",
)  # fmt: skip
_PUBLISHED_NAME = re.compile(r"publi(?:sh|cation).{0,6}(?:time|date)|pub.?date|(?:time|date).{0,3}publi")
_MODIFIED_NAME = re.compile(r"(?:modif|updat).{0,6}(?:time|date)|(?:time|date).{0,3}(?:modif|updat)")
_PUBLISH = re.compile(
    r"publi|pubdate|posted|entry-date|post-date|article.?date|created|date-?line|byline", re.I
)
_MODIFY = re.compile(r"modif|updat|aktualis|mis-a-jour|actualiz", re.I)
_MOST_TIMES = 40


def _times(claims: Claims) -> list[tuple[str, bool]]:
    """(value, modified) of the `<time>`s and `itemprop`s that speak of the article; none where teasers make them many."""
    found: list[tuple[str, bool]] = []
    for node in claims.dated[:6]:
        given = node.attributes
        value = given.get("content") or given.get("datetime") or given.get("title") or node.text()
        found.append((value or "", "odif" in (node.attributes.get("itemprop") or "")))
    if found:
        return found
    times = [
        n for n in claims.times[:_MOST_TIMES] if n.attributes.get("datetime") or (n.text() or "").strip()
    ]
    marked = [n for n in times if "pubdate" in n.attributes or _PUBLISH.search(_hints(n))]
    modified = [n for n in times if _MODIFY.search(_hints(n))]
    chosen = [n for n in marked if n not in modified][:1] or [
        n for n in times if n not in modified and _near_heading(n)
    ][:1]
    if not chosen and len({n.attributes.get("datetime") for n in times}) == 1:
        chosen = [n for n in times[:1] if not SITE_HEAD.search(_hints(n, levels=4))]
    return [(n.attributes.get("datetime") or n.text() or "", n in modified) for n in (*chosen, *modified[:1])]


def _hints(node: LexborNode, *, levels: int = 2) -> str:
    words = []
    current: LexborNode | None = node
    for _ in range(levels):
        if current is None:
            break
        words.append(f"{current.attributes.get('class') or ''} {current.attributes.get('id') or ''}")
        current = current.parent
    return " ".join(words)


def _near_heading(node: LexborNode) -> bool:
    """Whether one of the four elements above holds the page's main heading."""
    current = node.parent
    for _ in range(4):
        if current is None or current.tag in ("body", "html"):
            return False
        if current.css_first("h1") is not None:
            return True
        current = current.parent
    return False
