"""An article read for comparison: its words as numbers, its sentences, what stands in quotation marks, its sketch.

Made once for each article and compared many times. Furniture (a dateline with an outlet's name, credit and copyright
lines, invitations to subscribe) is set apart: it is never shared text and never a change. Decides nothing; `compare`
and `changes` use it.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import xxhash

from stemma.text.lang import language_words, load_language
from stemma.text.quotation import find_quoted
from stemma.text.sentences import find_sentences
from stemma.text.tokens import Places, lay_words
from stemma.types import Article

SEQUENCE = 5
"""Words of a sequence that counts as shared text (the contract's containment)."""

SKETCH_SEQUENCE = 3
SKETCH_MODULUS = 8
"""One in eight three-word sequences is kept, whichever text it stands in: an excerpt of 40 words shares five of them
with its source on average, whatever surrounds it, and scanning errors in one letter of sixteen leave a third."""

MOST_CHARACTERS = 200_000
"""A longer text is compared by its beginning: some 33,000 words, a novella."""

FURNITURE_WORDS = 30
"""A longer sentence is never furniture by its wording alone."""

_OPENING = 3
"""Sentences of the opening, in which a dateline may stand."""

_OUTLET_LETTERS = 4
"""A shorter outlet name stands inside common words."""

_WORDS_KEPT = 1 << 18
"""Words in a dictionary, about 40 MB; then a new one is begun."""

Numbers = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]

_PLACE = r"(?:[^\W\d_a-zß-ÿ]|\d)[\w.'’/-]*"
_DATELINE = re.compile(
    rf"\s*(?:{_PLACE},?\s+){{1,6}}\([^()\n]{{2,40}}\)\s*(?:[—–]|-{{1,2}}|:)\s"
    rf"|\s*[^\W\d_a-zß-ÿ]{{3,}}[^\W\d_a-zß-ÿ ,/.]*(?:[ ,]+{_PLACE}){{0,4}}\s*(?:[—–]|--)\s"
)
_COPYRIGHT = re.compile(r"©|\(c\)\s\d|\bcopyright\s+(?:©|\(c\)|\d{4}|by\b)")

_ODD = [
    np.array(odd, dtype=np.uint64)  # one of no axis: a number of numpy's is made into one at each use
    for odd in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    )
]
_MIXED, _HALF, _SAMPLED, _SAMPLED_BITS = (
    np.array(number, dtype=np.uint64) for number in (29, 32, SKETCH_MODULUS - 1, 3)
)


class Sentence(NamedTuple):
    """One sentence: characters `start:end`, words `first:last` of the reading, and a number for its words."""

    start: int
    end: int
    first: int
    last: int
    key: int


@dataclass(frozen=True)
class Reading:
    """All that comparing needs of one article.

    `words[i]` stands at `begins[i]` to `ends[i]`, has the number `numbers[i]`, and is inside quotation marks if `quoted[i]`.
    `sequences[i]` is the number of the five words from i on, `free[i]` whether none of them is quoted or furniture;
    `known` are the sequences, sorted, `told` those that are free. `sentences` are without furniture; `lines` are the numbers of their words;
    `apart` are the sentences taken for furniture, `standing` whether some were by their wording, `corrected` whether one of
    them says that the text was put right. `sketch` are the sampled three-word sequences, sorted; `keys` the numbers of the sentences
    as they were read, also of those that `set_apart` took out. What only comparing asks for is made when it is first asked for,
    from `forms`, the places of the words in the `dictionary`: most articles are never compared.
    """

    article: Article
    dictionary: Dictionary
    forms: Places
    begins: Sequence[int]
    ends: Sequence[int]
    quoted: Flags
    quotations: tuple[tuple[int, int], ...]
    sentences: tuple[Sentence, ...]
    apart: tuple[Sentence, ...]
    standing: bool
    corrected: bool
    sequences: Numbers
    free: Flags
    sketch: npt.NDArray[np.uint32]
    keys: Numbers

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in lower case, one text of each for all readings."""
        return tuple(map(self.dictionary.words.__getitem__, self.forms.tolist()))

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The number of each word."""
        return tuple(map(self.dictionary.numbers.__getitem__, self.forms.tolist()))

    @cached_property
    def lines(self) -> tuple[tuple[int, ...], ...]:
        """The numbers of the words of each sentence."""
        return tuple([self.numbers[s.first : s.last] for s in self.sentences])

    @cached_property
    def known(self) -> Numbers:
        """All sequences, ascending."""
        return np.sort(self.sequences)

    @property
    def told(self) -> Numbers:
        """The sequences that are free, ascending."""
        return self._free_sorted[0]

    @property
    def told_places(self) -> npt.NDArray[np.intp]:
        """Where each of `told` begins."""
        return self._free_sorted[1]

    @cached_property
    def _free_sorted(self) -> tuple[Numbers, npt.NDArray[np.intp]]:
        # In order they are found in another text's in a third of the time.
        places = np.flatnonzero(self.free)
        free = self.sequences.take(places)
        order = free.argsort()
        return free.take(order), places.take(order)

    @property
    def size(self) -> int:
        """Words outside furniture."""
        return sum([s.last - s.first for s in self.sentences])


