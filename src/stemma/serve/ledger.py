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
    """A quotation in one article. `own` where the text is not certainly another's; `alone` where other
    independent newsrooms report it and none has just these words."""

    place: PlaceView
    own: bool
    alone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """One quotation over several articles. `first` is the article that certainly printed it before all others; `shared`
    the longest wording that two independent newsrooms have, empty where fewer report it."""

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


def build_ledger(view: StoryView, merged: Mapping[str, str] | None = None) -> tuple[Followed, ...]:
    """The quotations of a story that articles of two outlets print, most printed first.

    `merged` are the speakers' names as `merge_names` joins them, where a caller has them.
    """
    outlet_of = {row.article: row.outlet or row.article for row in view.articles}
    taken = {c.child for c in view.copies if c.direction == "decided"}
    names = merge_names([q.speaker for q in view.quotes if q.speaker]) if merged is None else merged
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
    # What one newsroom prints again, or several have from one agency or owner, is no second report.
    voice_of = {article: number for number, voice in enumerate(view.voices) for article in voice}
    voices = [voice_of.get(quote.place.article) for quote in same]
    reports = [k for k in own if voices[k] is not None]
    met = {k: others for k in reports if (others := [m for m in reports if voices[m] != voices[k]])}
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
                alone=k in met and not any(words[k] == words[m] for m in met[k]),
            )
            for k, quote in enumerate(same)
        ),
        first=find_first([row for row in view.articles if row.article in printed], view.copies),
        shared=_find_shared([(voices[k], same[k].place.words) for k in reports]),
    )


def _find_shared(printed: Sequence[tuple[int | None, str]]) -> str:
    """The longest run of words that texts of two newsrooms have, as the first of them writes it."""
    found = [find_words(text) for _, text in printed]
    best, shared = 0, ""
    for one, other in combinations(range(len(printed)), 2):
        if printed[one][0] == printed[other][0]:
            continue
        left, right = found[one], found[other]
        first, length = find_longest_run([w for w, _, _ in left], [w for w, _, _ in right])
        if length > best:
            best, shared = length, printed[one][1][left[first][1] : left[first + length - 1][2]]
    return shared
