"""What a review changes in the store."""

from __future__ import annotations

from stemma.newsroom.regrouping import decide_regrouping
from stemma.store.load import Membership
from stemma.types import ArticleId, Grouping, StoryId, ThreadId


def _grouping(article: int, story: str) -> Grouping:
    return Grouping(article=ArticleId(str(article)), story=StoryId(story), thread=ThreadId("t"))


def _membership(stories: dict[int, str], merged: frozenset[StoryId] = frozenset()) -> Membership:
    held = {n: StoryId(s) for n, s in stories.items()}
    return Membership(stories=held, threads={s: ThreadId("t") for s in held.values()}, merged=merged)


def test_a_merge_moves_the_members_and_leaves_a_redirect() -> None:
    """The story without members goes into the one that took most of them."""
    groupings = [_grouping(1, "a"), _grouping(2, "a"), _grouping(3, "a")]
    regrouped = decide_regrouping(groupings, _membership({1: "a", 2: "b", 3: "b"}))
    assert regrouped is not None
    assert regrouped.moved == {2: "a", 3: "a"}
    assert regrouped.merged == {"b": "a"}


def test_a_split_keeps_the_old_story() -> None:
    """A story that keeps a member is merged into nothing."""
    regrouped = decide_regrouping([_grouping(1, "a"), _grouping(2, "c")], _membership({1: "a", 2: "a"}))
    assert regrouped is not None
    assert regrouped.moved == {2: "c"}
    assert regrouped.merged == {}


def test_a_story_with_older_members_is_not_merged_away() -> None:
    """Members that the review no longer holds keep their story alive."""
    regrouped = decide_regrouping([_grouping(2, "a")], _membership({1: "b", 2: "b"}))
    assert regrouped is not None
    assert regrouped.merged == {}


def test_nothing_changed_is_nothing_to_do() -> None:
    """A review that agrees with the store gives no effect."""
    assert decide_regrouping([_grouping(1, "a")], _membership({1: "a"})) is None