def read_article(article: Article) -> Reading:
    """The reading of an article's text; about a third of a millisecond for 450 words."""
    text, language = article.text[:MOST_CHARACTERS], article.language or ""
    low = article.text.lower()
    found, begins, ends = lay_words(text, low if len(text) == len(article.text) else text.lower())
    dictionary = _dictionaries(language).current()
    forms = np.fromiter(map(dictionary.__getitem__, found), dtype=np.int32, count=len(found))
    counted = dictionary.table.take(forms)
    quotations = tuple(find_quoted(text))
    quoted = np.zeros(len(forms), dtype=np.bool_)
    for first, last in _find_words(begins, quotations):
        quoted[first:last] = True
    sentences, apart = _part_furniture(article, low, _sentences(text, article.language, begins, counted))
    barred = quoted.copy()
    begin = 0
    for sentence in sentences[:_OPENING]:
        barred[begin : sentence.first] = True
        begin = sentence.last
    if not sentences:
        barred[:] = True
    for sentence in apart:
        barred[sentence.first : sentence.last] = True
    sketched, sequences = _sequences(counted)
    free = _free(barred, len(sequences))
    notes = _count_corrections(article, apart)
    return Reading(
        article=article,
        dictionary=dictionary,
        forms=forms,
        begins=_pack(begins),
        ends=_pack(ends),
        quoted=quoted,
        quotations=quotations,
        sentences=sentences,
        apart=apart,
        standing=len(apart) > notes,
        corrected=notes > 0,
        sequences=sequences,
        free=free,
        sketch=_sketch(sketched),
        keys=np.fromiter([s.key for s in sentences], dtype=np.uint64, count=len(sentences)),
    )


def set_apart(reading: Reading, keys: Set[int]) -> Reading:
    """The reading with the sentences of these keys taken for furniture as well."""
    more = tuple(s for s in reading.sentences if s.key in keys)
    if not more:
        return reading
    free = reading.free.copy()
    for sentence in more:
        free[max(0, sentence.first - SEQUENCE + 1) : sentence.last] = False
    return replace(
        reading,
        sentences=tuple(s for s in reading.sentences if s.key not in keys),
        apart=tuple(sorted((*reading.apart, *more), key=lambda s: s.start)),
        free=free,
    )


class Dictionary(dict[str, int]):
    """The words of a language that were met, by their place in `words`, each with its number.

    The number is the same on every machine: number words are their digits, apostrophes are alike. `numbers` are those of
    `words`, and so is `table`, which may be longer.
    """

    def __init__(self, digits: Mapping[str, str]) -> None:
        super().__init__()
        self._digits = digits
        self.words: list[str] = []
        self.numbers: list[int] = []
        self.table: Numbers = np.zeros(1024, dtype=np.uint64)

    def __missing__(self, word: str) -> int:
        plain = word.replace("’", "'").replace("\u00ad", "")
        plain = self._digits.get(plain, plain)
        place = len(self.words)
        if place == len(self.table):
            self.table = np.concatenate([self.table, np.zeros_like(self.table)])
        number = xxhash.xxh3_64_intdigest(plain.encode("utf-8", "surrogatepass"))
        self.words.append(word)
        self.numbers.append(number)
        self.table[place] = number
        self[word] = place
        return place


class _Dictionaries:
    """The dictionary of a language; a new one is begun when it is full, and the old one goes with its last reading."""

    def __init__(self, language: str) -> None:
        self._digits = _number_words(language)
        self._current = Dictionary(self._digits)

    def current(self) -> Dictionary:
        if len(self._current) >= _WORDS_KEPT:
            self._current = Dictionary(self._digits)
        return self._current


@lru_cache(maxsize=64)
def _dictionaries(language: str) -> _Dictionaries:
    return _Dictionaries(language)


@lru_cache(maxsize=64)
def _number_words(language: str) -> dict[str, str]:
    small = load_language(language).get("numbers", {}).get("small", ())
    skipped = language_words(language, "lineage", "not_numbers")
    return {word: str(value) for value, word in enumerate(small) if word not in skipped}


def _pack(places: Places) -> array[int]:
    """The same numbers where one is asked for at a time."""
    packed = array("i")
    packed.frombytes(places.tobytes())
    return packed


