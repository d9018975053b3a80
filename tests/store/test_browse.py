"""Lists beside the front page, over a real SQLite file: latest, languages, outlets, people, threads, arrivals, version."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

import stemma.store.engine as engine_module
from stemma.errors import NotFoundError
from stemma.store import Store, open_store
from stemma.store.effects import ArticleAdded, ArticleRevised, PageRead, Regrouped, StoryEdited
from stemma.store.search import cut_snippet
from stemma.store.spelling import looks_like_name
from stemma.types import (
    Article,
    ArticleId,
    Brief,
    Copy,
    Placement,
    Published,
    Quote,
    Span,
    StoryId,
    ThreadId,
)

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)


def added(
    number: int,
    text: str,
    *,
    story: int,
    outlet: str | None = "Gazette",
    day: int | None = 13,
    language: str = "en",
    section: str | None = None,
    agency: str | None = None,
    said: str | None = None,
    speaker: str | None = None,
) -> ArticleAdded:
    """An article with at most one quotation."""
    ident = ArticleId(str(number))
    on = date(2031, 5, day) if day else None
    published = Published(
        stated=on.isoformat() if on else None, earliest=on, latest=on, basis=("meta",) if on else ()
    )
    quotes = []
    if said is not None:
        span = Span(article=ident, start=text.index(said), end=text.index(said) + len(said))
        quotes.append(
            Quote(
                span=span,
                pieces=(span,),
                kind="direct",
                speaker=speaker,
                speaker_span=None,
                cue="said",
                cue_span=None,
            )
        )
    return ArticleAdded(
        number=number,
        key=f"key {number}",
        digest=f"digest {number}",
        article=Article(
            id=ident, title=f"Title {number}", text=text, outlet=outlet, language=language, section=section, agency=agency,
            published=published,
        ),
        fetched=None,
        read_at=NOW,
        placement=Placement(article=ident, story=StoryId(f"s-{story}"), opened=True, score=0.5, evidence=("a reason",)),
        copies=(),
        quotes=tuple(quotes),
        figures=(),
    )  # fmt: skip


@pytest.fixture
def filled(store: Store) -> Store:
    """Three stories: a bridge told by three outlets, an undated tram, a harbour in Chinese."""
    store.apply(
        [
            added(1, "The bridge is shut. “It stays shut,” Ilse Márrant said.", story=1, day=13, section="City", said="“It stays shut,”", speaker="Ilse Márrant", agency="Meridian Wire"),
            added(2, "The bridge is shut, “It stays shut,” said ILSE MARRANT.", story=1, outlet="Courier", day=14, said="“It stays shut,”", speaker="ILSE MARRANT"),
            added(3, "The old bridge, again.", story=1, outlet="Kestrel", day=15, section="City"),
            added(4, "Trams run at night.", story=4, outlet="Courier", day=None),
            added(5, "北京的港口今天关闭。港口主任说明天开放。", story=5, outlet="港报", day=12, language="zh"),
            PageRead(digest="p", name="pages/005.html", url=None, fetched=None, read_at=NOW, article=5, rejected=None),
        ]
    )  # fmt: skip
    copied = Copy(
        child=ArticleId("2"), parent=ArticleId("1"), origin=None, kind="edited", direction="decided", containment=0.9, confidence=0.9
    )  # fmt: skip
    brief = Brief(title="Bridge", title_from=ArticleId("1"), sentences=())
    store.apply([StoryEdited(number=1, copies=(copied,), comparisons=(), brief=brief, voices=((1,), (2,)))])
    return store


def test_latest_goes_by_day_and_puts_the_undated_last(filled: Store) -> None:
    """A story stands where its newest article stands; languages and sections narrow the list; pages follow on."""
    assert [row.story for row in filled.find_latest(limit=9)] == [1, 3, 2]
    assert [row.story for row in filled.find_latest(limit=1, offset=1)] == [3]
    assert [row.story for row in filled.find_latest(limit=9, language="zh")] == [3]
    assert [row.story for row in filled.find_latest(limit=9, section="City")] == [1]
    assert filled.find_languages() == (("en", 4), ("zh", 1))
    assert filled.find_sections(limit=5) == (("City", 2),)


def test_outlet_is_first_only_where_its_day_is_certain_and_alone(filled: Store) -> None:
    """Gazette was first with the bridge; Courier took its text; nobody is first where another report has no day."""
    gazette, courier = filled.get_outlet("Gazette"), filled.get_outlet("Courier")
    assert [row.story for row in gazette.first] == [1]
    assert (gazette.shared, gazette.articles, gazette.taken_by) == (1, 1, (("Courier", 1),))
    assert courier.first == ()
    assert courier.takes_from == (("Gazette", 1),)
    assert [row.article for row in courier.latest] == [4, 2]
    filled.apply([added(6, "A bridge.", story=1, outlet="Lark", day=None)])
    assert filled.get_outlet("Gazette").first == ()
    with pytest.raises(NotFoundError):
        filled.get_outlet("No such outlet")
    assert [row.outlet for row in filled.find_outlets(limit=2)] == ["Courier", "Gazette"]


def test_spellings_of_a_name_are_one_person(filled: Store) -> None:
    """Accents and capitals do not part a person; each quotation keeps its words and its article."""
    person = filled.get_person("ilse-marant", limit=9)
    assert person.quotes == 2
    assert {person.name, *person.also} == {"Ilse Márrant", "ILSE MARRANT"}
    assert [(s.article.article, s.quote.place.words) for s in person.sayings] == [
        (2, "“It stays shut,”"),
        (1, "“It stays shut,”"),
    ]
    assert [(row.key, row.quotes) for row in filled.find_people(limit=5)] == [("ilse-marant", 2)]
    with pytest.raises(NotFoundError):
        filled.get_person("nobody", limit=9)


def test_lists_hold_nothing_that_is_withheld(filled: Store) -> None:
    """A withheld outlet is gone from every list, person and search; so is a person whom it alone quotes."""
    for outlet in ("Gazette", "Courier"):
        filled.deny("outlet", outlet, reason="asked", since=NOW)
    assert [row.outlet for row in filled.find_outlets(limit=9)] == ["Kestrel", "港报"]
    assert filled.find_people(limit=9) == ()
    with pytest.raises(NotFoundError):
        filled.get_person("ilse-marant", limit=9)
    with pytest.raises(NotFoundError):
        filled.get_outlet("Gazette")
    assert filled.search("said:marrant", limit=9) == ()
    assert [row.articles for row in filled.find_latest(limit=9)] == [(3,), (5,)]
    assert [a.article for a in filled.find_arrivals(after=0, limit=9)] == [3, 5]


def test_thread_is_named_by_the_story_that_most_newsrooms_tell(filled: Store) -> None:
    """Its stories stand newest first."""
    filled.apply([Regrouped(moved={}, merged={}, threads={StoryId("s-1"): ThreadId("t"), StoryId("s-5"): ThreadId("t")})])  # fmt: skip
    thread = filled.get_thread(1)
    assert thread.title == "Bridge"
    assert [row.story for row in thread.stories] == [1, 3]
    for number in (0, 2, 10**12):
        with pytest.raises(NotFoundError):
            filled.get_thread(number)


def test_arrivals_tell_new_stories_from_grown_ones(filled: Store) -> None:
    """An article that opens a story is told apart from one that joins it."""
    found = filled.find_arrivals(after=2, limit=9)
    assert [(a.article, a.story, a.opened) for a in found] == [(3, 1, False), (4, 2, True), (5, 3, True)]


def test_version_changes_with_every_commit_of_any_connection(filled: Store, tmp_path: Path) -> None:
    """What another process writes is noticed; reading changes nothing."""
    other = open_store(Path(str(filled._engine.url.database)))
    before = filled.get_version()
    filled.find_latest(limit=5)
    assert filled.get_version() == before
    other.deny("outlet", "Kestrel", reason="asked", since=NOW)
    after = filled.get_version()
    assert after != before
    filled.allow("outlet", "Kestrel")
    assert filled.get_version() != after


def test_article_keeps_the_name_of_its_page(filled: Store) -> None:
    """Where no outlet is named, a reader can still tell which page it was."""
    assert filled.get_article(5).name == "pages/005.html"
    assert filled.get_story(3).articles[0].name == "pages/005.html"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bridge", {1, 2, 3}),
        ("bridge -old", {1, 2}),
        ("outlet:gaz", {1}),
        ("outlet:GAZETTE bridge", {1}),
        ("from:meridian", {1}),
        ('from:"Meridian Wire" bridge', {1}),
        ("from:courier", {2, 4}),
        ("lang:zh", {5}),
        ("lang:en trams", {4}),
        ("said:marrant", {1, 2}),
        ('said:"ilse márrant"', {1, 2}),
        ("said:nobody", set()),
        ("after:2031-05-14", {2, 3}),
        ("after:2031-05", {1, 2, 3, 5}),
        ("before:2031-05-13", {5}),
        ("bridge after:2031-05-14 before:2031-05-15", {2}),
        ("bri*", {1, 2, 3}),
        ("trams OR old", {3, 4}),
        ("北京", {5}),
        ("港口", {5}),
        ("京的港", {5}),
        ("京港", set()),
        ("明天 -北京", set()),
        ("北京 OR trams", {4, 5}),
        ("after:dinner", set()),
        ("lang:", set()),
        ("outlet:", set()),
        ("colour:red", set()),
    ],
)
def test_search_fields_and_scripts(filled: Store, words: str, found: set[int]) -> None:
    """Fields narrow, signs without spaces are found inside a clause and never over its edge."""
    assert {hit.id for hit in filled.search(words, limit=20) if hit.kind == "article"} == found


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("서울에서 다리가 닫혔다.", "다리"),
        ("สะพานในกรุงเทพปิดแล้ว", "กรุงเทพ"),
        ("東京の橋が閉鎖された。", "橋"),
        ("أغلق الجسر مساء الاثنين", "جسر"),
        ("أغلق جسر مساء الاثنين", "الجسر"),
        ("Міст закрито в понеділок", "міст"),
        ("पुल सोमवार को बंद", "सोमवार"),
    ],
)
def test_search_finds_words_in_any_script(store: Store, text: str, word: str) -> None:
    """Korean, Thai, Japanese, Arabic, Cyrillic and Devanagari words are found and marked or shown."""
    store.apply([added(1, text, story=1)])
    hits = [hit for hit in store.search(word, limit=5) if hit.kind == "article"]
    assert [hit.id for hit in hits] == [1]
    assert store.search("ſ\u0301 ", limit=5) == ()


def test_search_by_day_and_by_weight(filled: Store) -> None:
    """Newest first where asked for; a hit carries its interval, and its words are marked in their place."""
    newest = [hit for hit in filled.search("bridge", limit=9, newest=True) if hit.kind == "article"]
    assert [hit.id for hit in newest] == [3, 2, 1]
    assert newest[0].earliest == newest[0].latest == date(2031, 5, 15)
    assert newest[0].snippet == "The old \ue000bridge\ue001, again."
    chinese = next(hit for hit in filled.search("港口", limit=5) if hit.kind == "article")
    assert "\ue000港口\ue001" in chinese.snippet


def test_a_word_in_the_title_comes_before_newer_texts(store: Store) -> None:
    """Of seventy articles that hold a word, the one that has it in its title is first though the newest texts alone are weighed."""
    older = [added(n, "The harbour council met.", story=n, outlet=f"Outlet {n}") for n in range(2, 72)]
    first = added(1, "A harbour.", story=1, outlet="Herald")
    store.apply([replace(first, article=replace(first.article, title="Harbour")), *older])
    for words in ("harbour", "harbour outlet:herald", "harbour OR quay"):
        hits = [hit for hit in store.search(words, limit=5) if hit.kind == "article"]
        assert hits[0].id == 1, words


@pytest.mark.parametrize(
    ("text", "word", "marked"),
    [
        ("Their theme is the sea", "the", ["the"]),
        ("Bridges and a bridge", "bridg*", ["Bridg", "bridg"]),
        ("在北京的港口", "北京", ["北京"]),
        ("أغلق الجسر", "جسر", ["جسر"]),
        ("a ferry", "boat", []),
    ],
)
def test_words_found_are_marked_whole(text: str, word: str, marked: list[str]) -> None:
    """A word is not marked inside another one, unless the script writes words together."""
    assert re.findall("\ue000(.*?)\ue001", cut_snippet(text, [word])) == marked


@pytest.mark.parametrize(
    ("speaker", "listed"),
    [
        ("Ilse Marrant", True), ("Karin van der Oost", True), ("Open Hands", True), ("北京市长", True), ("إيلسه مارانت", True),
        ("He rejected", False), ("the fire service", False), ("Torvane", False), ("a", False), ("", False), ("The government", False),
        ("Ein Sprecher von Nordhammer", False), ("Der Vorstand der Gewerkschaft", False), ("Der Spiegel", True), ("Des Moines", True),
    ],
)  # fmt: skip
def test_only_names_are_listed_as_people(speaker: str, listed: bool) -> None:
    """What an office or a pronoun said stays with its story."""
    assert looks_like_name(speaker) is listed


def revised(number: int, article: Article) -> ArticleRevised:
    """Another text of an article, not judged."""
    return ArticleRevised(
        number=number,
        digest="new",
        article=article,
        fetched=None,
        read_at=NOW,
        judgement=None,
        quotes=(),
        figures=(),
    )


def test_revised_signs_leave_the_index(filled: Store) -> None:
    """When a text is replaced, its old signs are found no more."""
    article = replace(added(5, "北京的天气", story=5, outlet="港报", language="zh").article, title="T")
    filled.apply([revised(5, article)])
    assert filled.search("港口", limit=5) == ()
    assert [hit.id for hit in filled.search("天气", limit=5) if hit.kind == "article"] == [5]


def test_an_older_store_is_indexed_again(tmp_path: Path) -> None:
    """A store of the form before has its texts searched sign by sign after the migration, each once."""
    config = Config()
    config.set_main_option("script_location", str(Path(engine_module.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{tmp_path / 'old.db'}")
    text_ = "北京的港口今天关闭。"
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
        connection.execute(
            text("INSERT INTO article VALUES (1, 'k', NULL, NULL, NULL, :now, 1)"), {"now": NOW.isoformat()}
        )
        connection.execute(
            text(
                "INSERT INTO revision(article, number, digest, title, text, byline, genre, basis, clues, images, embedded, found) "
                "VALUES (1, 1, 'd', 'T', :text, '[]', 'news', '[]', '[]', '[]', '[]', '[]')"
            ),
            {"text": text_},
        )
        connection.execute(
            text("INSERT INTO searched_words(rowid, title, text) VALUES (1, 'T', :text)"), {"text": text_}
        )
        connection.execute(
            text("INSERT INTO story(id, key, title, newsrooms, size, stale) VALUES (1, 's', 'T', 1, 1, 0)")
        )
        connection.execute(text("INSERT INTO member VALUES (1, 1, 's', 1, 0.5, '[]')"))
    engine.dispose()
    store = open_store(tmp_path / "old.db")
    assert [hit.id for hit in store.search("港口", limit=5) if hit.kind == "article"] == [1]
    store.apply([revised(1, added(1, "Nothing.", story=1).article)])
    assert store.search("港口", limit=5) == ()
    store.close()
