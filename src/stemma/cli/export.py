"""Writes what is followed as OPML to standard output, for other readers and for `stemma follow`."""

from __future__ import annotations

import argparse
import sys

from stemma.acquire.opml import write_opml
from stemma.config import load_settings
from stemma.store import open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    pass


def run(options: argparse.Namespace) -> int:
    store = open_store(load_settings().store)
    feeds = [(s.status.url, s.status.title, None) for s in store.load_sources()]
    sys.stdout.write(write_opml(feeds, title="Followed by Stemma"))
    return 0
