"""A parsed page as blocks: runs of text that no block-level element interrupts, each with the elements above it.

One pass over the lexbor tree in document order, without recursion. Teasers and the article are all blocks; `features`
describes them and `body` chooses. Scripts, styles and form controls give no text, and what the page itself marks as its
menu (`nav`) or as the foot of the site is passed over: 38 % of all blocks and .04 % of the gold text of `extract/html`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass(slots=True)
class Element:
    """A block-level element: `parent` is its place in `Outline.elements` (-1 at the top), `hint` its class and id."""

    tag: str
    parent: int
    depth: int
    hint: str
    hidden: bool


@dataclass(slots=True)
class Block:
    """A run of text: white space folded, line ends only where the page has `<br>`.

    `element` is the place of the nearest block-level element in `Outline.elements`. `link`, `strong` count characters
    inside links and emphasis; `leap` counts the pictures and frames passed since the block before.
    """

    text: str
    element: int
    link: int
    links: int
    strong: int
    leap: int
    href: str | None
    inline_hint: str


@dataclass(slots=True)
class Outline:
    """All blocks of a page in document order and the elements that hold them.

    Not `complete` where the page has more than `MOST_TEXT`; the rest was not read. Not `shallow` where
    elements lie more than `DEEPEST` inside each other.
    """

    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    complete: bool = True
    shallow: bool = True


MOST_TEXT = 1_500_000
"""Characters of visible text; the longest page of the benchmark has 91,000."""
DEEPEST = 1_000
"""Open elements inside each other; ordinary pages stay under 60."""


def read_outline(tree: LexborHTMLParser) -> Outline:
    """The blocks of `body`, in document order."""
    reader = _Reader()
    if tree.body is not None:
        reader.read(tree.body)
    return reader.outline


# ---------------------------------------------------------------- helpers

INLINE = frozenset(
    str.split(
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt rb ruby s samp small span"
        " strike strong sub sup time tt u var wbr"
    )
)
_SKIPPED = frozenset(
    str.split(
        "script style noscript template svg iframe object embed canvas video audio select input button textarea head"
        " link meta math option datalist map area progress meter dialog applet frameset noframes"
    )
)
# A footer inside one of these belongs to a text: it may hold its date line.
_HOLDS_TEXT = frozenset({"article", "main", "blockquote", "section"})
_STRONG = frozenset({"b", "strong", "em", "i", "u", "big"})
_UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCREEN_READER = re.compile(
    r"sr-only|screen-?reader|visually-?hidden|visuallyhidden|offscreen|a11y-hidden", re.I
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RUN_OF_BREAKS = re.compile(r"\n\s*\n\s*")
_SPACES = re.compile(r"[^\S\n]+")


class _Reader:
    """The state of one pass: the element and inline elements that are open, and the text since the last flush."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.parts: list[str] = []
        self.link = self.links = self.strong = self.leap = 0
        self.in_link = self.in_strong = 0
        self.href: str | None = None
        self.around: str | None = None
        self.inline_hint = ""
        self.length = 0

    def read(self, body: LexborNode) -> None:
        elements = self.outline.elements
        elements.append(_element(body, "body", -1, elements))
        # (node, element index to return to, 1 link / 2 strong / 0 neither)
        stack: list[tuple[LexborNode, int, int]] = []
        at = 0
        node = body.child
        while True:
            descend: LexborNode | None = None
            if node is not None:
                tag = node.tag
                if tag == "-text":
                    words = node.text_content
                    if words and not words.isspace():
                        self._text(words)
                    elif words and self.parts:
                        self.parts.append(" ")
                elif tag in _SKIPPED or tag is None or tag[0] == "-":
                    self.leap += tag in ("iframe", "video", "object", "embed")
                elif tag == "br":
                    if self.parts:
                        self.parts.append("\n")
                elif tag == "img":
                    self.leap += 1
                elif tag in INLINE:
                    descend = node.child
                    if descend is not None:
                        mark = self._open_inline(node, tag)
                        if mark < 0:
                            descend = None
                        else:
                            stack.append((node, at, mark))
                            if len(stack) > DEEPEST:
                                self.outline.shallow = False
                                return
                elif tag == "nav" or (tag == "footer" and self._is_foot(at)):
                    self._flush(at)
                else:
                    self._flush(at)
                    descend = node.child
                    if descend is not None:
                        elements.append(_element(node, tag, at, elements))
                        stack.append((node, at, -1))
                        at = len(elements) - 1
                        if len(stack) > DEEPEST:
                            self.outline.shallow = False
                            return
                    elif tag == "hr":
                        self.leap += 1
                if descend is not None:
                    node = descend
                    continue
                node = node.next
            if node is None:
                if not stack:
                    break
                node, back, mark = stack.pop()
                if mark < 0:
                    self._flush(at)
                    at = back
                elif mark == 1:
                    self.in_link -= 1
                elif mark == 2:
                    self.in_strong -= 1
                node = node.next
        self._flush(0)

    def _is_foot(self, at: int) -> bool:
        """Whether an element inside the one at `at` is outside all articles and sections."""
        elements = self.outline.elements
        while at >= 0:
            if elements[at].tag in _HOLDS_TEXT:
                return False
            at = elements[at].parent
        return True

    def _open_inline(self, node: LexborNode, tag: str) -> int:
        """1 for a link, 2 for emphasis, 0 for the rest, -1 where its text is for nobody's eyes."""
        if tag == "a":
            self.links += 1
            self.in_link += 1
            self.around = node.attributes.get("href")
            if self.href is None:
                self.href = self.around
            return 1
        if tag in _STRONG:
            self.in_strong += 1
            return 2
        if tag == "span":
            hint = node.attributes.get("class")
            if hint:
                if _SCREEN_READER.search(hint):
                    return -1
                self.inline_hint = hint
        return 0

    def _text(self, text: str) -> None:
        self.length += len(text)
        if self.length > MOST_TEXT:
            self.outline.complete = False
            return
        self.parts.append(text.replace("\n", " ") if "\n" in text else text)
        if self.in_link:
            self.link += len(text.strip())
        if self.in_strong:
            self.strong += len(text.strip())

    def _flush(self, at: int) -> None:
        if not self.parts:
            return
        text = _fold("".join(self.parts))
        self.parts = []
        if text:
            pieces = _RUN_OF_BREAKS.split(text) if "\n" in text else [text]
            whole = max(1, len(text))
            for piece in pieces:
                if piece:
                    share = len(piece) / whole
                    self.outline.blocks.append(
                        Block(
                            text=piece,
                            element=at,
                            link=min(len(piece), round(self.link * share)),
                            links=self.links,
                            strong=min(len(piece), round(self.strong * share)),
                            leap=self.leap,
                            href=self.href,
                            inline_hint=self.inline_hint,
                        )
                    )
                    self.leap = 0
        self.link = self.links = self.strong = 0
        # A link may hold headings and paragraphs: all of them lead where it does.
        self.href = self.around if self.in_link else None
        self.inline_hint = ""


def _element(node: LexborNode, tag: str, parent: int, elements: list[Element]) -> Element:
    above = elements[parent] if parent >= 0 else None
    attributes = node.attributes
    hint, hidden = "", False
    if attributes:
        hint = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:200]
        style = attributes.get("style")
        hidden = (
            "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or (style is not None and _NOT_SHOWN.search(style) is not None)
        )
    return Element(
        tag=tag,
        parent=parent,
        depth=above.depth + 1 if above else 0,
        hint=hint,
        hidden=hidden or (above.hidden if above else False),
    )


def _fold(text: str) -> str:
    """White space folded to single spaces and line ends; soft hyphens and marks of direction gone."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(lines).strip("\n")
