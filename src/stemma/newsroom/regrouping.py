"""From a review's groupings, or a person's word, to what has to change in the store. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from stemma.errors import UsageError
from stemma.store.effects import Regrouped, Ruled
from stemma.store.load import HeldStory, Membership
from stemma.types import Grouping, StoryId, ThreadId


def decide_regrouping(groupings: Sequence[Grouping], membership: Membership) -> Regrouped | None:
    """Only the differences; None where there are none. A story that loses all members goes into the one that took
    most of them (the first of several that took as many)."""
    moved: dict[int, StoryId] = {}
    why: dict[int, tuple[str, ...]] = {}
    taken: dict[StoryId, Counter[StoryId]] = defaultdict(Counter)
    threads: dict[StoryId, ThreadId] = {}
    links: dict[StoryId, tuple[str, ...]] = {}
    for grouping in groupings:
        number = int(grouping.article)
        before = membership.stories.get(number)
        if before is None:
            continue
        if before != grouping.story:
            moved[number] = grouping.story
            why[number] = grouping.evidence
            taken[before][grouping.story] += 1
        if membership.threads.get(grouping.story) != grouping.thread:
            threads[grouping.story] = grouping.thread
        if membership.links.get(grouping.story, ()) != grouping.linked:
            links[grouping.story] = grouping.linked
    left = {story for number, story in membership.stories.items() if number not in moved} | set(
        moved.values()
    )
    merged = {
        story: counts.most_common(1)[0][0]
        for story, counts in taken.items()
        if story not in left and story not in membership.merged
    }
    if not moved and not merged and not threads and not links:
        return None
    return Regrouped(moved=moved, merged=merged, threads=threads, why=why, links=links)


def decide_merge(one: HeldStory, other: HeldStory, *, reason: str, at: datetime) -> Ruled:
    """The two are one story: the older keeps its address, and the other leads there. Raises `UsageError`."""
    if one.number == other.number:
        raise UsageError(f"story {one.number} cannot be merged with itself")
    into, gone = sorted((one, other), key=lambda story: story.number)
    pins = dict.fromkeys(sorted(into.articles + gone.articles), into.key)
    return Ruled(kind="merge", reason=reason, made_at=at, pins=pins, merged={gone.key: into.key})


def decide_split(
    story: HeldStory, articles: Sequence[int], *, reason: str, at: datetime, rulings: int
) -> Ruled:
    """Those articles are a story of their own, and those that stay are not of it. Raises `UsageError`.

    `rulings` counts the rulings made so far: the id of the new story shall be like no other.
    """
    strangers = sorted(set(articles) - set(story.articles))
    if strangers:
        raise UsageError(f"not in story {story.number}: {', '.join(map(str, strangers))}")
    parted = sorted(set(articles))
    if len(parted) == len(story.articles):
        raise UsageError(f"these are all articles of story {story.number}: one at least has to stay")
    fresh = StoryId(f"s-{parted[0]}.{rulings + 1}")
    pins = {article: fresh if article in parted else story.key for article in story.articles}
    return Ruled(kind="split", reason=reason, made_at=at, pins=pins, merged={})
