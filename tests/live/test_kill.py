"""`kill -9` at random moments while reading: nothing acknowledged is lost, nothing is repeated."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from stemma.cli.views import view_line
from stemma.store import open_store

KILLS = int(os.environ.get("STEMMA_KILLS", "3"))
PLACES = [
    "Ellsay",
    "Varde",
    "Morkum",
    "Tressel",
    "Ostwick",
    "Hallgate",
    "Brennov",
    "Lyre",
    "Quandt",
    "Sorrel",
]
EVENTS = [
    "bridge closed",
    "mill burned",
    "strike ended",
    "school opened",
    "river rose",
    "court ruled",
    "mayor resigned",
]


def _pages(folder: Path, count: int) -> None:
    """Pages of many events, each told by several outlets, half of them copies of one another."""
    folder.mkdir()
    dice = random.Random(7)
    for n in range(count):
        place, event = PLACES[n % 10], EVENTS[(n // 10) % 7]
        number = 20 + (n // 70) * 13
        body = [
            f"{event.capitalize()} in {place}: officials of {place} said on Tuesday that {number} people were affected.",
            f"“We did what we could for {place},” said Ada Merrin of the {place} council, which met for {number} minutes.",
            f"The {event.split()[0]} had been discussed for years in {place}, where {number * 40} residents signed a letter.",
        ]
        if dice.random() < 0.5:
            body.append(
                f"Reporters of outlet {n} saw {dice.randrange(3, 90)} helpers near the {event.split()[0]} at noon."
            )
        paragraphs = "".join(f"<p>{p}</p>" for p in body)
        html = (
            f"<html lang=en><head><title>{event} in {place}</title>"
            f'<meta property="og:site_name" content="Outlet {n % 17}"></head>'
            f"<body><article><h1>{event.capitalize()} in {place}</h1>{paragraphs}</article></body></html>"
        )
        (folder / f"page{n:03}.html").write_text(html, encoding="utf-8")


def _start(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "stemma", "read", str(folder)],
        env={**os.environ, "STEMMA_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _everything(home: Path) -> list[str]:
    store = open_store(home / "stemma.db")
    stories = store.find_stories(limit=10_000)
    shown: list[dict[str, Any]] = [view_line(store.get_story(row.story)) for row in stories]
    shown += [view_line(store.get_article(n)) for row in stories for n in row.articles]
    lines = sorted(json.dumps(line, sort_keys=True) for line in shown)
    store.close()
    return [re.sub(r'"first_seen": "[^"]*"', "", line) for line in lines]


def test_killed_again_and_again_the_end_is_the_same(tmp_path: Path) -> None:
    """After many kills the store holds exactly what an undisturbed reading gives: stories, articles, facts, numbers."""
    _pages(tmp_path / "pages", 140)
    calm, harsh = tmp_path / "calm", tmp_path / "harsh"
    started = time.monotonic()
    assert _start(tmp_path / "pages", calm).wait(120) == 0
    undisturbed = time.monotonic() - started
    dice = random.Random(11)
    for _ in range(KILLS):
        reading = _start(tmp_path / "pages", harsh)
        time.sleep(dice.uniform(0.3, 1.0) * undisturbed)
        os.killpg(reading.pid, signal.SIGKILL)
        reading.wait()
    assert _start(tmp_path / "pages", harsh).wait(120) == 0
    assert _everything(harsh) == _everything(calm)


def test_a_polite_stop_keeps_what_was_read_and_goes_on(tmp_path: Path) -> None:
    """Ctrl-C ends after the batch under way with status 130; the same command then does the rest."""
    _pages(tmp_path / "pages", 200)
    home = tmp_path / "home"
    reading = _start(tmp_path / "pages", home)
    for _ in range(600):
        time.sleep(0.02)
        if (home / "stemma.db").exists() and open_store(home / "stemma.db").count().articles:
            break
    reading.send_signal(signal.SIGINT)
    assert reading.wait(60) in (130, 0)
    held = open_store(home / "stemma.db").count().articles
    assert held > 0
    assert _start(tmp_path / "pages", home).wait(120) == 0
    assert open_store(home / "stemma.db").count().articles == 200
