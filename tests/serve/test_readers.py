"""What two feed readers of other people make of the feeds: newsboat and sfeed, where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from starlette.testclient import TestClient

LISTS = ("/feed", "/latest", "/story/1", "/disagreements", "/person/ilse-marant", "/thread/1")
KINDS = ("atom", "rss")


def count_items(client: TestClient, address: str) -> int:
    """How many items the feed has, by its JSON form."""
    return len(client.get(f"{address}.json").json()["items"])


@pytest.mark.skipif(shutil.which("sfeed") is None, reason="sfeed is not installed")
@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("kind", KINDS)
def test_sfeed_reads_every_item(client: TestClient, address: str, kind: str) -> None:
    """One line an item, each with its time, title and link."""
    body = client.get(f"{address}.{kind}").content
    done = subprocess.run(["sfeed"], input=body, capture_output=True, check=True)
    lines = [line.split("\t") for line in done.stdout.decode().splitlines()]
    assert len(lines) == count_items(client, address)
    assert all(line[0].isdigit() and line[1] and line[2].startswith("/") for line in lines)


@pytest.mark.skipif(shutil.which("newsboat") is None, reason="newsboat is not installed")
def test_newsboat_reads_every_item(client: TestClient, tmp_path: Path) -> None:
    """All feeds at once, none refused: as many unread articles as there are different items, since it keeps each id once."""
    wanted: set[str] = set()
    addresses = []
    for address in LISTS:
        for kind in KINDS:
            file = tmp_path / f"{address.strip('/').replace('/', '-')}.{kind}"
            file.write_bytes(client.get(f"{address}.{kind}").content)
            addresses.append(file.as_uri())
            wanted |= {item["id"] for item in client.get(f"{address}.json").json()["items"]}
    urls, cache, settings = tmp_path / "urls", tmp_path / "cache.db", tmp_path / "config"
    urls.write_text("\n".join(addresses))
    settings.write_text("")
    command = ["newsboat", "-q", "-u", str(urls), "-c", str(cache), "-C", str(settings), "-x"]
    environment = {**os.environ, "HOME": str(tmp_path)}
    subprocess.run([*command, "reload"], env=environment, check=True, capture_output=True, timeout=60)
    done = subprocess.run(
        [*command, "print-unread"], env=environment, check=True, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split()[0] == str(len(wanted))
