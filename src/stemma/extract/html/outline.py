"""A parsed page as blocks: runs of text that no block-level element interrupts, each with the elements above it.

One pass over the lexbor tree in document order, without recursion. Teasers and the article are all blocks; `features`
describes them and `body` chooses. Scripts, styles and form controls give no text, and what the page itself marks as its
menu (`nav`) or as the foot of the site is passed over: 38 % of all blocks and .04 % of the gold text of `extract/html`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.extract.unseen import drop_unseen


@dataclass(slots=True)
class Outline:
    """All blocks of a page in document order and the block-level elements that hold them, both as columns.

    Of elements: `tags`, `parents` (place of the element above, -1 at the top), `depths`, `hints` (class and id), `hidden`,
    and `starts`, `ends`: the half-open range of the blocks inside. Only elements with text are here, in document order.
    Of blocks: `texts` (white space folded, line ends only where the page has `<br>`), `holders` (place of the nearest
    element), `link`, `strong` (characters in links and in emphasis), `links`, `leaps` (pictures and frames since the
    block before), `hrefs`, `inline_hints`. `anchors` are the links to whole addresses, with their elements. Not `complete` where the page has more than `MOST_TEXT`; the rest was not
    read. Not `shallow` where elements lie more than `DEEPEST` inside each other.
    """

    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    depths: list[int] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    hidden: list[bool] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    texts: list[str] = field(default_factory=list)
    holders: list[int] = field(default_factory=list)
    link: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    leaps: list[int] = field(default_factory=list)
    hrefs: list[str | None] = field(default_factory=list)
    inline_hints: list[str] = field(default_factory=list)

    anchors: list[tuple[str, LexborNode]] = field(default_factory=list)

    complete: bool = True
    shallow: bool = True

    def __len__(self) -> int:
        """The number of blocks."""
        return len(self.texts)


MOST_TEXT = 1_500_000
"""Characters of visible text; the longest page of the benchmark has 91,000."""
DEEPEST = 1_000
"""Open elements inside each other; ordinary pages stay under 60."""


def read_outline(tree: LexborHTMLParser) -> Outline:
    """The blocks of `body`, in document order."""
    reader = _Reader()
    if tree.body is not None:
        reader.read(tree.body)
    return reader.finish()


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
_FRAMES = frozenset({"iframe", "video", "object", "embed"})
# A footer inside one of these belongs to a text: it may hold its date line.
_HOLDS_TEXT = frozenset({"article", "main", "blockquote", "section"})
_STRONG = frozenset({"b", "strong", "em", "i", "u", "big"})
# The bare number of a footnote would be read as part of the word or figure before it.
_NOTE_MARK = re.compile(r"\s*(?:\d{1,3}|[*†‡])\s*")
_SCREEN_READER = re.compile(
    r"sr-only|screen-?reader|visually-?hidden|visuallyhidden|offscreen|a11y-hidden", re.I
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_RUN_OF_BREAKS = re.compile(r"\n\s*\n\s*")
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")

_TEXT, _SKIP, _BREAK, _PICTURE, _LINK, _EMPHASIS, _SPAN, _INLINE, _NAV, _FOOTER, _BLOCK = range(11)
_KINDS = (
    dict.fromkeys(INLINE, _INLINE)
    | dict.fromkeys(_STRONG, _EMPHASIS)
    | dict.fromkeys(_SKIPPED, _SKIP)
    | {"br": _BREAK, "img": _PICTURE, "a": _LINK, "span": _SPAN, "nav": _NAV, "footer": _FOOTER}
)


def _number_kinds() -> dict[int, int]:
    """The kinds by lexbor's numbers of the tags: to ask for a number costs half as much as for a name."""
    tree = LexborHTMLParser("<body>text</body>")
    numbers = {tree.create_node(tag).tag_id: kind for tag, kind in _KINDS.items()}
    text = tree.body.child if tree.body is not None else None
    assert text is not None
    # Before the elements come the numbers of text, comment, doctype and the like.
    return dict.fromkeys(range(_FIRST_ELEMENT), _SKIP) | numbers | {text.tag_id: _TEXT}


