"""Who wrote an article, from what its page claims and shows: JSON-LD, `meta`, then the elements named for an author.

People alone are given; agencies, outlets and desks that stand in their place come apart, for the credit to be told from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from stemma.extract.html.claims import Claims, JsonObject, clean, text_of, types_of, values_of
from stemma.extract.html.people import find_people

ARTICLE_TYPES = frozenset(
    str.split(
        "NewsArticle Article BlogPosting ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle"
        " ReviewNewsArticle AskPublicNewsArticle LiveBlogPosting Report ScholarlyArticle TechArticle SatiricalArticle"
        " AdvertiserContentArticle SocialMediaPosting DiscussionForumPosting MedicalScholarlyArticle"
    )
)
"""The schema.org types of what has authors and a day of publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageByline:
    """`others` are agencies and outlets given as authors; `where` is empty where no people are named."""

    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    where: str = ""


def find_byline(
    tree: LexborHTMLParser, claims: Claims, article: JsonObject | None, *, outlet: str | None
) -> PageByline:
    """The authors of a page. `outlet` is never one; a longer list in `meta` that holds all of JSON-LD's is preferred."""
    others: dict[str, None] = {}
    best = PageByline()
    bodies = [
        t
        for a in (values_of(article, "author") if article else ())
        if _is_body(a) and (t := _name_of(a, claims))
    ]
    others.update(dict.fromkeys(t for t in bodies if t != outlet))
    for where, texts in _claimed(claims, article):
        people, rest = find_people(texts, outlet=outlet)
        others.update(dict.fromkeys(rest))
        if len(people) > len(best.people) and set(people) >= set(best.people):
            best = PageByline(people=people, where=where)
    if not best.people:
        for nodes in _places(tree):
            texts = _shown(nodes)
            for count in (len(texts), 1):
                if 0 < count < _MOST_NAMES:
                    people, rest = find_people(texts[:count], outlet=outlet)
                    others.update(dict.fromkeys(rest))
                    if people:
                        return PageByline(people=people, others=tuple(others), where="byline on the page")
    return PageByline(people=best.people, others=tuple(others), where=best.where)


# ---------------------------------------------------------------- helpers

_META = (
    "author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "cxenseparse:author", "og:article:author", "twitter:data1:author", "citation_author",
)  # fmt: skip
_NAMED_AUTHOR = re.compile(r"(?:^|[.:_\-\s])(?:author|creator|written[ _]?by)(?:[._-]?name)?$")
_LONGEST_LINE = 90
_LOOKED_AT = 30
_MOST_NAMES = 5
_OTHER_PART = re.compile(
    r"related|teaser|comment|sidebar|most-?read|recommend|popular|card|footer|promo|caption|credit", re.I
)
_BYLINE = re.compile(r"author|byline|autor", re.I)
_ORGANISATION = re.compile(r"Organi[sz]ation$|^Newspaper$")


def _claimed(claims: Claims, article: JsonObject | None) -> list[tuple[str, list[str]]]:
    """(where, author strings) of the claims for machines, the more trustworthy first."""
    authors: list[Any] = []
    if article:
        authors = values_of(article, "author") or values_of(article, "creator")
        if not authors:
            for other in claims.objects:
                if other.get("author") and any(t in ARTICLE_TYPES or t == "WebPage" for t in types_of(other)):
                    authors = values_of(other, "author")
                    break
    found = [("json-ld author", [t for a in authors if not _is_body(a) and (t := _name_of(a, claims))])]
    named = [n for n in claims.meta if n not in _META and _NAMED_AUTHOR.search(n)]
    for name in (*_META, *named):
        values = [v for v in claims.meta.get(name, ()) if not v.startswith(("http", "/", "@"))]
        if values:
            found.append((f"meta {name}", [clean(v) for v in values]))
    return found


def _is_body(author: Any) -> bool:
    return isinstance(author, dict) and any(_ORGANISATION.search(t) for t in types_of(author))


def _name_of(author: Any, claims: Claims) -> str | None:
    if isinstance(author, dict) and not author.get("name"):
        if author.get("familyName"):
            return " ".join(t for key in ("givenName", "familyName") if (t := text_of(author.get(key))))
        reference = author.get("@id")
        for other in claims.objects:
            if reference and other.get("@id") == reference and other.get("name"):
                return text_of(other)
    return text_of(author)


def _places(tree: LexborHTMLParser) -> Iterator[list[LexborNode]]:
    """The elements that may name authors, the most certain first."""
    marked = tree.css('[itemprop~="author"], [rel~="author"]')
    if marked:
        inside = [m for n in marked for m in n.css('[itemprop~="name"]')]
        yield inside
        yield [n for n in marked if "author" in (n.attributes.get("rel") or "")]
        yield marked
    named = tree.css('[class*="byline" i], [class*="author" i]')[:_LOOKED_AT]
    yield [m for n in named for m in n.css('[class*="name" i]')]
    yield [m for n in named for m in n.css("a")]
    yield tree.css('a[href*="/author"], a[href*="/autor"]')
    yield named


def _shown(nodes: Sequence[LexborNode]) -> list[str]:
    """The texts of elements, each once; the page's own byline comes first, teasers further down have theirs too."""
    own = _of_first([n for n in nodes[:_LOOKED_AT] if not _in_other_part(n)])
    texts = (" ".join((n.text(separator=" ") or "").split()) for n in own)
    return list(dict.fromkeys(t for t in texts if 0 < len(t) <= _LONGEST_LINE))[: _MOST_NAMES - 1]


def _of_first(nodes: Sequence[LexborNode]) -> Sequence[LexborNode]:
    """The elements before the byline of a next article: one that shares its branch of the tree with a headline of its own."""
    if not nodes:
        return nodes
    above = {n.mem_id: n for n in _branches(nodes[0])}
    for k, node in enumerate(nodes[1:], 1):
        below = None
        for branch in _branches(node):
            if branch.mem_id in above:
                break
            below = branch
        if below is None or below.parent is None:
            continue
        first = next((b for b in above.values() if b.parent and b.parent.mem_id == below.parent.mem_id), None)
        if first is not None and any(below.css_first(h) and first.css_first(h) for h in ("h1", "h2")):
            return nodes[:k]
    return nodes


def _branches(node: LexborNode) -> Iterator[LexborNode]:
    current: LexborNode | None = node
    while current is not None and current.tag != "html":
        yield current
        current = current.parent


def _in_other_part(node: LexborNode) -> bool:
    """Whether an element stands in a menu, an aside, the comments, a caption or a teaser."""
    current = node.parent
    for _ in range(7):
        if current is None or current.tag == "body":
            return False
        hint = _hint(current)
        if current.tag in ("nav", "aside", "footer", "li") and not _BYLINE.search(hint):
            return True
        if _is_named_apart(hint):
            return True
        current = current.parent
    return False


@lru_cache(maxsize=1 << 12)
def _is_named_apart(hint: str) -> bool:
    return _OTHER_PART.search(hint) is not None


def _hint(node: LexborNode) -> str:
    attributes = node.attributes
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
