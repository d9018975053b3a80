"""An owner who asks has their content gone: out of what is shown at once, out of every file within a day. Real files, real
stages; what is looked for afterwards are bytes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import HARBOUR, ORCHARD

from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.erasing import GRACE, Erasing, erase_due, find_due
from stemma.store import Store, open_store
from stemma.store.backup import back_up, restore
from stemma.store.deny import DeniedEntry, DeniedKind
from stemma.store.eraser import Eraser
from stemma.store.followed import CandidatesFound, NewCandidate, NewSource
from stemma.types import Article, ArticleId, Embedded, Published, Rejected

NOW = datetime(2031, 5, 6, 12, tzinfo=UTC)
LEAVER = "The Leaver"
URL = "https://leaver.example/2031/one"
SAID = "“Quenchless zymurgical turbines hum beneath the weir,” said Ottoline Varrowby, who has 7,313 of them."
TITLE = "Zymurgical turbines found beneath the harbour bridge"
MARKS = (b"ymurgical", b"Varrowby", b"uenchless", b"zymurg", b"varrowbi", b"quenchless")
"""Words that stand in the leaver's text alone, and as an index of words or a stemmer would write them."""


def _page(
    number: int, text: str, *, title: str, outlet: str, url: str, hours: int = 0, **fields: object
) -> ReadPage:
    moment = NOW - timedelta(days=1) + timedelta(hours=hours)
    article = Article(
        id=ArticleId(f"page {number}"),
        title=title,
        text=text,
        outlet=outlet,
        language="en",
        url=url,
        published=Published(stated=moment.isoformat(), earliest=moment.date(), latest=moment.date()),
        **fields,  # type: ignore[arg-type]
    )
    return ReadPage(
        digest=f"bytes {number}", name=url, url=url, fetched=moment, read_at=moment, outcome=article
    )


def _leaving(number: int = 1, more: str = "") -> ReadPage:
    text = f"{HARBOUR}\n\n{SAID} {more}"
    return _page(number, text, title=TITLE, outlet=LEAVER, url=URL)


def _others() -> list[ReadPage]:
    piece = Embedded(title=TITLE, outlet=LEAVER, url=URL, text=SAID)
    later = (
        HARBOUR.replace("six weeks", "eight weeks")
        + "\n\nThe council meets on Thursday to hear the engineers."
    )
    return [
        _page(2, later, title="Bridge shut", outlet="Ellsay Courier", url="https://courier.example/a", hours=2),
        _page(3, HARBOUR, title="Bridge closed", outlet="The Post", url="https://post.example/a", hours=3, embedded=(piece,)),
        _page(4, ORCHARD, title="Frost", outlet="Varde Post", url="https://varde.example/a", hours=4),
    ]  # fmt: skip


def _fill(store: Store) -> Newsroom:
    newsroom = Newsroom(store)
    newsroom.take([_leaving(), *_others()])
    newsroom.review()
    list(edit_stale(store))
    newsroom.take([_leaving(9, "It was changed since: Varrowby was named first by the quenchless paper.")])
    newsroom.review()
    list(edit_stale(store))
    number, _ = store.add_source(
        NewSource(url="https://feeds.example/f", kind="feed", host="feeds.example:443", title="F", added=NOW),
        interval=600,
    )
    entry = NewCandidate(
        key=URL + "/2", url=URL + "/2", host="leaver.example:443", signature="x", title=TITLE, text=SAID,
        author="Ottoline Varrowby", origin=LEAVER, language="en", date=None,
    )  # fmt: skip
    store.apply([CandidatesFound(source=number, due=NOW, entries=(entry,), most_changes=3)])
    return newsroom


def _found_in(folder: Path) -> list[str]:
    """Files of a folder and the marks that stand in them."""
    return sorted(
        f"{path.name}: {mark.decode()}"
        for path in folder.iterdir()
        for mark in MARKS
        if mark in path.read_bytes()
    )


