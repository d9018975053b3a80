"""A flattened page as lines: blanks counted, marks of renderers (bullets, heading signs, emphasis) set apart.

Knows how text renderers write (plain text lines, indented outlines, Markdown), not what a line means.
The lines go to `features` and `choose`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from stemma.extract.flat.prompts import weigh_prompts
from stemma.extract.wrapped import is_wrapped, unwrap
from stemma.text.tokens import split_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line with words: `text` is what a reader sees, `words` are lower-case, `prompts` as `weigh_prompts` gives them.

    `blanks` are the empty lines before it, `indent` its leading blanks, `mark` the renderer's sign before it: "*" for
    an item of a list, "#" for a heading, ">" for a quotation, "" for none. Dashes and numbers before a line are kept in
    its text (they may open a quotation) and give the mark "-".
    """

    text: str
    words: list[str]
    prompts: list[int]
    blanks: int
    indent: int
    mark: str


MAX_LINES = 20_000
"""Lines that are read of one page; the longest page of the benchmark has some 2,400."""


def split_lines(text: str) -> list[Line]:
    """The lines of a page that hold at least one letter or digit, in order."""
    rows = [r.rstrip() for r in _BREAK.split(text)]
    if is_wrapped(rows):
        rows = unwrap(rows)
    markdown = _is_markdown(rows)
    lines: list[Line] = []
    blanks = 0
    for row in rows:
        bare = row.strip()
        if not bare:
            blanks += 1
            continue
        mark = ""
        if m := _MARK.match(bare):
            mark = _KINDS[m[1][0]]
            if mark != "-":
                bare = bare[m.end() :]
        if markdown and len(bare) < _LONGEST_MARKED:
            if "](" in bare:
                bare = _LINK.sub(r"\1", bare)
            if "*" in bare or "_" in bare:
                bare = _EMPHASIS.sub(r"\2", bare)
        bare = " ".join(bare.replace("\u00ad", "").split())
        words = split_words(bare)
        if not words:
            blanks += 1
            continue
        lines.append(
            Line(
                text=bare,
                words=words,
                prompts=weigh_prompts(words),
                blanks=blanks,
                indent=len(row) - len(row.lstrip()),
                mark=mark,
            )
        )
        blanks = 0
        if len(lines) == MAX_LINES:
            break
    return lines


# ---------------------------------------------------------------- helpers

_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0b|\x0c")
_LONGEST_MARKED = 20_000
_MARK = re.compile(r"(#{1,6}|[*+•·▪●‣◦–—-]|>+|\d{1,2}\.)[ \t]+(?=\S)")
_KINDS = {"#": "#", ">": ">"} | dict.fromkeys("*+•·▪●‣◦", "*") | dict.fromkeys("–—-0123456789", "-")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*\*|__|\*|_)(?=[^\s*_])(.{1,400}?)(?<=[^\s*_])\1(?![\w*_])")
_LINK = re.compile(
    r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,500}(?:\s\"[^\"]{0,300}\")?\)"
)


def _is_markdown(rows: list[str]) -> bool:
    signs = sum(1 for r in rows if r.lstrip().startswith(("# ", "## ", "### ", "* **", "**", "!["))) + sum(
        1 for r in rows if "](" in r
    )
    return signs >= 2
