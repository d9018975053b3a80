"""The `[figures]` table of a language as sets: states, persons, units of time, places, what is no figure.

Data only; a language is a table, and one that lacks a list finds less.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from stemma.text.lang import load_language

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The `[figures]` table of one language as sets."""

    states: Mapping[str, str]
    shown: Mapping[str, str]
    person: frozenset[str]
    people: str
    others: frozenset[str]
    of: frozenset[str]
    whom: frozenset[str]
    carrying: frozenset[str]
    onward: frozenset[str]
    scales: frozenset[str]
    tallies: frozenset[str]
    day_before: tuple[str, ...]
    vague_days: frozenset[str]
    counted: frozenset[str]
    counted_states: frozenset[str]
    put: frozenset[str]
    put_at: frozenset[str]
    perfect: frozenset[str]
    not_states: frozenset[str]
    standing: frozenset[str]
    inclusive: frozenset[str]
    joining: frozenset[str]
    persons: frozenset[str]
    durations: frozenset[str]
    human: frozenset[str]
    bridging: frozenset[str]
    be: frozenset[str]
    stops: frozenset[str]
    ages: frozenset[str]
    age_after: frozenset[str]
    old: frozenset[str]
    clock: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]
    labels: frozenset[str]
    streets: frozenset[str]
    not_things: frozenset[str]
    not_one: frozenset[str]
    one_not: frozenset[str]
    bare_one: bool
    nouns_capitalized: bool
    wide: tuple[str, ...]
    places: tuple[str, ...]
    as_of: tuple[str, ...]
    days: frozenset[str]
    wide_openings: frozenset[str]
    place_openings: frozenset[str]


@lru_cache(maxsize=32)
def figure_words(language: str) -> FigureWords:
    """The table of one language; empty sets where there is none."""
    table = load_language(language).get("figures", _NOTHING)
    states = {word: state for state, words in table.get("states", {}).items() for word in words}
    shown = {state: words[0] for state, words in table.get("states", {}).items()}

    def words(key: str) -> frozenset[str]:
        return frozenset(table.get(key, ()))

    return FigureWords(
        states=states,
        shown=shown,
        person=words("person"),
        people=table.get("people", ""),
        others=words("others"),
        of=words("of"),
        whom=words("whom"),
        carrying=words("carrying"),
        onward=words("onward"),
        scales=frozenset(load_language(language).get("numbers", _NOTHING).get("scales", ())),
        tallies=words("tallies"),
        day_before=tuple(table.get("day_before", ())),
        vague_days=words("vague_days"),
        counted=words("counted"),
        counted_states=words("counted_states"),
        put=words("put"),
        put_at=words("put_at"),
        perfect=words("perfect"),
        not_states=words("not_states"),
        standing=words("standing"),
        inclusive=words("inclusive"),
        joining=words("joining"),
        persons=words("persons"),
        durations=frozenset(load_language(language).get("comparing", _NOTHING).get("durations", ())),
        human=frozenset(load_language(language).get("comparing", _NOTHING).get("human", ()))
        or frozenset(load_language("en")["comparing"]["human"]),
        bridging=words("bridging"),
        be=words("be"),
        stops=words("stops"),
        ages=words("ages"),
        age_after=words("age_after"),
        old=words("old"),
        clock=words("clock"),
        years=words("years"),
        months=words("months"),
        labels=words("labels"),
        streets=words("streets"),
        not_things=words("not_things"),
        not_one=words("not_one"),
        one_not=words("one_not"),
        bare_one=table.get("bare_one", True),
        nouns_capitalized=table.get("nouns_capitalized", False),
        wide=tuple(table.get("wide", ())),
        places=tuple(table.get("places", ())),
        as_of=tuple(table.get("as_of", ())),
        days=words("days"),
        wide_openings=frozenset(phrase.lower().split()[0] for phrase in table.get("wide", ())),
        place_openings=frozenset(phrase.lower().split()[0] for phrase in table.get("places", ())),
    )
