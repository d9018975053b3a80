"""Whole flattened pages: what is the article, what is not, and what is said of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.extract.flat import extract_flat
from stemma.types import Article, ArticleId, Page, Rejected

BODY = [
    "The harbour bridge of Port Ellsay was closed on Tuesday after inspectors found cracks in two of its cables, the "
    "city's transport office said, cutting the old town off from the ferry terminal.",
    "Mayor Ines Okarro said the closure would last at least six weeks. “We will not gamble with lives,” Okarro told "
    "reporters beside the barriers on Wednesday.",
    "About 14,000 vehicles cross the bridge every day, according to the transport office. Most of them will now have to "
    "drive twenty kilometres around the bay.",
    "Engineers discovered the damage during a routine survey on Monday night. The bridge was built in 1961 and was last "
    "repaired nine years ago, when its deck was renewed.",
    "Ferries will run every ten minutes from Thursday, the harbour company said. Passengers will not need a ticket as "
    "long as the bridge remains closed to traffic.",
]
FROST = (
    "A late frost destroyed most of the apple blossom in the Varde valley, growers said. The cooperative of Lower Varde "
    "expects to lose seventy percent of its harvest, and insurers are preparing for a season of claims. Temperatures fell "
    "to minus six degrees in the night, the coldest since records began in the village, and orchards without sprinklers"
)
LIBRARY = (
    "The national library of Lowmark has bought the papers of the poet Ada Quill, who wrote about lighthouses all her life. "
    "Curators spent two winters drying the notebooks, which had been kept in a boathouse, and scholars from three countries "
    "have already asked to read them before the exhibition that opens next autumn in the"
)


def read(text: str, *, url: str | None = None, fetched: datetime | None = None) -> Article:
    article = extract_flat(text, page(url=url, fetched=fetched))
    assert isinstance(article, Article)
    return article


def page(*, url: str | None = None, fetched: datetime | None = None) -> Page:
    return Page(id=ArticleId("p"), kind="text", body=b"", url=url, fetched=fetched)


def test_a_headline_without_spaces_is_found_by_its_pairs_of_characters() -> None:
    """A long Japanese headline is one; a caption with the owner of its picture, and a menu's line, are none."""
    headline = "入り江の古い橋、ふた冬の間通行止めに　港の協議会が火曜日の夜に決定、渡し船は二十分おきに"
    text = "\n\n".join(
        [
            "トップ\nニュース\n会員登録はこちら",
            headline,
            "夕暮れの橋（港新聞社提供）",
            "入り江の古い橋について、港の協議会は火曜日の夜、ふた冬の間通行止めにすると決定した。潜水士の調査で、橋脚の一部が足場を失っていることが分かった。",
            "渡し船は朝六時から二十分おきに運航する。修理の費用は四百二十万と見積もられている。協議会の議長は「安全を約束できない」と話した。",
            "東岸の商店主らは客足を心配している。前回の通行止めの際には、四つの店が一年のうちに店を閉じた。",
        ]
    )
    assert read(text).title == headline.replace("\u3000", " ")


def test_comments_without_a_heading_are_no_text() -> None:
    """The line that names a reader and the moment of his comment ends the article, in one line or two, in any language."""
    comment = "I have driven over this bridge for thirty years, and nobody from the office ever came to look at its cables."
    for head in (
        "Jo Hale on May 3, 2031 at 6:30 pm said:",
        "1. Jo Hale says:\nMay 3, 2031 at 6:30 pm",
        "Jo Hale sagt:\n3. Mai 2031 um 18:30 Uhr",
    ):
        text = "\n\n".join(
            ["Port Ellsay closes its bridge", *BODY, head, comment, head, f"{comment} Never.", "Reply"]
        )
        assert read(text).text == "\n\n".join(BODY)


def test_what_somebody_said_at_a_moment_is_text() -> None:
    """A sentence that ends with a verb of speech and names no moment, and such a line before any text, end nothing."""
    asked = "“Will it hold?” a boy in the first row wanted to know from the mayor, and what she said:"
    text = "\n\n".join(["Port Ellsay closes its bridge", *BODY[:3], asked, *BODY[3:]])
    assert read(text).text.endswith(BODY[-1])


def test_an_aggregator_s_page_gives_the_article_alone() -> None:
    """Site name, motto, counts, source pointer, disclaimer and comment prompt are no part of the text."""
    text = "\n\n".join(
        [
            "Coast Leaflet\nNews from the shore.",
            "Port Ellsay closes its bridge",
            "0 73",
            *BODY,
            "Read original article here",
            "Disclaimer: Coast Leaflet collects news by machine from many papers. Trademarks belong to their respective "
            "owners. If you are the owner of the content shown above and object to it, write to us and it will be removed.",
            "Leave a comment",
        ]
    )
    article = read(text)
    assert article.text == "\n\n".join(BODY)
    assert (article.title, article.outlet) == ("Port Ellsay closes its bridge", "Coast Leaflet")
    assert article.language == "en"
    assert article.published.stated is None


def test_the_page_s_clock_is_no_date_of_publication() -> None:
    """A lone day above the headline that nothing supports is neither stated nor a bound."""
    text = "\n\n".join(["Sunday, May 12, 2024", "Port Ellsay closes its bridge", *BODY, "Source link"])
    published = read(text).published
    assert (published.stated, published.earliest, published.latest) == (None, date(1961, 1, 1), None)


