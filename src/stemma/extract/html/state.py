"""The article of a page that only a program fills: from the data that the page hands to that program.

Asked only where the tree holds next to no text. The data is JSON in a script (`__NEXT_DATA__`, `type="application/json"`,
`window.NAME = {…}`, `self.__next_f.push`); it is read, never run. What is taken is the longest text that stands in one object with the page's own title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from stemma.extract.html.claims import JsonObject, text_of, types_of, values_of
from stemma.extract.html.outline import read_outline

SHORTEST = 400
"""Characters from which such a text may be a whole article; teasers in the same data are shorter."""


def find_state_text(tree: LexborHTMLParser, *, title: str | None) -> str | None:
    """Paragraphs joined by a blank line; None where no object has both the title and a text."""
    wanted = _words(title or "")
    if len(wanted) < _FEWEST_WORDS:
        return None
    best = ""
    scripts = [node.text() or "" for node in tree.css("script")[:_MOST_SCRIPTS]]
    values = [v for s in scripts if SHORTEST < len(s) <= _LONGEST_SCRIPT for v in _parse(s)]
    for value in [*values, *_parse_pushed(scripts)]:
        for text in _texts_with_title(value, wanted, cut=bool(_CUT.search(title or ""))):
            best = max(best, text, key=len)
    return best or None


def find_entries_text(article: JsonObject | None) -> str | None:
    """The entries of a live blog as JSON-LD gives them, each with its clock time as written and its headline before it."""
    pieces: list[str] = []
    for entry in values_of(article, "liveBlogUpdate")[:_MOST_ENTRIES] if article else ():
        body = entry.get("articleBody") if isinstance(entry, dict) else None
        if not isinstance(body, str) or not body.strip():
            continue
        clock = _CLOCK.search(str(entry.get("datePublished") or ""))
        headline = text_of(entry.get("headline"))
        pieces += [clock[1]] if clock else []
        pieces += [headline] if headline and not body.startswith(headline) else []
        pieces.append(plain_paragraphs(body))
    return "\n\n".join(pieces) or None


def plain_paragraphs(body: str) -> str:
    """A text from data (lines, or markup) as paragraphs joined by a blank line."""
    if _MARKUP.search(body):
        lines = read_outline(LexborHTMLParser(f"<body>{body[:_LONGEST_TEXT]}")).texts
    else:
        lines = [" ".join(line.split()) for line in body.split("\n")]
    return "\n\n".join(line for line in lines if line)


# ---------------------------------------------------------------- helpers

_FEWEST_WORDS = 3
_MOST_ENTRIES = 500
_CLOCK = re.compile(r"T(\d\d:\d\d)")
_MOST_SCRIPTS, _LONGEST_SCRIPT, _LONGEST_TEXT, _MOST_VALUES = 100, 3_000_000, 300_000, 200_000
_DEEPEST = 40
_ASSIGNED = re.compile(r"(?:window|self|globalThis)(?:\.\w+|\[['\"]\w+['\"]\])\s*=\s*(?=[{\[])")
_PUSHED = re.compile(r"\s*self\.__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(r"[0-9a-f]{1,6}:(?=[\[{])")
_MARKUP = re.compile(r"</?(?:p|br|div|h\d|ul|li|a|em|strong|span|figure)\b[^>]{0,2000}>", re.I)
_TITLES = frozenset(str.split("title headline name heading seoTitle pageTitle articleTitle"))
_BODIES = frozenset(
    str.split(
        "body articleBody content text html bodyHtml contentHtml bodyText mainText story paragraphs blocks components"
    )
)
_WORD = re.compile(r"\w+")
_CUT = re.compile(r"(?:…|\.\.\.)$")


def _parse(script: str) -> Iterator[Any]:
    start = script.lstrip()[:1]
    try:
        if start in "{[":
            yield json.loads(script)
        elif m := _ASSIGNED.search(script):
            yield json.JSONDecoder().raw_decode(script, m.end())[0]
    except (ValueError, RecursionError):
        return


def _parse_pushed(scripts: Sequence[str]) -> Iterator[Any]:
    """The rows of a page of React's server components, which `self.__next_f.push` hands over in pieces: `5:["$",…]` a line."""
    pieces = []
    for script in scripts:
        if m := _PUSHED.match(script):
            try:
                pushed = json.JSONDecoder().raw_decode(script, m.end())[0]
            except (ValueError, RecursionError):
                continue
            if isinstance(pushed, list) and len(pushed) > 1 and isinstance(pushed[1], str):
                pieces.append(pushed[1])
    for row in "".join(pieces)[:_LONGEST_SCRIPT].split("\n"):
        if len(row) > SHORTEST and (m := _ROW.match(row)):
            try:
                yield json.loads(row[m.end() :])
            except (ValueError, RecursionError):
                continue


