"""The `[speech]` table of a language as sets: verbs and nouns of saying, pronouns, titles, small words.

Data only; a language is a table, and one that lacks a list finds less, never something of another language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from stemma.text.lang import load_language

_FLAGS = ("inside", "genitive", "nominative", "comma_clause", "verb_second", "marked_apart")
_NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class SpeechWords:
    """Word lists of one language; what each holds is said beside it in the data file."""

    say: frozenset[str]
    think: frozenset[str]
    intend: frozenset[str]
    react: frozenset[str]
    told: frozenset[str]
    nouns: frozenset[str]
    that: frozenset[str]
    infinitive: frozenset[str]
    auxiliary: frozenset[str]
    subordinate: frozenset[str]
    relative: frozenset[str]
    relative_of: frozenset[str]
    prepositions: frozenset[str]
    linking: frozenset[str]
    determiners: frozenset[str]
    he: frozenset[str]
    she: frozenset[str]
    they: frozenset[str]
    it: frozenset[str]
    first_person: frozenset[str]
    subjects: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    male_names: frozenset[str]
    female_names: frozenset[str]
    titles: frozenset[str]
    days: frozenset[str]
    named: frozenset[str]
    verbs: frozenset[str]
    particles: frozenset[str]
    subjunctive: frozenset[str]
    so: frozenset[str]
    stop: frozenset[str]
    be: frozenset[str]
    tell: frozenset[str]
    naming: frozenset[str]
    capitals: frozenset[str]
    separable: frozenset[str]
    perfect: frozenset[str]
    already: frozenset[str]
    introducing: frozenset[str]
    judging: frozenset[str]
    joints: frozenset[str]
    articles: frozenset[str]
    ambiguous: frozenset[str]
    openers: frozenset[str]
    organizations: frozenset[str]
    negations: frozenset[str]
    modals: frozenset[str]
    conjunctions: frozenset[str]
    about: frozenset[str]
    possessive: frozenset[str]
    nobody: frozenset[str]
    objects: frozenset[str]
    breakers: frozenset[str]
    venues: frozenset[str]
    put: frozenset[str]
    helpers: frozenset[str]
    passive: frozenset[str]
    agents: frozenset[str]
    opening: frozenset[str]
    holding: frozenset[str]
    holding_for: frozenset[str]
    opinions: frozenset[str]
    onward: frozenset[str]
    lesser: frozenset[str]
    male_articles: frozenset[str]
    offices: frozenset[str]
    definite: frozenset[str]
    past_office: frozenset[str]
    not_holder: frozenset[str]
    own: frozenset[str]
    place_openers: frozenset[str]
    connective: frozenset[str]
    comparing: frozenset[str]
    both: frozenset[str]
    framing: frozenset[str]
    focusing: frozenset[str]
    adding: frozenset[str]
    reflexive: frozenset[str]
    oblique: frozenset[str]
    impersonal: frozenset[str]
    with_particle: frozenset[str]
    joining_on: frozenset[str]
    made_so: frozenset[str]
    circumstance: frozenset[str]
    spans: frozenset[str]
    since: frozenset[str]
    making: frozenset[str]
    quoting: frozenset[str]
    measuring: frozenset[str]
    collectives: frozenset[str]
    many: frozenset[str]
    accompanying: frozenset[str]
    told_before: frozenset[str]
    adverb_endings: tuple[str, ...]
    title_endings: tuple[str, ...]
    female_endings: tuple[str, ...]
    substantive: tuple[str, ...]
    gerund: tuple[str, ...]
    kinds: tuple[str, ...]
    tidings: tuple[str, ...]
    feminine: tuple[str, ...]
    publications: tuple[str, ...]
    according: tuple[tuple[str, ...], ...]
    according_after: frozenset[str]
    according_alone: frozenset[str]
    adverbs: frozenset[str]
    as_said: frozenset[str]
    inside: str
    genitive: str
    nominative: str
    comma_clause: bool
    verb_second: bool
    marked_apart: bool
    pronouns: frozenset[str]
    cues: frozenset[str]
    heads: frozenset[str]
    triggers: frozenset[str]
    small: frozenset[str]


@lru_cache(maxsize=32)
def speech_words(language: str) -> SpeechWords:
    """The lists of one language; all empty where it has no table."""
    tables = load_language(language)
    table = tables.get("speech", _NOTHING)
    sets: dict[str, Any] = {
        f.name: frozenset(table.get(f.name, ())) for f in fields(SpeechWords) if f.name not in _FLAGS
    }
    according = tuple(tuple(phrase.split()) for phrase in table.get("according", ()))
    sets["stop"] = frozenset(tables.get("words", _NOTHING).get("stop", ()))
    sets["adverb_endings"] = tuple(table.get("adverb_endings", ()))
    for endings in (
        "gerund",
        "kinds",
        "tidings",
        "feminine",
        "publications",
        "title_endings",
        "female_endings",
        "substantive",
    ):
        sets[endings] = tuple(table.get(endings, ()))
    sets["according"] = according
    sets["pronouns"] = frozenset().union(
        *(sets[k] for k in ("he", "she", "they", "it", "first_person", "subjects", "possessive", "objects"))
    )
    for one in ("inside", "genitive", "nominative"):
        sets[one] = str(table.get(one, ""))
    for flag in _FLAGS[3:]:
        sets[flag] = bool(table.get(flag, False))
    sets["cues"] = sets["say"] | sets["think"] | sets["intend"] | sets["react"] | sets["nouns"]
    sets["heads"] = frozenset(phrase[0] for phrase in according)
    sets["small"] = sets["prepositions"] | sets["heads"] | sets["as_said"]
    sets["triggers"] = (
        sets["cues"]
        | sets["heads"]
        | sets["as_said"]
        | sets["so"]
        | sets["according_after"]
        | sets["according_alone"]
    )
    return SpeechWords(**sets)
