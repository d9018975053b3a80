"""Words of one language as data: stop words, months, verbs of speech, prompts. One TOML file a language.

A file has tables; each user names its own table: `words`, `dates`, `numbers`, `speech`, `prompts`. Adding a language is
adding a file; what a file lacks is empty, never English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


@lru_cache(maxsize=64)
def load_language(code: str) -> Mapping[str, Mapping[str, Any]]:
    """All tables of a language ("en", "de"); empty where there is no file."""
    path = files(__name__) / f"{code}.toml"
    if not code.isalpha() or not path.is_file():
        return _NOTHING
    return MappingProxyType(tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def find_languages() -> tuple[str, ...]:
    """Codes of all languages that have a file, sorted."""
    return tuple(sorted(p.name[:-5] for p in files(__name__).iterdir() if p.name.endswith(".toml")))


def language_words(code: str | None, table: str, key: str) -> frozenset[str]:
    """One word list; the empty set where the language or the list is missing."""
    return _words(code or "", table, key)


@lru_cache(maxsize=1024)
def _words(code: str, table: str, key: str) -> frozenset[str]:
    return frozenset(load_language(code).get(table, _NOTHING).get(key, ()))
