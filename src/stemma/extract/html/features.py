"""Blocks as numbers: what a block's tag, class names, links, shape, place and neighbours say about it.

Gives one row of `NAMES` for each block of an outline. Everything is relative to the page, nothing knows a site. The
weights of class names (`hints.json`) were fitted with the model, see `bench/train/html_fit.py`.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline
from stemma.text.lang import find_languages, language_words

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the head of the page says that a block can be compared with."""

    title: str | None = None
    description: str | None = None
    body: str | None = None


TAGS = (
    "p",
    "div",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "td",
    "figcaption",
    "section",
    "article",
    "header",
    "pre",
    "dd",
)
INSIDE = (
    "article",
    "main",
    "aside",
    "nav",
    "footer",
    "header",
    "figure",
    "ul",
    "table",
    "blockquote",
    "form",
    "section",
)
_ALIKE_TAGS = {"ol": "ul", "th": "td", "tr": "td", "h5": "h4", "h6": "h4", "dt": "dd", "body": "div"}

_OWN = (
    "chars", "words", "link share", "links", "strong share", "full stop", "colon", "commas", "stops", "digits",
    "capitals", "opens small", "opens with quote", "bar", "lines", "hidden", "depth", "leap",
    "hint own", "hint parent", "hint sum", "hint low", "hint high", "inline hint",
    "title", "description", "body", "repeated", "mean word", "heading", "prompt first", "prompt share", "prompt inside",
)  # fmt: skip
_PLACE = (
    "place", "place by chars", "after heading", "since heading", "before first", "after last", "from main", "in main",
    "main share", "same kind chars", "same kind share", "same kind links", "siblings chars", "siblings links",
    "siblings count", "parent share", "grand share", "grand links", "to long before", "to long after", "near text", "near links",
    "page chars", "page good", "page blocks",
)  # fmt: skip
_SHIFTED = ("words", "link share", "full stop", "hint sum", "same kind share", "from main", "heading", "is p")
_STEPS = (-2, -1, 1, 2)
NAMES: tuple[str, ...] = (
    *_OWN,
    *(f"is {t}" for t in TAGS),
    *(f"in {t}" for t in INSIDE),
    *_PLACE,
    "same parent before",
    "same parent after",
    *(f"{name} {step:+d}" for name in _SHIFTED for step in _STEPS),
)
"""The columns of `describe_blocks`, in order."""


def describe_blocks(outline: Outline, known: Known, hints: Mapping[str, float]) -> Floats:
    """A matrix of len(blocks) x len(NAMES). `hints` are the weights of class and id words."""
    count = len(outline.blocks)
    if count == 0:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    own, tags, inside = _own(outline, known, hints)
    place, parents = _place(outline, own)
    same_before = np.zeros((count, 1), dtype=np.float32)
    same_before[1:, 0] = parents[1:] == parents[:-1]
    same_after = np.zeros((count, 1), dtype=np.float32)
    same_after[:-1] = same_before[1:]
    base = np.hstack([own, tags, inside, place, same_before, same_after])
    columns = [_COLUMN[name] for name in _SHIFTED]
    shifted = np.full((count, len(columns), len(_STEPS)), -1.0, dtype=np.float32)
    for at, step in enumerate(_STEPS):
        if step < 0:
            shifted[-step:, :, at] = base[:step, columns]
        else:
            shifted[:-step, :, at] = base[step:, columns]
    return np.hstack([base, shifted.reshape(count, -1)])


@lru_cache(maxsize=16384)
def hint_words(hint: str) -> tuple[str, ...]:
    """The words of class names and an id: split at capitals and signs, three letters and more, each once."""
    return tuple(dict.fromkeys([w.lower() for w in _HINT_WORD.findall(hint) if len(w) > 2]))


# ---------------------------------------------------------------- helpers

