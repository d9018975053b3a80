"""As `portal.py`, with a reader that changes when a line is written to it: for what a page does while it is open."""

import sys
import threading
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import edition

from stemma.serve import create_app, live, serve
from stemma.store.listings import ArrivalView

live.PAUSE = 0.2
shelf = edition.Shelf(still=True)


def change() -> None:
    for _ in sys.stdin:
        shelf.arrivals = (
            ArrivalView(article=90, story=1, title="more of it", opened=False),
            ArrivalView(article=91, story=8, title="<img src=x onerror=alert(1)>", opened=True),
        )
        shelf.rows = (replace(edition.ROWS[1], story=8, title="A new story"), *edition.ROWS)
        shelf.version += 1


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


threading.Thread(target=change, daemon=True).start()
serve(create_app(shelf, private=True), host="127.0.0.1", port=0, announce=say)
