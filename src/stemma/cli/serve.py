"""Serves the store as web pages until Ctrl-C, at STEMMA_LISTEN (default 127.0.0.1:8040).

On any listener but this machine only short excerpts with a link are shown; full texts are for private installations.
"""

from __future__ import annotations

import argparse
import sys

from stemma.config import load_settings
from stemma.newsroom.enrolling import make_pictures
from stemma.serve import create_app, serve
from stemma.store import open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    app = create_app(
        open_store(settings.store),
        private=settings.private,
        public_url=settings.public_url,
        contact=settings.contact,
        pictures=make_pictures(settings),
    )
    serve(
        app,
        host=settings.host,
        port=settings.port,
        announce=lambda address: print(f"listening on {address}", file=sys.stderr, flush=True),
    )
    return 0
