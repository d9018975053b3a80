"""The newsroom: batches, repeats, revisions, restarts, faults. Real store, real stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stemma.newsroom import desk
from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.store import Store, open_store
from stemma.types import Article, ArticleId, Quote, Rejected

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
BRIDGE = (
    "The harbour bridge of Port Ellsay was closed on Tuesday after inspectors found cracks in two of its cables. "
    "Mayor Ines Okarro said the closure would last at least six weeks. “We will not gamble with lives,” Okarro said. "
    "About 14,000 vehicles cross the bridge every day, the city's transport office said."
)
FROST = (
    "A late frost destroyed most of the apple blossom in the Varde valley, growers said on Friday. The cooperative "
    "of Lower Varde expects to lose 70 percent of its harvest. “We have not seen this since my father's time,” said "
    "Tomas Hellgrin, who farms 40 hectares near the river."
)


def _page(name: str, text: str = BRIDGE, *, url: str | None = None, claimed: str | None = None) -> ReadPage:
    article = Article(
        id=ArticleId(name),
        text=text,
        title=text.split(" after")[0],
        outlet=f"The {name}",
        language="en",
        url=claimed or url,
    )
    return ReadPage(
        digest=f"{name} {hash_of(text)}", name=name, url=url, fetched=None, read_at=NOW, outcome=article
    )


def hash_of(text: str) -> int:
    return sum(map(ord, text))


def _take(store: Store, pages: Sequence[ReadPage]) -> Newsroom:
    newsroom = Newsroom(store)
    newsroom.take(pages)
    newsroom.review()
    list(edit_stale(store))
    return newsroom


def _everything(store: Store) -> list[object]:
    stories = store.find_stories(limit=99)
    return [
        *(store.get_story(s.story) for s in stories),
        *(store.get_article(a) for s in stories for a in s.articles),
    ]


def test_a_copy_is_found_and_joins_the_story_of_its_source(store: Store) -> None:
    """Two outlets with one text are one story, with a lineage edge and one independent newsroom."""
    _take(
        store,
        [
            _page("Courier"),
            _page("Mirror", BRIDGE + " This was reported first elsewhere."),
            _page("Globe", FROST),
        ],
    )
    rows = store.find_stories(limit=9)
    assert sorted(len(row.articles) for row in rows) == [1, 2]
    story = store.get_story(next(r.story for r in rows if len(r.articles) == 2))
    assert story.newsrooms == 1
    assert len(story.copies) == 1
    assert story.brief
    assert all(c.words in store.get_article(c.article).text for s in story.brief for c in s.citations)


def test_the_same_page_twice_changes_nothing(store: Store) -> None:
    """What is taken again under the same address with the same text leaves everything as it was."""
    _take(store, [_page("Courier", url="https://courier.example/a")])
    before = _everything(store)
    again = _page("again", url="https://courier.example/a")
    changed = replace(again, digest="other bytes", url="https://courier.example/a?utm_source=y")
    _take(store, [changed])
    assert _everything(store) == before


def test_another_text_at_the_same_address_is_a_revision(store: Store) -> None:
    """The article keeps its number, gets the new text, and its facts are those of the new text."""
    url = "https://courier.example/a"
    _take(store, [_page("Courier", url=url)])
    _take(store, [_page("Courier", BRIDGE.replace("six weeks", "nine weeks"), url=url)])
    article = store.get_article(1)
    assert article.revision == 2
    assert "nine weeks" in article.text
    assert store.count().articles == 1
    for quote in article.quotes:
        assert article.text[quote.place.start : quote.place.end] == quote.place.words
    assert [hit.id for hit in store.search("nine", limit=5) if hit.kind == "article"] == [1]
    assert store.search("six", limit=5) == ()


def test_a_revision_keeps_what_it_changed(store: Store) -> None:
    """A changed figure and an announced correction are told with the words before and after, the newest revision first."""
    url = "https://courier.example/a"
    later = BRIDGE.replace("six weeks", "nine weeks")
    note = "Correction: an earlier version of this article said six weeks."
    _take(store, [_page("Courier", url=url)])
    _take(store, [_page("Courier", later, url=url)])
    _take(store, [_page("Courier", f"{later}\n\n{note}", url=url)])
    corrected, changed = store.get_article(1).revisions
    assert (corrected.number, changed.number) == (3, 2)
    assert changed.substantive
    assert changed.kinds == ("figure",)
    assert changed.changes[0].before is not None
    assert changed.changes[0].after is not None
    assert "six weeks" in changed.changes[0].before.words
    assert "nine weeks" in changed.changes[0].after.words
    assert [(kind, place.words) for kind, place in corrected.announced] == [("correction", note)]
    assert corrected.substantive


def test_two_readings_in_one_batch_are_judged_in_order(store: Store) -> None:
    """The second text of a batch is compared with the first although the store has neither."""
    url = "https://courier.example/a"
    cosmetic = BRIDGE.replace("would last", "will last")
    _take(store, [_page("Courier", url=url), _page("Courier", cosmetic, url=url)])
    (revision,) = store.get_article(1).revisions
    assert (revision.number, revision.substantive, revision.changes) == (2, False, ())


def test_a_page_in_place_of_a_feeds_excerpt_is_no_change(store: Store) -> None:
    """The whole page after a feed's opening is the next text, and nothing is said to have been changed."""
    url = "https://courier.example/a"
    _take(store, [_page("Courier", BRIDGE.split(" Mayor")[0], url=url)])
    _take(store, [replace(_page("Courier", url=url), completes=True)])
    (revision,) = store.get_article(1).revisions
    assert (revision.substantive, revision.changes) == (None, ())
    assert store.get_article(1).text == BRIDGE


