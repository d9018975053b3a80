"""Pages in a real browser: nothing overflows, nothing is faint, nothing runs, and the keyboard is enough."""

from __future__ import annotations

from typing import Any

import pytest

ADDRESSES = (
    "/",
    "/story/1",
    "/article/1",
    "/article/5",
    "/search?q=bridge",
    "/disagreements",
    "/about",
    "/nowhere",
    "/latest",
    "/outlets",
    "/outlet?name=Norvale%20Gazette",
    "/people",
    "/person/ilse-marant",
    "/thread/1",
    "/mine",
    "/feeds",
    "/sections",
    "/sources",
    "/design",
    "/story/1?lang=ar",
    "/?lang=de",
)

# Text whose contrast with its ground is under 4.5:1 (3:1 for large text), by WCAG 2.2, 1.4.3.
FAINT = """
(() => {
  const parse = c => (c.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement, s = getComputedStyle(e), box = e.getBoundingClientRect();
    if (!walker.currentNode.data.trim() || box.width < 2 || box.height < 2 || s.visibility === 'hidden') continue;
    const ink = parse(e.closest('svg') ? s.fill : s.color), size = parseFloat(s.fontSize);
    const [a, b] = [light(ink), light(ground(e))].sort((x, y) => y - x);
    const wanted = size >= 24 || (size >= 18.66 && s.fontWeight >= 700) ? 3 : 4.5;
    if ((a + 0.05) / (b + 0.05) < wanted) faint.push(walker.currentNode.data.trim().slice(0, 40));
  }
  return faint;
})()
"""


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("dark", [False, True])
def test_page_fits_and_can_be_read(browser: Any, portal: str, address: str, width: int, dark: bool) -> None:
    """At both widths and in both schemes no page is wider than the screen, no text is faint, nothing is refused."""
    visit = browser.open(portal + address, width=width, dark=dark)
    assert browser.evaluate("document.documentElement.scrollWidth") <= width
    assert browser.evaluate(FAINT) == []
    ground = browser.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ground == "rgb(253, 253, 251)") is not dark
    assert all(url.startswith(portal) for url in visit.requests)
    assert [p for p in visit.problems if address != "/nowhere" or "404" not in p] == []


def test_citation_opens_in_place_and_leads_on(browser: Any, portal: str) -> None:
    """Enter on a citation shows the cited words below the sentence; its link brings them into view in their article."""
    browser.open(f"{portal}/story/1", width=360)
    browser.evaluate("document.querySelectorAll('.brief details.cite')[2].querySelector('summary').focus()")
    opened = "[...document.querySelectorAll('.cite blockquote')].filter(e => e.checkVisibility({contentVisibilityAuto: true}) && e.offsetHeight > 0)"
    assert browser.evaluate(f"{opened}.length") == 0
    browser.press("Enter", 13)
    assert browser.evaluate(f"{opened}.length") == 1
    words = browser.evaluate(f"{opened}[0].firstChild.textContent.trim()")
    browser.evaluate(f"{opened}[0].querySelector('a').focus()")
    browser.follow()
    assert browser.evaluate("document.querySelector('#mark').textContent") == words
    top = browser.evaluate(
        "new Promise(r => setTimeout(() => r(document.querySelector('#mark').getBoundingClientRect().top), 600))"
    )
    assert 0 <= top < 900


def test_skip_link_is_the_first_stop(browser: Any, portal: str) -> None:
    """The first Tab shows the way past the masthead."""
    browser.open(portal)
    browser.press("Tab", 9)
    assert browser.evaluate("document.activeElement.className") == "skip"
    assert browser.evaluate("document.activeElement.getBoundingClientRect().width") > 50


def test_tree_is_walked_with_the_keyboard(browser: Any, portal: str) -> None:
    """From the drawing's box, Tab goes from article to article in the order of the rows."""
    browser.open(f"{portal}/story/1")
    browser.evaluate("document.querySelector('.tree-box').focus()")
    names = []
    for _ in range(4):
        browser.press("Tab", 9)
        names.append(browser.evaluate("document.activeElement.querySelector('.node-name').textContent"))
    assert names == ["Norvale Gazette", "Pelham Courier", "The Kestrel", "Morning List"]
    assert "quotation reworded" in browser.evaluate("document.querySelector('[data-node=\"3\"]').textContent")
    browser.follow()
    assert browser.evaluate("location.pathname") == "/article/6"


def test_tree_is_walked_with_arrows(browser: Any, portal: str) -> None:
    """Right goes to what was made of a text, left back to what it was made from, down to the next row."""
    browser.open(f"{portal}/story/1")
    here = "document.activeElement.dataset.node"
    browser.evaluate("document.querySelector('[data-node=\"1\"]').focus()")
    for key, code, node in (("ArrowRight", 39, "2"), ("ArrowDown", 40, "3"), ("ArrowLeft", 37, "1")):
        browser.press(key, code)
        assert browser.evaluate(here) == node


def test_all_cited_words_open_at_once(browser: Any, portal: str) -> None:
    """The switch shows the cited words below each sentence, by keyboard too."""
    browser.open(f"{portal}/story/1")
    shown = "[...document.querySelectorAll('.cite blockquote')].filter(e => e.offsetHeight > 0).length"
    assert browser.evaluate(shown) == 0
    browser.evaluate("document.querySelector('#show-words').focus()")
    browser.press(" ", 32)
    assert browser.evaluate(shown) == 4


def test_no_payload_runs(browser: Any, start_portal: Any) -> None:
    """With a payload in every text, no script runs, no text breaks the page, nothing is asked of another host."""
    portal = start_portal("hostile")
    stories = [f"/{kind}/{n}" for kind in ("story", "article") for n in range(1, 10)]
    lists = (
        "/latest",
        "/outlets",
        "/outlet?name=Norvale%20Gazette",
        "/people",
        "/person/ilse-marant",
        "/thread/1",
        "/mine",
    )
    for address in ("/", *stories, *lists, "/disagreements", "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"):
        visit = browser.open(portal + address, width=360)
        assert browser.evaluate(
            "[...document.scripts].every(s => s.src.startsWith(location.origin + '/static/'))"
        )
        assert browser.evaluate("document.querySelectorAll('img, iframe, object, embed').length") == 0
        assert visit.dialogs == 0
        assert all(url.startswith(portal) for url in visit.requests), visit.requests
        assert browser.evaluate("document.documentElement.scrollWidth") <= 360, address
