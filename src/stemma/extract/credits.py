"""Credit lines: who wrote, which agency or paper a text was taken from, whose picture, which source, what genre.

All of it is read from lines and words that the page prints for readers, the same for web pages and flattened text.
Each answer says where it stood. Nothing is guessed from style, and what is only cited ("told Reuters") is no credit.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from stemma.text.lang import find_languages, language_words
from stemma.types import Genre


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """The agency or other paper that a text was taken from, and where the page says so."""

    name: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The place at the very start of a text ("KYIV (AFP) —"); the article's own words begin at `end`."""

    place: str
    agency: str | None
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """People named by a line as authors, and the agency or paper that it names beside them."""

    names: tuple[str, ...]
    agency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoLine:
    """A line under a picture: what it shows, and whose it is."""

    caption: str | None
    credit: str | None


def find_agency(
    *, head: Sequence[str], text: str, tail: Sequence[str], outlet: str | None = None
) -> Credit | None:
    """The agency or paper that the text was taken from, None where the page does not say or it is its own.

    `head` are the lines between title and text, `tail` those after it, `text` the article with its dateline.
    `outlet` is never its own source.
    """
    for credit in (
        _agency_of_dateline(text),
        _agency_of_head(head),
        _agency_of_tail(tail),
        _agency_of_last_words(text),
        _agency_of_witness(text),
    ):
        if credit and not _same_name(credit.name, outlet):
            return credit
    return None


def find_dateline(text: str) -> Dateline | None:
    """The dateline at the start of `text`: a place in capitals, or with an agency in brackets, before a dash or colon."""
    m = _DATELINE.match(text[:160])
    if not m:
        return None
    place, inside = m["place"].strip(" ,"), (m["agency"] or "").strip("()[] ")
    agency = _agency_named(inside) or _initials(inside) if inside else None
    if inside and not agency and not re.search(r"\d", inside):
        return None
    letters = [w for w in re.split(r"[\s,/.-]+", place) if w and w[0].isalpha()]
    if not letters or len(letters) > 6:
        return None
    capital = letters[0].isupper() and len(letters[0]) > 2
    if not capital and not agency:
        return None
    return Dateline(place=place, agency=agency, end=m.end())


def cut_signature(text: str, agency: str | None) -> str:
    """The text without a last paragraph that only signs it for its agency ("AFP/xy", "(dpa)")."""
    at = text.rfind("\n\n")
    last = text[at + 2 :].strip(" ()-–—©.") if at >= 0 else ""
    if agency and 0 < len(last) <= 20 and _SIGNATURE.fullmatch(last):
        first = _SIGNATURE_PART.split(last)[0]
        if _agency_named(first) == agency or first == agency:
            return text[:at]
    return text


def parse_byline(line: str, language: str | None = None) -> Byline | None:
    """A line that names authors: "By Ann Example and Bo Sample", "Edited by …", "Ann Example, Associated Press".

    None where the line is anything else. Roles and addresses are left out; names in capitals are given as printed.
    """
    bare = " ".join(line.split())
    if not bare or len(bare) > 200:
        return None
    labelled = False
    if m := _byline_label(language).match(bare):
        bare, labelled = bare[m.end() :].strip(" :–—-"), True
    bare, agency = _split_agency(bare)
    if agency and not bare:
        return Byline(names=(), agency=agency)
    names = _people(bare, language)
    if names and (labelled or agency):
        return Byline(names=names, agency=agency)
    return None


def is_person(name: str) -> bool:
    """Whether words look like a person's name: two to four capitalised words, particles allowed, no menu word."""
    words = name.split()
    if not 2 <= len(words) <= 5 or len(name) > 60:
        return False
    strong = [w for w in words if w.lower() not in _PARTICLES]
    if len(strong) < 2 and not (len(words) >= 2 and strong):
        return False
    return all(_NAME_WORD.fullmatch(w) and w[0].isupper() for w in strong) and not any(
        w.lower().strip(".") in _NOT_A_NAME for w in strong
    )


def split_photo_line(line: str, language: str | None = None) -> PhotoLine | None:
    """Caption and credit of a picture line ("Photo: AFP / …", "… (EPA Images pic)", "© Reuters"); None for any other line."""
    bare = " ".join(line.split())
    if not bare or len(bare) > 600:
        return None
    m = _photo_label(language).match(bare)
    if m and len(bare) < 160:
        return PhotoLine(caption=None, credit=bare[m.end() :].strip(" :/") or None)
    if not _PHOTO_HINT.search(bare):
        return None
    if m := _PHOTO_TAIL.search(bare):
        inside = m[1].strip()
        if _names_picture(inside, language):
            return PhotoLine(caption=bare[: m.start()].strip() or None, credit=inside)
    m = _PHOTO_MARK.search(bare) or (_PHOTO_OWNER.search(bare) if len(bare) < 400 else None)
    if m:
        return PhotoLine(caption=bare[: m.start()].strip() or None, credit=m[1].strip(" :/"))
    return None


