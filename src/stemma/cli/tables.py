"""Views as tables and text for a terminal. Text from outside is printed without control characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from stemma.store.views import PublishedView, StoryRow

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str | None) -> str:
    """Text that cannot move a terminal's cursor or turn its writing direction."""
    return _CONTROL.sub(" ", text or "")


def counted(number: int, noun: str) -> str:
    """ "1 article", "2 articles"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def story_table(rows: Sequence[StoryRow]) -> Table:
    """Title, outlets, articles, first seen, disagreements."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", show_edge=False, pad_edge=False)
    table.add_column("story", justify="right", no_wrap=True)
    table.add_column("title", ratio=1, overflow="fold")
    for name in ("outlets", "articles"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("first seen", no_wrap=True)
    table.add_column("disagreements", justify="right", no_wrap=True)
    for row in rows:
        table.add_row(
            str(row.story),
            Text(plain(row.title)),
            str(len(row.outlets)),
            str(len(row.articles)),
            f"{row.first_seen:%Y-%m-%d}",
            str(row.disagreements) if row.disagreements else "",
        )
    return table


def published_words(published: PublishedView) -> str:
    """The day, the interval, or that it is not known."""
    first, last = published.earliest, published.latest
    if published.stated and first:
        return first.isoformat()
    if first and last:
        return f"{first} – {last}" if first != last else first.isoformat()
    if first:
        return f"{first} or later"
    return f"{last} or earlier" if last else "not known"
