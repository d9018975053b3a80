"""The sample edition against its truth: every item of `samples/truth.json` judged by what the stages give today.

`python bench/quality/edition.py` prints a table of right and listed items by kind; `--items` prints each item that is
not right, `--write` writes `tests/samples/not_yet.json` anew. The pages go through the stages as the conductor runs
them; comparisons are made inside the true stories, so that a wrong grouping is counted once. `tests/samples` runs it.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from stemma.acquire.files import list_files
from stemma.acquire.pages import iterate_pages
from stemma.extract import extract_article
from stemma.facts import find_figures, find_quotes
from stemma.lineage import judge_copies
from stemma.newsroom.editing import compare_articles
from stemma.stories import OpenStories
from stemma.types import Article, Change, Comparison, Copy, Figure, Page, Quote, Rejected, Span

ROOT = Path(__file__).resolve().parents[2]
EDITION = ROOT / "samples" / "edition"
TRUTH = ROOT / "samples" / "truth.json"
NOT_YET = ROOT / "tests" / "samples" / "not_yet.json"

Truth = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that the truth says, and whether the stages give it. `got` says what they give instead."""

    id: str
    right: bool
    got: str

    @property
    def kind(self) -> str:
        return "/".join(self.id.split("/")[:2])


def load_truth(path: Path = TRUTH) -> Truth:
    """The truth of the edition, as its README describes it."""
    loaded: Truth = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def read_edition(folder: Path = EDITION) -> dict[str, Article | Rejected]:
    """Every page of the edition with its outcome, by id, in the order of reading."""
    outcomes: dict[str, Article | Rejected] = {}
    for file in list_files([str(folder)]).files:
        for intake in iterate_pages(file):
            item = intake.item
            outcomes[item.id] = extract_article(item) if isinstance(item, Page) else item
    return outcomes


def judge_edition(truth: Truth, outcomes: Mapping[str, Article | Rejected]) -> tuple[Item, ...]:
    """All items, in the order of the truth."""
    articles = {ident: o for ident, o in outcomes.items() if isinstance(o, Article)}
    return (
        *_judge_pages(truth, outcomes),
        *_judge_stories(truth, articles),
        *_judge_lineage(truth, articles),
        *_judge_facts(truth, articles),
    )


# ---------------------------------------------------------------- pages


def _judge_pages(truth: Truth, outcomes: Mapping[str, Article | Rejected]) -> Iterator[Item]:
    for ident, page in truth["pages"].items():
        outcome = outcomes.get(ident)
        if page["outcome"] == "rejected":
            reason = outcome.reason if isinstance(outcome, Rejected) else "not rejected"
            yield Item(id=f"extract/outcome/{ident}", right=reason == page["reason"], got=reason)
            continue
        yield Item(id=f"extract/outcome/{ident}", right=isinstance(outcome, Article), got=str(outcome)[:80])
        article = outcome if isinstance(outcome, Article) else Article(id=_page_id(ident), text="")
        yield from _judge_fields(ident, page, article)
        yield from _judge_text(ident, page, article)
        yield from _judge_around(ident, page, article)


def _judge_fields(ident: str, page: Truth, article: Article) -> Iterator[Item]:
    for name in ("title", "outlet", "agency", "genre", "language", "source_url"):
        got = getattr(article, name)
        yield Item(id=f"extract/{name}/{ident}", right=_same(got, page[name]), got=str(got))
    names = sorted(n.casefold() for n in article.byline)
    yield Item(
        id=f"extract/byline/{ident}",
        right=names == sorted(n.casefold() for n in page["byline"]),
        got=str(article.byline),
    )
    place = page["dateline"] and page["dateline"].split(",")[0]
    got_place = article.dateline and article.dateline.split(",")[0]
    yield Item(id=f"extract/dateline/{ident}", right=_same(got_place, place), got=str(article.dateline))
    published = article.published
    first, last = (date.fromisoformat(day) for day in page["published_between"])
    if page["published"]:
        right = published.day == first
    elif published.day:
        right = first <= published.day <= last
    else:
        # One day of the true ones is enough: the interval must not exclude the truth.
        right = (published.earliest or first) <= last and (published.latest or last) >= first
    forbidden = {date.fromisoformat(day) for day in page["never_published"]}
    said = f"{published.stated} [{published.earliest}, {published.latest}]"
    yield Item(id=f"extract/published/{ident}", right=right, got=said)
    if forbidden:
        yield Item(id=f"extract/crawl-day/{ident}", right=published.day not in forbidden, got=said)


