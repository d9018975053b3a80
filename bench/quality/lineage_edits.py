"""Small edits that a copy may make, each with what it changed: for measuring lineage by operator.

Each takes a seeded random source and a text and gives the edited text with the kind of change to be told and its place
on both sides, or None where the text offers no place for it. Edits with no kind must not be called a change. English.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Place = tuple[int, int]

_QUOTED = re.compile(r"“([^“”\n]{30,400})”|(?<![\w.,!?])\"(?=\w)([^\"\n]{30,400})\"")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?][”\"]?(?=\s|$)")
_NAME = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,} [A-Z][a-z]{3,})(?=[ ,.])")
_DULL = frozenset({"United States", "White House", "New York", "Last Week", "High Court", "Red Cross"})
_WORDS = ("plainly", "general", "harbour", "failure", "simple", "promise", "window", "answer", "matter", "garden", "signal")  # fmt: skip
_PEOPLE = ("Ilse Brandow", "Corin Tavish", "Maela Dorne", "Piotr Haskel", "Edda Quill", "Ravi Sondhi")
_PLACES = ("Marlow", "Estervik", "Calder", "Tolna", "Braxted", "Ombria")
_SAME = {
    "about": "around", "said": "stated", "people": "persons", "killed": "slain", "began": "started", "help": "assist",
    "children": "kids", "big": "large", "large": "big", "shows": "displays", "near": "close to", "house": "dwelling", "car": "vehicle",
    "also": "as well", "after": "following", "because": "since", "police": "officers", "end": "finish", "buy": "purchase",
    "many": "numerous", "while": "whilst", "including": "among them", "want": "wish", "former": "onetime", "injured": "hurt",
    "use": "employ", "several": "various", "against": "in opposition to", "country": "nation", "get": "obtain", "must": "has to",
}  # fmt: skip
_SPELLINGS = {
    "organization": "organisation", "center": "centre", "labor": "labour", "color": "colour", "defense": "defence",
    "program": "programme", "percent": "per cent", "toward": "towards", "neighborhood": "neighbourhood", "%": " percent",
    "favor": "favour", "honor": "honour", "traveled": "travelled", "realize": "realise", "theater": "theatre", "gray": "grey",
}  # fmt: skip
_CONTRACTIONS = {
    "did not": "didn't", "is not": "isn't", "was not": "wasn't", "has not": "hasn't", "have not": "haven't",
    "cannot": "can't", "do not": "don't", "does not": "doesn't", "it is": "it's", "would not": "wouldn't",
}  # fmt: skip
_UNITS = {
    "pounds": (0.4536, "kilograms"), "kilograms": (2.2046, "pounds"), "feet": (0.3048, "meters"), "meters": (3.2808, "feet"),
    "metres": (3.2808, "feet"), "acres": (0.4047, "hectares"), "hectares": (2.471, "acres"), "mph": (1.609, "km/h"), "km/h": (0.6214, "mph"),
    "miles per hour": (1.609, "kilometers per hour"),
}  # fmt: skip
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited text; `kinds` are right names of the change, none for one that is no change."""

    text: str
    kinds: tuple[str, ...] = ()
    child: Place | None = None
    parent: Place | None = None


Operator = Callable[[Random, str], Edit | None]


def _put(text: str, place: Place, new: str, *kinds: str, around: Place | None = None) -> Edit:
    """The text with `new` at the place; `around` is the larger place, as a quotation, that is told."""
    start, end = around or place
    shift = len(new) - (place[1] - place[0])
    edited = text[: place[0]] + new + text[place[1] :]
    return Edit(edited, kinds, (start, end + shift) if end + shift > start else None, (start, end))


def _quotation(rng: Random, text: str) -> Place | None:
    found = [m.span(1) if m.group(1) else m.span(2) for m in _QUOTED.finditer(text)]
    return rng.choice(found) if found else None


def _marked(text: str, at: int) -> bool:
    """Whether the place is near marked words: an odd number of marks stands before it in its paragraph, or one beside."""
    start = text.rfind("\n", 0, at) + 1
    return len(re.findall(r"[\"“”]", text[start:at])) % 2 == 1


