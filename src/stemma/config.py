"""The settings of one installation: read once from the environment and `stemma.toml`, frozen, handed down.

`STEMMA_HOME` (all that is kept), `STEMMA_LISTEN` (`host:port`), `STEMMA_ALLOW_NETWORKS` (networks that the gate lets
through although they are not public), `STEMMA_CONTACT` (where those whose sites are read can write to),
`STEMMA_PUBLIC` (1: readers are strangers although the listener is this machine's, as behind a reverse proxy),
`STEMMA_PUBLIC_URL` (the address that readers know the portal by), `STEMMA_PICTURES` (1: a private portal fetches the pictures
of the articles that are read, and shows them painted anew), `STEMMA_WRITERS` (processes that write pages beside the portal's own). The environment wins over the file. Nothing reads settings but the commands.
"""

from __future__ import annotations

import ipaddress
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from stemma.errors import ConfigError

DEFAULT_LISTEN = "127.0.0.1:8040"
MOST_WRITERS = 4
"""Processes that a portal takes by itself: what it keeps serves most readers, and each holds some 70 MB."""
_MOST_TOLD = 64
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`home` holds store, cache and `stemma.toml`; `host`, `port` are where to serve; `contact` is sent with
    every request."""

    home: Path
    host: str = "127.0.0.1"
    port: int = 8040
    allow_networks: tuple[Network, ...] = ()
    contact: str = ""
    public: bool = False
    public_url: str | None = None
    pictures: bool = False
    page_writers: int | None = None

    @property
    def writers(self) -> int:
        """Processes that write pages: as told; else none where one household reads, and one a core where strangers do."""
        if self.page_writers is not None:
            return self.page_writers
        cores = os.cpu_count() or 1
        return 0 if self.private or cores < 2 else min(cores, MOST_WRITERS)

    @property
    def store(self) -> Path:
        """The SQLite file of this installation."""
        return self.home / "stemma.db"

    @property
    def private(self) -> bool:
        """Whether only this machine can reach the portal, so that full texts may be shown."""
        if self.public:
            return False
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment and file. Raises `ConfigError` naming the setting that is wrong."""
    env = os.environ if environment is None else environment
    home = Path(env["STEMMA_HOME"]).expanduser() if env.get("STEMMA_HOME") else _data_folder(env)
    stored = _read_file(home / "stemma.toml")
    listen = env.get("STEMMA_LISTEN") or stored.get("listen") or DEFAULT_LISTEN
    networks = env.get("STEMMA_ALLOW_NETWORKS") or stored.get("allow_networks") or ""
    host, port = parse_listen(listen)
    return Settings(
        home=home,
        host=host,
        port=port,
        allow_networks=parse_networks(networks),
        contact=parse_contact(env.get("STEMMA_CONTACT") or stored.get("contact") or ""),
        public=parse_switch(env.get("STEMMA_PUBLIC") or stored.get("public") or "0"),
        pictures=parse_switch(env.get("STEMMA_PICTURES") or stored.get("pictures") or "0", "STEMMA_PICTURES"),
        page_writers=parse_number(env.get("STEMMA_WRITERS") or stored.get("writers") or ""),
        public_url=parse_public_url(env.get("STEMMA_PUBLIC_URL") or stored.get("public_url") or ""),
    )


def parse_listen(value: str) -> tuple[str, int]:
    """`host:port`, `[::1]:port` or a port alone."""
    host, _, port = value.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    if not port.isascii() or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise ConfigError(f"STEMMA_LISTEN is {value!r}; it must be host:port, like {DEFAULT_LISTEN}")
    return host, int(port)


def parse_networks(value: str) -> tuple[Network, ...]:
    """Networks separated by commas, like `127.0.0.0/8,10.1.0.0/16`."""
    try:
        return tuple(ipaddress.ip_network(n.strip()) for n in value.split(",") if n.strip())
    except ValueError as fault:
        raise ConfigError(f"STEMMA_ALLOW_NETWORKS is {value!r}: {fault}") from fault


def parse_contact(value: str) -> str:
    """An address of a page or of mail, as it is sent with every request."""
    if not (value.isascii() and value.isprintable()) or len(value) > 200 or set(value) & set("()<> "):
        raise ConfigError(f"STEMMA_CONTACT is {value!r}; it must be an address of a page or of mail")
    return value


def parse_switch(value: str, name: str = "STEMMA_PUBLIC") -> bool:
    """`1` or `0`; nothing else, since a switch that is misread would show full texts to strangers."""
    if value not in ("0", "1"):
        raise ConfigError(f"{name} is {value!r}; it must be 1 or 0")
    return value == "1"


def parse_number(value: str, name: str = "STEMMA_WRITERS") -> int | None:
    """A number of processes, 0 to 64; None where none is given."""
    if not value:
        return None
    if not (value.isascii() and value.isdigit()) or int(value) > _MOST_TOLD:
        raise ConfigError(f"{name} is {value!r}; it must be a number from 0 to {_MOST_TOLD}")
    return int(value)


def parse_public_url(value: str) -> str | None:
    """`https://host` or `http://host:port`, without a path; None where there is none."""
    if not value:
        return None
    wrong = ConfigError(f"STEMMA_PUBLIC_URL is {value!r}; it must be like https://news.example.org")
    try:
        parts = urlsplit(value.rstrip("/"))
        host, _ = parts.hostname, parts.port
    except ValueError as fault:
        raise wrong from fault
    plain = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme not in ("http", "https") or not host or not plain or not value.isascii():
        raise wrong
    return f"{parts.scheme}://{parts.netloc}"


def _read_file(path: Path) -> dict[str, str]:
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as fault:
        raise ConfigError(f"{path} cannot be read: {fault}") from fault
    unknown = sorted(
        stored.keys() - {"listen", "allow_networks", "contact", "public", "public_url", "pictures", "writers"}
    )
    if unknown:
        raise ConfigError(f"{path}: unknown setting {', '.join(unknown)}")
    wrong = sorted(k for k, v in stored.items() if not isinstance(v, str))
    if wrong:
        raise ConfigError(f"{path}: {', '.join(wrong)} must be text")
    return stored


def _data_folder(env: Mapping[str, str]) -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "stemma"
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "stemma"
    return Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "stemma"
