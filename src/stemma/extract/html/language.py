"""The language of a text: what its words say, checked against what the page declares.

py3langid (.992 of pages of 26 languages on their first 200 characters) on the lead; the declaration decides only between
languages that are hard to tell apart, and where the text is too short.
"""

from __future__ import annotations

import re

from stemma.extract.html.langid import load_identifier
from stemma.text.lang import language_words


def detect_language(text: str, *, declared: str | None) -> str | None:
    """An ISO 639 code of two or three letters, None where neither text nor declaration gives one."""
    primary = _primary(declared)
    lead = text[:_LEAD]
    if sum(map(str.isalpha, lead)) < _FEWEST:
        return primary
    if primary in _TOLD and _is_spoken(primary, lead):
        return primary
    found = str(load_identifier().classify(lead)[0])
    if primary and (primary == found or any(primary in group and found in group for group in _ALIKE)):
        return primary
    return found


# ---------------------------------------------------------------- helpers

_LEAD = 240
# Languages whose small words no neighbour shares: a third of a text's words being such confirms what the page declares, and
# the identifier need not be asked. (Of Spanish ones Occitan has 45 %, Catalan 40.)
_TOLD = frozenset({"en", "de"})
_SMALL_WORDS, _FEWEST_SMALL = 1 / 3, 8
_WORD = re.compile(r"\w+")
_FEWEST = 40
_DECLARED = re.compile(r"^\s*([a-zA-Z]{2,3})(?:[-_].*)?\s*$")
# Pairs on which identifiers of words err; there the page knows better.
_ALIKE = (
    frozenset({"no", "nb", "nn", "da", "kl"}),
    frozenset({"hr", "sr", "bs", "sh", "me"}),
    frozenset({"id", "ms", "jv"}),
    frozenset({"cs", "sk"}),
    frozenset({"gl", "pt"}),
    frozenset({"zu", "xh", "nr", "ss"}),
    frozenset({"af", "nl"}),
    frozenset({"ca", "oc"}),
)


def _primary(declared: str | None) -> str | None:
    found = _DECLARED.match(declared or "")
    return found.group(1).lower() if found else None


def _is_spoken(language: str, lead: str) -> bool:
    """Whether the small words of a language make up as much of a text as they do of texts in it."""
    words = _WORD.findall(lead.lower())
    count = sum(map(language_words(language, "words", "stop").__contains__, words))
    return count >= _FEWEST_SMALL and count >= _SMALL_WORDS * len(words)
