"""Serves the invented edition at a free port until a signal: `portal.py [public] [hostile]`. Writes its address."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import edition

from stemma.serve import create_app, serve


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


shelf = edition.mix_poisons() if "hostile" in sys.argv else edition.Shelf()
serve(
    create_app(shelf, private="public" not in sys.argv),
    host="127.0.0.1",
    port=0,
    announce=say,
)
say("returned")
