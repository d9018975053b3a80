"""The sample edition: its truth holds of its pages, and what works against the truth keeps working.

`not_yet.json` lists the items that the stages do not give yet. An item outside the list that fails is a fault; an item
on the list that passes must be taken off it (`python bench/quality/edition.py --write`).
"""

from __future__ import annotations

import html
import importlib.util
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from stemma.acquire.files import list_files
from stemma.acquire.pages import iterate_pages
from stemma.types import Page

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"


def load_script(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"sample_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[f"sample_{path.stem}"] = module
    spec.loader.exec_module(module)
    return module


edition = load_script(ROOT / "bench" / "quality" / "edition.py")
TRUTH: dict[str, Any] = edition.load_truth()
ARTICLES = {ident: page for ident, page in TRUTH["pages"].items() if page["outcome"] == "article"}


@cache
def visible_words() -> dict[str, str]:
    """Each page with its tags taken out, marks made straight and spaces folded."""
    pages = {}
    for file in list_files([str(SAMPLES / "edition")]).files:
        for intake in iterate_pages(file):
            if isinstance(intake.item, Page):
                body = intake.item.body.decode("utf-8", "replace")
                seen = re.sub(r"<(script|style).*?</\1>", " ", body, flags=re.S)
                seen = re.sub(r"</?(span|b|em|a|strong|small)\b[^>]*>", "", seen)
                seen = re.sub(r"<[^>]+>", " ", seen) if intake.item.kind == "html" else body
                pages[str(intake.item.id)] = edition._plain(html.unescape(seen))
    return pages


@cache
def judged() -> tuple[Any, ...]:
    return edition.judge_edition(TRUTH, edition.read_edition())


def phrases() -> Iterator[tuple[str, str]]:
    """All words that the truth says stand on a page."""
    for ident, page in ARTICLES.items():
        for words in (
            page["first"],
            page["last"],
            *page["may_precede"],
            *page["not_in_text"],
            *page["byline"],
        ):
            yield ident, words
        yield ident, page["dateline"] or ""
        yield from ((ident, story["title"]) for story in page["embedded"])
        for image in page["images"]:
            yield ident, image["caption"].rstrip(".")
            yield ident, image["credit"]
    for ident, quotes in TRUTH["quotes"].items():
        yield from ((ident, quote["text"]) for quote in quotes)
    for ident, figures in TRUTH["figures"].items():
        yield from ((ident, figure["in"]) for figure in figures)
    for edge in TRUTH["copies"]:
        for change in edge["changes"]:
            yield edge["child"], change["child"] or ""
            for parent in edge["parents"]:
                yield parent, change["parent"] or ""
    for comparison in TRUTH["comparisons"] + TRUTH["not_compared"]:
        yield from ((value["page"], value["in"]) for value in comparison["values"])


def test_the_truth_speaks_of_every_page_and_of_no_other() -> None:
    """Each page of the edition has its truth; the four that are none are rejected by it."""
    assert set(visible_words()) == set(TRUTH["pages"])
    assert len(TRUTH["pages"]) - len(ARTICLES) == 4
    grouped = [page for pages in TRUTH["stories"].values() for page in pages]
    assert sorted(grouped) == sorted(ARTICLES)
    assert sorted(name for names in TRUTH["threads"] for name in names) == sorted(TRUTH["stories"])


def test_every_phrase_of_the_truth_stands_on_its_page() -> None:
    """No truth without evidence: what is said to be first, last, foreign, quoted or counted is on the page."""
    pages = visible_words()
    absent = [(ident, words) for ident, words in phrases() if edition._plain(words) not in pages[ident]]
    assert absent == []


def test_every_quotation_of_the_truth_has_a_speaker_named_on_its_page() -> None:
    """A speaker's last name stands in the text that quotes him."""
    pages = visible_words()
    for ident, quotes in TRUTH["quotes"].items():
        for quote in quotes:
            assert quote["speaker"].split()[-1] in pages[ident]


def test_the_archive_holds_the_pages_beside_its_maker() -> None:
    """Packed again, the archive has the same records with the same heads and bytes."""
    made = load_script(SAMPLES / "make_warc.py").make_warc()

    def records(data: bytes) -> list[tuple[str, str, bytes]]:
        return [
            (r.rec_type, str(r.rec_headers), r.content_stream().read())
            for r in ArchiveIterator(BytesIO(data))
        ]

    assert records(made) == records((SAMPLES / "edition" / "crawl-2025-11.warc.gz").read_bytes())


def test_items_have_names_of_their_own() -> None:
    """The list of what is not right yet can name each item."""
    names = [item.id for item in judged()]
    assert len(names) == len(set(names))


def test_what_works_keeps_working_and_the_list_stays_true() -> None:
    """No item outside `not_yet.json` fails, none on it passes, and every name on it is an item."""
    listed = set(json.loads(edition.NOT_YET.read_text(encoding="utf-8")))
    wrong = {item.id: item.got for item in judged() if not item.right}
    assert {name: got for name, got in wrong.items() if name not in listed} == {}
    assert listed - set(wrong) == set(), "these work now: python bench/quality/edition.py --write"


@pytest.mark.parametrize("ident", sorted(ARTICLES))
def test_no_article_is_published_on_a_day_that_only_a_crawl_names(ident: str) -> None:
    """The day of a visit, in a header or in an archive, is never given as the day of publication."""
    crawl_days = [item for item in judged() if item.id == f"extract/crawl-day/{ident}"]
    assert len(crawl_days) == bool(ARTICLES[ident]["never_published"])
    assert all(item.right for item in crawl_days)