def find_source_line(line: str, language: str | None = None) -> bool:
    """Whether a line is the page's pointer to its primary source ("Source link", "Read original article here")."""
    bare = " ".join(line.split()).lower().strip(" :.→»>-–[]()")
    if not bare or len(bare) > 120:
        return False
    for code in _codes(language):
        for phrase in language_words(code, "prompts", "source"):
            if bare == phrase or (len(phrase) > 10 and bare.startswith(phrase)):
                return True
    return False


def find_genre(
    *,
    title: str | None,
    labels: Sequence[str] = (),
    url: str | None = None,
    text: str = "",
    language: str | None = None,
) -> Genre:
    """The genre that the page itself declares: in a label (section, kicker), its title, its address; news otherwise."""
    path = re.sub(r"^[a-z]+://[^/]*", "", url or "").lower()
    folded = [" ".join(x.lower().split()).strip(" :|*") for x in labels if len(x) < 60]
    head = (title or "").lower()
    for genre, key in _GENRES:
        for code in _codes(language):
            for word in sorted(language_words(code, "prompts", key)):
                bare = word.rstrip(":")
                if genre == "press release" and any(x.startswith(f"{bare} ") for x in folded):
                    return genre
                if bare in folded or head.startswith((bare + ":", bare + " |", bare + " -", bare + " –")):
                    return genre
                if genre == "live" and " " in bare and f" {bare} " in f" {head} ".replace(":", " "):
                    return genre
                slug = bare.replace(" ", "-")
                if len(slug) > 4 and re.search(rf"/{re.escape(slug)}s?(?:/|$)", path):
                    return genre
    if _RELEASE.search(text[:400]):
        return "press release"
    return "news"


# ---------------------------------------------------------------- agencies


@dataclass(frozen=True, slots=True)
class _Agencies:
    """Names by their spellings; `pattern` finds agencies and papers, `wires` agencies alone."""

    short: dict[str, str]
    long: dict[str, str]
    pattern: re.Pattern[str]
    wires: re.Pattern[str]


@lru_cache(maxsize=1)
def _agencies() -> _Agencies:
    table = tomllib.loads((files("stemma.extract") / "agencies.toml").read_text(encoding="utf-8"))["agency"]
    short = {s: a["name"] for a in table for s in a["short"]}
    long = {s: a["name"] for a in table for s in a["long"]}
    wires = [a for a in table if not a.get("paper")]
    return _Agencies(short=short, long=long, pattern=_spellings(table), wires=_spellings(wires))


def _spellings(table: Sequence[dict[str, Any]]) -> re.Pattern[str]:
    exact, loose = (
        "|".join(re.escape(s) for s in sorted({s for a in table for s in a[key]}, key=lambda s: (-len(s), s)))
        for key in ("short", "long")
    )
    return re.compile(rf"(?<![^\W_])(?:(?P<long>(?i:(?:the )?(?:{loose})))|(?P<short>{exact}))(?![^\W_])")


def _agency_of(m: re.Match[str]) -> str:
    table = _agencies()
    if m["short"]:
        return table.short[m["short"]]
    key = m["long"].lower()
    return table.long.get(key) or table.long[key.removeprefix("the ")]


def _agency_named(words: str) -> str | None:
    """The agency that `words` name and nothing much beside it ("AP", "dpa/lby", "Reuters - John")."""
    m = _agencies().wires.search(words)
    if not m or m.start() > 12:
        return None
    return _agency_of(m)


def _initials(words: str) -> str | None:
    """An agency that is in no list, by how agencies sign: capitals ("ABC"), or small letters alone ("abc"), three to six."""
    return words if _INITIALS.fullmatch(words) else None


_INITIALS = re.compile(r"[A-Z]{2,6}|[a-z]{3,5}")
_SIGNATURE = re.compile(r"[A-Za-z]{2,12}(?:[/ -]{1,3}[A-Za-z]{1,4}){0,3}")
_SIGNATURE_PART = re.compile(r"[/ -]+")

