"""What can be seen of the lines of a flattened page, as numbers: shape, words, prompts, neighbours, place.

One row a line, `NAMES` says what the columns are. Nothing is decided here; `trees` weighs the rows. The order of the
columns is part of the model in `model.npz`, which is fitted by `bench/train/flat_fit.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from stemma.extract.flat.lines import Line
from stemma.extract.flat.prompts import KINDS, OPENS
from stemma.text.lang import language_words

Floats = NDArray[np.float64]

OWN = (
    "words", "letters", "ends", "colon", "cut", "sentences", "commas", "capitals", "shouts", "digits", "stop", "lower",
    "quote", "year", "clock", "address", "sign", "you", "blanks", "after", "indent", "item", "heading", "dash", "said",
    "repeats", "person", "label", "stamp", "self", "shouting",
    *KINDS,
)  # fmt: skip
PLACE = (
    "place", "from_top", "from_end", "words_before", "like_body", "blanks_like_body", "run", "run_start", "run_end",
    "run_place", "long_before", "long_after", "gap_before", "gap_after", "prompts_near", "ends_before", "title",
    "title_seen", "shared", "new", "with_head", "comments_before", "related_before", "since_prompt", "relative", "page_lines", "page_words", "page_long", "page_blank",
)  # fmt: skip
NEAR = ("words", "ends", "stop", "capitals", "prompt", "item", "stamp")
STEPS = (-3, -2, -1, 1, 2, 3)
MEANS = (2, 5)
NAMES = (
    *OWN,
    *PLACE,
    *(f"{name}{step:+d}" for step in STEPS for name in NEAR),
    *(f"{name}~{reach}" for reach in MEANS for name in ("words", "long", "prompt", "ends")),
)


def weigh_lines(lines: Sequence[Line]) -> Floats:
    """A matrix of `len(lines)` rows and `len(NAMES)` columns."""
    if not lines:
        return np.zeros((0, len(NAMES)))
    seen = Counter(line.text for line in lines)
    own = np.array([_own(line, seen) for line in lines], dtype=float)
    own[:-1, _COLUMN["after"]] = own[1:, _COLUMN["blanks"]]
    own[-1, _COLUMN["after"]] = 3
    place = _place(lines, own)
    near = _near(own)
    return np.hstack([own, place, *near])


# ---------------------------------------------------------------- the line itself

_COLUMN = {name: n for n, name in enumerate(OWN)}
_FIRST_KIND = OWN.index(KINDS[0])
_END = frozenset(".!?。！？।؟")
_CLOSING = "\"'”’»)]›“」』*_ "
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d\d\b")
_ADDRESS = re.compile(r"https?:|www\.|\w@\w|(?<!\w)[@#]\w|\.(?:com|org|net|de|fr|es|co)\b")
_SIGN = re.compile(r"[|»›©®→▶►•·]|\.\.\.\s*$|>>")
_SENTENCE = re.compile(r"[.!?]['\"”’»)]*\s+[\"'“„«‘(\[]?[^\W\d_a-zà-ÿ]|[。！？]")
# "CAPITALS: " before a teaser, and the clock, date or age that stands beside a comment or a teaser.
_LABEL = re.compile(r"[^a-zà-ÿ\n]{5,60}: \S")
_STAMP = re.compile(
    r"\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b|\b\d{1,2}\.\d{1,2}\.\d{2}|\b(?:ago|vor \d|il y a|hace)\b"
)
_SELF = frozenset(str.split("i my me i'm i've i’m ich mein mich je j moi mon yo mi me"))
_YOU = frozenset(str.split("you your yours we our us my ihr ihre sie dein deine uns unser vous votre vos nous notre usted su tu tus"))  # fmt: skip
_SAID = frozenset(
    str.split(
        "said says told sagte sagt erklärte teilte dit déclaré affirme dijo afirmó señaló according laut selon según"
    )
)
_PARTICLES = frozenset(str.split("de da van von der den del la le el al bin di"))


def _stop_words() -> frozenset[str]:
    return frozenset(w for code in ("de", "en", "es", "fr") for w in language_words(code, "words", "stop"))


_STOP = _stop_words()


# One of these stands in every line that the patterns find something in: looked for at a tenth of their cost.
_ADDRESS_PARTS = ("@", "#", "http", "www.", ".com", ".org", ".net", ".de", ".fr", ".es", ".co")
_SIGN_PARTS = ("|", "...", ">>")


def _may_hold(text: str, parts: tuple[str, ...]) -> bool:
    for part in parts:  # noqa: SIM110 - `any` over a generator takes three times as long
        if part in text:
            return True
    return False


def _own(line: Line, seen: Counter[str]) -> list[float]:
    text, words = line.text, line.words
    count = size = len(words)
    parts = text.split()
    pieces = len(parts)
    spaceless = pieces * 4 < count
    if spaceless:
        count = max(1, count // 2)
    bare = text.rstrip(_CLOSING)
    last = bare[-1:] or text[-1]
    capital = len([p for p in parts if p[0].isupper()])
    digits = len([w for w in words if w[0].isdigit()])
    # Most lines of a page are menu words: what only longer lines can have is not looked for in them.
    long = size > 3
    return [
        log1p(count),
        len(text) / pieces,
        last in _END,
        last == ":",
        last == "…" or bare.endswith("..."),
        min(20, len(_SENTENCE.findall(text))) if long else 0,
        (text.count(",") + text.count("、") + text.count("，")) / count if long else 0,
        0.4 if spaceless else capital / pieces,
        len([p for p in parts if len(p) > 1 and p.isupper()]) / pieces if capital else 0,
        digits / size,
        0.4 if spaceless else len([w for w in words if w in _STOP]) / size,
        text[0].islower(),
        text[0] in "\"'“„«‘»–—「『",
        digits > 0 and bool(_YEAR.search(text)),
        digits > 0 and bool(_CLOCK.search(text)),
        _may_hold(text, _ADDRESS_PARTS) and bool(_ADDRESS.search(text)),
        (not text.isascii() or _may_hold(text, _SIGN_PARTS)) and bool(_SIGN.search(text)),
        len([w for w in words if w in _YOU]) / size if long else 0,
        min(line.blanks, 5),
        0,
        min(line.indent, 30),
        line.mark == "*",
        line.mark == "#",
        line.mark in ("-", ">"),
        long and not _SAID.isdisjoint(words),
        min(seen[text], 4),
        2 <= pieces <= 4 and capital > 1 and all(p[0].isupper() or p in _PARTICLES for p in parts),
        ": " in text and bool(_LABEL.match(text)),
        digits > 0 and size < 30 and bool(_STAMP.search(text)),
        len([w for w in words if w in _SELF]) / size if long else 0,
        min(5, text.count("!") + text.count("?")),
        *line.prompts,
    ]


# ---------------------------------------------------------------- its place


def _place(lines: Sequence[Line], own: Floats) -> Floats:
    count = len(lines)
    at = np.arange(count)
    sizes = np.expm1(own[:, 0])
    ends = own[:, _COLUMN["ends"]]
    total = float(sizes.sum())
    before = np.cumsum(sizes) - sizes
    long = (sizes >= 15) & (ends > 0)
    prompts = (own[:, _FIRST_KIND:] >= OPENS).any(axis=1)
    # Body lines of one page are rendered alike: most of the words in long lines say how.
    indent = own[:, _COLUMN["indent"]] * 10 + own[:, _COLUMN["item"]]
    blanks = own[:, _COLUMN["blanks"]]
    weight = np.where(long, sizes, 0.0) if long.any() else sizes
    kinds = own[:, _FIRST_KIND:] >= OPENS
    talk = kinds[:, KINDS.index("comments")]
    # Readers' comments can be longer than the article: the run is looked for before them, where enough stands there.
    starts = np.flatnonzero(talk & (np.cumsum(np.where(long, sizes, 0.0)) > 60))
    limit = int(starts[0]) if len(starts) else count
    first, last = best_run(sizes[:limit] - 12)
    inside = (at >= first) & (at < last)
    gap_before, gap_after = _gaps(long)
    strong = np.cumsum(prompts & (at >= first))
    title, title_seen = _title(lines, first)
    shared, new, with_head = _shared(lines, first, last)
    after_first = at >= first
    since = at - np.maximum.accumulate(np.where(prompts, at, -60))
    typical = float(np.median(own[long, 0])) if long.any() else 0.0
    columns = [
        at / count,
        np.minimum(at, 60),
        np.minimum(count - at, 60),
        before / max(1.0, total),
        indent == _mode(indent, weight),
        blanks == _mode(blanks, weight),
        inside,
        np.clip(at - first, -30, 60),
        np.clip(at - last, -60, 30),
        np.clip((before - before[first]) / max(1.0, float(sizes[inside].sum())), -1, 2),
        np.minimum(np.cumsum(long) - long, 40),
        np.minimum(long.sum() - np.cumsum(long), 40),
        gap_before,
        gap_after,
        np.convolve(prompts, np.ones(7), "same")[:count] if count >= 7 else np.full(count, prompts.sum()),
        np.minimum(strong, 12),
        title,
        title_seen,
        shared,
        new,
        with_head,
        np.minimum(np.cumsum(talk & after_first), 6),
        np.minimum(np.cumsum(kinds[:, KINDS.index("related")] & after_first), 6),
        np.minimum(since, 60),
        own[:, 0] - typical,
        np.full(count, np.log(count)),
        np.full(count, np.log1p(total)),
        np.full(count, sizes[long].sum() / max(1.0, total)),
        np.full(count, np.minimum(blanks, 2).mean()),
    ]
    return np.column_stack(columns).astype(float)


def best_run(gains: Floats) -> tuple[int, int]:
    """`(first, last)` of the run with the greatest sum, half open; the whole where nothing gains (Kadane's method)."""
    best, total, start, run = 0.0, 0.0, 0, (0, len(gains))
    for n, gain in enumerate(gains.tolist()):
        if total <= 0:
            total, start = 0.0, n
        total += gain
        if total > best:
            best, run = total, (start, n + 1)
    return run


def _mode(values: Floats, weight: Floats) -> float:
    kinds, index = np.unique(values, return_inverse=True)
    return float(kinds[np.argmax(np.bincount(index, weights=weight))])


def _gaps(long: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Lines since the last long line and until the next, 30 where there is none."""
    count = len(long)
    at = np.arange(count)
    since = np.maximum.accumulate(np.where(long, at, -999))
    until = np.minimum.accumulate(np.where(long, at, 9999)[::-1])[::-1]
    return np.minimum(at - since, 30).astype(float), np.minimum(until - at, 30).astype(float)


def _title(lines: Sequence[Line], first: int) -> tuple[Floats, Floats]:
    """How much of a line's words the page's first line has, and whether a line like it came before."""
    head = {w for w in lines[0].words if len(w) > 3}
    overlap = [
        sum(w in head for w in line.words if len(w) > 3) / max(1, len(line.words)) if n < first + 3 else 0.0
        for n, line in enumerate(lines)
    ]
    known: set[str] = set()
    repeated = []
    for line in lines:
        key = " ".join(line.words[:12])
        repeated.append(key in known)
        known.add(key)
    return np.array(overlap), np.array(repeated, dtype=float)


def _shared(lines: Sequence[Line], first: int, last: int) -> tuple[Floats, Floats, Floats]:
    """Share of a line's longer words that other lines of the run have, that nothing before it has, and that the head has.

    The head are the first 150 words of the run; there a line is not compared with itself.
    """
    counts: Counter[str] = Counter()
    head: Counter[str] = Counter()
    sets = [{w for w in line.words if len(w) > 4} for line in lines]
    read, stop = 0, first
    for n in range(first, last):
        counts.update(sets[n])
        if read < 150:
            head.update(sets[n])
            read, stop = read + len(lines[n].words), n + 1
    known: set[str] = set()
    shared, new, with_head = [], [], []
    for n, words in enumerate(sets):
        floor = 2 if first <= n < last else 1
        own = 2 if first <= n < stop else 1
        size = max(1, len(words))
        shared.append(sum(counts[w] >= floor for w in words) / size)
        with_head.append(sum(head[w] >= own for w in words) / size)
        new.append(len(words - known) / size)
        known |= words
    return np.array(shared), np.array(new), np.array(with_head)


# ---------------------------------------------------------------- its neighbours


def _near(own: Floats) -> list[Floats]:
    count = len(own)
    prompt = (own[:, _FIRST_KIND:] >= OPENS).any(axis=1).astype(float)
    columns = {name: own[:, _COLUMN[name]] for name in NEAR if name != "prompt"} | {"prompt": prompt}
    stacked = np.column_stack([columns[name] for name in NEAR])
    wide = np.pad(stacked, ((3, 3), (0, 0)), constant_values=-1)
    steps = [wide[3 + step : 3 + step + count] for step in STEPS]
    long = ((columns["words"] >= np.log1p(15)) & (columns["ends"] > 0)).astype(float)
    means = []
    for reach in MEANS:
        for column in (columns["words"], long, prompt, columns["ends"]):
            sums = np.concatenate([[0.0], np.cumsum(np.pad(column, reach))])
            means.append((sums[2 * reach + 1 :] - sums[: -2 * reach - 1])[:, None] / (2 * reach + 1))
    return [*steps, *means]
