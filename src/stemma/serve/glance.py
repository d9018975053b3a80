"""A story at a glance: who was first, how many texts are its outlets' own, who took from whom, where reports differ.

Made of a `StoryView` or of a `GlanceView` alike. Who was first is decided in `store/firsts.py`, for an outlet's page alike.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from stemma.serve.comparing import Sheet, build_sheets
from stemma.serve.links import find_language
from stemma.serve.marking import cut_short
from stemma.store.firsts import Derived, Reported, find_first
from stemma.store.views import DIFFERING, GlanceView, QuoteView

_SHORTEST_SAYING, _LONGEST_SAYING = 5, 32
"""Words of a quotation that stands alone on the front page."""
_MARKS = "\"'“”„‚‘’«»‹› "


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
