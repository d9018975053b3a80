"""Blocks as numbers: what a block's tag, class names, links, shape, place and neighbours say about it.

Gives one row of `NAMES` for each block that can be the article's at all. Everything is relative to the page, nothing knows
a site. Places and sums are array operations over all blocks of a page; words are looked at in the candidates alone. The
weights of class names (`hints.json`) were fitted with the model, see `bench/train/html_fit.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline
from stemma.extract.html.prompted import find_prompts, fold_words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
HintScore = Callable[[str], float]
"""The weight of an element's class names and id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the head of the page says that a block can be compared with."""

    title: str | None = None
    description: str | None = None
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """`rows` (candidates x `NAMES`) of the blocks at `places`; of all blocks their `chars`, and as numbers their `kind`
    (tags and classes of their element and the one above) and the element above theirs, `parent`."""

    rows: NDArray[np.float32]
    places: Ints
    chars: Floats
    kind: Ints
    parent: Ints


TAGS = tuple(str.split("p div li h1 h2 h3 h4 blockquote td figcaption section article header pre dd"))
INSIDE = tuple(str.split("article main aside header figure ul table blockquote form section"))
_ALIKE_TAGS = {"ol": "ul", "th": "td", "tr": "td", "h5": "h4", "h6": "h4", "dt": "dd", "body": "div"}

_WORDS = (
    "chars", "links", "strong share", "full stop", "colon", "commas", "stops", "digits", "capitals", "opens small",
    "opens with quote", "bar", "lines", "leap", "inline hint", "title", "description", "body", "repeated", "mean word",
    "prompt first", "prompt share", "prompt inside",
)  # fmt: skip
_ELEMENT = ("hidden", "depth", "hint own", "hint parent", "hint low", "hint high")
_PLACE = (
    "place", "place by chars", "after heading", "since heading", "before first", "after last", "in main",
    "main share", "same kind chars", "same kind links", "siblings chars", "siblings links",
    "siblings count", "parent share", "grand share", "grand links", "to long before", "to long after", "near text", "near links",
    "page chars", "page good", "page blocks", "same parent before", "same parent after",
)  # fmt: skip
_SHIFTED = ("words", "link share", "ends", "hint sum", "same kind share", "from main", "heading", "is p")
_STEPS = (0, -2, -1, 1, 2)
NAMES: tuple[str, ...] = (
    *_WORDS,
    *_ELEMENT,
    *_PLACE,
    *(f"is {t}" for t in TAGS),
    *(f"in {t}" for t in INSIDE),
    *(f"{name} {step:+d}" for step in _STEPS for name in _SHIFTED),
)
"""The columns of `describe_blocks`, in order."""


def describe_blocks(outline: Outline, known: Known, hint_score: HintScore) -> Described:
    """The candidates of a page as numbers."""
    count = len(outline.texts)
    if count == 0:
        none = np.zeros(0, dtype=np.int64)
        return Described(
            rows=np.zeros((0, len(NAMES)), dtype=np.float32),
            places=none,
            chars=np.zeros(0),
            kind=none,
            parent=none,
        )
    page = _measure(outline, hint_score)
    spine, far = _leave_main(page)
    long = np.flatnonzero((page.words >= _LONG_WORDS) & (page.link < 0.25) & ~page.hidden)
    before, after = _gaps(long, count)
    places = _find_candidates(page, far, np.minimum(before, after))
    words, titles = _words(outline, page, places, known, hint_score)
    kind = _kinds(outline)[page.holder]
    heading = _heading(titles, long)
    place, kind_share = _place(page, kind, far, long, before, after, heading, float(page.sums[2, spine]))
    shifted = np.full((len(_SHIFTED), count + 4), -1.0)
    shifted[:, 2:-2] = _stack(
        count,
        np.minimum(page.words, 500.0), page.link, page.ends, page.hint_sum, kind_share, far,
        page.is_heading, page.is_paragraph,
    )  # fmt: skip
    # The columns one below the other: so they are asked by the trees.
    columns = np.empty((len(NAMES), len(places)), dtype=np.float32)
    at = 0
    for part in (
        words,
        page.element[:, places],
        place[:, places],
        page.tag[places] == _TAG_NUMBERS,
        (page.inside[places] >> _INSIDE_BITS) & 1,
        *(shifted[:, places + (2 + step)] for step in _STEPS),
    ):
        columns[at : at + len(part)] = part
        at += len(part)
    return Described(rows=columns.T, places=places, chars=page.chars, kind=kind, parent=page.up)


def _stack(count: int, *columns: NDArray[Any] | float) -> Floats:
    """The columns of `count` values below each other; a number stands for a column of it."""
    stacked = np.empty((len(columns), count))
    for at, column in enumerate(columns):
        stacked[at] = column
    return stacked


