"""A flattened page as lines: blanks counted, marks of renderers (bullets, heading signs, emphasis) set apart.

Knows how text renderers write (plain text lines, indented outlines, Markdown), not what a line means.
The lines go to `features` and `choose`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from stemma.extract.flat.prompts import weigh_prompts
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
        rows = _unwrap(rows)
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
            bare = _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", bare))
        bare = _SPACES.sub(" ", bare.replace("\u00ad", "")).strip()
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


def is_wrapped(rows: list[str]) -> bool:
    """Whether paragraphs were cut into rows of one width, as mail and old text files are."""
    lengths = [len(r) for r in rows if r.strip()]
    width = max(lengths, default=0)
    if not 40 <= width <= 100 or len(lengths) < 8:
        return False
    full = sum(1 for n in lengths if n > 0.8 * width)
    inner = [
        b.lstrip()
        for a, b in pairwise(rows)
        if len(a) > 0.8 * width and b.strip() and not a.rstrip().endswith((".", "!", "?", ":", "”", '"'))
    ]
    # Headlines of a list can be of one length; each of them begins anew.
    anew = sum(b[0].isupper() for b in inner)
    return full > 0.5 * len(lengths) and len(inner) > 0.4 * len(lengths) and anew < 0.7 * len(inner)


# ---------------------------------------------------------------- helpers

_BREAK = re.compile(r"\r\n?|\n|\u2028|\u2029|\x0b|\x0c")
_LONGEST_MARKED = 20_000
_SPACES = re.compile(r"\s+")
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


def _unwrap(rows: list[str]) -> list[str]:
    joined: list[str] = []
    width = max(len(r) for r in rows)
    for row in rows:
        if (
            joined
            and joined[-1].strip()
            and row.strip()
            and len(joined[-1].rsplit("\n", 1)[-1]) > 0.7 * width
        ):
            joined[-1] = f"{joined[-1]}\n{row}"
        else:
            joined.append(row)
    return [" ".join(r.split("\n")) for r in joined]
