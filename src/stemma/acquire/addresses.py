"""Web addresses in one form, so that one article is not kept twice.

Lower-case scheme and host, no default port, no fragment, no tracking parameters, parameters sorted, no trailing slash
but the root's. For comparing, never for fetching or showing: `canon(canon(a)) == canon(a)`. After RFC 3986 section 6.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|cmpid|ocid|smid|at_\w+|wt_mc|xtor|_ga)$"
)
_PORTS = {"http": 80, "https": 443}


def strip_tracking(address: str) -> str:
    """The address without tracking parameters and fragment, else as it was written: for showing. What cannot be read stays."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    kept = [p for p in parts.query.split("&") if not _TRACKING.match(p.partition("=")[0].lower())]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(kept), ""))


def canon(address: str) -> str | None:
    """The one form of an http(s) address; None for anything else."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _PORTS[scheme]:
        host = f"{host}:{port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._").rstrip("/") or "/"
    kept = [
        (k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k.lower())
    ]
    return urlunsplit(("https", host, path, urlencode(sorted(kept)), ""))
