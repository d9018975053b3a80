"""The pictures of the README and the docs, from the sample edition: `make screenshots`.

Reads `samples/edition` into a store of its own, serves it, and opens it in Chromium by the tests' own driver
(`tests/browser`, on `PYTHONPATH`).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from chromium import CHROMIUM, Browser

ROOT = Path(__file__).parent.parent

STEMMA = Path(sys.executable).with_name("stemma")
PICTURES = ROOT / "docs" / "pictures"
SHOTS = (
    # name, address, width, height, dark, scale
    ("front", "/", 1320, 1010, False, 0.72),
    ("story", "STORY", 1320, 1010, False, 0.72),
    ("story-dark", "STORY", 1320, 1010, True, 0.72),
    ("lineage", "STORY#lineage", 1320, 0, False, 0.72),
    ("front-narrow", "/", 360, 1080, False, 0.9),
)


def main() -> None:
    """Writes each picture and says its size."""
    if CHROMIUM is None:
        sys.exit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "STEMMA_HOME": home, "STEMMA_LISTEN": "127.0.0.1:0"}
        subprocess.run(
            [STEMMA, "read", ROOT / "samples" / "edition"], env=environment, check=False, capture_output=True
        )
        server = subprocess.Popen([STEMMA, "serve"], env=environment, stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr
            base = next(line for line in server.stderr if "listening on" in line).split()[-1]
            take_pictures(base, Path(home) / "browser")
        finally:
            server.terminate()
            server.wait(timeout=15)


def take_pictures(base: str, folder: Path) -> None:
    """All of `SHOTS`; STORY is the first of the front page; one without a height is of the part of the page that its address names."""
    browser = Browser(folder)
    PICTURES.mkdir(exist_ok=True)
    browser.open(base)
    story = browser.evaluate("document.querySelector('.first .headline a').getAttribute('href')")
    for name, address, width, height, dark, scale in SHOTS:
        browser.open(base + address.replace("STORY", story), width=width, dark=dark)
        part = address.partition("#")[2]
        box = browser.evaluate(f"(r => [r.top + scrollY - 16, r.height + 32])(document.querySelector('{'#' + part if part else 'body'}').getBoundingClientRect())")  # fmt: skip
        top, deep = (round(box[0]), round(box[1])) if part else (0, height)
        picture = browser.take_picture(top=max(0, top), width=width, height=deep, scale=scale)
        (PICTURES / f"{name}.png").write_bytes(picture)
        print(f"{name}.png: {len(picture) // 1000} kB")
    browser.close()


if __name__ == "__main__":
    main()
