"""What an outlet prints under everything is learned by the newsroom, also across a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.store import Store
from stemma.store.effects import PageRead
from stemma.types import Article, ArticleId

APPEAL = "The Ostwick Argus is paid for by its readers and by nobody else."
STORIES = (
    "The swing bridge at Ostwick jammed half open with a barge below. Engineers hope to free its bearings today.",
    "Cherry growers in the Lunn valley lost their blossom to hail. The cooperative expects a meagre harvest.",
    "The chamber orchestra appointed a conductor from Riga. Her opening concert has a quartet by Bartok.",
    "Thieves emptied a jeweller's vault on Mill Street. Detectives found the alarm disconnected.",
    "A meteor lit the evening sky above Farrow. Astronomers ask for fragments and photographs.",
)


def _page(number: int, text: str) -> ReadPage:
    url = f"https://argus.example/news/{number}"
    article = Article(id=ArticleId(str(number)), text=text, title=text[:40], url=url, language="en")
    return ReadPage(
        digest=f"{number} {len(text)}", name=url, url=url, fetched=None,
        read_at=datetime(2026, 3, 4, 12, tzinfo=UTC), outcome=article,
    )  # fmt: skip


def test_the_fifth_article_is_kept_without_the_appeal_of_its_outlet(store: Store) -> None:
    """Four articles on different things teach the line; the newsroom that reads the fifth was started anew."""
    Newsroom(store).take([_page(n, f"{story}\n\n{APPEAL}") for n, story in enumerate(STORIES[:4])])
    newsroom = Newsroom(store)
    newsroom.take([_page(4, f"{STORIES[4]}\n\n{APPEAL}")])
    assert store.load_article(4).text.endswith(APPEAL)
    assert store.load_article(5).text == STORIES[4]
    assert "prints under other articles" in str(store.get_article(5).found)


def test_the_same_page_read_again_is_no_revision(store: Store) -> None:
    """What was learned since does not change an article that is kept: the page's text is the same as then."""
    newsroom = Newsroom(store)
    newsroom.take([_page(n, f"{story}\n\n{APPEAL}") for n, story in enumerate(STORIES)])
    again = replace(_page(0, f"{STORIES[0]}\n\n{APPEAL}"), digest="other bytes, same text")
    assert [type(effect) for effect in newsroom.take([again])] == [PageRead]
    assert store.load_article(1).text.endswith(APPEAL)
