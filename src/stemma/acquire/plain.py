"""Markup to plain text, for titles and summaries of feeds: no tag of what comes from outside is kept.

One pass of one expression, linear in the length; no tree is built, so nesting costs nothing. Reading articles is
extraction's business and not done here.
"""

from __future__ import annotations

import html
import re

LONGEST = 200_000
"""Characters of markup that are looked at."""

_ATTRIBUTES = r"(?:[^<>\"']|\"[^\"]{0,3000}\"|'[^']{0,3000}')*"
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>"
    r"|<(?P<hidden>script|style|noscript|template|iframe|svg|math|object|select|textarea)\b.*?(?:</(?P=hidden)\s*>|\Z)"
    rf"|</?(?P<name>[a-z][a-z0-9:-]*)\b{_ATTRIBUTES}>?|<[!?]{_ATTRIBUTES}>?",
    re.S | re.I,
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
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
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff]")
_BREAKS = re.compile(r"\s*\n\s*")


def strip_line(markup: str | None, *, limit: int = 500) -> str | None:
    """Markup as one line of at most `limit` characters; None where nothing is left."""
    if not markup:
        return None
    text = " ".join(_strip(markup[: limit * 20]).split())
    if len(text) > limit:
        text = text[:limit].rsplit(" ", 1)[0] + " …"
    return text or None


def strip_paragraphs(markup: str | None) -> str | None:
    """Markup as paragraphs joined by a blank line; None where nothing is left."""
    if not markup:
        return None
    paragraphs = (" ".join(p.split()) for p in _BREAKS.split(_strip(markup[:LONGEST])))
    return "\n\n".join(p for p in paragraphs if p) or None


def _strip(markup: str) -> str:
    flat = markup if "<" in markup else markup.replace("\r", "")
    if "<" in markup:
        # Line ends of the source mean nothing beside tags that do.
        joined = " ".join(markup.splitlines()) if _has_blocks(markup) else markup
        flat = _MARKUP.sub(_replace, joined)
    return _CONTROLS.sub("", html.unescape(flat)).replace("\xa0", " ").replace("\xad", "")


def _has_blocks(markup: str) -> bool:
    return any((m["name"] or "").lower() in _BLOCKS for m in _MARKUP.finditer(markup[:20_000]))


def _replace(found: re.Match[str]) -> str:
    name = (found["name"] or "").lower()
    return "\n" if name in _BLOCKS else " " if found["hidden"] else ""
