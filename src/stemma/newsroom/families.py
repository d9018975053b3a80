"""Families: which outlets belong to one owner, as the operator's file says.

`families.toml` in the installation's folder; without it every outlet stands for itself. Counts nothing: `independence`
does. Nothing is guessed: a house style or a shared text is no proof of an owner.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from stemma.errors import ConfigError
from stemma.text.names import fold_name
from stemma.types import Article

FILE = "families.toml"
_KEYS = frozenset({"name", "outlets", "source"})


@dataclass(frozen=True, slots=True)
class Family:
    """Outlets of one owner, by name or by host; `source` says where the ownership is stated."""

    name: str
    outlets: tuple[str, ...]
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Families:
    """All families of an installation, asked by article."""

    families: tuple[Family, ...] = ()
    _names: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    _hosts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def find(self, article: Article) -> str | None:
        """The family of the article's outlet, by the outlet's name or the host of its address; None without one."""
        if article.outlet and (found := self._names.get(fold_name(article.outlet))):
            return found
        return next((self._hosts[h] for h in _hosts_of(article.url) if h in self._hosts), None)


def load_families(home: Path) -> Families:
    """The families that `families.toml` in this folder names. Raises `ConfigError` with the entry that is wrong."""
    path = home / FILE
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Families()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}") from fault
    entries = stored.get("family", [])
    if stored.keys() - {"family"} or not isinstance(entries, list):
        raise ConfigError(f"{path}: it holds [[family]] tables and nothing else")
    return make_families([_parse(path, number, entry) for number, entry in enumerate(entries, 1)], path=path)


def make_families(families: list[Family], *, path: Path | None = None) -> Families:
    """Families ready to be asked. Raises `ConfigError` where two claim one outlet."""
    names: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for family in families:
        for outlet in family.outlets:
            host = _is_host(outlet)
            table, key = (hosts, outlet.lower().removeprefix("www.")) if host else (names, fold_name(outlet))
            if table.setdefault(key, family.name) != family.name:
                raise ConfigError(f"{path or FILE}: {outlet!r} is in {table[key]!r} and in {family.name!r}")
    return Families(tuple(families), MappingProxyType(names), MappingProxyType(hosts))


def _parse(path: Path, number: int, entry: Any) -> Family:
    where = f"{path}, family {number}"
    if not isinstance(entry, dict) or entry.keys() - _KEYS:
        raise ConfigError(f"{where}: it has name, outlets and source, and nothing else")
    name, outlets, source = entry.get("name"), entry.get("outlets"), entry.get("source")
    if not isinstance(name, str) or not name.strip():
        raise ConfigError(f"{where}: name is missing")
    if (
        not isinstance(outlets, list)
        or not outlets
        or not all(isinstance(o, str) and o.strip() for o in outlets)
    ):
        raise ConfigError(f"{where} ({name}): outlets must be a list of names or hosts")
    if source is not None and not isinstance(source, str):
        raise ConfigError(f"{where} ({name}): source must be text")
    return Family(name.strip(), tuple(o.strip() for o in outlets), source)


def _is_host(outlet: str) -> bool:
    return "." in outlet.strip(".") and " " not in outlet


def _hosts_of(url: str | None) -> Iterator[str]:
    """The host of an address, and the hosts above it: news.gazette.example, gazette.example."""
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        host = ""
    while "." in host:
        yield host
        host = host.split(".", 1)[1]