_COLUMN = {name: at for at, name in enumerate(NAMES)}
_HINT_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_ENDS = tuple(".!?…。！？।؟\"”»“’'")
_QUOTES = tuple("\"“„«»‘'「『‚—–")
_PROMPT_KINDS = ("related", "comments", "social", "subscribe", "legal", "photo")
_MOSTLY_LINK, _MENU_WORDS, _COMPARED_WORDS = 0.5, 20, 80
_GOOD_WORDS = 10
_LONG_WORDS = 22
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_CAPITAL = re.compile(r"[A-Z\u00c0-\u00de\u0391-\u03ab\u0400-\u042f]")


def _own(outline: Outline, known: Known, hints: Mapping[str, float]) -> tuple[Floats, Floats, Floats]:
    elements, blocks = outline.elements, outline.blocks
    own_score, total, low, high = _hint_scores(outline, hints)
    inside_of = _inside(outline)
    tag_at = {t: i for i, t in enumerate(TAGS)}
    title = set(_WORD.findall(known.title.casefold())) if known.title else set()
    plain_title = " ".join(_WORD.findall(known.title.casefold())) if known.title else ""
    title_length = plain_title.count(" ") + 1 if plain_title else 0
    description = set(_WORD.findall(known.description.casefold())) if known.description else set()
    body = " ".join(known.body.split()) if known.body else ""
    in_body_unknown = 0.0 if body else -1.0
    seen = Counter(b.text for b in blocks)
    inline_scores: dict[str, float] = {}
    # One flat buffer: an array of tuples of floats and truth values takes numpy ten times as long.
    rows = array("f")
    tag_rows: list[int] = []
    tag_columns: list[int] = []
    inside_rows: list[int] = []
    inside_columns: list[int] = []
    for at, block in enumerate(blocks):
        text = block.text
        chars = len(text)
        e = block.element
        element = elements[e]
        tag = _ALIKE_TAGS.get(element.tag, element.tag)
        where = tag_at.get(tag)
        if where is not None:
            tag_rows.append(at)
            tag_columns.append(where)
        for flag in inside_of[e]:
            inside_rows.append(at)
            inside_columns.append(flag)
        words = text.count(" ") + 1
        if words * 14 < chars and not text.isascii():
            words = chars // 2  # a script without spaces
        link_share = min(1.0, block.link / chars)
        above = own_score[element.parent] if element.parent >= 0 else 0.0
        if link_share >= _MOSTLY_LINK and words <= _MENU_WORDS:
            # Half of all blocks are such links: their words are not looked at.
            rows.extend(
                (
                    chars, words, link_share, min(block.links, 20), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
                    element.hidden, element.depth, min(block.leap, 5), own_score[e], above, total[e], low[e], high[e], 0.0,
                    0.0, 0.0, in_body_unknown, seen[text] - 1, chars / words, tag[0] == "h" and len(tag) == 2, 0.0, 0.0, 0.0,
                )
            )  # fmt: skip
            continue
        head = text[:200]
        like_title = like_description = 0.0
        in_body = in_body_unknown
        first = share = within = 0.0
        digits, capitals = len(_DIGIT.findall(head)), len(_CAPITAL.findall(head))
        if body and text[:60] in body and text[-30:] in body:
            in_body = 1.0
        if words <= _COMPARED_WORDS:
            listed = _WORD.findall(text.casefold())
            found = set(listed)
            first, share, within = _prompted(listed)
            if found and title:
                like_title = len(found & title) / len(found | title)
                if len(listed) == title_length and " ".join(listed) == plain_title:
                    like_title = 2.0
            if found and description:
                like_description = len(found & description) / max(len(found), min(len(description), 12))
        inline = 0.0
        if block.inline_hint:
            cached = inline_scores.get(block.inline_hint)
            if cached is None:
                cached = sum(hints.get(w, 0.0) for w in hint_words(block.inline_hint))
                inline_scores[block.inline_hint] = cached
            inline = cached
        rows.extend(
            (
                min(chars, 3000), min(words, 500), link_share, min(block.links, 20), min(1.0, block.strong / chars),
                text.endswith(_ENDS), text[-1] == ":", text.count(","), text.count(".") + text.count("!") + text.count("?") + text.count("。"), digits / len(head),
                capitals / len(head), text[0].islower(), text.startswith(_QUOTES), "|" in head or "©" in head, text.count("\n"),
                element.hidden, element.depth, min(block.leap, 5),
                own_score[e], above, total[e], low[e], high[e], inline,
                like_title, like_description, in_body, seen[text] - 1, chars / words, tag[0] == "h" and len(tag) == 2,
                first, share, within,
            )
        )  # fmt: skip
    tags = np.zeros((len(blocks), len(TAGS)), dtype=np.float32)
    tags[tag_rows, tag_columns] = 1.0
    inside = np.zeros((len(blocks), len(INSIDE)), dtype=np.float32)
    inside[inside_rows, inside_columns] = 1.0
    return np.array(rows, dtype=np.float32).reshape(len(blocks), len(_OWN)), tags, inside


