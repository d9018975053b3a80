"""Dates, first sightings and declared sources, weighed as evidence."""

from __future__ import annotations

from stemma.lineage.clocks import weigh_order

from .texts import article, moment


def test_the_earlier_date_is_evidence_and_symmetric() -> None:
    """What speaks for the one speaks against the other as much."""
    one, other = (
        article("a", "x", stated="2026-05-04T08:00:00Z"),
        article("b", "x", stated="2026-05-04T12:00:00Z"),
    )
    assert weigh_order(one, other).odds > 2
    assert weigh_order(other, one).odds == -weigh_order(one, other).odds


def test_time_zones_are_respected() -> None:
    """Nine in Tokyo is before one in London."""
    tokyo, london = (
        article("a", "x", stated="2026-05-04T09:00:00+09:00"),
        article("b", "x", stated="2026-05-04T01:00:00Z"),
    )
    assert weigh_order(tokyo, london).odds > 0


def test_the_same_day_says_nothing() -> None:
    """Two days without a time are no order."""
    assert (
        weigh_order(article("a", "x", stated="2026-05-04"), article("b", "x", stated="2026-05-04")).odds == 0
    )


def test_a_slipped_year_is_seen_through() -> None:
    """A text dated a year after its like, less an hour, was written an hour before it."""
    slipped = article("a", "x", stated="2027-05-04T08:00:00Z")
    assert weigh_order(slipped, article("b", "x", stated="2026-05-04T09:00:00Z")).odds > 0


def test_backdating_does_not_win_against_first_sightings() -> None:
    """A date three days before the page was first seen is a claim; a page seen within minutes of its date is proof."""
    honest = article("a", "x", stated="2026-05-04T08:00:00Z", first_seen=moment("2026-05-04T08:10:00+00:00"))
    backdated = article(
        "b", "x", stated="2026-05-01T08:00:00Z", first_seen=moment("2026-05-04T20:00:00+00:00")
    )
    order = weigh_order(honest, backdated)
    assert order.odds > 1
    assert any("first sighting" in reason for reason in order.reasons)


def test_a_declared_source_outweighs_a_date() -> None:
    """The page itself names the address from which it took the text."""
    source = article("a", "x", stated="2026-05-05T08:00:00Z", url="https://www.gazette.example/rope/")
    copy = article("b", "x", stated="2026-05-04T08:00:00Z", source_url="http://gazette.example/rope")
    assert weigh_order(source, copy).odds > 2


def test_a_credit_to_the_others_outlet_is_evidence() -> None:
    """A text that names the other's outlet came after it."""
    one, other = (
        article("a", "Nothing.", outlet="Harbour Gazette"),
        article("b", "The Harbour Gazette reported it first."),
    )
    assert weigh_order(one, other).odds > 2
