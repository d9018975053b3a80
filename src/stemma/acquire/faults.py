"""What the client library raises, as failures in the user's words. The only place that knows its exceptions."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator

import aiohttp

from stemma.acquire.answers import Failure
from stemma.acquire.gate import BlockedAddressError


def explain_fault(fault: BaseException) -> Failure:
    """The failure that an exception of a request stands for."""
    causes = list(_causes(fault))
    if any(isinstance(c, BlockedAddressError) or "is not a public address" in str(c) for c in causes):
        words = "it is an address of a private network, which is not connected to (STEMMA_ALLOW_NETWORKS allows some)"
        return Failure(kind="blocked address", words=words)
    if any(isinstance(c, aiohttp.InvalidURL) for c in causes):
        return Failure(kind="not an address", words="it is no address that can be asked for")
    if any(isinstance(c, aiohttp.ClientConnectorDNSError | socket.gaierror) for c in causes):
        return Failure(kind="unknown host", words="there is no server of that name")
    certificates = [c for c in causes if isinstance(c, ssl.SSLCertVerificationError)]
    if certificates:
        # aiohttp's own exception is one by name; what was wrong is said by the one that it came from.
        said = next((m for c in certificates if (m := getattr(c, "verify_message", None))), "")
        return Failure(kind="certificate", words=_certificate_words(said))
    if any(isinstance(c, ssl.SSLError | aiohttp.ClientConnectorSSLError) for c in causes):
        return Failure(kind="certificate", words="no secure connection can be made (TLS too old or broken)")
    if any(isinstance(c, TimeoutError) for c in causes):
        return Failure(kind="timeout", words="the server does not answer")
    refused = (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH)
    if any(isinstance(c, ConnectionRefusedError) or getattr(c, "errno", None) in refused for c in causes):
        return Failure(kind="connection refused", words="no server answers at that address")
    if any(isinstance(c, UnicodeError) for c in causes):
        return Failure(kind="not an address", words="its host name is none")
    return Failure(kind="broken answer", words="the server broke off or its answer cannot be read")


def _certificate_words(said: str) -> str:
    said = said.lower()
    if "expired" in said:
        return "its certificate has expired"
    if "self-signed" in said or "self signed" in said:
        return "its certificate is signed by nobody but itself"
    if "mismatch" in said or "not valid for" in said:
        return "its certificate is for another name"
    return f"its certificate cannot be trusted ({said or 'no reason given'})"[:200]


def _causes(fault: BaseException) -> Iterator[BaseException]:
    """The exception and all that it came from."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [fault]
    while waiting:
        at = waiting.pop()
        if at is None or id(at) in seen:
            continue
        seen.add(id(at))
        yield at
        waiting += [at.__cause__, at.__context__, getattr(at, "os_error", None)]
        waiting += getattr(at, "exceptions", ())