_PAPER = (
    r"(?:The |Le |La |El |Die |Der |Das )?[A-Z][\w.&'’-]*(?: (?:of |de |la )?[A-Z][\w.&'’-]*){0,3} "
    r"(?:Post|Times|Journal|Tribune|Herald|News|Guardian|Chronicle|Star|Sun|Globe|Mail|Telegraph|Register|Gazette|"
    r"Today|TODAY|Review|Monitor|Standard|Observer|Independent|Mirror|Bee|Inquirer|Examiner|Sentinel|Dispatch|Courier|"
    r"Zeitung|Welle|Network|Magazine|Daily|Record|Republic|Age|Reporter|Insider|Beast|Express|Leader|Nation|Free Press)"
)
PAPER_NAME = re.compile(_PAPER)
"""A newspaper's name by its last word ("… Times", "… Post")."""
_PAPER_END = re.compile(rf"(?:^|[,|/•·-]\s*)({_PAPER})(?: \([A-Z]{{2,4}}\))?$")
_ORIGINALLY = re.compile(
    r"(?i:(?:originally|first) (?:published|appeared)(?: (?:by|in|on|at))|republished from|zuerst (?:erschienen )?(?:in|bei|auf)|"
    r"publié (?:initialement|à l['’]origine) (?:par|dans|sur)|publicado originalmente (?:en|por))\s+(?P<name>[^.,;|(]{2,50})"
)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*(?:\d{4})?\s*(?:©|by)?\s*", re.IGNORECASE)
_END_CREDIT = re.compile(
    r"(?:\(([^()]{2,40})\)|[-–—]\s?([^\s()][^()–—-]{1,30}(?:-\w+)?)|©\s?(.{2,30}))\.?\s*$"
)


def _agency_of_dateline(text: str) -> Credit | None:
    """In one of the first paragraphs: captions may stand before the one with the dateline."""
    for paragraph in text.split("\n")[:6]:
        dateline = find_dateline(paragraph)
        if dateline and dateline.agency:
            return Credit(name=dateline.agency, where="dateline")
        m = _LEAD_AGENCY.match(paragraph[:60])
        if m and (name := _agency_named(m[1])):
            return Credit(name=name, where="dateline")
    return None


_LEAD_AGENCY = re.compile(r"\(?([A-Za-z./-]{2,14}(?: [A-Z][a-z]+)?)\)?\s*[-–—:]\s")


def _agency_of_head(head: Sequence[str]) -> Credit | None:
    before_is_name = False
    for line in head:
        bare = " ".join(line.split()).strip(" •|·,")
        if _PICTURE.search(bare):
            continue
        byline = parse_byline(bare)
        if byline and byline.agency:
            return Credit(name=byline.agency, where="byline")
        if before_is_name and (m := _PAPER_END.match(bare)):
            return Credit(name=_drop_article(m[1]), where="byline")
        before_is_name = bool(byline) or is_person(bare)
    return None


def _agency_of_tail(tail: Sequence[str]) -> Credit | None:
    for line in tail:
        bare = " ".join(line.split())
        if m := _ORIGINALLY.search(bare):
            known = _agencies().pattern.match(m["name"].strip())
            name = _agency_of(known) if known else _site_name(m["name"])
            if name:
                return Credit(name=name, where="original publication")
        if m := _COPYRIGHT.search(bare):
            after = _agencies().pattern.match(bare, m.end())
            if after:
                return Credit(name=_agency_of(after), where="copyright line")
    return None


def _agency_of_last_words(text: str) -> Credit | None:
    """`(AFP)`, `- dpa`, `© AFP` as the last words of the text."""
    m = _END_CREDIT.search(text[-80:])
    words = next((g for g in m.groups() if g), "") if m else ""
    found = _agencies().wires.match(words.strip())
    if found and len(words) - found.end() < 20:
        return Credit(name=_agency_of(found), where="end of the text")
    return None


def _agency_of_witness(text: str) -> Credit | None:
    """An agency's own reporter as a witness ("an AFP reporter saw"): only the agency itself writes so."""
    if m := _UNLISTED_WITNESS.search(text):
        found = _agencies().pattern.fullmatch(m[1])
        return Credit(name=_agency_of(found) if found else m[1], where="its own reporter in the text")
    for witness in _WITNESS.finditer(text):
        start = max(0, witness.start() - _LONGEST_NAME)
        for m in _agencies().wires.finditer(text, start, witness.start()):
            before = text[max(0, m.start() - 8) : m.start()].lower()
            if m.end() == witness.start() and before.endswith(_ARTICLES):
                return Credit(name=_agency_of(m), where="its own reporter in the text")
    return None