def test_an_older_capture_revises_nothing(store: Store) -> None:
    """An archive read out of order: a text that was fetched before the one that is held does not take its place."""
    url = "https://courier.example/a"
    early, late = datetime(2031, 5, 1, tzinfo=UTC), datetime(2031, 5, 9, tzinfo=UTC)
    _take(store, [replace(_page("Courier", BRIDGE + " It was late.", url=url), fetched=late)])
    _take(store, [replace(_page("Courier", url=url), fetched=early)])
    article = store.get_article(1)
    assert (article.revision, article.revisions) == (1, ())
    assert article.text.endswith("It was late.")


def test_a_claimed_address_overwrites_nobody(store: Store) -> None:
    """A page that claims another's address becomes an article of its own."""
    _take(store, [_page("Courier", url="https://courier.example/a")])
    _take(store, [_page("Thief", FROST, claimed="https://courier.example/a")])
    assert "harbour bridge" in store.get_article(1).text
    assert store.count().articles == 2
    other = _page("Liar", FROST + " More.", url="https://liar.example/x", claimed="https://courier.example/a")
    _take(store, [other])
    assert store.get_article(1).revision == 1


def test_after_a_restart_decisions_are_the_same(store: Store, tmp_path: Path) -> None:
    """A newsroom built again from the store decides the rest as one that was never stopped."""
    pages = [
        _page(
            f"Outlet {n}",
            (BRIDGE if n % 2 else FROST) + f" Note {n}: the {'council' if n % 3 else 'ministry'} met.",
        )
        for n in range(12)
    ]
    for page in pages:
        Newsroom(store).take([page])
    newsroom = Newsroom(store)
    newsroom.review()
    list(edit_stale(store))
    interrupted = _everything(store)
    other = open_store(tmp_path / "other.db")
    _take(other, pages)
    assert _everything(other) == interrupted


def test_a_stage_that_fails_twice_sets_the_page_aside(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The poison page is stored as rejected, and its neighbours in the batch are processed as without it."""
    calls = []

    def find_quotes(article: Article) -> tuple[Quote, ...]:
        if "Note 1" in article.text:
            calls.append(article.id)
            raise ZeroDivisionError("poison")
        return ()

    monkeypatch.setattr(desk, "find_quotes", find_quotes)
    pages = [_page("a"), _page("b", FROST + " Note 1."), _page("c", FROST)]
    _take(store, pages)
    assert len(calls) == 2
    assert store.count().articles == 2
    assert [(r.name, r.reason) for r in store.find_rejected(limit=9)] == [("b", "failed")]


def test_a_rejected_page_is_counted_with_its_reason(store: Store) -> None:
    """Bad input is kept as a value that can be shown."""
    rejected = Rejected(id=ArticleId("x"), stage="extract", reason="too short", detail="12 words")
    page = ReadPage(digest="d", name="x.html", url=None, fetched=None, read_at=NOW, outcome=rejected)
    _take(store, [page])
    assert store.count().rejected == (("too short", 1),)
    assert store.find_pages(["d"]) == {"d"}
