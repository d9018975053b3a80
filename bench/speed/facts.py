"""CPU of quotations and of figures, beside splitting the same texts into words once.

    python bench/speed/facts.py [ARTICLES]      invented articles of some 450 words; default 200

In one process and one run, CPU seconds (`time.process_time`), the best of three passes, so that the ratios hold on a noisy machine.
Prints milliseconds an article. Figures come second and read the text that quotations have read.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from stemma.facts import find_figures, find_quotes
from stemma.text.tokens import find_words
from stemma.types import Article, ArticleId

_NAMES = ("Ana Ruiz", "Jon Falk", "Ilse Torvik", "Pedro Lamas", "Mara Tolland", "Oleg Taran")
_VERBS = ("said", "told reporters", "warned", "added", "insisted")
_THINGS = ("the bridge", "the harbour", "the new budget", "the northern line", "the inquiry")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds an article."""

    articles: int
    words: float
    quotes: float
    figures: float


def measure(count: int) -> Cost:
    """Runs each once over `count` invented articles."""
    articles = make_articles(count)
    find_quotes(articles[0])
    find_figures(articles[0])
    words = _clock(lambda article: find_words(article.text), articles)
    quotes = _clock(find_quotes, articles)
    both = _clock(lambda article: (find_quotes(article), find_figures(article)), articles)
    return Cost(articles=count, words=words, quotes=quotes, figures=both - quotes)


def make_articles(count: int) -> list[Article]:
    """News-like text: a third quoted, a third reported, a third told, with a figure in every fourth sentence."""
    rng = random.Random(11)
    made = []
    for n in range(count):
        sentences = []
        for k in range(24):
            name, verb, thing = rng.choice(_NAMES), rng.choice(_VERBS), rng.choice(_THINGS)
            number = rng.randrange(2, 900)
            told = (
                f"{thing} would cost {number} million euros and {rng.randrange(2, 40)} people lost their homes"
                if k % 4 == 0
                else f"{thing} stays closed until the council has met again"
            )
            sentences.append(
                (
                    f"“We have waited long enough for {thing},” {name} {verb} on Monday. “It cannot go on.”",
                    f"{name} {verb} that {told}.",
                    f"In the old town {told}, and nobody knew for how long.",
                )[k % 3]
            )
        text = "\n\n".join(" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3))
        made.append(Article(id=ArticleId(f"a{n}"), text=text, language="en"))
    return made


def _clock(work: Callable[[Article], object], articles: list[Article]) -> float:
    """Milliseconds an article, the best of three passes: what else runs on the machine only ever adds.

    Results are let go, so that the collector of garbage does not count them again and again.
    """
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for article in articles:
            work(article)
        best = min(best, time.process_time() - start)
    return best / len(articles) * 1000


def main() -> None:
    cost = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print(
        f"{cost.articles} articles: words {cost.words:.2f} ms, quotations {cost.quotes:.2f} ms, figures {cost.figures:.2f} ms"
    )


if __name__ == "__main__":
    main()
