"""What people do to get into a story, to look important, or to be first. Real store, real stages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.stories.texts import FERRY, STORM, VOTE

from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.store import Store
from stemma.types import Article, ArticleId, Published

NOW = datetime(2031, 5, 5, 12, tzinfo=UTC)


def make_page(name: str, title: str, text: str, *, at: datetime = NOW, outlet: str | None = None) -> ReadPage:
    """A page as extraction gives it, published `at`."""
    article = Article(
        id=ArticleId(name),
        title=title,
        text=text,
        outlet=outlet or f"The {name}",
        language="en",
        url=f"https://{name}.example/a",
        published=Published(stated=at.isoformat(), earliest=at.date(), latest=at.date()),
    )
    return ReadPage(
        digest=f"bytes of {name}", name=name, url=article.url, fetched=None, read_at=NOW, outcome=article
    )


def copies(count: int) -> list[ReadPage]:
    """One text under as many addresses and outlets."""
    return [make_page(f"sybil{n}", *FERRY[0], at=NOW + timedelta(minutes=n)) for n in range(count)]


def _publish(store: Store, *pages: ReadPage) -> None:
    newsroom = Newsroom(store)
    for at in range(0, len(pages), 50):
        newsroom.take(pages[at : at + 50])
    newsroom.review()
    list(edit_stale(store))


def _story_of(store: Store, name: str) -> int:
    numbers = {
        a.name: row.story
        for row in store.find_stories(limit=999)
        for a in store.get_story(row.story).articles
    }
    return numbers[name]


def test_a_stuffed_title_joins_no_story(store: Store) -> None:
    """A page whose title names everybody in the news, and whose text speaks of something else, stands alone."""
    stuffed = (
        "Santa Brisa ferry Calanova reef Ilario Venn Ostrava Line Tesmark parliament water levy Oda Krell Hallin "
        "valley hailstorm Orrin lowlands Beatke Halm greenhouses",
        "Our readers get fifteen percent off all garden furniture until the end of the month. Choose from forty colours "
        "of cushions, and have your table sent to your door for nothing. The offer is good in every branch, and "
        "whoever brings a friend gets a parasol on top. Only while there are some left.",
    )
    pages = [make_page(f"ferry{n}", *told) for n, told in enumerate(FERRY)]
    pages += [make_page(f"vote{n}", *told) for n, told in enumerate(VOTE)]
    _publish(store, *pages, make_page("storm", *STORM), make_page("stuffer", *stuffed))
    assert store.get_story(_story_of(store, "stuffer")).articles[0].outlet == "The stuffer"
    assert len(store.get_story(_story_of(store, "stuffer")).articles) == 1


def test_a_thousand_copies_are_one_voice(store: Store) -> None:
    """A thousand sybil outlets with one text count as one newsroom: a story of two real ones stands before theirs."""
    _publish(
        store,
        *copies(1000),
        *(make_page(f"vote{n}", *told, at=NOW + timedelta(hours=20 + n)) for n, told in enumerate(VOTE)),
    )
    rows = store.find_stories(limit=9)
    sybils = next(row for row in rows if len(row.articles) == 1000)
    assert sybils.newsrooms == 1
    assert rows[0].newsrooms == 2
    assert rows[0].story == _story_of(store, "vote0")


def test_a_date_far_off_makes_nobody_first(store: Store) -> None:
    """Articles dated ten years back or ahead in a story of today give neither its day nor its source."""
    told = [*VOTE, STORM] * 4
    others = [
        make_page(f"news{n}", f"{title} {n}", f"{text} Number {n} of the day.", at=NOW - timedelta(minutes=n))
        for n, (title, text) in enumerate(told)
    ]
    pages = [make_page(f"ferry{n}", *told, at=NOW + timedelta(hours=n)) for n, told in enumerate(FERRY)]
    back = make_page("old", *FERRY[0], at=NOW.replace(year=2021))
    ahead = make_page("new", *FERRY[1], at=NOW.replace(year=2041))
    _publish(store, *others, *pages, back, ahead)
    story = store.get_story(_story_of(store, "ferry0"))
    assert story.published.earliest == NOW.date()
    assert story.published.latest == NOW.date()
    first = next(a.article for a in story.articles if a.name == "ferry0")
    assert all(copy.direction != "decided" for copy in store.get_article(first).parents)
