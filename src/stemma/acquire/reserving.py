"""What of a site its owner reserves against text and data mining, by `/.well-known/tdmrep.json` (W3C TDM Reservation Protocol).

Pure: an answer in, reservations out. Locations are matched as paths of robots.txt are (RFC 9309, section 2.2.2), the longest first.
Headers and `meta` elements of single pages are read elsewhere.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from protego import Protego

from stemma.acquire.answers import Answer, Fetched

PLACE = "/.well-known/tdmrep.json"
KEPT = 24 * 3600
KEPT_FAILURE = 15 * 60
"""Seconds for which an answer is kept, and a failure to get one."""
_MOST = 1_000
_AGENT = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservations:
    """The locations of one authority that are reserved; `keep` in seconds."""

    reserved: Protego | None = None
    keep: float = KEPT

    def check(self, address: str) -> str | None:
        """Where it is said that the address is reserved; None where it is not."""
        if self.reserved is None or self.reserved.can_fetch(address, _AGENT):
            return None
        return "tdmrep.json"


def decide_reservations(fetched: Fetched) -> Reservations:
    """The reservations that follow from an answer; none where there is no such file, or none that can be read."""
    if not isinstance(fetched, Answer) or fetched.status == 429 or fetched.status >= 500:
        return Reservations(keep=KEPT_FAILURE)
    if not 200 <= fetched.status < 300:
        return Reservations()
    return parse_reservations(fetched.body)


def parse_reservations(body: bytes) -> Reservations:
    """Reservations of a file: an array of objects with `location` and `tdm-reservation`; all else in it is passed over."""
    try:
        rules = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return Reservations()
    lines = []
    for rule in rules[:_MOST] if isinstance(rules, list) else ():
        location = rule.get("location") if isinstance(rule, dict) else None
        if not isinstance(location, str) or not location.startswith("/") or not location.isprintable():
            continue
        reserved = str(rule.get("tdm-reservation")).strip() == "1"
        lines.append(f"{'Disallow' if reserved else 'Allow'}: {location}")
    if not lines:
        return Reservations()
    return Reservations(reserved=Protego.parse("\n".join([f"User-agent: {_AGENT}", *lines])))
