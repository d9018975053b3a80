"""CPU of quotations and of figures, beside splitting the same texts into words once.

    python bench/speed/facts.py [ARTICLES]      invented articles of some 450 words; default 200

In one process and one run, CPU seconds (`time.process_time`), so that the ratios hold on a noisy machine.
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
    words = _clock(lambda: [find_words(a.text) for a in articles], count)
    quotes = _clock(lambda: [find_quotes(a) for a in articles], count)
    both = _clock(lambda: [(find_quotes(a), find_figures(a)) for a in articles], count)
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


def _clock(work: Callable[[], object], count: int) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) / count * 1000


def main() -> None:
    cost = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
    print(
        f"{cost.articles} articles: words {cost.words:.2f} ms, quotations {cost.quotes:.2f} ms, figures {cost.figures:.2f} ms"
    )


if __name__ == "__main__":
    main()