@lru_cache(maxsize=1)
def _prompts() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Prompts of all languages, as words, by their first word; longer ones first."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for code in find_languages():
        for key in _PROMPT_KINDS:
            for phrase in language_words(code, "prompts", key):
                words = tuple(_WORD.findall(phrase.casefold()))
                if words:
                    by_first.setdefault(words[0], set()).add(words)
    return {w: tuple(sorted(p, key=lambda x: (-len(x), x))) for w, p in by_first.items()}


def _prompted(words: list[str]) -> tuple[float, float, float]:
    """Words of the prompt that opens the block, its share of the block, words of the longest prompt inside it."""
    prompts = _prompts()
    first = within = 0
    for at, word in enumerate(words):
        for phrase in prompts.get(word, ()):
            if (
                len(phrase) > within
                and tuple(words[at : at + len(phrase)]) == phrase
                and (at == 0 or len(phrase) > 1)
            ):
                within = len(phrase)
                if at == 0:
                    first = within
                break
    return float(first), first / max(1, len(words)), float(within)


def _hint_scores(
    outline: Outline, hints: Mapping[str, float]
) -> tuple[list[float], list[float], list[float], list[float]]:
    """For each element: its own score, and sum, lowest and highest over it and all above it."""
    known: dict[str, float] = {" ": 0.0, "": 0.0}
    own: list[float] = []
    total: list[float] = []
    low: list[float] = []
    high: list[float] = []
    for element in outline.elements:
        score = known.get(element.hint)
        if score is None:
            score = sum(hints.get(w, 0.0) for w in hint_words(element.hint))
            known[element.hint] = score
        own.append(score)
        if element.parent < 0 or element.tag == "body":
            total.append(0.0)
            low.append(0.0)
            high.append(0.0)
        else:
            total.append(total[element.parent] + score)
            low.append(min(low[element.parent], score))
            high.append(max(high[element.parent], score))
    return own, total, low, high


def _inside(outline: Outline) -> list[tuple[int, ...]]:
    flag_at = {t: i for i, t in enumerate(INSIDE)}
    flags: list[tuple[int, ...]] = []
    for element in outline.elements:
        above = flags[element.parent] if element.parent >= 0 else ()
        flag = flag_at.get(_ALIKE_TAGS.get(element.tag, element.tag))
        flags.append(above if flag is None or flag in above else (*above, flag))
    return flags


