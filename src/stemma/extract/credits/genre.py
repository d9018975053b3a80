"""The genre that a page declares of itself, and its pointer to a primary source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from stemma.extract.credits.names import codes_of
from stemma.text.lang import language_words
from stemma.types import Genre


def find_genre(
    *,
    title: str | None,
    labels: Sequence[str] = (),
    url: str | None = None,
    text: str = "",
    language: str | None = None,
) -> Genre:
    """The genre that the page itself declares: in a label (section, kicker), its title, its address; news otherwise."""
    words = _genre_words(language)
    folded = [" ".join(x.lower().split()).strip(" :|*") for x in labels if len(x) < 60]
    head = (title or "").lower()
    opening = {head[: m.start()] for m in _LABEL_END.finditer(head)}
    path = _PATH.sub("", url or "").lower().split("/")
    said = {genre for word in (*folded, *opening) if (genre := words.labels.get(word))}
    said |= {genre for part in path if (genre := words.slugs.get(part))}
    if any(x.startswith(words.releases) for x in folded):
        said.add("press release")
    padded = f" {head} ".replace(":", " ")
    if any(f" {word} " in padded for word in words.live):
        said.add("live")
    for genre, _ in _GENRES:
        if genre in said:
            return genre
    return "press release" if _RELEASE.search(text[:400]) else "news"


def find_source_line(line: str, language: str | None = None) -> bool:
    """Whether a line is the page's pointer to its primary source ("Source link", "Read original article here")."""
    if not line or len(line) > _LONGEST_POINTER:
        return False
    bare = " ".join(line.split()).lower().strip(" :.→»>-–[]()")
    whole, openings = _source_words(language)
    return bare in whole or bare.startswith(openings)


# ---------------------------------------------------------------- helpers


@dataclass(frozen=True, slots=True)
class _GenreWords:
    """What declares which genre, in the languages of a page: whole labels, parts of an address, openings, live phrases."""

    labels: dict[str, Genre]
    slugs: dict[str, Genre]
    releases: tuple[str, ...]
    live: tuple[str, ...]


@lru_cache(maxsize=64)
def _genre_words(language: str | None) -> _GenreWords:
    labels: dict[str, Genre] = {}
    slugs: dict[str, Genre] = {}
    by_genre: dict[Genre, list[str]] = {}
    for genre, key in _GENRES:
        listed = sorted(
            {w.rstrip(":") for c in codes_of(language) for w in language_words(c, "prompts", key)}
        )
        by_genre[genre] = listed
        for word in listed:
            labels.setdefault(word, genre)
            slug = word.replace(" ", "-")
            if len(slug) > _SHORT_SLUG:
                slugs.setdefault(slug, genre)
                slugs.setdefault(f"{slug}s", genre)
    return _GenreWords(
        labels=labels,
        slugs=slugs,
        releases=tuple(f"{word} " for word in by_genre["press release"]),
        live=tuple(word for word in by_genre["live"] if " " in word),
    )


@lru_cache(maxsize=64)
def _source_words(language: str | None) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole pointers, and long ones that may go on ("read the original article at …")."""
    listed = sorted({w for c in codes_of(language) for w in language_words(c, "prompts", "source")})
    return frozenset(listed), tuple(w for w in listed if len(w) > _SHORT_POINTER)


_LONGEST_POINTER, _SHORT_POINTER, _SHORT_SLUG = 120, 10, 4
_PATH = re.compile(r"^[a-z]+://[^/]*")
_LABEL_END = re.compile(r":| [|–-]")
_GENRES: tuple[tuple[Genre, str], ...] = (
    ("satire", "satire"),
    ("fact check", "fact_check"),
    ("sponsored", "sponsored"),
    ("press release", "press_release"),
    ("opinion", "opinion"),
    ("live", "live"),
    ("analysis", "analysis"),
)


_RELEASE = re.compile(
    r"/\s?(?:PRNewswire|PRNewswire-\w+)\s?/|\((?:BUSINESS WIRE|GLOBE NEWSWIRE|GlobeNewswire)\)|FOR IMMEDIATE RELEASE"
)