ENTRIES: tuple[tuple[DeniedKind, str], ...] = (
    ("outlet", LEAVER), ("address", "https://leaver.example/"), ("article", "1"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), ENTRIES)
def test_no_file_holds_a_word_of_it(tmp_path: Path, kind: DeniedKind, value: str) -> None:
    """Text, title, revisions, quotations, sentences of briefs, index of words, entries of feeds and pieces on other pages: after
    erasing no mark of the leaver's is in the database or beside it; before, it is."""
    store = open_store(tmp_path / "stemma.db")
    _fill(store)
    assert _found_in(tmp_path)
    assert store.deny(kind, value, reason="asked", since=NOW)
    if kind == "article":  # the feed's entry stands at another address
        assert store.deny("address", URL + "/2", reason="asked", since=NOW)
    list(edit_stale(store))
    assert erase_due(store, now=NOW + GRACE - timedelta(seconds=1)) == ()
    done = erase_due(store, now=NOW + GRACE)
    assert sum(e.articles for e in done) == 1
    list(edit_stale(store))
    assert _found_in(tmp_path) == []
    store.close()
    assert _found_in(tmp_path) == []
    with closing(sqlite3.connect(tmp_path / "stemma.db")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("INSERT INTO searched_words(searched_words) VALUES ('integrity-check')")


def test_others_keep_what_is_theirs(store: Store) -> None:
    """The story goes on with its other articles: one is first now, the other its copy; their quotations, figures and texts are
    as they were; the number of the erased article is given to nothing else."""
    newsroom = _fill(store)
    whole = store.get_story(1)
    assert {a.article for a in whole.articles} == {1, 2, 3}
    assert 1 in {c.parent for c in whole.copies}
    store.deny("outlet", LEAVER, reason="asked", since=NOW)
    erase_due(store, now=NOW + GRACE)
    newsroom.heed()
    newsroom.review()
    list(edit_stale(store))
    story = store.get_story(store.get_article(2).story or 0)
    assert {a.article for a in story.articles} == {2, 3}
    assert [(c.child, c.parent) for c in story.copies] in ([(3, 2)], [(2, 3)])
    assert story.title in ("Bridge shut", "Bridge closed")
    assert len(store.get_article(2).quotes) == len([q for q in whole.quotes if q.place.article == 2])
    assert store.get_article(3).text == HARBOUR
    assert [e.title for e in store.get_article(3).embedded] == []
    assert store.count().articles == 3
    newsroom.take([_page(5, ORCHARD + " More frost.", title="F", outlet="O", url="https://o.example/f")])
    assert store.get_article(5).title == "F"


def test_a_story_of_its_own_leaves_with_it(store: Store) -> None:
    """A story that had the erased article alone has neither page nor headline any more."""
    Newsroom(store).take([_leaving()])
    list(edit_stale(store))
    assert store.find_stories(limit=9)
    store.deny("article", "1", reason="asked", since=NOW)
    erase_due(store, now=NOW + GRACE)
    list(edit_stale(store))
    assert store.find_stories(limit=9) == ()
    assert _found_in(store.path.parent) == []


@pytest.mark.parametrize(("kind", "value"), ENTRIES)
def test_reading_it_again_brings_nothing_back(tmp_path: Path, kind: DeniedKind, value: str) -> None:
    """The same page, a changed one, and after a restart: refused each time, and in no file."""
    store = open_store(tmp_path / "stemma.db")
    _fill(store)
    store.deny(kind, value, reason="asked", since=NOW)
    store.deny("address", URL + "/2", reason="asked", since=NOW)
    erase_due(store, now=NOW + GRACE)
    for digest, newsroom in ((30, Newsroom(store)), (40, Newsroom(store))):
        again = newsroom.take([_leaving(digest), _leaving(digest + 1, "Another quenchless word.")])
        refused = [e.rejected for e in again if getattr(e, "rejected", None)]
        assert [r.reason for r in refused if isinstance(r, Rejected)] == ["refused by rights"] * len(again)
    list(edit_stale(store))
    assert store.count().articles == 3
    store.close()
    assert _found_in(tmp_path) == []


def test_taken_back_after_erasing_it_may_come_again(store: Store) -> None:
    """When the entry is taken back the article is still gone; read again, it is a new one."""
    newsroom = _fill(store)
    store.deny("outlet", LEAVER, reason="asked", since=NOW)
    erase_due(store, now=NOW + GRACE)
    assert store.allow("outlet", LEAVER)
    assert store.count().articles == 3
    newsroom.take([_leaving(30, "Back.")])
    assert store.count().articles == 4
    assert store.get_article(5).title == TITLE


def test_kept_files_and_older_copies_do_not_hold_it(tmp_path: Path) -> None:
    """What a restore put aside is erased too, and a copy made before the request is clean once it is restored."""
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    home.mkdir()
    path = home / "stemma.db"
    store = open_store(path)
    _fill(store)
    store.close()
    back_up(path, copy)
    for _ in range(2):
        restore(copy, path)
    assert {line.split(":")[0] for line in _found_in(home)} >= {"stemma.db.before-1", "stemma.db.before-2"}
    store = open_store(path)
    store.deny("outlet", LEAVER, reason="asked", since=NOW)
    assert erase_due(store, now=NOW + GRACE)
    store.close()
    assert _found_in(home) == []
    restore(copy, path)
    store = open_store(path)
    store.mark_withheld_stale()
    assert erase_due(store, now=NOW + GRACE)
    store.close()
    assert _found_in(home) == []
    assert open_store(home / "stemma.db.before-1").count().articles == 3


def test_an_interrupted_erasing_is_done_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file cannot be written anew the entry stays due; the next try ends it."""
    _fill(store)
    store.deny("outlet", LEAVER, reason="asked", since=NOW)
    monkeypatch.setattr(Eraser, "rewrite", lambda self: False)
    assert erase_due(store, now=NOW + GRACE) == ()
    assert find_due(store.load_denied(), now=NOW + GRACE)
    monkeypatch.undo()
    assert erase_due(store, now=NOW + GRACE)
    assert _found_in(store.path.parent) == []
    assert erase_due(store, now=NOW + GRACE) == ()


def test_a_running_newsroom_forgets_it(store: Store) -> None:
    """After erasing by whatever process, a copy of the erased text that is read later is nobody's copy."""
    newsroom = Newsroom(store)
    newsroom.take([_leaving()])
    other = open_store(store.path)
    other.deny("article", "1", reason="asked", since=NOW)
    assert Erasing(other, _At(NOW + GRACE)).look()
    added = newsroom.take(
        [_page(2, _leaving().outcome.text, title="T", outlet="O", url="https://o.example/a")]
    )  # type: ignore[union-attr]
    assert [e.copies for e in added if hasattr(e, "copies")] == [()]


class _At:
    """A clock that stands."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    async def sleep(self, seconds: float) -> None:
        raise NotImplementedError


def _entry(**fields: object) -> DeniedEntry:
    values = {
        "number": 1,
        "kind": "outlet",
        "value": "x",
        "reason": "",
        "since": NOW,
        "erase_at": None,
        "erased": None,
    }
    return DeniedEntry(**{**values, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "after", "due"),
    [
        (_entry(), timedelta(hours=11, minutes=59), False),
        (_entry(), timedelta(hours=12), True),
        (_entry(erase_at=NOW), timedelta(0), True),
        (_entry(erased=NOW), timedelta(days=9), False),
    ],
)
def test_when_erasing_is_due(entry: DeniedEntry, after: timedelta, due: bool) -> None:
    """Twelve hours after the request, or when somebody said; once."""
    assert bool(find_due([entry], now=NOW + after)) == due
