"""What a page says of its author around the text: the signature that ends it, the note on who wrote it.

Both are told by a person's name alone: a last line that is one and is set apart by emphasis, or a last paragraph that
begins with the name of a byline and says what that person is or does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.extract.credits.byline import is_person


def cut_author_note(text: str, byline: Sequence[str]) -> str:
    """The text without last paragraphs that say who its authors are ("Ann Lee is a reporter in Paris.")."""
    while byline and (at := text.rfind("\n\n")) >= 0:
        last = text[at + 2 :].strip(" *–—-")
        if len(last) > _LONGEST_NOTE or not any(_is_note(last, name) for name in byline):
            break
        text = text[:at]
    return text


def is_signature(line: str) -> bool:
    """Whether a line is nothing but a person's name: a text may end with its author's."""
    return len(line) <= _LONGEST_NAME and is_person(line.strip(" .–—-()"))


# ---------------------------------------------------------------- helpers

_LONGEST_NOTE, _LONGEST_NAME = 600, 40
_IS = re.compile(
    r"(?:,[^,.]{3,80},)?\s+(?:is|are|was|has been|covers|writes|reports|works|joined|ist|sind|arbeitet|schreibt|berichtet|lebt|est|sont|écrit|travaille|"
    r"couvre|es|son|escribe|trabaja|cubre|è|sono|scrive|lavora|é|são|escreve|trabalha|is een|schrijft|werkt|jest|pisze|är|skriver|er|"
    r"je|píše|является|пишет|работает|adalah)\s",
)


def _is_note(paragraph: str, name: str) -> bool:
    if not paragraph.startswith(name) or " " not in name:
        return False
    return _IS.match(paragraph, len(name)) is not None
