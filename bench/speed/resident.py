"""How much memory `stemma run` takes, workers included, with many feeds followed and their articles read.

    .venv/bin/python bench/speed/resident.py [--feeds 500] [--articles 2] [--minutes 5]

A server on this machine (another process) plays as many hosts, each with a feed of articles in four languages, every one of
a subject of its own. `stemma run` is started over them, left alone until all is read, and its processes
are weighed every second. Two sums are told: resident (a page that two processes share is counted twice) and proportional
(counted once). The larger is the honest upper bound, the smaller what the machine really gives.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

from aiohttp import web

from stemma.store import Store, open_store
from stemma.store.followed import NewSource

PORT = 18_413
_COMMON = {
    "en": "the of and to in a is that for it was on with as by at from has had were are be this which not an after over",
    "de": "der die das und in zu den von mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat",
    "fr": "le la les un une des et à de du que qui pour dans sur avec est sont ont été plus cette ces leur nous mais",
    "es": "el la los las un una de del que y en por para con es son han sido más esta estos su nos pero como ayer",
}
_SYLLABLES = [
    "ba",
    "ber",
    "den",
    "dor",
    "el",
    "fen",
    "gar",
    "hal",
    "im",
    "jor",
    "kel",
    "lan",
    "mar",
    "nor",
    "or",
    "pel",
    "quin",
    "ras",
    "sel",
    "tor",
    "ul",
    "ven",
    "wick",
    "yar",
    "zel",
]
_VOCABULARY = 20_000


def make_word(number: int) -> str:
    """A word of an invented vocabulary."""
    chance = random.Random(number)
    return "".join(chance.choices(_SYLLABLES, k=chance.randrange(2, 4)))


def write_page(number: int) -> tuple[str, str]:
    """Title and HTML of an article of its own subject: common words of one of four languages, and forty invented ones, some of
    them names."""
    chance = random.Random(number)
    language = list(_COMMON)[number % len(_COMMON)]
    common = _COMMON[language].split()
    own = [make_word(n) for n in chance.sample(range(_VOCABULARY), 40)]
    own = [word.capitalize() if n % 4 == 0 else word for n, word in enumerate(own)]

    def sentence() -> str:
        picked = [
            chance.choice(own if chance.random() < 0.5 else common) for _ in range(chance.randrange(9, 24))
        ]
        return f"{' '.join(picked).capitalize()} {chance.randrange(2, 900)}."

    title = " ".join(chance.sample(own, 7)).capitalize()
    paragraphs = "".join(f"<p>{' '.join(sentence() for _ in range(4))}</p>" for _ in range(7))
    html = (
        f'<html lang="{language}"><head><title>{title}</title><meta property="article:published_time" '
        f'content="2026-03-03T09:00:00+01:00"></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>'
    )
    return title, html


def serve(articles: int) -> None:
    """The outlets: a feed and pages on every loopback address; no robots.txt."""

    def number_of(request: web.Request) -> int:
        return int(IPv4Address(request.host.partition(":")[0])) - int(IPv4Address("127.1.0.1"))

    async def feed(request: web.Request) -> web.Response:
        host = number_of(request)
        if request.headers.get("If-None-Match"):
            return web.Response(status=304, headers={"ETag": '"1"'})
        items = ""
        for n in range(articles):
            title, _ = write_page(host * 1000 + n)
            items += f"<item><title>{title}</title><link>http://{request.host}/story/number-{n}-today</link></item>"
        text = f"<rss version='2.0'><channel><title>Outlet {host}</title>{items}</channel></rss>"
        return web.Response(text=text, headers={"ETag": '"1"'}, content_type="application/rss+xml")

    async def article(request: web.Request) -> web.Response:
        number = number_of(request) * 1000 + int(request.match_info["n"])
        return web.Response(text=write_page(number)[1], content_type="text/html")

    app = web.Application()
    app.router.add_get("/feed", feed)
    app.router.add_get("/story/number-{n}-today", article)
    web.run_app(app, host="0.0.0.0", port=PORT, print=None, access_log=None)


def add_sources(store: Store, feeds: int) -> None:
    now = datetime.now(UTC)
    for n in range(feeds):
        host = f"{IPv4Address('127.1.0.1') + n}:{PORT}"
        new = NewSource(url=f"http://{host}/feed", kind="feed", host=host, title=f"Outlet {n}", added=now)
        store.add_source(new, interval=1800)


@dataclass(frozen=True, slots=True)
class Weight:
    """One process, in MB."""

    number: int
    name: str
    resident: float
    proportional: float


def weigh(group: int) -> Iterator[Weight]:
    """The processes of a process group."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) != group:
                continue
            lines = (folder / "smaps_rollup").read_text().splitlines()[1:]
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        values = {line.split()[0]: int(line.split()[1]) / 1024 for line in lines}
        name = re.search(r"resource_tracker|forkserver|stemma run", command)
        yield Weight(int(folder.name), name[0] if name else command[:40], values["Rss:"], values["Pss:"])


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--articles", type=int, default=2)
    parser.add_argument("--minutes", type=float, default=5)
    options = parser.parse_args()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(options.articles,), daemon=True)
    server.start()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        store = open_store(home / "stemma.db")
        add_sources(store, options.feeds)
        environment = {
            **os.environ, "STEMMA_HOME": str(home), "STEMMA_LISTEN": "127.0.0.1:0", "STEMMA_ALLOW_NETWORKS": "127.0.0.0/8",
        }  # fmt: skip
        running = subprocess.Popen(
            [sys.executable, "-m", "stemma", "run"], env=environment, start_new_session=True
        )
        resident = proportional = 0.0
        until = time.monotonic() + options.minutes * 60
        quiet = 0
        try:
            while time.monotonic() < until and quiet < 45:  # long enough for a review of all stories
                time.sleep(1)
                weights = list(weigh(running.pid))
                resident = max(resident, sum(w.resident for w in weights))
                proportional = max(proportional, sum(w.proportional for w in weights))
                quiet = quiet + 1 if store.count().articles >= options.feeds * options.articles else 0
            for w in sorted(weights, key=lambda w: w.number):
                print(f"  {w.name:18} {w.resident:6.0f} MB resident, {w.proportional:6.0f} proportional")
            last = sum(w.resident for w in weights), sum(w.proportional for w in weights)
            print(
                f"{options.feeds} feeds, {store.count().articles:,} articles: at the end {last[0]:.0f} MB resident, "
                f"{last[1]:.0f} proportional; at most {resident:.0f} and {proportional:.0f}"
            )
        finally:
            running.terminate()
            print("exit status", running.wait(20))
    server.terminate()


if __name__ == "__main__":
    main()
