"""An article read for comparison: its words as numbers, its sentences, what stands in quotation marks, its sketch.

Made once for each article and compared many times. Holds nothing that the article does not say and decides nothing;
`compare` and `changes` use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import xxhash

from stemma.text.quotation import find_quoted
from stemma.text.sentences import find_sentences
from stemma.text.tokens import find_words
from stemma.types import Article

SEQUENCE = 5
"""Words of a sequence that counts as shared text (the contract's containment)."""

SKETCH_SEQUENCE = 3
SKETCH_MODULUS = 8
"""One in eight three-word sequences is kept, whichever text it stands in: an excerpt of 40 words shares five of them
with its source on average, whatever surrounds it, and scanning errors in one letter of sixteen leave a third."""

Numbers = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

_ODD = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0xA0761D6478BD642F],
    dtype=np.uint64,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: characters `start:end` of the text, words `first:last` of the reading, and a number for its words."""

    start: int
    end: int
    first: int
    last: int
    key: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that comparing needs of one article.

    `words[i]` stands at `places[i]`, has the number `numbers[i]`, and is inside quotation marks if `quoted[i]`.
    `sequences[i]` is the number of the five words from i on, `free[i]` whether none of them is quoted; `known` are the
    distinct sequences, sorted. `sketch` are the sampled three-word sequences, sorted.
    """

    article: Article
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    numbers: Numbers
    quoted: Flags
    quotations: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]
    sequences: Numbers
    free: Flags
    known: Numbers
    sketch: npt.NDArray[np.uint32]


def read_article(article: Article) -> Reading:
    """The reading of an article's text; about a third of a millisecond for 450 words."""
    text = article.text
    found = find_words(text)
    words = tuple(word for word, _, _ in found)
    places = tuple((start, end) for _, start, end in found)
    numbers = np.fromiter((_number(word) for word in words), dtype=np.uint64, count=len(words))
    starts = np.fromiter((start for start, _ in places), dtype=np.int64, count=len(places))
    quotations = tuple(find_quoted(text))
    quoted = np.zeros(len(words), dtype=np.bool_)
    if quotations:
        edges = np.searchsorted(starts, np.array(quotations, dtype=np.int64).ravel()).reshape(-1, 2)
        for first, last in edges.tolist():
            quoted[first:last] = True
    sequences = _sequences(numbers, SEQUENCE)
    free = ~quoted[: len(sequences)]
    for shift in range(1, SEQUENCE if len(words) >= SEQUENCE else 1):
        free = free & ~quoted[shift : shift + len(sequences)]
    return Reading(
        article=article,
        words=words,
        places=places,
        numbers=numbers,
        quoted=quoted,
        quotations=quotations,
        sentences=_sentences(text, article.language, starts, numbers),
        sequences=sequences,
        free=free,
        known=np.unique(sequences),
        sketch=_sketch(numbers),
    )


def _sentences(
    text: str, language: str | None, starts: npt.NDArray[np.int64], numbers: Numbers
) -> tuple[Sentence, ...]:
    spans = find_sentences(text, language)
    if not spans:
        return ()
    edges = np.searchsorted(starts, np.array(spans, dtype=np.int64).ravel()).reshape(-1, 2).tolist()
    raw = numbers.tobytes()
    return tuple(
        Sentence(start, end, first, last, xxhash.xxh3_64_intdigest(raw[8 * first : 8 * last]))
        for (start, end), (first, last) in zip(spans, edges, strict=True)
        if last > first
    )


def _sequences(numbers: Numbers, size: int) -> Numbers:
    """A number for each run of `size` words; for a shorter text one number for the whole."""
    if len(numbers) == 0:
        return np.zeros(0, dtype=np.uint64)
    size = min(size, len(numbers))
    count = len(numbers) - size + 1
    total = numbers[:count] * _ODD[0]
    for shift in range(1, size):
        total = (total ^ (total >> np.uint64(29))) * _ODD[4] + numbers[shift : shift + count] * _ODD[shift]
    return total ^ (total >> np.uint64(32))


def _sketch(numbers: Numbers) -> npt.NDArray[np.uint32]:
    if len(numbers) < SKETCH_SEQUENCE:
        return np.zeros(0, dtype=np.uint32)
    sequences = _sequences(numbers, SKETCH_SEQUENCE)
    kept = sequences[sequences % np.uint64(SKETCH_MODULUS) == 0] >> np.uint64(3)
    return np.unique(kept.astype(np.uint32))


@lru_cache(maxsize=1 << 18)
def _number(word: str) -> int:
    """The same number for a word on every machine; typographic apostrophes and soft hyphens do not count."""
    plain = word.replace("’", "'").replace("\u00ad", "")
    return xxhash.xxh3_64_intdigest(plain.encode("utf-8", "surrogatepass"))
