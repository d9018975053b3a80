"""Credit lines: who wrote, which agency or paper a text was taken from, whose picture, which source, what genre.

All of it is read from lines and words that the page prints for readers, the same for web pages and flattened text.
Each answer says where it stood. Nothing is guessed from style, and what is only cited ("told Reuters") is no credit.
"""

from __future__ import annotations

from stemma.extract.credits.agency import Credit, cut_signature, find_agency, is_wired
from stemma.extract.credits.byline import Byline, cut_byline, is_person, parse_byline
from stemma.extract.credits.dateline import Dateline, find_dateline
from stemma.extract.credits.eastern import cut_editors, find_eastern_byline
from stemma.extract.credits.genre import find_genre, find_source_line
from stemma.extract.credits.names import PAPER_NAME
from stemma.extract.credits.notes import cut_author_note, is_signature
from stemma.extract.credits.photo import PhotoLine, split_photo_line

__all__ = [
    "PAPER_NAME",
    "Byline",
    "Credit",
    "Dateline",
    "PhotoLine",
    "cut_author_note",
    "cut_byline",
    "cut_editors",
    "cut_signature",
    "find_agency",
    "find_dateline",
    "find_eastern_byline",
    "find_genre",
    "find_source_line",
    "is_person",
    "is_signature",
    "is_wired",
    "parse_byline",
    "split_photo_line",
]
