"""Whether reported words can be read alone, away from the sentence that reports them.

Takes the words of an indirect statement ("these demands", "the bridge would reopen in May"), says whether they tell a
reader something by themselves: a clause, or a phrase long enough. A view may leave out the others. Who spoke is not looked at.
"""

from __future__ import annotations

from functools import lru_cache

from stemma.text.lang import language_words, load_language
from stemma.text.tokens import split_words

_LEAST = 3
"""Words of the shortest clause: "he would resign"."""

_LONG = 9
"""Words from which a phrase without a known verb tells enough ("a wider road along the harbour to the fish market")."""

_HEADING = 6
"""Words before a colon that may be a heading glued to the text."""

_VERB_TABLES = (
    "verbs",
    "say",
    "think",
    "intend",
    "subjunctive",
    "infinitive",
    "modals",
    "perfect",
    "be",
    "plain_verbs",
)
_OPENING = "([„“«‘"
_CLOSES = {"(": ")", "[": "]", "„": "“”", "“": "”", "«": "»"}


def stands_alone(said: str, language: str | None) -> bool:
    """True where the words are a clause or long enough; False for scraps, for headings glued to what follows, and where
    a bracket or mark opens and does not close. Of a language without a table only the length is judged.
    """
    words = split_words(said)
    if len(words) < _LEAST or not _is_closed(said):
        return False
    code = language or ""
    verbs, endings = _verbs(code)
    if not verbs:
        return len(words) > _LEAST
    head, colon, rest = said.partition(": ")
    if colon and rest.lstrip()[:1] not in _OPENING and len(head.split()) <= _HEADING:
        told = split_words(head)
        if not _has_verb(told, verbs, endings):
            return False
    small = language_words(code, "words", "stop")
    if words[-1] in language_words(code, "speech", "articles"):
        return False
    if words[-1] in language_words(code, "speech", "prepositions") - language_words(
        code, "speech", "separable"
    ):
        return False
    if any(w in _pronouns(code) for w in words[:-1]) or _has_verb(words, verbs, endings):
        return not all(w in small for w in words)
    return len(words) >= _LONG


def _has_verb(words: list[str], verbs: frozenset[str], endings: tuple[str, ...]) -> bool:
    return any(w in verbs or (len(w) > 4 and w.endswith(endings)) for w in words)


def _is_closed(said: str) -> bool:
    for mark, closers in _CLOSES.items():
        if (
            mark in said
            and not (mark == "“" and "„" in said)
            and sum(map(said.count, closers)) < said.count(mark)
        ):
            return False
    return said.count('"') % 2 == 0


@lru_cache(maxsize=32)
def _pronouns(code: str) -> frozenset[str]:
    """ "she", "they": pronouns of a subject, behind which a verb stands."""
    persons = (language_words(code, "speech", key) for key in ("he", "she", "they", "it", "first_person"))
    return language_words(code, "speech", "subjects") & frozenset().union(*persons)


@lru_cache(maxsize=32)
def _verbs(code: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The verbs of a language as far as its tables have them, and the endings that only verbs have."""
    found: set[str] = set()
    for table in _VERB_TABLES:
        found |= language_words(code, "speech", table)
    not_verbs = language_words(code, "speech", "ambiguous") | language_words(code, "speech", "nouns")
    endings = tuple(load_language(code).get("speech", {}).get("verb_endings", ()))
    return frozenset(found - not_verbs), endings
