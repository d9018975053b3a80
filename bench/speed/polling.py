"""What it costs to ask feeds that have nothing new: CPU of one minute's worth, and memory of the whole program.

    .venv/bin/python bench/speed/polling.py [--feeds 1000] [--memory 500]

A server on this machine (another process) plays as many hosts and answers 304. CPU is of this process alone: asking,
deciding, writing. `--memory` starts `stemma run` over as many feeds and adds up its processes.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, ip_network
from pathlib import Path

from aiohttp import web

from stemma.acquire.clock import WallClock
from stemma.acquire.fetch import Fetcher
from stemma.newsroom.following import Arrivals, Follower
from stemma.newsroom.parsing import DocumentReader
from stemma.store import Store, open_store
from stemma.store.followed import NewSource, SourceVisited

LOOPBACK = (ip_network("127.0.0.0/8"),)


def serve(port: int) -> None:
    """The server: 304 to whoever has the ETag, else an empty feed; no robots.txt."""

    async def answer(request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        if request.headers.get("If-None-Match"):
            return web.Response(status=304, headers={"ETag": '"1"'})
        items = "".join(f"<item><title>t {n}</title><link>ftp://x/{n}</link></item>" for n in range(30))
        return web.Response(
            text=f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>",
            headers={"ETag": '"1"'},
        )

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    web.run_app(app, host="0.0.0.0", port=port, print=None, access_log=None)


def add_sources(store: Store, feeds: int, port: int) -> None:
    now = datetime.now(UTC)
    for n in range(feeds):
        host = f"{IPv4Address('127.1.0.1') + n}:{port}"
        store.add_source(
            NewSource(url=f"http://{host}/feed", kind="feed", host=host, title=f"Feed {n}", added=now),
            interval=1800,
        )


def make_due(store: Store) -> None:
    now = datetime.now(UTC) - timedelta(seconds=1)
    store.apply(
        [
            SourceVisited(
                number=s.number,
                host=s.host,
                status=type(s.status)(
                    **{
                        **{f: getattr(s.status, f) for f in s.status.__dataclass_fields__},
                        "next_visit": now,
                        "etag": '"1"',
                    }
                ),
            )
            for s in store.load_sources()
        ]
    )


async def poll(store: Store, feeds: int, rounds: int) -> list[tuple[float, float]]:
    """(CPU seconds, seconds) of each round over all feeds."""
    figures = []
    async with Fetcher(agent="Stemma/bench", allow=LOOPBACK) as fetcher, DocumentReader() as reader:
        for visits in range(1, rounds + 1):
            make_due(store)
            stop = threading.Event()
            follower = Follower(
                store=store, fetcher=fetcher, reader=reader, arrivals=Arrivals(), clock=WallClock()
            )
            cpu, wall = time.process_time(), time.monotonic()
            task = asyncio.create_task(follower.run(stop))
            while sum(s.status.visits >= visits for s in await asyncio.to_thread(store.load_sources)) < feeds:
                await asyncio.sleep(1)
            stop.set()
            await task
            figures.append((time.process_time() - cpu, time.monotonic() - wall))
    return figures


def weigh(feeds: int, port: int, home: Path) -> None:
    """Memory of `stemma run` and its workers, once all feeds were visited."""
    store = open_store(home / "stemma.db")
    add_sources(store, feeds, port)
    environment = {
        **os.environ, "STEMMA_HOME": str(home), "STEMMA_LISTEN": "127.0.0.1:0", "STEMMA_ALLOW_NETWORKS": "127.0.0.0/8",
    }  # fmt: skip
    running = subprocess.Popen(
        [sys.executable, "-m", "stemma", "run"], env=environment, start_new_session=True
    )
    try:
        while any(s.status.visits < 1 for s in store.load_sources()):
            time.sleep(1)
        group = os.getpgid(running.pid)
        resident = proportional = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if os.getpgid(int(folder.name)) != group:
                    continue
                rollup = (folder / "smaps_rollup").read_text()
            except OSError:
                continue
            values = {line.split()[0]: line.split()[1] for line in rollup.splitlines()[1:]}
            resident += int(values["Rss:"]) // 1024
            proportional += int(values["Pss:"]) // 1024
            print(f"  process {folder.name}: {int(values['Rss:']) // 1024} MB resident")
        print(
            f"memory with {feeds} feeds: {proportional} MB (shared pages once), {resident} MB summed resident"
        )
    finally:
        running.terminate()
        print("exit status", running.wait(15))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--memory", type=int, default=0)
    options = parser.parse_args()
    port = 18_412
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(port,), daemon=True)
    server.start()
    time.sleep(2)
    with tempfile.TemporaryDirectory() as folder:
        if options.feeds:
            store = open_store(Path(folder) / "poll.db")
            add_sources(store, options.feeds, port)
            for n, (cpu, wall) in enumerate(asyncio.run(poll(store, options.feeds, 2)), 1):
                words = "with robots.txt" if n == 1 else "rules known"
                print(
                    f"{options.feeds} feeds answered 304, {words}: {cpu:.1f} s of CPU, {wall:.0f} s; "
                    f"at {options.feeds} a minute {cpu / 60:.0%} of a core"
                )
        if options.memory:
            weigh(options.memory, port, Path(folder) / "home")
    server.terminate()


if __name__ == "__main__":
    main()
