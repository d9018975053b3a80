"""The fields of an article from what its page claims: title, people, outlet, section, address, genre, declared source.

Each value comes with where it was found. Claims are weighed against each other (a headline that the page also shows,
people who are not the outlet); a field that the page does not give stays None. Dates are in `clues`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

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
from stemma.extract.html.people import find_people
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

ARTICLE_TYPES = frozenset(
    str.split(
        "NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle"
        " ReviewNewsArticle AskPublicNewsArticle LiveBlogPosting Report ScholarlyArticle TechArticle SatiricalArticle"
        " AdvertiserContentArticle SocialMediaPosting DiscussionForumPosting MedicalScholarlyArticle"
    )
)
_SEPARATOR = re.compile(r"\s+[|·•»—–\-:]+\s+|\s*[|»]\s*|\s+::\s+")
_WORD = re.compile(r"\w+")


def _read_title(fields: Fields, tree: LexborHTMLParser, claims: Claims) -> None:
    """The headline: JSON-LD, then a heading that the head confirms, then the head without the site's name."""
    headings = [t for h in tree.css("h1")[:12] if 3 <= len(t := clean(h.text())) <= 400]
    open_graph = claims.first(
        "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"
    )
    social = _without_site(clean(open_graph[0]), fields.outlet, claims.base) if open_graph else None
    tag = _without_site(claims.title_tag, fields.outlet, claims.base) if claims.title_tag else None
    headline = (
        text_of(fields.article.get("headline") or fields.article.get("name")) if fields.article else None
    )
    known = [t for t in (headline, social, tag) if t]
    if not headings and tag is not None and not (headline or social):
        # Older pages write their headline as `h2`: believed where the head repeats it.
        wanted = _plain(claims.title_tag or "")
        seconds = (clean(h.text()) for h in tree.css("h2")[:12])
        headings = [t for t in seconds if t.count(" ") >= 2 and _plain(t) in wanted][:1]
    heading = max(headings, key=lambda h: max((_alike(h, t) for t in known), default=0.0), default=None)
    if heading is not None and known and max(_alike(heading, t) for t in known) < 0.5:
        heading = headings[0] if len(headings) == 1 and not (headline or social) else None
    if heading is not None and _is_site(heading, fields.outlet):
        heading = None
    choices = (
        (heading, "h1"),
        (headline, "json-ld headline"),
        (social, f"meta {open_graph[1]}" if open_graph else ""),
        (tag, "title tag"),
    )
    for value, where in choices:
        if value and not _is_site(value, fields.outlet):
            fields.title = value
            fields.found.append(Found(name="title", where=where))
            return


def _without_site(title: str | None, outlet: str | None, base: str | None) -> str | None:
    """A title without the parts that name the site ("Headline | The Paper"): by its name, its host, or a lone short end."""
    if not title:
        return None
    pieces = _SEPARATOR.split(title)
    if len(pieces) < 2:
        return title
    host = (urlsplit(base).hostname or "").removeprefix("www.") if base else ""
    names = {
        _plain(outlet or ""),
        _plain(host),
        _plain(host.rsplit(".", 1)[0]),
        _plain(host.split(".")[0]),
    } - {""}
    start, end = 0, len(title)
    last = list(_SEPARATOR.finditer(title))
    while last and (
        _plain(title[last[-1].end() : end]) in names
        or _site_like(title[last[-1].end() : end], last[-1].group())
    ):
        end = last.pop().start()
    while last and _plain(title[start : last[0].start()]) in names:
        start = last.pop(0).end()
    return title[start:end].strip() or title


def _site_like(piece: str, separator: str) -> bool:
    """After a bar: one to four capitalised words are a site or section, not the end of a headline."""
    words = piece.split()
    return (
        "|" in separator
        and 0 < len(words) <= 4
        and all(w[:1].isupper() or not w[:1].isalpha() for w in words)
    )


def _is_site(title: str, outlet: str | None) -> bool:
    return bool(outlet) and _plain(title) == _plain(outlet or "")