def test_a_date_below_the_headline_is_stated() -> None:
    """A date line between headline and text is the day of publication."""
    text = "\n\n".join(["Port Ellsay closes its bridge", "By Tomas Hellgrin", "March 9, 2022", *BODY])
    article = read(text)
    assert article.published.stated == "2022-03-09"
    assert article.published.basis == ("visible",)
    assert article.byline == ("Tomas Hellgrin",)


def test_a_date_above_the_headline_counts_where_the_address_says_the_same() -> None:
    """Support from the address makes a day above the headline credible."""
    text = "\n\n".join(["Wednesday, March 9, 2022", "Port Ellsay closes its bridge", *BODY])
    assert read(text, url="https://gazette.example/2022/03/09/bridge").published.stated == "2022-03-09"


def test_the_archive_bounds_publication() -> None:
    """The clock of the archive is an upper bound with its own basis."""
    text = "\n\n".join(["Port Ellsay closes its bridge", *BODY])
    published = read(text, fetched=datetime(2024, 3, 3, tzinfo=UTC)).published
    assert (published.stated, published.latest) == (None, date(2024, 3, 3))
    assert "archive" in published.basis


def test_openings_of_other_stories_are_cut_off_and_kept_apart() -> None:
    """Long openings behind the article, cut in mid-sentence, are embedded stories, and picture credits are pictures."""
    text = "\n".join(
        [
            *BODY[:2],
            "Photo: AFP / Port Ellsay police",
            *BODY[2:],
            f"BITTER SPRING: Growers ask the government of the valley for loans after a night of frost {FROST}",
            f"LAST LINES: Notebooks of a poet come to the capital after two winters in a boathouse {LIBRARY}",
        ]
    )
    article = read(text)
    assert article.text == "\n\n".join(BODY)
    assert [e.text[:13] for e in article.embedded] == ["BITTER SPRING", "LAST LINES: N"]
    assert [i.credit for i in article.images] == ["AFP / Port Ellsay police"]
    assert article.title is None


def test_related_articles_keep_title_outlet_and_age() -> None:
    """A block of related articles gives stories of their own with headline, outlet and age."""
    text = "\n\n".join(
        [
            "Port Ellsay closes its bridge\n\nPort Ellsay closes its bridge",
            "The bridge on Monday evening. (EPA Images pic)",
            "PORT ELLSAY : " + BODY[0],
            *BODY[1:],
            "An AFP reporter saw divers under the bridge at noon.",
            "Comments\n\nNo comments yet...",
            "Related Articles",
            "Frost ruins the blossom of the Varde valley",
            "Varde Observer",
            "time24 minutes ago",
            "Frost ruins the blossom of the Varde valley",
            FROST + " were lost.",
            "DOWNLOAD THE APP",
            "Ready to dive in? Download Coastline app today from your preferred app store and start exploring.",
        ]
    )
    article = read(text)
    assert article.text.startswith("The harbour bridge of Port Ellsay")
    assert article.text.endswith("at noon.")
    assert (article.dateline, article.agency, article.outlet) == ("PORT ELLSAY", "AFP", "Coastline")
    assert article.images[0].credit == "EPA Images pic"
    (story,) = article.embedded
    assert (story.title, story.outlet, story.age) == (
        "Frost ruins the blossom of the Varde valley",
        "Varde Observer",
        "24 minutes ago",
    )


def test_a_byline_behind_the_text_is_no_text() -> None:
    """ "Edited by" under the text names a person, and an advertisement's label inside it is left out."""
    text = "\n\n".join(
        [
            "Port Ellsay closes its bridge",
            BODY[0],
            "- Advertisement -",
            *BODY[1:],
            "Edited By Lena Brandt\nCoast Times – Monitoring.",
            "This website uses cookies to improve your experience. Accept Read More",
        ]
    )
    article = read(text)
    assert article.text == "\n\n".join(BODY)
    assert (article.byline, article.outlet) == (("Lena Brandt",), "Coast Times")


@pytest.mark.parametrize("text", ["", "\n\n", "Home\nNews\nSport\nContact", "!!!", "0 1 2"])
def test_pages_without_an_article_are_rejected(text: str) -> None:
    """Menus and nothing at all are rejected as too short, not answered with an empty text."""
    rejected = extract_flat(text, page())
    assert isinstance(rejected, Rejected)
    assert rejected.reason == "too short"


LINE = st.sampled_from(
    [
        *BODY,
        FROST,
        "Share",
        "Photo: AFP",
        "By Ines Okarro",
        "March 9, 2022",
        "Related Articles",
        "* item",
        "# Head",
        "",
    ]
) | st.text(max_size=80)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINE, max_size=14))
def test_any_lines_give_an_answer_that_stands_on_the_page(lines: list[str]) -> None:
    """Any page gives an article or a rejection; the words of the text stand on the page, in lines of the page."""
    text = "\n".join(lines)
    article = extract_flat(text, page())
    if isinstance(article, Rejected):
        return
    known = "".join("".join(text.split()).replace("\u00ad", ""))
    for paragraph in article.text.split("\n\n"):
        assert "".join(paragraph.split()) in known
    if article.published.stated is not None:
        assert article.published.earliest == article.published.latest
        assert article.published.stated[:10] == str(article.published.earliest)
