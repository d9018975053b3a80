"""Flattened pages of invented outlets with their gold text: `tests/cases/flattened`."""

from __future__ import annotations

from pathlib import Path

import pytest

from stemma.extract import extract_article
from stemma.types import Article, ArticleId, Page

CASES = Path(__file__).parent.parent / "cases" / "flattened"
NAMES = sorted(p.name.removesuffix(".gold.txt") for p in CASES.glob("*.gold.txt"))


def read(name: str) -> Article:
    page = Page(id=ArticleId(name), kind="text", body=(CASES / f"{name}.txt").read_bytes())
    article = extract_article(page)
    assert isinstance(article, Article)
    return article


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_the_article_s_own_words(name: str) -> None:
    """Of each page the article's paragraphs are given, all of them and nothing else."""
    assert read(name).text == (CASES / f"{name}.gold.txt").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("aggregator", "Salt works at Ennis Point to reopen after eleven years"),
        ("tail_story", "Night ferry between Oran Bay and Selk to run all winter"),
        ("openings", None),
        ("edited_by", "Court orders Brasswick to publish its water records"),
        ("related_whole", "Glassworkers of Steck end their strike after nine days"),
        ("german", "Ostmark bekommt seinen Nachtbus zurück"),
        ("commented", "Mosses of the Varde valley survive two years without water"),
        ("french", "La dernière scierie de Valmer change de mains"),
    ],
)
def test_the_headline_is_the_page_s(name: str, title: str | None) -> None:
    """The headline is found among site names, mottoes and menus; where a page has none, none is made up."""
    assert read(name).title == title


@pytest.mark.parametrize(
    ("name", "embedded"),
    [
        ("tail_story", [("Under-19 final moved to the old stadium", None)]),
        ("openings", [(None, None), (None, None)]),
        (
            "related_whole",
            [
                ("Drought sends the price of hay to a record", "Lowmark Farmer"),
                ("Museum of clocks loses its oldest piece", "Pelham Courier"),
            ],
        ),
    ],
)
def test_other_stories_stand_apart(name: str, embedded: list[tuple[str | None, str | None]]) -> None:
    """Openings and whole articles of others are `embedded`, with title and outlet where the page gives them."""
    assert [(e.title, e.outlet) for e in read(name).embedded] == embedded


def test_people_places_and_days() -> None:
    """Bylines name people, a dateline is no part of the text, and a clock in the page's head dates nothing."""
    assert read("german").byline == ("Greta Lindhorst",)
    assert read("commented").byline == ("Noor Aalders",)
    assert read("french").byline == ("Odile Ferrand",)
    assert read("related_whole").dateline == "STECK"
    assert read("tail_story").published.stated is None
    assert (read("french").published.stated or "")[:10] == "2031-05-14"
    assert [image.credit for image in read("openings").images] == [
        "Lene Aas, Norvale Press Agency",
        "EPN / Ministry of Transport of Lowmark",
    ]


def line_page(*head: str, tail: tuple[str, ...] = ()) -> Article:
    """The body of one page under other heads."""
    body = (CASES / "edited_by.gold.txt").read_text(encoding="utf-8").strip()
    text = "\n".join((*head, body.replace("\n\n", "\n"), *tail))
    found = extract_article(Page(id=ArticleId("p"), kind="text", body=text.encode()))
    assert isinstance(found, Article)
    return found


TITLE = "Court orders Brasswick to publish its water records"


def test_a_byline_may_have_its_day_beside_it() -> None:
    """The day and the clock on a byline's line are no part of a name, and the day is found."""
    article = line_page(TITLE, "by Hanna Dorn - 06/30/31 11:35 AM ET")
    assert article.byline == ("Hanna Dorn",)
    assert article.published.day is not None
    assert article.published.day.isoformat() == "2031-06-30"


@pytest.mark.parametrize(
    ("notice", "outlet"),
    [
        ("© 2031 Harbour Herald. All rights reserved.", "Harbour Herald"),
        ("© 2031 EPA. All rights reserved.", None),
        ("© 2031 Nordkap Inc. All rights reserved.", None),
        ("Get the Android app", None),
    ],
)
def test_an_outlet_is_no_owner_of_pictures_and_no_company(notice: str, outlet: str | None) -> None:
    """A notice names the outlet; an agency, a company or a maker of telephones in it is none."""
    assert line_page(TITLE, tail=("", notice)).outlet == outlet


def test_a_section_glued_to_the_headline_is_cut() -> None:
    """ "Courts|The headline" is the headline."""
    assert line_page(f"Courts|{TITLE}", "By Hanna Dorn").title == TITLE
