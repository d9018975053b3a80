"""Journeys over a real store: search in any script, a story that is followed and changes, an error that is reported."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from test_own import wait_for

PORTAL = Path(__file__).parent.parent / "serve" / "store_portal.py"


@contextmanager
def _start() -> Iterator[tuple[str, Callable[[int], None]]]:
    """A portal over a store of its own, and what lets a story of it grow."""
    process = subprocess.Popen(
        [sys.executable, str(PORTAL)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin
    assert process.stdout
    address, pipe = process.stdout.readline().strip(), process.stdin

    def grow(story: int) -> None:
        pipe.write(f"{story}\n")
        pipe.flush()

    yield address, grow
    process.terminate()
    process.wait(timeout=15)


def _forget(browser: Any, address: str) -> None:
    browser.open(address)
    browser.evaluate("localStorage.clear()")


@pytest.fixture
def living(browser: Any) -> Iterator[tuple[str, Callable[[int], None]]]:
    """A portal of the test's own, and what lets a story of it grow."""
    with _start() as (address, grow):
        _forget(browser, address)
        yield address, grow


@pytest.fixture(scope="module")
def shared_portal() -> Iterator[str]:
    """A portal for all tests that change nothing in it."""
    with _start() as (address, _):
        yield address


@pytest.fixture
def standing(browser: Any, shared_portal: str) -> str:
    """The address of a portal that stays as it is; the browser has nothing kept from it."""
    _forget(browser, shared_portal)
    return shared_portal


def wait_until_listening(browser: Any) -> None:
    """Until the page has asked for news, and for a moment more."""
    end = time.monotonic() + 20
    while not any("/events" in url for url in browser.visit.requests):
        assert time.monotonic() < end
        browser.evaluate("new Promise(r => setTimeout(r, 100))")
    browser.evaluate("new Promise(r => setTimeout(r, 1500))")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("ferry", "Ferry service over the Tannet begins"),
        ("міст", "У Кленівці відкрили новий міст"),
        ("مكتبة", "افتتاح مكتبة جديدة في المدينة"),
        ("图书馆", "北河市新图书馆开放"),
        ("改修", "東浜駅の改修が始まる"),
    ],
)
@pytest.mark.parametrize("scripts", [True, False])
def test_search_in_any_script(browser: Any, standing: str, words: str, title: str, scripts: bool) -> None:
    """Typed into the box of the front page and sent with Enter, a word of any script finds its story and its article, the
    word marked in the text; the same with the page's scripts off."""
    browser.set_scripts(scripts)
    try:
        browser.open(standing, width=360 if scripts else 1440, dark=scripts)
        browser.set_scripts(True)
        browser.evaluate(
            f"document.querySelector('#q').focus(), document.querySelector('#q').value = '{words}'"
        )
        browser.set_scripts(scripts)
        browser.follow()
    finally:
        browser.set_scripts(True)
    assert browser.evaluate("new URLSearchParams(location.search).get('q')") == words
    found = browser.evaluate("[...document.querySelectorAll('main a')].map(a => a.textContent.trim())")
    assert title in found
    marked = browser.evaluate("[...document.querySelectorAll('main mark')].map(m => m.textContent)")
    assert words in marked
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_followed_story_is_seen_to_change(browser: Any, living: Any) -> None:
    """A story is followed; an article that joins it is said on another page while that is open and under what is mine, and
    no longer when the story was read again."""
    address, grow = living
    browser.open(f"{address}/story/1")
    wait_for(browser, "document.querySelector('.follow') !== null")
    browser.evaluate("document.querySelector('.follow').focus()")
    browser.press("Enter", 13)
    wait_for(browser, "document.querySelector('.follow').getAttribute('aria-pressed') === 'true'")
    browser.open(f"{address}/about")
    wait_until_listening(browser)
    grow(1)
    said = wait_for(browser, "document.querySelector('#news').textContent")
    assert "A story that you follow has changed:" in said
    assert browser.evaluate("document.querySelector('#news a').getAttribute('href')") == "/story/1"
    browser.open(f"{address}/mine")
    wait_for(browser, "document.querySelector('#followed .new-here') !== null")
    browser.open(f"{address}/story/1")
    assert "Outlet 6" in wait_for(browser, "document.querySelector('table.coverage').textContent")
    assert "Outlet 6" in wait_for(browser, "document.querySelector('.new-since')?.textContent")
    browser.open(f"{address}/mine")
    wait_for(browser, "document.querySelector('#followed a') !== null")
    assert browser.evaluate("document.querySelectorAll('#followed .new-here').length") == 0


