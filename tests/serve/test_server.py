"""The running server: announced when it answers, stopped by a signal."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from stemma.errors import ConfigError
from stemma.serve import create_app, serve

PROGRAM = Path(__file__).with_name("portal.py")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_server_stops_at_a_signal_and_returns(number: signal.Signals) -> None:
    """Once announced it answers; a signal ends it well within ten seconds, also with a reader's connection open."""
    process = subprocess.Popen([sys.executable, str(PROGRAM)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as reply:
            assert reply.read() == b"alive\n"
        host, _, port = address.removeprefix("http://").rpartition(":")
        with socket.create_connection((host, int(port))) as idle:
            idle.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n")
            time.sleep(0.2)
            process.send_signal(number)
            assert process.wait(timeout=10) == 0
        assert process.stdout.read() == "returned\n"
    finally:
        process.kill()
        process.wait()


def test_taken_port_is_a_wrong_setting(shelf) -> None:
    """A port in use is said as such, without a traceback from the server."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=f"cannot listen at 127.0.0.1:{port}"):
            serve(create_app(shelf, private=True), host="127.0.0.1", port=port, announce=print)


def test_unknown_host_is_a_wrong_setting(shelf) -> None:
    """A host that does not exist is said as such."""
    with pytest.raises(ConfigError):
        serve(create_app(shelf, private=True), host="no.such.host.invalid", port=0, announce=print)
