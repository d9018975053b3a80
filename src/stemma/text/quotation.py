"""Where quotation marks open and close, in the habits of many languages.

Gives the places between a mark and its partner, marks included. Knows nothing of speakers; whether marked words are
somebody's statement is for the facts stage to say.
"""

from __future__ import annotations

import re

# opening mark -> marks that may close it (Unicode CLDR delimiters, and what papers really print)
_CLOSERS = {
    "“": '”"',
    "”": "”",
    "„": '“”"‟',
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    '"': '"”',
    "'": "'’",
    "''": "''",
    "``": "''",
    "‘‘": "’’",
}
_MARKS_OF = {mark: re.compile(f"[{mark}{closers}“]") for mark, closers in _CLOSERS.items() if len(mark) == 1}
_MARK = re.compile("[“”„«»‹›「『‘‚\"'`](?:(?<!\\w')|(?='))")
"""A mark that may open: any but an apostrophe inside or behind a word."""
_DOUBLED = frozenset({"''", "``", "‘‘"})
_SINGLE = frozenset({"'", "‘", "‚", "›", "‹"})
_ALWAYS_OPENS = frozenset("“„‚「『")
_BEFORE_OPENING = frozenset("([{—–-:;,/>“„«‘‚\"'…―¿¡|=*")
_ENDS = frozenset(".,!?;:…")
_LONGEST = 4_000
_LONGEST_SINGLE = 1_200


def find_quoted(text: str) -> list[tuple[int, int]]:
    """`(start, end)` of each marked run, marks included, outermost only, in order.

    Straight and single marks open only before a word and after a space, dash or bracket, and close only after a word
    or stop; an apostrophe is never a mark. A run that does not close within its paragraph ends with the paragraph if
    the next paragraph opens with the same mark (a quotation over several paragraphs), and is dropped otherwise.
    """
    found: list[tuple[int, int]] = []
    position = 0
    while match := _MARK.search(text, position):
        start, mark = match.start(), match.group()
        if text[start : start + 2] in _DOUBLED:
            mark = text[start : start + 2]
        position = start + len(mark)
        if mark == "`" or not _opens(text, start, mark):
            continue
        end = _close(text, start, mark)
        if end is not None:
            found.append((start, end))
            position = end
    return found


def _opens(text: str, at: int, mark: str) -> bool:
    if mark == "``":
        return True  # of typesetters and tokenised text, where a space may follow; it opens and never closes
    after = text[at + len(mark) : at + len(mark) + 1]
    if not after or (after.isspace() and mark not in "«„»"):
        return False
    before = text[at - 1 : at]
    if mark == "»" or mark == "›":
        return (not before or before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    if mark in _ALWAYS_OPENS:
        return True
    if mark in ("'", "”") and not (after.isalnum() or after in "“„«\"'…[(¿¡$"):
        return False
    return not before or before.isspace() or before in _BEFORE_OPENING


def _close(text: str, start: int, mark: str) -> int | None:
    closers = _CLOSERS[mark]
    single = mark in _SINGLE
    limit = min(len(text), start + (_LONGEST_SINGLE if single else _LONGEST))
    paragraph_end = text.find("\n", start, limit)
    stop = paragraph_end if paragraph_end != -1 else limit
    if len(mark) == 2:
        at = text.find(closers, start + 2, stop)
        if at != -1:
            return at + 2
    else:
        end = _close_one(text, start, stop, mark, closers)
        if end is not None:
            return end
    if paragraph_end != -1:
        following = text[paragraph_end : paragraph_end + 8].lstrip()
        if following.startswith(mark) and not single:
            return paragraph_end
    return None


def _close_one(text: str, start: int, stop: int, mark: str, closers: str) -> int | None:
    depth = 0
    doubtful: int | None = None
    for match in _MARKS_OF[mark].finditer(text, start + 1, stop):
        at, c = match.start(), match.group()
        if c == "“" == mark and _stands_behind(text, at):
            return at + 1  # “so few as this“, as some papers set it
        if (c == mark and mark not in closers) or (c == "“" and mark == '"'):
            depth += 1
        elif c in closers and _closes(text, at, mark):
            if depth > 0:
                depth -= 1
            elif mark in ("'", "‘") and _may_be_possessive(text, at):
                doubtful = doubtful or at + 1
            else:
                return at + 1
    return doubtful


def _stands_behind(text: str, at: int) -> bool:
    """Whether an opening mark stands where only a closing one can: behind a word or stop, before no word."""
    before, after = text[at - 1], text[at + 1 : at + 2]
    return (before.isalnum() or before in _ENDS) and not after.isalnum()


def _closes(text: str, at: int, mark: str) -> bool:
    before, after = text[at - 1], text[at + 1 : at + 2]
    if mark in "'‘‚":
        return not before.isspace() and not after.isalnum()
    if mark in '"':
        return not after.isalnum() or (not before.isspace() and before in _ENDS)
    return True


def _may_be_possessive(text: str, at: int) -> bool:
    """ "the workers' union": after s, before a space and a small letter."""
    return text[at - 1] == "s" and text[at + 1 : at + 2] == " " and text[at + 2 : at + 3].islower()