def test_what_came_while_no_page_was_open_is_heard(browser: Any, living: Any) -> None:
    """A followed story grows while the reader is away; the next page that is opened says so."""
    address, grow = living
    browser.open(f"{address}/story/2")
    wait_for(browser, "document.querySelector('.follow') !== null")
    browser.evaluate("document.querySelector('.follow').click()")
    browser.open("about:blank")
    grow(3)
    grow(2)
    browser.open(f"{address}/about")
    assert "міст" in wait_for(browser, "document.querySelector('#news').textContent")
    assert browser.evaluate("document.querySelectorAll('#news a').length") == 1


def test_open_story_changes_while_it_is_read(browser: Any, living: Any) -> None:
    """The page says that it changed, stays as it is until asked, and then has the new article."""
    address, grow = living
    browser.open(f"{address}/story/4")
    wait_until_listening(browser)
    grow(4)
    assert "This story has changed." in wait_for(browser, "document.querySelector('#news').textContent")
    assert browser.evaluate("document.querySelectorAll('table.coverage tbody tr').length") == 1
    browser.evaluate("document.querySelector('#news a').focus()")
    browser.follow()
    assert browser.evaluate("document.querySelectorAll('table.coverage tbody tr').length") == 2


@pytest.mark.parametrize("scripts", [True, False])
def test_error_is_reported(browser: Any, living: Any, scripts: bool) -> None:
    """From the story's page by keyboard to the form, sent, and thanked for; the same with the page's scripts off."""
    address, _ = living
    browser.set_scripts(scripts)
    try:
        browser.open(f"{address}/story/1")
        browser.set_scripts(True)
        browser.evaluate("document.querySelector('.tail a[href^=\"/report\"]').focus()")
        browser.set_scripts(scripts)
        browser.follow()
        browser.set_scripts(True)
        browser.evaluate("document.querySelector('#report-words').value = 'The ferry began on Tuesday.'")
        browser.evaluate("document.querySelector('.report-form button').focus()")
        browser.set_scripts(scripts)
        browser.follow()
    finally:
        browser.set_scripts(True)
    assert "Thank you" in browser.evaluate("document.querySelector('main').textContent")


def test_languages_that_are_not_read_are_folded(browser: Any, standing: str) -> None:
    """With one language chosen, stories in others are folded to their headline and say why; with none, all are shown."""
    browser.open(f"{standing}/mine")
    wait_for(browser, "!document.querySelector('#mine').hidden")
    browser.evaluate(
        "(() => { const s = document.querySelector('#add-language'); s.value = 'en'; s.form.requestSubmit(); })()"
    )
    wait_for(browser, "document.querySelector('#read-languages bdi') !== null")
    browser.open(standing)
    wait_for(browser, "document.querySelector('.folded') !== null")
    assert browser.evaluate("document.querySelectorAll('.card').length") == 5
    assert browser.evaluate("document.querySelectorAll('.folded').length") == 4
    assert browser.evaluate("!document.querySelector('[data-story=\"1\"]').classList.contains('folded')")


def test_keys_can_be_other_ones(browser: Any, standing: str) -> None:
    """Another letter for "next" works at once, the old one no longer does, and one that is taken is not given twice."""
    browser.open(f"{standing}/mine")
    wait_for(browser, "!document.querySelector('#mine').hidden")
    change = "(() => {{ const f = document.querySelector('.keymap [data-key=\"{key}\"]'); f.value = '{to}'; f.dispatchEvent(new Event('change')); return f.value; }})()"
    assert browser.evaluate(change.format(key="j", to="n")) == "n"
    assert browser.evaluate(change.format(key="k", to="n")) == "k"
    browser.open(standing)
    wait_for(browser, "document.querySelector('.star') !== null")
    browser.press("j", 74)
    assert browser.evaluate("document.activeElement.tagName") == "BODY"
    browser.press("n", 78)
    assert browser.evaluate("document.activeElement.closest('article.card') !== null")
