"""Extraction in workers: order, kills, faults."""

from __future__ import annotations

import multiprocessing
import os
import time

import pytest

from stemma import extract
from stemma.newsroom import extraction
from stemma.newsroom.extraction import ExtractionPool
from stemma.types import Article, ArticleId, Page, Rejected

TEXT = (
    "The harbour bridge of Port Ellsay was closed on Tuesday after inspectors found cracks in two of its cables.\n"
    "Mayor Ines Okarro said the closure would last at least six weeks, and that ferries would run from Wednesday.\n"
    "About 14,000 vehicles cross the bridge every day, the city's transport office said in a statement.\n"
)


def _hostile(page: Page) -> Article | Rejected:
    """Stands for a parser that a page brings down."""
    if page.body == b"slow":
        time.sleep(60)
    while page.body == b"busy":
        pass
    if page.body == b"dead":
        os._exit(9)
    if page.body == b"large":
        raise MemoryError
    return Article(id=page.id, text=page.body.decode())


def test_order_is_kept_and_what_is_no_page_passes() -> None:
    """Outcomes come in the order of the pages, whatever stands between them."""
    rejected = Rejected(id=ArticleId("r"), stage="read", reason="too large", detail="")
    items = [(n, Page(id=ArticleId(str(n)), kind="text", body=(TEXT * 3).encode())) for n in range(9)]
    mixed = [*items[:4], (4, rejected), (5, None), *items[6:]]
    with ExtractionPool(jobs=2) as pool:
        done = list(pool.extract(mixed))
    assert [key for key, _ in done] == list(range(9))
    assert done[4][1] is rejected
    assert isinstance(done[0][1], Article)


def test_a_page_that_overruns_is_killed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that sleeps, one that computes without end, one that kills its worker and one that eats memory are rejected;
    those after them are read."""
    monkeypatch.setattr(extract, "extract_article", _hostile, raising=False)
    monkeypatch.setattr(extraction, "make_context", lambda many: multiprocessing.get_context("fork"))
    bodies = [b"fine", b"slow", b"dead", b"large", b"busy", b"fine too"]
    with ExtractionPool(jobs=2, seconds=1, patience=2.0) as pool:
        pages = [(n, Page(id=ArticleId(str(n)), kind="text", body=b)) for n, b in enumerate(bodies)]
        outcomes = [outcome for _, outcome in pool.extract(pages)]
    reasons = [o.reason if isinstance(o, Rejected) else "read" for o in outcomes]
    assert reasons == ["read", "too slow", "failed", "too large", "too slow", "read"]


ORDINARY = (
    "<html lang='en'><head><title>Harbour bridge closed after inspection finds cracks</title></head><body><article>"
    + "".join(f"<p>{line}</p>" for line in TEXT.strip().split("\n"))
    + "</article></body></html>"
)
COSTLY = (
    "<div>" * 40_000 + ORDINARY,
    "".join(f'<a href="/{n}">link {n}</a> ' for n in range(300_000)) + ORDINARY,
    "<p>" + "word one and two. " * 1_100_000 + "</p>",
    ORDINARY.replace("<article>", "<article " + " ".join(f"a{n}='{n}'" for n in range(90_000)) + ">"),
    ORDINARY.replace("<article>", f"<article data-state='{'x y ' * 250_000}'>"),
    "<p><b>" * 60_000 + ORDINARY,
)


def test_costly_pages_stay_within_the_limits_and_cost_themselves_alone() -> None:
    """Depth, links, a line of 20 MB and attributes are read or refused within 512 MB; no worker dies of them."""
    pages = [
        Page(id=ArticleId(str(n)), kind="html", body=body.encode(), url="https://echo.example/a")
        for n, body in enumerate([ORDINARY, *(b for costly in COSTLY for b in (costly, ORDINARY))])
    ]
    with ExtractionPool(jobs=1, seconds=60) as pool:
        outcomes = [outcome for _, outcome in pool.extract(enumerate(pages))]
    assert all(isinstance(outcome, Article) for outcome in outcomes[::2])
    reasons = {o.reason for o in outcomes if isinstance(o, Rejected)}
    assert reasons <= {"too deep", "too large"}
    assert extraction.MEMORY <= 512 << 20
