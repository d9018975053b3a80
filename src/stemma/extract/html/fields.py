"""The fields of an article from what its page claims: title, people, outlet, section, address, genre, declared source.

Each value comes with where it was found. Claims are weighed against each other (a headline that the page also shows,
people who are not the outlet); a field that the page does not give stays None. Dates are in `clues`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from stemma.extract.html.byline import ARTICLE_TYPES, find_byline
from stemma.extract.html.claims import (
    Claims,
    JsonObject,
    absolute,
    address_of,
    clean,
    text_of,
    types_of,
    values_of,
)
from stemma.extract.html.title import SEPARATOR, find_title, plain
from stemma.types import Found, Genre


@dataclass(slots=True)
class Fields:
    """What the head of a page gives; `found` says where each came from, in the order title, byline and so on."""

    title: str | None = None
    byline: tuple[str, ...] = ()
    outlet: str | None = None
    section: str | None = None
    url: str | None = None
    source_url: str | None = None
    genre: Genre | None = None
    description: str | None = None
    body: str | None = None
    article: JsonObject | None = None
    credited: tuple[str, ...] = ()
    found: list[Found] = field(default_factory=list)


def read_fields(tree: LexborHTMLParser, claims: Claims, *, url: str | None, outlet: str | None) -> Fields:
    """All fields but dates, text and pictures. `outlet` is the name under which the source is followed, if any."""
    fields = Fields(article=choose_article(claims, url))
    _read_outlet(fields, tree, claims, outlet)
    _read_outlet_of_copyright(fields, tree, claims)
    _read_title(fields, tree, claims)
    _read_outlet_of_title(fields, claims)
    _read_byline(fields, tree, claims)
    _read_section(fields, claims)
    _read_address(fields, claims, url)
    _read_genre(fields, claims)
    _read_rights(fields, claims)
    described = claims.first("og:description", "description", "twitter:description")
    fields.description = clean(described[0]) if described else None
    body = fields.article.get("articleBody") if fields.article else None
    fields.body = body if isinstance(body, str) and len(body) > 200 else None
    return fields


def choose_article(claims: Claims, url: str | None) -> JsonObject | None:
    """The JSON-LD object that stands for this page's article: of its address first, else the first with a headline."""
    candidates = [o for o in claims.objects if any(t in ARTICLE_TYPES for t in types_of(o))]
    if not candidates:
        return None
    own = _path(url) or _path(claims.canonical)

    def rank(thing: JsonObject) -> tuple[bool, bool, bool]:
        page = address_of(thing.get("mainEntityOfPage"), claims.base) or address_of(
            thing.get("url"), claims.base
        )
        return (
            bool(own) and _path(page) == own,
            bool(thing.get("headline")),
            bool(thing.get("datePublished")),
        )

    return max(candidates, key=rank)


# ---------------------------------------------------------------- title


def _read_title(fields: Fields, tree: LexborHTMLParser, claims: Claims) -> None:
    found = find_title(tree, claims, fields.article, outlet=fields.outlet)
    if found:
        fields.title = found[0]
        fields.found.append(Found(name="title", where=found[1]))


# ---------------------------------------------------------------- byline, outlet, section


def _read_byline(fields: Fields, tree: LexborHTMLParser, claims: Claims) -> None:
    byline = find_byline(tree, claims, fields.article, outlet=fields.outlet)
    fields.byline, fields.credited = byline.people, byline.others
    if byline.people:
        fields.found.append(Found(name="byline", where=byline.where))


