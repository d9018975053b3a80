"""The pictures that a page shows with its article, with caption and credit; none of their words are in the text.

Pictures stand in `figure`s within or around the article's container; the lead picture is also what the page gives for
sharing. Pictures of teasers and portraits of authors are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

from stemma.extract.credits import split_photo_line
from stemma.extract.html.claims import Claims, absolute
from stemma.types import Image

MOST = 30


def find_images(claims: Claims, *, language: str | None) -> tuple[Image, ...]:
    """Pictures in the order of the page, each address once; the shared picture first where no figure shows it."""
    found: dict[str, Image] = {}
    for figure in claims.holders[:_LOOKED_AT]:
        if _is_foreign(figure):
            continue
        picture = figure.css_first("img")
        address = _address(picture, claims.base) if picture is not None else None
        caption_node = figure.css_first("figcaption") or figure.css_first('[class*="caption" i]')
        words = " ".join((caption_node.text(separator=" ") or "").split()) if caption_node is not None else ""
        if address is None or (not words and len(found) >= _UNNAMED):
            continue
        caption, credit = _split(words, caption_node, language)
        if len(found) >= MOST:
            break
        known = found.get(address)
        if known is None or (known.caption is None and caption):
            found[address] = Image(url=address, caption=caption, credit=credit)
    for picture in claims.pictures[:_LOOKED_AT_ALONE] if not found else ():
        _add_alone(picture, found, claims, language)
    shared = claims.first("og:image", "og:image:url", "twitter:image", "twitter:image:src")
    lead = absolute(shared[0], claims.base) if shared else None
    images = list(found.values())
    if lead and lead not in found and not images:
        images.insert(0, Image(url=lead, caption=None, credit=None))
    return tuple(images[:MOST])


# ---------------------------------------------------------------- helpers

_LOOKED_AT = 60
_LOOKED_AT_ALONE, _LONGEST_LINE, _LONGEST_CREDIT = 12, 300, 120
_UNNAMED = 3
_FOREIGN = re.compile(
    r"related|teaser|recommend|promo|author|avatar|newsletter|sidebar|most-?read|outbrain|taboola|footer|podcast|audio",
    re.I,
)
# What stands in `src` until a program puts the picture there.
_PLACEHOLDER = re.compile(
    r"placeholder|fallback|/blank\.|spacer|1x1|/pixel\.|transparent\.|/loading\.|lazy-?load", re.I
)
_LABEL = re.compile(
    r"^(?:Photos?|Pictures?|Pics?|Images?|Credits?|Fotos?|Bilder?|Quelle|Crédits?(?: photo)?|Imagen|Foto di)\s*[:©]\s*",
    re.I,
)
# "1 / 4", "2 of 12": the place of a picture in its gallery, before the caption.
_COUNTED = re.compile(r"^\d{1,3}\s?(?:/|of|von|sur|de|di)\s?\d{1,3}\b[\s:.|–-]+(?=[^\W\d_])")
_FULL_WIDTH = re.compile(r"[＝=]([^＝=。、\s]{2,12})$")
# "(ABC/Ann Example)" and "(Example AG)" behind a caption: an agency's way to sign, a company by its legal form.
_OWNER = re.compile(
    r"\s\(([A-Z]{2,8}\s?/\s?[A-Z][^()/]{2,40}|[A-Z][^()]{1,40} (?:AG|GmbH|SE|KG|Inc\.?|Ltd\.?|plc|S\.?A\.?|SARL))\)\.?$"
)
_CREDIT = re.compile(r"credit|copyright|source|photographer|byline", re.I)


def _add_alone(picture: LexborNode, found: dict[str, Image], claims: Claims, language: str | None) -> None:
    """A picture without `figure`: believed where the element that holds it has a picture's line with a credit and nothing else."""
    holder, address = picture.parent, _address(picture, claims.base)
    if (
        holder is None
        or holder.tag in ("a", "body")
        or address is None
        or address in found
        or _is_foreign(picture)
    ):
        return
    words = _COUNTED.sub("", " ".join((holder.text(separator=" ") or "").split()))
    line = split_photo_line(words, language) if 10 < len(words) <= _LONGEST_LINE else None
    if line is not None and line.caption and line.credit:
        found[address] = Image(url=address, caption=line.caption, credit=line.credit)


def _is_foreign(figure: LexborNode) -> bool:
    """Whether the figure is a link to another page, or stands in a menu or a box of teasers."""
    current: LexborNode | None = figure
    for _ in range(6):
        if current is None or (tag := current.tag) in ("article", "main"):
            return False
        if tag in ("nav", "aside", "footer", "a", "li"):
            return True
        attributes = current.attributes
        if _is_named_foreign(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
            return True
        current = current.parent
    return False


@lru_cache(maxsize=1 << 12)
def _is_named_foreign(hint: str) -> bool:
    return _FOREIGN.search(hint) is not None


def _address(picture: LexborNode, base: str | None) -> str | None:
    attributes = picture.attributes
    for key in ("src", "data-src", "data-original", "data-lazy-src"):
        value = attributes.get(key)
        if not value or value.startswith("data:") or _PLACEHOLDER.search(value):
            continue
        if address := absolute(value, base):
            return address
    srcset = attributes.get("srcset") or attributes.get("data-srcset")
    return (
        absolute(srcset.split(",")[-1].split()[0], base) if srcset and srcset.split(",")[-1].split() else None
    )


def _split(words: str, caption: LexborNode | None, language: str | None) -> tuple[str | None, str | None]:
    """Caption and credit of a picture's line; a date or a duration is neither."""
    if not any(map(str.isalpha, words)) or caption is None:
        return None, None
    text, credit = _split_line(_COUNTED.sub("", words), caption, language)
    credit = _LABEL.sub("", credit.strip(" ()")).strip(" |©-–") if credit else None
    if credit and (not any(map(str.isalpha, credit)) or credit[0].isdigit()):
        credit = None
    return text or None, credit or None


def _split_line(words: str, caption: LexborNode, language: str | None) -> tuple[str | None, str | None]:
    """By an element that is named for the credit, else by how the line ends."""
    for node in caption.css("span, small, cite, em, p, div")[:12]:
        if _CREDIT.search(node.attributes.get("class") or ""):
            credit = " ".join((node.text(separator=" ") or "").split())
            if 0 < len(credit) <= _LONGEST_CREDIT and len(credit) < len(words) and credit in words:
                rest = words.replace(credit, " ").strip(" |–—-")
                line = split_photo_line(credit, language)
                return " ".join(rest.split())[:1000] or None, ((line.credit if line else None) or credit)[
                    :200
                ]
    if m := _FULL_WIDTH.search(words):
        return words[: m.start()].strip()[:1000] or None, m[1]
    if m := _OWNER.search(words):
        return words[: m.start()].strip()[:1000] or None, m[1]
    line = split_photo_line(words, language)
    if line is not None:
        return line.caption[:1000] if line.caption else None, line.credit
    return words[:1000], None
