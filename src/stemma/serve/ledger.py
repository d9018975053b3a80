"""One quotation followed over the outlets that print it, for story pages.

Takes the view of a story, gives each direct quotation that two outlets print: who printed it first, where that is certain,
the wording that two reports of their own share, who stands alone with a wording, and to whom else the words are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from stemma.serve.quotations import merge_names
from stemma.store.firsts import find_first
from stemma.store.views import PlaceView, QuoteView, StoryView
from stemma.text.tokens import find_words, split_words
from stemma.text.wording import find_longest_run, group_same

MOST_STATEMENTS = 12
"""What one page shows of them; those in most articles first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """A quotation in one article. `own` where the text is not certainly another's; `alone` where no other report of its
    own has just these words."""

    place: PlaceView
    own: bool
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One quotation over several articles. `first` is the article that certainly printed it before all others; `shared`
    the longest wording that two reports of their own have, empty where fewer are."""

    speaker: str | None
    others: tuple[str, ...]
    printings: tuple[Printing, ...]
    first: int | None
    shared: str

    @property
    def alone(self) -> tuple[Printing, ...]:
        """Reports of their own that stand alone with their wording, where others share one."""
        return tuple(p for p in self.printings if p.alone and self.shared)

    @property
    def language_of(self) -> int:
        """The article whose language the shared wording has."""
        return self.printings[0].place.article


def build_ledger(view: StoryView) -> tuple[Followed, ...]:
    """The quotations of a story that articles of two outlets print, most printed first."""
    outlet_of = {row.article: row.outlet or row.article for row in view.articles}
    taken = {c.child for c in view.copies if c.direction == "decided"}
    names = merge_names([q.speaker for q in view.quotes if q.speaker])
    quotes = [q for q in view.quotes if q.kind == "direct" and q.place.article in outlet_of]
    quotes.sort(key=lambda q: (q.place.article, q.place.start))
    words = [split_words(q.place.words) for q in quotes]
    followed = []
    for group in group_same([(q.place.article, w) for q, w in zip(quotes, words, strict=True)]):
        same = [quotes[k] for k in group]
        if len({outlet_of[q.place.article] for q in same}) > 1:
            followed.append(_follow(same, [words[k] for k in group], view, taken, names))
    return tuple(sorted(followed, key=lambda f: -len(f.printings))[:MOST_STATEMENTS])


def _follow(
    same: Sequence[QuoteView],
    words: Sequence[list[str]],
    view: StoryView,
    taken: set[int],
    names: Mapping[str, str],
) -> Followed:
    own = [k for k, quote in enumerate(same) if quote.place.article not in taken]
    speakers = [names[q.speaker] for q in same if q.speaker]
    ranked = sorted(set(speakers), key=lambda name: (-speakers.count(name), name))
    printed = {q.place.article for q in same}
    return Followed(
        speaker=ranked[0] if ranked else None,
        others=tuple(ranked[1:]),
        printings=tuple(
            Printing(
                place=quote.place,
                own=k in own,
                alone=k in own and len(own) > 1 and not any(words[k] == words[m] for m in own if m != k),
            )
            for k, quote in enumerate(same)
        ),
        first=find_first([row for row in view.articles if row.article in printed], view.copies),
        shared=_find_shared([same[k].place.words for k in own]),
    )


def _find_shared(texts: Sequence[str]) -> str:
    """The longest run of words that two of the texts have, as the first of them writes it."""
    found = [find_words(text) for text in texts]
    best, shared = 0, ""
    for (a, left), (_, right) in combinations(enumerate(found), 2):
        first, length = find_longest_run([w for w, _, _ in left], [w for w, _, _ in right])
        if length > best:
            best, shared = length, texts[a][left[first][1] : left[first + length - 1][2]]
    return shared
