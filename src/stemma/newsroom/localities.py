"""Where an outlet is at home: the country that the catalogue of feeds gives its host, else the one that its address ends in.

Nothing else is taken for evidence: `.com` and endings that are sold to everybody (`.io`, `.tv`) say nothing, and are unknown.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from stemma.acquire.catalogue import load_catalogue

# ISO 3166-1 alpha-2 codes, which top-level domains of countries are but for .uk (RFC 1591).
_CODES = frozenset(
    [
        "AD",
        "AE",
        "AF",
        "AG",
        "AL",
        "AM",
        "AO",
        "AR",
        "AT",
        "AU",
        "AW",
        "AZ",
        "BA",
        "BB",
        "BD",
        "BE",
        "BF",
        "BG",
        "BH",
        "BI",
        "BJ",
        "BN",
        "BO",
        "BR",
        "BS",
        "BT",
        "BW",
        "BY",
        "CA",
        "CD",
        "CG",
        "CH",
        "CI",
        "CK",
        "CL",
        "CM",
        "CN",
        "CR",
        "CU",
        "CV",
        "CW",
        "CY",
        "CZ",
        "DE",
        "DK",
        "DM",
        "DO",
        "DZ",
        "EC",
        "EE",
        "EG",
        "ER",
        "ES",
        "ET",
        "FI",
        "FJ",
        "FO",
        "FR",
        "GB",
        "GD",
        "GE",
        "GH",
        "GL",
        "GM",
        "GN",
        "GR",
        "GT",
        "GW",
        "GY",
        "HK",
        "HN",
        "HR",
        "HT",
        "HU",
        "ID",
        "IE",
        "IL",
        "IN",
        "IQ",
        "IR",
        "IS",
        "IT",
        "JM",
        "JO",
        "JP",
        "KE",
        "KG",
        "KH",
        "KI",
        "KM",
        "KN",
        "KP",
        "KR",
        "KW",
        "KZ",
        "LB",
        "LC",
        "LK",
        "LR",
        "LS",
        "LT",
        "LU",
        "LV",
        "MA",
        "MC",
        "MD",
        "MG",
        "MK",
        "MM",
        "MO",
        "MR",
        "MT",
        "MV",
        "MW",
        "MX",
        "MY",
        "MZ",
        "NA",
        "NE",
        "NG",
        "NI",
        "NL",
        "NO",
        "NP",
        "NR",
        "NZ",
        "OM",
        "PA",
        "PE",
        "PG",
        "PH",
        "PK",
        "PL",
        "PR",
        "PS",
        "PT",
        "PY",
        "QA",
        "RO",
        "RS",
        "RU",
        "RW",
        "SA",
        "SB",
        "SD",
        "SE",
        "SG",
        "SI",
        "SK",
        "SL",
        "SM",
        "SN",
        "SR",
        "SS",
        "SV",
        "SY",
        "SZ",
        "TD",
        "TG",
        "TH",
        "TJ",
        "TL",
        "TM",
        "TN",
        "TR",
        "TT",
        "TW",
        "TZ",
        "UA",
        "UG",
        "US",
        "UY",
        "UZ",
        "VA",
        "VC",
        "VE",
        "VN",
        "VU",
        "YE",
        "ZA",
        "ZM",
        "ZW",
    ]
)
"""Without those that are sold all over the world as something else: .ai .co .fm .io .me .tv and the like."""
_SPELLED = {"uk": "GB"}

Basis = Literal["catalogue", "address"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A country by ISO 3166, and what says so."""

    country: str
    basis: Basis


def find_home(url: str | None) -> Home | None:
    """The country of the outlet whose article stands at the address; None where it is not known."""
    try:
        host = (urlsplit(url or "").hostname or "").rstrip(".")
    except ValueError:
        return None
    known = _hosts().get(host.removeprefix("www."))
    if known is not None:
        return Home(country=known, basis="catalogue")
    ending = host.rpartition(".")[2]
    country = _SPELLED.get(ending, ending.upper())
    if not host.count(".") or country not in _CODES:
        return None
    return Home(country=country, basis="address")


@cache
def _hosts() -> dict[str, str]:
    """Hosts of the catalogue that have one country in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for feed in load_catalogue("all"):
        host = urlsplit(feed.url).hostname
        if host:
            found[host.removeprefix("www.").removeprefix("rss.").removeprefix("feeds.")].add(
                feed.country.upper()
            )
    return {host: next(iter(countries)) for host, countries in found.items() if len(countries) == 1}
