"""What scripts add, in a real browser: the reader's own, keys, live news, reading offline; and reading without scripts."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LIVE = Path(__file__).parent.parent / "serve" / "live_portal.py"


def wait_for(browser: Any, expression: str, seconds: float = 20) -> Any:
    """Asks the page until the answer is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = browser.evaluate(expression)
        if value:
            return value
        time.sleep(0.1)
    raise AssertionError(expression)


@pytest.fixture
def fresh(browser: Any, portal: str) -> Iterator[str]:
    """A portal in whose store of the browser nothing is kept."""
    browser.open(portal)
    browser.evaluate("localStorage.clear()")
    yield portal
    browser.open(portal)
    browser.evaluate("localStorage.clear()")


def test_muted_outlet_keeps_the_story(browser: Any, fresh: str) -> None:
    """Muted on the story's page, an outlet is struck out everywhere; a story it shares stays, one of its own is folded."""
    browser.open(f"{fresh}/story/1")
    wait_for(browser, "document.querySelector('tr .mute') !== null")
    row = "[...document.querySelectorAll('table.coverage tbody tr')].find(r => r.textContent.includes('Ostbote'))"
    browser.evaluate(f"{row}.querySelector('.mute').click()")
    assert browser.evaluate(f"{row}.classList.contains('muted-row')")
    browser.open(fresh)
    wait_for(browser, "document.querySelector('.folded') !== null")
    assert browser.evaluate("document.querySelectorAll('article.card').length") == 7
    assert browser.evaluate("[...document.querySelectorAll('.folded')].map(c => c.dataset.story)") == ["4"]
    assert browser.evaluate("!document.querySelector('[data-story=\"1\"]').classList.contains('folded')")
    browser.open(f"{fresh}/mine")
    assert wait_for(browser, "document.querySelector('#muted-outlets bdi')?.textContent") == "Ostbote"
    browser.evaluate("document.querySelector('#muted-outlets button').click()")
    browser.open(fresh)
    assert browser.evaluate("document.querySelectorAll('.folded').length") == 0


def test_muted_word_folds_and_says_so(browser: Any, fresh: str) -> None:
    """A story with the word in its headline is folded to it, with the reason as a button that unfolds."""
    browser.evaluate(
        'localStorage.setItem("stemma", JSON.stringify({words: ["TRAMS", "<img src=x onerror=alert(1)>"]}))'
    )
    visit = browser.open(fresh)
    wait_for(browser, "document.querySelector('.folded') !== null")
    assert browser.evaluate("document.querySelector('.folded .lead').offsetHeight") == 0
    browser.evaluate("document.querySelector('.folded-note').click()")
    assert browser.evaluate("document.querySelectorAll('.folded').length") == 0
    browser.open(f"{fresh}/mine")
    wait_for(browser, "document.querySelectorAll('#muted-words bdi').length === 2")
    assert visit.dialogs == browser.visit.dialogs == 0
    assert browser.evaluate("document.querySelectorAll('img').length") == 0


def test_star_is_kept_and_listed(browser: Any, fresh: str) -> None:
    """A starred story is pressed on every page and listed among what is mine; read stories are paler."""
    browser.open(f"{fresh}/story/1")
    wait_for(browser, "document.querySelector('.story-head .star') !== null")
    browser.evaluate("document.querySelector('.story-head .star').click()")
    browser.open(fresh)
    wait_for(browser, "document.querySelector('[data-story=\"1\"].is-read') !== null")
    assert (
        browser.evaluate("document.querySelector('[data-story=\"1\"] .star').getAttribute('aria-pressed')")
        == "true"
    )
    browser.open(f"{fresh}/mine")
    assert wait_for(browser, "document.querySelector('#starred a')?.getAttribute('href')") == "/story/1"


def test_new_since_last_visit(browser: Any, fresh: str) -> None:
    """What came after the last visit is named at the head, marked in the coverage and said on the card; the rest is not."""
    browser.open(f"{fresh}/story/1")
    wait_for(browser, "JSON.parse(localStorage.stemma || '{}').seen?.['1'] === 6")
    assert browser.evaluate("document.querySelectorAll('.is-new, .new-since').length") == 0
    browser.evaluate("localStorage.setItem('stemma', JSON.stringify({seen: {1: 4, x: 'y'}}))")
    browser.open(fresh)
    assert wait_for(browser, "document.querySelector('.new-here')?.closest('article').dataset.story") == "1"
    assert browser.evaluate("document.querySelectorAll('.new-here').length") == 1
    browser.open(f"{fresh}/story/1")
    assert "Morning List" in wait_for(browser, "document.querySelector('.new-since')?.textContent")
    assert browser.evaluate(
        "[...document.querySelectorAll('.is-new')].map(r => r.dataset.article).sort()"
    ) == ["5", "6"]
    browser.open(f"{fresh}/story/1")
    wait_for(browser, "document.querySelector('.star') !== null")
    assert browser.evaluate("document.querySelectorAll('.is-new').length") == 0


