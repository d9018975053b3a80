"""When a page is no article: an error served as a page, a challenge or consent wall, a paywall's stub, a list.

A false rejection loses an article, so each needs little text and words that say so in the title or in what there is.
Words come from the `[outcomes]` tables of the languages; a page declares its own paywall in JSON-LD.
"""

from __future__ import annotations

import re

from stemma.extract.html.claims import Claims, JsonObject, types_of
from stemma.extract.html.outline import Outline
from stemma.extract.outcomes import find_phrase
from stemma.types import Reason

MIN_LETTERS = 80
"""Letters of text below which nothing can be said of a page; the shortest gold text of `extract/html` has 231."""


def find_fault(
    outline: Outline, claims: Claims, *, article: JsonObject | None, title: str | None, text: str, own: str
) -> tuple[Reason, str] | None:
    """Reason and detail why the page is no article, None where it is one.

    `text` is what would be given, `own` what the blocks alone gave: a second opinion reads a list of links as a text.
    """
    if len(text) > _SURELY_LONG and _count_letters(text[:_SURELY_LONG]) >= _SHORT:
        return None
    letters = _count_letters(text[: _SHORT * 4])
    titles = " | ".join(t for t in (title, claims.title_tag) if t).casefold()
    visible = " ".join(outline.texts[:_FIRST_BLOCKS])[:_LOOKED_AT].casefold()
    if letters < _SHORT:
        if letters < _STUB and (words := find_phrase("error", titles)):
            return "error page", f"its title says {words!r}"
        if words := find_phrase("challenge", titles) or find_phrase(
            "challenge", visible if letters < MIN_LETTERS * 4 else ""
        ):
            return "consent or challenge page", f"it says {words!r} instead of an article"
        whole = sum(map(len, outline.texts))
        if letters < MIN_LETTERS * 2 and whole < _SHORT and (words := find_phrase("error", visible)):
            return "error page", f"it says {words!r} and little else"
        if (_letters_before_wall(text) < (_CLOSED_STUB if _is_closed(article) else MIN_LETTERS * 2)) and (
            words := find_phrase("paywall", visible + " " + _tail(outline))
        ):
            return "paywall stub", f"{letters} letters of text, then {words!r}"
    if _count_letters(own[:_SHORT]) < MIN_LETTERS and _is_list(outline, claims, article):
        return "list page", "links to other pages and no text of its own"
    if letters < MIN_LETTERS:
        return "too short", "no text beyond menus and headings"
    return None


# ---------------------------------------------------------------- helpers

_SHORT = 1_500
_SURELY_LONG = 2_500
_LETTERS = re.compile(r"[^\W\d_]+")
_STUB, _CLOSED_STUB = 400, 240
_FIRST_BLOCKS = 400
_LOOKED_AT = 20_000
_LISTS = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})


def _count_letters(text: str) -> int:
    words = text.split()
    mixed = [word for word in words if not word.isalpha()]
    return sum(map(len, words)) - sum(map(len, mixed)) + sum(map(len, _LETTERS.findall(" ".join(mixed))))


def _tail(outline: Outline) -> str:
    return " ".join(outline.texts[-40:])[:5_000].casefold()


def _letters_before_wall(text: str) -> int:
    """Letters of the paragraphs before the first that asks for a subscription."""
    count = 0
    for paragraph in text[: _SHORT * 4].split("\n\n"):
        if find_phrase("paywall", paragraph.casefold()):
            break
        count += _count_letters(paragraph)
    return count


def _is_closed(article: JsonObject | None) -> bool:
    return article is not None and str(article.get("isAccessibleForFree")).casefold() in ("false", "no")


def _is_list(outline: Outline, claims: Claims, article: JsonObject | None) -> bool:
    """Whether nearly all words are links, in many blocks, and no claim speaks of an article."""
    if article is not None:
        return False
    kinds = {t for o in claims.objects for t in types_of(o)}
    blocks = list(zip(outline.texts, outline.link, strict=True))
    teasers = sum(link * 10 > len(text) * 8 and text.count(" ") >= 4 for text, link in blocks)
    plain = sum(len(text) - link for text, link in blocks if text.count(" ") >= 20)
    linked = sum(outline.link)
    return (teasers >= 15 and linked > 2 * plain) or (
        bool(kinds & _LISTS) and teasers >= 8 and linked > plain
    )