def _inner(rng: Random, text: str, quotation: Place, pattern: str) -> Place | None:
    found = [
        (quotation[0] + m.start(), quotation[0] + m.end())
        for m in re.finditer(pattern, text[quotation[0] : quotation[1]])
    ]
    return rng.choice(found) if found else None


def _in_quotation(pattern: str, new: Callable[[Random, str], str]) -> Operator:
    def edit(rng: Random, text: str) -> Edit | None:
        quotation = _quotation(rng, text)
        place = _inner(rng, text, quotation, pattern) if quotation else None
        if quotation is None or place is None:
            return None
        return _put(text, place, new(rng, text[place[0] : place[1]]), "quote", around=quotation)

    return edit


def _quote_second_sentence(rng: Random, text: str) -> Edit | None:
    quotation = _quotation(rng, text)
    if quotation is None:
        return None
    stop = text.find(". ", *quotation)
    place = _inner(rng, text, (stop, quotation[1]), r"(?<= )[a-z]{5,}(?= )") if stop > 0 else None
    return _put(text, place, rng.choice(_WORDS), "quote", around=quotation) if place else None


def _quote_joined(rng: Random, text: str) -> Edit | None:
    """The words between two marked pieces are left out, and the pieces become one."""
    found = list(
        re.finditer(r"([.,])([”\"]) (?:[A-Z]?[\w’'.,-]+ ){1,8}?(?:said|added)[.,] ([“\"])(?=\w)", text)
    )
    if not found:
        return None
    match = rng.choice(found)
    return _put(text, match.span(), ". ", "quote")


def _quote_wider(rng: Random, text: str) -> Edit | None:
    """The closing mark moves over the reporter's next words."""
    found = list(re.finditer(r"(?<=[a-z])([”\"])((?: [a-z]+){3,6})(?=[.,])", text))
    if not found:
        return None
    match = rng.choice(found)
    return _put(text, match.span(), match.group(2) + match.group(1), "quote")


def _quote_speaker(rng: Random, text: str) -> Edit | None:
    people = sorted(set(_NAME.findall(text)) - _DULL)
    said = list(re.finditer(r"(?<=[”\"] )(said )?([A-Z][a-z]+ [A-Z][a-z]{3,})( said)?(?=[ ,.])", text))
    said = [m for m in said if bool(m.group(1)) != bool(m.group(3))]
    if not said:
        return None
    match = rng.choice(said)
    others = [p for p in people if p != match.group(2)]
    return _put(text, match.span(2), rng.choice(others), "quote", "name") if others else None


def _quote_invented(rng: Random, text: str) -> Edit | None:
    people = sorted(set(_NAME.findall(text)) - _DULL)
    stops = [m.end() for m in re.finditer(r"[a-z]\.(?=\n)", text)]
    if not people or not stops:
        return None
    at = rng.choice(stops)
    said = rng.choice(("Nobody warned us that the archive was empty", "My patience with this has run out"))
    new = f' "{said}," {rng.choice(people)} said.'
    return Edit(text[:at] + new + text[at:], ("quote",), (at + 2, at + 2 + len(said)))


def _number(pattern: str, new: Callable[[Random, str], str | None], *kinds: str) -> Operator:
    def edit(rng: Random, text: str) -> Edit | None:
        found = [m for m in re.finditer(pattern, text) if not _dated(text, m.span())]
        if not found:
            return None
        match = rng.choice(found)
        changed = new(rng, match.group())
        return _put(text, match.span(), changed, *kinds) if changed is not None else None

    return edit


