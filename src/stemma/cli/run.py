"""Follows, processes and serves in one process, until Ctrl-C or SIGTERM: the normal way to run Stemma.

Visits what `stemma follow` took up when it is due, reads what is new, makes stories of it, and serves them at
STEMMA_LISTEN (default 127.0.0.1:8040). Whatever ends it, it goes on from there.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
from types import FrameType

from stemma.cli.portal import make_portal
from stemma.config import load_settings
from stemma.newsroom.enrolling import make_agent
from stemma.newsroom.families import load_families
from stemma.newsroom.live import Live, LiveOptions
from stemma.newsroom.processes import collect_seldom, share_memory_among_threads
from stemma.serve import serve
from stemma.store import open_store
from stemma.store.engine import hold_writing

_GRACE = 5.0
"""Seconds that the batch under way gets after the last answer was sent; what is not done by then is done after the next
start."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="processes that read pages; default: 1"
    )


def run(options: argparse.Namespace) -> int:
    settings = load_settings()
    share_memory_among_threads()
    collect_seldom()
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    with hold_writing(settings.store):
        store = open_store(settings.store)
        live = Live(
            store,
            LiveOptions(
                agent=make_agent(settings.contact),
                allow=settings.allow_networks,
                jobs=max(1, options.jobs),
                families=load_families(settings.home),
            ),
        )

        def announce(address: str) -> None:
            live.start()
            _stop_on_signal(live)
            print(f"listening on {address}", file=sys.stderr, flush=True)

        try:
            serve(
                make_portal(settings, store),
                host=settings.host,
                port=settings.port,
                announce=announce,
            )
        finally:
            live.stop()
            live.join(_GRACE)
    return 0


def _stop_on_signal(live: Live) -> None:
    """Has following end at the same signal as serving, and not after it."""
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def stop(number: int, frame: FrameType | None, before: object = before) -> None:
            live.stop()
            if callable(before):
                before(number, frame)

        signal.signal(number, stop)
