"""Views as JSON: every key as it is called in `store/views.py`, days and times as ISO 8601, numbers without ".0"."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any

from stemma.store.listings import SearchHit
from stemma.store.views import StoryRow
from stemma.wire import Line, number


def view_line(view: Any) -> Line:
    """Any view as an object of JSON."""
    return {field.name: _plain(getattr(view, field.name)) for field in dataclasses.fields(view)}


def story_row_line(row: StoryRow) -> Line:
    """One line of `stemma show stories --json`: what the reference promises first, then the rest."""
    line = view_line(row)
    first = ("story", "title", "articles", "outlets", "newsrooms", "first_seen", "thread")
    return {**{key: line[key] for key in first}, **line}


def hit_line(hit: SearchHit) -> Line:
    """One line of `stemma search --json`; the marks around words found are taken out of the snippet."""
    line = view_line(hit)
    line["snippet"] = hit.snippet.replace("\ue000", "").replace("\ue001", "")
    return line


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return view_line(value)
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return number(value) if isinstance(value, float) else value
