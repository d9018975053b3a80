"""Renders web pages as text with the tools that flatten them in text collections: what `extract.flat` learns from.

`resi_main` is Resiliparse's main content, the usual form of web-text corpora; `wet` is title and all text lines, as crawl
archives hold them; inscriptis and html2text as they come. Only for training (`pip install .[train]`); the product never
renders.
"""

from __future__ import annotations

import html2text
import inscriptis
from resiliparse.extract.html2text import extract_plain_text
from selectolax.lexbor import LexborHTMLParser, LexborNode

STYLES = ("resi_main", "inscriptis", "html2text", "wet")


def render_page(html: str, style: str) -> str:
    """The text of a page in one of `STYLES`."""
    if style == "resi_main":
        return str(extract_plain_text(html, main_content=True))
    if style == "inscriptis":
        return str(inscriptis.get_text(html))
    if style == "html2text":
        writer = html2text.HTML2Text()
        writer.ignore_links = writer.ignore_images = True
        writer.body_width = 0
        return str(writer.handle(html))
    return "\n".join(_text_lines(html))


def _text_lines(html: str) -> list[str]:
    """The title and all lines of text: a line ends where a block-level element begins or ends."""
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    rows = [_squeeze(title.text())] if title is not None else []
    if tree.body is not None:
        rows += _Writer().write(tree.body)
    return [row for row in rows if row]


class _Writer:
    def __init__(self) -> None:
        self._rows: list[str] = []
        self._parts: list[str] = []

    def write(self, body: LexborNode) -> list[str]:
        self._walk(body, 0)
        self._flush()
        return self._rows

    def _flush(self) -> None:
        self._rows.append(_squeeze("".join(self._parts)))
        self._parts = []

    def _walk(self, node: LexborNode, depth: int) -> None:
        child = node.child if depth <= _DEEPEST else None
        while child is not None:
            tag = child.tag or ""
            if tag == "-text":
                self._parts.append(child.text_content or "")
            elif tag not in _SKIP and tag != "-comment":
                if tag in _BLOCK:
                    self._flush()
                self._walk(child, depth + 1)
                if tag in _BLOCK:
                    self._flush()
            child = child.next


_DEEPEST = 200
_SKIP = frozenset(
    str.split(
        "script style noscript template svg iframe canvas object head meta link select option textarea audio video"
    )
)
_BLOCK = frozenset(
    str.split(
        "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3"
        " h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul br"
    )
)


def _squeeze(text: str) -> str:
    return " ".join(text.split())
