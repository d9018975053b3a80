"""An undated page is dated by its story on its page, with the article that says so; the day is part of nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime

from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.store import Store
from stemma.types import Article, ArticleId, Published

TEXT = (
    "The foreign ministers of Aldova and Brennia met in the harbour town of Sarn on Thursday without agreeing on a ceasefire. "
    "Mediators from Corland had hoped for a pause of ten days, in which villages along the river could be left. "
    "“We shall try again,” said the Corlandic envoy Mirel Tanno, who led the talks in the old customs house."
)
FRIDAY = date(2031, 3, 14)


def _page(outlet: str, text: str, published: Published) -> ReadPage:
    url = f"https://{outlet.lower()}.example/talks"
    article = Article(
        id=ArticleId(outlet), text=text, title="No ceasefire in Sarn", outlet=outlet, url=url, language="en",
        published=published,
    )  # fmt: skip
    return ReadPage(
        digest=outlet, name=url, url=url, fetched=None, read_at=datetime(2031, 5, 4, tzinfo=UTC), outcome=article
    )  # fmt: skip


def _read(store: Store) -> None:
    newsroom = Newsroom(store)
    dated = Published(stated="2031-03-14", earliest=FRIDAY, latest=FRIDAY, basis=("json-ld",))
    newsroom.take([_page("Argus", TEXT, dated), _page("Courier", TEXT, Published())])
    newsroom.review()
    list(edit_stale(store))


def test_the_page_of_an_undated_copy_names_the_dated_one(store: Store) -> None:
    """ "On Thursday" in a text that another outlet printed on Friday: an interval, and the article that carries it."""
    _read(store)
    told = store.get_article(2).told
    assert told is not None
    assert told.earliest is not None
    assert told.latest is not None
    assert told.earliest <= FRIDAY <= told.latest
    assert {witness for witness, *_ in told.witnesses} == {1}
    assert store.get_article(1).told is None


def test_a_told_day_is_no_day_of_publication(store: Store) -> None:
    """The article itself stays undated, in the store and for the stages."""
    _read(store)
    assert store.get_article(2).published.earliest is None
    assert store.load_article(2).published == Published()


def test_what_a_withheld_article_says_of_another_goes_with_it(store: Store) -> None:
    """Nothing of a withheld witness is shown, its day included."""
    _read(store)
    store.deny("article", "1", reason="its owner asked", since=datetime(2031, 5, 5, tzinfo=UTC))
    assert store.get_article(2).told is None
