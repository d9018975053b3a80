"""What a story counts on the front page, and the order that comes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from stemma.newsroom.weighing import find_last_day, weigh_story
from stemma.store.front import HALF_DAYS, _Candidate, rank
from stemma.types import Article, ArticleId, Genre, Published

DAY = date(2031, 5, 1)


def article(number: int, day: int | None, *, seen: int | None = None, genre: Genre = "news") -> Article:
    on = DAY + timedelta(days=day) if day is not None else None
    return Article(
        id=ArticleId(str(number)),
        title="T",
        text="t",
        genre=genre,
        published=Published(
            stated=on and on.isoformat(), earliest=on, latest=on, basis=("meta",) if on else ()
        ),
        first_seen=datetime(2031, 5, 1, tzinfo=UTC) + timedelta(days=seen) if seen is not None else None,
    )


def test_newsrooms_count_and_opinion_alone_half() -> None:
    """Twice as many newsrooms weigh one more; a story without any report one less."""
    assert weigh_story([article(1, 1)], newsrooms=4) == weigh_story([article(1, 1)], newsrooms=2) + 1
    assert weigh_story([article(1, 1, genre="opinion")], newsrooms=1) == -1
    assert weigh_story([article(1, 1, genre="opinion"), article(2, 1)], newsrooms=1) == 0


def test_last_day_is_certain_and_not_after_it_was_seen() -> None:
    """Undated reports have none; a page that claims to be of next year is of the day on which it was seen."""
    assert find_last_day([article(1, None)]) is None
    assert (
        find_last_day([article(1, None), article(2, 3), article(3, 1)])
        == (DAY + timedelta(days=3)).toordinal()
    )
    assert find_last_day([article(1, 365, seen=2)]) == (DAY + timedelta(days=2)).toordinal()


def test_newsrooms_count_half_after_the_half_life() -> None:
    """Where news are dense, four newsrooms of two days ago lead one and a half of today, and not four of today."""
    crowd = [_Candidate(n, 0.0, 1_000) for n in range(10, 150)]
    old = 1_000 - int(HALF_DAYS)
    order = rank([*crowd, _Candidate(1, 2.0, old), _Candidate(2, 2.0, 1_000), _Candidate(3, 0.6, 1_000)])
    assert order[:3] == [2, 1, 3]


def test_in_an_archive_age_counts_less() -> None:
    """Ten stories of two years: three newsrooms of two months ago lead the one that came last; what is undated is last."""
    spread = [_Candidate(n, 0.0, 1_000 - 60 * n) for n in range(10)]
    order = rank([*spread, _Candidate(50, 1.6, 950), _Candidate(60, 0.0, None)])
    assert order[0] == 50
    assert order[-1] == 60


def test_without_any_day_newsrooms_decide() -> None:
    """The order of a store of undated pages is that of newsrooms, of equals the later story."""
    assert rank([_Candidate(1, 0.0, None), _Candidate(2, 1.0, None), _Candidate(3, 0.0, None)]) == [2, 3, 1]
    assert rank([]) == []