def _dated(text: str, place: Place) -> bool:
    beside = text[max(0, place[0] - 12) : place[1] + 12]
    month = re.search(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|:\d|UTC|GMT|a\.?m|p\.?m", beside)
    return bool(month) or bool(re.fullmatch(r"(?:19|20)\d\d", text[place[0] : place[1]]))


def _swap(rng: Random, digits: str) -> str | None:
    if len(set(digits)) > 1:
        other = digits
        while other == digits or other[0] in "0,":
            shuffled = list(digits.replace(",", ""))
            rng.shuffle(shuffled)
            other = "".join(shuffled) if "," not in digits else f"{int(''.join(shuffled)):,}"
            if set(digits) <= {"0", ",", digits[0]}:
                return None
        return other
    return str(int(digits.replace(",", "")) + rng.randint(2, 9))


def _round(_: Random, digits: str) -> str | None:
    value = int(digits.replace(",", ""))
    size = 10 ** (len(str(value)) - 1)
    rounded = round(value / size) * size
    return f"{rounded:,}" if rounded != value else None


def _other_word(rng: Random, word: str) -> str:
    return rng.choice([w for w in _DIGITS[2:] if w != word.lower()])


def _convert(_: Random, words: str) -> str:
    value, unit = words.split(" ", 1)
    factor, other = {"k": (0.6214, "miles"), "m": (1.609, "kilometers")}[unit[0]]
    return f"{max(1, round(float(value.replace(',', '')) * factor))} {other}"


def _scale(_: Random, words: str) -> str:
    return words.replace("million", "billion") if "million" in words else words.replace("billion", "million")


def _person(rng: Random, text: str) -> Edit | None:
    found = [m for m in _NAME.finditer(text) if m.group(1) not in _DULL]
    if not found:
        return None
    return _put(text, rng.choice(found).span(1), rng.choice(_PEOPLE), "name")


def _last_name(rng: Random, text: str) -> Edit | None:
    found = [m for m in _NAME.finditer(text) if m.group(1) not in _DULL]
    if not found:
        return None
    match = rng.choice(found)
    start = match.start(1) + match.group(1).index(" ") + 1
    return _put(text, (start, match.end(1)), rng.choice(_PEOPLE).split()[1], "name")


def _name_throughout(rng: Random, text: str) -> Edit | None:
    found = [m for m in _NAME.finditer(text) if m.group(1) not in _DULL]
    if not found:
        return None
    match = rng.choice(found)
    last = match.group(1).split()[1]
    other = rng.choice(_PEOPLE).split()[1]
    edited = re.sub(rf"\b{last}\b", other, text)
    return Edit(edited, ("name", "quote"), (0, len(edited)), (0, len(text)))


def _first_name_dropped(rng: Random, text: str) -> Edit | None:
    found = [m for m in _NAME.finditer(text) if m.group(1) not in _DULL and not _marked(text, m.start())]
    if not found:
        return None
    match = rng.choice(found)
    return _put(text, match.span(1), match.group(1).split()[1])


def _one_of(pattern: str, new: Callable[[Random, str], str], *kinds: str, quoted: bool = False) -> Operator:
    """Exchanges one match outside (or anywhere, if `quoted`) marks."""

    def edit(rng: Random, text: str) -> Edit | None:
        marked = [m.span() for m in _QUOTED.finditer(text)]
        found = [
            m for m in re.finditer(pattern, text) if quoted or not any(a <= m.start() < b for a, b in marked)
        ]
        if not found:
            return None
        match = rng.choice(found)
        return _put(text, match.span(), new(rng, match.group()), *kinds)

    return edit


def _everywhere(table: dict[str, str], share: float) -> Operator:
    def edit(rng: Random, text: str) -> Edit | None:
        pattern = "|".join(rf"(?<![\w]){re.escape(w)}(?![\w])" for w in sorted(table, key=len, reverse=True))
        edited = re.sub(pattern, lambda m: table[m.group()] if rng.random() < share else m.group(), text)
        return Edit(edited) if edited != text else None

    return edit


def _number_words(_: Random, text: str) -> Edit | None:
    edited = re.sub(r"(?<=[a-z] )([2-9]|1[0-2])(?= [a-z]{4,}s\b)", lambda m: _DIGITS[int(m.group())], text)
    return Edit(edited) if edited != text else None


def _marks(_: Random, text: str) -> Edit | None:
    if "“" in text:
        return Edit(text.replace("“", '"').replace("”", '"'))
    edited = re.sub(r'"([^"\n]+)"', r"“\1”", text)
    return Edit(edited) if edited != text else None


def _single_marks(_: Random, text: str) -> Edit | None:
    edited = re.sub(r"[\"“]([^\"“”\n]+)[\"”]", r"‘\1’", text)
    return Edit(edited) if edited != text else None


def _paragraphs(rng: Random, text: str) -> Edit | None:
    parts = text.split("\n\n")
    if len(parts) < 4:
        return None
    rest = parts[1:]
    rng.shuffle(rest)
    return Edit("\n\n".join((parts[0], *rest)))


def _scan(rng: Random, text: str) -> Edit | None:
    letters = "abcdefghilmnorstu"
    return Edit("".join(rng.choice(letters) if c.islower() and rng.random() < 0.03 else c for c in text))


def _standing_lines(rng: Random, text: str) -> Edit | None:
    lines = ("Follow us for more news.", "© The Tolna Messenger. All rights reserved.", "Sign up for our newsletter here.", "Photo: archive")  # fmt: skip
    return Edit(f"{text}\n\n{rng.choice(lines)}\n\n{rng.choice(lines)}")


def _joined_sentences(rng: Random, text: str) -> Edit | None:
    found = [
        m
        for m in re.finditer(r"(?<=[a-z]{3})\. (He|She|It|They|The)(?= [a-z])", text)
        if not _marked(text, m.start())
    ]
    if not found:
        return None
    match = rng.choice(found)
    return Edit(f"{text[: match.start()]}, and {match.group(1).lower()}{text[match.end() :]}")


def _trim(rng: Random, text: str) -> Edit | None:
    found = [m.end() for m in _SENTENCE.finditer(text)]
    return Edit(text[: found[max(3, int(len(found) * rng.uniform(0.25, 0.6)))]]) if len(found) > 8 else None


def _middle(rng: Random, text: str) -> Edit | None:
    found = list(_SENTENCE.finditer(text))
    if len(found) < 10:
        return None
    first = rng.randint(2, len(found) // 2)
    return Edit(
        text[found[first].start() : found[min(len(found) - 1, first + len(found) // 3)].end()].strip()
    )


def _reworded_lead(rng: Random, text: str) -> Edit | None:
    """The first sentence is written anew."""
    found = list(_SENTENCE.finditer(text))
    if len(found) < 6:
        return None
    lead = rng.choice(
        ("Here is what is known so far about the matter.", "Much is still open after a long day.")
    )
    return Edit(lead + text[found[0].end() :])


def _quote_parted(rng: Random, text: str) -> Edit | None:
    """A quotation becomes two with the speaker's words between left out."""
    quotation = _quotation(rng, text)
    place = (
        _inner(rng, text, quotation, r"(?<=[a-z])(?: [a-z’']+){4} (?=[a-z]+ [a-z]+ [a-z]+)")
        if quotation
        else None
    )
    if quotation is None or place is None or place[0] - quotation[0] < 20:
        return None
    close, opens = ("”", "“") if text[quotation[0] - 1] == "“" else ('"', '"')
    return _put(text, place, f",{close} officials said, {opens}", "quote", around=quotation)


def _quote_interrupted(rng: Random, text: str) -> Edit | None:
    """A quotation becomes two and nothing is left out."""
    quotation = _quotation(rng, text)
    place = _inner(rng, text, quotation, r"(?<=[a-z]) (?=[a-z]+ [a-z]+ [a-z]+)") if quotation else None
    if quotation is None or place is None or place[0] - quotation[0] < 20:
        return None
    close, opens = ("”", "“") if text[quotation[0] - 1] == "“" else ('"', '"')
    edit = _put(text, place, f",{close} officials said, {opens}")
    return Edit(edit.text)


def _measure(_: Random, words: str) -> str:
    value, unit = words.split(" ", 1)
    factor, other = _UNITS[unit]
    return f"{max(1, round(float(value.replace(',', '')) * factor))} {other}"


def _replaced(pattern: str, new: str) -> Operator:
    """Every match is written otherwise, with the same sense."""

    def edit(_: Random, text: str) -> Edit | None:
        edited = re.sub(pattern, new, text)
        return Edit(edited) if edited != text else None

    return edit


def _first_third(_: Random, text: str) -> Edit | None:
    paragraphs = text.split("\n\n")
    kept = "\n\n".join(paragraphs[: max(3, len(paragraphs) // 3)])
    return Edit(kept) if 500 < len(kept) < len(text) else None


def _noise(rng: Random, text: str) -> Edit | None:
    """One letter in fifty is another."""
    letters = [rng.choice("aeinrst") if c.isalpha() and rng.random() < 0.02 else c for c in text]
    return Edit("".join(letters))


def _head_lines(rng: Random, text: str) -> Edit | None:
    person = rng.choice(_PEOPLE)
    return Edit(f"By {person}, Staff Writer\n\nPublished 4:35 PM\n\n{text}\n\nShare this story")


OPERATORS: dict[str, Operator] = {
    "quote: word": _in_quotation(r"(?<= )[a-z]{5,}(?= )", lambda rng, _: rng.choice(_WORDS)),
    "quote: word dropped": _in_quotation(r"(?<= )[a-z]{5,} (?=[a-z])", lambda *_: ""),
    "quote: word put in": _in_quotation(r"(?<=[a-z]) (?=[a-z])", lambda *_: " very "),
    "quote: end cut": _in_quotation(r"(?: [\w’']+){3}(?=[,.]?$)", lambda *_: ""),
    "quote: beginning cut": _in_quotation(r"^(?:[\w’']+ ){3}(?=[a-z])", lambda *_: ""),
    "quote: denied": _in_quotation(r"(?<= )(?:is|are|was|were|will|can|do|have) (?!not)", lambda _, w: w + "not "),
    "quote: denial lost": _in_quotation(r"(?<= )not ", lambda *_: ""),
    "quote: second sentence": _quote_second_sentence,
    "quote: two made one": _quote_joined,
    "quote: marks widened": _quote_wider,
    "quote: other speaker": _quote_speaker,
    "quote: invented": _quote_invented,
    "quote: parted": _quote_parted,
    "figure: unit": _number(rf"(?<![\d.,])\d{{2,4}} (?:{'|'.join(_UNITS)})(?![\w-])", _measure, "figure"),
    "figure: digits": _number(r"(?<![\d.,$])\d{2,3}(?:,\d{3})?(?![\d.,-])(?= [a-z])", _swap, "figure"),
    "figure: rounded": _number(r"(?<![\d.,])\d{1,3},\d{3}(?![\d,.])|(?<![\d.,$])\d{3}(?= [a-z])", _round, "figure"),
    "figure: word": _number(r"(?<=[a-z] )(?:two|three|four|five|six|seven|eight|nine|ten)(?= [a-z]+s\b)", _other_word, "figure"),
    "figure: converted": _number(r"(?<![\d.,])\d+ (?:kilomet(?:er|re)s|miles)(?! per)", _convert, "figure"),
    "figure: scale": _number(r"(?<![\d.,])\d+(?:\.\d+)? (?:million|billion)", _scale, "figure"),
    "figure: percentage": _number(r"(?<![\d.])\d{1,2}(?=%| per ?cent)", lambda rng, d: str(int(d) + rng.randint(3, 20)), "figure"),
    "figure: lost": _one_of(r"(?<=[a-z] )\d{2,3} (?=[a-z]{4,}s\b)", lambda *_: "", "figure"),
    "name: person": _person,
    "name: last name": _last_name,
    "name: throughout": _name_throughout,
    "name: place": _one_of(r"(?<= in )[A-Z][a-z]{4,}(?=[.,]? [a-z])(?<!January|October|Tuesday)", lambda rng, _: rng.choice(_PLACES), "name"),
    "name: office": _one_of(r"(?<=[a-z] )(?:Minister|Secretary|Governor|Senator|Chancellor|Mayor)(?= [A-Z])", lambda _, w: "former " + w, "name"),
    "name: other office": _one_of(r"(?<=[a-z] )(?:President|Governor|Senator|Chancellor)(?= [A-Z])", lambda _, w: "Mayor" if w != "Mayor" else "Governor", "name"),
    "name: nation": _one_of(r"(?<=[a-z] )(?:American|British|French|German|Russian|Chinese|Israeli)(?= [a-z]+)", lambda rng, w: rng.choice([n for n in ("Danish", "Polish", "Chilean") if n != w]), "name"),
    "hedge: adjective lost": _one_of(r"(?<=[a-z] )(?:alleged|suspected|apparent|potential|possible) (?=[a-z])", lambda *_: "", "hedge"),
    "hedge: contracted denial lost": _one_of(r"(?<= )(?:was|is|were|are|did|does|has|have|could|would)n['’]t(?= [a-z])", lambda _, w: w[:-3], "hedge"),
    "hedge: seems": _one_of(r"(?<=[a-z] )(?:appears|seems|appeared|seemed) to be(?= [a-z])", lambda _, w: "is" if w[:5] != "appea" or "ars" in w else "was", "hedge"),
    "hedge: lost": _one_of(r"(?<=[a-z] )(?:reportedly|allegedly|possibly|probably|apparently) ", lambda *_: "", "hedge"),
    "hedge: amount lost": _one_of(r"(?<=[a-z] )(?:about|around|nearly|almost|at least|more than|up to) (?=\d)", lambda *_: "", "hedge"),
    "hedge: certain": _one_of(r"(?<=[a-z] )(?:may|might|could)(?= [a-z])", lambda *_: "will", "hedge"),
    "hedge: gained": _one_of(r"(?<=[a-z] )(?:was|were)(?= [a-z]+ed )", lambda _, w: w + " reportedly", "hedge"),
    "hedge: denied": _one_of(r"(?<=[a-z] )(?:was|were|will|is|are) (?!not)(?=[a-z]{4,})", lambda _, w: w + "not ", "hedge"),
    "hedge: denial lost": _one_of(r"(?<=[a-z] )not (?=[a-z])", lambda *_: "", "hedge"),
    "none: synonyms": _everywhere(_SAME, 0.6),
    "none: spellings": _everywhere(_SPELLINGS, 1.0),
    "none: contractions": _everywhere(_CONTRACTIONS, 1.0),
    "none: number words": _number_words,
    "none: curly or straight marks": _marks,
    "none: single marks": _single_marks,
    "none: paragraphs moved": _paragraphs,
    "none: scanned": _scan,
    "none: standing lines": _standing_lines,
    "none: sentences joined": _joined_sentences,
    "none: first name dropped": _first_name_dropped,
    "none: quotation interrupted": _quote_interrupted,
    "none: months short": _replaced(r"\b(Jan|Feb|Aug|Sept|Oct|Nov|Dec)(?:uary|ruary|ust|ember|ober)(?= \d)", r"\1."),
    "none: day before month": _replaced(r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{1,2})(?=[ ,.])(?!, \d{4})", r"\2 \1"),
    "none: clock": _replaced(r"(\d) ([ap])\.m\.", r"\1 \2m"),
    "none: no commas in figures": _replaced(r"(?<=\d),(?=\d{3}\b)", ""),
    "none: dollars in words": _replaced(r"(?<![A-Z])(?<!and )(?<!to )\$(\d+(?:\.\d+)?) (million|billion)", r"\1 \2 dollars"),
    "none: per cent sign": _replaced(r"(?<=\d) per ?cent\b", "%"),
    "none: on before weekdays": _replaced(r" on (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)", " "),
    "none: ages": _replaced(r"([A-Z][a-z]+), (\d\d),", r"\2-year-old \1"),
    "none: noise": _noise,
    "none: first third": _first_third,
    "none: lines around": _head_lines,
    "none: trimmed": _trim,
    "none: a middle part": _middle,
    "none: new lead": _reworded_lead,
}  # fmt: skip