def _judge_text(ident: str, page: Truth, article: Article) -> Iterator[Item]:
    text = _plain(article.text)
    for before in page["may_precede"]:
        text = text.removeprefix(_plain(before)).lstrip()
    yield Item(
        id=f"extract/first-words/{ident}", right=text.startswith(_plain(page["first"])), got=repr(text[:60])
    )
    yield Item(
        id=f"extract/last-words/{ident}", right=text.endswith(_plain(page["last"])), got=repr(text[-60:])
    )
    strange = [words for words in page["not_in_text"] if _plain(words) in text]
    yield Item(id=f"extract/nothing-else/{ident}", right=bool(text) and not strange, got=str(strange))


def _judge_around(ident: str, page: Truth, article: Article) -> Iterator[Item]:
    got = [e.title or e.text[:60] for e in article.embedded]
    for story in page["embedded"]:
        found = [
            e for e in article.embedded if _same(_plain(e.title or e.text[:120]), _plain(story["title"]))
        ]
        right = any(story["outlet"] is None or _same(e.outlet, story["outlet"]) for e in found)
        yield Item(id=f"extract/embedded/{ident}/{story['title'][:40]}", right=right, got=str(got))
    for image in page["images"]:
        caption = _letters(image["caption"])
        right = any(
            _letters(i.caption or "") == caption and _letters(image["credit"]) in _letters(i.credit or "")
            for i in article.images
        )
        shown = [(i.caption, i.credit) for i in article.images]
        yield Item(id=f"extract/image/{ident}", right=right, got=str(shown))


# ---------------------------------------------------------------- stories


def _judge_stories(truth: Truth, articles: Mapping[str, Article]) -> Iterator[Item]:
    stories = OpenStories()
    for article in articles.values():
        stories.apply(article, stories.decide(article))
    placed = {str(g.article): g for g in stories.review()}
    story_of = {page: name for name, pages in truth["stories"].items() for page in pages}
    thread_of = {name: n for n, names in enumerate(truth["threads"]) for name in names}
    missing = [page for page in story_of if page not in placed]
    for a, b in combinations(story_of, 2):
        x, y = placed.get(a), placed.get(b)
        together = x is not None and y is not None and x.story == y.story
        if story_of[a] == story_of[b]:
            yield Item(id=f"stories/together/{a} + {b}", right=together, got="apart")
        elif thread_of[story_of[a]] == thread_of[story_of[b]]:
            yield Item(id=f"stories/alike-but-apart/{a} + {b}", right=not together, got="together")
    for one, two in combinations(truth["stories"], 2):
        pairs = [
            (placed[a], placed[b])
            for a in truth["stories"][one]
            for b in truth["stories"][two]
            if a in placed and b in placed
        ]
        if thread_of[one] == thread_of[two]:
            joined = bool(pairs) and all(x.thread == y.thread for x, y in pairs)
            yield Item(id=f"stories/thread/{one} + {two}", right=joined, got="not one thread")
        else:
            apart = not missing and all(x.thread != y.thread for x, y in pairs)
            yield Item(id=f"stories/apart/{one} + {two}", right=apart, got="in one thread")


# ---------------------------------------------------------------- lineage