def test_colours_and_size_stay(browser: Any, fresh: str) -> None:
    """Chosen once, before the first line of any later page is drawn."""
    browser.open(f"{fresh}/mine")
    wait_for(browser, "!document.querySelector('#mine').hidden")
    for name, value in (("theme", "dark"), ("size", "xl")):
        browser.evaluate(
            f"(() => {{ const s = document.querySelector('#set-{name}'); s.value = '{value}'; s.dispatchEvent(new Event('change')); }})()"
        )
    browser.open(f"{fresh}/about")
    assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"
    assert browser.evaluate("getComputedStyle(document.documentElement).fontSize") == "22px"


def test_keys_walk_and_can_be_off(browser: Any, fresh: str) -> None:
    """j and k go over the stories, s stars, / goes to the search, where letters are letters; turned off, nothing."""
    browser.open(fresh)
    wait_for(browser, "document.querySelector('.star') !== null")
    browser.press("j", 74)
    browser.press("j", 74)
    assert browser.evaluate("document.activeElement.getAttribute('href')") == "/story/2"
    browser.press("k", 75)
    assert browser.evaluate("document.activeElement.getAttribute('href')") == "/story/1"
    browser.press("s", 83)
    assert (
        browser.evaluate("document.querySelector('[data-story=\"1\"] .star').getAttribute('aria-pressed')")
        == "true"
    )
    browser.press("?", 191)
    assert browser.evaluate("document.querySelector('dialog.help').open")
    browser.evaluate("document.querySelector('dialog.help').close()")
    browser.press("/", 191)
    assert browser.evaluate("document.activeElement.id") == "q"
    browser.press("j", 74)
    assert browser.evaluate("document.querySelector('#q').value") == "j"
    browser.evaluate('localStorage.setItem("stemma", JSON.stringify({keys: false}))')
    browser.open(fresh)
    wait_for(browser, "document.querySelector('.star') !== null")
    browser.press("j", 74)
    assert browser.evaluate("document.activeElement.tagName") == "BODY"


def test_chosen_language_goes_along(browser: Any, fresh: str) -> None:
    """Chosen once, links carry it, without a cookie."""
    browser.open(f"{fresh}/?lang=de")
    wait_for(browser, "document.querySelector('nav.sections a').href.endsWith('lang=de')")
    browser.open(f"{fresh}/about")
    wait_for(browser, "document.querySelector('nav.sections a').href.endsWith('lang=de')")
    assert browser.evaluate("document.cookie") == ""


def test_news_is_said_and_nothing_jumps(browser: Any) -> None:
    """A new story and a change are said in one polite line; the page stays as it is until the reader asks."""
    process = subprocess.Popen(
        [sys.executable, str(LIVE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdin
        assert process.stdout
        address = process.stdout.readline().strip()
        visit = browser.open(address)
        wait_for(browser, "performance.getEntriesByType('resource').some(r => r.name.endsWith('live.js'))")
        time.sleep(1.5)
        process.stdin.write("change\n")
        process.stdin.flush()
        assert "1 new" in wait_for(browser, "document.querySelector('#news').textContent")
        assert browser.evaluate("document.querySelector('#news').getAttribute('aria-live')") == "polite"
        assert browser.evaluate("document.querySelectorAll('article.card').length") == 7
        browser.evaluate("document.querySelector('#news a').focus()")
        browser.follow()
        assert browser.evaluate("document.querySelector('.headline').textContent.trim()") == "A new story"
        assert visit.dialogs == 0
        started = time.monotonic()
        process.terminate()
        assert process.wait(timeout=10) == 0
        assert time.monotonic() - started < 5
    finally:
        process.kill()
        process.wait()


def test_last_edition_is_read_offline(browser: Any) -> None:
    """After one visit the front page and its stories open with the portal gone; what was not kept says so."""
    process = subprocess.Popen(
        [sys.executable, str(LIVE)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        address = process.stdout.readline().strip()
        browser.open(address)
        wait_for(browser, "navigator.serviceWorker.ready.then(r => Boolean(r.active))")
        wait_for(browser, "caches.open('edition').then(c => c.match('/story/1')).then(Boolean)")
        wait_for(browser, "caches.open('edition').then(c => c.match('/offline')).then(Boolean)")
        held = browser.evaluate(
            "caches.open('edition').then(c => c.keys()).then(k => k.map(r => new URL(r.url).pathname))"
        )
        assert not [path for path in held if path.startswith("/article")]
        process.terminate()
        process.wait(timeout=10)
        browser.open(f"{address}/story/1")
        assert "Tannet bridge closed" in browser.evaluate("document.querySelector('h1').textContent")
        assert browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(253, 253, 251)"
        browser.open(address)
        assert browser.evaluate("document.querySelectorAll('article.card').length") == 7
        browser.open(f"{address}/article/1")
        assert browser.evaluate("document.querySelector('h1').textContent") == "Not reachable"
    finally:
        process.kill()
        process.wait()


def test_pages_are_read_without_scripts(browser: Any, fresh: str) -> None:
    """With scripts off, every page shows its content and the search finds."""
    browser.set_scripts(False)
    try:
        for address, words in (
            ("/", "Tannet bridge"),
            ("/story/1", "Reports side by side"),
            ("/search?q=bridge", "Articles"),
        ):
            browser.open(fresh + address)
            assert words in browser.evaluate("document.body.innerText")
            assert browser.evaluate("document.querySelectorAll('.star').length") == 0
    finally:
        browser.set_scripts(True)
