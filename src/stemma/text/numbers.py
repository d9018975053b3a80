"""Quantities in a text: digits and words, ranges, rough ones ("dozens"), with qualifier and unit.

Gives places and values; what a quantity counts, and whether it is a date, an age or an address, is for the facts stage
to say. Words of a language are its table `[numbers]`; a language without one has digits alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, cast

from stemma.text.lang import load_language
from stemma.types import Qualifier

_WORD = re.compile(r"\d+|[^\W\d_]+|[^\w\s]")
_FIGURES = frozenset("0123456789")
_NO_NOUN = frozenset(["", ".", ",", ")", ";"])
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₴": "UAH"}
_CODES = "USD|EUR|GBP|JPY|CHF|CNY|RUB|UAH|INR|TRY|PLN|SEK|NOK|DKK|CZK|HUF|BRL|MXN|ARS|CAD|AUD"
_PREFIXED = {
    "us$": "USD",
    "c$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "hk$": "HKD",
    "nz$": "NZD",
    "r$": "BRL",
    "mx$": "MXN",
}
_BEFORE_NUMBER = " \n\t\u00a0\u202f" + "".join(_SYMBOLS)
_DIGITS = r"\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at `start:end`, qualifier and unit included; `core` is where the bare number begins.

    `low` and `high` are None where open. `unit` is an ISO 4217 code, "%", a measure ("km"), or None. `words` tells that
    it was written in letters; `digits` how many digits it was written with.
    """

    start: int
    end: int
    core: int
    core_end: int
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: str | None
    in_words: bool
    scaled: bool


def find_quantities(
    text: str, language: str | None = None, *, words: tuple[Sequence[str], Sequence[int]] | None = None
) -> list[Quantity]:
    """All quantities in order, none inside another. Ordinals and digits inside words ("G7", "24th") are left out.

    `words` are the lower-case words of the text and where each begins, where the caller has them.
    """
    tools = _tools(language or "")
    heads, position = tools.heads, 0
    found: list[Quantity] = []
    lower, starts = words if words is not None else _scan(text)
    reach = tools.reach
    opening = {word for word in set(lower) if word[:reach] in heads or word[0] in _FIGURES}
    for start in [at for word, at in zip(lower, starts, strict=True) if word in opening] if opening else ():
        if start < position:
            continue
        match = tools.number.match(text, start)
        quantity = tools.read(text, match, position) if match else None
        if quantity is not None:
            found.append(quantity)
            position = quantity.end
    return found


def _scan(text: str) -> tuple[Sequence[str], Sequence[int]]:
    matches = list(_WORD.finditer(text))
    return [m.group().lower() for m in matches], [m.start() for m in matches]


