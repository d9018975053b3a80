"""What a comparison is called: the thing counted with its own words beside it, as the article has them.

A bare unit or a word that any number may count ("people", "months", "times") names nothing; then the words behind the
number, or the noun before it, are taken with it. Where there are none, the name is empty and nothing is compared.
"""

from __future__ import annotations

from stemma.facts.figure_words import FigureWords, figure_words
from stemma.facts.reading import Reading
from stemma.facts.speech import speech_words
from stemma.facts.units import EDGES
from stemma.text.lang import language_words, load_language
from stemma.types import Figure

_MOST_WORDS = 7
"""Words behind a number that a name may have; longer ones are no names (the sample edition, read by eye)."""

_LARGE = 1_000_000
"""From here a number with one noun is money more often than a count, and the noun its currency."""

_SKIPPED = 5
"""Small words and numbers over which a name may stand ("emergency aid from 40 million to 75 million")."""


def name_claim(reading: Reading, figure: Figure, state: str | None) -> str:
    """The name of what a figure counts; "" where its words would tell a reader nothing."""
    words = figure_words(reading.language)
    of = figure.of or ""
    plain = [w for w in of.lower().split() if _says_something(w, words, reading.language)]
    money = figure.unit is not None or (figure.low or figure.high or 0.0) >= _LARGE
    if state is not None or len(plain) > 1 or (plain and not money and plain[0] not in words.person):
        return of
    sentence = reading.sentence_at(figure.span.start)
    first = reading.token_at(figure.span.start)
    after = _behind(reading, figure, words, reading.first[sentence + 1])
    if len(after) > 1 and (not money or _opens_with_noun(after, words, reading.language)):
        return " ".join(after)
    before = " ".join(_before(reading, first, reading.first[sentence], words))
    if of and of not in before:
        before = f"{before} ({of})" if before else ""
    return before


def _says_something(word: str, words: FigureWords, language: str) -> bool:
    currencies = load_language(language).get("numbers", {}).get("units", {})
    return (
        len(word) > 2
        and word not in words.durations
        and word not in words.stops
        and word not in language_words(language, "words", "stop")
        and word not in currencies
    )


def _opens_with_noun(phrase: list[str], words: FigureWords, language: str) -> bool:
    """ "crowns in emergency aid": a noun and one more beside it."""
    said = [w for w in phrase if _says_something(w.lower(), words, language)]
    return len(said) > 1 and said[0] == phrase[0]


def _names(reading: Reading, at: int, words: FigureWords) -> bool:
    word = reading.lower[at]
    return word.isalpha() and word not in words.scales and _says_something(word, words, reading.language)


def _behind(reading: Reading, figure: Figure, words: FigureWords, ceiling: int) -> list[str]:
    """ "people driven from the valley": from the noun to the end of its clause, helping verbs left out."""
    at = reading.token_at(figure.span.end - 1) + 1
    speech = speech_words(reading.language)
    ends = speech.subordinate | speech.relative | speech.conjunctions | speech.days | {"since"}
    helping = speech.be | speech.perfect | {"been"}
    taken: list[str] = []
    while at < ceiling and len(taken) < _MOST_WORDS and reading.lower[at] not in EDGES:
        word = reading.lower[at]
        if not reading.words[at][0].isalnum() or (word in ends and taken):
            break
        if word not in helping:
            taken.append(reading.words[at])
        at += 1
    while taken and (taken[-1].lower() in words.stops or taken[-1].lower() in words.of):
        taken.pop()
    plain = [w for w in taken if _says_something(w.lower(), words, reading.language)]
    return taken if any(w.lower() not in words.person for w in plain) else []


def _before(reading: Reading, first: int, floor: int, words: FigureWords) -> list[str]:
    """ "emergency aid": up to two plain nouns right before the number, over one small word."""
    at = first - 1
    skipped = 0
    while at > floor and skipped < _SKIPPED and not _names(reading, at, words):
        if reading.lower[at] in EDGES:
            return []
        at, skipped = at - 1, skipped + 1
    taken: list[str] = []
    while at >= floor and len(taken) < 2:
        if not _names(reading, at, words):
            break
        taken.insert(0, reading.words[at])
        at -= 1
    return taken