def make_hint_score(weights: Mapping[str, float]) -> HintScore:
    """The sum of the weights of a hint's words; the last many hints are remembered, as pages of one site share them."""
    hundredths = {word: round(100 * weight) for word, weight in weights.items()}

    @lru_cache(maxsize=1 << 15)
    def score(hint: str) -> float:
        return sum([hundredths[word] for word in hint_words(hint) if word in hundredths]) / 100

    return score


def hint_words(hint: str) -> set[str]:
    """The words of class names and an id: split at capitals and signs, three letters and more."""
    return {w.lower() for w in _HINT_WORD.findall(hint)}


# ---------------------------------------------------------------- helpers

_HINT_WORD = re.compile(r"[A-Z][a-z]{2,}|[a-z]{3,}|[A-Z]{3,}(?![a-z])")
_ENDS = tuple(".!?…。！？।؟\"”»“’'")
_QUOTES = tuple("\"“„«»‘'「『‚—–")
_MOSTLY_LINK, _MENU_WORDS, _COMPARED_WORDS = 0.5, 20, 60
_GOOD_WORDS, _LONG_WORDS = 10, 22
_HEAD = 200
_NEAR = 25
_WORD = re.compile(r"\w+")
_TAG_AT = {t: i for i, t in enumerate(TAGS)} | {t: TAGS.index(a) for t, a in _ALIKE_TAGS.items() if a in TAGS}
_FOOTER = 1 << len(INSIDE)
_TAG_NUMBERS, _INSIDE_BITS = np.arange(len(TAGS))[:, None], np.arange(len(INSIDE))[:, None]
_INSIDE_BIT = {t: 1 << i for i, t in enumerate(INSIDE)} | {"ol": 1 << INSIDE.index("ul"), "footer": _FOOTER}
_HEADINGS = frozenset(str.split("h1 h2 h3 h4 h5 h6"))


@dataclass(frozen=True, slots=True)
class _Page:
    """One value for each block, but `starts`, `ends`, `parents`, `depths`, `sums` (by element; `sums` are characters,
    those in links, those of good text, blocks) and `element` (the columns of `_ELEMENT` x blocks)."""

    chars: Floats
    words: Floats
    link: Floats
    ends: Floats
    good: Floats
    hidden: NDArray[np.bool_]
    is_heading: Floats
    is_paragraph: Floats
    tag: Ints
    inside: Ints
    element: Floats
    hint_sum: Floats
    holder: Ints
    up: Ints
    starts: Ints
    stops: Ints
    parents: Ints
    depths: Floats
    sums: Floats


def _measure(outline: Outline, hint_score: HintScore) -> _Page:
    """What every block is measured by, candidate or not."""
    texts = outline.texts
    chars = np.array([len(t) for t in texts], dtype=np.float64)
    words = np.array([t.count(" ") + 1 for t in texts], dtype=np.float64)
    packed = np.flatnonzero(words * 14 < chars)
    for at in packed.tolist():
        if not texts[at].isascii():
            words[at] = len(texts[at]) // 2  # a script without spaces
    link = np.minimum(1.0, np.array(outline.link) / chars)
    holder = np.array(outline.holders)
    parents, depths = np.array(outline.parents), np.array(outline.depths, dtype=np.float64)
    element = _elements(outline, hint_score)
    columns = np.array(element, dtype=np.float64)[:, holder]
    hidden = columns[0] > 0
    good = np.where((words >= _GOOD_WORDS) & (link < 0.4) & ~hidden, chars * (1 - link), 0.0)
    totals = np.zeros((4, len(texts) + 1))
    np.cumsum((chars, chars * link, good, np.ones(len(texts))), axis=1, out=totals[:, 1:])
    starts, stops = np.array(outline.starts), np.array(outline.ends)
    tag = np.array([_TAG_AT.get(t, -1) for t in outline.tags])[holder]
    return _Page(
        chars=chars,
        words=words,
        link=link,
        ends=np.array([t.endswith(_ENDS) for t in texts], dtype=np.float64),
        good=good,
        hidden=hidden,
        is_heading=np.array([t in _HEADINGS for t in outline.tags], dtype=np.float64)[holder],
        is_paragraph=(tag == 0) * 1.0,
        tag=tag,
        inside=columns[7].astype(np.int64),
        element=columns[:6],
        hint_sum=columns[6],
        holder=holder,
        up=np.maximum(parents[holder], 0),
        starts=starts,
        stops=stops,
        parents=parents,
        depths=depths,
        sums=totals[:, stops] - totals[:, starts],
    )


