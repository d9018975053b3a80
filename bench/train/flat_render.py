"""Renders web pages as text in four ways, to have more flattened pages to learn from than the set holds.

The four ways imitate what is common in text collections: all lines of text (crawl archives), an indented outline,
Markdown, and main content by the names of containers. Only for training; the product never renders.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

STYLES = ("wet", "outline", "markdown", "main")

_SKIP = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "canvas",
        "object",
        "head",
        "meta",
        "link",
        "select",
        "option",
        "textarea",
        "audio",
        "video",
    ]
)
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
    ]
)
_AWAY = re.compile(
    r"(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|side-?bar|foot(?:er)?|comments?|related|share|sharing|social|cookie|consent|"
    r"newsletter|subscribe|promo|advert|ads?|banner|breadcrumbs?|popup|modal|toolbar|login|search|skip|widget|recommend\w*|"
    r"outbrain|taboola|disqus)(?:$|[\s_-])",
    re.IGNORECASE,
)
_AWAY_TAGS = frozenset(["nav", "footer", "aside", "form", "button"])


def render_page(html: str, style: str) -> str:
    """The text of a page in one of `STYLES`."""
    tree = LexborHTMLParser(html)
    rows: list[str] = []
    title = tree.css_first("title")
    if style == "wet" and title is not None:
        rows.append(_squeeze(title.text()))
    body = tree.body
    if body is not None:
        writer = _Writer(style)
        writer.walk(body, 0, 0)
        writer.flush()
        rows.extend(writer.rows)
    return "\n".join(_tidy(rows, style))


class _Writer:
    def __init__(self, style: str) -> None:
        self.style = style
        self.rows: list[str] = []
        self.buffer: list[str] = []
        self.indent = 0
        self.mark = ""

    def flush(self) -> None:
        text = _squeeze("".join(self.buffer))
        self.buffer = []
        if text or (self.mark == "* " and self.style == "outline"):
            lead = " " * self.indent if self.style in ("outline",) else ""
            self.rows.append(f"{lead}{self.mark}{text}")
        self.mark = ""

    def gap(self) -> None:
        if self.style != "wet" and self.rows and self.rows[-1]:
            self.rows.append("")

    def walk(self, node: LexborNode, depth: int, lists: int) -> None:
        if depth > 200:
            return
        child = node.child
        while child is not None:
            self.visit(child, depth, lists)
            child = child.next

    def visit(self, node: LexborNode, depth: int, lists: int) -> None:
        tag = node.tag
        if tag == "-text":
            self.buffer.append(node.text_content or "")
            return
        if tag in _SKIP or tag == "-comment":
            return
        attributes = node.attributes
        if self.style == "main":
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
            if tag in _AWAY_TAGS or (tag != "body" and tag != "article" and _AWAY.search(names)):
                return
            if "display:none" in (attributes.get("style") or "").replace(" ", "") or "hidden" in attributes:
                return
        if tag == "img":
            alt = attributes.get("alt")
            if alt and self.style == "main":
                self.buffer.append(f" {alt} ")
            return
        if tag == "br":
            self.flush()
            return
        if tag in ("b", "strong", "i", "em") and self.style == "markdown":
            sign = "**" if tag in ("b", "strong") else "_"
            self.buffer.append(sign)
            self.walk(node, depth + 1, lists)
            self.buffer.append(sign)
            return
        if tag not in _BLOCK:
            self.walk(node, depth + 1, lists)
            return
        self.flush()
        apart = tag in (
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "ul",
            "ol",
            "blockquote",
            "table",
            "figure",
        ) or (tag in ("div", "section", "article") and self.style == "main")
        if apart:
            self.gap()
        before = self.indent
        if tag in ("ul", "ol", "blockquote", "dd", "div", "section", "article") and self.style == "outline":
            self.indent += 2 if tag != "div" else 0
        if tag == "li":
            self.mark = {"outline": "* ", "markdown": "  " * lists + "* ", "main": "  " * lists + "• "}.get(
                self.style, ""
            )
        elif tag[0] == "h" and tag[1:].isdigit() and self.style == "markdown":
            self.mark = "#" * int(tag[1]) + " "
        elif tag == "blockquote" and self.style == "markdown":
            self.mark = "> "
        self.walk(node, depth + 1, lists + (tag in ("ul", "ol")))
        self.flush()
        self.indent = before
        if apart:
            self.gap()


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _tidy(rows: list[str], style: str) -> list[str]:
    out: list[str] = []
    for row in rows:
        bare = row.strip()
        if style == "markdown" and bare in ("*", "#", "**", "****", "__"):
            continue
        if not bare and out and not out[-1].strip():
            continue
        out.append(row)
    return out
