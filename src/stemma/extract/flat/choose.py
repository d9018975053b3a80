"""Which lines of a flattened page are the article, from a probability for each line.

The choice is made for the page as a whole: the set of lines with the greatest expected F1. Then the tail is judged as
segments: openings of other stories behind the article are long and well written, so that only together and against the
article's own words they show for what they are. What the other lines are is decided in `parts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from stemma.extract.credits import find_dateline, parse_byline, split_photo_line
from stemma.extract.flat.features import Floats, best_run, weigh_lines
from stemma.extract.flat.lines import Line
from stemma.extract.flat.prompts import INSIDE, KINDS, OPENS, WHOLE, count_phrases, heads_comment, is_related
from stemma.extract.flat.trees import load_trees
from stemma.extract.html.prompted import asks_reader


def choose_lines(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """Indices of the article's lines, ascending, and of the lines cut off behind them as other stories' openings."""
    if not lines:
        return [], []
    worth = _worth_weighing(lines)
    scores = np.zeros(len(lines))
    scores[worth] = load_trees().weigh(weigh_lines(lines)[worth])
    return choose_weighed(lines, scores)


def choose_weighed(lines: Sequence[Line], scores: Floats) -> tuple[list[int], list[int]]:
    """The same from the probabilities of the lines; those of menus do not count."""
    worth = _worth_weighing(lines)
    weighed = np.full(len(lines), 0.01)
    weighed[worth] = scores[worth]
    weighed[_find_comments(lines, weighed) :] = 0.01
    kept = choose_scored(lines, weighed)
    if sum(len(lines[n].words) for n in kept) < _FEWEST:
        # Nothing reads like an article: the best run of long lines, if any, is all there is to say.
        first, last = best_run(np.array([len(line.words) - 12.0 for line in lines]))
        kept = (
            [n for n in range(first, last) if not is_furniture(lines[n])]
            if last - first < len(lines)
            else kept
        )
    kept = [*_find_lead(lines, kept), *kept]
    end = find_tail(lines, kept)
    return kept[:end], kept[end:]


def choose_scored(lines: Sequence[Line], scores: Floats) -> list[int]:
    """The lines with the greatest expected F1 by `scores`, less those that are plainly furniture."""
    sizes = np.array([len(line.words) for line in lines], dtype=float)
    scores = scores.copy()
    for n in np.flatnonzero(scores > _HOPELESS).tolist():
        if is_furniture(lines[n]):
            scores[n] = 0.0
    order = np.argsort(-scores, kind="stable")
    # Expected F1 of the first k lines: twice the words expected right over words taken plus words expected in all
    # (Lewis 1995). On `extract/flat` .004 above any fixed threshold.
    right = np.cumsum(scores[order] * sizes[order])
    taken = np.cumsum(sizes[order])
    expected = right / (taken + _RECALL * float((scores * sizes).sum()))
    best = int(np.argmax(expected))
    kept = sorted(int(n) for n in order[: best + 1] if scores[n] > _HOPELESS)
    # A single line between two of the article (a subheading, a question) needs less: + .001 on `extract/flat`.
    between = [a + 1 for a, b in pairwise(kept) if b - a == 2 and scores[a + 1] >= 0.2]
    chosen = sorted([*kept, *between])
    # What ends a text is a sentence; a short line behind it is a heading of something else.
    while len(chosen) > 2 and len(lines[chosen[-1]].words) <= 15 and not _END.search(lines[chosen[-1]].text):
        chosen.pop()
    return chosen


def find_tail(lines: Sequence[Line], kept: Sequence[int]) -> int:
    """How many of the lines in `kept` come before a tail of other stories' openings; all where there is no such tail.

    A line of the tail is long and shows two of: a label in capitals before it, an end in mid-sentence, few words in
    common with the article. One sign is enough for a line between two such lines;
    a single line needs all three.
    """
    count = len(kept)
    if count < 4:
        return count
    head = common_words(lines, kept[: max(3, count // 2)])
    start = count
    for at in range(count - 1, 2, -1):
        signs = tail_signs(lines[kept[at]], head)
        if signs >= 2:
            start = at
        elif signs == 0 or start == count:
            break
    alone = count - start == 1 and tail_signs(lines[kept[start]], head) < 3
    return count if alone else start


def _find_comments(lines: Sequence[Line], scores: Floats) -> int:
    """Where readers' comments begin behind the article, by the line that names the first of their writers; else the end."""
    for n, line in enumerate(lines):
        after = lines[n + 1].text if n + 1 < len(lines) else ""
        if heads_comment(line.text, line.words, after):
            before = sum(len(other.words) * p for other, p in zip(lines[:n], scores[:n], strict=True))
            return n if before >= _FEWEST_BEFORE else len(lines)
    return len(lines)


