"""Extraction: from a page as received to the text of one article with its fields and dates, or the reason why not.

Takes `Page`, gives `Article` or `Rejected`. Knows no other page, no clock and no table; executes nothing that a page
holds, and what it gives is plain text. What an outlet prints under all its articles is learned by `RepeatedLines`, which the
newsroom holds. Next: lineage and stories.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from stemma.extract.repeated import RepeatedLines
from stemma.extract.revisions import judge_revision

if TYPE_CHECKING:
    from stemma.extract.article import extract_article

__all__ = ["RepeatedLines", "extract_article", "judge_revision"]


def __getattr__(name: str) -> Any:
    """Loads the parsers for whoever extracts; a process that asks for dates and revisions alone is 17 MB smaller."""
    if name == "extract_article":
        return importlib.import_module("stemma.extract.article").extract_article
    raise AttributeError(name)
