"""One article read once: its sentences and tokens, shared by quotations and figures.

Gives places and lower-case words; knows no verb and no number. Kept for the last few texts, because quotations and
figures of one article are asked for one after the other.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from stemma.text.lang import language_words
from stemma.text.sentences import find_sentences

# "U.S." and "1,200.5" are one token, "people.Police" is two; 's is its own token, so that a possessor can be seen.
_TOKEN = re.compile(
    r"([A-Za-z]++(?![-‑.'’\w])|[^\W\d_]++(?![-‑.'’\w])|"  # most words by far: nothing joined on
    r"\d+(?:[.,:]\d+)*(?:[^\W\d_]+)?|(?:Mrs?|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Rev|Prof|St|Jr|Sr)\.|(?:[^\W\d_]\.){2,}|[A-Z]\.(?=\s[A-Z])"
    r"|['’]s\b|[^\W_]+(?:[-‑][^\W_]+|['’](?!s\b)[^\W\d_]+)*|\.{2,}|''|``|--|\S)"
)
_TITLES = tuple(
    f"{title}."
    for title in [
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Gov",
        "Sen",
        "Rep",
        "Gen",
        "Lt",
        "Col",
        "Sgt",
        "Capt",
        "Rev",
        "Prof",
        "St",
        "Jr",
        "Sr",
        "No",
    ]
)
_ABBREVIATED = re.compile(rf"\b(?:{'|'.join(map(re.escape, _TITLES))})$")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A text as tokens: `words[i]` is `text[starts[i]:ends[i]]`, `lower[i]` the same in lower case.

    `sentences` are character places; `first[k]:first[k + 1]` are the tokens of sentence `k`.
    """

    text: str
    language: str
    words: tuple[str, ...]
    lower: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]
    first: tuple[int, ...]
    vocabulary: frozenset[str]
    """The different tokens of `lower`: what none of them is needs no look at the text."""

    def sentence_at(self, place: int) -> int:
        """Number of the sentence that holds or precedes a character place; 0 where none does."""
        return max(0, bisect_right(self.sentences, (place, len(self.text) + 1)) - 1)

    def token_at(self, place: int) -> int:
        """Number of the last token that starts at or before a character place."""
        return max(0, bisect_right(self.starts, place) - 1)


@lru_cache(maxsize=8)
def read_text(text: str, language: str) -> Reading:
    """The tokens and sentences of a text. Sentences that were cut after an abbreviated title are joined."""
    titles = tuple(language_words(language, "speech", "abbreviated"))
    sentences = _join(text, find_sentences(text, language), titles)
    parts = _TOKEN.split(text)  # white space and tokens by turns: no match object a token
    places = tuple(accumulate(map(len, parts)))
    words, starts, ends = parts[1::2], places[:-1:2], places[1::2]
    first = [bisect_left(starts, start) for start, _ in sentences]
    first.append(len(words))
    lower = tuple(map(str.lower, words))
    return Reading(
        text=text,
        language=language,
        words=tuple(words),
        lower=lower,
        starts=starts,
        ends=ends,
        sentences=tuple(sentences),
        first=tuple(first),
        vocabulary=frozenset(lower),
    )


def _join(text: str, sentences: list[tuple[int, int]], titles: tuple[str, ...]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sentences:
        if joined and "\n" not in text[joined[-1][1] : start]:
            before = joined[-1]
            if (
                (
                    text.endswith(_TITLES, before[0], before[1])
                    and _ABBREVIATED.search(text, max(before[0], before[1] - 8), before[1])
                )
                or (titles and text.endswith(titles, before[0], before[1]))
                or text[start].islower()
                or text[start] in ",;)"
            ):
                joined[-1] = (before[0], end)
                continue
        joined.append((start, end))
    return joined
