"""The headline of a page: the heading that readers see, told from the site's name, from kickers and from breadcrumbs.

A page says its headline in up to four places (JSON-LD, `meta`, `title`, headings), and papers keep a second one for search
and for sharing. The heading wins where a claim of the head confirms it; a heading in a breadcrumb is no headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.extract.html.claims import Claims, JsonObject, clean, text_of

SEPARATOR = re.compile(r"\s+[|·•»—–\-:]+\s+|\s*[|»]\s*|\s+::\s+")
"""What stands between a headline and the name of its site, or a kicker."""


def find_title(
    tree: LexborHTMLParser, claims: Claims, article: JsonObject | None, *, outlet: str | None
) -> tuple[str, str] | None:
    """(headline, where it was found), None where the page has none."""
    stated = claims.first(*_META)
    social = _without_site(clean(stated[0]), outlet, claims.base) if stated else None
    named = claims.title_tag and not _FILE.fullmatch(claims.title_tag)
    tag = _without_site(claims.title_tag, outlet, claims.base) if named else None
    headline = text_of(article.get("headline") or article.get("name")) if article else None
    known = [t for t in (headline, social, tag) if t]
    heading = _choose_heading(tree, claims, known, stated=bool(headline or social))
    if not heading and tag and not (headline or social):
        heading = _find_emphasised(tree, tag)
    for value, where in (
        (heading, "heading"),
        (headline, "json-ld headline"),
        (social, f"meta {stated[1]}" if stated else ""),
        (tag, "title tag"),
    ):
        if value and not (outlet and plain(value) == plain(outlet)):
            return (_settle_kicker(value, known) if where == "heading" else value), where
    return None


def plain(text: str) -> str:
    """Letters and digits alone, case-folded: how titles and names are compared."""
    return "".join(_WORD.findall(text.casefold()))


# ---------------------------------------------------------------- helpers

_META = ("og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline")
_WORD = re.compile(r"\w+")
_FILE = re.compile(r"(?:Microsoft \w+ - .*|\S+\.(?:pdf|docx?|rtf|odt|txt|x?html?|php|aspx?|indd|qxd))", re.I)
"""What a program that made the page says in place of a title: the file's name."""
_SEAM = re.compile(r"[^\W\d_A-Z][A-ZÀ-ÞА-Я]")
_CRUMBS = re.compile(r"bread-?crumb", re.I)
_LOOKED_AT = 12
_FEWEST_WORDS = 3
_CONFIRMED = 0.5
_SHORTEST_REPEATED = 15


def _choose_heading(
    tree: LexborHTMLParser, claims: Claims, known: Sequence[str], *, stated: bool
) -> str | None:
    """The `h1` most like what the head says, or the `h2` that says exactly that where no `h1` is a headline."""
    firsts = claims.headings[:_LOOKED_AT]
    nodes = [h for h in firsts if not _is_crumb(h)]
    headings = [t for h in nodes if 3 <= len(t := _words_of(h)) <= 400]
    if not headings and (len(nodes) < len(firsts) or not stated):
        # The headline is an `h2` under a heading for machines, or on older pages: believed where the head repeats it.
        wanted = {p for t in known if len(p := plain(t)) >= _SHORTEST_REPEATED}
        tag = plain(claims.title_tag or "")
        seconds = (_words_of(h) for h in tree.css("h2")[:_LOOKED_AT])
        headings = [
            t
            for t in seconds
            if t.count(" ") >= _FEWEST_WORDS - 1
            and (any(plain(t).endswith(w) for w in wanted) or (not stated and plain(t) in tag))
        ][:1]
    if not headings or not known:
        return headings[0] if headings else None
    best = max(headings, key=lambda h: max(_alike(h, t) for t in known))
    if max(_alike(best, t) for t in known) >= _CONFIRMED:
        return best
    if len(headings) == 1 and not stated:
        return best
    own = next((h for h in nodes if _is_headline(h)), None)
    return _words_of(own) if own is not None else None


def _find_emphasised(tree: LexborHTMLParser, tag: str) -> str | None:
    """The half of the title tag ("The Paper: Headline") that a page without headings shows in emphasis or in a font of its own."""
    halves = {tag[m.end() :] for m in _HALVES.finditer(tag)} | {
        tag[: m.start()] for m in _HALVES.finditer(tag)
    }
    wanted = {plain(h): h for h in halves if h.count(" ") >= _FEWEST_WORDS - 1}
    shown = (plain(clean(n.text())) for n in tree.css("b, strong, font, big")[:_EMPHASISED])
    return next((wanted[words] for words in shown if words in wanted), None)


