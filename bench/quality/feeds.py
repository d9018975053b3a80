"""What our feed reader makes of feed files, in the form that the scorer of the set feeds/feedparser takes.

    ../shared/bench/score.py feeds feedparser --run ".venv/bin/python bench/quality/feeds.py"

In: JSON Lines {"id", "body_base64"}. Out: {"id", "feed": {..}, "entries": [{..}]}. Titles and texts are plain text, where the set
expects sanitised markup; a title "Example <b>Atom</b>" is right for us as "Example Atom" and counts as wrong there.
"""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

from stemma.acquire.documents import Job, read_document
from stemma.acquire.items import Parsed


def main() -> None:
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        job = Job(
            wanted="feed", body=base64.b64decode(given["body_base64"]), url="https://feeds.example/feed"
        )
        read = read_document(job)
        if not isinstance(read, Parsed):
            print(json.dumps({"id": given["id"], "feed": {}, "entries": []}))
            continue
        entries = [
            {
                "title": item.title,
                "link": item.url,
                "id": item.guid,
                "summary": item.text,
                "author": item.author,
                "published": item.date,
                "updated": item.updated,
                "language": item.language,
            }
            for item in read.items
        ]
        feed = {"title": read.title, "link": read.site}
        print(json.dumps({"id": given["id"], "feed": feed, "entries": entries}))


if __name__ == "__main__":
    main()
