"""Pack the pages of `samples/archive/` into the edition's web archive, with fixed dates and record ids.

The archive is kept beside the edition's files, so this is needed only when one of those pages changes:
`python samples/make_warc.py`. It writes `samples/edition/crawl-2025-11.warc.gz` and lists `offset url` for
`truth.json`, whose keys for archived pages are `file#offset`. Same pages, same records.
"""

from __future__ import annotations

import sys
import uuid
from io import BytesIO
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

HERE = Path(__file__).parent
ARCHIVE = HERE / "edition" / "crawl-2025-11.warc.gz"
HTML = "text/html; charset=utf-8"

RECORDS = (
    # address, file under archive/, status, media type, time of the visit
    ("https://inlandherald.example/country/2025/09/sarn-floods", "inland-sarn-floods.html", "200 OK", HTML, "2025-11-20T08:00:03Z"),
    ("https://www.ardal-institute.example/news/2025/marsh-fever-vaccine", "ardal-press-release.html", "200 OK", HTML, "2025-11-20T08:00:09Z"),
    ("https://www.ardal-institute.example/static/seal.svg", None, "200 OK", "image/svg+xml", "2025-11-20T08:00:10Z"),
    ("https://www.falkmark-rundschau.example/ausland/praesidentin-aldersund-besucht-tolvik-91.html", "rundschau-tolvik.html", "200 OK", HTML, "2025-11-20T08:00:16Z"),
    ("https://www.lindmark-observer.example/world/2025/dam-explained", "observer-not-found.html", "200 OK", HTML, "2025-11-20T08:00:21Z"),
    ("https://inlandherald.example/opinion", None, "302 Found", HTML, "2025-11-20T08:00:27Z"),
    ("https://inlandherald.example/opinion/2025/11/by-which-boat", "inland-opinion-vaccine.html", "200 OK", HTML, "2025-11-20T08:00:28Z"),
)  # fmt: skip


def make_warc() -> bytes:
    """The archive: a warcinfo record and one response for each of `RECORDS`."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.0")
    info = writer.create_warcinfo_record(
        ARCHIVE.name, {"software": "samples/make_warc.py", "format": "WARC File Format 1.0"}
    )
    info.rec_headers.replace_header("WARC-Date", "2025-11-20T08:00:00Z")
    info.rec_headers.replace_header("WARC-Record-ID", _record_id("warcinfo"))
    writer.write_record(info)
    for url, name, status, media, moment in RECORDS:
        body = (
            (HERE / "archive" / name).read_bytes() if name else b"<svg xmlns='http://www.w3.org/2000/svg'/>"
        )
        headers = [("Content-Type", media), ("Content-Length", str(len(body))), ("Server", "nginx")]
        if status.startswith("302"):
            headers.append(("Location", f"{url}/"))
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": moment, "WARC-Record-ID": _record_id(url)},
        )
        writer.write_record(record)
    return out.getvalue()


def _record_id(name: str) -> str:
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def _list_records() -> None:
    with ARCHIVE.open("rb") as stream:
        records = ArchiveIterator(stream)
        for record in records:
            url = record.rec_headers.get_header("WARC-Target-URI")
            sys.stdout.write(f"{records.get_record_offset()} {url or record.rec_type}\n")


if __name__ == "__main__":
    ARCHIVE.write_bytes(make_warc())
    _list_records()
