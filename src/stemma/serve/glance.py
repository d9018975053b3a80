"""A story at a glance: who was first, how many texts are its outlets' own, who took from whom, where reports differ.

Made of a `StoryView` or of a `GlanceView` alike. Says "first" only where the days and the lineage leave nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from stemma.serve.comparing import DIFFERING, Sheet, build_sheets
from stemma.serve.links import find_language
from stemma.serve.marking import cut_short
from stemma.store.views import GlanceView, PublishedView, QuoteView

_SHORTEST_SAYING, _LONGEST_SAYING = 5, 32
"""Words of a quotation that stands alone on the front page."""
_MARKS = "\"'“”„‚‘’«»‹› "


class Reported(Protocol):
    """An article as far as the order of reports needs it."""

    @property
    def article(self) -> int: ...
    @property
    def outlet(self) -> str | None: ...
    @property
    def published(self) -> PublishedView: ...


class Derived(Protocol):
    """A lineage edge."""

    @property
    def child(self) -> int: ...
    @property
    def parent(self) -> int | None: ...
    @property
    def origin(self) -> str | None: ...
    @property
    def direction(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A quotation that stands alone, with its story."""

    story: int
    title: str
    quote: QuoteView
    outlet: str
    language: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardGlance:
    """What a card says beside its row: `first` is an outlet's name, `taken` the articles made from others' texts."""

    first: str | None
    taken: int
    section: str | None
    differ: tuple[Sheet, ...]


def find_first(articles: Sequence[Reported], copies: Iterable[Derived]) -> int | None:
    """The article that was first, None where that is not certain or no other outlet reports.

    It was first where every other one is certainly of a later day or was made from it.
    """
    if len({a.outlet for a in articles}) < 2:
        return None
    heirs = _find_heirs([a.article for a in articles], copies)
    for candidate in articles:
        last = candidate.published.latest
        if last is None:
            continue
        rest = [a for a in articles if a is not candidate and a.article not in heirs[candidate.article]]
        if all(a.published.earliest is not None and last < a.published.earliest for a in rest):
            return candidate.article
    return None


def _find_heirs(articles: Iterable[int], copies: Iterable[Derived]) -> Mapping[int, set[int]]:
    """By article all that were made from it, directly or not."""
    children: dict[int, set[int]] = {article: set() for article in articles}
    for copied in copies:
        if copied.direction == "decided" and copied.parent in children and copied.child in children:
            children[copied.parent].add(copied.child)
    heirs: dict[int, set[int]] = {}
    for article in children:
        found: set[int] = set()
        waiting = list(children[article])
        while waiting:
            child = waiting.pop()
            if child not in found:
                found.add(child)
                waiting += children[child]
        heirs[article] = found - {article}
    return heirs


def count_taken(copies: Iterable[Derived]) -> int:
    """Articles whose text is certainly somebody else's: an article's, or an agency's that was not read."""
    return len({c.child for c in copies if c.direction == "decided"})


def build_card(view: GlanceView) -> CardGlance:
    """What the card of the story says."""
    names = {a.article: cut_short(a.outlet, words=8, characters=60) for a in view.articles if a.outlet}
    first = find_first(view.articles, view.copies)
    sheets = build_sheets(
        view,
        order=[a.article for a in sorted(view.articles, key=_when)],
        names=names,
        languages={a.article: find_language(a.language) for a in view.articles},
    )
    sections = [a.section for a in view.articles if a.section]
    return CardGlance(
        first=names.get(first) if first is not None else None,
        taken=count_taken(view.copies),
        section=max(dict.fromkeys(sections), key=sections.count) if sections else None,
        differ=tuple(s for s in sheets if s.relation in DIFFERING),
    )


def find_saying(view: GlanceView, title: str) -> Saying | None:
    """The quotation of a story that is fit to stand alone: a whole sentence under a name, no scrap and no speech."""
    known = {a.article: a for a in view.articles if a.outlet}
    for quote in view.quotes:
        words = quote.place.words
        if (
            quote.place.article in known
            and _is_name(quote.speaker)
            and len(quote.pieces) < 2
            and _SHORTEST_SAYING <= len(words.split()) <= _LONGEST_SAYING
            and not words.lstrip(_MARKS)[:1].islower()
            and "," not in words.rstrip()[-2:]
        ):
            article = known[quote.place.article]
            return Saying(
                story=view.story,
                title=title,
                quote=quote,
                outlet=cut_short(article.outlet or "", words=8, characters=60),
                language=find_language(article.language),
            )
    return None


def _is_name(speaker: str | None) -> bool:
    """At least two words with capitals, where the script has any: "he" and "the ministry" do not stand alone."""
    parts = (speaker or "").split()
    return len(parts) > 1 and all(not part[:1].islower() for part in parts)


def _when(article: Reported) -> tuple[str, int]:
    day = article.published.earliest or article.published.latest
    return day.isoformat() if day else "9999", article.article