_UNLISTED_WITNESS = re.compile(
    r"\b(?:[Aa]n?|[Tt]wo) ([A-Z]{3,5}) (?:reporters?|journalists?|correspondents?|photographers?) (?:saw|heard|witnessed)\b"
)
_LONGEST_NAME = 60
_ARTICLES = (" an ", " a ", " two ", " the ", "\nan ", "\na ", " to ")


_WITNESS = re.compile(
    r" (?:reporters?|journalists?|correspondents?|photographers?|teams?|video journalists?)"
    r"(?: (?:at|on|in) the (?:scene|site|city|area|ground))? (?:saw|said|reported|heard|witnessed|on the|at the|in )"
)


def _split_agency(bare: str) -> tuple[str, str | None]:
    """Cuts agency or paper and what follows it from a byline: `Ann Example, Associated Press` → names, agency.

    Before it stands nothing or people, after it nothing, a role or a date; in any other line the name is only mentioned.
    """
    for m in _agencies().pattern.finditer(bare):
        before, rest = bare[: m.start()].strip(" ,|/-–—("), bare[m.end() :].strip(" ,.()|•·–—-/")
        if before and not _people(before, None, strict=True):
            break
        is_wire = bool(_agencies().wires.fullmatch(m[0]))
        if not before and (bare[0] in "—–-" or not (is_wire or _DATE_AFTER.search(rest))):
            break  # a signature under an embedded post, or a site's own name on a line of its own
        if not rest or _DATE_AFTER.search(rest) or _is_role(rest):
            return before, _agency_of(m)
        if by := _byline_label("en").match(rest):
            return rest[by.end() :].split(" - ")[0].strip(), _agency_of(m)
    if glued := re.search(r"(?<=[a-z])(Associated Press|Reuters)$", bare):
        return bare[: glued.start()].strip(), _agency_named(glued[1])
    if paper := _PAPER_END.search(bare):
        before = bare[: paper.start()].strip(" ,|/-–—")
        if before and _people(before, None):
            return before, _drop_article(paper[1])
    return bare, None


def _is_role(words: str) -> bool:
    listed = [w.lower().strip(",.") for w in words.split()]
    known = {w for phrase in language_words("en", "prompts", "roles") for w in phrase.split()}
    return len(listed) <= 6 and sum(w in known for w in listed) * 2 >= len(listed)


_PICTURE = re.compile(r"(?i:photo|getty|image|picture|file -|caption)|©")
_DATE_AFTER = re.compile(r"\b(?:19|20)\d\d\b|\d:\d\d")


def _drop_article(name: str) -> str:
    return name.removeprefix("The ").strip()


def _site_name(words: str) -> str | None:
    """A paper's name after "originally published": as written, or from its domain."""
    words = words.strip(" :").removeprefix("the ").removeprefix("The ")
    words = re.split(r"\s(?:on|at|in|under|and|here|with|by)\s", words)[0]
    return words if words[:1].isupper() and len(words.split()) <= 4 else None


def _same_name(name: str, outlet: str | None) -> bool:
    a, b = (re.sub(r"\W|^the ", "", x.lower()) for x in (name, outlet or ""))
    return bool(b) and (a == b or (len(a) > 4 and a in b))


# ---------------------------------------------------------------- people and pictures

