"""Where quotation marks open and close, in the habits of many languages.

Gives the places between a mark and its partner, marks included. Knows nothing of speakers; whether marked words are
somebody's statement is for the facts stage to say.
"""

from __future__ import annotations

import re

# opening mark -> marks that may close it (Unicode CLDR delimiters, and what papers really print)
_CLOSERS = {
    "“": '”“"',
    "„": '“”"‟',
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    '"': '"”',
    "'": "'’",
}
_MARK = re.compile("[“”„«»‹›「」『』‘’‚\"'‟]")
_LONGEST = 2_000


def find_quoted(text: str) -> list[tuple[int, int]]:
    """`(start, end)` of each marked run, marks included, outermost only, in order.

    Straight and single marks open only before a word and after a space or bracket, and close only after a word or
    stop; an apostrophe is never a mark. A run that does not close within its paragraph ends with the paragraph if the
    next paragraph opens with the same mark (a quotation over several paragraphs), and is dropped otherwise.
    """
    found: list[tuple[int, int]] = []
    position = 0
    while match := _MARK.search(text, position):
        start = match.start()
        position = start + 1
        mark = match.group()
        if mark not in _CLOSERS or not _opens(text, start, mark):
            continue
        end = _close(text, start, mark)
        if end is not None:
            found.append((start, end))
            position = end
    return found


def _opens(text: str, at: int, mark: str) -> bool:
    after = text[at + 1 : at + 2]
    if not after or (after.isspace() and mark not in "«„"):
        return False
    if mark in "“„‚「『":
        return True
    before = text[at - 1 : at]
    return not before or before.isspace() or before in "([{—–-:;,/>“„«‘‚\"'"


def _close(text: str, start: int, mark: str) -> int | None:
    closers = _CLOSERS[mark]
    limit = min(len(text), start + _LONGEST)
    paragraph_end = text.find("\n", start, limit)
    stop = paragraph_end if paragraph_end != -1 else limit
    depth = 0
    for at in range(start + 1, stop):
        c = text[at]
        if c == mark and mark not in closers:
            depth += 1
        elif c in closers and _closes(text, at, mark):
            if depth == 0:
                return at + 1
            depth -= 1
    if paragraph_end != -1:
        following = text[paragraph_end:].lstrip()[:1] if paragraph_end < len(text) else ""
        if following == mark and mark in '“„«"':
            return paragraph_end
    return None


def _closes(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark in "'‘‚" and text[at] in "'’‘":
        return not before.isspace() and not (after.isalnum())
    if mark == '"':
        return not before.isspace() or not after or after.isspace()
    return True
