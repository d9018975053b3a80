"""The one gate for outgoing connections: what is not a public address is not connected to.

The test is made on the address that a connection is about to be opened to, after names were resolved, for each
connection anew: redirects, rebinding names and odd spellings of addresses cannot go around it. Addresses of version 4
inside addresses of version 6 are unwrapped first. Networks of the installation's own (`STEMMA_ALLOW_NETWORKS`) pass.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Sequence
from typing import Any

import aiohttp

from stemma.config import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# IPv6 forms that carry an IPv4 address in their last 32 bits (RFC 4291, 6052, 8215, 2765).
_LAST_32 = tuple(
    ipaddress.IPv6Network(n)
    for n in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)
_6TO4 = ipaddress.IPv6Network("2002::/16")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_ISATAP = (0x5EFE, 0x2005EFE)
_NEVER = tuple(
    ipaddress.ip_network(n)
    for n in (
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "fec0::/10",
        "2001:db8::/32",
        "3fff::/20",
        "5f00::/16",
    )
)


class BlockedAddressError(OSError):
    """The gate refused a connection. An `OSError`, so that a client reports it like any failed connection."""


def is_public(address: Address, allow: Sequence[Network] = ()) -> bool:
    """Whether a connection to the address may be opened; `allow` are networks that may although not public."""
    if any(address.version == network.version and address in network for network in allow):
        return True
    inner = unwrap(address)
    if inner is not None:
        return is_public(inner, allow)
    if any(address.version == network.version and address in network for network in _NEVER):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def unwrap(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries, None where it carries none."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    number = int(address)
    if any(address in network for network in _LAST_32):
        # ::  and ::1 are not addresses in disguise, but themselves never public
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    if address in _6TO4:
        return ipaddress.IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address in _TEREDO:
        return ipaddress.IPv4Address(~number & 0xFFFFFFFF)
    if (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return ipaddress.IPv4Address(number & 0xFFFFFFFF)
    return None


def open_connector(*, allow: Sequence[Network] = (), **options: Any) -> aiohttp.TCPConnector:
    """A connector of aiohttp all of whose connections pass the gate; `options` are the connector's own."""

    def make_socket(info: aiohttp.AddrInfoType) -> socket.socket:
        family, kind, protocol, _, place = info
        check_address(str(place[0]), allow)
        return socket.socket(family=family, type=kind, proto=protocol)

    return aiohttp.TCPConnector(socket_factory=make_socket, **options)


def check_address(host: str, allow: Sequence[Network] = ()) -> None:
    """Raises `BlockedAddressError` where the numeric address may not be connected to."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError as fault:
        raise BlockedAddressError(f"{host} is no address") from fault
    if not is_public(address, allow):
        raise BlockedAddressError(f"{host} is not a public address")
