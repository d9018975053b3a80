"""A person's word on grouping: merge and split, against reviews, reruns and restarts. Real store, real stages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.stories.texts import FERRY, STORM, VOTE

from stemma.errors import NotFoundError, UsageError
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.regrouping import decide_merge, decide_split
from stemma.store import Store
from stemma.store.effects import Regrouped
from stemma.types import Article, ArticleId, Published

NOW = datetime(2031, 5, 5, 12, tzinfo=UTC)


def _page(number: int, told: tuple[str, str], *, hours: float = 0.0) -> ReadPage:
    moment = NOW + timedelta(hours=hours)
    article = Article(
        id=ArticleId(f"page {number}"),
        title=told[0],
        text=told[1],
        outlet=f"Outlet {number}",
        language="en",
        url=f"https://outlet{number}.example/a",
        published=Published(stated=moment.isoformat(), earliest=moment.date(), latest=moment.date()),
    )
    return ReadPage(
        digest=f"bytes {number}", name=article.id, url=article.url, fetched=None, read_at=NOW, outcome=article
    )


def _read(store: Store, *pages: ReadPage) -> Newsroom:
    newsroom = Newsroom(store)
    newsroom.take(pages)
    newsroom.review()
    list(edit_stale(store))
    return newsroom


def _members(store: Store) -> dict[int, tuple[int, ...]]:
    return {row.story: row.articles for row in store.find_stories(limit=99)}


def _merge(store: Store, one: int, other: int) -> None:
    held = store.get_held_story(one), store.get_held_story(other)
    store.apply([decide_merge(*held, reason="one affair", at=NOW)])
    list(edit_stale(store))


def _split(store: Store, story: int, *articles: int) -> int:
    held, rulings = store.get_held_story(story), store.count_rulings()
    store.apply([decide_split(held, articles, reason="another ship", at=NOW, rulings=rulings)])
    list(edit_stale(store))
    number = store.get_article(min(articles)).story
    assert number is not None
    return number


@pytest.fixture
def filled(store: Store) -> Store:
    """Two stories: articles 1 and 2 of a ferry, 3 and 4 of a vote."""
    _read(store, *(_page(n, told, hours=n) for n, told in enumerate([*FERRY[:2], *VOTE], 1)))
    assert sorted(_members(store).values()) == [(1, 2), (3, 4)]
    return store


def test_a_merge_holds_against_every_review(filled: Store) -> None:
    """Merged stories stay one through reviews and restarts, and take what is told of either event."""
    ferry, vote = (filled.get_article(n).story for n in (1, 3))
    assert ferry is not None
    assert vote is not None
    _merge(filled, vote, ferry)
    assert _members(filled) == {ferry: (1, 2, 3, 4)}
    assert filled.find_redirect(vote) == ferry
    _read(filled, _page(5, FERRY[2], hours=5))
    newsroom = _read(filled, _page(6, STORM, hours=6))
    newsroom.review()
    assert _members(filled)[ferry] == (1, 2, 3, 4, 5)
    assert filled.find_redirect(vote) == ferry
    why = {row.article: row.why for row in filled.get_story(ferry).articles}
    assert why[3] == why[4] == ("person: one affair",)
    assert not any("person" in line for line in why[1])


def test_a_split_holds_against_every_review(filled: Store) -> None:
    """What was taken out stays out, though the review would put it back; the old story keeps its address."""
    ferry = filled.get_article(1).story
    assert ferry is not None
    fresh = _split(filled, ferry, 2)
    assert _members(filled)[ferry] == (1,)
    assert _members(filled)[fresh] == (2,)
    newsroom = _read(filled, _page(5, STORM, hours=5))
    newsroom.review()
    assert _members(filled)[ferry] == (1,)
    assert _members(filled)[fresh] == (2,)
    assert filled.get_story(fresh).title
    assert filled.get_story(fresh).articles[0].why == ("person: another ship",)


def test_the_first_article_can_be_split_off(filled: Store) -> None:
    """The story keeps its address also when the article that opened it is taken out."""
    ferry = filled.get_article(1).story
    assert ferry is not None
    fresh = _split(filled, ferry, 1)
    _read(filled, _page(5, FERRY[2], hours=5)).review()
    members = _members(filled)
    assert members[ferry][0] == 2
    assert members[fresh][0] == 1
    assert sorted(members[ferry] + members[fresh]) == [1, 2, 5]


def test_a_running_newsroom_heeds_a_decision_at_once(filled: Store) -> None:
    """A decision that another process stored is part of the next batch: the article joins the merged story."""
    newsroom = Newsroom(filled)
    ferry, vote = (filled.get_article(n).story for n in (1, 3))
    assert ferry is not None
    assert vote is not None
    _merge(filled, ferry, vote)
    more = (VOTE[1][0], VOTE[1][1] + " The opposition spoke of a good day for the valley and its farmers.")
    newsroom.take([_page(5, more, hours=5)])
    assert filled.get_article(5).story == ferry


def test_the_last_word_counts(filled: Store) -> None:
    """A split after a merge parts what was merged, under a new address; the merged one's address still leads on."""
    ferry, vote = (filled.get_article(n).story for n in (1, 3))
    assert ferry is not None
    assert vote is not None
    _merge(filled, ferry, vote)
    fresh = _split(filled, ferry, 3, 4)
    _read(filled).review()
    assert _members(filled) == {ferry: (1, 2), fresh: (3, 4)}
    assert filled.find_redirect(vote) == ferry
    with pytest.raises(NotFoundError):
        filled.get_story(vote)


