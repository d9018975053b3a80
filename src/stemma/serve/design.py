"""Invented samples for the page of components: each piece of the portal once, in every state that matters.

Nothing here is news; the page says so. The pieces are drawn by the same code as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from stemma.serve.comparing import ComparedRow, Sheet
from stemma.serve.glance import CardGlance
from stemma.serve.tree import build_tree
from stemma.store.views import ArticleRow, ChangeView, CopyView, PlaceView, PublishedView, StoryRow

COLOURS = (
    "paper", "paper-2", "ink", "ink-2", "rule", "link", "dispute", "shift", "agree", "mark", "alone", "alone-after",
)  # fmt: skip
SIZES = ("first", "h1", "h2", "h3", "brief", "note", "small")
_SEEN = datetime(2031, 5, 14, 6, 30, tzinfo=UTC)
_NAMES = {1: "The First Gazette", 2: "Second Courier", 3: "Third Mirror"}


def build_samples() -> Mapping[str, object]:
    """The values of the page."""
    return {
        "colours": COLOURS,
        "sizes": SIZES,
        "row": _make_story(),
        "card": CardGlance(first=_NAMES[1], taken=1, section="City", differ=(_make_sheet("contradiction"),)),
        "sheets": (_make_sheet("revision"), _make_sheet("contradiction")),
        "tree": build_tree([_make_row(n) for n in _NAMES], _make_copies(), _NAMES),
    }


def _on(day: int) -> PublishedView:
    d = date(2031, 5, day)
    return PublishedView(stated=d.isoformat(), earliest=d, latest=d, basis=())


def _make_story() -> StoryRow:
    return StoryRow(
        story=1,
        title="A headline of the usual length, as an outlet wrote it",
        articles=(1, 2, 3),
        outlets=tuple(_NAMES.values()),
        newsrooms=2,
        first_seen=_SEEN,
        thread=None,
        published=PublishedView(stated=None, earliest=date(2031, 5, 12), latest=date(2031, 5, 14), basis=()),
        disagreements=1,
        lead="The first sentence of the brief stands here, with a number such as 14,000 and a name such as Ada Sample.",
        languages=("en",),
    )


def _make_row(number: int) -> ArticleRow:
    return ArticleRow(
        article=number,
        title=None,
        outlet=_NAMES[number],
        agency=None,
        url=None,
        source_url=None,
        language="en",
        genre="news",
        published=_on(11 + number),
        first_seen=_SEEN,
        words=200,
        excerpt="",
        why=(),
    )


def _make_copies() -> tuple[CopyView, ...]:
    changed = (ChangeView(kind="figure", detail="rounded", child=None, parent=None),)
    return (
        CopyView(child=1, parent=None, origin="An agency", kind="edited", direction="decided", containment=0.0, confidence=0.7, evidence=(), changes=()),
        CopyView(child=2, parent=1, origin=None, kind="edited", direction="decided", containment=0.8, confidence=0.9, evidence=(), changes=changed),
    )  # fmt: skip


def _make_sheet(relation: str) -> Sheet:
    label, meaning = {
        "revision": ("Revision", "Later reports give a newer count."),
        "contradiction": ("Contradiction", "The reports differ, and nothing in them says why."),
    }[relation]
    days = (12, 13, 14) if relation == "revision" else (12, 12, 12)
    rows = tuple(
        ComparedRow(
            name=name,
            value=str(value),
            of=None,
            said_by=None,
            as_of=None,
            place=PlaceView(article=n, start=0, end=2, words=str(value)),
            language="en",
            before="The reports count ",
            after=" of them.",
            bar=(value / 31 * 100, value / 31 * 100),
            low=value,
            high=value,
            day=date(2031, 5, day),
        )
        for (n, name), value, day in zip(_NAMES.items(), (23, 25, 31), days, strict=True)
    )
    return Sheet(about="things counted", relation=relation, label=label, meaning=meaning, rows=rows, scale=(0.0, 31.0), minor=False)  # fmt: skip