_HALVES = re.compile(rf"{SEPARATOR.pattern}|:\s+")
_EMPHASISED = 40


def _is_crumb(heading: LexborNode) -> bool:
    """Whether a heading is a step of a breadcrumb: an item of a list, or inside what is named so."""
    current = heading.parent
    for _ in range(3):
        if current is None or current.tag == "body":
            return False
        if current.tag == "li" or _CRUMBS.search(current.attributes.get("class") or ""):
            return True
        current = current.parent
    return False


def _is_headline(heading: LexborNode) -> bool:
    """Whether a heading that the head does not confirm is the article's by its name and place, and leads nowhere."""
    if len(_words_of(heading).split()) <= _FEWEST_WORDS or heading.css_first("a[href]") is not None:
        return False
    current = heading.parent
    for _ in range(6):
        if current is None or current.tag == "body":
            return False
        if current.tag == "article":
            return True
        current = current.parent
    return False


def _words_of(heading: LexborNode) -> str:
    """The words of a heading; where parts of it (a kicker, a headline) touch without a space, with one."""
    words = clean(heading.text())
    if not _SEAM.search(words):
        return words
    apart = clean(heading.text(separator=" "))
    split = set(words.split()) - set(apart.split())
    return apart if any(_SEAM.search(w) for w in split) else words


def _settle_kicker(heading: str, known: Sequence[str]) -> str:
    """The heading without a kicker that no claim of the head has, or with one that all three have."""
    places = [(m.start(), m.group()) for m in _WORD.finditer(heading.casefold())]
    own = [w for _, w in places]
    others = [_WORD.findall(t.casefold()) for t in known]
    if own in others:
        return heading
    for other in others:
        if _FEWEST_WORDS <= len(other) < len(own) and own[-len(other) :] == other:
            return _from(heading, places[-len(other)][0])
    for m in SEPARATOR.finditer(heading):
        rest = [w for at, w in places if at >= m.end()]
        if len(rest) > _FEWEST_WORDS and any(other[-len(rest) :] == rest for other in others):
            return heading[m.end() :]
    first = known[0] if known else ""
    if (
        len(known) == 3
        and all(o == others[0] for o in others)
        and len(own) > _FEWEST_WORDS
        and others[0][-len(own) :] == own
        and ":" in first
    ):
        return first
    return heading


def _from(heading: str, at: int) -> str:
    """The heading from a word on, with the quotation mark that opens it."""
    while at and heading[at - 1] in "«„“\"'‘»¿¡(":
        at -= 1
    return heading[at:]


def _without_site(title: str | None, outlet: str | None, base: str | None) -> str | None:
    """A title without the parts that name the site ("Headline | The Paper"): by its name, its host, or a lone short end."""
    if not title:
        return None
    last = list(SEPARATOR.finditer(title))
    if not last:
        return title
    host = (urlsplit(base).hostname or "").removeprefix("www.") if base else ""
    names = {plain(outlet or ""), plain(host), plain(host.rsplit(".", 1)[0]), plain(host.split(".")[0])} - {
        ""
    }
    start, end = 0, len(title)
    while last and (
        plain(title[last[-1].end() : end]) in names
        or _site_like(title[last[-1].end() : end], last[-1].group())
    ):
        end = last.pop().start()
    while last and plain(title[start : last[0].start()]) in names:
        start = last.pop(0).end()
    return title[start:end].strip() or title


def _site_like(piece: str, separator: str) -> bool:
    """After a bar: one to four capitalised words are a site or section, not the end of a headline."""
    words = piece.split()
    return (
        "|" in separator
        and 0 < len(words) <= 4
        and all(w[:1].isupper() or not w[:1].isalpha() for w in words)
    )


def _alike(one: str, other: str) -> float:
    """Share of common words, of the shorter title."""
    a, b = set(_WORD.findall(one.casefold())), set(_WORD.findall(other.casefold()))
    return len(a & b) / max(1, min(len(a), len(b))) if a and b else 0.0
