"""The portal over a large invented store (`filling.py`): front page, story page and search, with many readers at once.

    python bench/speed/portal.py --articles 1000000 --readers 100

Fills a store below `--home`, or uses the one that is there; asks the reading side directly (CPU of searches and lists that
nothing keeps), then a running portal with `--readers` connections at once that ask without a pause. Of answers it prints
the wall clock and the CPU that the portal took for each: on a machine that does other work, only the latter holds.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from filling import HAN, fill
from sqlalchemy import text

from stemma.store import open_store


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--requests", type=int, default=3_000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "stemma-portal-bench")
    options = parser.parse_args()
    home = options.home / str(options.articles)
    store = open_store(fill(home, options.articles))
    result: dict[str, object] = {"articles": options.articles}
    result["reading"] = measure_reading(store, options.searches)
    store.close()
    result["served"] = asyncio.run(measure_serving(home, options.readers, options.requests))
    print(json.dumps(result, indent=1))


def measure_reading(store: object, searches: int) -> dict[str, dict[str, float]]:
    """Milliseconds of CPU of the reading side by itself, for searches that nothing keeps."""
    draw = random.Random(3)
    with store._engine.connect() as connection:  # type: ignore[attr-defined]
        bodies = [connection.execute(text("SELECT text FROM revision WHERE id = :n"), {"n": draw.randint(1, store.count_articles())}).scalar() or "a b" for _ in range(searches)]  # type: ignore[attr-defined]  # fmt: skip

    def pick(k: int) -> list[str]:
        return [" ".join(draw.sample(re.findall(r"\w+", body) or ["a"], k=1)[0][:4] if not body.isascii() else draw.choice(re.findall(r"\w+", body)) for _ in range(k)) for body in bodies]  # fmt: skip

    asked = {
        "one word": [(w, False) for w in pick(1)],
        "two words": [(w, False) for w in pick(2)],
        "phrase": [(" ".join(re.findall(r"\w+", body)[40:42]).join('""'), False) for body in bodies[:50]],
        "one word, newest": [(w, True) for w in pick(1)],
        "outlet and word": [(f"outlet:post {w}", False) for w in pick(1)[:50]],
        "in Chinese": [("".join(draw.choices(HAN, k=2)), False) for _ in range(50)],
        "after a day": [(f"{w} after:2031", False) for w in pick(1)[:50]],
        "said by": [(f"said:{w}", False) for w in pick(1)[:10]],
    }
    taken: dict[str, list[float]] = {}
    for kind, queries in asked.items():
        for words, newest in queries:
            started = time.process_time()
            store.search(words, limit=26, newest=newest)  # type: ignore[attr-defined]
            taken.setdefault(kind, []).append(time.process_time() - started)
    calls = {
        "front": lambda: store.find_front(limit=31),  # type: ignore[attr-defined]
        "latest": lambda: store.find_latest(limit=31),  # type: ignore[attr-defined]
        "latest in a language": lambda: store.find_latest(limit=31, language="zh"),  # type: ignore[attr-defined]
        "people": lambda: store.find_people(limit=101),  # type: ignore[attr-defined]
        "outlets": lambda: store.find_outlets(limit=101),  # type: ignore[attr-defined]
    }
    for kind, call in calls.items():
        for _ in range(5):
            started = time.process_time()
            call()
            taken.setdefault(kind, []).append(time.process_time() - started)
    return {kind: describe(times) for kind, times in taken.items()}


async def measure_serving(home: Path, readers: int, requests: int) -> dict[str, dict[str, float]]:
    """Milliseconds of whole answers over HTTP, `readers` connections asking without a pause."""
    environment = {
        **os.environ,
        "STEMMA_HOME": str(home),
        "STEMMA_LISTEN": "127.0.0.1:0",
        "STEMMA_PUBLIC": "1",
    }
    process = subprocess.Popen([Path(sys.executable).with_name("stemma"), "serve"], env=environment, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stderr
    line = process.stderr.readline()
    port = int(line.rsplit(":", 1)[1])
    draw = random.Random(5)
    stories = [draw.randint(1, 2_000) for _ in range(300)]
    try:
        found = {}
        for kind, address in (("front, from the start", lambda: "/"), ("front", lambda: "/"), ("story, 300 of them, first time", lambda: f"/story/{draw.choice(stories)}"), ("story, 300 of them", lambda: f"/story/{draw.choice(stories)}"), ("story, never asked before", None)):  # fmt: skip
            asked = iter(range(2_001, 2_001 + min(requests, 3_000))) if address is None else None
            times: list[float] = []

            async def read(asked=asked, address=address, times=times) -> None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                for _ in range(max((min(requests, 3_000) if asked else requests) // readers, 1)):
                    path = f"/story/{next(asked)}" if asked is not None else address()
                    started = time.perf_counter()
                    writer.write(
                        f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
                    )
                    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    length = int(re.search(r"content-length: (\d+)", head, re.IGNORECASE)[1])
                    await reader.readexactly(length)
                    times.append(time.perf_counter() - started)
                writer.close()

            before = read_cpu(process.pid)
            await asyncio.gather(*(read() for _ in range(readers)))
            each = 1000 * (read_cpu(process.pid) - before) / len(times)
            found[kind] = {**describe(times), "a second": round(len(times) / (sum(times) / readers)), "CPU ms each": round(each, 2)}  # fmt: skip
        for archive in (0.1, 1.0):
            found[f"readers who pause, {archive:.0%} of pages never asked before"] = await measure_pausing(
                port, readers, archive
            )
        return found
    finally:
        process.terminate()
        process.wait(timeout=15)


async def measure_pausing(
    port: int, readers: int, archive: float, *, seconds: int = 60, pause: float = 10
) -> dict[str, float]:
    """Readers as there are: each reads for `pause` seconds, more or less, and then opens the front page, a story that one of its
    pages leads to, or, with the probability `archive`, one of the archive that nobody opened before."""
    draw = random.Random(7)
    asked = iter(range(10_001 + int(20_000 * archive), 1_000_000))
    front = ["/", *(f"/?page={n}" for n in range(2, 11))]
    stories = sorted(
        {s for page in front for s in re.findall(r'href="(/story/\d+)"', await fetch(port, page))}
    )
    assert stories
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def read() -> None:
        await asyncio.sleep(draw.random() * pause)
        while time.perf_counter() < end:
            path = (
                f"/story/{next(asked)}"
                if draw.random() < archive
                else draw.choice(["/", draw.choice(stories)])
            )
            started = time.perf_counter()
            await fetch(port, path)
            times.append(time.perf_counter() - started)
            await asyncio.sleep(draw.expovariate(1 / pause))

    await asyncio.gather(*(read() for _ in range(readers)))
    return {**describe(times), "pages": len(times)}


async def fetch(port: int, path: str) -> str:
    """One page by a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    body = await reader.readexactly(int(re.search(r"content-length: (\d+)", head, re.IGNORECASE)[1]))
    writer.close()
    return (gzip.decompress(body) if "gzip" in head else body).decode()


def read_cpu(process: int) -> float:
    """Seconds of CPU that a process and those that it started have taken so far."""
    taken = 0
    for found in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, fields = found.parent.name, found.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if str(process) in (number, fields[1]):
            taken += int(fields[11]) + int(fields[12])
    return taken / os.sysconf("SC_CLK_TCK")


def describe(times: list[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    ordered = sorted(times)
    return {"p50": round(1000 * statistics.median(ordered), 2), "p99": round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 2)}  # fmt: skip


if __name__ == "__main__":
    main()
