"""When an undated article was published, as an interval, by what its story's dated articles say.

A copy is not older than its source, nor a source younger than its copy, give or take a day for the clocks of two places. Words that count from the day of writing ("on Thursday", "two
weeks ago", "yesterday") name the same day in the same sentence of two articles; where one of them is dated, they bound the
other. Only another outlet is a witness: the later reports of one outlet repeat its earlier ones with their "today" and "on Friday".
Evidence are only days that pages state themselves. Witnesses that contradict each other carry nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from stemma.dating.words import Telling, compare_tellings, read_tellings
from stemma.types import Article, ArticleId, Copy, DateWitness, ToldDate, WitnessKind

MOST_MEMBERS = 60
"""Articles of one story that are compared by their words; of longer stories the first ones."""
WIDEST_STORY = 14
"""Days between the dated articles of a story beyond which it says nothing of the day of one that is no copy: it is a long affair,
or two events that were taken for one."""


def date_members(articles: Sequence[Article], copies: Sequence[Copy]) -> tuple[ToldDate, ...]:
    """Intervals for the articles of one story without a day of their own, in their order; articles that nothing dates are left out."""
    days = {a.id: a.published.day for a in articles if a.published.day is not None}
    undated = [a for a in articles if a.id not in days]
    if not days or not undated:
        return ()
    by_id = {a.id: a for a in articles}
    linked = _link(copies, by_id)
    # In a long affair the words of one day stand beside those of another: there only copies speak.
    near = (max(days.values()) - min(days.values())).days <= WIDEST_STORY
    read = _Reader()
    told = []
    for article in undated[:MOST_MEMBERS]:
        witnesses = list(_witnesses_of_copies(article, linked.get(article.id, ()), days))
        others = [a for a in articles[:MOST_MEMBERS] if a.id in days]
        for other in others:
            copied = any(_other_side(c, article.id) == other.id for c in linked.get(article.id, ()))
            if copied or (near and _outlet_of(other) != _outlet_of(article)):
                witnesses += _witnesses_of_words(article, other, days[other.id], read, copied=copied)
        if (dated := _join(article, _trust(witnesses, by_id))) is not None:
            told.append(dated)
    return tuple(told)


# ---------------------------------------------------------------- helpers

_SAME_TEXT = 0.5
"""Containment from which two articles are of one text; below it they may share a paragraph of background."""


_GRACE = timedelta(days=1)


class _Reader:
    """The tellings of each article, read once."""

    def __init__(self) -> None:
        self._known: dict[ArticleId, Sequence[Telling]] = {}

    def __call__(self, article: Article) -> Sequence[Telling]:
        if article.id not in self._known:
            self._known[article.id] = read_tellings(article.text, article.language)
        return self._known[article.id]


def _link(copies: Iterable[Copy], by_id: Mapping[ArticleId, Article]) -> dict[ArticleId, list[Copy]]:
    linked: dict[ArticleId, list[Copy]] = {}
    for copy in copies:
        if copy.parent is None or copy.child not in by_id or copy.parent not in by_id:
            continue
        if _outlet_of(by_id[copy.child]) == _outlet_of(by_id[copy.parent]):
            continue
        if copy.kind == "rewrite" or copy.containment >= _SAME_TEXT:
            linked.setdefault(copy.child, []).append(copy)
            linked.setdefault(copy.parent, []).append(copy)
    return linked


def _outlet_of(article: Article) -> str:
    """The site or the name of the outlet; of an article with neither, itself."""
    try:
        host = (urlsplit(article.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return host or (article.outlet or f"article {article.id}").casefold()


def _other_side(copy: Copy, article: ArticleId) -> ArticleId | None:
    return copy.parent if copy.child == article else copy.child


def _witnesses_of_copies(
    article: Article, copies: Sequence[Copy], days: Mapping[ArticleId, date]
) -> Iterator[DateWitness]:
    """Who copied whom bounds on one side; a reprint may come years later."""
    for copy in copies:
        other = _other_side(copy, article.id)
        if other is None or other not in days or copy.direction != "decided":
            continue
        if copy.child == article.id:
            yield DateWitness(
                article=other, why="its source", words=None, earliest=days[other] - _GRACE, latest=None
            )
        else:
            yield DateWitness(
                article=other, why="its copy", words=None, earliest=None, latest=days[other] + _GRACE
            )


def _witnesses_of_words(
    article: Article, other: Article, day: date, read: _Reader, *, copied: bool
) -> Iterator[DateWitness]:
    for words, (first, last) in compare_tellings(read(article), read(other), day, copied=copied):
        why: WitnessKind = "its words in a copy" if copied else "its words in another report"
        yield DateWitness(article=other.id, why=why, words=words, earliest=first, latest=last)


def _trust(witnesses: Sequence[DateWitness], by_id: Mapping[ArticleId, Article]) -> Sequence[DateWitness]:
    """Reports that are no copies speak only where those of two outlets do."""
    outlets = {_outlet_of(by_id[w.article]) for w in witnesses if w.why == "its words in another report"}
    if len(outlets) >= 2:
        return witnesses
    return [w for w in witnesses if w.why != "its words in another report"]


def _join(article: Article, witnesses: Sequence[DateWitness]) -> ToldDate | None:
    """The intersection of all, with the page's own bounds; None where it is empty or tells nothing new."""
    own = article.published
    seen = article.first_seen.date() + timedelta(days=1) if article.first_seen else None
    lows = [d for d in (own.earliest, *(w.earliest for w in witnesses)) if d]
    highs = [d for d in (own.latest, seen, *(w.latest for w in witnesses)) if d]
    low, high = max(lows, default=None), min(highs, default=None)
    if not witnesses or (low and high and low > high):
        return None
    if low == own.earliest and (high == own.latest or high == seen):
        return None
    return ToldDate(article=article.id, earliest=low, latest=high, witnesses=tuple(dict.fromkeys(witnesses)))