@dataclass(frozen=True, slots=True)
class _Tools:
    """Everything of one language, compiled once. `heads` are the first `reach` letters of what can begin a number."""

    reach: int
    heads: frozenset[str]
    number: re.Pattern[str]
    follow: re.Pattern[str]
    unit: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str] | None
    word_value: re.Pattern[str] | None
    values: Mapping[str, float]
    scales: Mapping[str, float]
    rough: Mapping[str, float]
    shares: Mapping[str, float]
    joiners: Mapping[str, str]
    units: Mapping[str, str]
    qualifiers: Mapping[str, Qualifier]
    changed: re.Pattern[str] | None
    measured: re.Pattern[str] | None
    comma: bool
    openings: tuple[str, ...]

    def read(self, text: str, match: re.Match[str], floor: int) -> Quantity | None:
        core, end = match.start(), match.end()
        raw = match.group()
        unit: str | None = None
        start = core
        in_words = not raw[0].isdigit() and match.lastgroup != "money"
        rough = match.lastgroup == "rough"
        if match.lastgroup == "money":
            symbol = (match.group("symbol") or "").strip().lower()
            unit = _PREFIXED.get(symbol) or _SYMBOLS.get(symbol[-1:]) or symbol.upper()
            core = match.start("amount")
            raw = match.group("amount")
        if match.lastgroup == "share":
            value = self.shares[_plain(raw)]
            return self._finish(text, floor, start, core, end, value, value, "%", True, True, False)
        low = self._value(raw)
        if low is None:
            return None
        scaled = False
        metres = not rough and unit is None and self.measured and self.measured.match(text, end)
        if metres:
            unit, end = "m", metres.end("mark")
        elif not rough:
            low, end, scaled = self._scale(text, low, end, money=unit is not None)
        high: float | None = None if rough else low
        between = False
        if not rough and (other := self.follow.match(text, end)):
            upper = self._value(other.group("other"))
            sign = other.group("sign")
            if upper is not None and (not sign or _SYMBOLS.get(sign[-1:]) == unit):
                if metres and (same := self.measured and self.measured.match(text, other.end())):
                    upto, also = same.end("mark"), False
                else:
                    upper, upto, also = self._scale(text, upper, other.end(), money=unit is not None)
                if also and not scaled and low < 1000:
                    low *= upper / (self._value(other.group("other")) or 1)
                joiner = _plain(other.group("joiner") or "-")
                if self.joiners.get(joiner) == "to" and self._is_change(text, start):
                    pass  # "raised from 40 to 75": two figures
                elif low < upper and self._is_range(
                    text, start, joiner, low, upper, raw, other.group("other")
                ):
                    high, end, between = upper, upto, True
        return self._finish(
            text, floor, start, core, end, low, high, unit, in_words, scaled or rough, between, rough
        )

    def _is_range(self, text: str, start: int, joiner: str, low: float, high: float, a: str, b: str) -> bool:
        kind = self.joiners.get(joiner, "dash")
        if kind == "and":
            return bool(self.before_between(text, start))
        if kind == "or":
            return high <= low * 2 + 1
        if kind == "dash" and not (a[0].isdigit() and b[0].isdigit()):
            return high <= low * 2 + 1
        return high <= low * 20

    def before_between(self, text: str, start: int) -> bool:
        found = self.before.search(text, max(0, start - 24), start)
        return bool(found) and self.qualifiers.get(_plain(found.group(1)) if found else "") == "between"

    def _is_change(self, text: str, start: int) -> bool:
        """Whether a verb of change opens the span ("rose from"): what follows is before and after, not a range."""
        if self.changed is None or not self.before_between(text, start):
            return False
        return self.changed.search(text, max(0, start - 70), start) is not None

    def _scale(self, text: str, value: float, end: int, *, money: bool) -> tuple[float, int, bool]:
        match = self.unit.match(text, end)
        if match and match.lastgroup == "scale":
            if (
                match.group("scale").lower() == "m"
                and not money
                and text[match.end() : match.end() + 2].strip()[:1] in _NO_NOUN
            ):
                return value, end, False  # "fell 60m." is metres
            return value * self.scales[_plain(match.group("scale"))], match.end(), True
        return value, end, False

    def _finish(
        self,
        text: str,
        floor: int,
        start: int,
        core: int,
        end: int,
        low: float,
        high: float | None,
        unit: str | None,
        in_words: bool,
        scaled: bool,
        between: bool,
        rough: bool = False,
    ) -> Quantity:
        core_end = end
        if unit is None and (match := self.unit.match(text, end)) and match.lastgroup != "scale":
            unit, end = self.units[_plain(match.group("unit"))], match.end()
        elif unit not in (None, "%") and (match := self.unit.match(text, end)) and match.lastgroup == "unit":
            end = match.end() if self.units[_plain(match.group("unit"))] == unit else end
        qualifier: Qualifier = "between" if between else "about" if rough else "exact"
        head = text[max(floor, start - 40) : start].rstrip(_BEFORE_NUMBER).lower()
        said = (
            self.before.search(text, max(floor, start - 40), start) if head.endswith(self.openings) else None
        )
        if said:
            word = self.qualifiers[_plain(said.group(1))]
            if word == "between":
                start = said.start(1) if between else start
            elif not between or word in ("about", "at least", "up to"):
                start = said.start(1)
                qualifier = word if not (between and word == "about") else "between"
        if self.after and qualifier == "exact" and (tail := self.after.match(text, end)):
            qualifier, end = self.qualifiers[_plain(tail.group(1))], tail.end()
        if qualifier in ("at least", "more than"):
            high = None
        elif qualifier in ("up to", "fewer than"):
            high = high if high is not None else low
            return Quantity(start, end, core, core_end, None, high, qualifier, unit, in_words, scaled)
        return Quantity(
            start,
            end,
            core,
            core_end,
            _tidy(low),
            None if high is None else _tidy(high),
            qualifier,
            unit,
            in_words,
            scaled,
        )

    def _value(self, raw: str) -> float | None:
        if raw[0].isdigit():
            return _digits(raw, comma=self.comma)
        plain = _plain(raw)
        if plain in self.rough:
            return self.rough[plain]
        if not self.word_value:
            return None
        total = current = 0.0
        for part in self.word_value.findall(plain):
            if part in self.values:
                current += self.values[part]
            else:
                scale = self.scales[part]
                current = (current or 1) * scale
                if scale >= 1000:
                    total += current
                    current = 0
        return total + current