def _elements(outline: Outline, hint_score: HintScore) -> tuple[Sequence[float], ...]:
    """By element: the columns of `_ELEMENT`, the sum of scores, and the tags of `INSIDE` around it as bits.

    Sum, lowest and highest score are over an element and all above it but `body`.
    """
    own = [hint_score(hint) if len(hint) > 3 else 0.0 for hint in outline.hints]
    summed: list[tuple[float, float, float, float, int]] = [(0.0, 0.0, 0.0, 0.0, 0)]
    bit = _INSIDE_BIT.get
    for tag, parent, score in zip(outline.tags[1:], outline.parents[1:], own[1:], strict=True):
        _, low, high, total, inside = summed[parent]
        summed.append(
            (
                own[parent], low if low < score else score, high if high > score else score,
                total + score, inside | bit(tag, 0),
            )
        )  # fmt: skip
    return outline.hidden, outline.depths, own, *zip(*summed, strict=True)


def _leave_main(page: _Page) -> tuple[int, Floats]:
    """The main container, the deepest element with most of the good text, and how many steps each block leaves the way to it."""
    good = page.sums[2]
    holds = np.zeros(len(good), dtype=bool)
    holds[page.parents[1:][good[1:] > 0]] = True
    spine = 0
    joined = np.zeros(len(page.chars))
    heavy = np.flatnonzero(holds & (good >= 0.6 * np.maximum(good[np.maximum(page.parents, 0)], 1e-9)))
    for at in heavy.tolist():
        if page.parents[at] == spine and at:
            spine = at
            joined[page.starts[at] : page.stops[at]] = page.depths[at]
    return spine, page.depths[spine] - joined


def _gaps(long: Ints, count: int) -> tuple[Floats, Floats]:
    """The distance of each block to the long paragraph before it (or at it) and to the one after, at most 50."""
    before = after = np.full(count, 50.0)
    if len(long):
        index = np.arange(count)
        at = np.searchsorted(long, index)
        before = np.where(at > 0, np.minimum(50, index - long[np.maximum(at - 1, 0)]), 50.0)
        after = np.where(at < len(long), np.minimum(50, long[np.minimum(at, len(long) - 1)] - index), 50.0)
    return before, after


def _find_candidates(page: _Page, far: Floats, gap: Floats) -> Ints:
    """The places of blocks that can be the article's at all: .2 % of its text is lost here and two thirds of the blocks."""
    listed = (page.link >= _MOSTLY_LINK) & (page.words <= _MENU_WORDS)
    away = (far > 0) & (listed | page.hidden | (gap > _NEAR))
    return np.flatnonzero(~away & (page.inside & _FOOTER == 0))


def _words(
    outline: Outline, page: _Page, places: Ints, known: Known, hint_score: HintScore
) -> tuple[Floats, Ints]:
    """The columns of `_WORDS` x candidates, and the places that say the title."""
    chosen = places.tolist()
    texts = [outline.texts[at] for at in chosen]
    chars, words = page.chars[places], page.words[places]
    listed = ((page.link[places] >= _MOSTLY_LINK) & (words <= _MENU_WORDS)).tolist()
    title = tuple(_WORD.findall(known.title.casefold())) if known.title else ()
    title_words = set(title)
    description = set(_WORD.findall(known.description.casefold())) if known.description else set()
    body = " ".join(known.body.split()) if known.body else ""
    unknown = 0.0 if body else -1.0
    seen = Counter(outline.texts)
    nothing = (0.0, 0.0, unknown, 0.0, 0.0, 0.0)
    compared: list[tuple[float, ...]] = []
    for text, menu, size in zip(texts, listed, words.tolist(), strict=True):
        if menu:
            compared.append(nothing)
            continue
        like_title = like_description = first = share = within = 0.0
        if size <= _COMPARED_WORDS:
            spoken = fold_words(text)
            found = set(spoken)
            if found:
                first, within = find_prompts(spoken, found)
                share = first / len(spoken)
                if title:
                    same = len(found & title_words)
                    like_title = same / (len(found) + len(title_words) - same)
                    if like_title == 1.0 and spoken == title:
                        like_title = 2.0
                if description:
                    like_description = len(found & description) / max(len(found), min(len(description), 12))
        in_body = 1.0 if body and text[:60] in body and text[-30:] in body else unknown
        compared.append((like_title, like_description, in_body, first, share, within))
    likeness = np.array(compared).reshape(len(chosen), 6).T
    digits, capitals, bars = _letters([t[:_HEAD] for t in texts])
    inline = [hint_score(h) if (h := outline.inline_hints[at]) else 0.0 for at in chosen]
    counted = np.array(
        [
            (
                t.count(","), t.count(".") + t.count("!") + t.count("?") + t.count("。"), t[0].islower(),
                t.startswith(_QUOTES), t[-1] == ":", t.count("\n"), seen[t] - 1,
            )
            for t in texts
        ],
        dtype=np.float64,
    ).reshape(len(chosen), 7).T  # fmt: skip
    columns = _stack(
        len(chosen),
        np.minimum(chars, 3000), np.minimum(np.array(outline.links)[places], 20),
        np.minimum(1.0, np.array(outline.strong)[places] / chars), page.ends[places], counted[4], counted[0], counted[1],
        digits, capitals, counted[2], counted[3], bars, counted[5], np.minimum(np.array(outline.leaps)[places], 5),
        np.array(inline), likeness[0], likeness[1], likeness[2], counted[6], chars / words,
        likeness[3], likeness[4], likeness[5],
    )  # fmt: skip
    return columns, places[likeness[0] >= 0.6]


