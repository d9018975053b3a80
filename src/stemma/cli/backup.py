"""Copies the store into one new file, also while Stemma is running."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from stemma.config import load_settings
from stemma.store.backup import back_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the file to be made")


def run(options: argparse.Namespace) -> int:
    size = back_up(load_settings().store, Path(options.file))
    print(f"{options.file}: {size:,} bytes", file=sys.stderr)
    return 0
