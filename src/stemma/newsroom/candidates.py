"""Between what a source says it has and an article: entries to candidates, a fetched page to what is done with it. Pure.

An entry's identity is its address in one form, so that changing guids, repeated guids and tracking parameters make no
second article. Where the page cannot be had, the feed's own text stands for it and says so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from stemma.acquire.addresses import canon
from stemma.acquire.answers import RESERVING, Answer, Failure, Fetched, parse_retry_after
from stemma.acquire.fetch import find_authority
from stemma.acquire.items import FeedItem, parse_moment_of
from stemma.extract.dates import parse_machine_date, resolve_published
from stemma.newsroom.visits import explain_status
from stemma.store.followed import Candidate, NewCandidate
from stemma.types import Article, ArticleId, Found, Page

FEWEST_LETTERS = 60
"""Letters of a feed's own text below which it is no article (as for pages)."""
FEWEST_CHURNING = 4
"""Entries of a feed that must all have changed at once before none of them is believed to."""
_RETRY = (300, 1_800, 7_200)
"""Seconds before a page that failed for a while is asked for again; after the last it is given up."""
_SKEW = timedelta(minutes=15)
_META = re.compile(rb"<meta\b([^>]{0,500})>", re.I)
_HEAD = 50_000


def make_candidates(
    items: Iterable[FeedItem], *, source_url: str, source_host: str
) -> tuple[NewCandidate, ...]:
    """The entries of one document as candidates, each identity once, in the document's order. An entry with neither an
    address nor a text is none."""
    made: dict[str, NewCandidate] = {}
    for item in items:
        key = _key(item, source_url)
        host = find_authority(item.url) if item.url else source_host
        if key is None or host is None or key in made:
            continue
        made[key] = NewCandidate(
            key=key,
            url=item.url,
            host=host,
            signature=_hash(item.title or "", item.updated or item.date or ""),
            title=item.title,
            text=item.text,
            author=item.author,
            origin=item.source,
            language=item.language,
            date=item.date,
        )
    return tuple(made.values())


def choose_fresh(candidates: Sequence[NewCandidate], known: Mapping[str, str]) -> tuple[NewCandidate, ...]:
    """Those that are new or changed, by the signatures `known` under their keys. Where all that is known changed at once,
    nothing did: the source writes other dates with each answer."""
    changed = {c.key for c in candidates if c.key in known and known[c.key] != c.signature}
    churns = len(changed) >= FEWEST_CHURNING and len(changed) == sum(c.key in known for c in candidates)
    return tuple(c for c in candidates if c.key not in known or (c.key in changed and not churns))


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a fetch of a candidate comes to: a page to be read, or None and the feed's own text has to do.

    `words` says why there is no page. `retry` is in how many seconds to ask again, None for never.
    """

    page: Page | None
    words: str
    retry: float | None = None
    host_pause: float | None = None


def decide_candidate(candidate: Candidate, fetched: Fetched, *, now: datetime) -> Outcome:
    """Whether what came back is a page that may be read, and when to ask again where not."""
    if isinstance(fetched, Failure):
        if fetched.kind == "host waits":
            return Outcome(page=None, words=fetched.words, retry=fetched.wait or _RETRY[0])
        lasting = fetched.kind in (
            "not an address", "blocked address", "blocked redirect", "robots", "too large", "too many redirects",
            "unknown host", "certificate",
        )  # fmt: skip
        return Outcome(page=None, words=fetched.words, retry=None if lasting else _next_try(candidate))
    code = fetched.status
    if code == 429:
        wait = parse_retry_after(fetched.retry_after, now=now) or 3_600.0
        return Outcome(page=None, words=explain_status(code), retry=wait, host_pause=wait)
    if code >= 500:
        asked = parse_retry_after(fetched.retry_after, now=now)
        retry = _next_try(candidate)
        return Outcome(page=None, words=explain_status(code), retry=retry and max(retry, asked or 0.0))
    if not 200 <= code < 300:
        return Outcome(page=None, words=explain_status(code))
    if fetched.media and fetched.media not in ("text/html", "application/xhtml+xml", "text/plain"):
        return Outcome(page=None, words=f"it is no web page but {fetched.media}")
    reserved = fetched.reserved or _find_meta_reservation(fetched.body)
    if reserved:
        return Outcome(page=None, words=f"the page reserves its rights ({reserved})")
    if _led_home(candidate.entry.url, fetched.url):
        return Outcome(page=None, words="its address leads to the site's front page")
    return Outcome(page=_page(candidate, fetched, now), words="read")


def article_of_entry(candidate: Candidate, *, now: datetime, words: str) -> Article | None:
    """The feed's own text as an article, labelled so; None where it is too short for one."""
    entry = candidate.entry
    text = entry.text or ""
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        return None
    date = usable_date(entry.date, now=now)
    clue = parse_machine_date(date, basis="feed") if date else None
    language = (entry.language or "").split("-")[0].split("_")[0].lower()
    language_code = language if re.fullmatch(r"[a-z]{2,3}", language) else None
    published = resolve_published(
        [clue] if clue else [], text=text, language=language_code, fetched=now.replace(microsecond=0)
    )
    given = (("title", entry.title), ("byline", entry.author), ("outlet", entry.origin or candidate.outlet))
    return Article(
        id=ArticleId(entry.url or entry.key),
        text=text,
        title=entry.title,
        url=entry.url,
        outlet=entry.origin or candidate.outlet,
        byline=(entry.author,) if entry.author else (),
        language=language_code,
        published=published,
        first_seen=now.replace(microsecond=0),
        found=(
            *(Found(name=name, where="feed") for name, value in given if value),
            Found(name="text", where=f"the feed's own text: {words}"[:200]),
        ),
    )


