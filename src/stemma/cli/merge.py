"""Makes two stories one, for good: no later review parts them. The older one keeps its address, the other leads there.

Undone by `stemma split`.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from stemma.cli.rulings import find_held_story, parse_number, rule
from stemma.config import load_settings
from stemma.newsroom.regrouping import decide_merge
from stemma.store import open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("stories", nargs=2, metavar="STORY", help="number, as in its page's address")
    parser.add_argument("--reason", default="one event", help="kept with the decision, shown on the page")


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    store = open_store(settings.store)
    one, other = (find_held_story(store, parse_number(given)) for given in options.stories)
    ruled = decide_merge(one, other, reason=options.reason, at=datetime.now(UTC))
    rule(store, settings, ruled)
    into, gone = sorted((one.number, other.number))
    print(f"story {gone} is now part of story {into}, and its address leads there", file=sys.stderr)
    return 0