def _letters(heads: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    """Of each text the shares of digits and of capitals (Latin, Greek, Cyrillic), and whether it holds a bar or a ©."""
    codes = np.frombuffer("".join(heads).encode("utf-32-le", "replace"), dtype="<u4")
    kinds = _KIND_OF_CODE[np.minimum(codes, len(_KIND_OF_CODE) - 1)]
    sizes = np.array([len(h) for h in heads])
    starts = np.cumsum(sizes) - sizes
    if not len(starts):
        return np.zeros(0), np.zeros(0), np.zeros(0)
    digits, capitals, bars = (np.add.reduceat(kinds == k, starts, dtype=np.float64) for k in (1, 2, 3))
    return digits / sizes, capitals / sizes, np.minimum(bars, 1.0)


def _make_kinds() -> NDArray[np.int8]:
    kinds = np.zeros(0x500, dtype=np.int8)
    kinds[ord("0") : ord("9") + 1] = 1
    for first, last in ((0x41, 0x5A), (0xC0, 0xDE), (0x391, 0x3AB), (0x400, 0x42F)):
        kinds[first : last + 1] = 2
    kinds[[ord("|"), ord("©")]] = 3
    return kinds


_KIND_OF_CODE = _make_kinds()


def _kinds(outline: Outline) -> Ints:
    """By element the number of its kind: tag and hint of it and of the one above."""
    numbers: dict[tuple[str, str, str, str], int] = {}
    tags, hints = outline.tags, outline.hints
    return np.array(
        [
            numbers.setdefault((tag, hint, tags[up], hints[up]), len(numbers))
            for tag, hint, up in zip(tags, hints, [0, *outline.parents[1:]], strict=True)
        ]
    )


def _heading(titles: Ints, long: Ints) -> int:
    """The place of the article's heading: the last one before most of its text; -1 where none says the title."""
    if not len(titles):
        return -1
    if len(long):
        earlier = titles[titles <= long[len(long) // 2]]
        if len(earlier):
            return int(earlier[-1])
    return int(titles[0])


def _place(
    page: _Page,
    kind: Ints,
    far: Floats,
    long: Ints,
    before: Floats,
    after: Floats,
    heading: int,
    main_good: float,
) -> tuple[Floats, Floats]:
    """The columns of `_PLACE` x blocks, and the share of the page's good text that each block's kind holds."""
    chars, link, good, sums, up = page.chars, page.chars * page.link, page.good, page.sums, page.up
    count = len(chars)
    page_good = max(1.0, float(sums[2, 0]))
    grand = np.maximum(page.parents[up], 0)
    kind_chars, kind_link, kind_good = (np.bincount(kind, w)[kind] for w in (chars, link, good))
    index = np.arange(count)
    passed = np.cumsum(chars) - chars
    total = max(1.0, float(sums[0, 0]))
    first, last = (int(long[0]), int(long[-1])) if len(long) else (count, -1)
    near = np.zeros((3, count + 8))
    np.cumsum((chars, link, good), axis=1, out=near[:, 4 : count + 4])
    near[:, count + 4 :] = near[:, count + 3 : count + 4]
    near_chars, near_link, near_good = near[:, 7 : count + 7] - near[:, :count]
    same = np.zeros(count + 1)
    same[1:-1] = up[1:] == up[:-1]
    whole, linked, well, blocks = sums[:, up]
    above_whole, above_linked, above_well, _ = sums[:, grand]
    near_chars = np.maximum(1, near_chars)
    columns = _stack(
        count,
        index / count, passed / total,
        index > heading if heading >= 0 else -1.0,
        np.minimum(np.maximum(index - heading, -30), 60) if heading >= 0 else -40.0,
        np.minimum(np.maximum(first - index, 0), 30), np.minimum(np.maximum(index - last, 0), 30),
        far == 0, main_good / page_good,
        kind_chars, kind_link / np.maximum(1, kind_chars),
        whole, linked / np.maximum(1, whole), np.minimum(100, blocks), well / page_good,
        above_well / page_good, above_linked / np.maximum(1, above_whole), before, after,
        near_good / near_chars, near_link / near_chars,
        total, page_good, count, same[:-1], same[1:],
    )  # fmt: skip
    return columns, kind_good / page_good
