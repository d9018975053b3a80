"""The order of the front page: newsrooms count, each less with every day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from stemma.newsroom.weighing import HALF_DAYS, weigh_story
from stemma.types import Article, ArticleId, Published

DAY = date(2031, 5, 1)


def article(number: int, day: int | None, *, seen: int | None = None) -> Article:
    on = DAY + timedelta(days=day) if day is not None else None
    return Article(
        id=ArticleId(str(number)),
        title="T",
        text="t",
        published=Published(
            stated=on and on.isoformat(), earliest=on, latest=on, basis=("meta",) if on else ()
        ),
        first_seen=datetime(2031, 5, 1, tzinfo=UTC) + timedelta(days=seen) if seen is not None else None,
    )


def weigh(*days: int | None) -> float | None:
    articles = [article(n, day) for n, day in enumerate(days)]
    return weigh_story(articles, [(a.id,) for a in articles])


def test_newsrooms_count_half_after_the_half_life() -> None:
    """Eight newsrooms weigh as much as four that reported two days later; one more on the same day weighs more."""
    half = int(HALF_DAYS)
    assert weigh(*[0] * 8) == weigh(*[half] * 4)
    assert weigh(3, 3, 3) > weigh(3, 3)  # type: ignore[operator]
    assert weigh(0, 0, 3) > weigh(0, 0, 0)  # type: ignore[operator]


def test_reprints_are_one_voice() -> None:
    """Three reports of one newsroom weigh as its last one does."""
    articles = [article(n, n) for n in range(3)]
    assert weigh_story(articles, [tuple(a.id for a in articles)]) == weigh(2)


def test_without_a_certain_day_there_is_no_weight() -> None:
    """Undated stories have none; one dated report is enough."""
    assert weigh(None, None) is None
    assert weigh(None, 2) == weigh(2)


def test_a_day_after_it_was_seen_is_not_believed() -> None:
    """A page that claims to be of next year does not lead the front page for a year."""
    late = article(1, 365, seen=2)
    assert weigh_story([late], [(late.id,)]) == weigh(2)
