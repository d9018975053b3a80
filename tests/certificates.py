"""Certificates for servers of a test, good and bad, made by the machine's openssl with the machine's dates."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

OPENSSL = shutil.which("openssl")
_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


class Authority:
    """An authority of its own; `path` is what a client must trust."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / "authority.pem"
        self._key = folder / "authority.key"
        self._openssl(
            "req", "-x509", *_KEY, "-keyout", str(self._key), "-out", str(self.path), "-days", "3",
            "-subj", "/CN=Authority of a test",
        )  # fmt: skip

    def sign(
        self, name: str, *, subject: str = "IP:127.0.0.1", days: int = 2, digest: str = "sha256"
    ) -> Path:
        """Certificate and key in one file; `days` may be negative, then it has expired."""
        key, request, extensions = (self._folder / f"{name}.{e}" for e in ("key", "csr", "ext"))
        signed = self._folder / f"{name}.crt"
        self._openssl("req", "-new", *_KEY, "-keyout", str(key), "-out", str(request), "-subj", f"/CN={name}")
        extensions.write_text(f"subjectAltName={subject}\nbasicConstraints=CA:FALSE\n")
        self._openssl(
            "x509", "-req", "-in", str(request), "-CA", str(self.path), "-CAkey", str(self._key), "-CAcreateserial",
            "-out", str(signed), "-days", str(days), f"-{digest}", "-extfile", str(extensions),
        )  # fmt: skip
        return self._join(name, signed, key)

    def sign_itself(self, name: str) -> Path:
        """A certificate that nobody signed but its own key."""
        key, signed = self._folder / f"{name}.key", self._folder / f"{name}.crt"
        self._openssl(
            "req", "-x509", *_KEY, "-keyout", str(key), "-out", str(signed), "-days", "2", "-subj", f"/CN={name}",
            "-addext", "subjectAltName=IP:127.0.0.1",
        )  # fmt: skip
        return self._join(name, signed, key)

    def _join(self, name: str, signed: Path, key: Path) -> Path:
        joined = self._folder / f"{name}.pem"
        joined.write_bytes(signed.read_bytes() + key.read_bytes())
        return joined

    def _openssl(self, *arguments: str) -> None:
        subprocess.run([OPENSSL or "openssl", *arguments], check=True, capture_output=True)


def serve_with(certificate: Path, *, old: bool = False) -> ssl.SSLContext:
    """How a server speaks TLS with a certificate; `old`: version 1.0 and nothing newer."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    context.load_cert_chain(certificate)
    if old:
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
    return context
