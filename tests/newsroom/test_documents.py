"""What several newsrooms link: counted by newsroom, under one name for all forms of an address, and never an outlet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.newsroom.desk import Newsroom, ReadPage
from stemma.newsroom.documents import find_documents, name_document
from stemma.newsroom.editor import edit_stale
from stemma.store import open_store
from stemma.types import Article, ArticleId, Reference

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
RULING = "https://court.example/rulings/2026-114.pdf"


def article(ident: str, *links: str, host: str | None = None, text: str = "The ruling is public.") -> Article:
    return Article(
        id=ArticleId(ident),
        text=text,
        url=f"https://{host or ident + '.example'}/1",
        links=tuple(Reference(url=url, start=4, end=10) for url in links),
    )


def voices(*groups: str) -> list[list[ArticleId]]:
    return [[ArticleId(c) for c in group] for group in groups]


def test_two_newsrooms_make_a_document() -> None:
    """The address that two independent newsrooms link is named, with the words of both; what one links alone is not.
    Marks of campaigns are not handed on."""
    found = find_documents(
        [
            article("a", RULING + "?utm_source=a&fbclid=1", "https://alone.example/x"),
            article("b", RULING + "?utm_source=b#p3"),
        ],
        voices("a", "b"),
    )
    assert [d.address for d in found] == [RULING]
    assert [(s.article, s.start, s.end) for s in found[0].places] == [("a", 4, 10), ("b", 4, 10)]


def test_reprints_are_one_newsroom() -> None:
    """However many articles of one voice link it, it is linked by one."""
    assert find_documents([article("a", RULING), article("b", RULING)], voices("ab")) == ()


def test_an_article_outside_of_all_voices_does_not_count() -> None:
    """Opinion and press releases are no reports: their links are no evidence."""
    assert find_documents([article("a", RULING), article("b", RULING)], voices("a")) == ()


@pytest.mark.parametrize("other", ["https://c.example/report", "https://news.c.example/report"])
def test_outlets_of_the_story_are_no_documents(other: str) -> None:
    """Two that link a third's report, on whichever host of its site, name a source and no document."""
    members = [article("a", other), article("b", other), article("c", host="www.c.example")]
    assert find_documents(members, voices("a", "b", "c")) == ()


@pytest.mark.parametrize(
    "form",
    [
        "http://www.court.example/rulings/2026-114.pdf",
        "https://court.example/rulings/2026-114.pdf?utm_source=paper&fbclid=1",
        "https://m.court.example/rulings/2026-114.pdf#page=3",
        "https://court.example/rulings/2026-114.pdf/",
        "https://court-example.cdn.ampproject.org/c/s/court.example/rulings/2026-114.pdf",
        "https://www.google.com/amp/s/court.example/rulings/2026-114.pdf",
        "https://court.example/rulings/2026-114.pdf?outputType=amp",
        "https://court.example/rulings/2026-114.pdf/amp/",
    ],
)
def test_one_document_has_one_name(form: str) -> None:
    """Scheme, www, campaigns, fragments, pages for telephones and AMP make no other document."""
    assert name_document(form) == name_document(RULING) == RULING


def test_a_recording_has_one_name() -> None:
    """A video's short address and its page are one; another video is another."""
    assert name_document("https://youtu.be/abc?t=9") == name_document(
        "https://www.youtube.com/watch?v=abc&list=2"
    )
    assert name_document("https://www.youtube.com/watch?v=abd") != name_document("https://youtu.be/abc")


@pytest.mark.parametrize(
    "address",
    [
        "https://court.example/", "http://court.example", "javascript:alert(1)", "mailto:a@court.example",
        "http://127.0.0.1/admin", "http://192.168.1.1/reboot", "http://[::1]/x", "http://localhost/x", "http://nas/x",
        "http://printer.local/x", "https://twitter.com/paper", "https://twitter.com/intent/tweet?url=x",
        "https://www.facebook.com/sharer/sharer.php?u=x", "https://www.youtube.com/@paper", "https://x.com:bad/a",
        "http://169.254.169.254/latest/meta-data", "https://www.google.com/amp/s/127.0.0.1/admin",
        "https://a.cdn.ampproject.org" + "/c/s/a.cdn.ampproject.org" * 3_000 + "/c/s/court.example/x",
    ],
)  # fmt: skip
def test_what_is_no_document(address: str) -> None:
    """Front pages, profiles, buttons to share, and what nobody outside can reach or should be led to."""
    assert name_document(address) is None


@given(st.text(max_size=60), st.text(alphabet="abc/.-?&=%:@[]#", max_size=40))
def test_naming_twice_changes_nothing(host: str, path: str) -> None:
    """Whatever a page writes as an address, naming does not fail, and a name is its own name."""
    for address in (host, f"https://{host}/{path}", f"https://a.example/{path}"):
        named = name_document(address)
        assert named is None or name_document(named) == named


def test_a_story_keeps_its_documents(tmp_path: Path) -> None:
    """From read pages to the story's view; withheld with an article, and with an address of its own."""
    store = open_store(tmp_path / "stemma.db")
    texts = (
        "The Varde court closed the harbour bridge of Port Ellsay on Tuesday, and the ruling names two cracked cables.",
        "Port Ellsay loses its harbour bridge: judges of the Varde court wrote on Tuesday that two cables are cracked.",
        "Judges at the Varde court shut Port Ellsay harbour bridge Tuesday over cracked cables, to drivers' anger there.",
    )
    pages = [
        ReadPage(
            digest=str(n), name=str(n), url=f"https://outlet{n}.example/1", fetched=None, read_at=NOW,
            outcome=Article(
                id=ArticleId(str(n)), text=text, title="Varde court closes Port Ellsay harbour bridge", outlet=f"Outlet {n}",
                language="en", url=f"https://outlet{n}.example/1", links=(Reference(url=RULING, start=4, end=15),),
            ),
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip
    Newsroom(store).take(pages)
    assert list(edit_stale(store))[-1] == 0
    (story,) = store.find_stories(limit=9)
    (document,) = store.get_story(story.story).documents
    assert document.address == RULING
    assert [place.words for place in document.places] == [text[4:15] for text in texts]
    store.deny("outlet", "Outlet 0", reason="asked", since=NOW)
    (document,) = store.get_story(story.story).documents
    assert [place.article for place in document.places] == [2, 3]
    store.deny("address", "https://court.example/", reason="asked", since=NOW)
    assert store.get_story(story.story).documents == ()