def _digits(raw: str, *, comma: bool) -> float | None:
    """Digits with marks: three digits after a mark are a group; the habit of the language decides "1.500"."""
    if raw.isdigit():
        return float(raw) if len(raw) < 16 else None
    raw = re.sub(r"[\s'’\u00a0\u202f]", "", raw)
    point, group = (",", ".") if comma else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(point)}\d+)?", raw):
        return float(raw.replace(group, "").replace(point, "."))
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(point)}\d{{3}}){{2,}}", raw):
        return float(raw.replace(point, ""))
    if re.fullmatch(r"\d+[.,]\d+", raw):
        return float(raw.replace(",", "."))
    return float(raw) if raw.isdigit() and len(raw) < 16 else None  # "12 000"


def _plain(words: str) -> str:
    return " ".join(words.lower().replace("\u00a0", " ").split())


def _tidy(value: float) -> float:
    return round(value, 6)


def _any(words: list[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"[\s\u00a0]+") for w in sorted(words, key=lambda w: (-len(w), w))
    )


@lru_cache(maxsize=32)
def _tools(language: str) -> _Tools:
    table = load_language(language).get("numbers", _NOTHING)
    small = {w: float(n) for n, w in enumerate(table.get("small", ())) if w}
    values = small | {k: float(v) for k, v in table.get("also", {}).items()}
    scales = {k: float(v) for k, v in table.get("scales", {}).items()}
    short = {k: float(v) for k, v in table.get("short_scales", {}).items()}
    rough = {k: float(v) for k, v in table.get("rough", {}).items()}
    shares = {k: float(v) for k, v in table.get("shares", {}).items()}
    units = {k.lower(): str(v) for k, v in table.get("units", {}).items()} | {
        "%": "%",
        "€": "EUR",
        "$": "USD",
        "£": "GBP",
    }
    joiners = {w: kind for kind in ("to", "or", "and") for w in table.get("joiners", {}).get(kind, ())}
    qualifiers: dict[str, Qualifier] = {
        word: cast(Qualifier, kind) for kind, words in table.get("qualifiers", {}).items() for word in words
    }
    tails: dict[str, Qualifier] = {
        word: cast(Qualifier, kind) for kind, words in table.get("tails", {}).items() for word in words
    }
    gap = r"[\s-]*" if table.get("solid") else r"(?:[\s\u00a0]+|-)"
    link = _any(list(table.get("links", ()))) or r"(?!)"
    element = _any([*values, *scales]) or "(?!)"
    wording = rf"(?:{element})(?:{gap}(?:(?:{link}){gap})?(?:{element}))*"
    symbols = "[" + "".join(_SYMBOLS) + "]"
    digits = (
        rf"{_DIGITS}"
        if not table.get("spaced")
        else rf"\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+(?:,\d+)?|{_DIGITS}"
    )
    money = rf"(?P<symbol>(?:US|C|A|AU|HK|NZ|R|MX)\$|{symbols}|(?:{_CODES})\b)[\s\u00a0]?(?P<amount>{digits})"
    number = (
        rf"(?<![\w$€£.,:/@#-])(?P<money>{money})(?![\d])"
        rf"|(?<![\w.,:/@#–-])(?P<digits>{digits})(?![\d:/@]|[.,]\d|(?:st|nd|rd|th|er|ème|º|ª)\b)"
        + (rf"|(?<![\w'’-])(?P<rough>{_any([*rough])})(?![\w'’])" if rough else "")
        + (rf"|(?<![\w'’-])(?P<share>{_any([*shares])})(?![\w'’-])" if shares else "")
        + rf"|(?<![\w'’-])(?P<wording>{wording})(?![\w'’])"
    )
    joiner = _any([*joiners]) or "(?!)"
    follow = rf"(?:[\s\u00a0]+(?P<joiner>{joiner})[\s\u00a0]+|(?P<dash>[–-])|[\s\u00a0](?P<spaced>[–-])[\s\u00a0])(?P<sign>(?:[A-Z]{{1,2}}(?=\$))?{symbols})?(?P<other>{digits}(?=(?:{_any([*short]) or '(?!)'})(?![\w-]))|(?:{digits}|{wording})(?![\w:/-]|[.,]\d))"
    scale = _any([*scales])
    of = _any(list(table.get("of", ()))) or "(?!)"
    unit = (
        rf"(?:[\s\u00a0]?(?:{of}))?[\s\u00a0-]?(?:(?P<scale>(?:{scale or '(?!)'})(?!\w)|(?:{_any([*short]) or '(?!)'})(?!\w|\.\w))"
        rf"|(?P<unit>(?:{_any([*units])})(?!\w)))"
    )
    before = rf"(?<!\w)({_any([*qualifiers]) or '(?!)'})[\s\u00a0]*(?:{symbols})?$"
    everything = qualifiers | tails
    changed = _any(list(table.get("changed", ())))
    measured = _any(list(table.get("measured", ())))
    # four letters keep "for" and "those" out; a language that writes numbers as one word needs the three of "ein"
    reach = 3 if table.get("solid") else 4
    codes = _CODES.lower().split("|")
    firsts = [w.split()[0] for w in (*values, *scales, *rough, *shares)]
    heads = {w[:reach] for w in (*firsts, *codes, *_SYMBOLS)} | {w.rstrip("$") for w in _PREFIXED}
    if reach == 4:
        heads |= {f"{w}-" for w in firsts if len(w) == 3} | {f"{c}{d}" for c in codes for d in range(10)}
        heads |= {f"{w}-{x[0]}" for w in firsts if len(w) == 2 for x in firsts}
    return _Tools(
        reach=reach,
        heads=frozenset(heads),
        number=re.compile(number, re.IGNORECASE),
        follow=re.compile(follow, re.IGNORECASE),
        unit=re.compile(unit, re.IGNORECASE),
        before=re.compile(before, re.IGNORECASE),
        after=re.compile(rf",?[\s\u00a0]({_any([*tails])})(?!\w)(?!\s+\d)", re.IGNORECASE) if tails else None,
        word_value=re.compile(_any([*values, *scales]), re.IGNORECASE) if values else None,
        values=values,
        scales=scales | short,
        rough=rough,
        shares=shares,
        joiners=joiners,
        units=units,
        qualifiers=everything,
        changed=re.compile(rf"(?<!\w)(?:{changed})(?!\w)[^.;:!?\n]*$", re.IGNORECASE) if changed else None,
        measured=re.compile(
            rf"[\s\u00a0]?(?P<mark>m)(?:[\s\u00a0]*(?:{joiner}|[–-])[\s\u00a0]*(?:{_DIGITS})[\s\u00a0]?m)?[\s\u00a0-]+(?:{measured})(?!\w)",
            re.IGNORECASE,
        )
        if measured
        else None,
        comma=bool(table.get("decimal_comma")),
        openings=tuple(q.split()[-1].lower() for q in qualifiers),
    )
