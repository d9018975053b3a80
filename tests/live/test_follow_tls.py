"""Secure connections: what is wrong with a server's certificate is said, and nothing of it is read."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.certificates import OPENSSL, Authority, serve_with
from tests.origin import Origin, Reply, open_origin, rss

pytestmark = pytest.mark.skipif(OPENSSL is None, reason="openssl makes the certificates")
FAULTS = {
    "expired": "its certificate has expired",
    "itself": "its certificate is signed by nobody but itself",
    "other": "its certificate is for another name",
    "weak": "its certificate cannot be trusted",
    "old": "TLS too old",
}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def origins(authority: Authority) -> Iterator[dict[str, Origin]]:
    """One sound server and one for each fault, all with the same feed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that TLS 1.0 is old is the point
        contexts = {
            "sound": serve_with(authority.sign("sound")),
            "expired": serve_with(authority.sign("expired", days=-1)),
            "itself": serve_with(authority.sign_itself("itself")),
            "other": serve_with(authority.sign("other", subject="DNS:other.example")),
            "weak": serve_with(authority.sign("weak", digest="sha1")),
            "old": serve_with(authority.sign("old"), old=True),
        }
    with ExitStack() as stack:
        made = {name: stack.enter_context(open_origin(tls=tls)) for name, tls in contexts.items()}
        for name, origin in made.items():
            origin.plays["/feed"] = Reply(rss(f"The {name} paper", []))
        yield made


def test_faults_of_certificates_are_told_apart(
    origins: dict[str, Origin], authority: Authority, tmp_path: Path
) -> None:
    """A certificate that expired, that nobody signed, of another name, with a broken digest, and a server that speaks
    nothing but TLS 1.0: each is refused with its own words, before a single request; the sound one is followed."""
    environment = {
        **os.environ,
        "STEMMA_HOME": str(tmp_path),
        "STEMMA_ALLOW_NETWORKS": "127.0.0.0/8",
        "SSL_CERT_FILE": str(authority.path),
    }
    addresses = {name: f"{origin.url}/feed" for name, origin in origins.items()}
    done = subprocess.run(
        [sys.executable, "-m", "stemma", "follow", *addresses.values()],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stdout.splitlines() == [f"following: feed {addresses['sound']} (The sound paper)"]
    said = dict(zip((n for n in addresses if n != "sound"), done.stderr.splitlines(), strict=True))
    for name, words in FAULTS.items():
        assert said[name].startswith(f"not followed: {addresses[name]}: "), said[name]
        assert words in said[name]
        assert origins[name].asked == []
