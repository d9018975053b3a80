"""The gate: which addresses may be connected to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.acquire.gate import BlockedAddressError, check_address, is_public, unwrap

PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.1.2.3", "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fe80::1",
    "fec0::1", "ff02::1", "2001:db8::1",
]  # fmt: skip
PUBLIC = [
    "93.184.216.34",
    "1.1.1.1",
    "172.32.0.1",
    "192.169.0.1",
    "198.17.255.255",
    "223.255.255.254",
    "2606:4700::1111",
]
WRAPPERS = [
    "::{}",
    "::ffff:{}",
    "::ffff:0:{}",
    "64:ff9b::{}",
    "64:ff9b:1::{}",
    "2001:4860::5efe:{}",
    "2001:4860::200:5efe:{}",
]


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_blocked_in_every_wrapping(host: str) -> None:
    """Loopback, private, link-local, shared, documentation, multicast and reserved addresses are refused, plain and
    inside every form of IPv6 that carries IPv4."""
    forms = [host]
    if "." in host:
        number = int(ipaddress.IPv4Address(host))
        forms += [w.format(host) for w in WRAPPERS]
        forms += [str(ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1))]
        forms += [str(ipaddress.IPv6Address((0x20010000 << 96) | (~number & 0xFFFFFFFF)))]
    for form in forms:
        with pytest.raises(BlockedAddressError):
            check_address(form)


@pytest.mark.parametrize("host", PUBLIC)
def test_public_addresses_pass(host: str) -> None:
    """The neighbours of the private ranges and ordinary addresses are let through."""
    check_address(host)


def test_the_installations_own_networks_pass() -> None:
    """An allowed network passes, also wrapped, and nothing beside it."""
    allow = [ipaddress.ip_network("127.0.0.0/8")]
    check_address("127.0.0.1", allow)
    check_address("::ffff:127.0.0.1", allow)
    with pytest.raises(BlockedAddressError):
        check_address("10.0.0.1", allow)
    with pytest.raises(BlockedAddressError):
        check_address("not an address", allow)


@given(st.ip_addresses(v=4))
def test_wrapping_changes_no_verdict(address: ipaddress.IPv4Address) -> None:
    """What is refused plain is refused mapped, and the other way round."""
    mapped = ipaddress.IPv6Address(f"::ffff:{address}")
    assert unwrap(mapped) == address
    assert is_public(mapped) == is_public(address)
