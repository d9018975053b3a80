"""The store: forms, deny list, search, redirects. A real SQLite file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect, text

import stemma.store.engine as engine_module
from stemma.errors import NotFoundError, StoreError
from stemma.store import Store, open_store
from stemma.store.effects import ArticleAdded, PageRead, Regrouped, StoryEdited, ThreadEdited
from stemma.store.schema import metadata
from stemma.types import (
    Article,
    ArticleId,
    Brief,
    CitedSentence,
    ComparedValue,
    Comparison,
    Copy,
    DateClue,
    Embedded,
    Figure,
    Found,
    Image,
    Placement,
    Published,
    Quote,
    Span,
    StoryId,
    ThreadId,
    TimelineEntry,
)

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
TEXT = "The dam at Ostwick held. “It held,” said Ada Merrin. Some 300 people had left their homes."


def _added(
    number: int, *, story: str = "s-1", outlet: str | None = None, url: str | None = None
) -> ArticleAdded:
    ident = ArticleId(str(number))
    article = Article(
        id=ident,
        title=f"Dam holds, part {number}",
        text=TEXT,
        url=url,
        outlet=outlet or f"Outlet {number}",
        byline=("Jo Wren",),
        published=Published(
            stated="2026-03-03T08:00:00+02:00",
            earliest=date(2026, 3, 3),
            latest=date(2026, 3, 3),
            basis=("meta",),
            clues=(DateClue(basis="meta", words="2026-03-03", earliest=date(2026, 3, 3), latest=date(2026, 3, 3)),),
        ),
        images=(Image(url=None, caption="The dam", credit="W. Lund"),),
        embedded=(Embedded(title="Other", outlet="Elsewhere", url=None, text="Another story", age="2 hours ago"),),
        found=(Found(name="title", where="h1"),),
    )  # fmt: skip
    said = Span(article=ident, start=TEXT.index("“"), end=TEXT.index(" said"))
    count = Span(article=ident, start=TEXT.index("Some 300"), end=TEXT.index(" people"))
    return ArticleAdded(
        number=number,
        key=f"key {number}",
        digest=f"digest {number}",
        article=article,
        fetched=None,
        read_at=NOW,
        placement=Placement(article=ident, story=StoryId(story), opened=True, score=0.5, evidence=("names: Ostwick",)),
        copies=(),
        quotes=(
            Quote(
                span=said, pieces=(said,), kind="direct", speaker="Ada Merrin", speaker_span=None, cue="said", cue_span=None
            ),
        ),
        figures=(
            Figure(span=count, low=300, high=300, unit=None, of="people", qualifier="about"),
        ),
    )  # fmt: skip


def _edited(number: int, articles: list[int]) -> StoryEdited:
    spans = [Span(article=ArticleId(str(n)), start=0, end=24) for n in articles]
    return StoryEdited(
        number=number,
        copies=(
            Copy(
                child=ArticleId(str(articles[1])), parent=ArticleId(str(articles[0])), origin=None, kind="verbatim",
                direction="decided", containment=1.0, confidence=0.9,
            ),
        ),
        comparisons=(
            Comparison(
                about="people who left", relation="agree",
                values=tuple(ComparedValue(span=s, low=300, high=300) for s in spans),
            ),
        ),
        brief=Brief(
            title="Dam holds, part 1",
            title_from=ArticleId(str(articles[0])),
            sentences=(CitedSentence(text="The dam at Ostwick held.", citations=(spans[0],)),),
        ),
        voices=((1,), (2,)),
    )  # fmt: skip


def _fill(store: Store) -> None:
    store.apply([_added(1), _added(2, url="https://two.example/x/1"), _added(3, story="s-3")])
    store.apply([_edited(1, [1, 2])])


def test_the_form_of_the_tables_is_the_migrations_form(tmp_path: Path) -> None:
    """A store made by the migrations has exactly the tables that the code describes, and HEAD names the last one."""
    open_store(tmp_path / "a.db").close()
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("searched")
            },
        )
        assert compare_metadata(context, metadata) == []
        assert context.get_current_revision() == engine_module.HEAD
    script = ScriptDirectory(str(Path(engine_module.__file__).parent / "migrations"))
    assert script.get_current_head() == engine_module.HEAD


def test_the_store_is_durable_and_checks_references(tmp_path: Path) -> None:
    """WAL, synchronous=FULL and foreign keys are on for every connection."""
    store = open_store(tmp_path / "a.db")
    with store._engine.connect() as connection:
        values = [
            connection.execute(text(f"PRAGMA {p}")).scalar()
            for p in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert values == ["wal", 2, 1]
    with pytest.raises(StoreError):
        store.apply(
            [PageRead(digest="d", name="x", url=None, fetched=None, read_at=NOW, article=99, rejected=None)]
        )


def test_what_goes_in_comes_out(store: Store) -> None:
    """An article, its facts, its story and its placement come back as they were given."""
    added = _added(1)
    store.apply([added])
    (placed,) = store.load_placed(after=0, limit=9)
    assert placed.article == added.article
    assert placed.placement == added.placement
    (member,) = store.load_members([1])[1]
    facts = store.load_facts([member.id])[member.id]
    assert (facts.quotes, facts.figures) == (added.quotes, added.figures)
    view = store.get_article(1)
    assert view.quotes[0].place.words == "“It held,”"
    assert view.published.stated == "2026-03-03T08:00:00+02:00"
    assert view.embedded[0].age == "2 hours ago"


def test_effects_are_all_or_none(store: Store) -> None:
    """One impossible effect undoes those before it."""
    impossible = PageRead(
        digest="d", name="x", url=None, fetched=None, read_at=NOW, article=99, rejected=None
    )
    with pytest.raises(StoreError):
        store.apply([_added(1), impossible])
    assert store.count().articles == 0


@pytest.mark.parametrize(
    ("kind", "value"), [("article", "2"), ("outlet", "Outlet 2"), ("address", "https://two.example/x")]
)
def test_one_row_withholds_everywhere(store: Store, kind: str, value: str) -> None:
    """After one entry of the deny list nothing of the article is in any page, list, search, edge or comparison; when
    the entry goes, it is back."""
    _fill(store)
    assert store.deny(kind, value, reason="owner asked", since=NOW)  # type: ignore[arg-type]
    assert not store.deny(kind, value, reason="again", since=NOW)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        store.get_article(2)
    story = store.get_story(1)
    assert [a.article for a in story.articles] == [1]
    assert story.copies == ()
    assert story.comparisons == ()
    assert store.get_article(1).children == ()
    assert {hit.id for hit in store.search("dam", limit=9) if hit.kind == "article"} == {1, 3}
    assert [article.id for article in store.load_members([1])[1]] == ["1"]
    assert 1 in store.find_stale().stories
    assert store.count().articles == 2
    assert store.allow(kind, value)  # type: ignore[arg-type]
    assert [a.article for a in store.get_story(1).articles] == [1, 2]


def test_a_sentence_that_cites_a_withheld_article_goes_with_it(store: Store) -> None:
    """Neither brief nor title of a withheld article is shown, before the story is edited anew."""
    _fill(store)
    store.deny("article", "1", reason="owner asked", since=NOW)
    story = store.get_story(1)
    assert story.brief == ()
    assert story.title == "Dam holds, part 2"
    assert store.find_stories(limit=9)[1].lead is None


def test_a_story_without_visible_articles_is_not_there(store: Store) -> None:
    """The last article withheld takes the story out of every list."""
    _fill(store)
    store.deny("article", "3", reason="owner asked", since=NOW)
    assert [row.story for row in store.find_stories(limit=9)] == [1]
    with pytest.raises(NotFoundError):
        store.get_story(2)


def test_a_merged_story_redirects_and_keeps_its_number(store: Store) -> None:
    """The old address leads to the story that took the members, also over two steps."""
    _fill(store)
    store.apply([_added(4, story="s-4")])
    into = {StoryId("s-3"): StoryId("s-1")}
    store.apply(
        [Regrouped(moved={3: StoryId("s-1")}, merged=into, threads={StoryId("s-1"): ThreadId("t-1")})]
    )
    store.apply(
        [
            Regrouped(
                moved={n: StoryId("s-4") for n in (1, 2, 3)},
                merged={StoryId("s-1"): StoryId("s-4")},
                threads={},
            )
        ]
    )
    assert store.find_redirect(2) == 3
    assert store.find_redirect(1) == 3
    assert store.find_redirect(3) is None
    assert [row.story for row in store.find_stories(limit=9)] == [3]


def test_timelines_belong_to_threads(store: Store) -> None:
    """A thread's timeline is on the pages of its stories, by date."""
    _fill(store)
    store.apply(
        [
            Regrouped(
                moved={}, merged={}, threads={StoryId("s-1"): ThreadId("t"), StoryId("s-3"): ThreadId("t")}
            )
        ]
    )
    span = Span(article=ArticleId("3"), start=0, end=24)
    entry = TimelineEntry(
        date="2026-03-03",
        precision="day",
        sentences=(CitedSentence(text="The dam at Ostwick held.", citations=(span,)),),
    )
    store.apply([ThreadEdited(number=1, entries=(entry,))])
    story = store.get_story(1)
    assert [t.date for t in story.timeline] == ["2026-03-03"]
    assert [row.story for row in story.related] == [2]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dam ostwick", True),
        ('"dam at Ostwick"', True),
        ('"Ostwick dam"', False),
        ("dam -Ostwick", False),
        ("harbour OR dam", True),
        ("MERRIN", True),
        ('"', False),
        ("-dam", False),
        ("dam AND) NEAR(", False),
        ("dam*", True),
        ("title:dam", False),
        ("\0 dam", True),
        ("OR OR OR", False),
        ("x" * 5000, False),
    ],
)
def test_search_takes_anything_a_user_types(store: Store, words: str, found: bool) -> None:
    """Words, phrases, minus and OR work; whatever else is typed is words, and never a fault."""
    _fill(store)
    assert bool(store.search(words, limit=9)) is found


def test_huge_numbers_are_not_there(store: Store) -> None:
    """A number beyond any row id is answered like any other that is not there."""
    for number in (0, -1, 2**31, 10**30):
        with pytest.raises(NotFoundError):
            store.get_story(number)
        with pytest.raises(NotFoundError):
            store.get_article(number)
        assert store.find_redirect(number) is None


def test_row_ids_are_small_and_sequential(store: Store) -> None:
    """Numbers in addresses start at one and have no gaps."""
    _fill(store)
    assert [row.story for row in store.find_stories(limit=9)] == [1, 2]
    assert {table.name for table in metadata.sorted_tables} <= set(inspect(store._engine).get_table_names())
