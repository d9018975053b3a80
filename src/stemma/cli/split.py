"""Takes articles out of a story, as a story of their own, for good: no later review puts them back.

Undone by `stemma merge`.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from stemma.cli.rulings import find_held_story, parse_number, rule
from stemma.config import load_settings
from stemma.newsroom.regrouping import decide_split
from stemma.store import open_store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="number, as in its page's address")
    parser.add_argument("articles", nargs="+", metavar="ARTICLE", help="numbers of the articles to take out")
    parser.add_argument("--reason", default="another event", help="kept with the decision, shown on the page")


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    store = open_store(settings.store)
    story = find_held_story(store, parse_number(options.story))
    articles = [parse_number(given) for given in options.articles]
    ruled = decide_split(
        story, articles, reason=options.reason, at=datetime.now(UTC), rulings=store.count_rulings()
    )
    rule(store, settings, ruled)
    fresh = store.get_article(min(articles)).story
    print(f"{len(set(articles))} articles of story {story.number} are now story {fresh}", file=sys.stderr)
    return 0