def _judge_lineage(truth: Truth, articles: Mapping[str, Article]) -> Iterator[Item]:
    copies = judge_copies(list(articles.values()))
    for edge in truth["copies"]:
        child = edge["child"]
        mine = [c for c in copies if c.child == child]
        right = [
            c for c in mine if c.parent in edge["parents"] or (c.parent is None and _names_origin(c, edge))
        ]
        # Where the direction is left open, it does not matter which of the two stands as the child.
        either = [c for c in copies if c.direction == "undetermined" and c.parent == child]
        found = right or [c for c in either if c.child in edge["parents"]]
        got = str([(c.parent or c.child, c.origin, c.kind, c.direction) for c in (*mine, *either)])
        yield Item(id=f"lineage/edge/{child}", right=bool(found), got=got)
        yield Item(id=f"lineage/kind/{child}", right=any(c.kind == edge["kind"] for c in found), got=got)
        decided = any(c.direction == "decided" for c in right)
        yield Item(id=f"lineage/direction/{child}", right=decided, got=got)
        changes = [change for c in right for change in c.changes]
        shown = str(sorted({f"{c.kind} {c.detail}" for c in changes}))
        for wanted in edge["changes"]:
            name = f"{wanted['kind']} {wanted['detail'] or ''}".strip()
            words = (wanted["child"] or wanted["parent"] or "")[:30]
            hit = any(_is_change(c, wanted, child, edge["parents"], articles) for c in changes)
            yield Item(id=f"lineage/change/{child}/{name}/{words}", right=hit, got=shown)
    children = {edge["child"] for edge in truth["copies"]}
    for page in (p for pages in truth["stories"].values() for p in pages if p not in children):
        mine = [c for c in copies if c.child == page and c.direction == "decided"]
        parents = [c.parent for c in mine if c.parent is not None]
        yield Item(id=f"lineage/no-copy/{page}", right=page in articles and not parents, got=str(parents))
    for a, b in truth["not_copies"]:
        between = [c.kind for c in copies if {c.child, c.parent} == {a, b}]
        right = a in articles and b in articles and not between
        yield Item(id=f"lineage/no-edge/{a} + {b}", right=right, got=str(between))


def _names_origin(copy: Copy, edge: Truth) -> bool:
    return edge["origin"] is not None and _same(copy.origin, edge["origin"])


def _is_change(
    change: Change, wanted: Truth, child: str, parents: Sequence[str], articles: Mapping[str, Article]
) -> bool:
    if change.kind != wanted["kind"] or wanted["detail"] not in (None, change.detail):
        return False
    sides = ((change.child, wanted["child"], [child]), (change.parent, wanted["parent"], parents))
    for span, words, pages in sides:
        if words is None:
            continue
        places = [(page, _find(articles, page, words)) for page in pages]
        if span is None or not any(at and span.article == page and _overlap(span, at) for page, at in places):
            return False
    return True


# ---------------------------------------------------------------- facts


def _judge_facts(truth: Truth, articles: Mapping[str, Article]) -> Iterator[Item]:
    quotes = {ident: find_quotes(a) for ident, a in articles.items()}
    figures = {ident: find_figures(a) for ident, a in articles.items()}
    for ident, wanted_quotes in truth["quotes"].items():
        for wanted in wanted_quotes:
            yield from _judge_quote(ident, wanted, articles, quotes.get(ident, ()))
    for ident, wanted_figures in truth["figures"].items():
        for wanted in wanted_figures:
            yield from _judge_figure(ident, wanted, articles, figures.get(ident, ()))
    for name, pages in truth["stories"].items():
        members = [articles[p] for p in pages if p in articles]
        found = compare_articles(members)
        for wanted in (c for c in truth["comparisons"] if c["story"] == name):
            joined = [c for c in found if len(_pages_met(c, wanted, articles)) > 1]
            right = any(c.relation == wanted["relation"] for c in joined)
            sides = " | ".join(v["page"] for v in wanted["values"])
            label = f"{wanted['about']}/{wanted['relation']}/{sides}"
            got = str([(c.about, c.relation) for c in joined])
            yield Item(id=f"facts/comparison/{name}/{label}", right=right, got=got)
        for never in (c for c in truth["not_compared"] if c["story"] == name):
            joined = [c for c in found if len(_pages_met(c, never, articles)) > 1]
            present = all(v["page"] in articles for v in never["values"])
            label = f"facts/not-compared/{name}/{never['about']}"
            yield Item(
                id=label, right=present and not joined, got=str([(c.about, c.relation) for c in joined])
            )


def _judge_quote(
    ident: str, wanted: Truth, articles: Mapping[str, Article], quotes: Sequence[Quote]
) -> Iterator[Item]:
    at = _find(articles, ident, wanted["text"])
    text = articles[ident].text if ident in articles else ""
    whole = _letters(wanted["text"])
    held = [q for q in quotes if at and _overlap(q.span, at) and whole in _said(q, text)]
    label = f"{ident}/{wanted['text'][:40]}"
    nearby = [text[q.span.start : q.span.end] for q in quotes if at and _overlap(q.span, at)]
    kinds = {"direct", "mixed"} if wanted["kind"] == "direct" else {wanted["kind"]}
    yield Item(id=f"facts/quote/{label}", right=any(q.kind in kinds for q in held), got=str(nearby))
    speakers = [q.speaker for q in held]
    name = wanted["speaker"].casefold()
    right = any(
        s and (name in s.casefold() or s.casefold().split()[-1] == name.split()[-1]) for s in speakers
    )
    yield Item(id=f"facts/speaker/{label}", right=right, got=str(speakers))


