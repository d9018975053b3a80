"""Single stages over a sequence of articles, for the stage commands: no store, nothing kept.

Grouped commands take `story` and `thread` from the articles where they are given, and group as
`stemma stories --final` does where not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.stories import OpenStories
from stemma.types import Article, Grouping, Placement, StoryId, ThreadId


def group_live(articles: Iterable[Article]) -> Iterator[Placement]:
    """One placement an article, each decided before the next article is taken."""
    stories = OpenStories()
    for article in articles:
        placement = stories.decide(article)
        stories.apply(article, placement)
        yield placement


def group_finally(articles: Iterable[Article]) -> tuple[Grouping, ...]:
    """One grouping an article, in order, after all were seen."""
    stories = OpenStories()
    for article in articles:
        stories.apply(article, stories.decide(article))
    return stories.review()


def group_stories(articles: Iterable[Article]) -> dict[StoryId, list[Article]]:
    """Articles by story in order of first appearance: as given, otherwise as grouped finally."""
    held = list(articles)
    grouped = {g.article: g.story for g in group_finally(a for a in held if a.story is None)}
    stories: dict[StoryId, list[Article]] = {}
    for article in held:
        stories.setdefault(article.story or grouped[article.id], []).append(article)
    return stories


def group_threads(articles: Iterable[Article]) -> dict[ThreadId, list[Article]]:
    """Articles by thread in order of first appearance: as given, otherwise as grouped finally."""
    held = list(articles)
    grouped = {g.article: g.thread for g in group_finally(a for a in held if a.thread is None)}
    threads: dict[ThreadId, list[Article]] = {}
    for article in held:
        threads.setdefault(article.thread or grouped[article.id], []).append(article)
    return threads