def _read_outlet(fields: Fields, tree: LexborHTMLParser, claims: Claims, given: str | None) -> None:
    publisher = text_of(fields.article.get("publisher")) if fields.article else None
    site = claims.first("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
    organisation = next(
        (
            text_of(o)
            for o in claims.objects
            if any(t in _OUTLET_TYPES for t in types_of(o)) and o.get("name")
        ),
        None,
    )
    micro = None
    if not (given or site or publisher or organisation):
        node = tree.css_first('[itemprop~="publisher"] [itemprop~="name"], [itemprop~="publisher"]')
        if node is not None:
            micro = clean(node.attributes.get("content") or node.text(separator=" "))
    for value, where in (
        (given, "the source followed"),
        (clean(site[0]) if site and site[1] == "og:site_name" else None, "meta og:site_name"),
        (publisher, "json-ld publisher"),
        (organisation, "json-ld organisation"),
        (clean(site[0]) if site else None, f"meta {site[1]}" if site else ""),
        (micro, "microdata publisher"),
    ):
        if value and 1 < len(value) <= 80 and not value.startswith("http"):
            fields.outlet = value.removeprefix("@")
            fields.found.append(Found(name="outlet", where=where))
            return


def _read_outlet_of_title(fields: Fields, claims: Claims) -> None:
    """The site's name as the other half of the title tag ("Headline | The Paper"), where nothing else names it."""
    if fields.outlet or not fields.title or not claims.title_tag:
        return
    tag, title = claims.title_tag, plain(fields.title)
    for m in _HALVES.finditer(tag):
        for headline, name in ((tag[: m.start()], tag[m.end() :]), (tag[m.end() :], tag[: m.start()])):
            words = name.split()
            if (
                plain(headline) == title
                and 0 < len(words) <= 5
                and words[0][:1].isupper()
                and len(name) <= 40
            ):
                fields.outlet = name.strip()
                fields.found.append(Found(name="outlet", where="title tag"))
                return


def _read_outlet_of_copyright(fields: Fields, tree: LexborHTMLParser, claims: Claims) -> None:
    """The site's name as the first or the last part of the title tag, where the page says that this name has its copyright."""
    parts = SEPARATOR.split(claims.title_tag) if claims.title_tag and not fields.outlet else []
    if len(parts) < 2 or tree.body is None:
        return
    # A line for each piece of text, so that what stands behind the name in another element is no part of it.
    holders = {plain(_COMPANY.split(m[1])[0]) for m in _COPYRIGHT.finditer(tree.body.text(separator="\n"))}
    for name in (parts[-1].strip(), parts[0].strip()):
        if len(plain(name)) > 3 and plain(name) in holders:
            fields.outlet = name
            fields.found.append(Found(name="outlet", where="title tag and copyright"))
            return


_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}\s*(?:[-–]\s*\d{2,4})?)?[\s,.|-]*(?:by\s+)?(\S.{1,60})",
    re.IGNORECASE,
)
# What may stand behind the holder's name: a stop, "all rights reserved". "News Corp" is another name than "News".
_COMPANY = re.compile(r"[.,;|·•–—(]|\s(?:all|alle|tous|todos|tutti)\b", re.IGNORECASE)
_HALVES = re.compile(rf"{SEPARATOR.pattern}|:\s+")
_OUTLET_TYPES = frozenset({"NewsMediaOrganization", "Newspaper", "WebSite"})


def _read_section(fields: Fields, claims: Claims) -> None:
    stated = claims.first(
        "article:section", "section", "og:article:section", "parsely-section", "cxenseparse:section"
    )
    value = text_of(values_of(fields.article, "articleSection")) if fields.article else None
    where = "json-ld articleSection"
    if not value and stated:
        value, where = clean(stated[0]), f"meta {stated[1]}"
    if value and len(value) <= 60:
        fields.section = value
        fields.found.append(Found(name="section", where=where))


# ---------------------------------------------------------------- addresses, genre, rights


def _read_address(fields: Fields, claims: Claims, url: str | None) -> None:
    canonical = claims.canonical
    stated = claims.first("og:url")
    social = absolute(stated[0], claims.base) if stated else None
    for value, where in ((canonical, "link canonical"), (social, "meta og:url")):
        if not value:
            continue
        if url and _site(value) != _site(url):
            # An address on another site is where the text came from, not where this page is.
            if value is canonical and _path(value) not in ("", "/"):
                fields.source_url = value
                fields.found.append(Found(name="source_url", where=where))
            continue
        if url and _path(value) in ("", "/") and _path(url) not in ("", "/"):
            continue
        fields.url = value
        fields.found.append(Found(name="url", where=where))
        break
    if fields.url is None:
        fields.url = url
    for key in ("isBasedOn", "isBasedOnUrl", "citation"):
        based = address_of(fields.article.get(key), claims.base) if fields.article else None
        if based and _site(based) != _site(url or fields.url or ""):
            fields.source_url = based
            fields.found.append(Found(name="source_url", where=f"json-ld {key}"))
            return
    original = claims.first("original-source", "syndication-source")
    declared = absolute(original[0], claims.base) if original else None
    if original and declared and _site(declared) != _site(url or ""):
        fields.source_url = declared
        fields.found.append(Found(name="source_url", where=f"meta {original[1]}"))


_GENRES: tuple[tuple[str, Genre], ...] = (
    ("LiveBlogPosting", "live"),
    ("OpinionNewsArticle", "opinion"),
    ("AnalysisNewsArticle", "analysis"),
    ("AdvertiserContentArticle", "sponsored"),
    ("SatiricalArticle", "satire"),
    ("ClaimReview", "fact check"),
)


def _read_genre(fields: Fields, claims: Claims) -> None:
    kinds = {t for o in claims.objects for t in types_of(o)}
    for kind, genre in _GENRES:
        if kind in kinds:
            fields.genre = genre
            fields.found.append(Found(name="genre", where=f"json-ld {kind}"))
            return


def _read_rights(fields: Fields, claims: Claims) -> None:
    """Signals are recorded, not obeyed here: whether a text may be kept or shown is the newsroom's rule."""
    for name in ("tdm-reservation", "tdm-policy", "robots", "googlebot"):
        for value in claims.meta.get(name, ())[:1]:
            if name.startswith("tdm") or re.search(r"noindex|noarchive|nosnippet|noai|none", value, re.I):
                fields.found.append(Found(name="rights", where=f"meta {name}: {value[:60]}"))


def _site(address: str) -> str:
    """The host without `www.`, `m.` and `amp.`."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", host)


def _path(address: str | None) -> str:
    if not address:
        return ""
    try:
        return urlsplit(address).path.rstrip("/")
    except ValueError:
        return ""
