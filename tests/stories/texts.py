"""Invented news for the tests of grouping: no outlet, person, company or place here exists."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from stemma.types import Article, ArticleId, Published

NOON = datetime(2031, 5, 5, 12, tzinfo=UTC)


def make_article(
    ident: str,
    title: str | None,
    text: str,
    *,
    hours: float | None = 0.0,
    day: date | None = None,
    seen: datetime | None = None,
    outlet: str = "Invented Courier",
) -> Article:
    """An article `hours` after noon of the first day; undated where `hours` is None and no `day` is given."""
    published = Published()
    if day is not None:
        published = Published(stated=day.isoformat(), earliest=day, latest=day)
    elif hours is not None:
        moment = NOON + timedelta(hours=hours)
        published = Published(stated=moment.isoformat(), earliest=moment.date(), latest=moment.date())
    return Article(
        id=ArticleId(ident),
        title=title,
        text=text,
        published=published,
        first_seen=seen,
        outlet=outlet,
        language="en",
    )


FERRY = [
    (
        "Ferry Santa Brisa runs aground off Calanova",
        "The ferry Santa Brisa ran aground on a reef off Calanova early on Monday with 214 passengers on board, the "
        "coast guard said. Lifeboats brought all passengers to the harbour of Porto Lume. Captain Ilario Venn told "
        "investigators that the steering had failed minutes before. The ferry belongs to the Ostrava Line.",
    ),
    (
        "214 rescued after ferry hits reef near Calanova",
        "All 214 passengers of the ferry Santa Brisa were rescued on Monday after the ship struck a reef near Calanova. "
        "The coast guard of Porto Lume said nobody was hurt. The captain, Ilario Venn, spoke of a failure of the "
        "steering. The Ostrava Line, which owns the ferry, promised help to the passengers.",
    ),
    (
        "Captain blames steering for Calanova ferry accident",
        "Ilario Venn, captain of the Santa Brisa, has blamed a failed steering gear for the accident in which the ferry "
        "ran onto a reef off Calanova. Investigators of the coast guard in Porto Lume examine the ship of the Ostrava "
        "Line. The 214 passengers had been taken off by lifeboats.",
    ),
]
VOTE = [
    (
        "Parliament of Tesmark rejects water levy",
        "The parliament of Tesmark voted on Monday against the water levy that finance minister Oda Krell had proposed. "
        "The bill failed by 61 votes to 48. Farmers in the Hallin valley had protested for weeks against the levy. Krell "
        "said she would present another draft in autumn.",
    ),
    (
        "Water levy fails in Tesmark as farmers cheer",
        "Farmers from the Hallin valley celebrated after lawmakers in Tesmark rejected a levy on water by 61 votes to 48. "
        "Finance minister Oda Krell, who had proposed it, announced a new draft for autumn. The parliament debated for "
        "nine hours.",
    ),
]


def earnings(company: str, shr: int, net: int, revs: float) -> tuple[str, str]:
    """A quarterly report as newswires print them: the same words for every company."""
    return (
        f"{company.upper()} 1ST QTR NET",
        f"Shr {shr} cts vs {shr - 2} cts Net {net:,} vs {net * 9 // 10:,} Revs {revs:.1f} mln vs {revs * 0.93:.1f} mln NOTE: Results "
        f"include gain of {net // 13:,} dlrs from sale of assets. Full name of company is {company} Inc.",
    )


STORM = (
    "Hailstorm breaks greenhouses in the Orrin lowlands",
    "Hail the size of walnuts broke some 900 greenhouses in the Orrin lowlands on Sunday evening, the growers' union said. Its "
    "chairwoman, Beatke Halm, put the loss at 14 million crowns and asked the ministry in Tesmark for an emergency fund. "
    "Nobody was hurt, but the tomato harvest of four villages is gone. Insurers expect claims into the autumn.",
)