_FIRST_ELEMENT = 6
_KIND_OF_NUMBER = _number_kinds()
_FRAME_NUMBERS = frozenset(LexborHTMLParser("").create_node(tag).tag_id for tag in _FRAMES)
_RULE_NUMBER, _PRE_NUMBER = (LexborHTMLParser("").create_node(tag).tag_id for tag in ("hr", "pre"))


_Row = tuple[str, int, int, int, int, int, str | None, str]
"""The columns of one block, in the order of `Outline`."""


class _Reader:
    """The state of one pass: the elements that are open, and the text since the last flush.

    An element becomes a row of the outline with the first text inside it: a page has twice as many as hold any.
    """

    def __init__(self) -> None:
        self.outline = Outline()
        self.parts: list[str] = []
        self.rows: list[_Row] = []
        self.elements: list[tuple[str, int, int, str, bool, int]] = []
        self.ends: list[int] = []
        self.open: list[LexborNode] = []
        self.places: list[int] = []
        self.link = self.links = self.strong = self.leap = 0
        self.in_link = self.in_strong = 0
        self.href: str | None = None
        self.around: str | None = None
        self.inline_hint = ""

    def read(self, body: LexborNode) -> None:
        kind_of, parts, opened, places = _KIND_OF_NUMBER.get, self.parts, self.open, self.places
        opened.append(body)
        # node and the kind that it was opened as, to go on behind it
        stack: list[tuple[LexborNode, int]] = []
        length = 0
        node = body.child
        while True:
            if node is None:
                if not stack:
                    break
                node, kind = stack.pop()
                if kind == _BLOCK:
                    if parts:
                        self._flush()
                    opened.pop()
                    if len(places) > len(opened):
                        self.ends[places.pop()] = len(self.rows)
                elif kind == _LINK:
                    self.in_link -= 1
                elif kind == _EMPHASIS:
                    self.in_strong -= 1
                node = node.next
                continue
            kind = kind_of(node.tag_id, _BLOCK)
            if kind == _TEXT:
                if node.is_empty_text_node:
                    if parts:
                        parts.append(" ")
                elif words := node.text_content:
                    if not words.isspace():
                        length += len(words)
                        if length > MOST_TEXT:
                            self.outline.complete = False
                            break
                        if "\n" in words:
                            wrapped = opened[-1].tag_id == _PRE_NUMBER
                            words = _unwrap(words) if wrapped else words.replace("\n", " ")
                        parts.append(words)
                        if self.in_link:
                            self.link += len(words.strip())
                        if self.in_strong:
                            self.strong += len(words.strip())
                    elif parts:
                        parts.append(" ")
            elif kind == _SKIP:
                self.leap += node.tag_id in _FRAME_NUMBERS
            elif kind == _BREAK:
                if parts:
                    parts.append("\n")
            elif kind == _PICTURE:
                self.leap += 1
            elif kind < _NAV:
                below = node.child
                if below is not None and self._open_inline(node, kind):
                    stack.append((node, kind))
                    if len(stack) > DEEPEST:
                        self.outline.shallow = False
                        return
                    node = below
                    continue
            else:
                if parts:
                    self._flush()
                if kind == _BLOCK or (kind == _FOOTER and any(n.tag in _HOLDS_TEXT for n in opened)):
                    below = node.child
                    if below is not None:
                        opened.append(node)
                        stack.append((node, _BLOCK))
                        if len(stack) > DEEPEST:
                            self.outline.shallow = False
                            return
                        node = below
                        continue
                    self.leap += node.tag_id == _RULE_NUMBER
            node = node.next
        if parts:
            self._flush()
        while places:
            self.ends[places.pop()] = len(self.rows)

    def finish(self) -> Outline:
        """The outline with its blocks as columns."""
        outline, rows = self.outline, self.rows
        if rows:
            columns = map(list, zip(*self.elements, strict=True))
            outline.tags, outline.parents, outline.depths = (next(columns) for _ in range(3))
            outline.hints, outline.hidden, outline.starts = columns
            outline.ends = self.ends
            columns = map(list, zip(*rows, strict=True))
            outline.texts, outline.holders, outline.link, outline.links = (next(columns) for _ in range(4))
            outline.strong, outline.leaps, outline.hrefs, outline.inline_hints = columns
        return outline

    def _open_inline(self, node: LexborNode, kind: int) -> bool:
        """False where the text inside is for nobody's eyes."""
        if kind == _LINK:
            href = node.attributes.get("href")
            if href and href[0] == "#" and _NOTE_MARK.fullmatch(node.text()):
                return False
            self.links += 1
            self.in_link += 1
            self.around = href
            if self.href is None:
                self.href = href
            if href and href.startswith(("http", "//")):
                self.outline.anchors.append((href, node))
        elif kind == _EMPHASIS:
            self.in_strong += 1
        elif kind == _SPAN:
            hint = node.attributes.get("class")
            if hint:
                if _is_for_machines(hint):
                    return False
                self.inline_hint = hint
        return True

    def _flush(self) -> None:
        parts = self.parts
        text = _fold(parts[0] if len(parts) == 1 else "".join(parts))
        parts.clear()
        if text:
            places, rows = self.places, self.rows
            if len(places) < len(self.open):
                self._place_open()
            if "\n" not in text:
                size = len(text)
                rows.append(
                    (
                        text, places[-1], min(size, self.link), self.links, min(size, self.strong),
                        self.leap, self.href, self.inline_hint,
                    )
                )  # fmt: skip
                self.leap = 0
            else:
                self._flush_lines(text)
        self.link = self.links = self.strong = 0
        # A link may hold headings and paragraphs: all of them lead where it does.
        self.href = self.around if self.in_link else None
        self.inline_hint = ""

    def _flush_lines(self, text: str) -> None:
        """A text with line ends: what empty lines part are blocks of their own."""
        whole = len(text)
        for piece in _RUN_OF_BREAKS.split(text):
            if piece:
                share = len(piece) / whole
                self.rows.append(
                    (
                        piece, self.places[-1], min(len(piece), round(self.link * share)), self.links,
                        min(len(piece), round(self.strong * share)), self.leap, self.href, self.inline_hint,
                    )
                )  # fmt: skip
                self.leap = 0

    def _place_open(self) -> None:
        """Gives each open element that has no row yet its row."""
        elements, places = self.elements, self.places
        start = len(self.rows)
        above = places[-1] if places else -1
        depth, hidden = (elements[above][2] + 1, elements[above][4]) if places else (0, False)
        for node in self.open[len(places) :]:
            attributes = node.attributes
            hint = ""
            if attributes:
                hint = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:200]
                hidden = (
                    hidden
                    or "hidden" in attributes
                    or attributes.get("aria-hidden") == "true"
                    or ("style" in attributes and _NOT_SHOWN.search(attributes["style"] or "") is not None)
                )
            elements.append((node.tag or "", above, depth, hint, hidden, start))
            above = len(elements) - 1
            places.append(above)
            self.ends.append(0)
            depth += 1


@lru_cache(maxsize=1 << 12)
def _is_for_machines(hint: str) -> bool:
    return _SCREEN_READER.search(hint) is not None


def _unwrap(text: str) -> str:
    """Lines of a text that is set as it was typed: an empty one parts paragraphs, all others end where the margin was."""
    return "\n\n".join(part.replace("\n", " ") for part in _EMPTY_LINES.split(text.replace("\r", "")))


def _fold(text: str) -> str:
    """White space folded to single spaces and line ends; soft hyphens and marks of direction gone."""
    if not text.isascii():
        text = drop_unseen(text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(lines).strip("\n")
