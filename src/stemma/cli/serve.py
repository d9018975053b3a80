"""Serves the store as web pages until Ctrl-C, at STEMMA_LISTEN (default 127.0.0.1:8040).

On any listener but this machine only short excerpts with a link are shown; full texts are for private installations.
"""

from __future__ import annotations

import argparse
import sys

from stemma.cli.portal import make_portal
from stemma.config import load_settings
from stemma.serve import serve
from stemma.store import open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    serve(
        make_portal(settings, open_store(settings.store)),
        host=settings.host,
        port=settings.port,
        announce=lambda address: print(f"listening on {address}", file=sys.stderr, flush=True),
    )
    return 0
