"""What several newsrooms link in their reports on one story: the ruling, the paper, the release, the recording.

Pure: articles with their links, and who is independent of whom, in; addresses with the words that lead there out. One
newsroom's link, however often reprinted, is no evidence; neither is a front page, a profile, or one of the outlets
themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from stemma.acquire.addresses import canon, strip_tracking
from stemma.text.addresses import find_site
from stemma.types import Article, ArticleId, LinkedDocument, Reference, Span

FEWEST = 2
"""Newsrooms that link it."""
MOST = 10

_LOCAL = (".local", ".localhost", ".internal", ".lan", ".home", ".arpa", ".onion", ".invalid", ".test")
_SHARING = re.compile(
    r"https://(?:[\w.-]+\.)?(?:facebook\.com/(?:sharer|share|dialog)|x\.com/(?:intent|share)"
    r"|linkedin\.com/(?:shareArticle|sharing)|reddit\.com/submit|pinterest\.[a-z.]+/pin/create|wa\.me/|t\.me/share"
    r"|api\.whatsapp\.com|news\.google\.com|play\.google\.com|apps\.apple\.com|itunes\.apple\.com)",
    re.I,
)
_SOCIAL = frozenset(
    str.split(
        "x.com facebook.com instagram.com tiktok.com linkedin.com youtube.com threads.net bsky.app t.me reddit.com"
    )
)
"""Where an address of one segment is somebody's profile."""
_HOST_FORMS = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_AMP_CACHE = re.compile(r"^([\w-]+)\.cdn\.ampproject\.org$")
_AMP_PATH = re.compile(r"^/(?:[a-z]/)?(?:s/)?(?=[\w-]+(?:\.[\w-]+)+(?:/|$))")
_AMP_END = re.compile(r"/(?:amp|amp\.html)$|(?<=\.)amp(?=\.html$)")
_AMP_KEYS = frozenset({"amp", "outputtype", "usqp"})


def find_documents(
    articles: Sequence[Article], voices: Sequence[Sequence[ArticleId]]
) -> tuple[LinkedDocument, ...]:
    """Addresses that at least `FEWEST` of the independent newsrooms link, those with most of them first.

    Of each newsroom the first article that links it is named. The outlets of the story, and whatever is of their sites,
    are no documents.
    """
    own = {find_site(article.url) for article in articles}
    by_id = {article.id: article for article in articles}
    linked: dict[str, dict[int, tuple[Article, Reference]]] = {}
    for number, voice in enumerate(voices):
        for article in (by_id[ident] for ident in voice if ident in by_id):
            for reference in article.links:
                key = name_document(reference.url)
                if key is not None and find_site(key) not in own:
                    linked.setdefault(key, {}).setdefault(number, (article, reference))
    found = [
        LinkedDocument(
            address=min((strip_tracking(r.url) for _, r in by.values()), key=lambda url: (len(url), url)),
            places=tuple(Span(article=a.id, start=r.start, end=r.end) for a, r in by.values()),
        )
        for by in linked.values()
        if len(by) >= FEWEST
    ]
    # A stable sort: of equally many the one that was linked first.
    return tuple(sorted(found, key=lambda document: -len(document.places)))[:MOST]


def name_document(address: str) -> str | None:
    """One name for all addresses of a document; None where it is none, or where nobody outside can reach it.

    Scheme, "www.", marks of campaigns, pages for telephones and AMP make no other document of it.
    """
    plain = canon(address)
    if plain is not None and (inner := _unwrap(plain)) is not None:
        plain = canon(inner)
    if plain is None or not _is_public(plain) or _unwrap(plain) is not None:
        return None
    parts = urlsplit(plain)
    host, path = parts.netloc, parts.path
    host = _HOST_FORMS.sub("", host)
    host = {"twitter.com": "x.com", "mobile.twitter.com": "x.com"}.get(host, host)
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k.lower() not in _AMP_KEYS]
    path = _AMP_END.sub("", path) or "/"
    if host == "youtu.be" and len(path) > 1:
        host, path, query = "youtube.com", "/watch", [("v", path.strip("/"))]
    elif host == "youtube.com" and path == "/watch":
        query = [(k, v) for k, v in query if k == "v"]
    segments = [s for s in path.split("/") if s]
    if not segments and not query:
        return None
    if host in _SOCIAL and len(segments) < 2 and not query:
        return None
    named = urlunsplit(("https", host, path.rstrip("/") or "/", urlencode(query), ""))
    return None if _SHARING.match(named) else named


def _unwrap(address: str) -> str | None:
    """The address that a cache of AMP pages carries in its own, "" where it carries none; None of any other address."""
    parts = urlsplit(address)
    google = parts.netloc in ("www.google.com", "google.com") and parts.path.startswith("/amp/")
    if not google and not _AMP_CACHE.match(parts.netloc):
        return None
    inner = _AMP_PATH.sub("", parts.path.removeprefix("/amp")).lstrip("/")
    return f"https://{inner}" if "." in inner.split("/")[0] else ""


def _is_public(address: str) -> bool:
    """Whether the host has a name, or an address, that is meant for everybody."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return find_site(address) is not None and not host.endswith(_LOCAL)