def _find_lead(lines: Sequence[Line], kept: Sequence[int]) -> list[int]:
    """A paragraph with an agency's dateline shortly above the first line, and what lies between: the text starts there."""
    if not kept:
        return []
    for n in range(max(0, kept[0] - 3), kept[0]):
        dateline = find_dateline(lines[n].text) if len(lines[n].words) >= 12 else None
        if dateline and dateline.agency:
            return [k for k in range(n, kept[0]) if not is_furniture(lines[k])]
    return []


def is_furniture(line: Line) -> bool:
    """A line that is a prompt, a credit, a picture's caption with its owner, or a legal notice with several of its phrases.

    Each rule was tried on `extract/flat` across sites: captions + .0025 F1, prompts and bylines together + .001.
    """
    size = len(line.words)
    strengths = line.prompts
    if any(strengths[k] == WHOLE for k in _ONLY):
        return True
    if size < 30 and strengths[_SUBSCRIBE] >= INSIDE:
        return True
    if size >= _FEWEST_ASKED and asks_reader(line.text):
        return True  # an appeal, or what the outlet earns by its links
    if strengths[_RELATED] >= OPENS and (size < 12 or (size < 30 and _LABELLED.match(line.text))):
        return True  # "Read also: …" with the headline of another story behind it
    label = _LABELLED_TEASER.match(line.text) if size < _TEASER and not _END.search(line.text) else None
    if label and is_related(label[1]):
        return True  # "Also: …" with a headline behind it
    if size > 12 and strengths[_LEGAL] >= INSIDE and count_phrases(line.words, "legal") >= 3:
        return True
    if size <= 4 and not any(c.isalpha() for c in line.text):
        return True  # counts of readers and shares, page numbers
    if size < 15 and parse_byline(line.text) is not None:
        return True
    return size < 60 and split_photo_line(line.text) is not None


def common_words(lines: Sequence[Line], kept: Sequence[int]) -> frozenset[str]:
    """The longer words of some lines, by which a line is found to be of the same story."""
    return frozenset(w for n in kept for w in lines[n].words if len(w) > 4)


def tail_signs(line: Line, head: frozenset[str]) -> int:
    """How many signs of another story's opening a long line shows: label in capitals, cut in mid-sentence, foreign words."""
    words = {w for w in line.words if len(w) > 4}
    if len(line.words) < 40 or not words:
        return 0
    shared = sum(w in head for w in words) / len(words)
    return bool(_LABEL.match(line.text)) + (not _END.search(line.text)) + (shared < 0.12)


# ---------------------------------------------------------------- helpers

_TEASER = 25
_LABELLED_TEASER = re.compile(r"([^\W\d][\w’' ]{2,25}):\s?(?=[^\W\d_a-z])")
_LABELLED = re.compile(r"[^:]{4,40}:\s")
_LABEL = re.compile(r"[^a-zà-ÿ\n\"“”]{6,60}: \S")
_END = re.compile(r"[.!?。！？।؟:…][\"'”’»)\]›“」』*]*$")
_FEWEST, _FEWEST_BEFORE, _FEWEST_ASKED = 12, 20, 8
_HOPELESS = 0.05
# A little more for precision than F1 asks: probabilities of short lines are too high (`extract/flat`, + .0006).
_RECALL = 0.85
_LEGAL = KINDS.index("legal")
_RELATED = KINDS.index("related")
_SUBSCRIBE = KINDS.index("subscribe")
_ONLY = tuple(KINDS.index(kind) for kind in ("comments", "social", "subscribe", "legal", "related", "source"))


def _worth_weighing(lines: Sequence[Line]) -> list[int]:
    """Lines of four words or more, and shorter ones within three lines of a long one: the rest are menus."""
    long = [n for n, line in enumerate(lines) if len(line.words) >= 12]
    near = {n + d for n in long for d in range(-3, 4)}
    return [n for n, line in enumerate(lines) if n in near or len(line.words) >= 4]
