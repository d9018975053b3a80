"""CPU of a brief and of a timeline, beside splitting the same texts into words once.

    python bench/speed/digest.py [ARTICLES]      invented articles in stories of ten; default 200

In one process and one run, CPU seconds (`time.process_time`), so that the ratios hold on a noisy machine.
Prints milliseconds an article.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from stemma.digest import compose_brief, compose_timeline
from stemma.text.tokens import find_words
from stemma.types import Article, ArticleId, Published

STORY = 10
"""Articles of a story."""


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds an article."""

    articles: int
    words: float
    brief: float
    timeline: float


def measure(count: int) -> Cost:
    """Runs each once over `count` invented articles of some 500 words."""
    articles = make_articles(count)
    stories = [articles[i : i + STORY] for i in range(0, count, STORY)]
    compose_brief(stories[0])
    compose_timeline(stories[0])
    return Cost(
        articles=count,
        words=_clock(lambda: [find_words(a.text) for a in articles], count),
        brief=_clock(lambda: [compose_brief(s) for s in stories], count),
        timeline=_clock(lambda: compose_timeline(articles), count),
    )


def make_articles(count: int) -> list[Article]:
    """News-like text with invented names, the members of a story sharing a third of their sentences."""
    rng = random.Random(7)
    names = [
        "".join(rng.choice("bdgklmnrst") + rng.choice("aeiou") for _ in range(3)).title() for _ in range(300)
    ]
    nouns = [n.lower() + rng.choice("nst") for n in names]
    made = []
    for i in range(count):
        story = random.Random(i // STORY)
        day = date(2022, 1, 1) + timedelta(days=i // STORY)
        lines = [_sentence(story if k % 3 == 0 else rng, names, nouns) for k in range(24)]
        made.append(
            Article(
                id=ArticleId(str(i)),
                text="\n\n".join(lines),
                title=lines[0][:60],
                outlet=f"Paper {i % 40}",
                language="en",
                published=Published(stated=day.isoformat(), earliest=day, latest=day),
            )
        )
    return made


def _sentence(rng: random.Random, names: list[str], nouns: list[str]) -> str:
    filler = " ".join(rng.choice(nouns) for _ in range(10))
    return f"The {filler} of {rng.choice(names)} told {rng.randint(2, 900)} {rng.choice(nouns)} on Monday, {rng.choice(names)} said."


def _clock(work: Callable[[], object], count: int) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000 / count


def main() -> None:
    """Prints the costs."""
    cost = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print(f"{cost.articles} articles, CPU ms an article")
    print(f"words once  {cost.words:.3f}")
    print(f"brief       {cost.brief:.3f}  ({cost.brief / cost.words:.1f} times)")
    print(f"timeline    {cost.timeline:.3f}  ({cost.timeline / cost.words:.1f} times)")


if __name__ == "__main__":
    main()