def usable_date(date: str | None, *, now: datetime) -> str | None:
    """A feed's date, unless it lies in the future: then it says nothing."""
    moment = parse_moment_of(date)
    return date if moment is not None and moment <= now + _SKEW else None


# ---------------------------------------------------------------- helpers


def _key(item: FeedItem, source_url: str) -> str | None:
    if item.url is not None:
        return canon(item.url)
    if item.text and (item.guid or item.title):
        return f"entry {_hash(source_url, item.guid or _hash(item.title or '', item.text or ''))}"
    return None


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _next_try(candidate: Candidate) -> float | None:
    return float(_RETRY[candidate.tries - 1]) if 0 < candidate.tries <= len(_RETRY) else None


def _page(candidate: Candidate, answer: Answer, now: datetime) -> Page:
    entry = candidate.entry
    return Page(
        id=ArticleId(answer.url),
        kind="text" if answer.media == "text/plain" else "html",
        body=answer.body,
        url=answer.url,
        fetched=now.astimezone(UTC).replace(microsecond=0),
        charset=answer.charset,
        feed_date=usable_date(entry.date, now=now),
        outlet=entry.origin or candidate.outlet,
    )


def _find_meta_reservation(body: bytes) -> str | None:
    """`<meta name="tdm-reservation" content="1">`, or a robots directive against showing any of the text."""
    for found in _META.finditer(body[:_HEAD]):
        inside = found[1].decode("utf-8", "replace").lower()
        name = re.search(r"\bname\s*=\s*[\"']?([\w-]+)", inside)
        content = re.search(r"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))", inside)
        if name is None or content is None:
            continue
        value = next(v for v in content.groups() if v is not None)
        if name[1] == "tdm-reservation" and value.strip() == "1":
            return "tdm-reservation"
        if name[1] in ("robots", "stemma"):
            held = RESERVING & {d.strip() for d in value.split(",")}
            if held:
                return f"robots: {min(held)}"
    return None


def _led_home(asked: str | None, reached: str) -> bool:
    """Whether an article's address led to a front page: then the article is gone."""
    if asked is None:
        return False
    return (
        urlsplit(asked).path.strip("/") != ""
        and urlsplit(reached).path.strip("/") == ""
        and not urlsplit(reached).query
    )