def test_what_makes_no_sense_is_refused(filled: Store) -> None:
    """A story with itself, articles of another story, all articles of a story, a story that is not there."""
    ferry = filled.get_held_story(1)
    with pytest.raises(UsageError, match="itself"):
        decide_merge(ferry, ferry, reason="", at=NOW)
    with pytest.raises(UsageError, match="not in story 1: 3"):
        decide_split(ferry, [3], reason="", at=NOW, rulings=0)
    with pytest.raises(UsageError, match="at least has to stay"):
        decide_split(ferry, [1, 2], reason="", at=NOW, rulings=0)
    with pytest.raises(NotFoundError):
        filled.get_held_story(99)


def test_an_article_that_joins_a_merged_story_is_found_under_the_one_that_took_it(filled: Store) -> None:
    """The stage's own memory still has both stories; the reader finds the article on the page that is left."""
    ferry, vote = (filled.get_held_story(filled.get_article(n).story or 0) for n in (1, 3))
    newsroom = Newsroom(filled)
    moved = dict.fromkeys(vote.articles, ferry.key)
    filled.apply([Regrouped(moved=moved, merged={vote.key: ferry.key}, threads={})])
    more = (VOTE[1][0], VOTE[1][1] + " The opposition spoke of a good day for the valley and its farmers.")
    newsroom.take([_page(5, more, hours=5)])
    assert filled.get_article(5).story == ferry.number
    assert 5 in _members(filled)[ferry.number]


def test_a_story_says_how_far_along_it_is_and_who_stands_behind_it(store: Store) -> None:
    """A story of today breaks, one of last week is settled; each newsroom is named with its articles."""
    pages = [
        _page(1, FERRY[0]),
        _page(2, FERRY[1], hours=1),
        _page(3, VOTE[0], hours=-24 * 7),
        _page(4, STORM, hours=-24 * 2),
    ]
    _read(store, *pages)
    told = {row.articles: row for row in store.find_stories(limit=9)}
    assert told[1, 2].phase == "breaking"
    assert told[3,].phase == "settled"
    assert told[4,].phase == "developing"
    story = store.get_story(told[1, 2].story)
    assert sorted(article for voice in story.voices for article in voice) == [1, 2]
    assert len(story.voices) == story.newsrooms
    assert story.phase == "breaking"