def _texts_with_title(value: Any, wanted: list[str], *, cut: bool) -> Iterator[str]:
    """The texts of all objects that have the page's title beside a text; with `cut` the title goes on there."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while stack and seen < _MOST_VALUES:
        thing, depth = stack.pop()
        seen += 1
        if isinstance(thing, dict):
            if any(_is_title(thing.get(key), wanted, cut=cut) for key in _TITLES & thing.keys()):
                # A cache of queries names a field with its arguments: `body({"rows":4})`.
                for key in sorted(k for k in thing if k.partition("(")[0] in _BODIES):
                    text = plain_paragraphs("\n".join(_strings(thing[key], 0)))
                    if len(text) >= SHORTEST:
                        yield text
            if depth < _DEEPEST:
                stack += [(v, depth + 1) for v in thing.values() if isinstance(v, dict | list)]
        elif isinstance(thing, list) and depth < _DEEPEST:
            stack += [(v, depth + 1) for v in thing if isinstance(v, dict | list)]


def _is_title(value: Any, wanted: list[str], *, cut: bool) -> bool:
    if isinstance(value, dict):
        value = next((value[k] for k in ("rendered", "basic", "text") if isinstance(value.get(k), str)), None)
    if not isinstance(value, str) or len(value) >= 500:
        return False
    words = _words(value)
    return words == wanted or (cut and words[: len(wanted)] == wanted)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _strings(value: Any, depth: int) -> Iterator[str]:
    """The texts inside a body: a string, a list of paragraphs, objects with a text; captions and addresses are none."""
    if isinstance(value, str):
        if " " in value or "<" in value:
            yield value
    elif depth < _DEEPEST:
        if isinstance(value, list):
            for item in value:
                yield from _strings(item, depth + 1)
        elif isinstance(value, dict) and not (set(types_of(value)) | {value.get("type")}) & _NO_TEXT:
            if (whole := _join_leaves(value)) is not None:
                yield whole
                return
            for key in (
                "json",
                "text",
                "html",
                "content",
                "value",
                "rendered",
                "model",
                "blocks",
                "children",
                "items",
                "data",
            ):
                if key in value:
                    yield from _strings(value[key], depth + 1)


def _join_leaves(node: dict[str, Any]) -> str | None:
    """The words of a paragraph of a rich text tree, whose leaves are `{"type": "text", …}`; None where it is no such node."""
    below = next((node[k] for k in ("children", "content") if isinstance(node.get(k), list)), None)
    if not below or not any(_is_leaf(child) for child in below):
        return None
    return " ".join("".join(_leaves(node, 0)).split())


def _is_leaf(node: Any) -> bool:
    if not isinstance(node, dict):
        return False
    kind = node.get("type") or node.get("nodeType") or node.get("_type")
    return kind in ("text", "span") or (kind is None and isinstance(node.get("text"), str))


def _leaves(node: Any, depth: int) -> Iterator[str]:
    if _is_leaf(node):
        words = next((node[k] for k in ("text", "value", "data") if isinstance(node.get(k), str)), "")
        yield words
    elif isinstance(node, dict) and depth < _DEEPEST:
        for child in next((node[k] for k in ("children", "content") if isinstance(node.get(k), list)), ()):
            yield from _leaves(child, depth + 1)


_NO_TEXT = frozenset(
    str.split("image video gallery ad advertisement related embed newsletter podcast audio caption link-list")
)