def _place(outline: Outline, own: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Where a block stands: in the page, against the heading, in the main container, among its kind and siblings."""
    elements, blocks = outline.elements, outline.blocks
    count = len(blocks)
    chars, words, link = own[:, 0], own[:, 1], own[:, 2]
    good = (words >= _GOOD_WORDS) & (link < 0.4) & (own[:, 15] == 0)
    weight = np.where(good, chars * (1 - link), 0.0)
    holder = np.array([b.element for b in blocks])
    size = len(elements)
    parent = np.array([e.parent for e in elements])
    sums = np.stack(
        [np.bincount(holder, w, size) for w in (chars, chars * link, weight)]
        + [np.bincount(holder, None, size)]
    )
    columns = sums.T.tolist()
    for e in range(size - 1, 0, -1):
        mine, holds = columns[e], columns[elements[e].parent]
        holds[0] += mine[0]
        holds[1] += mine[1]
        holds[2] += mine[2]
        holds[3] += mine[3]
    sums = np.array(columns).T
    page_good = max(1.0, sums[2, 0])
    main_depth, distance = _main(outline, sums[2])
    # kind: tag and class of the element and of the one above it
    kinds: dict[tuple[str, str, str, str], int] = {}
    kind = np.zeros(count, dtype=np.int64)
    for at, block in enumerate(blocks):
        here = elements[block.element]
        above = elements[max(0, here.parent)]
        kind[at] = kinds.setdefault((here.tag, here.hint, above.tag, above.hint), len(kinds))
    kind_chars, kind_link, kind_good = (np.bincount(kind, w) for w in (chars, chars * link, weight))
    index = np.arange(count)
    before = np.cumsum(chars) - chars
    total = max(1.0, float(before[-1] + chars[-1]))
    titles = np.flatnonzero(own[:, 24] >= 0.6)
    long = np.flatnonzero((words >= _LONG_WORDS) & (link < 0.25) & (own[:, 15] == 0))
    heading = int(titles[0]) if len(titles) else -1
    if len(long) and len(titles):
        # The heading of the article is the last one before most of its text.
        middle = long[len(long) // 2]
        earlier = titles[titles <= middle]
        heading = int(earlier[-1]) if len(earlier) else heading
    first, last = (int(long[0]), int(long[-1])) if len(long) else (count, -1)
    up = parent[holder]
    up = np.where(up < 0, 0, up)
    grand = np.where(parent[up] < 0, 0, parent[up])
    window = np.ones(7)
    near_chars = np.convolve(chars, window, "same")[:count] if count >= 7 else np.full(count, chars.sum())
    near_link = (
        np.convolve(chars * link, window, "same")[:count]
        if count >= 7
        else np.full(count, (chars * link).sum())
    )
    near_good = np.convolve(weight, window, "same")[:count] if count >= 7 else np.full(count, weight.sum())
    at_long = np.searchsorted(long, index)
    to_before = np.full(count, 50.0)
    to_after = np.full(count, 50.0)
    if len(long):
        has = at_long > 0
        to_before[has] = np.minimum(50, index[has] - long[at_long[has] - 1])
        has = at_long < len(long)
        to_after[has] = np.minimum(50, long[at_long[has]] - index[has])
    ones = np.ones(count)
    far = distance[holder]
    place = np.stack(
        [
            index / count, before / total,
            (index > heading) * 1.0 if heading >= 0 else -ones,
            np.clip(index - heading, -30, 60) if heading >= 0 else -40 * ones,
            np.clip(first - index, 0, 30), np.clip(index - last, 0, 30),
            far, far == 0, ones * sums[2, main_depth] / page_good,
            kind_chars[kind], kind_good[kind] / page_good, kind_link[kind] / np.maximum(1, kind_chars[kind]),
            sums[0, up], sums[1, up] / np.maximum(1, sums[0, up]), np.minimum(100, sums[3, up]), sums[2, up] / page_good,
            sums[2, grand] / page_good, sums[1, grand] / np.maximum(1, sums[0, grand]), to_before, to_after,
            near_good / np.maximum(1, near_chars), near_link / np.maximum(1, near_chars),
            ones * total, ones * page_good, ones * count,
        ],
        axis=1,
    )  # fmt: skip
    return place.astype(np.float32), up


def _main(outline: Outline, good: NDArray[np.float64]) -> tuple[int, NDArray[np.float64]]:
    """The deepest element with most of the good text, and how many steps each element leaves the way to it."""
    elements = outline.elements
    children: dict[int, list[int]] = {}
    for at, element in enumerate(elements):
        if element.parent >= 0 and good[at] > 0:
            children.setdefault(element.parent, []).append(at)
    spine = [0]
    while below := children.get(spine[-1]):
        best = max(below, key=lambda e: good[e])
        if good[best] < 0.6 * good[spine[-1]] or not children.get(best):
            break
        spine.append(best)
    main = spine[-1]
    on_spine = set(spine)
    depth = elements[main].depth
    joined: list[int] = []
    for at, element in enumerate(elements):
        joined.append(element.depth if at in on_spine else joined[element.parent])
    return main, np.array([depth - j for j in joined], dtype=np.float64)
