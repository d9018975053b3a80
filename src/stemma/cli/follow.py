"""Follows a site, a feed, a sitemap, or all feeds of an OPML file; `stemma run` then visits them.

Of a site its feeds are found; where there are none, its sitemap or its list of articles is watched. An address is looked at
at once, the feeds of a list when their turn comes.
"""

from __future__ import annotations

import argparse
import asyncio
import sys

from stemma.acquire.catalogue import find_regions, load_catalogue
from stemma.cli.tables import plain
from stemma.config import load_settings
from stemma.errors import UsageError
from stemma.newsroom.enrolling import Enrolled, enrol, enrol_catalogue, make_agent
from stemma.store import open_store

_SIGNS = {
    "followed": "following",
    "known": "known",
    "refused": "not followed",
    "waiting": "to be tried again",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("addresses", nargs="*", metavar="ADDRESS", help="site, feed, sitemap or OPML file")
    parser.add_argument(
        "--catalogue",
        metavar="REGION",
        help=f"feeds of a region from the built-in list: {', '.join(find_regions())}, or all",
    )
    parser.add_argument("--stop", action="store_true", help="follow these no longer; their articles stay")


def run(options: argparse.Namespace) -> int:
    if not options.addresses and not options.catalogue:
        raise UsageError("give an address: a site, a feed, a sitemap or an OPML file")
    settings = load_settings()
    store = open_store(settings.store)
    if options.stop:
        gone = {s.status.url: s.number for s in store.load_sources()}
        missing = [
            a for a in options.addresses if a not in gone and not (a.isdigit() and int(a) in gone.values())
        ]
        if missing:
            raise UsageError(f"{plain(missing[0])} is not followed; stemma sources shows what is")
        for address in options.addresses:
            store.remove_source(gone.get(address) or int(address))
            print(f"no longer followed: {plain(address)}")
        return 0
    refused = 0
    if options.catalogue:
        feeds = load_catalogue(options.catalogue)
        for result in enrol_catalogue(feeds, store=store):
            refused += _say(result)
        print(
            "The addresses of the built-in list are unverified; each is checked on its first visit.",
            file=sys.stderr,
        )
    agent = make_agent(settings.contact)

    async def follow() -> int:
        missed = 0
        async for result in enrol(options.addresses, store=store, agent=agent, allow=settings.allow_networks):
            missed += _say(result)
        return missed

    if options.addresses:
        refused += asyncio.run(follow())
    return 1 if refused else 0


def _say(result: Enrolled) -> int:
    """Prints one result; gives 1 where it is a refusal."""
    line = f"{_SIGNS[result.result]}: "
    if result.result in ("refused", "waiting"):
        line += f"{result.address}: " if result.address else ""
    print(
        plain(line + result.words), file=sys.stderr if result.result == "refused" else sys.stdout, flush=True
    )
    return result.result == "refused"