def _find_words(begins: Places, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """For spans of characters the first word that begins in each, and the first behind it."""
    if not spans:
        return []
    at: list[int] = begins.searchsorted(np.array(spans, dtype=np.int32).ravel()).tolist()
    return list(zip(at[::2], at[1::2], strict=True))


def _sentences(text: str, language: str | None, begins: Places, numbers: Numbers) -> list[Sentence]:
    spans = find_sentences(text, language)
    if not spans:
        return []
    for n, (start, end) in enumerate(spans[:_OPENING]):
        # A dateline opens the text, or its first paragraph below a standfirst.
        if n and "\n" not in text[spans[n - 1][1] - 1 : start]:
            continue
        dateline = _DATELINE.match(text, start if n else 0)
        if dateline and start < dateline.end() < end:
            spans[n] = (dateline.end(), end)
            break
    raw = numbers.tobytes()
    return [
        Sentence(start, end, first, last, xxhash.xxh3_64_intdigest(raw[8 * first : 8 * last]))
        for (start, end), (first, last) in zip(spans, _find_words(begins, spans), strict=True)
        if last > first
    ]


def _part_furniture(
    article: Article, low: str, sentences: list[Sentence]
) -> tuple[tuple[Sentence, ...], tuple[Sentence, ...]]:
    """Sentences of the text, in lower case `low`, and those that speak of the outlet and not of the world."""
    outlet = (article.outlet or "").lower()
    language = article.language or "en"
    phrases = [phrase for phrase in _phrases(language) if phrase in low]
    said = bool(phrases) or "©" in low or "copyright" in low or "(c)" in low
    invited, beginnings = _invitations(language)
    furniture = {
        n
        for n, sentence in enumerate(sentences)
        if sentence.last - sentence.first <= FURNITURE_WORDS
        and (
            (low[sentence.start] in beginnings and invited.match(low, sentence.start, sentence.end))
            or (said and _is_standing(low[sentence.start : sentence.end], phrases))
        )
    }
    # The outlet's name alone proves furniture only at the end of the text: papers also report on themselves.
    end = len(sentences)
    while end and len(outlet) >= _OUTLET_LETTERS:
        last = sentences[end - 1]
        named = last.last - last.first <= 14 and outlet in low[last.start : last.end]
        if not named and end - 1 not in furniture:
            break
        end -= 1
        furniture.add(end)
    if not furniture:
        return tuple(sentences), ()
    kept = tuple(s for n, s in enumerate(sentences) if n not in furniture)
    return kept, tuple(s for n, s in enumerate(sentences) if n in furniture)


def _count_corrections(article: Article, apart: tuple[Sentence, ...]) -> int:
    """How many of the sentences set apart say that the text was put right."""
    phrases = language_words(article.language or "en", "lineage", "correction") if apart else ()
    return sum(any(p in article.text[s.start : s.end].lower() for p in phrases) for s in apart)


def _is_standing(low: str, phrases: list[str]) -> bool:
    if any(phrase in low for phrase in phrases):
        return low[0] in "([" or len(low) < 160
    return bool(_COPYRIGHT.search(low))


@lru_cache(maxsize=64)
def _phrases(language: str) -> tuple[str, ...]:
    """Words of credits and corrections, anywhere in a sentence."""
    words = language_words(language, "lineage", "credit") | language_words(language, "lineage", "correction")
    return tuple(sorted(words))


@lru_cache(maxsize=64)
def _invitations(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    """A sentence that begins by inviting to read, follow or subscribe, and the characters with which it may begin."""
    phrases = sorted(language_words(language, "lineage", "invitation"))
    words = "|".join(map(re.escape, phrases))
    pattern = re.compile(rf"[ (\[*\-–—•|]*(?:{words})(?![^\W\d_])" if words else r"(?!)")
    return pattern, frozenset(" ([*-–—•|").union(phrase[0] for phrase in phrases)


def _free(barred: Flags, count: int) -> Flags:
    """Whether none of the words of a sequence is barred."""
    width = SEQUENCE if len(barred) >= SEQUENCE else 1
    touched = barred[:count].copy()
    for shift in range(1, width):
        touched |= barred[shift : shift + count]
    free: Flags = ~touched
    return free


def _sequences(numbers: Numbers) -> tuple[Numbers, Numbers]:
    """A number for each run of `SKETCH_SEQUENCE` words, and one for each of `SEQUENCE`; of a shorter text one for the whole."""
    if len(numbers) == 0:
        return numbers, numbers
    total = numbers * _ODD[0]
    short = total[:0]
    for shift in range(1, min(SEQUENCE, len(numbers))):
        mixed = total[:-1] >> _MIXED
        mixed ^= total[:-1]
        mixed *= _ODD[4]
        mixed += numbers[shift:] * _ODD[shift]
        total = mixed
        if shift == SKETCH_SEQUENCE - 1:
            short = total
    return short ^ (short >> _HALF), total ^ (total >> _HALF)


def _sketch(sequences: Numbers) -> npt.NDArray[np.uint32]:
    """The sampled sequences, sorted, each once."""
    kept: npt.NDArray[np.uint32] = (sequences[(sequences & _SAMPLED) == 0] >> _SAMPLED_BITS).astype(np.uint32)
    kept.sort()
    if len(kept) > 1:
        fresh = np.ones(len(kept), dtype=np.bool_)
        np.not_equal(kept[1:], kept[:-1], out=fresh[1:])
        kept = kept[fresh]
    return kept
