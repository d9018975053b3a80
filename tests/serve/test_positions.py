"""What each party demands, offers, refuses and denies, from the quotations of a story."""

from __future__ import annotations

from stemma.serve.positions import build_positions
from stemma.store.views import PlaceView, QuoteView


def quote(article: int, start: int, words: str, speaker: str | None, cue: str | None) -> QuoteView:
    place = PlaceView(article=article, start=start, end=start + len(words), words=words)
    return QuoteView(
        place=place, pieces=(place,), kind="indirect", speaker=speaker, speaker_place=None, cue=cue
    )


def test_statements_are_sorted_by_party_and_by_what_they_do() -> None:
    """Demands, offers and denials stand under one name, also where another article has the surname alone."""
    parties = build_positions(
        [
            quote(1, 0, "a truce of thirty days", "Ana Ruiz", "called for"),
            quote(1, 90, "to pay for the broken bridge", "Ana Ruiz", "offered"),
            quote(2, 0, "A truce of thirty days", "Ruiz", "demanded"),
            quote(2, 50, "that the army had shelled the port", "Jon Falk", "denied"),
        ],
        {1: "en", 2: "en"},
    )
    assert [(p.name, [s.stance for s in p.stands]) for p in parties] == [
        ("Ana Ruiz", ["demands", "offers"]),
        ("Jon Falk", ["denies"]),
    ]
    (demand,) = parties[0].stands[0].positions
    assert [(place.article, place.start) for place in demand.places] == [(1, 0), (2, 0)]


def test_nobody_and_plain_statements_are_no_positions() -> None:
    """A statement without a speaker, one that was only said, and one too short to be read alone have no place."""
    assert (
        build_positions(
            [
                quote(1, 0, "a truce of thirty days", None, "demanded"),
                quote(1, 40, "that the ferry sails at six", "Ana Ruiz", "said"),
                quote(1, 80, "to resign", "Ana Ruiz", "refused"),
            ],
            {1: "en"},
        )
        == ()
    )
