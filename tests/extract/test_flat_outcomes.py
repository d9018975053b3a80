"""Flattened pages that are no article, and the reason given."""

from __future__ import annotations

import pytest

from stemma.extract import extract_article
from stemma.types import Article, ArticleId, Page, Reason, Rejected

HEADLINES = (
    "Bridge at Tannet closed for the winter", "Salt works at Ennis Point to reopen", "Night trams stay in Pelham until spring",
    "Glasshouse of 1888 opens its doors again", "Storm warning for the outer islands lifted", "Teachers in Ostmark walk out over pay",
    "Herring back in the bay after ten years", "Court orders city to publish water records", "Museum of clocks loses its oldest piece",
    "Hay dearer than ever in the south", "Ferry to Selk to run by night", "Handball cup final moves to old stadium",
    "Library buys papers of Ada Quill", "Frost takes the apple blossom of Varde",
)  # fmt: skip
MENU = "Home\nNews\nSport\nWeather\nContact"
SENTENCE = "The bridge of Tannet was closed on Monday night after inspectors found cracks in two of its piers, the city said."


def read(text: str) -> Article | Rejected:
    return extract_article(Page(id=ArticleId("p"), kind="text", body=text.encode()))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n".join((MENU, *HEADLINES, "Imprint")), "list page"),
        (f"{MENU}\n404 Not Found\nThe page that you asked for is not here any more. Try the search.", "error page"),
        (
            "Before you continue to Pelham Courier\nWe and our 212 partners store cookies on your device to show you "
            "advertising that fits. You can change your choice at any time.\nAccept all\nReject all\nMore options",
            "consent or challenge page",
        ),
        (
            "Checking your browser before you reach courier.example\nThis takes up to five seconds, and then the page "
            "that you asked for is shown by itself.\nRay ID 7c1",
            "consent or challenge page",
        ),
        (
            f"Bridge at Tannet closed for the winter\n{SENTENCE}\nSubscribe to continue reading\nAlready a subscriber? Log in",
            "paywall stub",
        ),
        (MENU, "too short"),
        ("", "too short"),
        ("\x00\x01\x02\x03" * 400, "not a text"),
    ],
)  # fmt: skip
def test_what_is_no_article_is_told_by_its_reason(text: str, reason: Reason) -> None:
    """Lists, errors, consent and challenge pages, stubs before a wall and pages without a text are rejected as such."""
    found = read(text)
    assert isinstance(found, Rejected), found
    assert found.reason == reason


def test_an_article_that_speaks_of_such_words_is_one() -> None:
    """Words of an error or a wall in or behind an article of some length reject nothing."""
    body = [
        SENTENCE,
        "“The site said 404 not found for an hour,” said the mayor, who wanted to read the plan.",
        SENTENCE[::-1][::-1],
    ]
    told = "\n".join(("Bridge at Tannet closed", *body, *(f"{s} It is paragraph {n}." for n, s in enumerate(body * 2)), "Already a subscriber? Log in"))  # fmt: skip
    assert isinstance(read(told), Article)
