"""What the page's own names and the blocks around say against or for a block that the scorer judged alone.

Each rule changes the array of chosen blocks in place: out go captions outside `figcaption`, readers' comments and lines of
one link between paragraphs; in come paragraphs in a gap between their like, headings of kept sections, the standfirst,
and posts and tables as a whole. By site on `extract/html` all of them together raise text F1 by .004.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stemma.extract.html.outline import Outline
from stemma.extract.html.prompted import asks_reader, is_related

Chosen = NDArray[np.bool_]


def settle_blocks(
    outline: Outline,
    chosen: Chosen,
    probabilities: NDArray[np.float64],
    lengths: NDArray[np.float64],
    *,
    title: str | None,
) -> None:
    """All rules in their order. `lengths` are the characters of each block, `title` the page's headline."""
    barred = np.zeros(len(chosen), dtype=bool)
    _bar_named(outline, chosen, lengths, barred)
    _bar_links(outline, chosen, barred)
    _settle_posts(outline, chosen, lengths)
    _settle_tables(outline, chosen, probabilities)
    kept = [at for at in np.flatnonzero(chosen).tolist() if outline.texts[at] != title]
    if kept:
        possible = ~chosen & ~barred & (probabilities > _POSSIBLE_TEXT)
        _add_standfirst(outline, chosen, possible, kept[0], title)
        between = np.flatnonzero(possible[kept[0] : kept[-1]]) + kept[0]
        if len(between):
            _fill_gaps(outline, chosen, between.tolist(), kept)
            _add_headings(outline, chosen, between.tolist(), probabilities)


def find_barred_lines(outline: Outline, places: Sequence[int]) -> frozenset[str]:
    """The texts of captions, comments and lines of one link on the whole page; `places` are the article's blocks."""
    lengths = np.array([len(t) for t in outline.texts], dtype=np.float64)
    chosen, barred = np.zeros(len(lengths), dtype=bool), np.zeros(len(lengths), dtype=bool)
    chosen[list(places)] = True
    _bar_named(outline, chosen, lengths, barred)
    _bar_links(outline, np.ones(len(lengths), dtype=bool), barred)
    return frozenset(outline.texts[at] for at in np.flatnonzero(barred).tolist())


# ---------------------------------------------------------------- helpers

_COMMENTS = re.compile(r"(?:^|[^a-z])comments?(?:[^a-z]|$)|comment-?list|disqus", re.I)
_LONGEST_CAPTION = 600
_MENU = 3
_FEWEST_SHOUTED, _FEWEST_LINKED, _LONGEST_TEASER = 4, 5, 40
_LABEL = re.compile(r"\W{0,3}([^\W\d][\w’' ]{2,25})[:：|>]+\s+(?=\S)")
_SLACK = 3
_POSSIBLE_TEXT, _LIKELY_HEADING = 0.1, 0.3
_PARAGRAPH, _LONGEST_HEADING, _SECTION = 15, 20, 8
_MOSTLY_OWN = 0.3
_HEADINGS = frozenset({"h2", "h3", "h4"})
_STANDFIRST = re.compile(
    r"(?:^|[^a-z])(?:de[ck]k?|standfirst|sub-?title|sub-?head(?:line|ing)?|sub-?deck|strap-?line|excerpt|intro(?:duction)?|summary"
    r"|le[ad]d?e?|preface|chapo|chapeau|entradilla|bajada|sumario|description|vorspann|sottotitolo|catenaccio|ingress|manchet)"
    r"(?:[^a-z]|$)",
    re.I,
)
_BEFORE_TEXT, _SHORTEST_STANDFIRST, _LONGEST_STANDFIRST = 10, 8, 90
_WORD = re.compile(r"\w+")
_POST = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|tiktok-embed|fb-post|fb-xfbml|bluesky-embed|mastodon-embed"
    r"|reddit-embed|reddit-card|truthsocial-embed|threads-embed|text-post-media|telegram-post",
    re.I,
)
_POST_TAGS = frozenset({"blockquote", "figure"})
_FEWEST_CELLS, _LONGEST_CELL, _POSSIBLE = 4, 300, 0.05


def _bar_named(
    outline: Outline, chosen: Chosen, lengths: NDArray[np.float64], barred: NDArray[np.bool_]
) -> None:
    """No blocks of an element that is named for a caption or for comments, where most of the text is elsewhere."""
    whole = float(lengths[chosen].sum())
    for at, hint in enumerate(outline.hints):
        caption = "aption" in hint or outline.tags[at] == "figcaption"
        if not at or not (caption or ("omment" in hint and _COMMENTS.search(hint)) or "isqus" in hint):
            continue
        inside = slice(outline.starts[at], outline.ends[at])
        elsewhere = lengths[inside][chosen[inside]].sum() * 2 < whole
        named = elsewhere and (not caption or lengths[inside].sum() <= _LONGEST_CAPTION)
        if named:
            chosen[inside], barred[inside] = False, True