_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "van",
        "von",
        "der",
        "den",
        "dem",
        "zu",
        "zur",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
        "ben",
        "y",
        "e",
        "af",
        "av",
        "ter",
        "ten",
        "du",
        "des",
        "st",
    ]
)
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.\-‑])*")
_NOT_A_NAME = frozenset(
    [
        "home",
        "news",
        "world",
        "politics",
        "business",
        "sports",
        "sport",
        "opinion",
        "video",
        "photos",
        "image",
        "more",
        "read",
        "share",
        "staff",
        "reporter",
        "editor",
        "the",
        "of",
        "in",
        "on",
        "at",
        "for",
        "to",
        "and",
        "with",
        "a",
        "is",
        "was",
        "best",
        "top",
        "latest",
        "breaking",
        "live",
        "menu",
        "search",
        "login",
        "sign",
        "newsletter",
        "advertisement",
        "facebook",
        "twitter",
        "whatsapp",
        "email",
        "print",
        "comments",
        "comment",
        "related",
        "articles",
        "article",
        "stories",
        "story",
        "posts",
        "post",
        "about",
        "contact",
        "privacy",
        "policy",
        "terms",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "updated",
        "published",
        "today",
        "press",
        "agency",
        "service",
        "team",
        "desk",
        "inc",
        "ltd",
        "llc",
        "corp",
    ]
)
_SPLIT_PEOPLE = re.compile(r"\s*[,;|/&•·]\s*|\s+(?:and|AND|And|und|UND|et|y|e|with|og|och|en|i)\s+")
_DATELINE = re.compile(
    r"(?P<place>[^\W\d_][^\n()–—:\d]{1,50}?)(?:, (?:[^\W\d_]+\.? \d{1,2}|\d{1,2}\.? [^\W\d_]+))?\s*(?P<agency>[(\[][^()\[\]\n]{2,40}[)\]])?\s*(?:[–—]|:(?= )|--?(?=\s)|\.\s?[–—-])\s*"
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
# Stock and agency names that stand behind pictures only; agencies that also sign texts need a stroke before or after.
_PHOTO_OWNER = re.compile(
    r"((?:[^\W\d_][\w.'’-]*[ ,/|-]+){0,5}(?:Getty(?: Images)?(?:/\w+)?|GETTY|Shutterstock(?:\.com)?|Alamy|iStock(?:photo)?|Unsplash|"
    r"Pixabay|Pexels|[Ii]mago(?: images)?(?:/[\w ]+)?|IMAGO|picture[ -]alliance|EPA-EFE|NurPhoto|Sipa|"
    r"AP Photo(?:/[\w. ]+)?|(?:REUTERS|Reuters|AFP|dpa|AP|EPA|Keystone)\s?/\s?[\w. ]+|/\s?(?:REUTERS|Reuters|AFP|dpa|AP|EPA|Keystone)))\)?\.?$"
)
_RELEASE = re.compile(
    r"/\s?(?:PRNewswire|PRNewswire-\w+)\s?/|\((?:BUSINESS WIRE|GLOBE NEWSWIRE|GlobeNewswire)\)|FOR IMMEDIATE RELEASE"
)
_GENRES: tuple[tuple[Genre, str], ...] = (
    ("satire", "satire"),
    ("fact check", "fact_check"),
    ("sponsored", "sponsored"),
    ("press release", "press_release"),
    ("opinion", "opinion"),
    ("live", "live"),
    ("analysis", "analysis"),
)


def _people(words: str, language: str | None, *, strict: bool = False) -> tuple[str, ...]:
    """The names at the start of a list of people; with `strict` nothing where anything in it is no name."""
    names: list[str] = []
    for piece in _SPLIT_PEOPLE.split(words):
        bare = _cut_role(piece.strip(" .:-–—•|"), language)
        if not bare:
            continue
        if not is_person(bare):
            if names and not strict:
                break  # what follows the names is a role or a place
            return ()
        names.append(bare)
    return tuple(names)


def _cut_role(piece: str, language: str | None) -> str:
    """`Ann Example Staff Writer` → `Ann Example`."""
    words = piece.split()
    roles = _roles(language)
    for n, word in enumerate(words[2:], 2):
        if word.lower() in roles:
            return " ".join(words[:n])
    return piece


@lru_cache(maxsize=64)
def _roles(language: str | None) -> frozenset[str]:
    return frozenset(w for c in _codes(language) for w in language_words(c, "prompts", "roles"))


def _codes(language: str | None) -> tuple[str, ...]:
    """The language's own words and English ones, which pages of every language use; all where it is not known."""
    return tuple(dict.fromkeys((language, "en"))) if language else find_languages()


@lru_cache(maxsize=64)
def _byline_label(language: str | None) -> re.Pattern[str]:
    words = {w for c in _codes(language) for w in language_words(c, "prompts", "byline")}
    labels = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(rf"(?:{labels or '(?!)'})(?:\s*:\s*|\s+)", re.IGNORECASE)


@lru_cache(maxsize=64)
def _photo_label(language: str | None) -> re.Pattern[str]:
    words = {w for c in _codes(language) for w in language_words(c, "prompts", "photo")}
    labels = "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
    return re.compile(
        rf"\(?(?:{labels or '(?!)'})\s?(?:credit|by|courtesy)?\s*(?::|©|\bby\b)\s*", re.IGNORECASE
    )


def _names_picture(inside: str, language: str | None) -> bool:
    lower = inside.lower()
    words = set(re.findall(r"[^\W\d_]+", lower))
    if any(words & language_words(c, "prompts", "photo") for c in _codes(language)):
        return True
    return bool("getty" in words or "/" in inside) and bool(
        _agencies().pattern.search(inside)
        or words & {"getty", "shutterstock", "alamy", "epa", "imago", "istock", "afp", "unsplash"}
    )
