"""A figure as a claim that can be set beside another article's: what it counts in words that articles share.

Gives, for each figure of an article, its key (unit, thing, state), the words around it, its scope and its time. Which
claims speak of one thing, and how they relate, is for `relating` and `comparing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from stemma.facts.figure_words import figure_words
from stemma.facts.naming import name_claim
from stemma.facts.reading import Reading, read_text
from stemma.facts.replacing import find_replaced
from stemma.text.lang import language_words, load_language
from stemma.text.tokens import split_words, stem_words
from stemma.types import Article, Figure

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_HERE = 60
"""Characters behind a number within which its own place stands."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure of one member of a story, ready to be compared.

    `order` is the member's place in the order of publication; `hours` its publication in hours from the first,
    None where unknown. `things` are the stems of what is counted, with "person" for people; `special` those that say which people;
    `around` are the stems of its sentence, `near` also those of the sentences beside it, `concepts` what of them has a key
    over the languages. `label` names what is counted
    in the article's own words, "" where they would say nothing.
    """

    member: int
    order: int
    hours: float | None
    figure: Figure
    state: str | None
    things: frozenset[str]
    special: frozenset[str]
    around: frozenset[str]
    near: frozenset[str]
    concepts: frozenset[str]
    sentence: int
    words: str
    newer: bool
    falling: bool
    scope: str
    background: bool
    subset: bool
    rough: bool
    duration: bool
    replaces: float | None
    """The number of before that the article itself says this one replaces ("revised from 12 to nine")."""
    label: str
    language: str
    here: str
    """The place that stands right behind the number ("14 of them in Tolvik"), in small letters; "" where none does."""

    @property
    def value(self) -> float | None:
        """The number itself, whatever its qualifier."""
        return self.figure.low if self.figure.low is not None else self.figure.high


@lru_cache(maxsize=16)
def comparing_words(language: str) -> Mapping[str, Any]:
    """The `[comparing]` table of a language."""
    return load_language(language).get("comparing", _NOTHING)


@lru_cache(maxsize=16)
def concept_words(language: str) -> Mapping[str, str]:
    """A word to the key that it has in every language: "Stellen" to "job:"."""
    table = load_language(language).get("concepts", _NOTHING)
    return MappingProxyType({word: f"{key}:" for key, words in table.items() for word in words})


def count_shared(a: Claim, b: Claim) -> int:
    """Words that the sentences of two claims share; over languages, names, numbers and concepts also of those beside."""
    if a.language == b.language:
        return len(a.around & b.around)
    return len((a.near & b.near) | (a.concepts & b.concepts))


def list_claims(
    article: Article, figures: tuple[Figure, ...], *, member: int, order: int, hours: float | None
) -> list[Claim]:
    """The claims of one article in order of place."""
    language = article.language or "en"
    reading = read_text(article.text, language)
    words, table = figure_words(language), comparing_words(language)
    stop = language_words(language, "words", "stop")
    stated = _YEAR.search(article.published.stated or "")
    this_year = stated.group() if stated else "2999"
    claims: list[Claim] = []
    replaced = find_replaced(reading, figures, table)
    around: dict[int, _Around] = {}
    for index, figure in enumerate(figures):
        number = reading.sentence_at(figure.span.start)
        start = reading.sentences[number][0]
        said = around.get(number)
        if said is None:
            said = around[number] = _look_around(reading, number, this_year=this_year)
        text = said.words
        of = (figure.of or "").lower().split()
        state = next((words.states[w] for w in reversed(of) if w in words.states), None)
        nouns = [w for w in of if w not in words.states or w in words.person]
        person = any(w in words.person for w in nouns) or (not nouns and state is not None)
        stems = stem_words([w for w in nouns if w not in stop and w.isalpha()], language)
        human = state in table.get("human", ()) or state in comparing_words("en").get("human", ())
        concepts = concept_words(language)
        keys = frozenset(concepts[w] for w in nouns if w in concepts)
        things = frozenset(stems) | keys | (frozenset(["person"]) if person or human else frozenset())
        before = text[max(0, figure.span.start - start - 14) : figure.span.start - start]
        claims.append(
            Claim(
                member=member,
                order=order,
                hours=hours,
                figure=figure,
                state=state,
                things=things,
                special=frozenset(stems) - _anybody(language),
                around=said.around,
                near=said.near,
                concepts=said.concepts,
                sentence=number,
                words=text,
                newer=said.newer,
                falling=said.falling,
                scope=said.scope,
                label=name_claim(reading, figure, state),
                language=language,
                here=_find_here(text, figure, figure.span.end - start),
                background=said.background or index in replaced.former,
                replaces=replaced.replaces.get(index),
                duration=any(w in table.get("durations", ()) for w in nouns),
                rough=figure.qualifier == "about" and figure.high is None,
                subset=any(before.rstrip().endswith(w) for w in words.inclusive),
            )
        )
    return claims


@dataclass(frozen=True, slots=True, kw_only=True)
class _Around:
    """What a sentence gives to all figures in it; the fields are a claim's."""

    words: str
    around: frozenset[str]
    near: frozenset[str]
    concepts: frozenset[str]
    newer: bool
    falling: bool
    scope: str
    background: bool


def _look_around(reading: Reading, number: int, *, this_year: str) -> _Around:
    language = reading.language
    table, concepts, states = (
        comparing_words(language),
        concept_words(language),
        figure_words(language).states,
    )
    stop = language_words(language, "words", "stop")
    start, end = reading.sentences[number]
    text = reading.text[start:end].lower()
    first = reading.sentences[max(0, number - 1)][0]
    last = reading.sentences[min(len(reading.sentences), number + 2) - 1][1]
    beside = split_words(reading.text[first:last].lower())
    wide = _has(text, table.get("wide", ()))
    return _Around(
        words=text,
        around=_stem_telling(split_words(text), stop, language),
        near=_stem_telling(beside, stop, language),
        concepts=frozenset(
            concepts.get(w) or states.get(w, "") for w in beside if w in concepts or w in states
        ),
        newer=_has(text, table.get("newer", ())),
        falling=_has(text, table.get("falling", ())),
        scope="wide" if wide else "narrow" if _has(text, table.get("narrow", ())) else "",
        background=any(year < this_year for year in _YEAR.findall(text))
        or any(w in text for w in table.get("background", ()) if not w[-1].isdigit()),
    )


def _stem_telling(words: list[str], stop: Set[str], language: str) -> frozenset[str]:
    return frozenset(stem_words([w for w in words if w not in stop and not w[0].isdigit()], language))


@lru_cache(maxsize=16)
def _anybody(language: str) -> frozenset[str]:
    """Stems of words that count people whoever they are."""
    return frozenset(stem_words(list(comparing_words(language).get("anybody", ())), language))


def _find_here(sentence: str, figure: Figure, end: int) -> str:
    place = (figure.place or "").lower()
    at = sentence.find(place, end) if place else -1
    return place if 0 <= at - end <= _HERE and "," not in sentence[end:at] else ""


def find_moment(article: Article) -> datetime | None:
    """When an article was published, to the minute where its page says so."""
    stated = article.published.stated
    if stated is not None:
        try:
            moment = datetime.fromisoformat(stated)
        except ValueError:
            moment = None
        if moment is not None:
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if article.first_seen is not None:
        return article.first_seen
    published = article.published
    day: date | None = published.earliest if published.earliest == published.latest else None
    return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None


def _has(text: str, phrases: tuple[str, ...] | list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(p)}(?!\w)", text) for p in phrases if p in text)