def _judge_figure(
    ident: str, wanted: Truth, articles: Mapping[str, Article], figures: Sequence[Figure]
) -> Iterator[Item]:
    at = _find(articles, ident, wanted["words"], inside=wanted["in"])
    near = [f for f in figures if at and _overlap(f.span, at)]
    right = [f for f in near if (f.low, f.high) == (wanted["low"], wanted["high"])]
    # An invented currency may stand as the unit or as the thing counted; a bare number is not enough.
    right = [f for f in right if wanted["unit"] is None or f.unit or _holds(f.of, wanted["unit"])]
    label = f"{ident}/{wanted['words']} in {wanted['in'][:40]}"
    got = str([(f.low, f.high, f.unit, f.of, f.qualifier, f.said_by) for f in near])
    yield Item(id=f"facts/figure/{label}", right=bool(right), got=got)
    if wanted["said_by"]:
        last = wanted["said_by"].split()[-1].casefold()
        said = any(f.said_by and last in f.said_by.casefold() for f in right)
        yield Item(id=f"facts/figure-said-by/{label}", right=said, got=got)


def _pages_met(comparison: Comparison, wanted: Truth, articles: Mapping[str, Article]) -> set[str]:
    """Pages of which the comparison cites the very words that the truth names."""
    met = set()
    for value in wanted["values"]:
        at = _find(articles, value["page"], value["words"], inside=value["in"])
        if at and any(v.span.article == value["page"] and _overlap(v.span, at) for v in comparison.values):
            met.add(value["page"])
    return met


# ---------------------------------------------------------------- helpers


def _find(
    articles: Mapping[str, Article], ident: str, words: str, *, inside: str | None = None
) -> tuple[int, int] | None:
    """Where the words stand in the extracted text (straight and curly marks alike), None where they do not."""
    if ident not in articles:
        return None
    text = _straight(articles[ident].text)
    start = text.find(_straight(inside or words))
    if start < 0:
        return None
    start = text.find(_straight(words), start)
    return start, start + len(words)


def _holds(words: str | None, word: str) -> bool:
    return word.casefold() in (words or "").casefold()


def _overlap(span: Span, at: tuple[int, int]) -> bool:
    return span.start < at[1] and at[0] < span.end


def _said(quote: Quote, text: str) -> str:
    return _letters(" ".join(text[p.start : p.end] for p in quote.pieces or (quote.span,)))


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _straight(text: str) -> str:
    return text.translate({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})


def _plain(text: str) -> str:
    return " ".join(_straight(text).split())


def _same(got: str | None, wanted: str | None) -> bool:
    if got is None or wanted is None:
        return got == wanted
    return _plain(got).casefold() == _plain(wanted).casefold()


def _page_id(ident: str) -> Any:
    return ident


# ---------------------------------------------------------------- command


def main() -> None:
    """Print the table; with `--write` list anew what is not right yet."""
    options = argparse.ArgumentParser(description="The sample edition against its truth")
    options.add_argument("--items", action="store_true", help="print each item that is not right")
    options.add_argument("--write", action="store_true", help="write tests/samples/not_yet.json anew")
    chosen = options.parse_args()
    items = judge_edition(load_truth(), read_edition())
    total, right = Counter(i.kind for i in items), Counter(i.kind for i in items if i.right)
    width = max(map(len, total))
    for kind, number in total.items():
        print(f"{kind:{width}}  {right[kind]:4} of {number:4}")
    print(f"{'all':{width}}  {right.total():4} of {total.total():4}")
    wrong = [i for i in items if not i.right]
    if chosen.items:
        for item in wrong:
            print(f"- {item.id}: {item.got[:200]}")
    if chosen.write:
        before = json.loads(NOT_YET.read_text(encoding="utf-8")) if NOT_YET.exists() else {}
        kept = {name: why for name, why in before.items() if not why.startswith("gives ")}
        listed = {i.id: kept.get(i.id, f"gives {i.got[:160]}") for i in wrong}
        NOT_YET.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{len(wrong)} items listed in {NOT_YET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
