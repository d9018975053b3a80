"""Lists the families of outlets that `families.toml` names, and counts the independent newsrooms of all stories anew.

The file stands in the installation's folder (STEMMA_HOME). After a change of it run this command once; what is read later
is counted by it anyway.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict

from stemma.cli.lines import write_line
from stemma.config import load_settings
from stemma.newsroom.editor import edit_stale
from stemma.newsroom.families import FILE, load_families
from stemma.store import open_store
from stemma.store.engine import hold_writing


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON, one object a line")


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    families = load_families(settings.home)
    with hold_writing(settings.store):
        store = open_store(settings.store)
        store.mark_all_stale()
        for _ in edit_stale(store, families=families):
            pass
        store.close()
    for family in families.families:
        if options.json:
            write_line(asdict(family))
        else:
            print(f"{family.name}: {', '.join(family.outlets)}")
    if not families.families:
        print(f"no families: {settings.home / FILE} is not there or names none", file=sys.stderr)
    return 0
