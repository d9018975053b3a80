"""One pass over articles in order of arrival: which story each belongs to.

First form: cosine of TF-IDF vectors against the sum of a story's members, within a window of days. Gives placements;
what is done with them is the caller's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from math import log, sqrt

from stemma.text.lang import language_words
from stemma.text.tokens import split_words
from stemma.types import Article, ArticleId, Grouping, Placement, StoryId, ThreadId

_NEED = 0.25
_DAYS = 7


class OpenStories:
    """All stories that an arriving article may join."""

    def __init__(self) -> None:
        self._df: Counter[str] = Counter()
        self._count = 0
        self._sums: dict[StoryId, dict[str, float]] = {}
        self._last: dict[StoryId, int | None] = {}
        self._where: defaultdict[str, dict[StoryId, None]] = defaultdict(dict)
        self._story_of: dict[ArticleId, StoryId] = {}

    def decide(self, article: Article, *, kin: Collection[StoryId] = ()) -> Placement:
        """The story that the article belongs to; `kin` are the stories of articles that it copies."""
        vector = self._vector(article)
        scores: defaultdict[StoryId, float] = defaultdict(float)
        for word, x in vector.items():
            for story in self._where.get(word, ()):
                scores[story] += x * self._sums[story][word]
        best, best_score = None, 0.0
        day = article.published.earliest.toordinal() if article.published.earliest else None
        for story, dot in scores.items():
            last = self._last[story]
            if day is not None and last is not None and abs(day - last) > _DAYS:
                continue
            score = dot / sqrt(sum(x * x for x in self._sums[story].values())) + 0.2 * (story in kin)
            if score > best_score:
                best, best_score = story, score
        if best is not None and best_score >= _NEED:
            shared = sorted(vector.keys() & self._sums[best].keys(), key=lambda w: (-vector[w], w))[:5]
            return Placement(
                article=article.id,
                story=best,
                opened=False,
                score=round(best_score, 4),
                evidence=("words: " + ", ".join(shared),),
            )
        return Placement(
            article=article.id, story=StoryId(f"s-{article.id}"), opened=True, score=round(best_score, 4)
        )

    def apply(self, article: Article, placement: Placement) -> None:
        """Remembers the article in the story of its placement."""
        vector = self._vector(article)
        story = placement.story
        sums = self._sums.setdefault(story, {})
        for word, x in vector.items():
            sums[word] = sums.get(word, 0.0) + x
            self._where[word][story] = None
        day = article.published.earliest.toordinal() if article.published.earliest else None
        self._last[story] = day if day is not None else self._last.get(story)
        self._story_of[article.id] = story
        self._df.update(vector.keys())
        self._count += 1

    def review(self) -> tuple[Grouping, ...]:
        """Where every article stands after all input was seen."""
        return tuple(
            Grouping(article=article, story=story, thread=ThreadId("t-" + story.removeprefix("s-")))
            for article, story in self._story_of.items()
        )

    def _vector(self, article: Article) -> dict[str, float]:
        stop = language_words(article.language or "en", "words", "stop")
        words = Counter(
            w for w in split_words(f"{article.title or ''} {article.text}") if len(w) > 1 and w not in stop
        )
        weights = {
            w: (1 + log(n)) * log((self._count + 2) / (self._df[w] + 1) + 1) for w, n in words.items()
        }
        top = dict(sorted(weights.items(), key=lambda t: (-t[1], t[0]))[:120])
        size = sqrt(sum(x * x for x in top.values())) or 1.0
        return {w: x / size for w, x in top.items()}
