"""What each party demands, offers, refuses, denies, and whom it accuses: the statements of a story or thread, by speaker.

Sorts what is quoted by what it does, as its cue says; judges nothing and joins only the same words. A statement without a
named speaker, or whose cue says no more than that something was said, is not here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stemma.serve.quotations import merge_names
from stemma.store.views import PlaceView, QuoteView
from stemma.text.stances import STANCES, Stance, find_stance

_NOT_LETTERS = re.compile(r"[\W_]+")
_SHORTEST = 3
"""Words below which what was said tells a reader nothing alone ("to resign" has its sentence for that)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One statement in the words of the first article that has it; `places` are all that have the same words."""

    text: str
    cue: str
    language: str | None
    places: tuple[PlaceView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What a party does under one word: its demands, its offers."""

    stance: Stance
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or body with what it demands, offers, refuses, denies and alleges, in that order."""

    name: str
    stands: tuple[Stand, ...]

    @property
    def count(self) -> int:
        """How many statements it has here."""
        return sum(len(stand.positions) for stand in self.stands)


def build_positions(
    quotes: Sequence[QuoteView], languages: Mapping[int, str | None], merged: Mapping[str, str] | None = None
) -> tuple[Party, ...]:
    """The parties with at least one position, those with most first, in the order of the articles.

    `merged` are the speakers' names as `merge_names` joins them, where a caller has them.
    """
    if merged is None:
        merged = merge_names([q.speaker for q in quotes if q.speaker])
    held: dict[str, dict[Stance, dict[str, list[QuoteView]]]] = {}
    for quote in quotes:
        if not quote.speaker or quote.place.words.count(" ") < _SHORTEST - 1:
            continue
        stance = find_stance(languages.get(quote.place.article), quote.cue, quote.place.words)
        if stance is not None:
            same = _NOT_LETTERS.sub(" ", quote.place.words.casefold()).strip()
            held.setdefault(merged[quote.speaker], {}).setdefault(stance, {}).setdefault(same, []).append(
                quote
            )
    parties = [
        Party(
            name=name,
            stands=tuple(
                Stand(
                    stance=stance, positions=tuple(_position(qs, languages) for qs in theirs[stance].values())
                )
                for stance in STANCES
                if stance in theirs
            ),
        )
        for name, theirs in held.items()
    ]
    return tuple(sorted(parties, key=lambda party: (-party.count, party.name)))


def _position(quotes: Sequence[QuoteView], languages: Mapping[int, str | None]) -> Position:
    first = quotes[0]
    return Position(
        text=first.place.words,
        cue=first.cue or "",
        language=languages.get(first.place.article),
        places=tuple(q.place for q in quotes),
    )
