"""Who speaks in a story: which articles may be quoted, in which language, and which of them are one voice.

A reprint and its source are one voice, so are two articles of one outlet or one agency. Goes to `brief` and `timeline`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.text.lang import find_languages, language_words
from stemma.text.tokens import split_words
from stemma.types import Article, ArticleId

_REPORTING = frozenset(["news", "live", "fact check", "analysis", "other"])
_INTERESTED = frozenset(["opinion", "press release", "sponsored"])


@dataclass(frozen=True, slots=True)
class Voices:
    """`of[i]` is the voice of the i-th article, a number from 0; `speakers` are the places of articles to quote."""

    of: tuple[int, ...]
    speakers: tuple[int, ...]
    language: str | None

    @property
    def count(self) -> int:
        """How many voices may be quoted."""
        return len({self.of[i] for i in self.speakers})


def find_voices(articles: Sequence[Article], parents: Mapping[ArticleId, ArticleId]) -> Voices:
    """Reports before opinion, press release and advertising; the language of most voices, then of most articles; originals, not reprints."""
    place = {article.id: i for i, article in enumerate(articles)}
    numbers: dict[str, int] = {}
    of = tuple(
        numbers.setdefault(_voice_name(articles[_find_root(i, articles, parents, place)]), len(numbers))
        for i in range(len(articles))
    )
    heard = _by_genre(articles)
    languages = {i: read_language(articles[i]) for i in heard}
    language = _main_language(languages, of)
    spoken = [i for i in heard if languages[i] == language]
    originals = [i for i in spoken if _source_in(i, spoken, articles, parents, place) is None]
    return Voices(of=of, speakers=tuple(originals or spoken), language=language)


def read_language(article: Article) -> str | None:
    """The stated language without its region; where none is stated, that of most stop words in the opening."""
    if article.language:
        return article.language.split("-")[0].split("_")[0].lower()
    words = split_words(article.text[:OPENING])
    shares = {
        code: sum(w in language_words(code, "words", "stop") for w in words) for code in find_languages()
    }
    best = max(shares, key=lambda code: shares[code], default=None)
    return best if best and shares[best] >= STOP_SHARE * len(words) > 0 else None


OPENING, STOP_SHARE = 800, 0.25
"""Characters that are read to guess a language, and the least share of stop words that makes one."""

# ---------------------------------------------------------------- helpers


def _voice_name(article: Article) -> str:
    name = article.agency or article.outlet
    return f"name {name.casefold()}" if name else f"id {article.id}"


def _find_root(
    at: int,
    articles: Sequence[Article],
    parents: Mapping[ArticleId, ArticleId],
    place: Mapping[ArticleId, int],
) -> int:
    seen = {at}
    while (parent := parents.get(articles[at].id)) is not None and parent in place:
        at = place[parent]
        if at in seen:
            return min(seen)
        seen.add(at)
    return at


def _source_in(
    at: int,
    spoken: Sequence[int],
    articles: Sequence[Article],
    parents: Mapping[ArticleId, ArticleId],
    place: Mapping[ArticleId, int],
) -> int | None:
    root = _find_root(at, articles, parents, place)
    return root if root != at and root in spoken else None


def _by_genre(articles: Sequence[Article]) -> list[int]:
    for allowed in (_REPORTING, _INTERESTED):
        if found := [i for i, a in enumerate(articles) if a.genre in allowed and a.text.strip()]:
            return found
    return [i for i, a in enumerate(articles) if a.text.strip()]


def _main_language(languages: Mapping[int, str | None], of: Sequence[int]) -> str | None:
    votes: Counter[str | None] = Counter()
    for _, language in dict.fromkeys((of[i], language) for i, language in languages.items()):
        votes[language] += 1
    articles = Counter(languages.values())
    return max(votes, key=lambda k: (votes[k], k is not None, articles[k]), default=None)