def _plain(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _alike(one: str, other: str) -> float:
    """Share of common words, of the shorter title."""
    a, b = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(a & b) / max(1, min(len(a), len(b))) if a and b else 0.0


# ---------------------------------------------------------------- byline, outlet, section

_AUTHOR_META = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "cxenseparse:author", "og:article:author", "twitter:data1:author", "citation_author",
)  # fmt: skip
_AUTHOR_PLACES = (
    '[itemprop~="author"] [itemprop~="name"]',
    '[rel~="author"]',
    '[itemprop~="author"]',
    '[class*="byline" i] [class*="name" i], [class*="author" i][class*="name" i]',
    '[class*="byline" i] a, [class*="author" i] a, a[href*="/author/"], a[href*="/authors/"], a[href*="/autor"]',
    '[class*="byline" i], [class*="author" i]',
)
_AUTHOR_NAME = re.compile(r"(?:^|[.:_\-\s])(?:author|creator|written[ _]?by)(?:[._-]?name)?$")
_LONGEST_BYLINE = 90


def _read_byline(fields: Fields, tree: LexborHTMLParser, claims: Claims) -> None:
    if fields.article:
        authors = values_of(fields.article, "author") or values_of(fields.article, "creator")
        if not authors:
            for other in claims.objects:
                if other.get("author") and any(t in ARTICLE_TYPES or t == "WebPage" for t in types_of(other)):
                    authors = values_of(other, "author")
                    break
        texts = [t for a in authors if (t := _author_text(a, claims))]
        if _take_byline(fields, texts, "json-ld author"):
            return
    named = [n for n in claims.meta if n not in _AUTHOR_META and _AUTHOR_NAME.search(n)]
    for name in (*_AUTHOR_META, *named):
        values = [v for v in claims.meta.get(name, ()) if not v.startswith(("http", "/", "@"))]
        if values and _take_byline(fields, [clean(v) for v in values], f"meta {name}"):
            return
    for place in _AUTHOR_PLACES:
        nodes = [n for n in tree.css(place)[:_LOOKED_AT] if not _in_other_part(n)]
        texts = [
            t
            for n in nodes
            if 0 < len(t := " ".join((n.text(separator=" ") or "").split())) <= _LONGEST_BYLINE
        ]
        # The page's own byline comes first; teasers further down have theirs too.
        texts = list(dict.fromkeys(texts))[:_NAMES]
        for count in (len(texts), 1):
            if 0 < count <= _NAMES - 1 and _take_byline(fields, texts[:count], "byline on the page"):
                return


_LOOKED_AT = 30
_NAMES = 4
_OTHER_PART = re.compile(
    r"related|teaser|comment|sidebar|most-?read|recommend|popular|card|footer|promo", re.I
)


def _in_other_part(node: LexborNode) -> bool:
    """Whether an element stands in a menu, an aside, the comments or a teaser."""
    current = node.parent
    for _ in range(7):
        if current is None or current.tag == "body":
            return False
        if current.tag in ("nav", "aside", "footer", "li") and not _BYLINE.search(_hint(current)):
            return True
        if _OTHER_PART.search(_hint(current)):
            return True
        current = current.parent
    return False


_BYLINE = re.compile(r"author|byline|autor", re.I)


def _hint(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def _author_text(author: Any, claims: Claims) -> str | None:
    if isinstance(author, dict) and not author.get("name") and author.get("familyName"):
        return " ".join(t for key in ("givenName", "familyName") if (t := text_of(author.get(key))))
    if isinstance(author, dict) and not author.get("name"):
        reference = author.get("@id")
        for other in claims.objects:
            if reference and other.get("@id") == reference and other.get("name"):
                return text_of(other)
    return text_of(author)


def _take_byline(fields: Fields, texts: Sequence[str], where: str) -> bool:
    people, others = find_people(texts, outlet=fields.outlet)
    fields.credited = tuple(dict.fromkeys((*fields.credited, *others)))
    if people:
        fields.byline = people
        fields.found.append(Found(name="byline", where=where))
    return bool(people)


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
    tag, title = claims.title_tag, _plain(fields.title)
    for m in _SEPARATOR.finditer(tag):
        for headline, name in ((tag[: m.start()], tag[m.end() :]), (tag[m.end() :], tag[: m.start()])):
            words = name.split()
            if (
                _plain(headline) == title
                and 0 < len(words) <= 5
                and words[0][:1].isupper()
                and len(name) <= 40
            ):
                fields.outlet = name.strip()
                fields.found.append(Found(name="outlet", where="title tag"))
                return


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
