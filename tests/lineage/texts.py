"""Invented texts for the lineage tests, and small ways to make articles of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from stemma.types import Article, ArticleId, Published

FIRE = (
    "A fire destroyed the old rope factory in Kelmar on Tuesday night, the fire brigade said. "
    "Flames were first seen by a night watchman at the harbour gate shortly before eleven. "
    "Sixteen people were taken to hospital with smoke poisoning, and two of them are in a serious condition.\n\n"
    '"We could only protect the houses next door from the heat," said fire chief Dora Velten. '
    "The roof of the main hall reportedly came down within a quarter of an hour. "
    "Mayor Tomas Rill promised quick help for the 48 families who had to leave their flats.\n\n"
    "Police have closed Quay Street and asked drivers to use the bridge at Sandholm instead. "
    "The damage may reach five million crowns, according to a first estimate of the insurers. "
    "The factory had stood empty since the ropeworks moved to Ostrava in the spring of last year."
)
MARKET = (
    "The council of Brennwald wants to move its weekly market to the car park behind the station. "
    "Traders fear that older customers will not walk that far with full bags. "
    "The present square will be dug up next month because a water main from the nineteenth century leaks. "
    "A vote is planned for the second week of June, the town clerk announced after the meeting."
)
COURT = (
    "A court in Lindau has sentenced a former bank clerk to three years in prison for fraud. "
    "She had moved customers' savings to an account of her sister over a period of six years. "
    "The judge said that the bank's controls had failed completely and for far too long. "
    "Her lawyer will decide within a week whether to appeal against the verdict."
)


def article(
    name: str, text: str, *, stated: str | None = None, outlet: str | None = None, **more: Any
) -> Article:
    """An English article of an outlet of its own; `stated` is its date of publication."""
    day = date.fromisoformat(stated[:10]) if stated else None
    return Article(
        id=ArticleId(name),
        text=text,
        language="en",
        outlet=outlet or f"The {name} Gazette",
        published=Published(stated=stated, earliest=day, latest=day),
        **more,
    )


def moment(text: str) -> datetime:
    """An aware time."""
    return datetime.fromisoformat(text)
