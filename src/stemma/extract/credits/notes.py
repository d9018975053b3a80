"""What a page says of its author around the text: the signature that ends it, the note on who wrote it.

Both are told by a person's name alone: a last line that is one and is set apart by emphasis, or a last paragraph that
begins with the name of a byline and says what that person is or does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stemma.extract.credits.byline import is_person


def cut_author_note(text: str, byline: Sequence[str]) -> str:
    """The text without paragraphs near its end that say who its authors are ("Ann Lee is a reporter for The Gazette.").

    The person is of the byline, or is named nowhere before and writes for a living.
    """
    paragraphs = text.split("\n\n")
    start = max(1, len(paragraphs) - _NEAR_END)
    kept = paragraphs[:start]
    for paragraph in paragraphs[start:]:
        bare = paragraph.strip(" *–—-")
        if len(bare) <= _LONGEST_NOTE and (
            any(_is_note(bare, name) for name in byline) or _is_note_on_writer(bare, kept)
        ):
            continue
        kept.append(paragraph)
    return text if len(kept) == len(paragraphs) else "\n\n".join(kept)


def is_signature(line: str) -> bool:
    """Whether a line is nothing but a person's name: a text may end with its author's."""
    return len(line) <= _LONGEST_NAME and is_person(line.strip(" .–—-()"))


# ---------------------------------------------------------------- helpers

_LONGEST_NOTE, _LONGEST_NAME = 600, 40
_NEAR_END = 4
# "Ann Lee is a senior reporter for …", "Ann Lee ist freie Journalistin", "Ann Lee es periodista de …".
_WRITER = re.compile(
    r"(?P<name>[^\W\d_][^\W\d_.'’-]+(?: [A-Z]\.)?(?: [^\W\d_][\w.'’-]+){1,2}) (?:"
    r"(?:is|was) (?:an?|the|our)\b(?: [\w'’&.-]+){0,6}? (?:reporter|correspondent|journalist|columnist|editor|writer|producer|contributor|freelancer|bureau chief)\b"
    r"|ist (?:\w+ ){0,3}(?:Redakteur|Journalist|Korrespondent|Autor|Reporter|Volontär)(?:in)?\b|(?:schreibt|berichtet) (?:seit|für|über|als|aus)\b"
    r"|est (?:\w+ ){0,3}(?:journaliste|correspondante?|rédact(?:eur|rice)|reporter)\b"
    r"|es (?:\w+ ){0,3}(?:periodista|corresponsal|redactora?|reportera?)\b"
    r"|è (?:\w+ ){0,3}(?:giornalista|corrispondente|redattore|redattrice)\b"
    r"|é (?:\w+ ){0,3}(?:jornalista|correspondente|repórter|colunista)\b)"
)
_IS = re.compile(
    r"(?:,[^,.]{3,80},)?\s+(?:is|are|was|has been|covers|writes|reports|works|joined|ist|sind|arbeitet|schreibt|berichtet|lebt|est|sont|écrit|travaille|"
    r"couvre|es|son|escribe|trabaja|cubre|è|sono|scrive|lavora|é|são|escreve|trabalha|is een|schrijft|werkt|jest|pisze|är|skriver|er|"
    r"je|píše|является|пишет|работает|adalah)\s",
)


def _is_note(paragraph: str, name: str) -> bool:
    if not paragraph.startswith(name) or " " not in name:
        return False
    return _IS.match(paragraph, len(name)) is not None


def _is_note_on_writer(paragraph: str, before: Sequence[str]) -> bool:
    m = _WRITER.match(paragraph)
    if m is None or not is_person(m["name"]):
        return False
    surname = m["name"].rsplit(" ", 1)[-1]
    return not any(surname in earlier for earlier in before)
