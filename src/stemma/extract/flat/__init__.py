"""Flattened pages: the article of a page that somebody turned into lines of text before it came here.

Takes the characters of a page and the `Page`, gives an `Article` or `Rejected`. There are no tags left to go by: lines
are judged by their shape, their words and their neighbours, the tail by where another story begins. Other stories on
the page are kept apart, credits and captions are set apart, and a date counts only where the text supports it.
"""

from __future__ import annotations

from stemma.extract.flat.article import extract_flat

__all__ = ["extract_flat"]