def _bar_links(outline: Outline, chosen: Chosen, barred: NDArray[np.bool_]) -> None:
    """A line between paragraphs that is a link alone, in capitals or in words enough for a headline, leads to another
    story or asks for something; so does a link behind "Read more" or behind any label in capitals."""
    for at in np.flatnonzero(chosen).tolist():
        text, link = outline.texts[at], outline.link[at]
        if link * 2 < len(text) or text.count(" ") >= _LONGEST_TEASER:
            continue
        if link * 10 >= len(text) * 9:
            words = text.count(" ") + 1
            teaser = (
                (text.isupper() and words >= _FEWEST_SHOUTED)
                or (outline.tags[outline.holders[at]] == "p" and words >= _FEWEST_LINKED)
                # A menu of a page of tables: one link a row.
                or (outline.links[at] >= _MENU and text.count("\n") + 1 >= outline.links[at])
            )
        else:
            label = _LABEL.match(text)
            teaser = is_related(text[: len(text) - link]) or (
                label is not None
                and abs(len(text) - label.end() - link) <= _SLACK
                and (label[1].isupper() or is_related(label[1]))
            )
        if teaser:
            chosen[at], barred[at] = False, True


def _settle_posts(outline: Outline, chosen: Chosen, lengths: NDArray[np.float64]) -> None:
    """Each embedded post wholly in or out, by where most of its words are."""
    for at, tag in enumerate(outline.tags):
        if tag in _POST_TAGS and _POST.search(outline.hints[at]):
            inside = slice(outline.starts[at], outline.ends[at])
            whole = lengths[inside].sum()
            chosen[inside] = bool((lengths[inside] * chosen[inside]).sum() * 2 >= whole > 0)


def _settle_tables(outline: Outline, chosen: Chosen, probabilities: NDArray[np.float64]) -> None:
    """A table between paragraphs of the article is whole: rows of short cells look like menus one by one."""
    for at, tag in enumerate(outline.tags):
        if tag != "table":
            continue
        start, end = outline.starts[at], outline.ends[at]
        cells, above = outline.texts[start:end], outline.parents[at]
        size = sum(map(len, cells))
        if (
            len(cells) < _FEWEST_CELLS
            or max(map(len, cells)) > _LONGEST_CELL
            or sum(outline.link[start:end]) * 4 > size
            or probabilities[start:end].max() < _POSSIBLE
        ):
            continue
        beside = [
            place
            for place in range(outline.starts[above], outline.ends[above])
            if chosen[place] and outline.parents[outline.holders[place]] == above
        ]
        if any(place < start for place in beside) and any(place >= end for place in beside):
            chosen[start:end] = True


def _add_standfirst(
    outline: Outline, chosen: Chosen, possible: NDArray[np.bool_], first: int, title: str | None
) -> None:
    """What stands between headline and text in an element named for it; `first` is where the text begins."""
    start = max(0, first - _BEFORE_TEXT)
    if not title or not possible[start:first].any():
        return
    wanted = _WORD.findall(title.casefold())
    for heading in range(first - 1, start - 1, -1):
        if (
            outline.tags[outline.holders[heading]] in ("h1", "h2")
            and _WORD.findall(outline.texts[heading].casefold()) == wanted
        ):
            break
    else:
        return
    for at in range(heading + 1, first):
        holder, words = outline.holders[at], outline.texts[at].count(" ") + 1
        if (
            possible[at]
            and _SHORTEST_STANDFIRST <= words <= _LONGEST_STANDFIRST
            and _is_own(outline, at)
            and (
                _STANDFIRST.search(outline.hints[holder])
                or _STANDFIRST.search(outline.hints[outline.parents[holder]])
            )
        ):
            chosen[at] = True


def _fill_gaps(outline: Outline, chosen: Chosen, between: Sequence[int], kept: Sequence[int]) -> None:
    """A paragraph between two kept ones of the same tag in the same element is kept too."""
    spans: dict[tuple[int, str], tuple[int, int]] = {}
    for at in kept:
        if outline.texts[at].count(" ") + 1 >= _PARAGRAPH:
            key = _kin(outline, at)
            spans[key] = (spans[key][0] if key in spans else at, at)
    for at in between:
        if outline.texts[at].count(" ") + 1 < _PARAGRAPH or not _is_own(outline, at):
            continue
        first, last = spans.get(_kin(outline, at), (at, at))
        if first < at < last and not asks_reader(outline.texts[at]):
            chosen[at] = True


def _add_headings(
    outline: Outline, chosen: Chosen, between: Sequence[int], probabilities: NDArray[np.float64]
) -> None:
    """A likely heading just before a kept paragraph is kept."""
    for at in between:
        if (
            probabilities[at] > _LIKELY_HEADING
            and outline.tags[outline.holders[at]] in _HEADINGS
            and chosen[at + 1]
            and outline.texts[at].count(" ") < _LONGEST_HEADING
            and outline.texts[at + 1].count(" ") + 1 >= _SECTION
            and _is_own(outline, at)
        ):
            chosen[at] = True


def _kin(outline: Outline, at: int) -> tuple[int, str]:
    holder = outline.holders[at]
    return outline.parents[holder], outline.tags[holder]


def _is_own(outline: Outline, at: int) -> bool:
    return outline.link[at] <= _MOSTLY_OWN * len(outline.texts[at])
