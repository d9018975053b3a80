"""CPU of the whole pipeline, page to searchable article with lineage, story and facts, beside trafilatura alone.

    python bench/speed/pipeline.py [PATH…]      files, folders or JSON Lines of pages; default: generated pages

In one process and one run, CPU seconds (`time.process_time`), so that the ratio holds on a noisy machine. Acknowledged
in batches of 32 into a store on disk. Prints milliseconds a page by stage and the ratio.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import trafilatura

from stemma.acquire.files import list_files
from stemma.acquire.intake import digest_page
from stemma.acquire.pages import iterate_pages
from stemma.extract import extract_article
from stemma.newsroom import desk
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.processes import collect_seldom
from stemma.store import open_store
from stemma.types import Article, ArticleId, Page

_ONSETS, _VOWELS, _CODAS = "bdfgjklmnpqrstvwz", "aeiou", "lmnrs"


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU milliseconds a page, by stage."""

    pages: int
    stages: dict[str, float]
    ours: float
    trafilatura: float


def measure(pages: list[Page]) -> Cost:
    """Runs everything once over the pages."""
    spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def clock(stage: str) -> Iterator[None]:
        start = time.process_time()
        yield
        spent[stage] += time.process_time() - start

    warm = pages[:3]
    for page in warm:
        extract_article(page)
        trafilatura.extract(page.body.decode("utf-8", "replace"), with_metadata=True)
    with clock("trafilatura"):
        for page in pages:
            trafilatura.extract(page.body.decode("utf-8", "replace"), with_metadata=True)
    with clock("extract"):
        outcomes = [extract_article(page) for page in pages]
    read_at = datetime(2026, 1, 1, tzinfo=UTC)
    read = [
        ReadPage(digest=digest_page(p), name=p.id, url=p.url, fetched=p.fetched, read_at=read_at, outcome=o)
        for p, o in zip(pages, outcomes, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "stemma.db")
        newsroom = Newsroom(store)
        with (
            _timed(desk, "find_quotes", clock),
            _timed(desk, "find_figures", clock),
            _timed(newsroom._index, "add", clock),
            clock("take"),
        ):
            for at in range(0, len(read), 32):
                newsroom.take(read[at : at + 32])
        with clock("review"):
            newsroom.review()
        with clock("edit"):
            list(edit_stale(store))
    inside = sum(spent[name] for name in ("find_quotes", "find_figures", "add"))
    spent["stories and store"] = spent.pop("take") - inside
    n = len(pages)
    theirs = spent.pop("trafilatura")
    return Cost(
        pages=n,
        stages={name: 1000 * seconds / n for name, seconds in spent.items()},
        ours=1000 * sum(spent.values()) / n,
        trafilatura=1000 * theirs / n,
    )


@contextmanager
def _timed(holder: object, name: str, clock: Callable[[str], object]) -> Iterator[None]:
    """One function of a module or object under the clock."""
    original = getattr(holder, name)

    def timed(*arguments: object, **options: object) -> object:
        with clock(name):  # type: ignore[attr-defined]
            return original(*arguments, **options)

    setattr(holder, name, timed)
    try:
        yield
    finally:
        setattr(holder, name, original)


def generate_pages(count: int) -> list[Page]:
    """Pages of the size and shape of a news site's, in an invented language of English function words."""
    dice = random.Random(3)

    def syllable() -> str:
        return dice.choice(_ONSETS) + dice.choice(_VOWELS) + dice.choice(_CODAS)

    nouns = ["".join(syllable() for _ in range(dice.randint(1, 3))) for _ in range(4000)]

    def sentence() -> str:
        middle = " ".join(
            f"{dice.choice(['the', 'a', 'of the', 'and'])} {dice.choice(nouns)}" for _ in range(8)
        )
        name = f"{dice.choice(nouns).title()} {dice.choice(nouns).title()}"
        return f"{name} said that {middle} in {dice.choice(nouns).title()} and {dice.randint(2, 900)} {dice.choice(nouns)}s."

    pages = []
    for n in range(count):
        paragraphs = "".join(f"<p>{' '.join(sentence() for _ in range(3))}</p>" for _ in range(9))
        menu = "".join(
            f"<li><a href='/{dice.choice(nouns)}'>{dice.choice(nouns)}</a></li>" for _ in range(120)
        )
        title = f"{dice.choice(nouns).title()} {dice.choice(nouns)} {dice.choice(nouns)}"
        html = (
            f"<html lang=en><head><title>{title}</title><meta property='article:published_time' content='2026-01-0"
            f"{1 + n % 9}T10:00:00Z'><script>{'var x=1;' * 3000}</script></head><body><nav><ul>{menu}</ul></nav><main>"
            f"<article><h1>{title}</h1>{paragraphs}</article></main><aside><ul>{menu}</ul></aside><footer>{menu}</footer>"
        )
        pages.append(
            Page(
                id=ArticleId(str(n)),
                kind="html",
                body=html.encode(),
                url=f"https://outlet{n % 40}.example/{n}",
            )
        )
    return pages


def main(arguments: list[str]) -> None:
    if arguments:
        intakes = (i.item for file in list_files(arguments).files for i in iterate_pages(file))
        pages = [item for item in intakes if isinstance(item, Page) and item.kind == "html"]
    else:
        pages = generate_pages(400)
    collect_seldom()  # as `stemma read` and `stemma run` do
    measure(pages[:8])  # models and word lists are loaded by the first pages that need them
    cost = measure(pages)
    articles = sum(isinstance(extract_article(page), Article) for page in pages)
    print(f"{cost.pages} pages, {articles} articles; CPU ms a page")
    for name, value in cost.stages.items():
        print(f"  {name:<18} {value:7.2f}")
    print(f"  {'all of it':<18} {cost.ours:7.2f}")
    print(f"  {'trafilatura alone':<18} {cost.trafilatura:7.2f}")
    print(f"ratio {cost.ours / cost.trafilatura:.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])
