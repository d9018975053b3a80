"""Lines under pictures: what the picture shows, and whose it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from stemma.extract.credits.names import codes_of, load_agencies
from stemma.text.lang import language_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLine:
    """A line under a picture: what it shows, and whose it is."""

    caption: str | None
    credit: str | None


def split_photo_line(line: str, language: str | None = None) -> PhotoLine | None:
    """Caption and credit of a picture line ("Photo: AFP / …", "… (EPA Images pic)", "© Reuters"); None for any other line."""
    bare = " ".join(line.split())
    if not bare or len(bare) > 600:
        return None
    m = _photo_label(language).match(bare) if len(bare) < 160 else None
    if m:
        rest = bare[m.end() :].strip(" :/")
        if rest.count(" ") >= _SENTENCE and "/" not in rest and "," not in rest[:40]:
            return PhotoLine(caption=rest, credit=None)  # "Image: What is to be seen, in a sentence"
        return PhotoLine(caption=None, credit=rest or None)
    # Whose a picture is stands at the end; where that is in brackets, the hint may stand far before them ("file photo").
    end = max(0, len(bare) - _LONGEST_END)
    if not _PHOTO_HINT.search(bare, 0 if bare.endswith(_BRACKETS) else end):
        return None
    if m := _PHOTO_TAIL.search(bare):
        inside = m[1].strip()
        if _names_picture(inside, language):
            return PhotoLine(caption=bare[: m.start()].strip() or None, credit=inside)
    m = _PHOTO_MARK.search(bare, end) or (_PHOTO_OWNER.search(bare) if len(bare) < 400 else None)
    if m:
        return PhotoLine(caption=bare[: m.start()].strip() or None, credit=m[1].strip(" :/"))
    return None


_LONGEST_END = 200
"""Characters of a label, an owner and what stands between them, and more: the patterns below allow 150."""
_BRACKETS = (")", "]", ").", "].")
_SENTENCE = 6
"""Blanks from which the words behind a label say what is to be seen; owners have shorter names."""


@lru_cache(maxsize=64)
def _photo_label(language: str | None) -> re.Pattern[str]:
    words = {w for c in codes_of(language) for w in language_words(c, "prompts", "photo")}
    labels = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(
        rf"\(?(?:{labels or '(?!)'})\s?(?:credit|by|courtesy)?\s*(?::|©|\bby\b)\s*", re.IGNORECASE
    )


def _names_picture(inside: str, language: str | None) -> bool:
    lower = inside.lower()
    words = set(re.findall(r"[^\W\d_]+", lower))
    if any(words & language_words(c, "prompts", "photo") for c in codes_of(language)):
        return True
    return bool("getty" in words or "/" in inside) and bool(
        load_agencies().pattern.search(inside)
        or words & {"getty", "shutterstock", "alamy", "epa", "imago", "istock", "afp", "unsplash"}
    )


# One cheap look before the patterns: most lines have none of these.
_PHOTO_HINT = re.compile(
    r"©|/|hoto|PHOTO|[Ff]oto|[Ii]mage|IMAGE|[Pp]ic|[Cc]r[eé]d|[Bb]ild|etty|GETTY|Shutt|Alamy|iStock|mago|MAGO|splash|ixabay|exels|EPA|AFP|alliance|Sipa|Grafik|llustrat|rchiv|[Vv]id[eé]o|ourtesy|nfogra|otograf"
)


_PHOTO_TAIL = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]\.?$")


# "… Credit: Ines Okarro", "… Bildrechte: dpa", "… © Reuters" at the end of what a picture shows.
_PHOTO_MARK = re.compile(
    r"(?:©|\b(?:Photo(?:graph)?s?(?: credit| by| courtesy)?|Photo ©|Image(?: credit| source)?|Picture(?: credit)?|Pic|Credits?|"
    r"Fotos?|Bild(?:er|rechte|quelle|nachweis)?|Symbolbild|Archivbild|Crédits?(?: photo)?|Imagen|Fotografía|Illustration|Grafik)"
    r"\s?[:©])\s*([^.:]{2,80})\.?$"
)


_AGENCIES = (
    "(?:REUTERS|Reuters|AFP|dpa|AP|EPA|EFE|APA|ANSA|AAP|ANP|PTI|Belga|Lusa|TASS|Xinhua|Keystone|KEYSTONE)"
)
# Stock and agency names that stand behind pictures only; agencies that also sign texts need a stroke before or after.
# No sign is both in a word and between words: an address of hyphens is then read in one way only.
_PHOTO_OWNER = re.compile(
    r"((?:[^\W\d_][\w.'’]*[ ,/|-]+){0,5}(?:Getty(?: Images)?(?:/\w+)?|GETTY|Shutterstock(?:\.com)?|Alamy|iStock(?:photo)?|Unsplash|"
    r"Pixabay|Pexels|[Ii]mago(?: images)?(?:/[\w ]+)?|IMAGO|picture[ -]alliance|EPA-EFE|NurPhoto|Sipa|"
    rf"AP Photo(?:/[\w. ]+)?|{_AGENCIES}\s?/\s?[\w. ]+|/\s?{_AGENCIES}))\)?\.?$"
)
