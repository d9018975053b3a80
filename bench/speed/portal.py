"""The portal over a large invented store: front page, story page and search, with many readers at once.

`python bench/speed/portal.py --articles 100000 --readers 100` fills a store (kept under `--home` and used again), then
asks the reading side directly (search p50 and p99, uncached) and a running portal with `--readers` connections at once
(front and story page). Words, names and outlets are drawn from lists made up here.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from sqlalchemy import text

from stemma.store import open_store

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
SYLLABLES = ["ba", "be", "bi", "bo", "da", "de", "di", "do", "fa", "fe", "ga", "ge", "ka", "ke", "ki", "ko", "la", "le", "li", "lo", "ma", "me", "mi", "mo", "na", "ne", "ni", "no", "pa", "pe", "ra", "re", "ri", "ro", "sa", "se", "ta", "te", "ti", "to", "va", "ve"]  # fmt: skip
HAN = "京都港口市长桥天气选举经济学校医院新闻国际今日开放关闭北南东西山水火车公司政府报告数字人民海江河"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--requests", type=int, default=3_000)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--home", type=Path, default=Path(tempfile.gettempdir()) / "stemma-portal-bench")
    options = parser.parse_args()
    home = options.home / str(options.articles)
    store = open_store(home / "stemma.db")
    if store.count_articles() < options.articles:
        started = time.process_time()
        fill(store._engine, options.articles)
        print(f"filled in {time.process_time() - started:.0f} s of CPU")
    result: dict[str, object] = {"articles": options.articles}
    result["reading"] = measure_reading(store, options.searches)
    store.close()
    result["served"] = asyncio.run(measure_serving(home, options.readers, options.requests))
    print(json.dumps(result, indent=1))


def fill(engine: object, articles: int) -> None:
    """Stories of one to forty articles, as the newsroom would have left them; facts and briefs for each."""
    draw = random.Random(7)
    words = sorted({"".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(30_000)})
    # Zipf's law, so that some words stand in half of all texts.
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    draw.shuffle(words)
    outlets = [f"The {w.capitalize()} {k}" for w in draw.sample(words, 400) for k in ("Post", "Times")]
    people = [f"{a.capitalize()} {b.capitalize()}" for a, b in zip(draw.sample(words, 5000), draw.sample(words, 5000), strict=True)]  # fmt: skip
    connection = engine.raw_connection()  # type: ignore[attr-defined]
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.execute("BEGIN")
    number, story = 0, 0
    while number < articles:
        story += 1
        size = min(articles - number, 1 if draw.random() < 0.6 else draw.randint(2, 40))
        first = number + 1
        thread = None
        if story % 5 == 0:
            thread = story // 50 + 1
            cursor.execute("INSERT OR IGNORE INTO thread VALUES (?, ?, 0)", (thread, f"t{thread}"))
        title = " ".join(draw.choices(words, cum_weights=weights, k=8)).capitalize()
        for number in range(first, first + size):
            chinese = draw.random() < 0.02
            body = "".join(draw.choices(HAN, k=600)) if chinese else ". ".join(" ".join(draw.choices(words, cum_weights=weights, k=18)).capitalize() for _ in range(14))  # fmt: skip
            day = date(2021, 1, 1) + timedelta(days=number * 3650 // articles)
            at = (NOW - timedelta(minutes=articles - number)).isoformat()
            cursor.execute("INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, 1)", (number, f"k{number}", f"https://x.example/{number}", draw.choice(outlets), at, at))  # fmt: skip
            cursor.execute(
                "INSERT INTO revision(article, number, digest, title, text, byline, section, genre, language, stated, earliest, latest, basis, clues, images, embedded, found) "
                "VALUES (?, 1, 'd', ?, ?, '[]', ?, 'news', ?, ?, ?, ?, '[\"meta\"]', '[]', '[]', '[]', '[]')",
                (number, title, body, draw.choice(["City", "World", "Sport", None]), "zh" if chinese else draw.choice(["en", "en", "de", "fr"]), day.isoformat(), day.isoformat(), day.isoformat()),
            )  # fmt: skip
            signs = " ".join(body) if chinese else ""
            cursor.execute("INSERT INTO searched_words(rowid, title, text) VALUES (?, ?, ?)", (number, title, f"{body}\n{signs}"))  # fmt: skip
            cursor.execute('INSERT INTO quote(article, start, "end", pieces, kind, speaker) VALUES (?, 5, 90, \'[]\', \'direct\', ?)', (number, draw.choice(people)))  # fmt: skip
            for place in (10, 200):
                cursor.execute('INSERT INTO figure(article, start, "end", low, high, "of", qualifier) VALUES (?, ?, ?, ?, ?, \'people\', \'exact\')', (number, place, place + 4, number, number))  # fmt: skip
        cursor.execute("INSERT INTO story VALUES (?, ?, ?, NULL, ?, ?, ?, ?, 0)", (story, f"s{story}", thread, title, first, min(size, draw.randint(1, 12)), size))  # fmt: skip
        cursor.executemany("INSERT INTO member VALUES (?, ?, ?, 0, 0.5, '[\"shares the names\"]')", [(n, story, f"s{story}") for n in range(first, first + size)])  # fmt: skip
        for n in range(first + 1, first + size, 2):
            cursor.execute("INSERT INTO copy(child, parent, kind, direction, containment, confidence, evidence) VALUES (?, ?, 'edited', 'decided', 0.9, 0.9, '[]')", (n, first))  # fmt: skip
        for place in range(3):
            cursor.execute("INSERT INTO sentence(story, text, added) VALUES (?, ?, '[]')", (story, body[place * 90 : place * 90 + 80]))  # fmt: skip
            cursor.execute('INSERT INTO citation(sentence, article, start, "end") VALUES (?, ?, ?, ?)', (cursor.lastrowid, number, place * 90, place * 90 + 80))  # fmt: skip
        if size > 3:
            cursor.execute("INSERT INTO comparison(story, about, relation) VALUES (?, 'people', 'contradiction')", (story,))  # fmt: skip
            owner = cursor.lastrowid
            cursor.executemany('INSERT INTO compared_value(comparison, article, start, "end", low, high) VALUES (?, ?, 10, 14, ?, ?)', [(owner, n, n, n) for n in range(first, first + 4)])  # fmt: skip
    connection.commit()
    cursor.execute("ANALYZE")
    connection.commit()
    connection.close()


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
        "commonest word": [("ba", False)] * 20,
        "one word, newest": [(w, True) for w in pick(1)],
        "outlet and word": [(f"outlet:post {w}", False) for w in pick(1)[:50]],
        "in Chinese": [("".join(draw.choices(HAN, k=2)), False) for _ in range(50)],
        "after a day": [(f"{w} after:2029", False) for w in pick(1)[:50]],
        "said by": [(f"said:{w}", False) for w in pick(1)[:10]],
    }
    taken: dict[str, list[float]] = {}
    for kind, queries in asked.items():
        for words, newest in queries:
            started = time.process_time()
            store.search(words, limit=26, newest=newest)  # type: ignore[attr-defined]
            taken.setdefault(kind, []).append(time.process_time() - started)
    calls = {
        "front": lambda: store.find_stories(limit=31),  # type: ignore[attr-defined]
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
    environment = {**os.environ, "STEMMA_HOME": str(home), "STEMMA_LISTEN": "127.0.0.1:0"}
    process = subprocess.Popen([Path(sys.executable).with_name("stemma"), "serve"], env=environment, stderr=subprocess.PIPE, text=True)  # fmt: skip
    assert process.stderr
    line = process.stderr.readline()
    port = int(line.rsplit(":", 1)[1])
    draw = random.Random(5)
    stories = [draw.randint(1, 2_000) for _ in range(300)]
    try:
        found = {}
        for kind, address in (("front", lambda: "/"), ("story, 300 of them", lambda: f"/story/{draw.choice(stories)}"), ("story, never asked before", None)):  # fmt: skip
            asked = iter(range(2_001, 2_001 + requests)) if address is None else None
            times: list[float] = []

            async def read(asked=asked, address=address, times=times) -> None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                for _ in range(max(requests // readers, 1)):
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

            await asyncio.gather(*(read() for _ in range(readers)))
            found[kind] = {**describe(times), "a second": round(len(times) / (sum(times) / readers))}
        return found
    finally:
        process.terminate()
        process.wait(timeout=15)


def describe(times: list[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    ordered = sorted(times)
    return {"p50": round(1000 * statistics.median(ordered), 2), "p99": round(1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))], 2)}  # fmt: skip


if __name__ == "__main__":
    main()
