"""The interface in the reader's language: messages by their English words, from one data file for each language.

A page is written inside `speak(tag)`; `t` and `count_things` then answer in that language, and in English where a
message is not translated. How much is, is shown to the reader (`completeness`). Articles are never translated.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

TAGS = ("en", "de", "fr", "es", "uk", "ar")


def _one_other(n: int) -> int:
    return 0 if n == 1 else 1


def _french(n: int) -> int:
    return 0 if n < 2 else 1


def _slavic(n: int) -> int:
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


def _arabic(n: int) -> int:
    if n < 3:
        return n
    return 3 if 3 <= n % 100 <= 10 else 4 if n % 100 >= 11 else 5


# CLDR's rules of cardinal plurals.
_RULES: Mapping[str, Callable[[int], int]] = {"fr": _french, "uk": _slavic, "ar": _arabic}


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One interface: its own name, how it writes days and numbers, its messages."""

    tag: str
    name: str
    direction: str
    months: tuple[str, ...]
    day: str
    short_day: str
    bare_day: str
    thousands: str
    decimal: str
    comma: str
    messages: Mapping[str, str]
    plurals: Mapping[str, tuple[str, ...]]


@cache
def load_language(tag: str) -> Language:
    """The interface language of the tag. Raises `KeyError` for one that there is none of."""
    if tag not in TAGS:
        raise KeyError(tag)
    table: dict[str, Any] = tomllib.loads(
        files("stemma.serve").joinpath(f"languages/{tag}.toml").read_text(encoding="utf-8")
    )
    return Language(
        tag=tag,
        name=table["name"],
        direction=table.get("direction", "ltr"),
        months=tuple(table["months"]),
        day=table["day"],
        short_day=table["short_day"],
        bare_day=table.get("bare_day", "{day}"),
        thousands=table["thousands"],
        decimal=table["decimal"],
        comma=table.get("comma", ", "),
        messages=table.get("messages", {}),
        plurals={one: tuple(forms) for one, forms in table.get("plurals", {}).items()},
    )


_SPOKEN: ContextVar[str] = ContextVar("interface language", default="en")


def spoken() -> Language:
    """The language that pages are written in just now."""
    return load_language(_SPOKEN.get())


@contextmanager
def speak(tag: str) -> Iterator[Language]:
    """Pages that are written inside are in that language."""
    token = _SPOKEN.set(tag)
    try:
        yield load_language(tag)
    finally:
        _SPOKEN.reset(token)


def choose_language(asked: str | None, accepted: str) -> str:
    """The interface for `?lang=` and `Accept-Language` (RFC 9110, 12.5.4); English where none of ours is wanted."""
    if asked and asked.lower().partition("-")[0] in TAGS:
        return asked.lower().partition("-")[0]
    wanted = []
    for place, part in enumerate(accepted[:400].split(",")):
        tag, _, parameters = part.strip().partition(";")
        tag = tag.strip().lower().partition("-")[0]
        quality = parameters.strip().removeprefix("q=") if parameters else "1"
        try:
            weight = float(quality)
        except ValueError:
            continue
        if tag in TAGS and weight > 0:
            wanted.append((-weight, place, tag))
    return min(wanted)[2] if wanted else "en"


def t(text: str, **values: object) -> str:
    """The message in the language spoken, with `{values}` put in; they are never read as messages themselves."""
    known = spoken().messages.get(text, text)
    return known.format_map({key: str(value) for key, value in values.items()}) if values else known


def count_things(number: int, one: str, many: str | None = None) -> str:
    """ "1 article", "1,200 articles", in the language spoken."""
    language = spoken()
    forms = language.plurals.get(one)
    shown = format_count(number)
    if forms is None:
        return f"{shown} {one if number == 1 else many or one + 's'}"
    form = _RULES.get(language.tag, _one_other)(number)
    return forms[min(form, len(forms) - 1)].format(n=shown)


def format_count(number: int) -> str:
    """A whole number with its thousands parted."""
    return f"{number:,}".replace(",", spoken().thousands)


@cache
def completeness(tag: str) -> int:
    """How many of a hundred messages are translated; English lists them all."""
    whole, language = load_language("en"), load_language(tag)
    known = len(whole.messages.keys() & language.messages.keys()) + len(
        whole.plurals.keys() & language.plurals.keys()
    )
    return 100 * known // (len(whole.messages) + len(whole.plurals))
