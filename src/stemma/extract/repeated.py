"""Lines that an outlet prints under everything, learned as its articles come in: appeals, notices, standing blurbs.

A paragraph that stands in several articles of one outlet which otherwise have nothing in common is not theirs. Articles on one
affair share their background word for word, so only articles on different things are witnesses. Later articles are read
without it, earlier ones stay as they are. Bounded, without a clock; the newsroom holds it, and builds it again from stored
articles.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from urllib.parse import urlsplit

import xxhash

from stemma.text.lang import find_languages, language_words
from stemma.text.tokens import split_words
from stemma.types import Article, Found

WITNESSES = 4
"""Articles on different things in which a paragraph must stand before it is known as the outlet's own."""
MOST_LINES = 600
"""Paragraphs that are remembered of one outlet, some thirty articles' worth; those not seen again for longest go first."""
MOST_IN_ALL = 30_000
"""Paragraphs that are remembered in all (12 MB); the outlet that was silent for longest goes first."""

_Topic = frozenset[int]


class RepeatedLines:
    """What is remembered: for each outlet its paragraphs as hashes, each with the topics of the articles that had it."""

    def __init__(
        self, *, witnesses: int = WITNESSES, most: int = MOST_LINES, most_in_all: int = MOST_IN_ALL
    ) -> None:
        self._witnesses, self._most, self._most_in_all = witnesses, most, most_in_all
        self._outlets: OrderedDict[str, _Outlet] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        """Paragraphs remembered, at most `most_in_all` and those of one outlet."""
        return self._size

    def note(self, article: Article) -> None:
        """Remembers the paragraphs of an article as it is kept."""
        key = _outlet_of(article)
        if key is None:
            return
        outlet = self._outlets.setdefault(key, _Outlet())
        self._outlets.move_to_end(key)
        before = len(outlet.seen) + len(outlet.known)
        paragraphs = [split_words(paragraph) for paragraph in article.text.split("\n\n")]
        lines = [_hash_line(words) for words in paragraphs]
        # What the outlet has printed before says nothing of this article's subject.
        fresh = [
            words
            for words, line in zip(paragraphs, lines, strict=True)
            if line not in outlet.seen and line not in outlet.known
        ]
        topic = _topic_of(chain.from_iterable(fresh))
        for line in dict.fromkeys(lines):
            if line is not None:
                outlet.note(line, topic, witnesses=self._witnesses)
        outlet.shrink(self._most)
        self._size += len(outlet.seen) + len(outlet.known) - before
        while self._size > self._most_in_all and len(self._outlets) > 1:
            _, gone = self._outlets.popitem(last=False)
            self._size -= len(gone.seen) + len(gone.known)

    def cut(self, article: Article, *, keep: str = "") -> Article:
        """The article without paragraphs that its outlet is known to repeat.

        `keep` is the text of an earlier revision: what it has stays, since nothing was taken away by the publisher. An article of
        which little would be left is given as it is.
        """
        key = _outlet_of(article)
        outlet = self._outlets.get(key) if key is not None else None
        if outlet is None or not outlet.known:
            return article
        paragraphs = article.text.split("\n\n")
        held = set(_hash_lines(keep)) if keep else set()
        rest = [
            paragraph
            for paragraph, line in zip(paragraphs, _hash_lines(article.text), strict=True)
            if line is None or line not in outlet.known or line in held
        ]
        text = "\n\n".join(rest)
        if len(rest) == len(paragraphs) or len(text) < _LEAST_LEFT * len(article.text):
            return article
        count = len(paragraphs) - len(rest)
        where = f"without {count} paragraph{'s' if count > 1 else ''} that this outlet prints under other articles too"
        return replace(article, text=text, found=(*article.found, Found(name="text", where=where)))


# ---------------------------------------------------------------- helpers

_LEAST_LEFT = 0.4
_FEWEST_WORDS = 4
"""Shorter lines are headings of a standing form ("Background"), which are the article's."""
_TOPIC_WORDS, _LONG_WORD = 24, 6
_FEWEST_TOPICAL = 4
"""Longer words that tell an article's subject at least."""
_ALIKE = 2
"""From so many common words of 24 two articles may be on one thing. Of pairs of `stories/mix` 9 % of those drawn at random have as
many, and 95 % of those of one story."""


class _Outlet:
    """`seen` are paragraphs with the topics of their articles, the latest last; `known` are those with enough of them."""

    __slots__ = ("known", "seen")

    def __init__(self) -> None:
        self.seen: OrderedDict[int, tuple[_Topic, ...]] = OrderedDict()
        self.known: dict[int, None] = {}

    def note(self, line: int, topic: _Topic, *, witnesses: int) -> None:
        if line in self.known:
            return
        topics = self.seen.pop(line, ())
        if len(topic) >= _FEWEST_TOPICAL and all(len(topic & other) < _ALIKE for other in topics):
            topics = (*topics, topic)
        if len(topics) >= witnesses:
            self.known[line] = None
        elif topics:
            self.seen[line] = topics

    def shrink(self, most: int) -> None:
        while len(self.seen) > most:
            self.seen.popitem(last=False)
        while len(self.known) > most:
            del self.known[next(iter(self.known))]


def _outlet_of(article: Article) -> str | None:
    """Whose lines they are: the site of the address, else the name."""
    try:
        host = (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return host or (article.outlet.casefold() if article.outlet else None)


def _hash_lines(text: str) -> Sequence[int | None]:
    """A number for each paragraph, None where it is too short to be told from others."""
    return [_hash_line(split_words(paragraph)) for paragraph in text.split("\n\n")]


def _hash_line(words: Sequence[str]) -> int | None:
    return _number(" ".join(words)) if len(words) >= _FEWEST_WORDS else None


def _topic_of(words: Iterable[str]) -> _Topic:
    """The commonest longer words, as numbers: articles on one thing have several of them in common."""
    counts = Counter([word for word in words if len(word) >= _LONG_WORD or not word.isascii()])
    told = counts.keys() - _stop_words()
    chosen = sorted(told, key=lambda word: (-counts[word], word))[:_TOPIC_WORDS]
    return frozenset(_number(word) for word in chosen)


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    return frozenset(w for code in find_languages() for w in language_words(code, "words", "stop"))


def _number(words: str) -> int:
    return xxhash.xxh3_64_intdigest(words.encode("utf-8", "replace"))
